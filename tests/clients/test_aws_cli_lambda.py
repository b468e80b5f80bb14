"""Functions through the AWS command line: made, called, and a workflow that waits for a person's answer."""

import contextlib
import json
import pathlib
import tempfile

from aws_cli import AwsCli, Refused
from examples import deploy
from local.server import ROOT
from local.wait import wait_until
from support.target import ServiceCase, unique

TWICE = "exports.handler = async (event) => ({ twice: event.n * 2 });\n"


class Functions(ServiceCase):
    own_server_only = True

    def setUp(self):
        self.aws = AwsCli(self.target)

    @contextlib.contextmanager
    def package(self, folder: pathlib.Path):
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(deploy.pack(folder))
            file.flush()
            yield f"fileb://{file.name}"

    def create_function(self, folder: pathlib.Path, runtime: str, handler: str) -> dict:
        name = unique("function")
        with self.package(folder) as package:
            return self.aws(
                "lambda", "create-function", "--function-name", name, "--runtime", runtime, "--handler", handler,
                "--role", self.target.role, "--zip-file", package,
            )  # fmt: skip

    def test_a_function_is_called(self):
        with tempfile.TemporaryDirectory() as folder:
            code, out = pathlib.Path(folder) / "code", pathlib.Path(folder) / "out.json"
            code.mkdir()
            (code / "index.js").write_text(TWICE)
            name = self.create_function(code, "nodejs18.x", "index.handler")["FunctionName"]
            invoke = ["lambda", "invoke", "--function-name", name, "--cli-binary-format", "raw-in-base64-out"]
            answer = self.aws(*invoke, "--payload", '{"n": 21}', str(out))
            self.assertEqual(answer["StatusCode"], 200)
            self.assertNotIn("FunctionError", answer)
            self.assertEqual(json.loads(out.read_text()), {"twice": 42})

            self.assertIn(name, [item["FunctionName"] for item in self.aws("lambda", "list-functions")["Functions"]])
            (code / "index.js").write_text(TWICE.replace("2", "3").replace("twice", "thrice"))
            with self.package(code) as package:
                self.aws("lambda", "update-function-code", "--function-name", name, "--zip-file", package)
            self.aws(*invoke, "--payload", '{"n": 21}', str(out))
            self.assertEqual(json.loads(out.read_text()), {"thrice": 63})
            self.aws("lambda", "delete-function", "--function-name", name)

    def test_who_may_call_it(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "index.js").write_text(TWICE)
            function = self.create_function(pathlib.Path(folder), "nodejs18.x", "index.handler")
        name, arn = function["FunctionName"], function["FunctionArn"]
        add = ("lambda", "add-permission", "--function-name", name, "--action", "lambda:InvokeFunction", "--principal", "events.amazonaws.com")
        rule = "arn:aws:events:us-east-1:123456789012:rule/nightly"
        added = json.loads(self.aws(*add, "--statement-id", "nightly", "--source-arn", rule)["Statement"])
        self.assertEqual(added["Condition"], {"ArnLike": {"AWS:SourceArn": rule}})
        with self.assertRaisesRegex(Refused, "ResourceConflictException.*The statement id \\(nightly\\) provided already exists"):
            self.aws(*add, "--statement-id", "nightly")
        self.assertEqual(json.loads(self.aws("lambda", "get-policy", "--function-name", arn)["Policy"])["Statement"], [added])
        self.aws("lambda", "remove-permission", "--function-name", name, "--statement-id", "nightly")
        with self.assertRaisesRegex(Refused, "ResourceNotFoundException.*The resource you requested does not exist"):
            self.aws("lambda", "get-policy", "--function-name", name)
        self.aws("lambda", "tag-resource", "--resource", arn, "--tags", "team=blue,stage=test")
        self.aws("lambda", "untag-resource", "--resource", arn, "--tag-keys", "stage")
        self.assertEqual(self.aws("lambda", "list-tags", "--resource", arn)["Tags"], {"team": "blue"})

    def test_a_person_approves(self):
        folder = ROOT / "examples/approval"
        function = self.create_function(folder / "functions/ask", "python3.11", "ask.handler")["FunctionArn"]
        definition = (folder / "approval.asl.json").read_text().replace("${AskManagerFunctionArn}", function)
        execution = self.start(self.create(definition), {"what": "a coffee machine", "amount": 900})

        def submitted():
            history = self.aws("stepfunctions", "get-execution-history", "--execution-arn", execution)["events"]
            return history if any(event["type"] == "TaskSubmitted" for event in history) else None

        history = wait_until(submitted, "the task to be submitted", every=0.2)
        scheduled = next(event for event in history if event["type"] == "TaskScheduled")
        token = json.loads(scheduled["taskScheduledEventDetails"]["parameters"])["Payload"]["token"]
        self.aws("stepfunctions", "send-task-success", "--task-token", token, "--task-output", '{"approved": true}')
        found = self.ended(execution)
        self.assertEqual(found["status"], "SUCCEEDED")
        self.assertTrue(json.loads(found["output"])["paid"])
        self.check_history(execution, json.loads(definition))
