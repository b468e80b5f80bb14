"""boto3 and the AWS CLI drive every operation that they know, over HTTP and TLS, with every signature verified."""

import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import boto3
from botocore import xform_name

from every_operation import Walk
from local.aws import client_environment
from local.server import ROOT
from support.access import make_role
from support.target import chosen_url, own_target
from walk import Boto3, Refused, Unknown

KEY = ("WALKER", "the-secret-of-the-walk")
NEVER_ANSWERED = {"DescribeMapRun", "UpdateMapRun"}  # there are no map runs; they are refused
TOO_OLD = re.compile(r"Invalid choice|Unknown parameter in input")
ERROR = re.compile(r"An error occurred \(([\w.]+)\)")


class CommandLine:
    def __init__(self, target, service: str = "stepfunctions", folder: str = "states"):
        self._service = service
        command = shutil.which("aws", path="/usr/bin:" + os.environ["PATH"])
        if command is None:
            raise unittest.SkipTest("the AWS CLI is not installed")
        python = re.match(r"#!\s*(\S*python\S*)", Path(command).read_text(errors="replace"))
        if python is None:
            raise unittest.SkipTest("this AWS CLI is no Python script")
        self._arguments = ["--endpoint-url", target.url, "--region", target.region, "--output", "json"]
        if target.authority:
            self._arguments += ["--ca-bundle", target.authority]
        environment = {**os.environ, **client_environment(target.url), "AWS_ACCESS_KEY_ID": KEY[0], "AWS_SECRET_ACCESS_KEY": KEY[1]}
        environment = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
        script = Path(__file__).with_name("cli_session.py")
        self._process = subprocess.Popen(
            [python[1], str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        listed = self._run([service, "nothing"])["err"]
        self.operations = {name for name in table(folder) if re.search(rf"\b{command_of(name)}\b", listed)}

    def _run(self, arguments: list[str]) -> dict:
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __call__(self, operation: str, **parameters) -> dict:
        done = self._run([self._service, command_of(operation), *self._arguments, "--cli-input-json", json.dumps(parameters)])
        if done["status"] == 0:
            return json.loads(done["out"]) if done["out"].strip() else {}
        if TOO_OLD.search(done["err"]):
            raise Unknown(done["err"])
        if error := ERROR.search(done["err"]):
            raise Refused(error[1])
        raise AssertionError(done["err"])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def command_of(operation: str) -> str:
    return xform_name(operation, "-")


def table(folder: str = "states") -> list[str]:
    return re.findall(r"^\w+\((\w+)", (ROOT / f"src/services/{folder}/operations.def").read_text(), re.MULTILINE)


class EveryOperation(unittest.TestCase):
    def setUp(self):
        if chosen_url():
            self.skipTest("it needs a server of its own")

    def walk(self, make_client, tls: bool) -> None:
        with own_target("--access-key", ":".join(KEY), tls=tls) as target:
            make_role(target, KEY)
            client = make_client(target)
            self.addCleanup(client.close)
            walk = Walk(client, target.role)
            walk.run()
        self.assertEqual(walk.driven, client.operations)
        self.assertEqual(client.operations - set(walk.answered), NEVER_ANSWERED & client.operations)

    def test_boto3_knows_all(self):
        known = boto3.session.Session().client("stepfunctions", region_name="us-east-1").meta.service_model.operation_names
        if missing := set(table()) - set(known):
            self.skipTest(f"this boto3 is too old to know {', '.join(sorted(missing))}")

    def test_boto3(self):
        self.walk(lambda target: Boto3(target, KEY), tls=False)

    def test_boto3_over_tls(self):
        self.walk(lambda target: Boto3(target, KEY), tls=True)

    def test_command_line(self):
        self.walk(CommandLine, tls=False)

    def test_command_line_over_tls(self):
        self.walk(CommandLine, tls=True)


if __name__ == "__main__":
    unittest.main()
