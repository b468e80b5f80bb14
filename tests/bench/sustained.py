"""Executions by the million, deleted again by retention while more are started: whether the rate holds, what is on disk, and
what the store's compaction still has to do at the end. Run by ./dev bench sustained.

The debt is the time that compaction goes on for, and the bytes that it writes, after the last execution has been deleted.
"""

import argparse
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tools"), str(HERE.parent), str(HERE)]

import workloads  # noqa: E402
from local.server import Server  # noqa: E402
from local.wait import wait_until  # noqa: E402

SLICES = 10
QUIET = 3.0  # seconds without writing that end the wait for compaction


def written(pid: int) -> int:
    return next(int(line.split()[1]) for line in pathlib.Path(f"/proc/{pid}/io").read_text().splitlines() if line.startswith("write_bytes"))


def disk(data: pathlib.Path) -> int:
    total = 0
    for file in (data / "store").iterdir():
        try:
            total += file.stat().st_size
        except FileNotFoundError:  # deleted meanwhile
            pass
    return total


def settle(server: Server) -> tuple[float, int]:
    """Waits until the server writes no more: how long it still wrote, and how much."""
    began, first = time.monotonic(), written(server.pid)
    changed, last = began, first

    def is_quiet() -> bool:
        nonlocal changed, last
        now = written(server.pid)
        if now != last:
            changed, last = time.monotonic(), now
        return time.monotonic() - changed >= QUIET

    wait_until(is_quiet, "the store to be at rest", seconds=600)
    return changed - began, last - first


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench sustained", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=10_000_000)
    parser.add_argument("--retention", default="10s")
    options = parser.parse_args()
    each = options.executions // SLICES
    with tempfile.TemporaryDirectory(prefix="stepwell-sustained-") as folder:
        data = pathlib.Path(folder) / "data"
        with Server(data, log_path=f"{folder}/log", arguments=["--retention", options.retention]) as server:
            subject = workloads.Subject(server)
            arn = subject.create(workloads.FIVE_STATES, "STANDARD")
            print(f"{'executions':>12} {'a second':>10} {'CPU µs':>8} {'on disk MB':>11} {'resident MB':>12}")
            for number in range(1, SLICES + 1):
                figures = subject.complete(arn, each)
                print(
                    f"{number * each:12,} {figures['rate']:10,.0f} {figures['cpu_us']:8.1f} {disk(data) / 1e6:11,.1f}"
                    f" {workloads.resident_bytes(server.pid) / 1e6:12.1f}",
                    flush=True,
                )
            listed = {"stateMachineArn": arn, "maxResults": 1}
            wait_until(lambda: not subject.client.states("ListExecutions", **listed)["executions"], "retention", seconds=600)
            seconds, bytes_ = settle(server)
            print(f"after the last was deleted: {seconds:.1f} s and {bytes_ / 1e6:,.1f} MB written until all is at rest; {disk(data) / 1e6:,.1f} MB on disk")
    return 0


if __name__ == "__main__":
    sys.exit(main())
