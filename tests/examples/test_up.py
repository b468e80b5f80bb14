"""Every example ends as its example.json says, deployed and run by ./dev up --once on the built program."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def up(data: str, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "tools/dev/up.py"), "--once", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, env=os.environ | {"STEPWELL_DATA": data})


class UpTest(unittest.TestCase):
    def run_example(self, name: str) -> str:
        with tempfile.TemporaryDirectory() as data:
            done = up(data, name)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("ended as expected", done.stdout)
        return done.stdout

    def test_a_second_run_on_the_same_data(self):
        with tempfile.TemporaryDirectory() as data:
            for _ in range(2):
                done = up(data, "hello")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_an_example_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as data:
            done = up(data, "nothing-like-it")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there are:", done.stdout)


def add_case(name: str) -> None:
    setattr(UpTest, f"test_{name}", lambda self: self.run_example(name))


for manifest in sorted((ROOT / "examples").glob("*/example.json")):
    add_case(manifest.parent.name)

if __name__ == "__main__":
    unittest.main()
