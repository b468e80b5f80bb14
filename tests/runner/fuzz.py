"""Fuzz targets under the sanitizers: the suite runs each shortly (a case is one target, named fuzz/TARGET), ./dev fuzz
for as long as it is told."""

import contextlib
import dataclasses
import pathlib
import re
import subprocess
import time

from runner.build import ROOT, BuildBeside
from runner.suite import Suite

BUILD = ROOT / "build/asan"
CORPUS = ROOT / "tests/fuzz/corpus"
KEPT = ROOT / "build/fuzz"
CRASHES = KEPT / "crashes"


def all_targets() -> list[str]:
    """tests/fuzz/NAME_fuzz.cpp is the program fuzz_NAME, its seeds stand in corpus/NAME."""
    return sorted("fuzz_" + path.stem.removesuffix("_fuzz") for path in (ROOT / "tests/fuzz").glob("*_fuzz.cpp"))


def program(target: str) -> pathlib.Path | None:
    return next((path for path in BUILD.rglob(target) if path.is_file()), None)


@dataclasses.dataclass
class State:
    """What a run has come to, read from what libFuzzer says."""

    inputs: int = 0
    coverage: int = 0
    corpus: int = 0
    finding: str = ""  # the file that holds the input

    def read(self, line: str) -> None:
        if match := re.match(r"#(\d+)\s.*?cov: (\d+).*?corp: (\d+)/", line):
            self.inputs, self.coverage, self.corpus = (int(number) for number in match.groups())
        elif match := re.match(r"stat::number_of_executed_units:\s*(\d+)", line):
            self.inputs = int(match[1])
        elif match := re.search(r"Test unit written to (\S+)", line):
            self.finding = match[1]


class Run:
    """One target for some seconds. What it finds interesting is kept in build/fuzz/TARGET and read again next time."""

    def __init__(self, target: str, seconds: int):
        self.target, self.seconds, self.state = target, seconds, State()
        self.started = time.monotonic()
        corpus, seeds = KEPT / target, CORPUS / target.removeprefix("fuzz_")
        for folder in (corpus, CRASHES):
            folder.mkdir(parents=True, exist_ok=True)
        command = [str(program(target)), f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=2048", "-print_final_stats=1"]
        command += [f"-artifact_prefix={CRASHES}/{target}-", str(corpus), *([str(seeds)] if seeds.is_dir() else [])]
        self._log = KEPT / f"{target}.log"
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self._log.open("wb"), stderr=subprocess.STDOUT)
        self._read = self._log.open(errors="replace")

    def is_over(self) -> bool:
        """Reads on; a run that does not end in time is ended."""
        over = self._process.poll() is not None
        if not over and time.monotonic() - self.started > self.seconds + 120:
            self.stop()
            over = True
        for line in self._read:
            self.state.read(line)
        return over

    def wait(self, seconds: float) -> None:
        """For its end, so long at most."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def passed(self) -> bool:
        return self._process.returncode == 0

    def output(self) -> str:
        return self._log.read_text(errors="replace")


class Fuzz(Suite):
    """Its build takes long and goes on beside the scripts, which wait most of the time."""

    name = kind = "fuzz"
    rank, slow = 3, True

    def __init__(self, settings):
        self._settings = settings

    def _targets(self, selection) -> list[str]:
        return [case.removeprefix("fuzz/") for case in self.cases(selection)]

    def cases(self, selection) -> list[str]:
        return [case for case in (f"fuzz/{target}" for target in all_targets()) if selection.wants_case(case)]

    def begin(self, selection, pool) -> None:
        targets = self._targets(selection)
        self._pool = pool
        self._build = BuildBeside("asan", *targets) if targets and self._settings.build else None

    def run(self, selection, report) -> None:
        if self._build and (error := self._build.wait()):
            report.fails("fuzz/build", error)
            return
        for target, begun in [(target, self._pool.submit(self._run, target)) for target in self._targets(selection)]:
            run = begun.result()
            if run is None:
                report.fails(f"fuzz/{target}", f"the asan build has no program {target}")
            elif not run.passed:
                report.fails(f"fuzz/{target}", run.output())
            else:
                report.say(f"fuzz/{target}: {run.state.inputs} inputs in {run.seconds} s")
                report.passes(f"fuzz/{target}")

    def _run(self, target: str) -> Run | None:
        """Over; None when there is no such program."""
        if program(target) is None:
            return None
        run = Run(target, self._settings.fuzz_seconds)
        while not run.is_over():
            run.wait(0.2)
        return run
