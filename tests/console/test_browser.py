"""The console in a browser: every page and flow. Pictures of what was seen are in build/console-shots."""

import unittest
import weakref

from browser_process import Browser, cases, missing
from local.server import Server

GROUPS = ("Machines", "Executions", "Trying", "Others", "Audit", "Containers", "Signed")
KEY = "CONSOLE:the-secret-of-the-console"
AT_ONCE = 3


class BrowserCase(unittest.TestCase):
    # Those that exist are those that run: who leaves some out has let go of them before the first begins.
    existing: weakref.WeakSet["BrowserCase"] = weakref.WeakSet()

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.existing.add(self)

    @classmethod
    def setUpClass(cls):
        if reason := missing():
            raise unittest.SkipTest(reason)
        server = cls.enterClassContext(Server(arguments=["--store", "memory"]))
        signed = cls.enterClassContext(Server(arguments=["--store", "memory", "--access-key", KEY]))
        cls.browser = cls.enterClassContext(Browser(server.endpoint, signed.endpoint, AT_ONCE))
        for name in sorted(case.name() for case in cls.existing if type(case) is cls):
            cls.browser.begin(name)

    def name(self) -> str:
        return f"{type(self).__name__}.{self._testMethodName.removeprefix('test_')}"

    def run_case(self) -> None:
        answer = self.browser.run(self.name())
        if answer["error"]:
            self.fail(answer["error"])


def add_cases() -> None:
    for group in GROUPS:
        methods = {f"test_{name}": BrowserCase.run_case for name in cases(group)}
        globals()[group] = type(group, (BrowserCase,), methods)


add_cases()
