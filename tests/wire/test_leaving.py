"""Clients that leave in the middle: of a request, of an answer, of a long poll."""

import contextlib
import json
import socket
import struct
import unittest

from local.aws import ROLE, Client
from local.wait import wait_until
from serving import ServingCase
from support import wire
from support.machines import activity_task, machine, passing, waiting


class Leaving(ServingCase):
    def create(self, name: str, definition: dict, **more) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def reset(self, connection: socket.socket) -> None:
        """Leaves without a farewell: the server meets a reset."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def test_in_the_middle_of_a_request(self):
        request = wire.call("CreateActivity", {"name": "half" * 10})
        for leave in (socket.socket.close, self.reset):
            for length in range(0, len(request), 7):
                connection = wire.connect(self.server.port)
                connection.sendall(request[:length])
                leave(connection)

    def test_a_request_that_is_cut_off(self):
        """It says that it sends no more; what it sent is not taken for a whole request."""
        request = wire.call("CreateActivity", {"name": "cut-off"})
        for length in (5, 40, len(request) - 1):
            with self.subTest(length):
                self.assert_turned_away(self.send(request[:length], half_close=True))
        self.assertNotIn("cut-off", [item["name"] for item in self.client.states("ListActivities")["activities"]])

    def test_before_the_answer(self):
        arn = self.create("large", machine(*((f"S{n}", {"Type": "Pass"}) for n in range(400))))
        execution = self.client.states("StartExecution", stateMachineArn=arn, input=json.dumps("x" * 20_000))["executionArn"]
        request = wire.call("GetExecutionHistory", {"executionArn": execution, "maxResults": 1000})
        for leave in (socket.socket.close, self.reset):
            for _ in range(20):
                connection = wire.connect(self.server.port)
                connection.sendall(request * 4)
                leave(connection)
        for _ in range(5):
            with wire.connect(self.server.port) as connection:
                connection.sendall(request)
                connection.recv(1000)  # the answer has begun
        self.assertEqual(len(self.client.states("GetExecutionHistory", executionArn=execution, maxResults=1000)["events"]), 802)

    def test_an_execution_that_it_waits_for(self):
        arn = self.create("express", waiting(1), type="EXPRESS")
        for leave in (socket.socket.close, self.reset):
            for _ in range(10):
                connection = wire.connect(self.server.port)
                connection.sendall(wire.call("StartSyncExecution", {"stateMachineArn": arn}))
                leave(connection)
        self.assertEqual(self.client.states("StartSyncExecution", stateMachineArn=arn)["status"], "SUCCEEDED")

    def test_a_start_that_nobody_hears_of(self):
        arn = self.create("unheard", passing())
        for number in range(20):
            connection = wire.connect(self.server.port)
            connection.sendall(wire.call("StartExecution", {"stateMachineArn": arn, "name": f"n{number}"}))
            connection.close()

        def all_ended():
            listed = self.client.states("ListExecutions", stateMachineArn=arn)["executions"]
            return len(listed) == 20 and all(item["status"] == "SUCCEEDED" for item in listed)

        wait_until(all_ended, "what was asked for to be done")

    def test_a_long_poll(self):
        """The task that comes afterwards goes to somebody who is there."""
        activity = self.client.states("CreateActivity", name="polled")["activityArn"]
        arn = self.create("polled", activity_task(activity))
        poll = wire.call("GetActivityTask", {"activityArn": activity})
        for name, leave in (("close", socket.socket.close), ("reset", self.reset)):
            with self.subTest(name):
                polls = [wire.connect(self.server.port) for _ in range(50)]
                for connection in polls:
                    connection.sendall(poll)
                wait_until(lambda: self.sockets() > 50, "the polls to be open")
                self.assertTrue(self.server.is_healthy())
                for connection in polls:
                    leave(connection)
                wait_until(lambda: self.connections() <= 2, "the polls to be given up")
                with contextlib.closing(wire.connect(self.server.port)) as worker:
                    worker.sendall(poll)
                    execution = self.client.states("StartExecution", stateMachineArn=arn)["executionArn"]
                    task = json.loads(wire.read(worker).body)
                self.client.states("SendTaskSuccess", taskToken=task["taskToken"], output="1")
                wait_until(lambda e=execution: self.client.states("DescribeExecution", executionArn=e)["status"] == "SUCCEEDED", "the end")

    def test_more_connections_than_anybody_needs(self):
        with contextlib.ExitStack() as stack:
            for number in range(500):
                connection = stack.enter_context(contextlib.closing(wire.connect(self.server.port)))
                if number % 2:
                    connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n")
            self.assertEqual(Client(self.server.endpoint, timeout=5).states("ListActivities").get("nextToken"), None)


if __name__ == "__main__":
    unittest.main()
