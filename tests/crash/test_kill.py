"""kill -9 in the middle of the order example: what was acknowledged goes on to its right end, and no event is lost or doubled."""

import datetime
import json
import pathlib
import tempfile
import unittest

from examples import deploy, manifest
from examples.placeholders import fill_times
from examples.run import Outcome, compare
from local.aws import Client
from local.server import Server
from local.wait import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]


class KillTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.server = Server(data_dir=folder.name)
        self.server.start()
        self.addCleanup(self.server.kill)
        self.client = Client(self.server.endpoint)
        self.example = manifest.load(ROOT / "examples/order/example.json")
        self.machine = deploy.deploy(self.client, self.example)["OrderFulfilmentArn"]
        self.started: dict[str, manifest.Execution] = {}

    def start(self, execution: manifest.Execution) -> str:
        text = json.dumps(fill_times(execution.input, datetime.datetime.now(datetime.timezone.utc)))
        name = f"{execution.name}-{len(self.started)}"
        arn = self.client.states("StartExecution", stateMachineArn=self.machine, name=name, input=text)["executionArn"]
        self.started[arn] = execution
        return arn

    def history(self, arn: str) -> list[dict]:
        return self.client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]

    def wait_for_event(self, arn: str, kind: str) -> None:
        wait_until(lambda: any(event["type"] == kind for event in self.history(arn)), f"{kind} of {arn}", every=0.002)

    def crash(self) -> dict[str, list[dict]]:
        """The histories as clients saw them before it."""
        seen = {arn: self.history(arn) for arn in self.started}
        self.server.kill()
        self.server.start()
        return seen

    def check_all(self, seen: dict[str, list[dict]]) -> None:
        for arn, execution in self.started.items():
            with self.subTest(arn):
                description = wait_until(lambda: self.closed(arn), f"{arn} to end", seconds=60, every=0.1)
                self.assertIsNone(compare(execution, Outcome.of(description)))
                after = self.history(arn)
                self.assertEqual([event["id"] for event in after], list(range(1, len(after) + 1)))
                before = seen.get(arn, [])
                self.assertEqual(after[: len(before)], before)
                self.check_once(after)

    def closed(self, arn: str) -> dict | None:
        description = self.client.states("DescribeExecution", executionArn=arn)
        return description if description["status"] != "RUNNING" else None

    def check_once(self, events: list[dict]) -> None:
        """Each state is entered and left once in its scope; the execution starts and ends once."""
        starts = [event for event in events if event["type"] == "ExecutionStarted"]
        ends = [event for event in events if event["type"] in ("ExecutionSucceeded", "ExecutionFailed")]
        self.assertEqual((len(starts), len(ends), events[-1]["type"]), (1, 1, ends[0]["type"]))
        moves = [(event["type"], event["previousEventId"], event.get("stateEnteredEventDetails", {}).get("name")) for event in events]
        entered = [move for move in moves if move[0].endswith("StateEntered")]
        self.assertEqual(len(entered), len(set(entered)))

    def test_in_a_wait(self):
        arn = self.start(self.example.executions[0])
        self.wait_for_event(arn, "WaitStateEntered")
        self.check_all(self.crash())

    def test_in_a_function(self):
        arn = self.start(self.example.executions[0])
        self.wait_for_event(arn, "LambdaFunctionScheduled")
        self.check_all(self.crash())

    def test_many_at_whatever_they_are_doing(self):
        for _ in range(3):
            for _ in range(4):
                for execution in self.example.executions:
                    self.start(execution)
            seen = self.crash()
        self.check_all(seen)

    def test_three_times_in_one_execution(self):
        arn = self.start(self.example.executions[0])
        for kind in ("LambdaFunctionScheduled", "WaitStateEntered", "WaitStateExited"):
            self.wait_for_event(arn, kind)
            seen = self.crash()
        self.check_all(seen)


if __name__ == "__main__":
    unittest.main()
