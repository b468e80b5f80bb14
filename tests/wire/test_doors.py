"""Who is let in: names, origins, sizes, numbers. What is refused gets a sentence that says what to do."""

import base64
import contextlib
import io
import json
import random
import socket
import unittest
import zipfile

from local.aws import ROLE
from local.wait import wait_until
from serving import ServingCase
from support import wire
from support.machines import waiting

KEYS = ("AKIDEXAMPLE", "secret")
PREFLIGHT = b"OPTIONS / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n"


def request(host: str, *more: str, method: str = "POST", target: str = "/", body: bytes = b"{}") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", f"X-Amz-Target: {wire.TARGET}.ListActivities", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Names(ServingCase):
    arguments = ("--host-name", "stepwell.test", "--host-name", "Other.Test:99")

    def test_names_that_are_ours(self):
        for host in (
            "127.0.0.1", "127.0.0.1:4600", "127.8.9.1", "localhost", "LOCALHOST:1", "localhost.", "a.localhost", "[::1]", "[::1]:4600", "sync-localhost",
            "sync-127.0.0.1:4600", "states.us-east-1.amazonaws.com", "sync-states.us-east-1.amazonaws.com", "lambda.cn-north-1.amazonaws.com.cn",
            "stepwell.test", "STEPWELL.test:8443", "sync-stepwell.test", "other.test:99",
        ):  # fmt: skip
            with self.subTest(host):
                self.assertEqual(self.send(request(host)).status, 200)

    def test_names_that_are_not(self):
        for host in (
            "evil.example", "evil.example:4600", "127.0.0.1.evil.example", "localhost.evil.example", "evillocalhost", "amazonaws.com", "evil-amazonaws.com",
            "0.0.0.0", "0", "10.0.0.1", "[::]", "[::2]", "127.evil.example", "127.0.0.1.2", "sync-evil.example", "stepwell.test.evil.example", "other.test",
        ):  # fmt: skip
            with self.subTest(host):
                response = self.send(request(host))
                self.assert_refused(response, "AccessDeniedException")
                self.assertEqual(response.status, 421)
                self.assertIn(f"--host-name {host}", response.error["message"])
        for target in ("/_stepwell/health", "/_stepwell/metrics", "/metrics"):
            self.assertEqual(self.send(request("evil.example", method="GET", target=target, body=b"")).status, 421)
        self.assertEqual(self.send(request("127.0.0.1", target="http://evil.example/")).status, 421)

    def test_it_is_decided_before_the_body_comes(self):
        with wire.connect(self.server.port) as connection:
            connection.sendall(request("evil.example", body=b"x" * 100_000)[:200])
            self.assertEqual(wire.read(connection).status, 421)


class Pages(ServingCase):
    """Of the web."""

    def test_other_origins_are_refused(self):
        for lines in (
            ("Origin: http://evil.example",), ("Origin: null",), ("Origin: https://127.0.0.1.evil.example",), ("Origin: http://127.0.0.1:1",),
            ("Sec-Fetch-Site: cross-site",), ("Sec-Fetch-Site: same-site",), ("Origin: http://127.0.0.1", "Sec-Fetch-Site: cross-site"),
        ):  # fmt: skip
            with self.subTest(lines):
                response = self.send(request("127.0.0.1", *lines))
                self.assert_refused(response, "AccessDeniedException")
                self.assertEqual(response.status, 403)
                self.assertFalse([name for name in response.headers if name.startswith("access-control")])

    def test_a_form_of_another_page(self):
        data = request("127.0.0.1", "Origin: http://evil.example", "Content-Type: text/plain")
        self.assertEqual(self.send(data).status, 403)

    def test_preflights_are_refused(self):
        response = self.send(PREFLIGHT)
        self.assertEqual(response.status, 403)
        self.assertFalse([name for name in response.headers if name.startswith("access-control")])

    def test_pages_of_our_own_and_programs_are_let_in(self):
        for lines in ((), ("Origin: http://127.0.0.1",), ("Sec-Fetch-Site: same-origin",), ("Sec-Fetch-Site: none",)):
            with self.subTest(lines):
                self.assertEqual(self.send(request("127.0.0.1", *lines)).status, 200)


class KnownCallers(ServingCase):
    arguments = ("--access-key", ":".join(KEYS), "--host-name", "public.test:8443")

    def test_any_name_may_be_signed(self):
        for host in ("evil.example", "10.1.2.3:4600"):
            self.assertEqual(self.send(wire.signed("ListActivities", {}, KEYS, host=host)).status, 200)
        self.assertEqual(self.send(request("evil.example")).code, "MissingAuthenticationTokenException")

    def test_a_proxy_may_have_changed_the_name(self):
        def behind_a_proxy(message):
            return [line.replace("host: public.test:8443", "host: 127.0.0.1").replace("host: other.test", "host: 127.0.0.1") for line in message[0]], message[1]

        self.assertEqual(self.send(wire.signed("ListActivities", {}, KEYS, host="public.test:8443", tamper=behind_a_proxy)).status, 200)
        self.assertEqual(self.send(wire.signed("ListActivities", {}, KEYS, host="other.test", tamper=behind_a_proxy)).code, "InvalidSignatureException")

    def test_other_origins_are_refused_all_the_same(self):
        self.assertEqual(self.send(wire.signed("ListActivities", {}, KEYS, headers={"Origin": "http://evil.example"})).status, 403)


class Sizes(ServingCase):
    def announce(self, operation: str, size: int, target: str = "/", method: str = "POST") -> wire.Response | None:
        """The answer to a header alone."""
        named = None if target.startswith("/2015") else operation
        with wire.connect(self.server.port) as connection:
            connection.sendall(wire.head(named, size, "Expect: 100-continue", target=target, method=method))
            first = connection.recv(12, socket.MSG_PEEK)
            return None if first.endswith(b" 100") else wire.read(connection)

    def test_each_operation_has_its_own(self):
        functions = "/2015-03-31/functions"
        for operation, target, method, limit in (
            ("CreateStateMachine", "/", "POST", 4 << 20),
            ("StartExecution", "/", "POST", 4 << 20),
            ("ListFunctions", functions + "/", "GET", 1 << 20),
            ("Invoke", functions + "/f/invocations", "POST", 8 << 20),
            ("CreateFunction", functions, "POST", 70_167_211),
            ("UpdateFunctionCode", functions + "/f/code", "PUT", 70_167_211),
        ):
            with self.subTest(operation):
                self.assertIsNone(self.announce(operation, limit, target, method))
                response = self.announce(operation, limit + 1, target, method)
                self.assertEqual(response.status, 413)
                self.assertEqual(response.error["message"], f"Request must be smaller than {limit} bytes for the {operation} operation")
                self.assertIn("x-amzn-requestid", response.headers)
        self.assertEqual(self.announce("DynamoDB_20120810.PutItem", (1 << 20) + 1).status, 413)

    def test_a_package_of_many_megabytes(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
            file.writestr("index.js", "exports.handler = async (event) => event.n + 1;\n")
            file.writestr("ballast.bin", random.Random(1).randbytes(30 << 20))
        code = {"ZipFile": base64.b64encode(archive.getvalue()).decode()}
        self.client.functions("POST", "/2015-03-31/functions", {"FunctionName": "large", "Runtime": "nodejs18.x", "Handler": "index.handler", "Role": ROLE, "Code": code})
        self.assertEqual(self.client.functions("POST", "/2015-03-31/functions/large/invocations", {"n": 1}), 2)

    def test_large_bodies_share_a_room(self):
        with contextlib.ExitStack() as stack:
            for _ in range(7):
                connection = stack.enter_context(contextlib.closing(wire.connect(self.server.port)))
                connection.sendall(wire.head(None, 70_000_000, target="/2015-03-31/functions"))
                wait_until(self.server.is_healthy, "the header to be read")
            response = wire.exchange(self.server.port, wire.head(None, 70_000_000, target="/2015-03-31/functions"))
            self.assertEqual((response.status, response.headers["x-amzn-errortype"], response.headers["retry-after"]), (429, "TooManyRequestsException", "1"))
            self.assertEqual(self.send(request("127.0.0.1")).status, 200)
        wait_until(lambda: self.announce("", 70_000_000, "/2015-03-31/functions") is None, "the room to be free again")

    def test_header_fields(self):
        self.assertEqual(self.send(request("127.0.0.1", *(f"X-{n}: y" for n in range(100)))).status, 200)
        self.assertEqual(self.send(request("127.0.0.1", *(f"X-{n}: y" for n in range(130)))).status, 431)


class Crowds(ServingCase):
    """40 connections, 32 requests; half of each for one address."""

    arguments = ("--max-connections", "40")

    def poll(self, address: str) -> socket.socket:
        connection = self.connect(address)
        connection.sendall(self.polling)
        return connection

    def connect(self, address: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.server.port), 20, source_address=(address, 0))
        self.open.enter_context(contextlib.closing(connection))
        return connection

    def tearDown(self):
        self.open.close()
        super().tearDown()

    def setUp(self):
        self.open = contextlib.ExitStack()
        activity = self.client.states("CreateActivity", name="crowd")["activityArn"]
        self.polling = wire.call("GetActivityTask", {"activityArn": activity})

    def ask(self, connection: socket.socket) -> wire.Response:
        connection.sendall(request("127.0.0.1"))
        return wire.read(connection)

    def fill(self) -> tuple[list[socket.socket], socket.socket]:
        """As many polls as one address may have, and a further connection, which is refused."""
        polls = [self.poll("127.0.0.1") for _ in range(16)]
        further = self.connect("127.0.0.1")
        wait_until(lambda: self.ask(further).status != 200, "the polls to be under way")
        return polls, further

    def test_one_client_leaves_room_for_others(self):
        _, further = self.fill()
        refused = self.ask(further)
        self.assertEqual((refused.status, refused.code, refused.headers["retry-after"]), (400, "ThrottlingException", "1"))
        self.assertEqual(refused.error["message"], "Rate exceeded")
        self.assertTrue(self.server.is_healthy())
        self.poll("127.0.0.2")
        self.assertEqual(self.ask(self.connect("127.0.0.2")).status, 200)

    def test_a_refused_client_may_go_on(self):
        polls, further = self.fill()
        for poll in polls:
            poll.close()
        wait_until(lambda: self.ask(further).status == 200, "there to be room again")

    def test_connections_of_one_address(self):
        connections = [self.connect("127.0.0.1") for _ in range(25)]

        def is_closed(connection: socket.socket) -> bool:
            connection.setblocking(False)
            try:
                return connection.recv(1) == b""
            except BlockingIOError:
                return False
            except ConnectionError:
                return True

        wait_until(lambda: sum(map(is_closed, connections)) >= 5, "those beyond the share to be closed")
        self.assertGreaterEqual(sum(map(is_closed, connections)), 5)
        self.assertEqual(self.ask(self.connect("127.0.0.3")).status, 200)

    def test_executions_that_are_waited_for_are_finished(self):
        definition = json.dumps(waiting(1))
        machine = self.client.states("CreateStateMachine", name="slow", definition=definition, roleArn=ROLE, type="EXPRESS")["stateMachineArn"]
        asking = wire.call("StartSyncExecution", {"stateMachineArn": machine})
        connections = [self.connect(f"127.0.1.{number}") for number in range(16)]
        for connection in connections:
            connection.sendall(asking)
        for connection in connections:
            self.assertEqual(json.loads(wire.read(connection).body)["status"], "SUCCEEDED")


if __name__ == "__main__":
    unittest.main()
