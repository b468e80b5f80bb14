"""Test scripts: Python's unittest cases in tests/SUITE/test_*.py and tools/FOLDER/tests/test_*.py.

Each file runs in a process of its own; a case is named SUITE/FILE.Class.method. A suite whose folder holds a file `slow`
is left out by --quick.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import threading

from runner.build import ROOT, build
from runner.selection import Settings

FILE_TIMEOUT_SECONDS = 600


def discover(settings: Settings) -> list["Scripts"]:
    folders = {path.parent for path in (ROOT / "tests").glob("*/test_*.py")}
    suites = [Scripts(folder.name, folder, needs_program=settings.build) for folder in sorted(folders)]
    folders = {path.parent for path in (ROOT / "tools").glob("*/tests/test_*.py")}
    return [Scripts(f"tools/{f.parent.name}", f, needs_program=False) for f in sorted(folders)] + suites


class Scripts:
    def __init__(self, name: str, folder: pathlib.Path, needs_program: bool):
        self.name, self.kind = name, name.split("/")[0]
        self.rank = 1 if self.kind == "tools" else 3
        self.slow = (folder / "slow").exists()
        self._folder = folder
        self._needs_program = needs_program

    def _files(self) -> list[pathlib.Path]:
        return sorted(self._folder.glob("test_*.py"))

    def cases(self, selection) -> list[str]:
        cases = []
        for file in self._files():
            events, output, status = run_file(self.name, file, selection.filter, list_only=True)
            if status != 0:
                raise RuntimeError(f"{file}: {output}")
            cases += [event["case"] for event in events]
        return cases

    def run(self, selection, report) -> None:
        files = [file for file in self._files() if may_match(selection.filter, f"{self.name}/{file.stem}")]
        if files and self._needs_program and (error := build("release")):
            report.fails(f"{self.name}/build", error)
            return
        for file in files:
            events, output, status = run_file(self.name, file, selection.filter)
            count(f"{self.name}/{file.stem}", events, output, status, report)


def may_match(filter_: str, file: str) -> bool:
    """False when the filter names a class of another file (SUITE/FILE.Class…): then this file need not be started."""
    named = re.match(r"\^?(\w+(?:/\w+)+)\\?\.[A-Z]", filter_)
    return not named or named[1] == file


def run_file(suite: str, file: pathlib.Path, filter_: str, list_only: bool = False) -> tuple[list[dict], str, int]:
    """The events one_file.py wrote, the output, the exit status."""
    reader, writer = os.pipe()
    command = [sys.executable, str(ROOT / "tests/runner/one_file.py"), suite, str(file), filter_, str(writer)]
    if list_only:
        command.append("--list")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tools"), str(ROOT / "tests"), str(file.parent)])}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=[writer], env=environment, cwd=ROOT
    )
    os.close(writer)
    timer = threading.Timer(FILE_TIMEOUT_SECONDS, process.kill)
    timer.start()
    events: list[dict] = []
    collector = threading.Thread(target=lambda: events.extend(json.loads(line) for line in os.fdopen(reader)))
    collector.start()
    output = process.stdout.read().decode(errors="replace")
    status = process.wait()
    timer.cancel()
    collector.join(5)  # a process that the test left behind may hold the pipe open
    return events, output, status


def count(file: str, events: list[dict], output: str, status: int, report) -> None:
    running = None
    for event in events:
        kind, case = event["event"], event["case"]
        if kind == "start":
            running = case
            continue
        running = None
        if kind == "passed":
            report.passes(case)
        elif kind == "skipped":
            report.skips(case, event["text"])
        else:
            report.fails(case, event["text"])
    if running:
        report.fails(running, f"the process ended in the middle of it (status {status})\n{output}")
    elif status != 0 and not any(event["event"] == "failed" for event in events):
        report.fails(file, f"the file could not be run (status {status})\n{output}")
