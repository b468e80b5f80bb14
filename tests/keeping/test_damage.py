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


def flip(file: pathlib.Path, *offsets: int) -> None:
    data = bytearray(file.read_bytes())
    for offset in offsets:
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

    def largest_log(self) -> pathlib.Path:
        return max(self.store.glob("*.log"), key=lambda file: file.stat().st_size)

    def describe(self, arn: str) -> dict:
        return self.client.states("DescribeExecution", executionArn=arn)

    def fill(self, machine: str) -> list[str]:
        """Executions with inputs that fill a file; the server is stopped."""
        noise = random.Random(5)
        executions = [self.start(machine, noise.randbytes(10_000).hex()) for _ in range(40)]
        self.server.stop()
        self.file = max(self.store.glob("*.sst"), key=lambda file: file.stat().st_size)
        self.assertGreater(self.file.stat().st_size, 200_000)
        return executions

    def damage_some(self, machine: str) -> list[str]:
        """Executions that fill a file, of which one byte in its middle is flipped."""
        executions = self.fill(machine)
        flip(self.file, self.file.stat().st_size // 2)
        self.server.start()
        return executions

    def is_damaged(self, operation: str, arn: str) -> bool:
        try:
            self.client.states(operation, executionArn=arn)
            return False
        except ApiError as error:
            self.assertEqual((error.status, error.code), (500, "StorageCorrupted"))
            self.assertIn(str(self.file), error.message)
            self.assertRegex(error.message, "damaged.*checksum mismatch")
            return True

    def test_a_damaged_file_is_named_and_the_rest_is_served(self):
        machine = self.create("quick", passing())
        executions = self.damage_some(machine)
        for operation in ("DescribeExecution", "GetExecutionHistory"):
            damaged = [arn for arn in executions if self.is_damaged(operation, arn)]
            self.assertIn(len(damaged), (1, 2, 3))
        later = self.start(machine, "later")
        wait_until(lambda: self.describe(later)["status"] == "SUCCEEDED", "a new execution to end")
        self.assertTrue(self.server.is_healthy())
        self.assertIn(str(self.file), self.server.log_path.read_text())

    def test_new_executions_are_served_beside_a_file_of_which_nothing_can_be_read(self):
        """The places of their events lie between those of the old ones; a filter says that the file has none of them.

        It errs once in a hundred times."""
        machine = self.create("quick", passing())
        executions = self.fill(machine)
        filters_and_index = 16_384  # and no more, at the end
        flip(self.file, *range(100, self.file.stat().st_size - filters_and_index, 4096))
        self.server.start()
        self.assertGreater(sum(self.is_damaged("GetExecutionHistory", arn) for arn in executions), 30)
        later = [self.start(machine, "later") for _ in range(60)]
        for operation in ("DescribeExecution", "GetExecutionHistory"):
            self.assertLess(sum(self.is_damaged(operation, arn) for arn in later), 10)

    def test_an_execution_that_cannot_be_read_holds_up_no_other(self):
        executions = self.damage_some(self.create("slow", waiting(3)))
        damaged = {arn for arn in executions if self.is_damaged("DescribeExecution", arn)}
        self.assertIn(len(damaged), (1, 2, 3))
        for arn in set(executions) - damaged:
            wait_until(lambda: self.is_damaged("DescribeExecution", arn) or self.describe(arn)["status"] == "SUCCEEDED", "the others to go on")

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
