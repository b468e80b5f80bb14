"""python3 tests/bench/jsonata/compare.py PROGRAM [ROUNDS]

Compares the benchmarks of JSONata in PROGRAM (stepwell_bench) with the reference implementation, jsonata of npm in Node:
the same expressions over the same inputs, compiled once, by turns on the same machine. The median of the rounds counts.
"""

import json
import pathlib
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from support import npm  # noqa: E402

SOURCES = pathlib.Path(__file__).parent
PACKAGE = ROOT / "tests/differential/jsonata"
FOLDER = ROOT / "build/differential-jsonata"
SECONDS = 0.4


def ours(program: str) -> dict[str, float]:
    command = [program, "--benchmark_filter=^jsonata_evaluate/", "--benchmark_format=json", f"--benchmark_min_time={SECONDS}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    unit = {"ns": 1, "us": 1e3, "ms": 1e6}
    results = json.loads(done.stdout)["benchmarks"]
    return {result["name"].split("/")[1]: result["real_time"] * unit[result["time_unit"]] for result in results}


def theirs() -> dict[str, float]:
    shutil.copy(SOURCES / "reference.mjs", FOLDER / "bench.mjs")
    command = ["node", "bench.mjs", str(SOURCES / "workloads.json"), str(SECONDS)]
    return json.loads(subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=True).stdout)


def shown(nanoseconds: float) -> str:
    return f"{nanoseconds / 1000:.2f} µs"


def main(program: str, rounds: int) -> int:
    if reason := npm.install(PACKAGE, FOLDER):
        print(f"JSONata is not compared with its reference implementation: {reason}")
        return 0
    measured = [(ours(program), theirs()) for _ in range(rounds)]
    print(f"{'JSONata':16} {'Stepwell':>12} {'jsonata 2.0.6':>14} {'ratio':>7}")
    for name in measured[0][0]:
        here = statistics.median(round_[0][name] for round_ in measured)
        there = statistics.median(round_[1][name] for round_ in measured)
        print(f"{name:16} {shown(here):>12} {shown(there):>14} {there / here:6.1f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3))
