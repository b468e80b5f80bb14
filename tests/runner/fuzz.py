"""Short fuzz runs under the sanitizers: a case is one target of tests/fuzz, named fuzz/TARGET."""

import re
import subprocess

from runner.build import ROOT, build

BUILD = ROOT / "build/asan"
CORPUS = ROOT / "tests/fuzz/corpus"
KEPT = ROOT / "build/fuzz"


class Fuzz:
    name = kind = "fuzz"
    rank, slow = 4, True

    def __init__(self, settings):
        self._settings = settings

    def _targets(self) -> list[str]:
        """tests/fuzz/NAME_fuzz.cpp is the program fuzz_NAME, its seeds stand in corpus/NAME."""
        return sorted("fuzz_" + path.stem.removesuffix("_fuzz") for path in (ROOT / "tests/fuzz").glob("*_fuzz.cpp"))

    def cases(self, selection) -> list[str]:
        return [case for case in (f"fuzz/{target}" for target in self._targets()) if selection.wants_case(case)]

    def run(self, selection, report) -> None:
        targets = [case.removeprefix("fuzz/") for case in self.cases(selection)]
        if not targets:
            return
        if self._settings.build and (error := build("asan", *targets)):
            report.fails("fuzz/build", error)
            return
        for target in targets:
            self._run_target(target, report)

    def _run_target(self, target: str, report) -> None:
        program = next(BUILD.rglob(target), None)
        if program is None or not program.is_file():
            report.fails(f"fuzz/{target}", f"the asan build has no program {target}")
            return
        corpus, crashes = KEPT / target, KEPT / "crashes"
        corpus.mkdir(parents=True, exist_ok=True)
        crashes.mkdir(parents=True, exist_ok=True)
        seconds = self._settings.fuzz_seconds
        command = [str(program), f"-max_total_time={seconds}", "-timeout=5", "-rss_limit_mb=2048", "-print_final_stats=1"]
        command += [f"-artifact_prefix={crashes}/{target}-", str(corpus)]
        seeds = CORPUS / target.removeprefix("fuzz_")
        command += [str(seeds)] if seeds.is_dir() else []
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=seconds + 120
            )
        except subprocess.TimeoutExpired:
            report.fails(f"fuzz/{target}", f"did not end {seconds + 120} s after its start")
            return
        if done.returncode != 0:
            report.fails(f"fuzz/{target}", done.stdout)
            return
        runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stdout)
        report.say(f"fuzz/{target}: {runs[1] if runs else '?'} inputs in {seconds} s")
        report.passes(f"fuzz/{target}")
