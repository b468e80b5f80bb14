"""Thousands of malformed requests, made from the shapes of the APIs and sent over many connections: each is refused in AWS's
form, none with a 5xx, and the server stays well.

    ./dev test wire/test_generated                               2,000 of each kind
    ./dev test --generated 10000 --seed 7 wire/test_generated    more of them, others
    ./dev test --generated 10000 --program build/asan/stepwell wire/test_generated    under the sanitizers (./dev build asan)
"""

import collections
import contextlib
import json
import os
import random
import re
import unittest
import urllib.parse
import xml.etree.ElementTree

from local.server import ROOT
from serving import ServingCase
from support import wire
from support.shapes import Shapes

COUNT = int(os.environ.get("STEPWELL_GENERATED", "2000"))
SEED = int(os.environ.get("STEPWELL_SEED", "2026"))
CONNECTIONS = 16
EVERY = 6 * CONNECTIONS  # how often the server's health is looked at meanwhile
ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:shapes"
ARNS = ("stateMachineArn", "executionArn", "activityArn", "resourceArn", "mapRunArn", "stateMachineAliasArn", "stateMachineVersionArn")
NOT_JSON_TYPES = ("text/plain", "text/xml; charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/png")
BAD_UTF8 = (b"\xff", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x80")


def refuse(name: str):
    raise ValueError(name)


def built_of(service: str) -> list[str]:
    table = (ROOT / f"src/services/{service}/operations.def").read_text()
    return re.findall(r"^OPERATION\((\w+),", table, re.MULTILINE)


class Generated(ServingCase):
    def setUp(self):
        self.shapes = Shapes(ROOT / "src/services/states/api.json")
        self.built = built_of("states")
        self.with_members = [name for name in self.shapes.operations if self.shapes.valid_input(name, everything=True)]

    def each(self, make) -> collections.Counter:
        """Sends COUNT requests, CONNECTIONS at once; make(rng) gives what is wrong, the operation and the bytes."""
        rng, codes = random.Random(SEED), collections.Counter()
        with contextlib.ExitStack() as stack:

            def connect():
                return stack.enter_context(contextlib.closing(wire.connect(self.server.port)))

            connections = [connect() for _ in range(CONNECTIONS)]
            for first in range(0, COUNT, CONNECTIONS):
                asked = [make(rng) for _ in range(min(CONNECTIONS, COUNT - first))]
                for connection, (_, _, data) in zip(connections, asked):
                    connection.sendall(data)
                for place, (what, operation, data) in enumerate(asked):
                    response = wire.read(connections[place])
                    with self.subTest(f"{first + place}: {operation}: {what}", data=data[-200:]):
                        self.check(response, operation)
                        codes[response.code] += 1
                    if response is None or response.headers.get("connection") == "close":
                        connections[place].close()
                        connections[place] = connect()
                if first % EVERY == 0:
                    self.assertTrue(self.server.is_healthy())
        return codes

    def check(self, response: wire.Response | None, operation: str) -> None:
        if operation not in self.built and response is not None and response.status == 501:
            self.assertEqual(response.code, "NotImplemented")
            self.assertIn(operation, response.error["message"])
            return
        self.assert_refused(response)
        if response.code not in ("SerializationException", "UnknownOperationException"):  # AWS says nothing with these
            self.assertTrue(response.error.get("message"), response.error)

    def test_wrong_shapes(self):
        def make(rng):
            operation = rng.choice(self.with_members)
            what, input_ = self.shapes.malformed(operation, rng)
            return what, operation, wire.call(operation, input_)

        codes = self.each(make)
        self.assertGreater(codes["ValidationException"], COUNT // 10, codes)
        self.assertGreater(codes["SerializationException"], COUNT // 10, codes)

    def test_broken_json(self):
        def make(rng):
            while True:
                operation = rng.choice(self.built)
                body = bytearray(json.dumps(self.shapes.valid_input(operation, everything=True)).encode())
                for _ in range(rng.randint(1, 4)):
                    at = rng.randrange(len(body) + 1)
                    rng.choice([lambda: body.insert(at, rng.randrange(256)), lambda: body.__setitem__(slice(at, at + rng.randint(1, 9)), b"")])()
                try:
                    json.loads(bytes(body).decode(), parse_constant=refuse)
                except (ValueError, RecursionError):
                    return "is no JSON", operation, wire.call(operation, bytes(body))

        codes = self.each(make)
        self.assertEqual(codes["SerializationException"], COUNT, codes)

    def test_bad_utf8(self):
        operations = [name for name in self.with_members if '"x' in json.dumps(self.shapes.valid_input(name, everything=True))]

        def make(rng):
            operation = rng.choice(operations)
            body = json.dumps(self.shapes.valid_input(operation, everything=True)).encode()
            at = rng.choice([match.end() for match in re.finditer(rb'"x', body)])
            return "is no UTF-8", operation, wire.call(operation, body[:at] + rng.choice(BAD_UTF8) + body[at:])

        codes = self.each(make)
        self.assertEqual(codes["SerializationException"], COUNT, codes)

    def test_bad_arns(self):
        operations = [name for name in self.built if any(member in ARNS for member in self.shapes.valid_input(name))]

        def bad_arn(rng) -> str:
            parts = ARN.split(":")
            at = rng.randrange(len(parts))
            wrong = [" ", "*", "\0", "x" * 300] + (["é", ".."] if at < len(parts) - 1 else [])  # these could be names
            return rng.choice(
                [
                    lambda: ":".join(parts[:at]), lambda: ":".join(parts[:at] + [""] + parts[at + 1 :]), lambda: ARN.replace("stateMachine", "nothing"),
                    lambda: ":".join(parts[:at] + [rng.choice(wrong)] + parts[at + 1 :]), lambda: ARN[::-1], lambda: "x",
                ]
            )()  # fmt: skip

        def make(rng):
            operation = rng.choice(operations)
            input_ = self.shapes.valid_input(operation)
            input_ |= {member: bad_arn(rng) for member in input_ if member in ARNS}
            return f"has the ARN {input_}", operation, wire.call(operation, input_)

        self.each(make)

    def test_wrong_types_of_content(self):
        def make(rng):
            operation, kind = rng.choice(self.built), rng.choice(NOT_JSON_TYPES)
            data = wire.call(operation, self.shapes.valid_input(operation))
            return f"is {kind}", operation, data.replace(b"application/x-amz-json-1.0", kind.encode())

        codes = self.each(make)
        self.assertEqual(codes["UnknownOperationException"], COUNT, codes)

    def test_oversized(self):
        """Announced, and never sent."""

        def make(rng):
            operation = rng.choice(self.built)
            return "is too large", operation, wire.head(operation, rng.randrange(4_194_305, 10**12))

        codes = self.each(make)
        self.assertEqual(codes["RequestEntityTooLargeException"], COUNT, codes)


class GeneratedForFunctions(Generated):
    """The same idea for a REST protocol: Lambda's."""

    def setUp(self):
        self.shapes = Shapes(ROOT / "src/services/lambda/api.json")
        self.built = built_of("lambda")
        self.posts = [name for name in self.built if self.shapes.operations[name].get("http", {}).get("method") in ("POST", "PUT") and name != "Invoke"]

    def request(self, operation: str, body: bytes) -> bytes:
        http = self.shapes.operations[operation]["http"]
        uri = re.sub(r"\{[^}]*\}", "nobody", http["uri"])
        return wire.head(None, len(body), target=uri, method=http["method"]) + body

    def check(self, response: wire.Response | None, operation: str) -> None:
        self.assertIsNotNone(response)
        self.assertTrue(400 <= response.status < 500, f"{response.status} {response.body[:500]}")
        self.assertTrue(response.headers.get("x-amzn-errortype"), response.headers)
        self.assertIn("x-amzn-requestid", response.headers)
        response.body = json.dumps({"__type": response.headers["x-amzn-errortype"].split(":")[0]}).encode()

    def test_wrong_shapes(self):
        def make(rng):
            operation = rng.choice(self.posts)
            what, input_ = self.shapes.malformed(operation, rng)
            return what, operation, self.request(operation, json.dumps(input_).encode())

        self.each(make)

    def test_broken_json(self):
        def make(rng):
            operation = rng.choice(self.posts)
            body = json.dumps(self.shapes.valid_input(operation)).encode()
            return "is cut off", operation, self.request(operation, body[: rng.randrange(1, len(body))] + rng.choice([b"", b"\0", b"\xff"]))

        self.each(make)

    def test_oversized(self):
        def make(rng):
            operation = rng.choice(self.posts)
            return "is too large", operation, self.request(operation, b"").replace(b"Content-Length: 0", b"Content-Length: %d" % rng.randrange(70_167_212, 10**12))

        codes = self.each(make)
        self.assertEqual(codes["RequestEntityTooLargeException"], COUNT, codes)

    test_bad_utf8 = test_bad_arns = test_wrong_types_of_content = None


def form_of(value, name: str = "") -> list[tuple[str, str]]:
    """A value as the fields of a form: Tags.member.1.Key=…"""
    if isinstance(value, dict):
        return [field for key, part in value.items() for field in form_of(part, f"{name}.{key}" if name else key)]
    if isinstance(value, list):
        return [field for number, part in enumerate(value, 1) for field in form_of(part, f"{name}.member.{number}")]
    return [] if value is None else [(name, {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value))]


class GeneratedForAccess(Generated):
    """The same idea for the query protocol: IAM's."""

    service = "iam"

    def setUp(self):
        path = ROOT / f"src/services/{self.service}/api.json"
        self.shapes = Shapes(path)
        self.version = json.loads(path.read_text())["apiVersion"]
        self.built = built_of(self.service)
        self.with_members = [name for name in self.built if self.shapes.valid_input(name)]

    def request(self, body: bytes) -> bytes:
        """Signed for the service, so that it is the one asked whatever the form says."""
        signature = f"Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/{self.service}/aws4_request, SignedHeaders=host, Signature=0"
        head = wire.head(None, len(body), signature, "X-Amz-Date: 20260101T000000Z")
        return head.replace(b"application/x-amz-json-1.0", b"application/x-www-form-urlencoded; charset=utf-8") + body

    def form(self, operation: str, fields: list[tuple[str, str]]) -> bytes:
        return urllib.parse.urlencode([("Action", operation), ("Version", self.version), *fields]).encode()

    def check(self, response: wire.Response | None, operation: str) -> None:
        self.assertIsNotNone(response)
        self.assertTrue(400 <= response.status < 500 or response.status == 501, f"{response.status} {response.body[:500]}")
        self.assertIn("x-amzn-requestid", response.headers)
        error = xml.etree.ElementTree.fromstring(response.body.decode()).find("{*}Error")
        response.body = json.dumps({"__type": error.findtext("{*}Code")}).encode()

    def test_wrong_shapes(self):
        """What a form can say: members that are not there, and texts that are no such value."""

        def make(rng):
            operation = rng.choice(self.with_members)
            fields = form_of(self.shapes.valid_input(operation))
            at = rng.randrange(len(fields))
            wrong = rng.choice([None, "", "\0", "x" * 200_000, "é" * 3, "\ufffe", "a b/*"])
            fields[at : at + 1] = [] if wrong is None else [(fields[at][0], wrong)]
            return f"{fields[at - 1 if at else 0][0] if fields else ''} {str(wrong)[:9]}", operation, self.request(self.form(operation, fields))

        self.each(make)

    def test_broken_forms(self):
        def make(rng):
            operation = rng.choice(self.with_members)
            body = bytearray(self.form(operation, form_of(self.shapes.valid_input(operation, everything=True))))
            at = rng.randrange(len(body))
            body[at:at] = rng.choice([b"%", b"%zz", b"%ff", b"\xff", b"%c3", b"%00", b"&&", b"=", b"&Tags.member.99999999999.Key=x", b"&a.b.c.d" * 50])
            return "is broken", operation, self.request(bytes(body) + b"&Nothing.member.x=%ff")

        self.each(make)

    def test_unknown_operations(self):
        def make(rng):
            body = rng.choice([b"", b"Action=Nothing&Version=" + self.version.encode(), b"Action=ListUsers&Version=1", b"Version=x"])
            return "names nothing", "", self.request(body)

        self.each(make)

    test_broken_json = test_bad_utf8 = test_bad_arns = test_wrong_types_of_content = test_oversized = None


class GeneratedForSessions(GeneratedForAccess):
    service = "sts"


if __name__ == "__main__":
    unittest.main()
