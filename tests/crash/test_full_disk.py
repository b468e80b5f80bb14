"""A disk that is full: an error that says so, reading goes on, nothing that was acknowledged is lost, and it recovers."""

import json
import tempfile
import time
import unittest

from local.aws import ROLE, ApiError, Client
from local.server import Server, StartFailed
from local.wait import wait_until
from support import history
from support.machines import machine, passing
from support.small_disk import NotPermitted, SmallDisk

MEGABYTES = 160


class FullDisk(unittest.TestCase):
    def setUp(self):
        try:
            self.disk = self.enterContext(SmallDisk(MEGABYTES))
        except (NotPermitted, FileNotFoundError) as error:
            self.skipTest(str(error))
        logs = self.enterContext(tempfile.TemporaryDirectory())
        self.server = self.enterContext(Server(self.disk.path / "data", log_path=f"{logs}/server.log", wrapper=self.disk.wrapper))
        self.client = Client(self.server.endpoint)
        self.acknowledged: list[str] = []

    def create(self, name: str, definition: dict) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE)["stateMachineArn"]

    def start(self, machine_arn: str) -> str:
        arn = self.client.states("StartExecution", stateMachineArn=machine_arn, input="{}")["executionArn"]
        self.acknowledged.append(arn)
        return arn

    def status(self, arn: str) -> str:
        return self.client.states("DescribeExecution", executionArn=arn)["status"]

    def storage_is_full(self, machine_arn: str) -> bool:
        try:
            self.start(machine_arn)
            return False
        except ApiError as error:
            self.assertEqual(error.code, "StorageFull", error)
            self.assertTrue(error.message)
            return True

    def starts_again(self, machine_arn: str) -> bool:
        return not self.storage_is_full(machine_arn)

    def check_everything(self) -> None:
        for arn in self.acknowledged:
            wait_until(lambda: self.status(arn) == "SUCCEEDED", f"{arn} to succeed")
            events = self.client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]
            self.assertEqual(history.problems(events, "SUCCEEDED"), [], history.text(events))

    def test_it_says_so_and_recovers(self):
        quick = self.create("quick", passing())
        slow = self.create("slow", machine(("Pause", {"Type": "Wait", "Seconds": 2}), ("Done", {"Type": "Pass"})))
        self.start(quick)
        waiting = self.start(slow)
        self.disk.fill()
        wait_until(lambda: self.storage_is_full(quick), "the disk to be full")
        self.assertEqual(self.status(self.acknowledged[0]), "SUCCEEDED")  # reading goes on
        self.assertEqual(self.status(waiting), "RUNNING")
        self.assertTrue(self.server.is_healthy())
        due = self.client.states("DescribeExecution", executionArn=waiting)["startDate"] + 3
        # The wait comes to its end and finds no room.
        wait_until(lambda: time.time() > due, "the wait to be over", every=0.1)
        self.assertEqual(self.status(waiting), "RUNNING")
        self.disk.make_room()
        wait_until(lambda: self.starts_again(quick), "the server to recover", every=0.1)
        self.check_everything()
        self.server.kill()
        self.server.start()
        self.check_everything()

    def test_a_crash_while_it_is_full(self):
        quick = self.create("quick", passing())
        for _ in range(20):
            self.start(quick)
        self.disk.fill()
        wait_until(lambda: self.storage_is_full(quick), "the disk to be full")
        self.server.kill()
        try:
            self.server.start()
            self.check_everything()
            self.server.kill()
        except StartFailed as error:
            self.assertRegex(str(error), "(?i)full|space")
        self.disk.make_room()
        self.server.start()
        self.check_everything()
        self.assertTrue(self.starts_again(quick))

    def test_it_fills_up_again_and_again(self):
        quick = self.create("quick", passing())
        for _ in range(3):
            self.disk.fill()
            wait_until(lambda: self.storage_is_full(quick), "the disk to be full")
            self.disk.make_room()
            wait_until(lambda: self.starts_again(quick), "the server to recover", every=0.1)
        self.check_everything()


if __name__ == "__main__":
    unittest.main()
