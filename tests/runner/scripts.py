"""Test scripts: Python's unittest cases in tests/SUITE/test_*.py and tools/FOLDER/tests/test_*.py.

Each file runs in a process of its own, some of them at a time; a case is named SUITE/FILE.Class.method. A suite whose folder
holds a file `slow` is left out by --quick; one with a file `alone` measures what others would disturb.
"""

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

from runner.build import ROOT, build
from runner.selection import Settings
from runner.suite import Suite

FILE_TIMEOUT_SECONDS = 600


def discover(settings: Settings) -> list["Scripts"]:
    folders = {path.parent for path in (ROOT / "tests").glob("*/test_*.py")}
    suites = [Scripts(folder.name, folder, needs_program=settings.build) for folder in sorted(folders)]
    folders = {path.parent for path in (ROOT / "tools").glob("*/tests/test_*.py")}
    return [Scripts(f"tools/{f.parent.name}", f, needs_program=False) for f in sorted(folders)] + suites


@dataclasses.dataclass
class FileRun:
    events: list[dict]  # what one_file.py wrote
    output: str
    status: int
    seconds: float


class Scripts(Suite):
    def __init__(self, name: str, folder: pathlib.Path, needs_program: bool):
        self.name, self.kind = name, name.split("/")[0]
        self._alone = (folder / "alone").exists()
        self.rank = 1 if self.kind == "tools" else 4 if self._alone else 3
        self.slow = (folder / "slow").exists()
        self._begun = {}
        self._folder = folder
        self._needs_program = needs_program

    def _files(self) -> list[pathlib.Path]:
        return sorted(self._folder.glob("test_*.py"))

    def cases(self, selection) -> list[str]:
        cases = []
        for file in self._files():
            listed = run_file(self.name, file, selection.filter, list_only=True)
            if listed.status != 0:
                raise RuntimeError(f"{file}: {listed.output}")
            cases += [event["case"] for event in listed.events]
        return cases

    def _wanted(self, selection) -> list[pathlib.Path]:
        return [file for file in self._files() if may_match(selection.filter, f"{self.name}/{file.stem}")]

    def _build(self) -> str | None:
        return build("release") if self._needs_program else None

    def begin(self, selection, pool) -> None:
        files = self._wanted(selection)
        if files and not self._alone and not self._build():
            self._begun = {file: pool.submit(run_file, self.name, file, selection.filter) for file in files}

    def run(self, selection, report) -> None:
        files = self._wanted(selection)
        if files and (error := self._build()):
            report.fails(f"{self.name}/build", error)
            return
        for file in files:
            begun = self._begun.get(file)
            done = begun.result() if begun else run_file(self.name, file, selection.filter)
            report.took(done.seconds)
            count(f"{self.name}/{file.stem}", done, report)


def may_match(filter_: str, file: str) -> bool:
    """False when the filter names a class of another file (SUITE/FILE.Class…): then this file need not be started."""
    named = re.match(r"\^?(\w+(?:/\w+)+)\\?\.[A-Z]", filter_)
    return not named or named[1] == file


def run_file(suite: str, file: pathlib.Path, filter_: str, list_only: bool = False) -> FileRun:
    started = time.monotonic()
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
    return FileRun(events, output, status, time.monotonic() - started)


def count(file: str, run: FileRun, report) -> None:
    running = None
    for event in run.events:
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
        report.fails(running, f"the process ended in the middle of it (status {run.status})\n{run.output}")
    elif run.status != 0 and not any(event["event"] == "failed" for event in run.events):
        report.fails(file, f"the file could not be run (status {run.status})\n{run.output}")
