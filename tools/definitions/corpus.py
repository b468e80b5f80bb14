"""Definitions and what others say of them, which are no part of this project: a folder with definitions/ and lint/, files of
JSON lines {"id", "definition" or "definition_text", "valid"?}. Definitions of a collection are in use and so meant to be valid;
where a linter gives no verdict there is nothing to compare with."""

import dataclasses
import json
import pathlib
import re

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:Function"
# What stands for something else until a definition is deployed, by the name of the placeholder.
PLACEHOLDER = re.compile(r"\$\{([\w:.-]+)\}")
# What the linters' own examples call a resource; they do not judge it.
EXAMPLE_RESOURCES = {"foo:bar": LAMBDA, "arn:aws:swf:us-east-1:123456789012:task:X": LAMBDA}


@dataclasses.dataclass
class Definition:
    id: str
    text: str
    valid: bool  # in the eyes of others


def fill(text: str, stands_alone: bool) -> str:
    """Puts something in the place of the placeholders of a string of a definition."""
    if stands_alone:
        return LAMBDA
    return PLACEHOLDER.sub(lambda found: "aws" if "artition" in found[1] else found[1].replace(":", ""), text)


def filled(value):
    if isinstance(value, dict):
        return {key: fill_member(key, member) for key, member in value.items()}
    if isinstance(value, list):
        return [filled(element) for element in value]
    return fill(value, False) if isinstance(value, str) else value


def fill_member(key: str, value):
    if key.endswith("Seconds") and isinstance(value, str) and PLACEHOLDER.fullmatch(value):
        return 60  # the placeholder stood without quotation marks
    if key == "Resource" and isinstance(value, str):
        return EXAMPLE_RESOURCES.get(value) or fill(value, PLACEHOLDER.fullmatch(value) is not None)
    return filled(value)


def read(folder: pathlib.Path) -> list[Definition]:
    definitions = []
    for file in sorted([*folder.glob("definitions/*.jsonl"), *folder.glob("lint/*.jsonl")]):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            in_use = file.parent.name == "definitions"
            valid = True if in_use else case.get("valid")
            if valid is None:
                continue
            text = case.get("definition_text") or json.dumps(filled(case["definition"]), indent=2)
            definitions.append(Definition(case["id"], text, valid))
    return definitions
