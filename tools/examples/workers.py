"""The processes that an example starts beside the server: activity workers."""

import os
import pathlib
import subprocess
import sys

from examples.manifest import Example
from local.aws import client_environment


class Workers:
    """Ends what it started when its block is left."""

    def __init__(self, endpoint: str, logs: pathlib.Path):
        self._endpoint = endpoint
        self._logs = logs
        self._processes: list[tuple[str, subprocess.Popen, pathlib.Path]] = []

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_):
        for _, process, _ in self._processes:
            process.terminate()
        for _, process, _ in self._processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, example: Example, values: dict[str, str]) -> None:
        for worker in example.workers:
            # Debian's Python, which runs this, has boto3; another one in PATH may not.
            command = [sys.executable if part == "python3" else part for part in worker.command]
            log = self._logs / f"worker-{worker.name}.log"
            with open(log, "ab") as out:
                process = subprocess.Popen(
                    command,
                    cwd=example.folder,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    env=os.environ | client_environment(self._endpoint) | values,
                )
            self._processes.append((worker.name, process, log))

    def dead(self) -> list[str]:
        """A line for each worker that ended by itself."""
        return [f"worker {name} ended with status {p.returncode}; see {log}" for name, p, log in self._processes if p.poll() is not None]
