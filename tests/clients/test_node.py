"""AWS's SDK for JavaScript, over HTTP and TLS, with every signature verified. Its packages come from npm, by the versions
and hashes in node/package-lock.json.

The cases run at once in one process; node/main.mjs tells what came of each, and which operations they drove.
"""

import json
import os
import pathlib
import re
import subprocess
import unittest

from local.aws import client_environment
from local.containers import problem
from local.server import ROOT
from support.access import make_role
from support.containers import IMAGE
from support.npm import install
from support.target import any_target, chosen_url, own_target

SOURCES = pathlib.Path(__file__).with_name("node")
FOLDER = ROOT / "build/clients-node"
KEY = ("NODE", "the-secret-of-node")
CASES = re.compile(r"^  async (\w+)\(\) \{", re.MULTILINE)
NEVER_ANSWERED = {"DescribeMapRun", "UpdateMapRun"}  # there are no map runs; they are refused


class JavaScript(unittest.TestCase):
    tls = False

    @classmethod
    def setUpClass(cls):
        if reason := install(SOURCES, FOLDER):
            raise unittest.SkipTest(reason)
        own = own_target("--access-key", ":".join(KEY), tls=cls.tls)
        target = cls.enterClassContext(any_target() if chosen_url() else own)
        environment = {**client_environment(target.url), **os.environ}
        if target.server:
            make_role(target, KEY)
            environment |= {"AWS_ACCESS_KEY_ID": KEY[0], "AWS_SECRET_ACCESS_KEY": KEY[1]}
        if not problem():
            environment["STEPWELL_IMAGE"] = IMAGE
        if target.authority:
            environment["NODE_EXTRA_CA_CERTS"] = target.authority
        command = ["node", "main.mjs", target.url, target.region, target.role]
        done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=90)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.told = json.loads(done.stdout)

    def test_every_operation_is_driven(self):
        """All that the client knows, and so all that the service has."""
        known, asked = set(self.told["known"]), self.told["asked"]
        table = (ROOT / "src/services/states/operations.def").read_text()
        self.assertEqual(known, set(re.findall(r"^\w+\((\w+)", table, re.MULTILINE)))
        self.assertEqual(set(asked), known)
        self.assertEqual({name for name, count in asked.items() if not count["answered"]}, NEVER_ANSWERED)


    def test_every_operation_of_sqs_is_driven(self):
        told = self.told["queues"]
        table = (ROOT / "src/services/sqs/operations.def").read_text()
        self.assertEqual(set(told["known"]), set(re.findall(r"^\w+\((\w+)", table, re.MULTILINE)))
        self.assertEqual({name for name, count in told["asked"].items() if count["answered"]}, set(told["known"]))


def add_cases() -> None:
    for file in sorted(SOURCES.glob("*.mjs")):
        for name in CASES.findall(file.read_text()):

            def case(self, name=name):
                self.assertIsNone(self.told["results"][name], self.told["results"][name])

            snake = re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)
            setattr(JavaScript, f"test_{snake}", case)


add_cases()


class JavaScriptOverTls(JavaScript):
    tls = True

    @classmethod
    def setUpClass(cls):
        if chosen_url():
            raise unittest.SkipTest("it needs a server of its own")
        super().setUpClass()


if __name__ == "__main__":
    unittest.main()
