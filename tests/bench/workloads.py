"""The server under load: W1 to W4, its latency alone, a slow disk, readers of history beside writers, its footprint. Run by
./dev bench load.

Each round measures every workload once, W1 also against a bare HTTP server and W2 against a bare log, so that what changes
the machine's speed changes both. The median of the rounds counts. Beside rates stands the processor time that the server spends on one
operation: it depends least on what else runs.
"""

import argparse
import contextlib
import dataclasses
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(HERE.parent)]

from local.aws import ACCOUNT, REGION, ROLE, Client  # noqa: E402
from local.server import Server, free_port, program  # noqa: E402
from local.wait import wait_until  # noqa: E402
from support.machines import machine  # noqa: E402

BUILT = ROOT / "build/release/tests/bench"
LOAD, BARE, BARE_LOG, SLOW_SYNC = (BUILT / name for name in ("stepwell_load", "stepwell_bare", "stepwell_bare_log", "libslow_sync.so"))

FIVE_STATES = {
    "StartAt": "Prepare",
    "States": {
        "Prepare": {"Type": "Pass", "Result": {"kind": "order"}, "ResultPath": "$.meta", "Next": "Decide"},
        "Decide": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Large"}],
            "Default": "Small",
        },
        "Large": {"Type": "Pass", "Parameters": {"n.$": "$.n", "size": "large"}, "Next": "Finish"},
        "Small": {"Type": "Pass", "Parameters": {"n.$": "$.n", "size": "small"}, "Next": "Finish"},
        "Finish": {"Type": "Pass", "End": True},
    },
}
MAP = {
    "StartAt": "Each",
    "States": {
        "Each": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": True}}},
            "End": True,
        }
    },
}
INPUT = json.dumps({"n": 7})
ITEMS = json.dumps({"items": list(range(1000))})


def processor_seconds(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid: int) -> int:
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def load(workload: str, **settings) -> dict:
    """What stepwell_load has measured."""
    command = [LOAD, workload, *(f"{name}={value}" for name, value in settings.items())]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


class Subject:
    """A server, and the machines that workloads run on it."""

    def __init__(self, server: Server):
        self.server = server
        self.client = Client(server.endpoint)
        self._names = 0

    def create(self, definition: dict, kind: str) -> str:
        self._names += 1
        created = self.client.states(
            "CreateStateMachine", name=f"load-{self._names}", type=kind, roleArn=ROLE, definition=json.dumps(definition)
        )
        return created["stateMachineArn"]

    def measured(self, workload: str, **settings) -> dict:
        before = processor_seconds(self.server.pid)
        result = load(workload, port=self.server.port, **settings)
        result["cpu_us"] = (processor_seconds(self.server.pid) - before) * 1e6 / result["operations"]
        return result

    def synchronous(self, arn: str, text: str, **settings) -> dict:
        """StartSyncExecution for three seconds; the first one, which nothing is ready for, does not count."""
        load("sync", port=self.server.port, machine=arn, input=text, seconds=1, warm=0, **settings)
        return rate_of(self.measured("sync", machine=arn, input=text, seconds=3, warm=0, **settings))

    def wait_for_all(self, arn: str) -> None:
        wait_until(lambda: not self.client.states("ListExecutions", stateMachineArn=arn, statusFilter="RUNNING", maxResults=1)["executions"], "all to end")

    def complete(self, arn: str, count: int, **settings) -> dict:
        """Starts executions until all of them have succeeded."""
        before, began = processor_seconds(self.server.pid), time.perf_counter()
        result = load("start", port=self.server.port, machine=arn, input=INPUT, count=count, **settings)
        self.wait_for_all(arn)
        took = time.perf_counter() - began
        return {"rate": count / took, "start_rate": count / result["seconds"], "cpu_us": (processor_seconds(self.server.pid) - before) * 1e6 / count}


def rate_of(result: dict) -> dict:
    return {"rate": result["operations"] / result["seconds"], **{key: result[key] for key in ("p50_us", "p99_us", "cpu_us") if key in result}}


def w1(subject: Subject) -> dict:
    figures = subject.synchronous(subject.create(FIVE_STATES, "EXPRESS"), INPUT)
    port = free_port()
    bare = subprocess.Popen([BARE, str(port)])
    try:
        wait_until(lambda: answers(port), "the bare server")
        figures["of_bare"] = figures["rate"] / rate_of(load("sync", port=port, machine="m", input="{}", seconds=3))["rate"]
    finally:
        bare.kill()
        bare.wait()
    return figures


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def w2(subject: Subject) -> dict:
    return subject.complete(subject.create(FIVE_STATES, "STANDARD"), 20_000)


def w2_of_log(subject: Subject) -> dict:
    """w2, what it leaves on disk, and its rate over that of a log with one record of as much for each execution."""
    count = 20_000
    figures = subject.complete(subject.create(FIVE_STATES, "STANDARD"), count)
    with tempfile.NamedTemporaryFile(dir=subject.server.data_dir) as log:
        bare = json.loads(subprocess.run([BARE_LOG, log.name, "2"], check=True, stdout=subprocess.PIPE).stdout)
    subject.server.stop(60)  # what is in memory goes to files
    store = sum(file.stat().st_size for file in (subject.server.data_dir / "store").glob("*.sst"))
    return {**figures, "of_log": figures["rate"] / (bare["operations"] / bare["seconds"]), "disk_bytes": store / count}


def latency(subject: Subject) -> dict:
    return rate_of(subject.measured("turn", machine=subject.create(FIVE_STATES, "STANDARD"), input=INPUT, count=2_000))


def w3(subject: Subject) -> dict:
    activity = subject.client.states("CreateActivity", name=f"load-{time.time_ns()}")["activityArn"]
    arn = subject.create(machine(("Work", {"Type": "Task", "Resource": activity, "TimeoutSeconds": 300})), "STANDARD")
    return rate_of(subject.measured("task", machine=arn, activity=activity, input=INPUT, count=10_000))


def w4(subject: Subject) -> dict:
    figures = subject.synchronous(subject.create(MAP, "EXPRESS"), ITEMS, connections=4)
    return {**figures, "item_ns": figures["cpu_us"]}


def form(subject: Subject, **fields) -> None:
    urllib.request.urlopen(subject.server.endpoint, urllib.parse.urlencode(fields).encode(), timeout=10).read()


def fan_out(subject: Subject, raw: bool, queues: int = 2) -> dict:
    name, attributes = f"load-{time.time_ns()}", {"Attributes.entry.1.key": "RawMessageDelivery", "Attributes.entry.1.value": str(raw).lower()}
    topic = f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}"
    form(subject, Action="CreateTopic", Version="2010-03-31", Name=name)
    for queue in (f"{name}-{number}" for number in range(queues)):
        form(subject, Action="CreateQueue", Version="2012-11-05", QueueName=queue)
        endpoint = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"
        form(subject, Action="Subscribe", Version="2010-03-31", TopicArn=topic, Protocol="sqs", Endpoint=endpoint, **attributes)
    figures = rate_of(subject.measured("sns", topic=topic, count=40_000 // queues if raw else 5_000))
    return {**figures, "messages": figures["rate"] * queues}


def sns(subject: Subject) -> dict:
    return fan_out(subject, raw=False)


def sns_raw(subject: Subject) -> dict:
    return fan_out(subject, raw=True)


def sns_raw_10(subject: Subject) -> dict:
    return fan_out(subject, raw=True, queues=10)


def tasks(subject: Subject) -> dict:
    """What a task of each kind costs the server, less a Pass in its place, beside the same call of a client."""
    name, steps = f"load-{time.time_ns()}", 10
    topic, bus_source = f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}", "load"
    url = subject.client.queues("CreateQueue", QueueName=name)["QueueUrl"]
    form(subject, Action="CreateTopic", Version="2010-03-31", Name=name)
    child = subject.create(machine(("Only", {"Type": "Pass"})), "STANDARD")

    def processor_us(state: dict) -> float:
        chain = machine(*((f"Step {number}", state) for number in range(steps)))
        return subject.complete(subject.create(chain, "STANDARD"), 1_000)["cpu_us"]

    def post(target: str, **body) -> float:
        return subject.measured("post", path="/", target=target, body=json.dumps(body), count=10_000)["cpu_us"]

    entry = {"Source": bus_source, "DetailType": "n"}
    kinds = {
        "sqs": ("sqs:sendMessage", {"QueueUrl": url, "MessageBody": "n"}, lambda: post("AmazonSQS.SendMessage", QueueUrl=url, MessageBody="n")),
        "sns": ("sns:publish", {"TopicArn": topic, "Message": "n"}, lambda: subject.measured("sns", topic=topic, count=10_000, bytes=1)["cpu_us"]),
        "events": ("events:putEvents", {"Entries": [entry | {"Detail": {}}]}, lambda: post("AWSEvents.PutEvents", Entries=[entry | {"Detail": "{}"}])),
        "nested": ("states:startExecution", {"StateMachineArn": child, "Input": {}}, lambda: subject.complete(child, 10_000)["cpu_us"]),
    }
    plain, figures = processor_us({"Type": "Pass"}), {}
    for kind, (resource, parameters, direct) in kinds.items():
        state = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters, "ResultPath": None}
        task, call = (processor_us(state) - plain) / steps, direct()
        figures |= {f"{kind}_task_us": task, f"{kind}_call_us": call, f"{kind}_of_call": task / call}
    return figures


def sqs(subject: Subject) -> dict:
    queue = subject.client.queues("CreateQueue", QueueName=f"load-{time.time_ns()}")["QueueUrl"]
    return rate_of(subject.measured("sqs", queue=queue, count=30_000))


def with_readers(subject: Subject) -> dict:
    """What W2 loses when 200 pages of 1,000 events are read a second. Both at half of what W2 reaches alone."""
    arn = subject.create(FIVE_STATES, "STANDARD")
    alone = subject.complete(arn, 10_000)
    long = machine(("Each", {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": MAP["States"]["Each"]["ItemProcessor"]}))
    read = subject.client.states("StartExecution", stateMachineArn=subject.create(long, "STANDARD"), input=ITEMS)["executionArn"]
    rate, count = int(alone["rate"] / 2), int(alone["rate"] * 2)
    paced = subject.complete(arn, count, rate=rate)
    seconds = 4 * 3
    reader = subprocess.Popen([LOAD, "pages", f"port={subject.server.port}", f"execution={read}", f"seconds={seconds}"], stdout=subprocess.PIPE)
    try:
        beside = subject.complete(arn, count, rate=rate)
    finally:
        reader.terminate()
        reader.wait()
    return {"loss": 1 - beside["rate"] / paced["rate"]}


@dataclasses.dataclass(frozen=True)
class Workload:
    run: object
    about: str
    slow_sync: bool = False


WORKLOADS = {
    "w1": Workload(w1, "Express, synchronous, five states, 64 connections"),
    "w2": Workload(w2_of_log, "Standard, five states, 64 connections, until all have succeeded"),
    "w2_latency": Workload(latency, "Standard, one connection, from the start to SUCCEEDED"),
    "w2_slow_sync": Workload(w2, "w2 with a sync made 1 ms slower", slow_sync=True),
    "w2_with_readers": Workload(with_readers, "w2 at half its rate beside 200 pages of history a second"),
    "w3": Workload(w3, "an activity's round trip, 16 starters, 16 workers"),
    "sqs": Workload(sqs, "a message of 256 bytes sent, received and deleted, 64 connections"),
    "w4": Workload(w4, "Map over 1,000 items, synchronous Express, 4 connections"),
    "sns": Workload(sns, "a message of 256 bytes published to two queues, signed, 64 connections"),
    "sns_raw": Workload(sns_raw, "the same delivered raw, and so not signed"),
    "sns_raw_10": Workload(sns_raw_10, "the same to ten queues"),
    "tasks": Workload(tasks, "Standard, ten tasks of a kind in a row, beside ten Pass states and the same calls of a client"),
}
UNITS = {"rate": "/s", "start_rate": "/s", "p50_us": "µs", "p99_us": "µs", "cpu_us": "µs", "item_ns": "ns", "of_bare": "", "of_log": "", "disk_bytes": "B", "loss": "", "messages": "/s"}
UNITS |= {f"{kind}_{figure}": unit for kind in ("sqs", "sns", "events", "nested") for figure, unit in (("task_us", "µs"), ("call_us", "µs"), ("of_call", ""))}


@contextlib.contextmanager
def serving(workload: Workload, cores: int | None):
    environment = {**os.environ, "LD_PRELOAD": str(SLOW_SYNC)} if workload.slow_sync else None
    pinned = ["taskset", "-c", f"0-{cores - 1}"] if cores else []
    with Server(environment=environment, wrapper=pinned) as server:
        yield Subject(server)


def footprint() -> dict:
    """Start to ready, memory of an idle server, size of the program without symbols."""
    with tempfile.TemporaryDirectory(prefix="stepwell-load-") as folder:
        stripped = pathlib.Path(folder) / "stepwell"
        subprocess.run(["strip", "-o", stripped, program()], check=True)
        data = pathlib.Path(folder) / "data"
        figures = {"stripped_mb": stripped.stat().st_size / 1e6}
        for figure in ("ready_first_ms", "ready_ms"):
            figures[figure], figures["idle_mb"], figures["private_mb"] = start_once(data)
        return figures


def start_once(data: pathlib.Path) -> tuple[float, float, float]:
    """Milliseconds until the server answers, megabytes that are then resident, and those of them that no file backs."""
    began = time.perf_counter()
    command = [program(), "serve", "--listen", "127.0.0.1:0", "--data-dir", data]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = next(line for line in server.stdout if " answers at " in line)
        with socket.create_connection(("127.0.0.1", int(said.partition("127.0.0.1:")[2].split()[0]))) as connection:
            connection.sendall(b"GET /_stepwell/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            if not connection.recv(4096).startswith(b"HTTP/1.1 200 "):
                raise AssertionError("the server is not well")
        ready = (time.perf_counter() - began) * 1e3
        pages = pathlib.Path(f"/proc/{server.pid}/statm").read_text().split()
        in_megabytes = os.sysconf("SC_PAGE_SIZE") / 1e6
        return ready, int(pages[1]) * in_megabytes, (int(pages[1]) - int(pages[2])) * in_megabytes
    finally:
        server.terminate()
        server.wait()


def measure(names: list[str], rounds: int, cores: int | None) -> dict[str, list[float]]:
    figures: dict[str, list[float]] = {}
    for number in range(rounds):
        for name in names:
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr, flush=True)
            if name == "footprint":
                result = footprint()
            else:
                with serving(WORKLOADS[name], cores) as subject:
                    result = WORKLOADS[name].run(subject)
            for figure, value in result.items():
                figures.setdefault(f"{name}.{figure}", []).append(value)
    return figures


def show(figures: dict[str, list[float]], old: dict[str, list[float]] | None) -> None:
    print(f"{'figure':26} {'median':>12} {'least':>12} {'most':>12}" + (f" {'of before':>10}" if old else ""))
    for name, values in figures.items():
        unit = UNITS.get(name.split(".")[1], name.rpartition("_")[2])
        median = statistics.median(values)
        line = f"{name:26} {median:12,.2f} {min(values):12,.2f} {max(values):12,.2f}"
        if old:
            line += f" {median / statistics.median(old[name]):9.2f}x" if name in old else f" {'new':>10}"
        print(f"{line} {unit}".rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [*WORKLOADS, "footprint"]
    about = "; ".join(f"{name}: {workload.about}" for name, workload in WORKLOADS.items())
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=f"all unless named ({about}; footprint)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cores", type=int, help="how many the server may use; the load takes what it finds")
    parser.add_argument("--json", type=pathlib.Path, help="a file for the figures of every round")
    parser.add_argument("--compare", type=pathlib.Path, help="such a file of before: the medians' ratio is shown")
    options = parser.parse_args()
    if unknown := set(options.workloads) - set(names):
        parser.error(f"there is no workload {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
    old = json.loads(options.compare.read_text())["figures"] if options.compare else None
    figures = measure(options.workloads or names, options.rounds, options.cores)
    show(figures, old)
    if options.json:
        options.json.write_text(json.dumps({"figures": figures}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
