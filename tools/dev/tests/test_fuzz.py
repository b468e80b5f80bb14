"""./dev fuzz reads its arguments, and what libFuzzer says."""

import argparse
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tools/dev"), str(ROOT / "tests")]

import fuzz  # noqa: E402
from runner.fuzz import State  # noqa: E402


class ArgumentsTest(unittest.TestCase):
    def test_times(self):
        for text, seconds in (("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200)):
            self.assertEqual(fuzz.seconds_of(text), seconds)
        for text in ("", "0", "m", "1d", "-1m", "1.5h"):
            self.assertRaises(argparse.ArgumentTypeError, fuzz.seconds_of, text)

    def test_targets_and_options_in_any_order(self):
        options = fuzz.parse(["json", "--for", "10m", "fuzz_asl", "json", "--jobs", "2"])
        self.assertEqual((options.targets, options.seconds, options.jobs), (["fuzz_json", "fuzz_asl"], 600, 2))

    def test_every_target_unless_named(self):
        self.assertIn("fuzz_asl_run", fuzz.parse([]).targets)

    def test_what_is_wrong_is_told(self):
        done = subprocess.run([sys.executable, str(ROOT / "tools/dev/fuzz.py"), "--check", "nothing"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no target 'nothing'; there are: asl", done.stderr)


class OutputTest(unittest.TestCase):
    def test_is_read(self):
        state = State()
        for line in (
            "INFO: Loaded 1 modules\n",
            "#2\tINITED cov: 7 ft: 8 corp: 1/1b exec/s: 0 rss: 30Mb\n",
            "#4096\tNEW    cov: 110 ft: 200 corp: 12/1Kb lim: 4 exec/s: 2048 rss: 31Mb L: 4/4 MS: 1 ChangeByte-\n",
            "==1==ERROR: AddressSanitizer: heap-buffer-overflow\n",
            "artifact_prefix='/a/'; Test unit written to /a/fuzz_json-crash-1\n",
        ):
            state.read(line)
        self.assertEqual((state.inputs, state.coverage, state.corpus, state.finding), (4096, 110, 12, "/a/fuzz_json-crash-1"))
        state.read("stat::number_of_executed_units: 5000\n")
        self.assertEqual(state.inputs, 5000)


if __name__ == "__main__":
    unittest.main()
