"""Debian's AWS command line, unmodified, in a shell that ran `eval "$(stepwell env)"` as a reader of the README does."""

import json
import os
import re
import subprocess
import unittest

from local.server import program
from support.target import Target

SHELL = 'eval "$("$PROGRAM" env --url "$URL" ${AUTHORITY:+--ca-bundle "$AUTHORITY"})" && aws "$@"'
SHELL_AT_AWS = 'aws --endpoint-url "$URL" "$@"'


UNKNOWN = re.compile(r"Invalid choice|Unknown options: ([^,\n]+)")


class Refused(Exception):
    pass


class AwsCli:
    def __init__(self, target: Target):
        self._shell = SHELL_AT_AWS if target.is_aws else SHELL
        self._environment = {**os.environ, "PROGRAM": program(), "URL": target.url, "AUTHORITY": target.authority or ""}

    def __call__(self, *arguments: str):
        """What `aws ARGUMENTS` prints, as a value; Refused with its message when it fails. The case is skipped where the
        command line is older than the operation or one of its options."""
        command = ["bash", "-c", self._shell, "bash", *arguments, "--output", "json"]
        done = subprocess.run(command, env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100)
        if done.returncode != 0:
            if unknown := UNKNOWN.search(done.stderr):
                raise unittest.SkipTest(f"this AWS CLI does not know {unknown[1] or arguments[1]}")
            raise Refused(done.stderr.strip())
        return json.loads(done.stdout) if done.stdout.strip() else None
