"""What the command line says of itself: --help, completion, and the shell lines of `stepwell env`."""

import subprocess
import unittest

from local.server import program

OPTIONS = ("--tls-cert", "--tls-key", "--tls-listen", "--host-name", "--max-connections", "--otlp-endpoint", "--access-key", "--enforce-iam")


def said(*arguments: str) -> str:
    return subprocess.run([program(), *arguments], capture_output=True, text=True, timeout=20, check=True).stdout


class Help(unittest.TestCase):
    def test_every_option_is_explained_and_completed(self):
        text = said("serve", "--help")
        for option in OPTIONS:
            with self.subTest(option):
                self.assertIn(option, text)
                for shell in ("bash", "zsh"):
                    self.assertIn(option, said("completion", shell))
                self.assertIn(f"-l {option[2:]}", said("completion", "fish"))

    def test_env_over_tls(self):
        lines = said("env", "--url", "https://localhost:4643/", "--ca-bundle", "/a b/it's.pem")
        self.assertIn("export AWS_ENDPOINT_URL=https://localhost:4643\n", lines)
        self.assertNotIn("HTTP_PROXY", lines)
        shell = f"{lines}\nprintf %s \"$AWS_CA_BUNDLE|$NODE_EXTRA_CA_CERTS\""
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=20, check=True)
        self.assertEqual(done.stdout, "/a b/it's.pem|/a b/it's.pem")


if __name__ == "__main__":
    unittest.main()
