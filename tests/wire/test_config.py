"""stepwell.yaml: what it may say, who wins, and what is said of mistakes."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from local.aws import Client
from local.server import Server, program


class Configuration(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, text: str) -> str:
        path = self.folder / "stepwell.yaml"
        path.write_text(text)
        return str(path)

    def check(self, text: str, **environment: str) -> subprocess.CompletedProcess:
        arguments = [program(), "config", "check", "--config", self.write(text)]
        return subprocess.run(arguments, capture_output=True, text=True, timeout=20, env=os.environ | environment)

    def test_every_option_of_serve(self):
        shown = subprocess.run([program(), "serve", "--help"], capture_output=True, text=True, timeout=20).stdout
        values = {"store": "memory", "sync": "interval", "sync-interval": "50", "retention": "12h", "enforce-iam": "off", "max-connections": "500",
                  "account": '"210987654321"', "access-key": "[A:b, C:d]", "host-name": "[x.example]", "unbounded-history": "true", "verbose": "false"}  # fmt: skip
        names = {word.removeprefix("--").rstrip(",") for word in shown.split() if word.startswith("--")} - {"help", "config", "endpoint"}
        names = {name for name in names if name.replace("-", "").isalpha()}
        self.assertGreater(len(names), 18)
        text = "".join(f"{name}: {values.get(name, 'some-text')}\n" for name in sorted(names))
        done = self.check(text)
        self.assertNotIn("there is no setting", done.stderr)

    def test_what_is_right(self):
        done = self.check("listen: 127.0.0.1:0\nstore: memory\nendpoints:\n  lambda: http://127.0.0.1:9001\n  dynamodb:\n    url: http://127.0.0.1:8000\n    timeout-seconds: 5\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("2 settings and 2 endpoints, nothing wrong", done.stdout)
        self.assertEqual(self.check("").returncode, 0)

    def test_mistakes(self):
        for text, words in (
            ("listen: 127.0.0.1:0\nretenton: 90d\n", "stepwell.yaml:2:1: there is no setting 'retenton'; did you mean 'retention'?"),
            ("retention: soon\n", "stepwell.yaml:1:12: --retention: "),
            ("store: tape\n", "stepwell.yaml:1:8: --store: "),
            ("listen: a\nlisten: b\n", "stepwell.yaml:2:1: 'listen' is given twice"),
            ("listen: {a: b}\n", "stepwell.yaml:1:9: 'listen' is one value, or a list of values"),
            ("listen: [a\n", "stepwell.yaml:"),
            ("- listen\n", "stepwell.yaml:1:1: the settings are no map"),
            ("data-dir: ${NOT_SET}\n", "stepwell.yaml:1:11: the environment has no variable 'NOT_SET'"),
            ("data-dir: ${NOT\n", "stepwell.yaml:1:11: '${' has no '}'"),
            ("endpoints:\n  dynamodb:\n    region: x\n", "stepwell.yaml:3:5: 'dynamodb' has no url"),
            ("endpoints:\n  dynamodb:\n    url: http://a\n    regoin: x\n", "stepwell.yaml:4:5: there is no setting 'regoin'; did you mean 'region'?"),
            ("endpoints:\n  dynamodb:\n    url: http://a\n    timeout-seconds: long\n", "stepwell.yaml:4:22: timeout-seconds is a number"),
            ("endpoints:\n  dynamobd: http://a\n", "stepwell.yaml:2:13: dynamobd: "),
            ("endpoints:\n  dynamodb: {url: http://a, access-key: x}\n", "access-key and secret-key go together"),
        ):
            with self.subTest(text):
                done = self.check(text)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(words, done.stderr)

    def test_a_file_that_is_not_there(self):
        done = subprocess.run([program(), "config", "check", "--config", "/nowhere/a.yaml"], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nowhere/a.yaml", done.stderr)

    def test_the_environment_in_texts(self):
        self.assertEqual(self.check("data-dir: ${WHERE}/$${x}/y\n", WHERE="/tmp/a").returncode, 0)

    def account_of(self, *arguments: str, **environment: str) -> str:
        with Server(arguments=arguments, environment=os.environ | environment) as server:
            return Client(server.endpoint).states("CreateActivity", name="a")["activityArn"].split(":")[4]

    def test_who_wins(self):
        config = self.write('account: "111111111111"\n')
        self.assertEqual(self.account_of("--config", config), "111111111111")
        self.assertEqual(self.account_of("--config", config, "--account", "222222222222"), "222222222222")
        self.assertEqual(self.account_of("--config", config, "--account=333333333333"), "333333333333")
        self.assertEqual(self.account_of("--config", config, STEPWELL_ACCOUNT="444444444444"), "444444444444")
        self.assertEqual(self.account_of(STEPWELL_CONFIG=config), "111111111111")

    def test_a_port_that_the_system_chooses(self):
        """It is told, and it answers there."""
        arguments = [program(), "serve", "--config", self.write("listen: 127.0.0.1:0\nstore: memory\n")]
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for cleanup in (server.wait, server.stdout.close, server.terminate):
            self.addCleanup(cleanup)
        line = next(line for line in server.stdout if " answers at " in line)
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*", line)[0]
        self.assertEqual(Client(address).states("ListActivities"), {"activities": []})

    def test_the_usual_file(self):
        self.write("region: eu-central-1\nstore: tape\n")
        done = subprocess.run([program(), "serve"], capture_output=True, text=True, timeout=20, cwd=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("stepwell.yaml:2:8: --store", done.stderr)


if __name__ == "__main__":
    unittest.main()
