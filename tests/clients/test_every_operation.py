"""boto3 and the AWS CLI drive every operation that they know: by walks over HTTP and TLS, with every signature verified, or in the
cases that stand here."""

import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import boto3
from botocore import xform_name

from batch_walk import BatchWalk
from every_operation import Walk
from local.aws import client_environment
from local.server import ROOT
from sqs_walk import SqsWalk
from support.access import make_role
from support.target import chosen_url, own_target
from walk import Boto3, Refused, Unknown, Walker

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


def table(folder: str = "states", row: str = r"\w+") -> list[str]:
    return re.findall(rf"^{row}\((\w+)", (ROOT / f"src/services/{folder}/operations.def").read_text(), re.MULTILINE)


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


class QueuesAndJobs(unittest.TestCase):
    def walk(self, walk_of: type[Walker], make_client, tls: bool = False) -> Walker:
        if chosen_url():
            self.skipTest("it needs a server of its own")
        with own_target("--access-key", ":".join(KEY), tls=tls) as target:
            client = make_client(target)
            self.addCleanup(client.close)
            walk = walk_of(client)
            walk.run()
        self.assertEqual(walk.driven, client.operations)
        return walk

    def test_sqs(self):
        for name, tls, make_client in (
            ("boto3", False, lambda target: Boto3(target, KEY, "sqs")),
            ("boto3 over TLS", True, lambda target: Boto3(target, KEY, "sqs")),
            ("the command line", False, lambda target: CommandLine(target, "sqs", "sqs")),
        ):
            with self.subTest(name):
                walk = self.walk(SqsWalk, make_client, tls)
                self.assertEqual(walk.driven - set(walk.answered), set())

    def test_batch(self):
        """What is not built is refused."""
        for name, make_client in (("boto3", lambda target: Boto3(target, KEY, "batch")), ("the command line", lambda target: CommandLine(target, "batch", "batch"))):
            with self.subTest(name):
                self.walk(BatchWalk, make_client)


class Cases(unittest.TestCase):
    """The cases of these services, all together, call what boto3 knows of them, unless it is not built."""

    def check(self, folder: str, boto3_name: str, variable: str, not_built: str | None = None) -> None:
        source = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_boto3_*.py"))
        with own_target() as target:
            client = Boto3(target, KEY, boto3_name)
            self.addCleanup(client.close)
            methods = map(xform_name, sorted(client.operations - set(table(folder, "UNSUPPORTED"))))
            # Called, or what a paginator is made of.
            self.assertEqual([name for name in methods if f"{variable}.{name}(" not in source and f'"{name}"' not in source], [])
            if not_built:
                with self.assertRaises(Refused) as caught:
                    client(not_built)
                self.assertEqual(caught.exception.code, "NotImplemented")

    def test_apigateway(self):
        self.check("apigateway", "apigatewayv2", "gateway", "GetVpcLinks")

    def test_events(self):
        self.check("events", "events", "eventbridge", "ListArchives")

    def test_scheduler(self):
        self.check("scheduler", "scheduler", "scheduler")

    def test_sns(self):
        self.check("sns", "sns", "sns")


if __name__ == "__main__":
    unittest.main()
