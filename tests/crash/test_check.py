"""`stepwell check`: the data of a killed server is sound, and a running one is not disturbed."""

import subprocess
import unittest

from local.server import program
from shop import Shop


def check(data_dir) -> subprocess.CompletedProcess:
    return subprocess.run([program(), "check", "--data-dir", str(data_dir)], stdin=subprocess.DEVNULL, capture_output=True, text=True)


class Check(unittest.TestCase):
    def setUp(self):
        self.shop = Shop(self)

    def test_what_a_killed_server_left_is_sound(self):
        for kind in ("good", "declined", "missing"):
            self.shop.start(kind, pickup_seconds=60)
        arn = self.shop.start(pickup_seconds=60)
        self.shop.wait_for_event(arn, "WaitStateEntered")
        self.shop.server.kill()
        done = check(self.shop.server.data_dir)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"^4 executions with \d+ events: sound\n$")
        self.shop.server.start()
        self.shop.history(arn)

    def test_a_running_server_is_left_alone(self):
        done = check(self.shop.server.data_dir)
        self.assertEqual(done.returncode, 2)
        self.assertIn("is in use by process", done.stderr)
        self.shop.ended(self.shop.start(pickup_seconds=0))

    def test_where_there_is_nothing(self):
        done = check(self.shop.server.data_dir / "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("there is no store in", done.stderr)


if __name__ == "__main__":
    unittest.main()
