"""Runs all tests: python3 tests/run.py [--quick] [--list] [--only SUITE,…] [--no-build] [FILTER]

Builds what is to be tested, runs the suites, counts every case, and ends with the line `N passed, N failed` (and
`, N skipped` if any). Called by `./dev test`, whose help describes the options.
"""

import argparse
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from runner import ctest, fuzz, house, scripts  # noqa: E402
from runner.report import Report  # noqa: E402
from runner.selection import Selection, Settings  # noqa: E402
from runner.suite import Suite, run_suites  # noqa: E402


def suites(settings: Settings) -> list[Suite]:
    """In the order in which they run: what fails fastest comes first."""
    return [house.HouseRules(), *scripts.discover(settings), ctest.UnitTests(settings), fuzz.Fuzz(settings)]


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="without the slow suites")
    parser.add_argument("--list", action="store_true", help="name the cases, run none")
    parser.add_argument("--only", default="", metavar="SUITE,…", help="these suites only")
    parser.add_argument("--no-build", action="store_true", help="test what is there")
    parser.add_argument("--url", default="", metavar="URL", help="the suite clients against what answers there, AWS included")
    parser.add_argument("--tls", action="store_true", help="the suite clients over TLS")
    parser.add_argument("--generated", type=int, default=2000, metavar="N", help="malformed requests of each kind (wire/test_generated)")
    parser.add_argument("--seed", type=int, default=2026, help="what they are made from")
    parser.add_argument("--program", default="", metavar="FILE", help="the program that the scripts test; build/asan/stepwell for instance")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="unit tests, or files of scripts, at once")
    parser.add_argument("--fuzz-seconds", type=int, default=10, help="for each fuzz target")
    parser.add_argument("filter", nargs="?", default="", metavar="FILTER", help="regular expression on the name of a case")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        re.compile(options.filter)
    except re.error as error:
        print(f"the filter {options.filter!r} is not a regular expression: {error}")
        return 2
    settings = Settings(build=not options.no_build, jobs=options.jobs, fuzz_seconds=options.fuzz_seconds)
    selection = Selection(options.filter, {name for name in options.only.split(",") if name}, options.quick)
    # Clients are Debian's, whatever else stands first in the caller's PATH; output is the same everywhere.
    os.environ["PATH"] = "/usr/bin:" + os.environ.get("PATH", "")
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if options.url:
        os.environ["STEPWELL_URL"] = options.url
    os.environ["STEPWELL_GENERATED"], os.environ["STEPWELL_SEED"] = str(options.generated), str(options.seed)
    if options.program:
        os.environ["STEPWELL_PROGRAM"] = str(pathlib.Path(options.program).resolve())
    if options.tls:
        os.environ["STEPWELL_TLS"] = "1"
    report = Report()
    everything = suites(settings)
    kinds = {suite.kind for suite in everything}
    chosen = [suite for suite in everything if selection.wants_suite(suite, kinds)]
    if options.list:
        for suite in chosen:
            for case in suite.cases(selection):
                print(case)
        return 0
    run_suites(chosen, selection, report, settings.jobs)
    return report.close(selection)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
