"""Three kinds of clients at once at half the rate that they reach, for as long as asked: nothing of the server grows, and no
call is answered otherwise than expected. Run by ./dev soak.
"""

import argparse
import multiprocessing
import multiprocessing.connection
import pathlib
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tools"), str(HERE.parent), str(HERE)]

import loads  # noqa: E402
import samples  # noqa: E402
from local.server import Server  # noqa: E402

PACED = (loads.Boto3, loads.Http)  # the third is slow by nature
RETENTION_SECONDS = 10  # what has ended goes soon, so that there is a level to stay on
ASK_SECONDS = 10  # the page of metrics is large where there are many machines
UNITS = {"s": 1, "m": 60, "h": 3600}


def duration(text: str) -> float:
    match = re.fullmatch(r"(\d+)([smh])", text)
    if not match:
        raise argparse.ArgumentTypeError("expected a number with s, m or h behind it")
    return int(match[1]) * UNITS[match[2]]


class Soak:
    def __init__(self, server: Server, seconds: float, say=print):
        self._server, self._seconds, self._say = server, seconds, say
        self._controls = {kind: loads.Control() for kind in (*PACED, loads.CommandLine)}
        self._samples: list[samples.Sample] = []
        self._began = time.monotonic()
        self.problems: list[str] = []

    @property
    def warm_up(self) -> float:
        return self._seconds / 3

    def run(self) -> None:
        fork = multiprocessing.get_context("fork")
        processes = [fork.Process(target=loads.run, args=(kind, self._server.endpoint, control)) for kind, control in self._controls.items()]
        for process in processes:
            process.start()
        try:
            self._find_pace()
            self._watch()
        finally:
            for control in self._controls.values():
                control.stop.set()
            for process in processes:
                process.join(90)
                if process.is_alive():
                    process.kill()
        self._judge()

    def _find_pace(self) -> None:
        """Half of what all reach together in a tenth of the time."""
        pause = min(self._seconds / 10, 20)
        self._wait(1)  # all have begun
        before = self._calls()
        self._wait(pause)
        for kind, calls in self._calls().items():
            if kind in PACED:
                peak = (calls - before[kind]) / pause
                self._controls[kind].rate.value = max(peak / 2, 1)
                self._say(f"{kind.name}: {peak:,.0f} calls a second at most, {peak / 2:,.0f} from now on")

    def _watch(self) -> None:
        told, before = 0, self._calls()
        buffers, asked = 0, -ASK_SECONDS
        while (seconds := time.monotonic() - self._began) < self._seconds and self._is_well():
            if seconds - asked >= ASK_SECONDS:
                buffers, asked = samples.store_buffers(self._server.endpoint), seconds
            self._samples.append(samples.take(self._server.pid, seconds, buffers))
            self._wait(1)
            minute = int(seconds // 60)
            if minute > told:
                now = self._calls()
                rates = ", ".join(f"{kind.name} {(now[kind] - before[kind]) / 60:,.0f}/s" for kind in now)
                self._say(f"{minute:4} min  {self._samples[-1]}  {rates}")
                told, before = minute, now

    def _wait(self, seconds: float) -> None:
        multiprocessing.connection.wait([control.errors._reader for control in self._controls.values()], seconds)

    def _is_well(self) -> bool:
        return self._server.is_running() and all(control.errors.empty() for control in self._controls.values())

    def _calls(self) -> dict:
        return {kind: control.calls.value for kind, control in self._controls.items()}

    def _judge(self) -> None:
        for control in self._controls.values():
            while not control.errors.empty():
                self.problems.append(control.errors.get())
        if not self._server.is_running():
            self.problems.append(f"the server ended\n{self._server.log_tail()}")
        short = self._seconds < 300  # not everything has been used once by then
        room = samples.Room(own=16 * samples.MB) if short else samples.Room()
        self.problems += samples.growth(self._samples, self.warm_up, room)
        self.problems += [f"{kind.name} has made no call" for kind, calls in self._calls().items() if calls == 0]

    def summary(self) -> str:
        calls = ", ".join(f"{kind.name} {count:,}" for kind, count in self._calls().items())
        warm = [sample for sample in self._samples if sample.seconds >= self.warm_up]
        lines = [f"{sum(self._calls().values()):,} calls in {self._seconds:.0f} s: {calls}"]
        if warm:
            lines += [f"after the warm-up: {warm[0]}", f"at the end:        {warm[-1]}"]
            lines.append(f"at most:           {max(sample.resident for sample in warm) / samples.MB:6.1f} MB resident")
        return "\n".join(lines + (self.problems or ["nothing grew, every answer was as expected"]))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev soak", description=__doc__)
    parser.add_argument("--for", dest="seconds", type=duration, default=duration("15m"), metavar="15m", help="how long")
    options = parser.parse_args()
    with Server(arguments=["--retention", f"{RETENTION_SECONDS}s"]) as server:
        soak = Soak(server, options.seconds, say=lambda text: print(text, flush=True))
        soak.run()
    print(soak.summary())
    return 1 if soak.problems else 0


if __name__ == "__main__":
    sys.exit(main())
