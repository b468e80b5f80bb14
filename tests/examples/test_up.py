"""./dev up --once on the built program. What each example does is in test_examples.py."""

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
    def test_a_second_run_on_the_same_data(self):
        with tempfile.TemporaryDirectory() as data:
            for _ in range(2):
                done = up(data, "hello")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn("2 executions: 2 ended as expected", done.stdout)

    def test_an_example_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as data:
            done = up(data, "nothing-like-it")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there are:", done.stdout)


if __name__ == "__main__":
    unittest.main()
