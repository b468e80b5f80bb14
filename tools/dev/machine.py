"""Describes the machine that figures were measured on: machine.py FOLDER (whose disk is measured)."""

import os
import pathlib
import platform
import statistics
import sys
import tempfile
import time

SYNCS = 500


def cpu_model() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def system() -> str:
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return f"{release}, kernel {platform.release()}"


def sync_microseconds(folder: str) -> list[float]:
    """How long it takes to append 1 KB and have it on the disk, each time."""
    block, times = os.urandom(1024), []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            started = time.perf_counter()
            os.write(file.fileno(), block)
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - started) * 1e6)
    return sorted(times)


def main(folder: str) -> None:
    times = sync_microseconds(folder)
    load = os.getloadavg()[0]
    print(f"machine   {cpu_model()}, {len(os.sched_getaffinity(0))} cores, {memory_gigabytes():.0f} GB memory, load {load:.1f}")
    print(f"system    {system()}")
    print(
        f"disk      append 1 KB + fdatasync: p50 {statistics.median(times):.0f} µs, p99 {times[int(SYNCS * 0.99)]:.0f} µs, "
        f"{1e6 * SYNCS / sum(times):.0f}/s"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ".")
