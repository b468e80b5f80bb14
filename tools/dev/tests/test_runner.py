"""The test runner counts what happened, and fails when something did not run."""

import io
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests")]

from runner import ctest, scripts  # noqa: E402
from runner.report import Report, as_filter, shorten  # noqa: E402
from runner.selection import Selection  # noqa: E402
from runner.suite import run_suites  # noqa: E402

CASES = '''
import os, unittest
class T(unittest.TestCase):
    def test_good(self): pass
    def test_bad(self): self.assertEqual(1, 2)
    def test_error(self): print("seen"); raise ValueError("x")
    def test_sub(self):
        for n in (1, 2, 3):
            with self.subTest(n=n): self.assertEqual(n, 1)
    @unittest.skip("no reason")
    def test_skip(self): pass
'''


def run_script(text: str, filter_: str = "") -> Report:
    report = Report(io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "test_x.py"
        file.write_text(text)
        scripts.count("s/test_x", scripts.run_file("s", file, filter_), report)
    return report


class ScriptsTest(unittest.TestCase):
    def test_every_case_is_counted_once(self):
        report = run_script(CASES)
        self.assertEqual(report.passed, 1)
        self.assertEqual([f.case for f in report.failures], [f"s/test_x.T.test_{n}" for n in ("bad", "error", "sub")])
        self.assertEqual(report.skipped, [("s/test_x.T.test_skip", "no reason")])
        self.assertIn("seen", report.failures[1].output)
        self.assertIn("ValueError: x", report.failures[1].output)

    def test_the_filter_chooses(self):
        report = run_script(CASES, "T.test_good$")
        self.assertEqual((report.passed, report.failures), (1, []))

    def test_a_process_that_dies_fails_its_case(self):
        report = run_script("import os, unittest\nclass T(unittest.TestCase):\n    def test_a(self): os._exit(3)\n    def test_b(self): pass\n")
        self.assertEqual([f.case for f in report.failures], ["s/test_x.T.test_a"])
        self.assertEqual(report.passed, 0)

    def test_a_file_that_cannot_be_read_fails(self):
        self.assertEqual([f.case for f in run_script("import nothing_like_it\n").failures], ["s/test_x"])

    def test_a_class_that_cannot_be_set_up_fails(self):
        report = run_script(
            "import unittest\nclass T(unittest.TestCase):\n    @classmethod\n    def setUpClass(cls): raise OSError('no')\n    def test_a(self): pass\n"
        )
        self.assertEqual(len(report.failures), 1)
        self.assertIn("OSError: no", report.failures[0].output)

    def test_files_that_a_filter_leaves_out(self):
        self.assertTrue(scripts.may_match("s/test_x.T.test_a", "s/test_x"))
        self.assertTrue(scripts.may_match("s/test_(x|y)", "s/test_x"))
        self.assertTrue(scripts.may_match("s/.*approval", "s/test_x"))
        self.assertFalse(scripts.may_match("s/test_y.T.test_a", "s/test_x"))


MEETING = """
import pathlib, unittest
from local.wait import wait_until
class T(unittest.TestCase):
    def test_meets(self):
        here = pathlib.Path(__file__).with_suffix(".begun")
        here.touch()
        wait_until(lambda: len(list(here.parents[1].glob("*/*.begun"))) >= {files}, "the others", {seconds})
"""


class TogetherTest(unittest.TestCase):
    """Files that wait until so many have begun."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.report = Report(io.StringIO())

    def suite(self, name: str, *files: str, meet: int, seconds: float = 30, alone: bool = False) -> scripts.Scripts:
        (self.folder / name).mkdir()
        for file in files:
            (self.folder / name / f"test_{file}.py").write_text(MEETING.format(files=meet, seconds=seconds))
        if alone:
            (self.folder / name / "alone").touch()
        return scripts.Scripts(name, self.folder / name, needs_program=False)

    def test_as_many_as_there_are_jobs(self):
        run_suites([self.suite("b", "x", "y", meet=3), self.suite("a", "z", meet=3)], Selection(), self.report, 3)
        self.assertEqual((self.report.passed, self.report.failures), (3, []))
        lines = self.report._out.getvalue().splitlines()
        self.assertEqual([line.split(" (")[0].split() for line in lines], [[n, c, "passed,", "0", "failed"] for n, c in (("b", "2"), ("a", "1"))])

    def test_no_more_than_jobs(self):
        run_suites([self.suite("a", "x", "y", meet=2, seconds=0.5)], Selection(), self.report, 1)
        self.assertEqual([failure.case for failure in self.report.failures], ["a/test_x.T.test_meets"])

    def test_alone(self):
        run_suites([self.suite("b", "x", "y", meet=4, seconds=0.5, alone=True), self.suite("a", "x", "y", meet=2)], Selection(), self.report, 4)
        self.assertEqual([failure.case for failure in self.report.failures], ["b/test_x.T.test_meets"])


class UnitTestsTest(unittest.TestCase):
    JUNIT = """<testsuite>
      <testcase name="a/S.Good" status="run"/>
      <testcase name="a/S.Bad" status="fail"><failure message="Failed"/><system-out>expected 1</system-out></testcase>
      <testcase name="a/S.Gone" status="notrun"><skipped message="Unable to find executable"/></testcase>
      <testcase name="a/S.Skip" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/></testcase>
    </testsuite>"""

    def test_junit(self):
        report = Report(io.StringIO())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "r.xml"
            path.write_text(self.JUNIT)
            ctest.count(path, report)
        self.assertEqual(report.passed, 1)
        self.assertEqual([f.case for f in report.failures], ["unit/a/S.Bad", "unit/a/S.Gone"])
        self.assertIn("expected 1", report.failures[0].output)
        self.assertEqual([case for case, _ in report.skipped], ["unit/a/S.Skip"])


class ReportTest(unittest.TestCase):
    def last_line(self, report) -> tuple[str, int]:
        status = report.close(Selection())
        return report._out.getvalue().splitlines()[-1], status

    def test_last_line(self):
        report = Report(io.StringIO())
        report.passes("a")
        self.assertEqual(self.last_line(report), ("1 passed, 0 failed", 0))
        report.fails("b", "why")
        self.assertEqual(self.last_line(report), ("1 passed, 1 failed", 1))
        report.skips("c", "reason")
        self.assertEqual(self.last_line(report), ("1 passed, 1 failed, 1 skipped", 1))

    def test_nothing_ran_is_no_success(self):
        self.assertEqual(self.last_line(Report(io.StringIO())), ("0 passed, 0 failed", 1))

    def test_a_failure_says_how_to_run_it_again(self):
        report = Report(io.StringIO())
        report.fails("unit/a/S.B/0 (x)", "why")
        report.close(Selection())
        self.assertIn(r"./dev test 'unit/a/S.B/0 \(x\)'", report._out.getvalue())
        self.assertEqual(as_filter("s/test_x.T.test_a"), "s/test_x.T.test_a")

    def test_long_output_is_shortened(self):
        lines = shorten("\n".join(map(str, range(1000))))
        self.assertEqual((len(lines), lines[0], lines[-1]), (41, "0", "999"))


class SelectionTest(unittest.TestCase):
    class Suite:
        def __init__(self, name, slow=False):
            self.name, self.kind, self.slow = name, name.split("/")[0], slow

    SUITES = [Suite("unit"), Suite("tools/dev"), Suite("fuzz", slow=True)]

    def chosen(self, **options) -> list[str]:
        kinds = {suite.kind for suite in self.SUITES}
        return [suite.name for suite in self.SUITES if Selection(**options).wants_suite(suite, kinds)]

    def test_suites(self):
        self.assertEqual(self.chosen(), ["unit", "tools/dev", "fuzz"])
        self.assertEqual(self.chosen(quick=True), ["unit", "tools/dev"])
        self.assertEqual(self.chosen(only={"tools"}), ["tools/dev"])

    def test_filters_that_name_a_suite(self):
        for filter_ in ("unit/lang", "^unit/lang", "unit"):
            self.assertEqual(self.chosen(filter=filter_), ["unit"])
        for filter_ in ("Parse", "lang/json", "units"):
            self.assertEqual(self.chosen(filter=filter_), ["unit", "tools/dev", "fuzz"])

    def test_a_filter_that_names_a_module_builds_its_program_alone(self):
        self.assertEqual(ctest.targets_of("unit/base"), ["test_base"])
        self.assertEqual(ctest.targets_of("^unit/lang/json/Parse.Deep"), ["test_lang_json"])
        self.assertEqual(ctest.targets_of("unit/store"), ["test_store"])
        for filter_ in ("", "unit", "unit/lang", "Parse"):
            self.assertEqual(ctest.targets_of(filter_), [])


if __name__ == "__main__":
    unittest.main()
