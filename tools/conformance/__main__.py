"""Runs the recorded cases: python3 tools/conformance [--corpus FOLDER] [--set NAME]… [--update] [--verbose]

Starts build/release/stepwell in memory, with the cases' functions served beside it, and compares what fails with
tests/conformance/known_failures.txt. A listed case that passes is a failure, and so is one that fails without being listed.

  --corpus FOLDER  where run_sfn_cases.py and cases/ are (default: ../shared/conformance)
  --set NAME       of tests/conformance/sets.json; all unless given
  --update         takes the cases that pass (or are gone) out of the list; adds none
  --verbose        also says why each known case fails
The last line is `N passed, N failed`.
"""

import argparse
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from conformance import known  # noqa: E402
from conformance.corpus import Case, Corpus  # noqa: E402
from local.server import Server, StartFailed, free_port  # noqa: E402

LIST = ROOT / "tests/conformance/known_failures.txt"
SETS = ROOT / "tests/conformance/sets.json"


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=pathlib.Path, default=ROOT.parent / "shared/conformance", help=argparse.SUPPRESS)
    parser.add_argument("--set", action="append", dest="sets", help=argparse.SUPPRESS)
    parser.add_argument("--update", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--verbose", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def run_sets(corpus: Corpus, sets: dict, listed: set[str]) -> dict[str, Case]:
    """Cases that disagree with the list get a second chance alone: many at once may be too much for a small machine."""
    cases: dict[str, Case] = {}
    for name, settings in sets.items():
        first = corpus.run(name, settings)
        again = {case for case, result in first.items() if not result.passed and case not in listed}
        if again and len(again) <= 50:
            second = corpus.run(name, settings, {case.removeprefix(f"{name}/") for case in again})
            for case in sorted(again):
                if case in second and second[case].passed:
                    print(f"passed at the second attempt: {case}")
            first |= second
        cases |= first
    return cases


def print_areas(cases: dict[str, Case]) -> None:
    areas: dict[str, list[bool]] = {}
    for case in cases.values():
        areas.setdefault(case.area, []).append(case.passed)
    for area, results in sorted(areas.items()):
        print(f"  {area:34} {sum(results):4} of {len(results):4}")
    if areas:
        print(f"  average of the areas {100 * sum(sum(r) / len(r) for r in areas.values()) / len(areas):.1f} %")


def print_disagreements(verdict: known.Verdict, cases: dict[str, Case]) -> None:
    for case in sorted(verdict.broken):
        print(f"FAIL {case}: {cases[case].why[:500]}")
    if verdict.broken:
        print("  → these must pass: they are not in tests/conformance/known_failures.txt, and the list may only become shorter")
    for case in sorted(verdict.mended):
        print(f"FAIL {case}: passes now, but is in the list")
    for case in sorted(verdict.unknown):
        print(f"FAIL {case}: is in the list, but there is no such case")
    if verdict.mended or verdict.unknown:
        print("  → take these out of the list: python3 tools/conformance --update")


def run_server(corpus: pathlib.Path, sets: dict, listed: set[str]) -> dict[str, Case]:
    lambda_port = free_port()
    with Server(arguments=["--store", "memory", "--endpoint", f"lambda=http://127.0.0.1:{lambda_port}"]) as server:
        return run_sets(Corpus(corpus, server.endpoint, lambda_port), sets, listed)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    sets = json.loads(SETS.read_text(encoding="utf-8"))
    sets = {name: sets[name] for name in options.sets or sets}
    everything = known.read(LIST)
    listed = {case for case in everything if case.split("/")[0] in sets}
    try:
        cases = run_server(options.corpus, sets, listed)
    except (StartFailed, RuntimeError) as error:
        print(f"error: {error}\n0 passed, 1 failed")
        return 1
    print_areas(cases)
    results = {name: case.passed for name, case in cases.items()}
    if options.update:
        mended = {name for name in listed if results.get(name, True)}
        known.write(LIST, {name: reason for name, reason in everything.items() if name not in mended})
        print(f"{LIST.relative_to(ROOT)} has {len(mended)} cases less")
        listed -= mended
    verdict = known.judge(results, listed)
    if options.verbose:
        for name in sorted(verdict.known):
            print(f"known {name}: {everything[name]}: {cases[name].why[:300]}")
    print_disagreements(verdict, cases)
    print(f"known to fail: {len(verdict.known)} of {len(cases)}")
    print(f"{len(verdict.passed)} passed, {len(verdict.broken | verdict.mended | verdict.unknown)} failed")
    return 0 if verdict.is_good() and cases else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
