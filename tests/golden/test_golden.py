"""Data of every format that there was: this program reads it, shows the same histories, and goes on with what waits."""

import json
import pathlib
import tarfile
import tempfile
import time
import unittest

from local.aws import ApiError, Client
from local.server import Server
from local.wait import wait_until
from support import history

HERE = pathlib.Path(__file__).resolve().parent


class Golden(unittest.TestCase):
    def each(self):
        archives = sorted(HERE.glob("format-*.tar.gz"))
        self.assertTrue(archives)
        for archive in archives:
            with self.subTest(archive.name), tempfile.TemporaryDirectory() as folder:
                data = pathlib.Path(folder) / "data"
                with tarfile.open(archive) as tar:
                    tar.extractall(data)
                golden = json.loads((data / "golden.json").read_text())
                with Server(data, log_path=f"{folder}/server.log", arguments=["--retention", "off"]) as server:
                    yield golden, server, Client(server.endpoint)

    def test_what_has_ended_is_shown_as_it_was(self):
        for golden, server, client in self.each():
            for _ in range(2):
                for arn, before in golden["ended"].items():
                    self.assertEqual(client.states("DescribeExecution", executionArn=arn), before["description"])
                    page = client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)
                    self.assertEqual(page["events"], before["events"])
                    machine = before["description"]["stateMachineArn"]
                    listed = client.states("ListExecutions", stateMachineArn=machine)["executions"]
                    self.assertIn(arn, [execution["executionArn"] for execution in listed])
                    with self.assertRaises(ApiError) as caught:
                        client.states("StartExecution", stateMachineArn=machine, name=before["description"]["name"], input="{}")
                    self.assertEqual(caught.exception.code, "ExecutionAlreadyExists")
                server.restart()

    def test_what_waits_goes_on(self):
        for golden, server, client in self.each():
            waiting = golden["waiting"]
            if time.time() > golden.get("until", float("inf")):
                self.assertEqual({self.ended(client, arn)["status"] for arn in waiting.values()}, {"TIMED_OUT"})
                continue
            for arn in waiting.values():
                self.assertEqual(client.states("DescribeExecution", executionArn=arn)["status"], "RUNNING")
            again = client.states("StartExecution", stateMachineArn=self.machine(waiting["far"]), name="far", input='{"n": 1}')
            self.assertEqual(again["executionArn"], waiting["far"])
            client.states("SendTaskSuccess", taskToken=golden["token"], output='"by its token"')
            self.work(client, golden["queued"], 1)
            self.work(client, golden["activity"], 4)  # two of the map are done; then the child
            ends = {"under way": "by its token", "queued": {"n": 3}, "map": [{"n": n} for n in range(5)]}
            for name, output in ends.items():
                self.assertEqual(json.loads(self.ended(client, waiting[name])["output"]), output)
            self.assertEqual(json.loads(self.ended(client, waiting["parent"])["output"])["Output"], {"n": 4})
            for name in ("far", "retry"):
                client.states("StopExecution", executionArn=waiting[name])
                self.assertEqual(self.ended(client, waiting[name])["status"], "ABORTED")
            server.restart()

    def test_functions_run(self):
        for golden, _, client in self.each():
            shout = next(arn for arn in golden["ended"] if arn.endswith(":shout"))
            execution = client.states("StartExecution", stateMachineArn=self.machine(shout), input='{"text": "again"}')["executionArn"]
            self.assertEqual(self.ended(client, execution)["output"], '"AGAIN"')

    @staticmethod
    def machine(execution: str) -> str:
        return execution.rsplit(":", 1)[0].replace(":execution:", ":stateMachine:")

    def work(self, client: Client, activity: str, tasks: int) -> None:
        for _ in range(tasks):
            task = client.states("GetActivityTask", activityArn=activity)
            client.states("SendTaskSuccess", taskToken=task["taskToken"], output=task["input"])

    def ended(self, client: Client, arn: str) -> dict:
        wait_until(lambda: client.states("DescribeExecution", executionArn=arn)["status"] != "RUNNING", f"{arn} to end")
        found = client.states("DescribeExecution", executionArn=arn)
        events = client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]
        self.assertEqual(history.problems(events, found["status"]), [], history.text(events))
        return found


if __name__ == "__main__":
    unittest.main()
