"""What people do with the AWS CLI, end to end."""

import json
import pathlib
import tempfile
import threading
import unittest

from cli import Cli, CliError
from examples import deploy
from local.aws import ROLE
from local.server import Server
from local.wait import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]


def setUpModule():
    global server, aws
    server = Server().__enter__()
    unittest.addModuleCleanup(server.__exit__)
    aws = Cli(server.endpoint)


def machine(name: str, definition: dict, kind: str = "STANDARD") -> str:
    return aws("stepfunctions", "create-state-machine", name=name, type=kind, definition=json.dumps(definition), role_arn=ROLE)["stateMachineArn"]


def start(arn: str, input_) -> str:
    return aws("stepfunctions", "start-execution", state_machine_arn=arn, input=json.dumps(input_))["executionArn"]


def ended(arn: str) -> dict:
    def description():
        found = aws("stepfunctions", "describe-execution", execution_arn=arn)
        return found if found["status"] != "RUNNING" else None

    return wait_until(description, f"{arn} to end", every=0.2)


def events(arn: str) -> list[dict]:
    return aws("stepfunctions", "get-execution-history", execution_arn=arn)["events"]


GREETING = {
    "StartAt": "Greet",
    "States": {
        "Greet": {"Type": "Pass", "Parameters": {"greeting.$": "States.Format('Hello, {}!', $.name)"}, "Next": "Wait"},
        "Wait": {"Type": "Wait", "Seconds": 1, "End": True},
    },
}


class StandardTest(unittest.TestCase):
    def test_from_creation_to_history(self):
        arn = machine("cli-standard", GREETING)
        execution = start(arn, {"name": "Ada"})
        description = ended(execution)
        self.assertEqual(description["status"], "SUCCEEDED")
        self.assertEqual(json.loads(description["output"]), {"greeting": "Hello, Ada!"})
        history = events(execution)
        self.assertEqual(
            [event["type"] for event in history],
            ["ExecutionStarted", "PassStateEntered", "PassStateExited", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded"],
        )
        self.assertEqual([event["id"] for event in history], [1, 2, 3, 4, 5, 6])
        listed = aws("stepfunctions", "list-executions", state_machine_arn=arn, status_filter="SUCCEEDED")["executions"]
        self.assertEqual([item["executionArn"] for item in listed], [execution])

    def test_update_and_delete(self):
        arn = machine("cli-update", GREETING)
        changed = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
        aws("stepfunctions", "update-state-machine", state_machine_arn=arn, definition=json.dumps(changed))
        description = aws("stepfunctions", "describe-state-machine", state_machine_arn=arn)
        self.assertEqual(json.loads(description["definition"]), changed)
        aws("stepfunctions", "delete-state-machine", state_machine_arn=arn)

    def test_stop(self):
        arn = machine("cli-stop", {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}})
        execution = start(arn, {})
        aws("stepfunctions", "stop-execution", execution_arn=execution, error="Enough", cause="of it")
        description = ended(execution)
        self.assertEqual((description["status"], description["error"], description["cause"]), ("ABORTED", "Enough", "of it"))

    def test_errors_have_aws_names(self):
        for operation, parameters, error in (
            ("describe-state-machine", {"state_machine_arn": "arn:aws:states:us-east-1:123456789012:stateMachine:none"}, "StateMachineDoesNotExist"),
            ("describe-execution", {"execution_arn": "arn:aws:states:us-east-1:123456789012:execution:none:none"}, "ExecutionDoesNotExist"),
            ("create-state-machine", {"name": "bad name", "definition": "{}", "role_arn": ROLE}, "InvalidName"),
            ("create-state-machine", {"name": "bad", "definition": '{"StartAt": "A"}', "role_arn": ROLE}, "InvalidDefinition"),
        ):
            with self.subTest(error), self.assertRaisesRegex(CliError, rf"\({error}\)"):
                aws("stepfunctions", operation, **parameters)


class ExpressTest(unittest.TestCase):
    def test_start_sync_execution(self):
        arn = machine("cli-express", {"StartAt": "Greet", "States": {"Greet": GREETING["States"]["Greet"] | {"Next": "End"}, "End": {"Type": "Succeed"}}}, "EXPRESS")
        answer = aws("stepfunctions", "start-sync-execution", through_proxy=True, state_machine_arn=arn, input='{"name": "Ada"}')
        self.assertEqual(answer["status"], "SUCCEEDED")
        self.assertEqual(json.loads(answer["output"]), {"greeting": "Hello, Ada!"})


class ActivityTest(unittest.TestCase):
    def test_a_worker(self):
        activity = aws("stepfunctions", "create-activity", name="cli-work")["activityArn"]
        arn = machine("cli-activity", {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": activity, "HeartbeatSeconds": 60, "End": True}}})
        execution = start(arn, {"n": 1})
        task = aws("stepfunctions", "get-activity-task", activity_arn=activity, worker_name="cli")
        self.assertEqual(json.loads(task["input"]), {"n": 1})
        aws("stepfunctions", "send-task-heartbeat", task_token=task["taskToken"])
        aws("stepfunctions", "send-task-success", task_token=task["taskToken"], task_output='{"n": 2}')
        description = ended(execution)
        self.assertEqual((description["status"], json.loads(description["output"])), ("SUCCEEDED", {"n": 2}))
        self.assertIn("ActivityStarted", [event["type"] for event in events(execution)])

    def test_a_poll_that_waits_gets_the_task_that_comes(self):
        activity = aws("stepfunctions", "create-activity", name="cli-poll")["activityArn"]
        arn = machine("cli-polled", {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": activity, "End": True}}})
        tasks = []
        poll = threading.Thread(target=lambda: tasks.append(aws("stepfunctions", "get-activity-task", activity_arn=activity)))
        poll.start()
        execution = start(arn, {})
        poll.join(60)
        aws("stepfunctions", "send-task-failure", task_token=tasks[0]["taskToken"], error="Tired", cause="of it")
        description = ended(execution)
        self.assertEqual((description["status"], description["error"], description["cause"]), ("FAILED", "Tired", "of it"))


class LambdaTest(unittest.TestCase):
    def test_a_person_approves(self):
        folder = ROOT / "examples/approval"
        with tempfile.NamedTemporaryFile(suffix=".zip") as package:
            package.write(deploy.pack(folder / "functions/ask"))
            package.flush()
            function = aws(
                "lambda", "create-function", "--zip-file", f"fileb://{package.name}",
                function_name="cli-ask", runtime="python3.11", handler="ask.handler", role=ROLE,
            )["FunctionArn"]  # fmt: skip
        definition = (folder / "approval.asl.json").read_text().replace("${AskManagerFunctionArn}", function)
        execution = start(machine("cli-approval", json.loads(definition)), {"what": "a coffee machine", "amount": 900})

        def submitted():
            history = events(execution)
            return history if any(event["type"] == "TaskSubmitted" for event in history) else None

        history = wait_until(submitted, "the task to be submitted", every=0.2)
        scheduled = next(event for event in history if event["type"] == "TaskScheduled")
        token = json.loads(scheduled["taskScheduledEventDetails"]["parameters"])["Payload"]["token"]
        aws("stepfunctions", "send-task-success", task_token=token, task_output='{"approved": true}')
        description = ended(execution)
        self.assertEqual(description["status"], "SUCCEEDED")
        self.assertTrue(json.loads(description["output"])["paid"])

    def test_invoke(self):
        with tempfile.TemporaryDirectory() as folder:
            code = pathlib.Path(folder) / "code"
            code.mkdir()
            (code / "index.js").write_text("exports.handler = async (event) => ({ twice: event.n * 2 });\n")
            package, out = pathlib.Path(folder) / "f.zip", pathlib.Path(folder) / "out.json"
            package.write_bytes(deploy.pack(code))
            aws(
                "lambda", "create-function", "--zip-file", f"fileb://{package}",
                function_name="cli-twice", runtime="nodejs18.x", handler="index.handler", role=ROLE,
            )  # fmt: skip
            answer = aws("lambda", "invoke", "--cli-binary-format", "raw-in-base64-out", "--payload", '{"n": 21}', "--function-name", "cli-twice", str(out))
            self.assertEqual(answer["StatusCode"], 200)
            self.assertNotIn("FunctionError", answer)
            self.assertEqual(json.loads(out.read_text()), {"twice": 42})


if __name__ == "__main__":
    unittest.main()
