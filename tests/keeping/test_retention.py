"""Ended executions go after their time, and free their names; what runs stays."""

import json
import time
import unittest

from local.aws import ROLE, ApiError, Client
from local.server import Server
from local.wait import wait_until
from support.machines import passing, waiting


class Retention(unittest.TestCase):
    def serve(self, *arguments: str) -> Client:
        self.server = self.enterContext(Server(arguments=arguments))
        return Client(self.server.endpoint)

    @staticmethod
    def create(client: Client, name: str, definition: dict) -> str:
        return client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE)["stateMachineArn"]

    def is_gone(self, client: Client, arn: str) -> bool:
        try:
            client.states("DescribeExecution", executionArn=arn)
            return False
        except ApiError as error:
            self.assertEqual((error.code, error.message), ("ExecutionDoesNotExist", f"Execution Does Not Exist: '{arn}'"))
            return True

    def test_an_execution_goes_after_its_time(self):
        client = self.serve("--retention", "2s")
        machine = self.create(client, "quick", passing())
        slow = client.states("StartExecution", stateMachineArn=self.create(client, "slow", waiting(600)))["executionArn"]
        arn = client.states("StartExecution", stateMachineArn=machine, name="once")["executionArn"]
        stopped = wait_until(lambda: client.states("DescribeExecution", executionArn=arn).get("stopDate"), "the end")
        with self.assertRaises(ApiError) as caught:
            client.states("StartExecution", stateMachineArn=machine, name="once")
        self.assertEqual(caught.exception.code, "ExecutionAlreadyExists")
        wait_until(lambda: self.is_gone(client, arn), "the execution to go", seconds=10)
        self.assertGreaterEqual(time.time(), stopped + 2)
        for operation in ("GetExecutionHistory", "StopExecution", "DescribeStateMachineForExecution"):
            with self.assertRaises(ApiError) as caught:
                client.states(operation, executionArn=arn)
            self.assertEqual(caught.exception.code, "ExecutionDoesNotExist")
        self.assertEqual(client.states("ListExecutions", stateMachineArn=machine)["executions"], [])
        again = client.states("StartExecution", stateMachineArn=machine, name="once")
        self.assertEqual(again["executionArn"], arn)
        self.assertFalse(self.is_gone(client, slow))

    def test_it_goes_although_the_server_was_down(self):
        client = self.serve("--retention", "2s")
        machine = self.create(client, "quick", passing())
        arns = [client.states("StartExecution", stateMachineArn=machine)["executionArn"] for _ in range(300)]
        self.server.kill()
        self.server.start()
        for arn in arns:
            wait_until(lambda: self.is_gone(client, arn), "the execution to go", seconds=10)

    def test_by_default_it_stays(self):
        client = self.serve()
        machine = self.create(client, "quick", passing())
        arn = client.states("StartExecution", stateMachineArn=machine)["executionArn"]
        self.server.restart()
        self.assertFalse(self.is_gone(client, arn))


if __name__ == "__main__":
    unittest.main()
