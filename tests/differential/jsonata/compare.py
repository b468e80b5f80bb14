"""Compares two evaluators' answers, and knows where the reference implementation is not to be followed."""

import dataclasses
import json
import math
import re
import subprocess
import tempfile
from collections.abc import Callable

from local.server import ROOT, program

FOLDER = ROOT / "build/differential-jsonata"


@dataclasses.dataclass
class Case:
    question: dict
    ours: dict
    theirs: dict

    def __str__(self) -> str:
        question, ours, theirs = (json.dumps(part, ensure_ascii=False) for part in (self.question, self.ours, self.theirs))
        return f"{question}\n    ours   {ours}\n    theirs {theirs}".encode("utf-8", "backslashreplace").decode()


@dataclasses.dataclass
class Filter:
    """A kind of difference that is no fault of ours, and why."""

    name: str
    reason: str
    applies: Callable[[Case], bool]


def without_fillings(value):
    if isinstance(value, list):
        return [] if value == [None] else [without_fillings(element) for element in value]
    if isinstance(value, str):
        return value.replace("[null]", "[]")
    return {key: without_fillings(member) for key, member in value.items()} if isinstance(value, dict) else value


def is_filled(case: Case) -> bool:
    return "result" in case.ours and "result" in case.theirs and is_same(without_fillings(case.ours["result"]), without_fillings(case.theirs["result"]))


def is_ecmascript(case: Case) -> bool:
    ours, theirs = (json.dumps(answer.get("result", "")).lower() for answer in (case.ours, case.theirs))
    has_picture = "$format" in case.question["expr"] or "$fromMillis" in case.question["expr"]
    return ("undefined" in theirs and "undefined" not in ours) or ("nan" in ours + theirs and has_picture)


def has_exponent(case: Case) -> bool:
    return "$format" in case.question["expr"] and re.search(r"\de\W*\+", str(case.theirs.get("result"))) is not None


def begins_like_number(case: Case) -> bool:
    return case.ours.get("code") == "D3030" and re.search(r'"(0[xX][0-9A-Fa-f]|.*0[oO][0-7]|.*0[bB][01]+"$)', case.ours["message"]) is not None


def goes_over_characters(case: Case) -> bool:
    theirs = case.theirs.get("result")
    return "undefined" in case.ours and isinstance(theirs, list) and all(isinstance(part, str) and len(part) == 1 for part in theirs)


def has_half_pair(case: Case) -> bool:
    return "\\ud8" in json.dumps(case.theirs).replace("\\ud83d\\ude00", "")


def takes_slash_for_regex(case: Case) -> bool:
    return case.theirs.get("code", "").startswith("S") and "code" not in case.ours and "/" in case.question["expr"]


def fails_twice(case: Case) -> bool:
    return "code" in case.ours and "code" in case.theirs and any(bracket in case.question["expr"] for bracket in "[{")


FILTERS = [
    # One of them: it writes into an empty array of the input when it makes an object over it, and the input is frozen.
    Filter("crash", "an exception of ECMAScript's, which says nothing about the language", lambda case: "crash" in case.theirs),
    Filter("filling", "the same in what a transformation works on, which is no input: [] becomes [null]", is_filled),
    Filter("names", "what is not there becomes the text undefined, what is no number NaN inside of a picture", is_ecmascript),
    Filter("exponent", "numbers from 1e21 stand with an exponent in the middle of a picture", has_exponent),
    Filter("prefix", "it takes a text that begins like a number in base 16 for one, which makes NaN", begins_like_number),
    Filter("characters", "a text that a constructor and its predicate leave over is gone over by its characters", goes_over_characters),
    Filter("halves", "it cuts characters beyond U+FFFF into their two halves", has_half_pair),
    Filter("marks", "a wildcard over a list meets the mark that makes the list a sequence", lambda case: "[*" in case.question["expr"]),
    Filter("base64", "Node decodes the low bytes of characters beyond Latin-1", lambda case: "$base64decode" in case.question["expr"]),
    Filter("slash", "a division behind [] or a transformation is read as a regular expression", takes_slash_for_regex),
    Filter("time", "the reference implementation takes too long", lambda case: "timeout" in case.theirs),
    Filter("order", "it evaluates the parts of constructors side by side: which of two errors comes first is a matter of time", fails_twice),
]


def is_same(a, b) -> bool:
    if isinstance(a, bool) or isinstance(b, bool) or type(a) not in (int, float) or type(b) not in (int, float):
        if type(a) is not type(b):
            return False
        if isinstance(a, list):
            return len(a) == len(b) and all(is_same(x, y) for x, y in zip(a, b, strict=True))
        if isinstance(a, dict):
            return a.keys() == b.keys() and all(is_same(a[key], b[key]) for key in a)
        return a == b
    return float(a) == float(b) or math.isclose(a, b, rel_tol=4e-16)


def agree(case: Case) -> bool:
    if "result" in case.theirs:
        return "result" in case.ours and is_same(case.ours["result"], case.theirs["result"])
    if "undefined" in case.theirs:
        return "undefined" in case.ours
    return case.ours.get("code") == case.theirs.get("code")


def filter_of(case: Case) -> Filter | None:
    return next((known for known in FILTERS if known.applies(case)), None)


def answers(questions: list[dict]) -> list[Case]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        for question in questions:
            file.write(json.dumps(question, ensure_ascii=False) + "\n")
        file.flush()
        lines = []
        for command, folder in (([program(), "eval", "jsonata-standard", "--jsonl"], ROOT), (["node", "reference.mjs"], FOLDER)):
            file.seek(0)
            done = subprocess.run(command, cwd=folder, stdin=file, capture_output=True, check=False)
            # Texts may hold U+2028 and others that Python takes for ends of lines.
            lines.append(done.stdout.decode("utf-8").split("\n")[:-1])
            if len(lines[-1]) != len(questions):
                number = len(lines[-1])
                raise RuntimeError(f"{command[0]} ended with status {done.returncode} at {json.dumps(questions[number])}: {done.stderr[-500:]}")
    return [Case(q, json.loads(ours), json.loads(theirs)) for q, ours, theirs in zip(questions, *lines, strict=True)]
