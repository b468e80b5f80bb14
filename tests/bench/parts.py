"""The parts, by Google Benchmark. Run by ./dev bench. Options that are not named here go to Google Benchmark."""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "build/release/tests/bench/stepwell_bench"


def times(file: pathlib.Path) -> dict[str, float]:
    """Processor nanoseconds of one iteration, by benchmark; of repetitions, the median."""
    units = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    found = {}
    for run in json.loads(file.read_text())["benchmarks"]:
        if run.get("aggregate_name", "median") == "median":
            found[run["run_name"]] = run["cpu_time"] * units[run["time_unit"]]
    return found


def compare(new: dict[str, float], old: dict[str, float]) -> None:
    print(f"\n{'benchmark':70} {'before':>12} {'now':>12} {'of before':>10}")
    for name, time in new.items():
        before = f"{old[name]:12,.0f} {time:12,.0f} {time / old[name]:9.2f}x" if name in old else f"{'':12} {time:12,.0f} {'new':>10}"
        print(f"{name:70} {before} ns")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--json", type=pathlib.Path, help="a file for what was measured")
    parser.add_argument("--compare", type=pathlib.Path, help="such a file of before: the ratio of each time is shown")
    options, others = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="stepwell-bench-") as folder:
        file = options.json or pathlib.Path(folder) / "figures.json"
        status = subprocess.run([PROGRAM, *others, f"--benchmark_out={file}", "--benchmark_out_format=json"], env=os.environ).returncode
        if status == 0 and options.compare:
            compare(times(file), times(options.compare))
    return status


if __name__ == "__main__":
    sys.exit(main())
