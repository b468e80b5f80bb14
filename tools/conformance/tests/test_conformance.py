"""The list of known failures may only become shorter, and disagreement with it is a failure."""

import pathlib
import tempfile
import unittest

from conformance import known


class JudgeTest(unittest.TestCase):
    def test_agreement(self):
        verdict = known.judge({"s/a": True, "s/b": False}, {"s/b"})
        self.assertEqual((verdict.passed, verdict.known, verdict.is_good()), ({"s/a"}, {"s/b"}, True))

    def test_a_case_that_broke(self):
        verdict = known.judge({"s/a": False}, set())
        self.assertEqual((verdict.broken, verdict.is_good()), ({"s/a"}, False))

    def test_a_case_that_was_mended_must_leave_the_list(self):
        verdict = known.judge({"s/a": True}, {"s/a"})
        self.assertEqual((verdict.mended, verdict.is_good()), ({"s/a"}, False))

    def test_a_case_that_is_no_more(self):
        verdict = known.judge({"s/a": True}, {"s/b"})
        self.assertEqual((verdict.unknown, verdict.is_good()), ({"s/b"}, False))


class ListTest(unittest.TestCase):
    def test_round_trip(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "c/list.txt"
            self.assertEqual(known.read(path), set())
            known.write(path, {"s/b", "s/a"})
            self.assertEqual(known.read(path), {"s/a", "s/b"})
            self.assertEqual(path.read_text().splitlines()[-2:], ["s/a", "s/b"])


if __name__ == "__main__":
    unittest.main()
