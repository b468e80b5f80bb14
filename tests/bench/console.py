"""How fast the console is: python3 tests/bench/console.py [--executions N]

Opens it in a browser, and prints what took how long beside what it may take. Called by `./dev bench console`.
"""

import argparse
import gzip
import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests"), str(ROOT / "tests/console"), str(ROOT / "tests/bench")]

from browser_process import Browser, cases, missing  # noqa: E402
from local.server import Server  # noqa: E402
from workloads import FIVE_STATES, INPUT, Subject, load  # noqa: E402

FILES = ROOT / "build/console/files"
# What may take how many milliseconds: the first that a figure's name begins with.
BOUNDS = {
    "page loaded": 1_000,
    "event seen": 200,
    "history of 25,000": 2_000,
    "definition of 200 states laid out": 1_000,
    "filter": 500,
}


def show(name: str, value: float, unit: str = "ms") -> None:
    bound = next((bound for begins, bound in BOUNDS.items() if name.startswith(begins)), None)
    print(f"| {name} | {value:,} {unit} | {f'{bound:,} {unit}' if bound else ''} |", flush=True)


def show_sizes() -> None:
    """What a browser fetches for the first page, and all that there is; as it comes over the wire."""
    size = {path: len(gzip.compress(path.read_bytes(), 9)) for path in FILES.rglob("*") if path.is_file()}
    index = (FILES / "index.html").read_text(encoding="utf-8")
    first = [path for path in size if path.name == "index.html" or path.name in re.findall(r"assets/([\w.-]+)", index)]
    show("first page, compressed", sum(size[path] for path in first) // 1_000, "KB")
    show("everything, compressed", sum(size.values()) // 1_000, "KB")


def make_executions(server: Server, count: int) -> str:
    """A machine with so many executions; of the oldest, one has failed and one was given what the others were not."""
    subject = Subject(server)
    states = {
        "Which": {"Type": "Choice", "Choices": [{"Variable": "$.fails", "IsPresent": True, "Next": "Fail"}], "Default": FIVE_STATES["StartAt"]},
        "Fail": {"Type": "Fail", "Error": "Lost", "Cause": "The haystack is too high"},
    }
    arn = subject.create({"StartAt": "Which", "States": states | FIVE_STATES["States"]}, "STANDARD")
    for name, given in (("oldest-failed", {"fails": True}), ("the-oldest", {"n": 7, "says": "the needle"})):
        subject.client.states("StartExecution", stateMachineArn=arn, name=name, input=json.dumps(given))
    load("start", port=server.port, machine=arn, input=INPUT.replace(" ", ""), count=count - 2)
    subject.wait_for_all(arn)
    return arn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=200_000, help="in the list that is filtered")
    parser.add_argument("--store", choices=("rocksdb", "memory"), default="rocksdb")
    options = parser.parse_args()
    if reason := missing():
        print(reason)
        return 1
    failed = []
    print("| figure | measured | bound |\n| --- | --- | --- |")
    show_sizes()
    for case in cases("Speed"):
        with Server(arguments=["--store", options.store]) as server:
            if case == "a_list_of_many_executions":
                os.environ["STEPWELL_MACHINE"] = make_executions(server, options.executions)
                show("executions in the list", options.executions, "")
            with Browser(server.endpoint) as browser:
                answer = browser.run(f"Speed.{case}")
        for name, value in (answer["measured"] or {}).items():
            show(name, value)
        if answer["error"]:
            failed.append(f"{case}: {answer['error']}")
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
