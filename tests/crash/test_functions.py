"""kill -9 of a server whose functions are real: the order example goes on, and no function outlives its server."""

import datetime
import json
import pathlib
import unittest

from examples import deploy, manifest
from examples.placeholders import fill, fill_times
from examples.run import Outcome, compare
from local.aws import Client
from local.server import ROOT, Server
from local.wait import wait_until
from support import history


def children(pid: int) -> set[int]:
    """All processes below that one."""
    parents = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found, level = set(), {pid}
    while level := {child for child, parent in parents.items() if parent in level}:
        found |= level
    return found


def is_alive(pid: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class RealFunctions(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Server())
        self.client = Client(self.server.endpoint)
        self.example = manifest.load(ROOT / "examples/order/example.json")
        self.values = deploy.deploy(self.client, self.example)
        text = (self.example.folder / self.example.state_machines[0].definition).read_text()
        self.definition = json.loads(fill(text, self.values))
        self.started: dict[str, manifest.Execution] = {}

    def start(self, execution: manifest.Execution) -> str:
        text = json.dumps(fill_times(execution.input, datetime.datetime.now(datetime.timezone.utc)))
        name = f"{execution.name}-{len(self.started)}"
        arn = self.client.states("StartExecution", stateMachineArn=self.values["OrderFulfilmentArn"], name=name, input=text)["executionArn"]
        self.started[arn] = execution
        return arn

    def history(self, arn: str) -> list[dict]:
        return self.client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]

    def wait_for_event(self, arn: str, kind: str) -> None:
        wait_until(lambda: any(event["type"] == kind for event in self.history(arn)), f"{kind} of {arn}", every=0.002)

    def crash(self) -> None:
        below = children(self.server.pid)
        self.server.kill()
        wait_until(lambda: not any(map(is_alive, below)), "the functions of the dead server to end", 10)
        self.server.start()

    def check_all(self) -> None:
        def closed(arn: str):
            found = self.client.states("DescribeExecution", executionArn=arn)
            return found if found["status"] != "RUNNING" else None

        for arn, execution in self.started.items():
            with self.subTest(arn):
                found = wait_until(lambda a=arn: closed(a), f"{arn} to end", 60, every=0.1)
                self.assertIsNone(compare(execution, Outcome.of(found)))
                events = self.history(arn)
                self.assertEqual(history.problems(events, found["status"], self.definition), [], "\n" + history.text(events))

    def test_in_a_function(self):
        arn = self.start(self.example.executions[0])
        self.wait_for_event(arn, "LambdaFunctionScheduled")
        self.crash()
        self.check_all()

    def test_three_times_in_one_execution(self):
        arn = self.start(self.example.executions[0])
        for kind in ("LambdaFunctionScheduled", "WaitStateEntered", "WaitStateExited"):
            self.wait_for_event(arn, kind)
            self.crash()
        self.check_all()

    def test_many_at_whatever_they_are_doing(self):
        for _ in range(3):
            for execution in self.example.executions * 3:
                self.start(execution)
            self.crash()
        self.check_all()

    def test_functions_end_with_a_server_that_stops(self):
        arn = self.start(self.example.executions[0])
        self.wait_for_event(arn, "WaitStateEntered")
        below = children(self.server.pid)
        self.assertTrue(below)
        self.server.stop()
        wait_until(lambda: not any(map(is_alive, below)), "the functions to end with their server", 10)
        self.server.start()
        self.check_all()


if __name__ == "__main__":
    unittest.main()
