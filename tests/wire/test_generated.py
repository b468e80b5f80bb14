"""A thousand malformed requests, made from the shapes of the API: each is refused in AWS's form."""

import collections
import json
import random
import re
import unittest

from local.server import ROOT
from serving import ServingCase
from support import wire
from support.shapes import Shapes

COUNT = 1000
EVERY = 100  # how often the server's health is looked at meanwhile


def refuse(name: str):
    raise ValueError(name)


class Generated(ServingCase):
    def setUp(self):
        self.shapes = Shapes(ROOT / "src/services/states/api.json")
        table = (ROOT / "src/services/states/operations.def").read_text()
        self.built = re.findall(r"^OPERATION\((\w+),", table, re.MULTILINE)

    def each(self, make) -> collections.Counter:
        """Sends COUNT requests; make(rng) gives what is wrong, the operation, the body."""
        rng, codes = random.Random(2026), collections.Counter()
        connection = wire.connect(self.server.port)
        self.addCleanup(lambda: connection.close())
        for number in range(COUNT):
            what, operation, body = make(rng)
            connection.sendall(wire.call(operation, body))
            response = wire.read(connection)
            with self.subTest(f"{number}: {operation}: {what}", body=body[:200]):
                self.check(response, operation)
                codes[response.code] += 1
            if response is None or response.headers.get("connection") == "close":
                connection.close()
                connection = wire.connect(self.server.port)
            if number % EVERY == 0:
                self.assertTrue(self.server.is_healthy())
        return codes

    def check(self, response: wire.Response | None, operation: str) -> None:
        if operation not in self.built and response is not None and response.status == 501:
            self.assertEqual(response.code, "NotImplemented")
            self.assertIn(operation, response.error["message"])
            return
        self.assert_refused(response)
        if response.code != "SerializationException":  # AWS says nothing about a body that is no JSON
            self.assertTrue(response.error.get("message"), response.error)

    def test_wrong_shapes(self):
        operations = [name for name in self.shapes.operations if self.shapes.operations[name]["input"] and self.has_members(name)]

        def make(rng):
            operation = rng.choice(operations)
            what, input_ = self.shapes.malformed(operation, rng)
            return what, operation, json.dumps(input_).encode()

        codes = self.each(make)
        self.assertGreater(codes["ValidationException"], COUNT // 10, codes)
        self.assertGreater(codes["SerializationException"], COUNT // 10, codes)

    def has_members(self, operation: str) -> bool:
        return bool(self.shapes.valid_input(operation, everything=True))

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
                    return "is no JSON", operation, bytes(body)

        codes = self.each(make)
        self.assertEqual(codes["SerializationException"], COUNT, codes)


if __name__ == "__main__":
    unittest.main()
