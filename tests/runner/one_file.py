"""Runs the unittest cases of one file and writes what happens as JSON lines to a descriptor:
one_file.py SUITE FILE FILTER DESCRIPTOR [--list]
"""

import importlib.util
import io
import json
import os
import pathlib
import re
import sys
import traceback
import unittest
from contextlib import redirect_stderr, redirect_stdout


def load(file: pathlib.Path) -> unittest.TestSuite:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return unittest.defaultTestLoader.loadTestsFromModule(module)


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


class Events(unittest.TestResult):
    """Writes an event when a case begins and one when it ends. Sub-tests that fail make their case fail once."""

    def __init__(self, write, name_of):
        super().__init__()
        self._write, self._name_of = write, name_of
        self._problems: list[str] = []
        self._skipped = None

    def startTest(self, test):
        super().startTest(test)
        self._problems, self._skipped = [], None
        self._captured = io.StringIO()
        self._redirections = [redirect_stdout(self._captured), redirect_stderr(self._captured)]
        for redirection in self._redirections:
            redirection.__enter__()
        self._write("start", self._name_of(test), "")

    def stopTest(self, test):
        super().stopTest(test)
        for redirection in reversed(self._redirections):
            redirection.__exit__(None, None, None)
        if self._problems:
            self._write("failed", self._name_of(test), "\n".join([*self._problems, self._captured.getvalue()]))
        elif self._skipped is not None:
            self._write("skipped", self._name_of(test), self._skipped)
        else:
            self._write("passed", self._name_of(test), "")

    def _problem(self, error):
        self._problems.append("".join(traceback.format_exception(*error)))

    def addError(self, test, error):
        super().addError(test, error)
        if isinstance(test, unittest.TestCase):
            self._problem(error)
        else:  # setUpClass or setUpModule: no case begins
            self._write("failed", self._name_of(test), "".join(traceback.format_exception(*error)))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._problem(error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self._problems.append(f"in {subtest}")
            self._problem(error)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._problems.append("expected to fail, but passed: take the decorator away")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if isinstance(test, unittest.TestCase):
            self._skipped = reason
        else:
            self._write("skipped", self._name_of(test), reason)


def main(suite_name: str, file: str, filter_: str, descriptor: str, *options: str) -> int:
    path = pathlib.Path(file)
    out = os.fdopen(int(descriptor), "w")
    os.set_inheritable(out.fileno(), False)

    def write(event: str, case: str, text: str) -> None:
        out.write(json.dumps({"event": event, "case": case, "text": text}) + "\n")
        out.flush()

    def name_of(test) -> str:
        if isinstance(test, unittest.TestCase):
            return f"{suite_name}/{path.stem}.{type(test).__name__}.{test._testMethodName}"
        return f"{suite_name}/{path.stem}." + re.sub(r"[^\w.]+", "_", str(test))

    cases = [test for test in flatten(load(path)) if re.search(filter_, name_of(test))]
    if "--list" in options:
        for test in cases:
            write("case", name_of(test), "")
        return 0
    result = Events(write, name_of)
    unittest.TestSuite(cases).run(result)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
