"""python3 tests/differential/jsonata [--seed SEED] [--count N] [--show N]

Evaluates N generated expressions with ./build/release/stepwell and with the reference implementation (jsonata of npm), and
prints where they differ; exit status 1 when they do. A case is repeated by its id, which is seed/number.
"""

import argparse
import collections
import itertools
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests"), str(ROOT / "tests/differential")]

from jsonata import compare, generator  # noqa: E402
from support import npm  # noqa: E402

BATCH = 5000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--show", type=int, default=20, metavar="N", help="differences to print")
    options = parser.parse_args()
    if reason := npm.install(pathlib.Path(__file__).parent, compare.FOLDER):
        print(f"there is no reference implementation to compare with: {reason}")
        return 2
    passed_over: collections.Counter = collections.Counter()
    outcomes: collections.Counter = collections.Counter()
    differing = 0
    questions = generator.questions(options.seed, options.count)
    while batch := list(itertools.islice(questions, BATCH)):
        for case in compare.answers(batch):
            outcomes[case.theirs.get("code") or next(iter(case.theirs))] += 1
            if compare.agree(case):
                continue
            if known := compare.filter_of(case):
                passed_over[known.name] += 1
                continue
            differing += 1
            if differing <= options.show:
                print(case)
    print("outcomes: " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print("passed over: " + (", ".join(f"{name} {count}" for name, count in passed_over.most_common()) or "none"))
    print(f"{outcomes.total() - differing} agree, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
