"""Debian's AWS CLI, unmodified, pointed at a server."""

import json
import os
import subprocess

from local.aws import client_environment

AWS = "/usr/bin/aws"


class CliError(Exception):
    pass


class Cli:
    def __init__(self, endpoint: str):
        self._endpoint = endpoint
        self._environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy") and not key.startswith("AWS_")}
        self._environment |= client_environment(endpoint)

    def __call__(self, service: str, operation: str, *arguments: str, through_proxy: bool = False, **parameters):
        """aws SERVICE OPERATION --name value …; the parsed output. `through_proxy` reaches operations whose host has a
        prefix (sync-…): the client then leaves it to the server to find out what the name means.
        """
        endpoint, environment = self._endpoint, self._environment
        if through_proxy:
            environment = environment | {"HTTP_PROXY": endpoint}
            endpoint = endpoint.replace("127.0.0.1", "localhost")
        command = [AWS, "--endpoint-url", endpoint, "--output", "json", service, operation, *arguments]
        for name, value in parameters.items():
            command += ["--" + name.replace("_", "-"), value if isinstance(value, str) else json.dumps(value)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
        if done.returncode != 0:
            raise CliError(done.stderr.strip())
        return json.loads(done.stdout) if done.stdout.strip() else {}
