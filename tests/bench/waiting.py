"""A million executions in a Wait state: what they cost in memory, how soon the server is ready again, whether timers keep
their time. Run by ./dev bench waiting.

Bounds (of a million; they hold for fewer all the more): 1.5 GB resident while they are started, 500 MB after a restart,
ready 5 s after it, the next timers fire within 100 ms.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tools"), str(HERE.parent)]

from local.aws import ROLE, Client  # noqa: E402
from local.server import Server  # noqa: E402
from local.wait import wait_until  # noqa: E402
from support.machines import machine  # noqa: E402

LOAD = HERE.parents[1] / "build/release/tests/bench/stepwell_load"
MB = 1 << 20


def resident(server: Server) -> int:
    """Bytes."""
    for line in pathlib.Path(f"/proc/{server.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def timestamp(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Measure:
    def __init__(self):
        self.bad = False

    def bound(self, what: str, value: float, bound: float, unit: str) -> None:
        within = value <= bound
        self.bad |= not within
        print(f"{what:45} {value:10.1f} {unit:3} {'of' if within else 'MORE THAN'} {bound:g}", flush=True)


class Peak:
    """The most memory that was resident in the block."""

    def __init__(self, server: Server):
        self.server, self.bytes = server, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self):
        while not self._done.wait(0.2):
            self.bytes = max(self.bytes, resident(self.server))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()


def lateness(client: Client, due: dict[str, float], since: float) -> list[float]:
    """Milliseconds from when each was due, of those that came due after `since`."""
    late = []
    for arn, when in due.items():
        found = {}

        def ended():
            found.update(client.states("DescribeExecution", executionArn=arn))
            return found["status"] != "RUNNING"

        wait_until(ended, f"{arn} to end", seconds=60)
        if when > since:
            late.append((found["stopDate"] - when) * 1000)
    return late


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench waiting", description=__doc__)
    parser.add_argument("--executions", type=int, default=1_000_000)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--sync", default="always", choices=["always", "interval"])
    options = parser.parse_args()
    measure = Measure()
    with tempfile.TemporaryDirectory(prefix="stepwell-waiting-") as folder:
        data = pathlib.Path(folder) / "data"
        with Server(data, log_path=f"{folder}/log", arguments=["--sync", options.sync]) as server:
            client = Client(server.endpoint)
            definition = json.dumps(machine(("Until", {"Type": "Wait", "TimestampPath": "$.until"})))
            arn = client.states("CreateStateMachine", name="waiting", definition=definition, roleArn=ROLE)["stateMachineArn"]
            far = json.dumps({"until": timestamp(time.time() + 86_400), "order": {"id": 4711, "text": "of a customer who waits"}})
            with Peak(server) as peak:
                settings = {"port": server.port, "machine": arn, "input": far, "count": options.executions, "connections": options.connections}
                subprocess.run([LOAD, "start", *(f"{name}={value}" for name, value in settings.items())], check=True)
            measure.bound("resident while they are started", peak.bytes / MB, 1536, "MB")
            size = sum(file.stat().st_size for file in data.rglob("*") if file.is_file())
            print(f"{'on disk, an execution':45} {size / options.executions:10.1f} B", flush=True)
            for how in ("kill -9", "a clean stop"):
                due = {}
                first = time.time() + 12
                for number in range(40):
                    when = round(first + number * 0.1, 3)
                    started = client.states("StartExecution", stateMachineArn=arn, input=json.dumps({"until": timestamp(when)}))
                    due[started["executionArn"]] = when
                server.kill() if how == "kill -9" else server.stop(60)
                began = time.monotonic()
                server.start(60)
                measure.bound(f"ready after {how}", (time.monotonic() - began) * 1000, 5_000, "ms")
                measure.bound(f"resident after {how}", resident(server) / MB, 500, "MB")
                late = lateness(client, due, time.time())
                measure.bound(f"{len(late)} timers after {how}, the latest", max(late), 100, "ms")
                measure.bound(f"{len(late)} timers after {how}, the earliest", -min(late), 0, "ms")
                measure.bound(f"resident when they have fired", resident(server) / MB, 500, "MB")
    return 1 if measure.bad else 0


if __name__ == "__main__":
    sys.exit(main())
