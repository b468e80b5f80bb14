"""The cases of the JSONata reference suite, in both dialects.

They are no part of the project: a folder `jsonata` with cases.jsonl and datasets.json in $STEPWELL_CONFORMANCE, or in
../shared/conformance beside the project.
"""

import os
import pathlib
import re
import subprocess
import unittest

from local.server import ROOT

PROGRAM = ROOT / "build/release/tests/conformance/jsonata_suite"
FOLDER = pathlib.Path(os.environ.get("STEPWELL_CONFORMANCE", ROOT.parent / "shared/conformance")) / "jsonata"


@unittest.skipUnless((FOLDER / "cases.jsonl").exists(), f"there are no cases in {FOLDER}")
class ReferenceSuite(unittest.TestCase):
    def check(self, dialect: str) -> None:
        done = subprocess.run([str(PROGRAM), dialect, str(FOLDER)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        totals = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) not applicable", done.stdout.rstrip("\n").rpartition("\n")[2])
        self.assertIsNotNone(totals, done.stdout[-2000:] + done.stderr)
        self.assertGreater(int(totals[1]), 1000)
        self.assertEqual(totals[2], "0", done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_standard_dialect(self):
        self.check("standard")

    def test_aws_dialect(self):
        self.check("aws")
