"""The unit tests, by ctest: a case is one GoogleTest case, named unit/FOLDER/Suite.Case."""

import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree as xml

from runner.build import ROOT, build
from runner.suite import Suite

BUILD = ROOT / "build/release/tests"


class UnitTests(Suite):
    name = kind = "unit"
    rank = 2

    def __init__(self, settings):
        self._settings = settings

    def cases(self, selection) -> list[str]:
        if not self._build(selection):
            return []
        return [case for _, case in self._known(selection)]

    def _known(self, selection) -> list[tuple[int, str]]:
        """(ctest's number, case)"""
        listing = subprocess.run(["ctest", "--test-dir", str(BUILD), "--show-only=json-v1"], capture_output=True, text=True)
        cases = enumerate((f"unit/{test['name']}" for test in json.loads(listing.stdout)["tests"]), 1)
        return [(number, case) for number, case in cases if selection.wants_case(case)]

    def _build(self, selection, report=None) -> bool:
        error = build("release", *targets_of(selection.filter)) if self._settings.build else None
        if error and report:
            report.fails("unit/build", error)
        return not error

    def run(self, selection, report) -> None:
        if not self._build(selection, report):
            return
        wanted = self._known(selection)
        if not wanted:
            if selection.is_everything() and any((ROOT / "tests/unit").rglob("*.cpp")):
                report.fails("unit/discovery", "there are unit tests, but ctest knows none")
            return
        results = BUILD / "unit-tests.xml"
        command = ["ctest", "--test-dir", str(BUILD), "--parallel", str(self._settings.jobs), "--timeout", "120"]
        command += ["--output-junit", str(results), "--test-output-size-failed", "100000"]
        if not selection.is_everything():
            chosen = BUILD / "chosen-tests.txt"  # start, end and stride left open, then the numbers
            chosen.write_text(",".join(["0,0,0", *(str(number) for number, _ in wanted)]))
            command += ["-I", str(chosen)]
        results.unlink(missing_ok=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if not results.exists():
            report.fails("unit/ctest", done.stdout)
            return
        count(results, report)


def targets_of(filter_: str) -> list[str]:
    """The test program of the module that a filter names ('unit/lang/json…'); none when it names no single one."""
    folders = re.findall(r"(?m)^stepwell_unit_tests\(([\w/]+)", (ROOT / "tests/unit/CMakeLists.txt").read_text())
    named = [folder for folder in folders if re.match(rf"\^?unit/{folder}(?!\w)", filter_)]
    return ["test_" + max(named, key=len).replace("/", "_")] if named else []


def count(results: pathlib.Path, report) -> None:
    """Hands the cases of a JUnit file to the report."""
    for case in xml.parse(results).getroot().iter("testcase"):
        name = f"unit/{case.get('name')}"
        status = case.get("status")
        if status == "run":
            report.passes(name)
        elif status in ("notrun", "disabled") and (skipped := case.find("skipped")) is not None and "SKIP" in skipped.get("message", ""):
            report.skips(name, skipped.get("message"))
        else:
            failure = case.find("failure")
            reason = failure.get("message", "") if failure is not None else str(status)
            report.fails(name, "\n".join(filter(None, (reason, case.findtext("system-out", "")))))
