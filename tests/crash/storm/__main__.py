"""python3 tests/crash/storm [--kills N] [--seed S] [--keep DIR] [-- OPTIONS OF stepwell serve]: see ./dev crash --help."""

import argparse
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests"), str(ROOT / "tests/crash")]

from storm import run  # noqa: E402


def count_of(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of kills")
    return int(text)


def parse(arguments: list[str]) -> argparse.Namespace:
    mine, server = arguments, []
    if "--" in arguments:
        at = arguments.index("--")
        mine, server = arguments[:at], arguments[at + 1 :]
    parser = argparse.ArgumentParser(prog="./dev crash", add_help=False)
    parser.add_argument("--kills", type=count_of, default=100)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(mine)
    options.server = server
    return options


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    return 0 if options.check else run.storm(options.kills, options.seed, options.server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
