"""AWS's SDK for JavaScript, every service of it, over HTTP and TLS, with every signature verified. Its packages come from npm, by the versions
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
SERVICES = ROOT / "src/services"
COMPLETE = {"states", "sqs", "scheduler"}  # whose clients know no operation that the service has not heard of
NEVER_ANSWERED = {"DescribeMapRun", "UpdateMapRun"}  # there are no map runs; they are refused
UNMET = {  # errors that take too much: thousands of things, megabytes, a broken disk, a runtime that is not installed
    "sns": ["SubscriptionLimitExceededException", "TopicLimitExceededException"],
    "scheduler": ["ServiceQuotaExceededException"],
    "lambda": ["InvalidRuntimeException", "InvalidZipFileException", "RequestTooLargeException", "ServiceException", "TooManyRequestsException"],
    "states": ["ActivityWorkerLimitExceeded", "ServiceQuotaExceededException", "TaskDoesNotExist"],
}
NEEDS_CONTAINERS = {"ClusterContainsTasksException", "ConflictException"}  # errors of ECS


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
        done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=180)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.told = json.loads(done.stdout)

    def test_every_operation_is_driven(self):
        for service, told in self.told["services"].items():
            with self.subTest(service):
                built, missing = operations_of(service)
                known, asked = set(told["known"]), told["asked"]
                self.assertLessEqual(built, known)
                answered = {name for name, count in asked.items() if count["answered"]}
                impossible = {"RunTask", "StopTask"} & built if service == "ecs" and problem() else NEVER_ANSWERED & built
                self.assertEqual((built - answered, answered - built), (impossible, set()))
                self.assertEqual(built - set(asked) - impossible, set())
                if service in COMPLETE:
                    self.assertEqual(built | missing, known)

    def test_every_error_is_met(self):
        """That AWS documents for what is built, and that the service knows."""
        for service, told in self.told["services"].items():
            with self.subTest(service):
                met = {name for count in told["asked"].values() for name in count["refused"]}
                impossible = NEEDS_CONTAINERS if service == "ecs" and problem() else set(UNMET.get(service, ()))
                self.assertEqual(errors_of(service) - met, impossible)


def operations_of(service: str) -> tuple[set[str], set[str]]:
    """Those that are built, and those that are not."""
    table = (SERVICES / service / "operations.def").read_text()
    return tuple(set(re.findall(rf"^{row}\((\w+)", table, re.MULTILINE)) for row in ("OPERATION", "UNSUPPORTED"))


def errors_of(service: str) -> set[str]:
    folder, (built, _) = SERVICES / service, operations_of(service)
    model = json.loads((folder / "api.json").read_text())["operations"]
    documented = {error for name in built for error in model[name].get("errors", [])}
    sources = "".join(path.read_text() for pattern in ("*.h", "*.cpp") for path in folder.rglob(pattern))
    return {error for error in documented if f'"{error}"' in sources}


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
