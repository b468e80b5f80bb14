"""How acknowledged writes are kept: by default on disk; anything weaker is chosen, and said wherever somebody looks."""

import json
import re
import subprocess
import unittest
import urllib.request

from local.aws import ROLE, Client
from local.server import Server, program
from support.machines import machine


def page(server: Server, name: str) -> str:
    with urllib.request.urlopen(f"{server.endpoint}/_stepwell/{name}", timeout=10) as response:
        return response.read().decode()


def health(server: Server) -> dict:
    return json.loads(page(server, "health"))


class Sync(unittest.TestCase):
    def test_by_default_what_is_acknowledged_is_on_disk(self):
        with Server() as server:
            self.assertEqual((health(server)["store"], health(server)["sync"]), ("rocksdb", "always"))
            self.assertNotIn("syncIntervalMilliseconds", health(server))
            self.assertIn('stepwell_store_info{store="rocksdb",sync="always"} 1', page(server, "metrics"))
            self.assertIn("stepwell_sync_interval_seconds 0\n", page(server, "metrics"))
            self.assertNotIn("warning", server.log_path.read_text())

    def test_intervals_are_announced(self):
        with Server(arguments=["--sync", "interval", "--sync-interval", "250"]) as server:
            self.assertEqual((health(server)["sync"], health(server)["syncIntervalMilliseconds"]), ("interval", 250))
            self.assertIn('stepwell_store_info{store="rocksdb",sync="interval"} 1', page(server, "metrics"))
            self.assertIn("stepwell_sync_interval_seconds 0.25\n", page(server, "metrics"))
            self.assertRegex(server.log_path.read_text(), r"warning.*synced every 250 ms.*crash of the machine")

    def test_a_store_in_memory_is_announced(self):
        with Server(arguments=["--store", "memory"]) as server:
            self.assertEqual((health(server)["store"], health(server)["sync"]), ("memory", "never"))

    def test_in_intervals_a_crash_of_the_program_takes_nothing(self):
        with Server(arguments=["--sync", "interval", "--sync-interval", "60000"]) as server:
            client = Client(server.endpoint)
            definition = json.dumps(machine(("Pause", {"Type": "Wait", "Seconds": 600})))
            arn = client.states("CreateStateMachine", name="kept", definition=definition, roleArn=ROLE)["stateMachineArn"]
            executions = [client.states("StartExecution", stateMachineArn=arn)["executionArn"] for _ in range(20)]
            server.kill()
            server.start()
            for execution in executions:
                self.assertEqual(client.states("DescribeExecution", executionArn=execution)["status"], "RUNNING")

    def test_an_interval_belongs_to_intervals(self):
        for arguments, problem in (
            (["--sync-interval", "20"], "goes with --sync interval"),
            (["--sync", "interval", "--sync-interval", "0"], "sync-interval"),
            (["--sync", "sometimes"], "sync"),
        ):
            run = subprocess.run([program(), "serve", *arguments], capture_output=True, text=True, timeout=30)
            self.assertEqual(run.returncode, 2, run)
            self.assertTrue(re.search(problem, run.stderr + run.stdout), run)


if __name__ == "__main__":
    unittest.main()
