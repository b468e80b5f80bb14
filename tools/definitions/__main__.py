"""Validates definitions that others judged: python3 tools/definitions [--corpus FOLDER]

Every definition of a collection is in use and must be valid; of the others a linter said whether they are. Where Stepwell
differs, tests/conformance/definitions.txt must say why.

  --corpus FOLDER  where definitions/ and lint/ are (default: ../shared/conformance)
The last line is `N passed, N failed`.
"""

import argparse
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from definitions import differences, verdicts  # noqa: E402
from definitions.corpus import Definition, read  # noqa: E402
from local.server import program  # noqa: E402

LIST = ROOT / "tests/conformance/definitions.txt"


def shown(definition: Definition, errors: list[str]) -> str:
    return "; ".join(errors[:3]) if definition.valid else "Stepwell finds nothing wrong with it"


def print_agreement(definitions: list[Definition], differing: set[str]) -> None:
    sources: dict[str, list[bool]] = {}
    for definition in definitions:
        sources.setdefault(definition.id.split("/")[0], []).append(definition.id not in differing)
    for source, agreed in sorted(sources.items()):
        print(f"  {source:24} {sum(agreed):4} of {len(agreed):4} judged alike ({100 * sum(agreed) / len(agreed):.1f} %)")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="definitions", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=pathlib.Path, default=ROOT.parent / "shared/conformance", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    reasons = differences.read(LIST)
    definitions = read(options.corpus)
    errors = verdicts.judge(program(), [definition.text for definition in definitions])
    differing = {d.id: shown(d, e) for d, e in zip(definitions, errors) if d.valid == bool(e)}
    print_agreement(definitions, set(differing))
    unexplained = differing.keys() - reasons
    stale = reasons.keys() - differing
    for name in sorted(unexplained):
        print(f"FAIL {name}: {differing[name][:500]}")
    for name in sorted(stale):
        print(f"FAIL {name}: is in {LIST.relative_to(ROOT)}, but there is no difference any more")
    print(f"judged otherwise, with a reason: {len(differing) - len(unexplained)}")
    failed = len(unexplained) + len(stale)
    print(f"{len(definitions) - len(unexplained)} passed, {failed} failed")
    return 0 if definitions and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
