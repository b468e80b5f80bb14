"""Copies of the data of a server that works, and servers that go on from them."""

import json
import os
import pathlib
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

from local.aws import ROLE, Client
from local.server import Server, program
from local.wait import wait_until
from support import history
from support.machines import activity_task, machine, passing, waiting


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([program(), *map(str, arguments)], capture_output=True, text=True, timeout=120)


class BackupCase(unittest.TestCase):
    arguments: list[str] = []

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="stepwell-")))
        self.server = self.enterContext(Server(self.folder / "data", log_path=self.folder / "server.log", arguments=self.arguments))
        self.client = Client(self.server.endpoint)
        self.copy = self.folder / "copy"

    def create(self, name: str, definition: dict) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE)["stateMachineArn"]

    def start(self, machine: str, input=None) -> str:
        return self.client.states("StartExecution", stateMachineArn=machine, input=json.dumps(input))["executionArn"]

    def back_up(self, *arguments: str) -> None:
        done = run("backup", *arguments, self.copy)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn(str(self.copy), done.stdout)

    def restored(self) -> tuple[Server, Client]:
        data = self.folder / "restored"
        done = run("restore", self.copy, "--data-dir", data)
        self.assertEqual(done.returncode, 0, done)
        server = self.enterContext(Server(data, log_path=self.folder / "restored.log"))
        return server, Client(server.endpoint)


class Backup(BackupCase):
    def test_a_copy_made_under_load_has_all_that_was_acknowledged_before(self):
        activity = self.client.states("CreateActivity", name="work")["activityArn"]
        work, quick = self.create("work", activity_task(activity)), self.create("quick", passing("done"))
        slow = self.create("slow", machine(("Pause", {"Type": "Wait", "Seconds": 3}), ("Done", {"Type": "Pass"})))
        acknowledged: list[tuple[str, str]] = []
        stop = threading.Event()

        def load(kind: str, arn: str):
            while not stop.is_set():
                acknowledged.append((kind, self.start(arn, {"text": "x" * 2_000})))

        threads = [threading.Thread(target=load, args=pair) for pair in (("work", work), ("quick", quick), ("slow", slow))]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(acknowledged) > 300, "some load")
        token = self.client.states("GetActivityTask", activityArn=activity)["taskToken"]
        before = list(acknowledged)
        self.back_up("--data-dir", self.server.data_dir)
        stop.set()
        for thread in threads:
            thread.join()
        self.server.stop()

        _, client = self.restored()
        for kind, arn in before:
            found = client.states("DescribeExecution", executionArn=arn)
            if kind == "quick":
                self.assertEqual(found["status"], "SUCCEEDED")
            if kind == "slow":
                wait_until(lambda: client.states("DescribeExecution", executionArn=arn)["status"] == "SUCCEEDED", f"{arn} to go on")
                events = client.states("GetExecutionHistory", executionArn=arn)["events"]
                self.assertEqual(history.problems(events, "SUCCEEDED"), [], history.text(events))
        client.states("SendTaskSuccess", taskToken=token, output="1")  # tokens are good there as well
        task = client.states("GetActivityTask", activityArn=activity)
        client.states("SendTaskSuccess", taskToken=task["taskToken"], output=task["input"])

    def test_through_the_url(self):
        arn = self.start(self.create("quick", passing()))
        self.back_up("--url", self.server.endpoint)
        _, client = self.restored()
        self.assertEqual(client.states("DescribeExecution", executionArn=arn)["status"], "SUCCEEDED")

    def test_of_a_server_that_does_not_run(self):
        arn = self.start(self.create("slow", waiting(600)))
        self.server.stop()
        self.back_up("--data-dir", self.server.data_dir)
        self.server.start()
        _, client = self.restored()
        self.assertEqual(client.states("DescribeExecution", executionArn=arn)["status"], "RUNNING")

    def test_a_folder_that_is_there_is_left_alone(self):
        self.copy.mkdir()
        for arguments in (["--data-dir", self.server.data_dir], ["--url", self.server.endpoint]):
            done = run("backup", *arguments, self.copy)
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("BackupFolderExists", done.stderr)
        self.assertEqual(list(self.copy.iterdir()), [])

    def test_data_that_is_there_is_left_alone(self):
        self.back_up("--data-dir", self.server.data_dir)
        before = sorted(os.listdir(self.server.data_dir / "store"))
        done = run("restore", self.copy, "--data-dir", self.server.data_dir)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("DataDirectoryNotEmpty", done.stderr)
        self.assertEqual(sorted(os.listdir(self.server.data_dir / "store")), before)

    def test_a_damaged_copy_is_not_restored(self):
        self.start(self.create("quick", passing()), "x" * 20_000)
        self.back_up("--data-dir", self.server.data_dir)
        files = [file for file in self.copy.rglob("*") if file.is_file()]
        for file in files:
            data = file.read_bytes()
            file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
            done = run("restore", self.copy, "--data-dir", self.folder / "nothing")
            self.assertEqual(done.returncode, 1, f"{file}: {done}")
            self.assertRegex(done.stderr, "BackupUnusable|DataFormatUnknown")
            self.assertFalse((self.folder / "nothing" / "store").exists())
            file.write_bytes(data)
        self.restored()

    def test_what_is_no_backup_is_not_restored(self):
        for folder in (self.folder / "missing", self.folder):
            done = run("restore", folder, "--data-dir", self.folder / "nothing")
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("BackupUnusable", done.stderr)

    def test_a_damaged_store_has_no_copy(self):
        self.start(self.create("quick", passing()), os.urandom(20_000).hex())
        self.server.stop()
        largest = max((self.server.data_dir / "store").glob("*.sst"), key=lambda file: file.stat().st_size)
        data = bytearray(largest.read_bytes())
        data[2_000] ^= 1
        largest.write_bytes(data)
        done = run("backup", "--data-dir", self.server.data_dir, self.copy)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("StorageCorrupted", done.stderr)
        self.assertFalse(self.copy.exists())

    def post(self, body: bytes, **headers: str) -> int:
        request = urllib.request.Request(self.server.endpoint + "/_stepwell/backup", body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code

    def test_what_the_page_refuses(self):
        json_type = {"Content-Type": "application/json"}
        where = json.dumps({"to": str(self.copy)}).encode()
        self.assertEqual(self.post(where, **{"Content-Type": "text/plain"}), 415)  # as a page in a browser could send it
        for body in (b"", b"{", b"[]", b'{"to": 1}', b'{"to": "relative"}'):
            self.assertEqual(self.post(body, **json_type), 400, body)
        self.assertFalse(self.copy.exists())
        with urllib.request.urlopen(self.server.endpoint + "/_stepwell/backup", timeout=10) as response:
            self.assertEqual(json.load(response), {"state": "none"})


class BackupWithKeys(BackupCase):
    """Where callers are known, only they may."""

    arguments = ["--access-key", "AKIAEXAMPLE:secret"]

    def test_only_who_signs(self):
        for arguments in ([], ["--access-key", "AKIAEXAMPLE:wrong"], ["--access-key", "other:secret"]):
            done = run("backup", "--url", self.server.endpoint, *arguments, self.copy)
            self.assertEqual(done.returncode, 1, done)
            self.assertIn("access key", done.stderr)
        self.assertFalse(self.copy.exists())
        self.back_up("--url", self.server.endpoint, "--access-key", "AKIAEXAMPLE:secret")


if __name__ == "__main__":
    unittest.main()
