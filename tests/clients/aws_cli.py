"""Debian's AWS command line, unmodified, in a shell that ran `eval "$(stepwell env)"` as a reader of the README does."""

import json
import os
import subprocess

from local.server import program
from support.target import Target

SHELL = 'eval "$("$PROGRAM" env --url "$URL" ${AUTHORITY:+--ca-bundle "$AUTHORITY"})" && aws "$@"'
SHELL_AT_AWS = 'aws --endpoint-url "$URL" "$@"'


class Refused(Exception):
    pass


class AwsCli:
    def __init__(self, target: Target):
        self._shell = SHELL_AT_AWS if target.is_aws else SHELL
        self._environment = {**os.environ, "PROGRAM": program(), "URL": target.url, "AUTHORITY": target.authority or ""}

    def __call__(self, *arguments: str):
        """What `aws ARGUMENTS` prints, as a value; Refused with its message when it fails."""
        command = ["bash", "-c", self._shell, "bash", *arguments, "--output", "json"]
        done = subprocess.run(command, env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100)
        if done.returncode != 0:
            raise Refused(done.stderr.strip())
        return json.loads(done.stdout) if done.stdout.strip() else None
