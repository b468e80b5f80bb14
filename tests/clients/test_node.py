"""AWS's SDK for JavaScript. Its packages come from npm, by the versions and hashes in node/package-lock.json."""

import fcntl
import os
import pathlib
import shutil
import subprocess
import unittest

from local.aws import client_environment
from local.server import ROOT
from support.target import ServiceCase

SOURCES = pathlib.Path(__file__).with_name("node")
FOLDER = ROOT / "build/clients-node"
INSTALL_SECONDS = 240


def install() -> str | None:
    """Brings the packages into FOLDER unless they are there; why it cannot be done, or None."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            return f"{command} is not installed"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _install(FOLDER / ".installed", (SOURCES / "package-lock.json").read_text())


def _install(mark: pathlib.Path, wanted: str) -> str | None:
    for file in SOURCES.iterdir():
        shutil.copy(file, FOLDER)
    if mark.exists() and mark.read_text() == wanted:
        return None
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        return f"npm ci took longer than {INSTALL_SECONDS} s"
    if done.returncode != 0:
        return f"npm ci: {done.stderr.strip()[-300:]}"
    mark.write_text(wanted)
    return None


class JavaScript(ServiceCase):
    @classmethod
    def setUpClass(cls):
        if reason := install():
            raise unittest.SkipTest(reason)
        super().setUpClass()

    def case(self, name: str) -> None:
        target = self.target
        environment = {**client_environment(target.url), **os.environ}
        command = ["node", "cases.mjs", target.url, target.region, target.role, name]
        done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=90)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_machines(self):
        self.case("machines")

    def test_executions(self):
        self.case("executions")

    def test_history(self):
        self.case("history")

    def test_stop(self):
        self.case("stop")

    def test_express(self):
        self.case("express")

    def test_test_state(self):
        self.case("testState")

    def test_activity(self):
        self.case("activity")

    def test_errors(self):
        self.case("errors")
