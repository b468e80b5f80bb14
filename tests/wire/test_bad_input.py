"""Bad input: each gets AWS's error or a closed connection, and the server keeps serving."""

import json
import unittest

from local.aws import ROLE
from local.server import ROOT
from serving import ServingCase
from support import wire
from support.machines import passing
from support.shapes import Shapes

DEEP = 10_000
NOT_JSON = (
    b"", b"hello", b"{", b'{"name":', b'{"a":1,}', b"{'a':1}", b"\xff\xfe", b'{"a":"\xc3"}', b"\0" * 100, b'{"a":1}}', b"{} {}", b"<xml/>", b"NaN",
)  # fmt: skip
UNKNOWN = (
    "AWSStepFunctions.Nothing", "AWSStepFunctions.", "AWSStepFunctions", ".", "DynamoDB_20120810.Scan", "a" * 5000,
    "AWSStepFunctions.listactivities", "AWSStepFunctions.ListActivities.Twice",
)  # fmt: skip
NOT_CHUNKS = (
    b"zz\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"5\r\nabcdefgh\r\n0\r\n\r\n", b"8\r\n" + b"x" * 4, b"1\r\nx", b"\r\n\r\n", b"f" * 100_000,
)  # fmt: skip
NESTED = "[" * DEEP + "]" * DEEP


class Bodies(ServingCase):
    def test_not_json(self):
        for body in NOT_JSON:
            with self.subTest(body):
                response = self.send(wire.call("CreateActivity", body))
                if body == b"":
                    self.assert_refused(response)  # AWS reads nothing as {}
                else:
                    self.assert_refused(response, "SerializationException")

    def test_json_that_is_no_object(self):
        for body in (b"[]", b"1", b'"text"', b"true", b"[{}]"):
            with self.subTest(body):
                self.assert_refused(self.send(wire.call("CreateActivity", body)), "SerializationException")

    def test_large(self):
        for megabytes in (2, 7):
            with self.subTest(megabytes):
                body = {"name": "large", "definition": "x" * (megabytes << 20), "roleArn": ROLE}
                self.assert_refused(self.send(wire.call("CreateStateMachine", body)))
        for megabytes in (9, 64):
            with self.subTest(megabytes):
                response = self.send(wire.call("CreateActivity", b"x" * (megabytes << 20)))
                self.assertTrue(response is None or response.status == 413, response)

    def test_a_size_that_is_only_announced(self):
        for size in ("1000000000000", "18446744073709551616", "-1", "1e3", "0x10", "1,1", ""):
            with self.subTest(size):
                data = f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {wire.TARGET}.ListActivities\r\nContent-Length: {size}\r\n\r\n".encode()
                self.assert_turned_away(self.send(data + b"{}", half_close=True))

    def test_nested(self):
        machine = self.client.states("CreateStateMachine", name="nested", definition=json.dumps(passing()), roleArn=ROLE)["stateMachineArn"]
        self.assert_refused(self.send(wire.call("CreateActivity", NESTED.encode())), "SerializationException")
        self.assert_refused(self.send(wire.call("CreateActivity", b'{"name":' + NESTED.encode() + b"}")), "SerializationException")
        objects = '{"a":' * DEEP + "1" + "}" * DEEP
        for text in (NESTED, objects, "[" * DEEP, '[{"a":' * DEEP):
            with self.subTest(text[:8]):
                self.assert_refused(self.send(wire.call("StartExecution", {"stateMachineArn": machine, "input": text})), "InvalidExecutionInput")
                definition = {"name": "deep", "roleArn": ROLE, "definition": text}
                self.assert_refused(self.send(wire.call("CreateStateMachine", definition)), "InvalidDefinition")
        levels = 2000
        opened = "".join(f'{{"StartAt":"S{n}","States":{{"S{n}":{{"Type":"Parallel","End":true,"Branches":[' for n in range(levels))
        branches = opened + '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}' + "]}}}" * levels
        body = {"name": "deep", "roleArn": ROLE, "definition": branches}
        self.assert_refused(self.send(wire.call("CreateStateMachine", body)), "InvalidDefinition")

    def test_deep_choices_and_calls(self):
        rule = '{"Not":' * 5000 + '{"Variable":"$.a","IsNull":true}' + "}" * 5000
        choice = f'{{"StartAt":"C","States":{{"C":{{"Type":"Choice","Choices":[{rule[:-1]},"Next":"D"}}]}},"D":{{"Type":"Succeed"}}}}}}'
        call = "States.Array(" * 5000 + "1" + ")" * 5000
        intrinsic = json.dumps(passing(Parameters={"a.$": call}))
        path = json.dumps(passing(Parameters={"a.$": "$" + "[?(@" * 5000 + ")]" * 5000}))
        for definition in (choice, intrinsic, path):
            with self.subTest(definition[:60]):
                body = {"name": "deep", "roleArn": ROLE, "definition": definition}
                self.assert_refused(self.send(wire.call("CreateStateMachine", body)), "InvalidDefinition")

    def test_definitions_that_do_not_hold_together(self):
        choice = {"Type": "Choice", "Choices": [{"Variable": "$", "IsNull": True, "Next": "End"}], "Default": "Nowhere"}
        dangling = {"StartAt": "A", "States": {"A": choice, "End": {"Type": "Succeed"}}}
        endless = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}
        for definition, words in (
            (dangling, "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/A/Default'"),
            (endless, "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'"),
        ):
            body = {"name": "bad", "roleArn": ROLE, "definition": json.dumps(definition)}
            self.assert_refused(self.send(wire.call("CreateStateMachine", body)), "InvalidDefinition", words)

    def test_a_cycle_without_an_end_at_run_time(self):
        """It has an end that is never reached: it stops at the limit of events, and others run meanwhile."""
        choice = {"Type": "Choice", "Choices": [{"Variable": "$.never", "IsPresent": True, "Next": "End"}], "Default": "Turn"}
        states = {"Turn": {"Type": "Pass", "Next": "Ask"}, "Ask": choice, "End": {"Type": "Succeed"}}
        definition = json.dumps({"StartAt": "Turn", "States": states})
        machine = self.client.states("CreateStateMachine", name="cycle", definition=definition, roleArn=ROLE)["stateMachineArn"]
        execution = self.client.states("StartExecution", stateMachineArn=machine)["executionArn"]
        found = self.client.states("DescribeExecution", executionArn=execution)
        self.assertEqual((found["status"], found["error"]), ("FAILED", "States.Runtime"))
        self.assertEqual(found["cause"], "The execution reached the maximum number of history events (25000).")
        last = self.client.states("GetExecutionHistory", executionArn=execution, reverseOrder=True, maxResults=1)["events"][0]
        self.assertEqual((last["id"], last["type"]), (25_000, "ExecutionFailed"))

    def test_names(self):
        for name in ("a b", "a\0b", "a\x7fb", "a\nb", "\ud800", "a/b", "", " ", "é" * 81, "a" * 100_000, "💧" * 80):
            with self.subTest(name[:10]):
                response = self.send(wire.call("CreateActivity", {"name": name}))
                if name != "💧" * 80:
                    self.assert_refused(response)
                self.assertLess(response.status, 500)

    def test_duplicate_members(self):
        response = self.send(wire.call("CreateActivity", b'{"name":"one","name":"two"}'))
        self.assertLess(response.status, 500)


class Operations(ServingCase):
    def test_unknown_ones(self):
        for target in UNKNOWN:
            with self.subTest(target[:40]):
                self.assert_refused(self.send(wire.call(None, b"{}", f"X-Amz-Target: {target}")), "UnknownOperationException")
        self.assert_turned_away(self.send(wire.call(None, b"{}")))
        self.assert_turned_away(self.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
        self.assert_turned_away(self.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: A\xff\xfe.B\r\nContent-Length: 2\r\n\r\n{}"))

    def test_those_that_are_not_built_say_so(self):
        shapes = Shapes(ROOT / "src/services/states/api.json")
        table = (ROOT / "src/services/states/operations.def").read_text()
        missing = [line[len("UNSUPPORTED(") :].rstrip(")") for line in table.splitlines() if line.startswith("UNSUPPORTED(")]
        for operation in missing:
            with self.subTest(operation):
                response = self.send(wire.call(operation, shapes.valid_input(operation)))
                self.assertEqual((response.status, response.code), (501, "NotImplemented"), response.body)
                self.assertEqual(response.error["message"], f"{operation} is not implemented by this version of Stepwell.")
        built = [name for name in shapes.operations if name not in missing]
        self.assertEqual(len(built) + len(missing), 37)

    def test_pages_of_its_own(self):
        for target, status in (
            ("/_stepwell/", 404),
            ("/_stepwell/../../etc/passwd", 404),
            ("/_stepwell/health", 200),
            ("/_stepwell/health?x=" + "y" * 2000, 200),
        ):
            with self.subTest(target[:40]):
                self.assertEqual(self.send(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()).status, status)
        self.assertEqual(self.send(b"DELETE /_stepwell/health HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 405)


class Protocol(ServingCase):
    """Not HTTP, or not quite."""

    BODY = b'{"maxResults":1}'

    def request(self, *lines: str, body: bytes = b"") -> bytes:
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    def post(self, *lines: str, body: bytes = b"") -> bytes:
        return self.request("POST / HTTP/1.1", "Host: localhost", f"X-Amz-Target: {wire.TARGET}.ListActivities", *lines, body=body)

    def test_not_http(self):
        for data in (
            b"\r\n\r\n\r\n",
            b"hello\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x55" * 200,  # a TLS handshake
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /\r\n\r\n",
            b"POST / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            b"\0" * 1000,
            b"POST  /  HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.2\r\n",
        ):
            with self.subTest(data[:20]):
                self.assert_turned_away(self.send(data, half_close=True))

    def test_headers_that_do_not_hold_together(self):
        for lines in (
            ("Content-Length: 2", "Content-Length: 3"),
            ("Content-Length: 2", "Transfer-Encoding: chunked"),
            ("Transfer-Encoding: gzip, chunked",),
            ("Transfer-Encoding: chunked, chunked",),
            ("Transfer-Encoding : chunked",),
            ("No colon here",),
            (": no name",),
            ("Bad\0Name: x",),
            ("X-Cr: a\rb",),
            ("Host: y",),
        ):
            with self.subTest(lines):
                self.assert_turned_away(self.send(self.post(*lines, body=b"{}"), half_close=True))
        self.assert_turned_away(self.send(self.request("POST / HTTP/1.1", "Content-Length: 2", body=b"{}")))

    def test_chunks(self):
        good = self.post("Transfer-Encoding: chunked", body=b"8\r\n" + self.BODY[:8] + b"\r\n8;x=y\r\n" + self.BODY[8:] + b"\r\n0\r\n\r\n")
        self.assertEqual(self.send(good).status, 200)
        for body in NOT_CHUNKS:
            with self.subTest(body[:20]):
                self.assert_turned_away(self.send(self.post("Transfer-Encoding: chunked", body=body), half_close=True))
        endless = b"".join(b"400\r\n" + b" " * 1024 + b"\r\n" for _ in range(9 * 1024))
        self.assert_turned_away(self.send(self.post("Transfer-Encoding: chunked", body=endless)))

    def test_floods_of_headers(self):
        for name, data in (
            ("one long", self.post("X-Long: " + "x" * 1_000_000, "Content-Length: 2", body=b"{}")),
            ("many", self.post(*(f"X-{n}: y" for n in range(10_000)), "Content-Length: 2", body=b"{}")),
            ("a long target", self.request("GET /" + "x" * 1_000_000 + " HTTP/1.1", "Host: localhost")),
            ("a long method", self.request("X" * 1_000_000 + " / HTTP/1.1", "Host: localhost")),
            ("without an end", b"POST / HTTP/1.1\r\nHost: localhost\r\n" + b"X-More: and more\r\n" * 100_000),
            ("empty lines", b"\r\n" * 100_000),
        ):
            with self.subTest(name):
                response = self.send(data, half_close=True)
                self.assert_turned_away(response)

    def test_what_is_unusual_but_right(self):
        host = "Host: sync-127.0.0.1:9"
        target = f"X-Amz-Target: {wire.TARGET}.ListActivities"
        length = f"Content-Length: {len(self.BODY)}"
        lower = f"x-amz-target: {wire.TARGET}.ListActivities"
        for name, data in (
            ("a host as clients make it", self.request("POST / HTTP/1.1", host, target, length, body=self.BODY)),
            ("an absolute target", self.request("POST http://sync-localhost:1/ HTTP/1.1", "Host: sync-localhost:1", target, length, body=self.BODY)),
            ("lower case", self.request("POST / HTTP/1.1", "host: localhost", lower, length, body=self.BODY)),
            ("HTTP/1.0", self.request("POST / HTTP/1.0", target, length, body=self.BODY)),
        ):
            with self.subTest(name):
                self.assertEqual(self.send(data).status, 200)

    def test_expect_continue(self):
        with wire.connect(self.server.port) as connection:
            connection.sendall(self.post("Expect: 100-continue", f"Content-Length: {len(self.BODY)}"))
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 100 "))
            connection.sendall(self.BODY)
            self.assertEqual(wire.read(connection).status, 200)

    def test_many_on_one_connection(self):
        with wire.connect(self.server.port) as connection:
            count = 200
            bad = wire.call("CreateActivity", b'{"name":"a b"}')
            connection.sendall((wire.call("ListActivities", b"{}") + bad) * count)
            reader = connection.makefile("rb")
            for number in range(2 * count):
                status = int(reader.readline().split()[1])
                size = 0
                while (line := reader.readline().strip()) != b"":
                    if line.lower().startswith(b"content-length:"):
                        size = int(line.split(b":")[1])
                reader.read(size)
                self.assertEqual(status, 400 if number % 2 else 200)
            reader.close()

    def test_byte_by_byte(self):
        with wire.connect(self.server.port) as connection:
            for byte in wire.call("ListActivities", self.BODY):
                connection.sendall(bytes([byte]))
            self.assertEqual(wire.read(connection).status, 200)


if __name__ == "__main__":
    unittest.main()
