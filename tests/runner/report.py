"""Counts cases and says at the end which failed, why, and how to run them again."""

import dataclasses
import os
import re
import sys
import time

OUTPUT_LINES = 40


@dataclasses.dataclass
class Failure:
    case: str
    output: str


class Report:
    def __init__(self, out=sys.stdout):
        self._out = out
        self._colour = out.isatty() and not os.environ.get("NO_COLOR")
        self.passed = 0
        self.skipped: list[tuple[str, str]] = []
        self.failures: list[Failure] = []

    def begin(self, suite: str) -> None:
        self._suite, self._started, self._took = suite, time.monotonic(), 0.0
        self._before = (self.passed, len(self.failures), len(self.skipped))

    def took(self, seconds: float) -> None:
        """Of work that went on beside other suites': counts instead of the time since the suite began."""
        self._took += seconds

    def end(self) -> None:
        passed, failed, skipped = (a - b for a, b in zip((self.passed, len(self.failures), len(self.skipped)), self._before))
        if passed + failed + skipped:
            text = f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
            self._print(self._paint("31" if failed else "32", f"{self._suite:24} {text}  ({self._took or time.monotonic() - self._started:.1f} s)"))

    def passes(self, case: str) -> None:
        self.passed += 1

    def fails(self, case: str, output: str) -> None:
        self.failures.append(Failure(case, output))
        self._print(self._paint("31", f"FAIL {case}"))

    def skips(self, case: str, reason: str) -> None:
        self.skipped.append((case, reason))

    def say(self, text: str) -> None:
        self._print(text)

    def close(self, selection) -> int:
        """The summary, and the exit status."""
        for case, reason in self.skipped:
            self._print(f"skipped {case}: {reason}")
        for failure in self.failures:
            self._print("")
            self._print(self._paint("31", f"FAILED {failure.case}"))
            for line in shorten(failure.output):
                self._print("    " + line)
            self._print(f"    again: ./dev test '{as_filter(failure.case)}'")
        total = self.passed + len(self.failures) + len(self.skipped)
        if total == 0 and not self.failures:
            self._print(f"no case is named like {selection.filter!r}" if selection.filter else "no tests ran")
        counts = f"{self.passed} passed, {len(self.failures)} failed" + (f", {len(self.skipped)} skipped" if self.skipped else "")
        self._print("")
        self._print(counts)
        return 1 if self.failures or total == 0 else 0

    def _paint(self, colour: str, text: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._colour else text

    def _print(self, text: str) -> None:
        print(text, file=self._out, flush=True)


def as_filter(case: str) -> str:
    """The name as a regular expression; its dots may stay, they match themselves."""
    return re.sub(r"([\\^$*+?()\[\]{}|])", r"\\\1", case)


def shorten(output: str) -> list[str]:
    """The beginning and the end of long output."""
    lines = output.rstrip().splitlines()
    if len(lines) <= OUTPUT_LINES:
        return lines
    half = OUTPUT_LINES // 2
    return [*lines[:half], f"… {len(lines) - 2 * half} lines …", *lines[-half:]]
