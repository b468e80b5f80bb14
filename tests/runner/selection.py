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

    def wants_suite(self, suite) -> bool:
        """A filter that names a suite before its first slash leaves the others out without asking them for their cases."""
        if self.only and not self.only & {suite.name, suite.name.split("/")[0]}:
            return False
        if self.quick and suite.slow:
            return False
        named = re.match(r"\^?(\w+)/", self.filter)
        return not named or suite.name.split("/")[0] == named[1]

    def wants_case(self, case: str) -> bool:
        return re.search(self.filter, case) is not None

    def is_everything(self) -> bool:
        return not self.filter
