"""Damaged files: found by their checksums, named, never served; whatever else there is goes on being served."""

import json
import pathlib
import random
import shutil
import tempfile
import unittest

from local.aws import ROLE, ApiError, Client
from local.server import Server, StartFailed
from local.wait import wait_until
from support.machines import passing, waiting


def flip(file: pathlib.Path, offset: int) -> None:
    data = bytearray(file.read_bytes())
    data[offset] ^= 0x10
    file.write_bytes(data)


class Damage(unittest.TestCase):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.server = Server(pathlib.Path(folder) / "data", log_path=f"{folder}/server.log")
        self.addCleanup(self.server.stop)
        self.server.start()
        self.client = Client(self.server.endpoint)

    @property
    def store(self) -> pathlib.Path:
        return self.server.data_dir / "store"

    def create(self, name: str, definition: dict) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE)["stateMachineArn"]

    def start(self, machine: str, text: str) -> str:
        return self.client.states("StartExecution", stateMachineArn=machine, input=json.dumps(text))["executionArn"]

    def tables(self) -> set[pathlib.Path]:
        return set(self.store.glob("*.sst"))

    def largest_log(self) -> pathlib.Path:
        return max(self.store.glob("*.log"), key=lambda file: file.stat().st_size)

    def describe(self, arn: str) -> dict:
        return self.client.states("DescribeExecution", executionArn=arn)

    def noise(self) -> str:
        return random.Random(5).randbytes(20_000).hex()

    def damage_history_of(self, machine: str) -> str:
        """An execution whose events lie in a damaged file of their own."""
        self.server.restart()  # what is there goes into files
        before = self.tables()
        damaged = self.start(machine, self.noise())
        self.server.stop()
        with_events = max(self.tables() - before, key=lambda file: file.stat().st_size)
        self.assertGreater(with_events.stat().st_size, 10_000)
        flip(with_events, 2_000)
        self.file = with_events
        return damaged

    def test_a_damaged_file_is_named_and_the_rest_is_served(self):
        machine = self.create("quick", passing())
        good = self.start(machine, "good")
        wait_until(lambda: self.describe(good)["status"] == "SUCCEEDED", "the end")
        damaged = self.damage_history_of(machine)
        self.server.start()
        for operation in ("DescribeExecution", "GetExecutionHistory"):
            with self.assertRaises(ApiError) as caught:
                self.client.states(operation, executionArn=damaged)
            error = caught.exception
            self.assertEqual((error.status, error.code), (500, "StorageCorrupted"))
            self.assertIn(str(self.file), error.message)
            self.assertRegex(error.message, "damaged.*checksum mismatch")
        self.assertEqual(self.describe(good)["output"], '"good"')
        later = self.start(machine, "later")
        wait_until(lambda: self.describe(later)["status"] == "SUCCEEDED", "a new execution to end")
        self.assertTrue(self.server.is_healthy())
        self.assertIn(str(self.file), self.server.log_tail())

    def test_an_execution_that_cannot_be_read_holds_up_no_other(self):
        machine = self.create("slow", waiting(5))  # ends when the damage is there
        good = self.start(machine, "good")
        damaged = self.damage_history_of(machine)
        self.server.start()
        wait_until(lambda: self.describe(good)["status"] == "SUCCEEDED", "the others to go on")
        with self.assertRaises(ApiError):
            self.describe(damaged)

    def test_a_damaged_log_is_not_opened(self):
        machine = self.create("slow", waiting(600))
        executions = [self.start(machine, f"{number} " + "x" * 500) for number in range(60)]
        self.server.kill()
        kept = self.server.data_dir.parent / "kept"
        shutil.copytree(self.store, kept)
        log = self.largest_log()
        flip(log, log.stat().st_size // 2)
        for _ in range(2):
            with self.assertRaises(StartFailed) as caught:
                self.server.start()
            self.assertIn(str(log), str(caught.exception))
            self.assertIn("status 2", str(caught.exception))
            self.assertRegex(str(caught.exception), "stepwell restore")
        shutil.rmtree(self.store)
        shutil.copytree(kept, self.store)
        self.server.start()
        for execution in executions:
            self.assertEqual(self.describe(execution)["status"], "RUNNING")

    def test_a_damaged_list_of_files_is_not_opened(self):
        self.create("some", passing())
        self.server.stop()
        manifest = max(self.store.glob("MANIFEST-*"))
        flip(manifest, manifest.stat().st_size // 2)
        with self.assertRaises(StartFailed) as caught:
            self.server.start()
        self.assertIn(str(self.store), str(caught.exception))
        self.assertRegex(str(caught.exception), "damaged")


if __name__ == "__main__":
    unittest.main()
