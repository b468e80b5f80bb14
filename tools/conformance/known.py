"""tests/conformance/known_failures.txt: the cases that do not pass yet, one id a line. It may only become shorter."""

import dataclasses
import pathlib

HEAD = """\
# Recorded cases that Stepwell does not pass yet: SET/CASE, one a line. The list may only become shorter: a case that is
# not in it must pass, and one that passes must be taken out of it (python3 tools/conformance --update).
"""


def read(path: pathlib.Path) -> set[str]:
    if not path.exists():
        return set()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("#")}


def write(path: pathlib.Path, cases: set[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(f"{case}\n" for case in sorted(cases)), encoding="utf-8")


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
