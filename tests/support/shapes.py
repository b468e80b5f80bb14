"""Inputs made from an API's shapes (api.json): right ones, and ones that are wrong in a known way."""

import json
import pathlib
import random
import re
from typing import Iterator

from local.aws import ACCOUNT, REGION, ROLE

ARN = f"arn:aws:states:{REGION}:{ACCOUNT}"
VALUES = {
    "Definition": '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
    "Arn": f"{ARN}:stateMachine:shapes",
    "LongArn": f"{ARN}:mapRun:shapes/label:name",
    "StateMachineAliasArn": f"{ARN}:stateMachine:shapes:alias",
    "AliasArn": f"{ARN}:stateMachine:shapes:alias",
    "RoleArn": ROLE,
    "SensitiveData": "{}",
}
WRONG = {
    "string": [{}, [], 5, True],
    "integer": ["x", {}, [], True],
    "long": ["x", {}, [], True],
    "float": ["x", {}, []],
    "boolean": ["x", {}, [], 7],
    "timestamp": [{}, [], "x"],
    "structure": ["x", [], 5],
    "map": ["x", [], 5],
    "list": ["x", {}, 5],
    "blob": [{}, [], 5, True],
    "double": ["x", {}, []],
}


def _matches(pattern: str, text: str) -> bool:
    """Java's patterns; those that Python cannot read are taken to match."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True


class Shapes:
    def __init__(self, path: pathlib.Path):
        model = json.loads(path.read_text())
        self._shapes = model["shapes"]
        self.operations = model["operations"]

    @staticmethod
    def _members(shape: dict) -> dict[str, str]:
        """Those of the body: name → shape."""
        members = {name: member if isinstance(member, dict) else {"shape": member} for name, member in shape.get("members", {}).items()}
        return {name: member["shape"] for name, member in members.items() if "in" not in member}

    def valid_input(self, operation: str, everything: bool = False) -> dict:
        """With the required members, or with all of them."""
        shape = self.operations[operation].get("input")
        return self._valid(shape, everything) if shape else {}

    def _valid(self, name: str, everything: bool):
        shape = self._shapes[name]
        kind = shape["type"]
        if name in VALUES:
            return VALUES[name]
        if "enum" in shape:
            return shape["enum"][0]
        if kind == "structure":
            members = self._members(shape)
            wanted = members if everything else [name for name in shape.get("required", []) if name in members]
            return {member: self._valid(members[member], everything) for member in wanted}
        if kind == "list":
            return [self._valid(shape["member"], everything)] * max(1, shape.get("min", 0))
        if kind == "map":
            return {self._valid(shape["key"], everything): self._valid(shape["value"], everything)}
        if kind == "string":
            return "x" * max(4, shape.get("min", 0))
        return {"boolean": False, "timestamp": 1.5, "float": 1.5, "double": 1.5, "blob": "eHh4"}.get(kind, shape.get("min", 1))

    def malformed(self, operation: str, rng: random.Random) -> tuple[str, dict]:
        """(what is wrong, an input that is wrong in this one way)."""
        input_ = self.valid_input(operation, everything=rng.random() < 0.5)
        ways = list(self._ways(self.operations[operation]["input"], input_, "", rng))
        what, change = rng.choice(ways)
        change()
        return what, input_

    def _ways(self, name: str, value, where: str, rng: random.Random) -> Iterator[tuple]:
        shape = self._shapes[name]
        if shape["type"] == "structure":
            for member in shape.get("required", []):
                if member in value:
                    yield f"no {where}/{member}", lambda v=value, m=member: v.pop(m)
                    yield f"{where}/{member} is null", lambda v=value, m=member: v.__setitem__(m, None)
            for member, kind in self._members(shape).items():
                for what, wrong in self._wrong(kind, rng):
                    yield f"{where}/{member} {what}", lambda v=value, m=member, w=wrong: v.__setitem__(m, w)
                if member in value:
                    yield from self._ways(kind, value[member], f"{where}/{member}", rng)
        elif shape["type"] == "list":
            for what, wrong in self._wrong(shape["member"], rng):
                yield f"{where}[0] {what}", lambda v=value, w=wrong: v.__setitem__(0, w)
            yield from self._ways(shape["member"], value[0], f"{where}[0]", rng)

    def _wrong(self, name: str, rng: random.Random) -> Iterator[tuple]:
        shape = self._shapes[name]
        kind = shape["type"]
        yield "has the wrong type", rng.choice(WRONG[kind])
        if "enum" in shape:
            yield "is not of its set", rng.choice(["NO_SUCH_VALUE", "", shape["enum"][0].lower()])
        elif kind == "string":
            if "max" in shape:
                yield "is too long", "x" * (shape["max"] + rng.choice([1, 1, 1000]))
            if shape.get("min", 0) > 0:
                yield "is too short", "x" * (shape["min"] - 1)
            if "pattern" in shape and not _matches(shape["pattern"], "?\t?"):
                yield "does not match", "?\t?"
        elif kind in ("integer", "long"):
            yield "is out of range", rng.choice([10**30, -(10**30)])
            if "max" in shape:
                yield "is too large", shape["max"] + 1
            if "min" in shape:
                yield "is too small", shape["min"] - 1
        elif kind == "list":
            if "max" in shape:
                yield "has too many elements", [self._valid(shape["member"], False)] * (shape["max"] + 1)
            if shape.get("min", 0) > 0:
                yield "has too few elements", []
