"""What ./dev fuzz does once the targets are built: runs them, shows how far they are, says what they found."""

import argparse
import os
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from runner.fuzz import Run, all_targets, program  # noqa: E402

UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def seconds_of(text: str) -> int:
    match = re.fullmatch(r"(\d+)([smh]?)", text)
    if not match or int(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no time; 90s, 30m and 2h are")
    return int(match[1]) * UNITS[match[2]]


def jobs_of(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of targets at once")
    return int(text)


def target_of(text: str) -> str:
    target = "fuzz_" + text.removeprefix("fuzz_")
    if target not in all_targets():
        names = ", ".join(one.removeprefix("fuzz_") for one in all_targets())
        raise argparse.ArgumentTypeError(f"there is no target '{text}'; there are: {names}")
    return target


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev fuzz", add_help=False)
    parser.add_argument("targets", nargs="*", type=target_of)
    parser.add_argument("--for", dest="seconds", type=seconds_of, default=60)
    parser.add_argument("--jobs", type=jobs_of, default=1)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--targets", dest="only_names", action="store_true")
    options = parser.parse_intermixed_args(arguments)
    options.targets = list(dict.fromkeys(options.targets)) or all_targets()
    return options


def shown_time(seconds: float) -> str:
    seconds = int(seconds)
    return f"{seconds // 3600}h{seconds // 60 % 60:02}m" if seconds >= 3600 else f"{seconds // 60}m{seconds % 60:02}s"


class Progress:
    """One line on a terminal; elsewhere a line a minute for each target."""

    def __init__(self):
        self._terminal = sys.stdout.isatty()
        self._every = 1 if self._terminal else 60
        self._last = time.monotonic()

    def show(self, runs: list[Run]) -> None:
        if time.monotonic() - self._last < self._every:
            return
        self._last = time.monotonic()
        lines = [self._line(run) for run in runs]
        if self._terminal:
            width = os.get_terminal_size().columns - 1
            print("\r\033[K" + " | ".join(lines)[:width], end="", flush=True)
        else:
            print(*lines, sep="\n", flush=True)

    def say(self, text: str) -> None:
        print(("\r\033[K" if self._terminal else "") + text, flush=True)

    @staticmethod
    def _line(run: Run) -> str:
        elapsed = shown_time(min(time.monotonic() - run.started, run.seconds))
        return f"{run.target}: {elapsed} of {shown_time(run.seconds)}, {run.state.inputs:,} inputs, coverage {run.state.coverage:,}"


def verdict(run: Run) -> str:
    done = f"{run.target}: {run.state.inputs:,} inputs in {shown_time(time.monotonic() - run.started)}, corpus {run.state.corpus:,}"
    return f"{done}, no finding" if run.passed else f"{done}, 1 finding"


def tell_finding(run: Run, progress: Progress) -> None:
    again = program(run.target).relative_to(ROOT)
    progress.say(f"    output: build/fuzz/{run.target}.log")
    if run.state.finding:
        finding = os.path.relpath(run.state.finding, ROOT)
        progress.say(f"    again:  {again} {finding}")
        progress.say(f"    to keep it as a test: cp {finding} tests/fuzz/corpus/{run.target.removeprefix('fuzz_')}/NAME")
    else:
        progress.say(f"    again:  {again} build/fuzz/{run.target}")


def run_all(options: argparse.Namespace) -> int:
    progress, waiting, running, over = Progress(), list(options.targets), [], []
    try:
        while waiting or running:
            while waiting and len(running) < options.jobs:
                running.append(Run(waiting.pop(0), options.seconds))
            time.sleep(0.2)
            for run in [run for run in running if run.is_over()]:
                running.remove(run)
                over.append(run)
                progress.say(verdict(run))
            progress.show(running)
    except KeyboardInterrupt:
        for run in running:
            run.stop()
            run.is_over()
            progress.say(f"{run.target}: {run.state.inputs:,} inputs, stopped")
    found = [run for run in over if not run.passed]
    for run in found:
        progress.say(f"{run.target}:")
        tell_finding(run, progress)
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if options.check:
        return 0
    if options.only_names:
        print(*options.targets, sep="\n")
        return 0
    return run_all(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
