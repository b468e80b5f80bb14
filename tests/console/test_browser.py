"""The console in a browser: every page and flow. Pictures of what was seen are in build/console-shots."""

import unittest

from browser_process import Browser, cases, missing
from local.server import Server

GROUPS = ("Machines", "Executions", "Trying", "Others", "Containers", "Signed")
KEY = "CONSOLE:the-secret-of-the-console"


class BrowserCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if reason := missing():
            raise unittest.SkipTest(reason)
        server = cls.enterClassContext(Server(arguments=["--store", "memory"]))
        signed = cls.enterClassContext(Server(arguments=["--store", "memory", "--access-key", KEY]))
        cls.browser = cls.enterClassContext(Browser(server.endpoint, signed.endpoint))

    def run_case(self, name: str) -> None:
        answer = self.browser.run(name)
        if answer["error"]:
            self.fail(answer["error"])


def add_cases() -> None:
    for group in GROUPS:
        methods = {f"test_{name}": lambda self, case=f"{group}.{name}": self.run_case(case) for name in cases(group)}
        globals()[group] = type(group, (BrowserCase,), methods)


add_cases()
