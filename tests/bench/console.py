"""How fast the console is: python3 tests/bench/console.py [--executions N]

Opens it in a browser on a server in memory, and prints milliseconds. Called by `./dev bench console`.
"""

import argparse
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests"), str(ROOT / "tests/console")]

from browser_process import Browser, cases, missing  # noqa: E402
from local.server import Server  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=200_000, help="in the list that is filtered")
    options = parser.parse_args()
    if reason := missing():
        print(reason)
        return 1
    os.environ["STEPWELL_EXECUTIONS"] = str(options.executions)
    failed = 0
    for case in cases("Speed"):
        with Server(arguments=["--store", "memory"]) as server, Browser(server.endpoint) as browser:
            answer = browser.run(f"Speed.{case}")
        print(case.replace("_", " "))
        for name, value in (answer["measured"] or {}).items():
            print(f"  {name:36} {value:>9,}")
        if answer["error"]:
            failed += 1
            print(f"  {answer['error']}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
