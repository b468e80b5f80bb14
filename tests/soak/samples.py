"""What a process holds, and whether that stays the same."""

import dataclasses
import os
import pathlib
import re
import statistics
import urllib.request

MB = 1 << 20
STORE_BUFFERS = ("stepwell_store_write_buffers_bytes", "stepwell_store_cache_bytes")


@dataclasses.dataclass(frozen=True)
class Sample:
    seconds: float
    resident: int  # bytes
    buffers: int  # of them, the store's write buffers and cache: they fill up to a bound of their own, whatever the load
    threads: int
    sockets: int
    files: int  # all other descriptors

    @property
    def own(self) -> int:
        return self.resident - self.buffers

    def __str__(self) -> str:
        return f"{self.resident / MB:6.1f} MB resident ({self.buffers / MB:.1f} of the store), {self.threads} threads, {self.sockets} sockets, {self.files} files"


def store_buffers(url: str) -> int:
    with urllib.request.urlopen(f"{url}/_stepwell/metrics", timeout=30) as answer:
        figures = dict(re.findall(r"^(\w+) (\S+)$", answer.read().decode(), re.MULTILINE))
    return int(sum(float(figures[name]) for name in STORE_BUFFERS))


def take(pid: int, seconds: float, buffers: int) -> Sample:
    status = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
    sockets = files = 0
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            is_socket = os.readlink(entry).startswith("socket:")
        except FileNotFoundError:  # closed since
            continue
        sockets, files = sockets + is_socket, files + (not is_socket)
    return Sample(seconds, int(status["VmRSS"].split()[0]) * 1024, buffers, int(status["Threads"]), sockets, files)


@dataclasses.dataclass(frozen=True)
class Room:
    """How much more there may be at the end than after the warm-up."""

    own: int = 4 * MB  # resident beside the store's buffers: what malloc leaves between what it gives
    sockets: int = 4
    files: int = 64  # the store's own come and go


def growth(samples: list[Sample], warm_up: float, room: Room) -> list[str]:
    """What has grown beyond its room between the first and the last quarter after the warm-up."""
    warm = [sample for sample in samples if sample.seconds >= warm_up]
    quarter = len(warm) // 4
    if quarter == 0:
        return ["there are too few samples"]

    def medians(of: str) -> tuple[float, float]:
        return tuple(statistics.median(getattr(sample, of) for sample in part) for part in (warm[:quarter], warm[-quarter:]))

    found = []
    before, after = medians("own")
    if after - before > room.own:
        found.append(f"memory beside the store's buffers grew from {before / MB:.1f} MB to {after / MB:.1f} MB")
    for of, allowed in (("threads", 0), ("sockets", room.sockets), ("files", room.files)):
        before, after = medians(of)
        if after - before > allowed:
            found.append(f"{of} grew from {before:g} to {after:g}")
    return found
