"""How long the server waits: for work that does not come, and for clients that do not go on."""

import concurrent.futures
import time
import unittest

from local.aws import Client
from local.server import Server
from support import wire

LONG_POLL = 60  # seconds
HEADER = 30
TOLERANCE = 5


def timed(wait) -> tuple[float, object]:
    began = time.monotonic()
    answer = wait()
    return time.monotonic() - began, answer


class Patience(unittest.TestCase):
    """What takes long runs at the same time, begun once for all cases."""

    @classmethod
    def setUpClass(cls):
        server = cls.enterClassContext(Server())
        client = Client(server.endpoint, timeout=LONG_POLL + 30)
        activity = client.states("CreateActivity", name="idle")["activityArn"]
        halves = {
            "a request line": b"POST / HT",
            "a header": b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Tar",
        }
        pool = cls.enterClassContext(concurrent.futures.ThreadPoolExecutor())
        cls.poll = pool.submit(timed, lambda: client.states("GetActivityTask", activityArn=activity))
        cls.halves = {name: pool.submit(timed, lambda data=data: wire.exchange(server.port, data, timeout=LONG_POLL)) for name, data in halves.items()}

    def test_a_poll_without_work_ends_after_a_minute(self):
        seconds, answer = self.poll.result()
        self.assertFalse(answer.get("taskToken"))
        self.assertAlmostEqual(seconds, LONG_POLL, delta=TOLERANCE)

    def test_a_client_that_stops_in_the_middle(self):
        for name, half in self.halves.items():
            with self.subTest(name):
                seconds, answer = half.result()
                self.assertTrue(answer is None or answer.status == 408, answer)
                self.assertAlmostEqual(seconds, HEADER, delta=TOLERANCE)


if __name__ == "__main__":
    unittest.main()
