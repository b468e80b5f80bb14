"""The browser's cases (browser/*.mjs), run by a process of Node that keeps the browser open, a few at once."""

import json
import os
import pathlib
import re
import shutil
import subprocess

from local.server import ROOT

SOURCES = pathlib.Path(__file__).with_name("browser")
PACKAGES = ROOT / "console"
SHOTS = ROOT / "build/console-shots"
CASES = re.compile(r"^  async (\w+)\(\) \{", re.MULTILINE)
CLASS = re.compile(r"^export class (\w+)", re.MULTILINE)


def chromium() -> str | None:
    return os.environ.get("STEPWELL_CHROMIUM") or shutil.which("chromium")


def missing() -> str | None:
    """Why there is nothing to test with, or None."""
    if chromium() is None:
        return "chromium is not installed"
    if shutil.which("node") is None:
        return "node is not installed"
    if not (PACKAGES / "node_modules/playwright-core").is_dir():
        return "console/node_modules is not there: the build of the console brings it"
    return None


def cases(group: str) -> list[str]:
    for file in SOURCES.glob("*.mjs"):
        text = file.read_text(encoding="utf-8")
        if (named := CLASS.search(text)) and named[1] == group:
            return CASES.findall(text)
    raise KeyError(group)


class Browser:
    """Cases that wait leave the browser to others: up to `at_once` of those that were begun run at a time."""

    def __init__(self, url: str, signed_url: str = "", at_once: int = 1):
        command = ["node", "main.mjs", url, str(PACKAGES), str(SHOTS), str(at_once), signed_url]
        environment = os.environ | {"STEPWELL_CHROMIUM": chromium() or ""}
        self._process = subprocess.Popen(command, cwd=SOURCES, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._begun: set[str] = set()
        self._answers: dict[str, dict] = {}

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def begin(self, case: str) -> None:
        self._begun.add(case)
        self._process.stdin.write(case + "\n")
        self._process.stdin.flush()

    def run(self, case: str) -> dict:
        """{"case": its name, "error": what went wrong or None, "measured": …}, once it has ended."""
        if case not in self._begun:
            self.begin(case)
        while case not in self._answers:
            line = self._process.stdout.readline()
            if not line:
                return {"case": case, "error": f"the browser's process ended: {self._process.poll()}", "measured": None}
            answer = json.loads(line)
            self._answers[answer["case"]] = answer
        self._begun.remove(case)
        return self._answers.pop(case)
