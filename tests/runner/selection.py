"""Which suites and cases are to run."""

import dataclasses
import re


@dataclasses.dataclass
class Settings:
    build: bool = True
    jobs: int = 2
    fuzz_seconds: int = 10


@dataclasses.dataclass
class Selection:
    filter: str = ""
    only: set[str] = dataclasses.field(default_factory=set)
    quick: bool = False

    def wants_suite(self, suite, kinds: set[str]) -> bool:
        """A filter that begins with a kind of suite ('unit/…') leaves the others out without asking them for their cases."""
        if self.only and not self.only & {suite.name, suite.kind}:
            return False
        if self.quick and suite.slow:
            return False
        named = re.match(r"\^?(\w+)(?:/|$)", self.filter)
        return not named or named[1] not in kinds or suite.kind == named[1]

    def wants_case(self, case: str) -> bool:
        return re.search(self.filter, case) is not None

    def is_everything(self) -> bool:
        return not self.filter
