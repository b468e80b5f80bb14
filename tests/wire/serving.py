"""A server that has to go on serving, whatever its cases send it."""

import contextlib
import os
import pathlib
import unittest

from local.aws import Client
from local.server import Server
from local.wait import wait_until
from support import wire


class ServingCase(unittest.TestCase):
    """Shares a server in the class; each case ends with a look at whether it is alive, well and has let go of everything."""

    arguments: tuple[str, ...] = ()

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(arguments=cls.arguments))
        cls.client = Client(cls.server.endpoint)
        cls.sockets_at_rest = cls.sockets()

    def tearDown(self):
        if not self.server.is_running():
            log = self.server.log_tail()
            self.server.start()
            self.fail(f"the server ended with status {self.server.wait()}:\n{log}")
        self.assertTrue(self.server.is_healthy())
        wait_until(lambda: self.connections() <= 2, "the server to close connections that nobody needs")

    def connections(self) -> int:
        """How many sockets the server has beside those that it had from the beginning."""
        return self.sockets() - self.sockets_at_rest

    @classmethod
    def sockets(cls) -> int:
        count = 0
        for file in pathlib.Path(f"/proc/{cls.server.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                count += os.readlink(file).startswith("socket:")
        return count

    def send(self, data: bytes, **more) -> wire.Response | None:
        return wire.exchange(self.server.port, data, **more)

    def assert_refused(self, response: wire.Response | None, code: str | None = None, message: str | None = None) -> None:
        """An error of the API: 4xx, its type and (but where AWS has none) its message."""
        self.assertIsNotNone(response, "the connection was closed")
        self.assertTrue(400 <= response.status < 500, f"{response.status} {response.body[:500]}")
        self.assertIn("x-amzn-requestid", response.headers)
        error = response.error
        if code is not None:
            self.assertEqual(response.code, code, error)
        if message is not None:
            self.assertEqual(error.get("message"), message)

    def assert_turned_away(self, response: wire.Response | None) -> None:
        """Refused before it reached the API: 4xx, or the connection is closed."""
        if response is not None:
            self.assertTrue(400 <= response.status < 500 or response.status in (501, 505), f"{response.status} {response.body[:500]}")
