"""The pages that are made from tables are what the tables say."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Pages(unittest.TestCase):
    def test_are_current(self):
        run = subprocess.run([sys.executable, str(ROOT / "tools" / "docs"), "--check"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)


if __name__ == "__main__":
    unittest.main()
