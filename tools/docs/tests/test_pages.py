"""The pages that are made from tables are what the tables say."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools" / "docs"))

from limits import limits, members  # noqa: E402

SHAPES = {
    "In": {"type": "structure", "required": ["name"], "members": {"name": "Name", "size": {"shape": "Size", "in": "query"}, "free": "Text"}},
    "Name": {"type": "string", "min": 1, "max": 1024, "unit": "bytes", "pattern": "a|b"},
    "Names": {"type": "list", "member": "Name", "max": 50},
    "Kind": {"type": "string", "enum": ["A", "B"]},
    "Size": {"type": "integer", "min": 0, "max": 1000},
    "Least": {"type": "integer", "min": 5},
    "Same": {"type": "string", "min": 36, "max": 36},
    "Text": {"type": "string", "pattern": ".*"},
}


class Pages(unittest.TestCase):
    def test_are_current(self):
        run = subprocess.run([sys.executable, str(ROOT / "tools" / "docs"), "--check"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_limits_in_words(self):
        self.assertEqual(limits(SHAPES, "Name"), "1 to 1,024 bytes in UTF-8, `a\\|b`")
        self.assertEqual(limits(SHAPES, "Names"), "up to 50 elements, each 1 to 1,024 bytes in UTF-8, `a\\|b`")
        self.assertEqual(limits(SHAPES, "Kind"), "`A` or `B`")
        self.assertEqual(limits(SHAPES, "Size"), "0 to 1,000")
        self.assertEqual(limits(SHAPES, "Least"), "from 5")
        self.assertEqual(limits(SHAPES, "Same"), "36 characters")
        self.assertEqual(limits(SHAPES, "Text"), "")

    def test_members(self):
        self.assertEqual(members(SHAPES, "In"), ["`name`* 1 to 1,024 bytes in UTF-8, `a\\|b`", "`size` 0 to 1,000", "`free`"])


if __name__ == "__main__":
    unittest.main()
