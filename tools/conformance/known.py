"""tests/conformance/known_failures.txt: the cases that do not pass, each below the reason why not. It may only become
shorter."""

import dataclasses
import itertools
import pathlib

HEAD = """\
# Recorded cases that Stepwell does not pass: a reason, and the cases (SET/CASE) that it holds for. The list may only become
# shorter: a case that is not in it must pass, and one that passes must be taken out of it (python3 tools/conformance --update).
"""


def read(path: pathlib.Path) -> dict[str, str]:
    """The cases with their reasons."""
    cases, reason = {}, ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("  "):
            cases[line.strip()] = reason
        elif line and not line.startswith("#"):
            reason = line.removesuffix(":")
    return cases


def write(path: pathlib.Path, cases: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = HEAD
    for reason, group in itertools.groupby(sorted(cases, key=lambda case: (cases[case], case)), key=cases.get):
        text += f"\n{reason}:\n" + "".join(f"  {case}\n" for case in group)
    path.write_text(text, encoding="utf-8")


@dataclasses.dataclass
class Verdict:
    passed: set[str]  # pass, as they must
    known: set[str]  # fail, as the list says
    broken: set[str]  # fail, but must pass
    mended: set[str]  # pass, but are in the list
    unknown: set[str]  # are in the list, but were not run

    def is_good(self) -> bool:
        return not (self.broken or self.mended or self.unknown)


def judge(results: dict[str, bool], listed: set[str]) -> Verdict:
    passing = {case for case, passed in results.items() if passed}
    failing = results.keys() - passing
    return Verdict(
        passed=passing - listed,
        known=failing & listed,
        broken=failing - listed,
        mended=passing & listed,
        unknown=listed - results.keys(),
    )
