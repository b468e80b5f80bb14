"""Step Functions through the AWS command line."""

import json
import tempfile
import threading

from aws_cli import AwsCli, Refused
from support.machines import activity_task, machine, passing, waiting
from support.target import ServiceCase, unique


class CommandLine(ServiceCase):
    def aws(self, *arguments: str):
        return AwsCli(self.target)("stepfunctions", *arguments)

    def cli_create(self, definition: dict, *more: str) -> str:
        name = unique("cli")
        arn = self.aws(
            "create-state-machine", "--name", name, "--role-arn", self.target.role, "--definition", json.dumps(definition), *more
        )["stateMachineArn"]  # fmt: skip
        if self.target.server is None:
            self.addCleanup(self.states.delete_state_machine, stateMachineArn=arn)
        return arn

    def cli_start(self, machine_arn: str, input: str = "{}") -> str:
        return self.aws("start-execution", "--state-machine-arn", machine_arn, "--input", input)["executionArn"]

    def assert_refused(self, code: str, message: str, *arguments: str):
        with self.assertRaises(Refused) as caught:
            self.aws(*arguments)
        self.assertIn(f"An error occurred ({code}) when calling the ", str(caught.exception))
        self.assertIn(message, str(caught.exception))

    def test_state_machines(self):
        with tempfile.NamedTemporaryFile("w", suffix=".asl.json") as file:
            json.dump(passing("from a file"), file)
            file.flush()
            name = unique("file")
            made = self.aws("create-state-machine", "--name", name, "--role-arn", self.target.role, "--definition", f"file://{file.name}")
        arn = made["stateMachineArn"]
        found = self.aws("describe-state-machine", "--state-machine-arn", arn)
        self.assertEqual((found["name"], found["status"], found["type"]), (name, "ACTIVE", "STANDARD"))
        self.assertEqual(json.loads(found["definition"]), passing("from a file"))
        self.cli_create(passing())
        first = self.aws("list-state-machines", "--max-items", "1")
        self.assertEqual(len(first["stateMachines"]), 1)
        rest = self.aws("list-state-machines", "--starting-token", first["NextToken"])
        listed = [item["stateMachineArn"] for item in first["stateMachines"] + rest["stateMachines"]]
        self.assertEqual(listed.count(arn), 1)
        updated = self.aws("update-state-machine", "--state-machine-arn", arn, "--definition", json.dumps(passing("new")))
        self.assertIn("updateDate", updated)
        self.assertIsNone(self.aws("delete-state-machine", "--state-machine-arn", arn))
        if not self.target.is_aws:
            words = f"State Machine Does Not Exist: '{arn}'"
            self.assert_refused("StateMachineDoesNotExist", words, "describe-state-machine", "--state-machine-arn", arn)

    def test_versions_aliases_and_tags(self):
        arn = self.cli_create(passing("old"), "--publish", "--version-description", "first", "--tags", "key=team,value=blue")
        self.aws("update-state-machine", "--state-machine-arn", arn, "--definition", json.dumps(passing("new")))
        second = self.aws("publish-state-machine-version", "--state-machine-arn", arn)["stateMachineVersionArn"]
        self.assertEqual(second, f"{arn}:2")
        versions = self.aws("list-state-machine-versions", "--state-machine-arn", arn)["stateMachineVersions"]
        self.assertEqual([item["stateMachineVersionArn"] for item in versions], [f"{arn}:2", f"{arn}:1"])
        route = f"stateMachineVersionArn={arn}:1,weight=100"
        alias = self.aws("create-state-machine-alias", "--name", "live", "--routing-configuration", route)["stateMachineAliasArn"]
        found = self.ended(self.cli_start(alias))
        self.assertEqual((found["output"], found["stateMachineAliasArn"]), ('"old"', alias))
        listed = self.aws("list-executions", "--state-machine-arn", alias)["executions"]
        self.assertEqual([item["stateMachineVersionArn"] for item in listed], [f"{arn}:1"])
        self.assert_refused("ConflictException", "[live]", "delete-state-machine-version", "--state-machine-version-arn", f"{arn}:1")
        self.aws("tag-resource", "--resource-arn", arn, "--tags", "key=team,value=red")
        self.assertEqual(self.aws("list-tags-for-resource", "--resource-arn", arn)["tags"], [{"key": "team", "value": "red"}])

    def test_redriving(self):
        activity = self.create_activity()
        execution = self.cli_start(self.cli_create(activity_task(activity)))
        for answer in (("send-task-failure", "--error", "Broken"), ("send-task-success", "--task-output", '"mended"')):
            token = self.aws("get-activity-task", "--activity-arn", activity)["taskToken"]
            self.aws(answer[0], "--task-token", token, *answer[1:])
            found = self.ended(execution)
            if answer[0] == "send-task-failure":
                self.assertIn("redriveDate", self.aws("redrive-execution", "--execution-arn", execution))
        self.assertEqual((found["status"], found["output"], found["redriveCount"]), ("SUCCEEDED", '"mended"', 1))
        self.assert_refused("ExecutionNotRedrivable", "SUCCEEDED", "redrive-execution", "--execution-arn", execution)

    def test_an_execution_and_its_history(self):
        arn = self.cli_create(machine(("Shape", {"Type": "Pass", "Parameters": {"got.$": "$.a"}}), ("Done", {"Type": "Succeed"})))
        execution = self.cli_start(arn, '{"a": [1, 2.50, "ü"]}')
        self.ended(execution)
        found = self.aws("describe-execution", "--execution-arn", execution)
        self.assertEqual((found["status"], found["input"]), ("SUCCEEDED", '{"a": [1, 2.50, "ü"]}'))
        self.assertEqual(json.loads(found["output"]), {"got": [1, 2.5, "ü"]})
        self.assertIn("Done", self.aws("describe-state-machine-for-execution", "--execution-arn", execution)["definition"])
        events = self.aws("get-execution-history", "--execution-arn", execution)["events"]
        self.assertEqual([event["id"] for event in events], [1, 2, 3, 4, 5, 6])
        self.assertEqual(events[1]["stateEnteredEventDetails"]["name"], "Shape")
        paged = self.aws("get-execution-history", "--execution-arn", execution, "--page-size", "2")["events"]
        self.assertEqual(paged, events)
        backwards = self.aws("get-execution-history", "--execution-arn", execution, "--reverse-order", "--max-items", "4")
        self.assertEqual(backwards["events"], events[:1:-1])
        rest = self.aws("get-execution-history", "--execution-arn", execution, "--reverse-order", "--starting-token", backwards["NextToken"])
        self.assertEqual(rest["events"], events[1::-1])
        self.check_history(execution)

    def test_lists_of_executions(self):
        arn = self.cli_create(waiting())
        running, stopped = self.cli_start(arn), self.cli_start(arn)
        self.assertIn("stopDate", self.aws("stop-execution", "--execution-arn", stopped, "--error", "Enough", "--cause", "home now"))
        self.ended(stopped)
        found = self.aws("describe-execution", "--execution-arn", stopped)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("ABORTED", "Enough", "home now"))

        def listed(*more):
            return [item["executionArn"] for item in self.aws("list-executions", "--state-machine-arn", arn, *more)["executions"]]

        self.assertEqual(listed("--status-filter", "RUNNING"), [running])
        self.assertEqual(listed("--status-filter", "ABORTED"), [stopped])
        self.assertEqual(listed("--page-size", "1"), [stopped, running])
        self.states.stop_execution(executionArn=running)

    def test_an_express_workflow_answers_at_once(self):
        if self.target.authority:
            self.skipTest("this command line asks at sync-HOST, which nothing resolves")
        arn = self.cli_create(passing({"now": True}), "--type", "EXPRESS")
        done = self.aws("start-sync-execution", "--state-machine-arn", arn, "--input", "{}")
        self.assertEqual((done["status"], done["output"]), ("SUCCEEDED", '{"now":true}'))

    def test_an_activity_from_end_to_end(self):
        activity = self.aws("create-activity", "--name", unique("cli"))["activityArn"]
        self.assertEqual(self.aws("describe-activity", "--activity-arn", activity)["activityArn"], activity)
        self.assertIn(activity, [item["activityArn"] for item in self.aws("list-activities")["activities"]])
        arn = self.cli_create(activity_task(activity, HeartbeatSeconds=60))

        # The worker is there before the work: its poll stays open until there is some.
        tasks = []
        worker = threading.Thread(target=lambda: tasks.append(self.aws("get-activity-task", "--activity-arn", activity, "--worker-name", "cli")))
        worker.start()
        execution = self.cli_start(arn, '{"picture": 1}')
        worker.join(90)
        self.assertEqual(json.loads(tasks[0]["input"]), {"picture": 1})
        token = tasks[0]["taskToken"]
        self.aws("send-task-heartbeat", "--task-token", token)
        self.aws("send-task-success", "--task-token", token, "--task-output", '{"done": true}')
        self.assertEqual(json.loads(self.ended(execution)["output"]), {"done": True})
        self.check_history(execution)
        self.assert_refused("TaskTimedOut", "", "send-task-heartbeat", "--task-token", token)

        failing = self.cli_start(arn)
        token = self.aws("get-activity-task", "--activity-arn", activity)["taskToken"]
        self.aws("send-task-failure", "--task-token", token, "--error", "Broken", "--cause", "the lamp is out")
        found = self.ended(failing)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("FAILED", "Broken", "the lamp is out"))
        self.aws("delete-activity", "--activity-arn", activity)

    def test_validation(self):
        found = self.aws("validate-state-machine-definition", "--definition", "{}")
        self.assertEqual(found["result"], "FAIL")
        self.assertEqual(found["diagnostics"][0]["code"], "SCHEMA_VALIDATION_FAILED")

    def test_errors(self):
        arn = self.cli_create(passing())
        self.assert_refused("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'", "describe-state-machine", "--state-machine-arn", "x")
        self.assert_refused("InvalidName", "Invalid Name: 'a b'", "create-activity", "--name", "a b")
        self.assert_refused("InvalidExecutionInput", "", "start-execution", "--state-machine-arn", arn, "--input", "{")
        create = ["create-state-machine", "--name", unique("bad"), "--role-arn", self.target.role]
        self.assert_refused("InvalidDefinition", "INVALID_JSON_DESCRIPTION", *create, "--definition", "{")
