"""AWS's SDK for JavaScript. Its packages come from npm, by the versions and hashes in node/package-lock.json."""

import os
import pathlib
import subprocess
import unittest

from local.aws import client_environment
from local.server import ROOT
from support.npm import install
from support.target import ServiceCase

SOURCES = pathlib.Path(__file__).with_name("node")
FOLDER = ROOT / "build/clients-node"


class JavaScript(ServiceCase):
    @classmethod
    def setUpClass(cls):
        if reason := install(SOURCES, FOLDER):
            raise unittest.SkipTest(reason)
        super().setUpClass()

    def case(self, name: str) -> None:
        target = self.target
        environment = {**client_environment(target.url), **os.environ}
        if target.authority:
            environment["NODE_EXTRA_CA_CERTS"] = target.authority
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
