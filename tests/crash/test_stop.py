"""Stopping a server, and two of them on the same data."""

import concurrent.futures
import json
import os
import signal
import socket
import subprocess
import time
import unittest

from local.aws import ROLE, Client
from local.server import Server, program
from local.wait import wait_until
from support.machines import waiting

SECONDS = 5


class Stopping(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Server())
        self.client = Client(self.server.endpoint)

    def create(self, definition: dict, **more) -> str:
        name = f"machine-{more.get('type', 'STANDARD')}"
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def start(self) -> str:
        return self.client.states("StartExecution", stateMachineArn=self.create(waiting()))["executionArn"]

    def assert_stops(self, number: int, seconds: float = SECONDS) -> None:
        began = time.monotonic()
        os.kill(self.server.pid, number)
        wait_until(lambda: not self.server.is_running(), f"the server to end after {signal.Signals(number).name}", 30)
        self.assertLess(time.monotonic() - began, seconds)
        self.assertEqual(self.server.wait(), 0, self.server.log_tail())

    def test_by_signals(self):
        arn = self.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal.Signals(number).name):
                self.assert_stops(number)
                self.server.start()
                self.assertEqual(self.client.states("DescribeExecution", executionArn=arn)["status"], "RUNNING")

    def test_with_a_poll_that_is_open(self):
        activity = self.client.states("CreateActivity", name="activity")["activityArn"]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            poll = pool.submit(self.client.states, "GetActivityTask", activityArn=activity)
            self.assertFalse(concurrent.futures.wait([poll], timeout=0.5).done)
            self.assert_stops(signal.SIGTERM)
            self.assertIsNone(poll.result(5).get("taskToken"))  # an answer like that of a poll without work

    def test_with_a_request_that_is_under_way(self):
        """Who waits for an Express execution still gets its end."""
        arn = self.create(waiting(1), type="EXPRESS")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            sync = pool.submit(self.client.states, "StartSyncExecution", stateMachineArn=arn)
            self.assertFalse(concurrent.futures.wait([sync], timeout=0.5).done)
            self.assert_stops(signal.SIGTERM)
            self.assertEqual(sync.result(5)["status"], "SUCCEEDED")

    def test_with_connections_that_are_idle(self):
        with socket.create_connection(("127.0.0.1", self.server.port)):
            self.client.states("ListActivities")
            self.assert_stops(signal.SIGTERM)

    def test_with_a_request_that_never_comes_whole(self):
        """It is cut at once: nothing of it has been done."""
        for part in (b"POST / HTTP/1.1\r\nHo", b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"):
            with self.subTest(part), socket.create_connection(("127.0.0.1", self.server.port)) as half:
                half.sendall(part)
                self.client.states("ListActivities")  # what came before has been read
                self.assert_stops(signal.SIGTERM)
                self.assertEqual(half.recv(1), b"")
                self.server.start()

    def test_twice_means_at_once(self):
        arn = self.create(waiting(60), type="EXPRESS")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            sync = pool.submit(self.client.states, "StartSyncExecution", stateMachineArn=arn)
            self.assertFalse(concurrent.futures.wait([sync], timeout=0.5).done)
            os.kill(self.server.pid, signal.SIGTERM)
            wait_until(lambda: "stopping" in self.server.log_tail(), "the server to begin to stop")
            self.assert_stops(signal.SIGTERM)
            self.assertRaises(Exception, sync.result, 5)


class TwoServers(unittest.TestCase):
    def second(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([program(), "serve", *arguments], capture_output=True, text=True, timeout=20)

    def test_on_the_same_data(self):
        with Server() as server:
            done = self.second("--listen", "127.0.0.1:0", "--data-dir", str(server.data_dir))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(str(server.data_dir), done.stderr)
            self.assertRegex(done.stderr, "in use|another")
            self.assertTrue(server.is_healthy())
        with Server(data_dir=server.data_dir) as again:  # its lock went with it
            self.assertTrue(again.is_healthy())

    def test_on_the_same_port(self):
        with Server() as server, Server() as other:
            data = str(other.data_dir / "third")
            done = self.second("--listen", f"127.0.0.1:{server.port}", "--data-dir", data)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(str(server.port), done.stderr)

    def test_on_data_that_cannot_be_written(self):
        with Server() as server:
            file = server.data_dir / "a-file"
            file.write_text("")
            done = self.second("--listen", "127.0.0.1:0", "--data-dir", str(file / "data"))
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(str(file), done.stderr)


if __name__ == "__main__":
    unittest.main()
