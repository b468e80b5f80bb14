"""The program as a process: `with Server(data_dir=…) as server: …`."""

import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile
import urllib.error
import urllib.request

from local.wait import Timeout, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]


def program() -> str:
    """The program under test: $STEPWELL_PROGRAM, or the release build."""
    return os.environ.get("STEPWELL_PROGRAM", str(ROOT / "build/release/stepwell"))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def held_port() -> socket.socket:
    """Nobody else is given its port while it is open; who is told the port may listen there."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def next_free_port(first: int) -> int:
    return next(port for port in range(first, 65536) if is_free(port))


class StartFailed(Exception):
    pass


class Server:
    """`stepwell serve` on 127.0.0.1. Its output goes to `log_path`. Without a data directory it gets a temporary one, without
    a port it takes a free one and keeps it until its end. `wrapper` is a command that runs the program in its
    own place: ["nsenter", …]. With `authority`, the file of the authority of its certificate, its port speaks TLS: the
    arguments say with what."""

    def __init__(self, data_dir=None, port=None, arguments=(), log_path=None, environment=None, wrapper=(), authority=None):
        self._temporary = tempfile.TemporaryDirectory(prefix="stepwell-") if data_dir is None else None
        self.data_dir = pathlib.Path(data_dir or self._temporary.name)
        self._held = held_port() if port is None else None
        self.port = port or self._held.getsockname()[1]
        self.log_path = pathlib.Path(log_path or self.data_dir / "server.log")
        self._arguments = list(arguments)
        self._wrapper = list(wrapper)
        self._environment = environment
        self.authority = authority
        self._process = None

    def __enter__(self) -> "Server":
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        if self._held:
            self._held.close()
        if self._temporary:
            self._temporary.cleanup()

    @property
    def endpoint(self) -> str:
        return f"{'https' if self.authority else 'http'}://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, seconds: float = 30) -> "Server":
        if not os.access(program(), os.X_OK):
            raise StartFailed(f"{program()} is not there: ./dev build makes it")
        self.data_dir.mkdir(parents=True, exist_ok=True)
        command = [*self._wrapper, program(), "serve", "--listen", f"127.0.0.1:{self.port}", "--data-dir", str(self.data_dir)]
        with open(self.log_path, "ab") as log:
            self._process = subprocess.Popen(
                command + self._arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment, start_new_session=True
            )
        try:
            wait_until(lambda: not self.is_running() or self.is_healthy(), f"{' '.join(command)} to be ready", seconds)
        except Timeout as error:
            raise StartFailed(f"{error}\n{self.log_tail()}") from None
        if not self.is_running():
            raise StartFailed(f"{' '.join(command)} ended with status {self._process.returncode}\n{self.log_tail()}")
        return self

    def is_healthy(self) -> bool:
        try:
            context = ssl.create_default_context(cafile=self.authority) if self.authority else None
            with urllib.request.urlopen(self.endpoint + "/_stepwell/health", timeout=2, context=context) as response:
                return response.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def stop(self, seconds: float = 10) -> int | None:
        """Asks it to end, and makes it when it does not; its exit status."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        return self._process.returncode if self._process else None

    def kill(self) -> None:
        """As a crash ends it."""
        if self.is_running():
            self._process.kill()
            self._process.wait()

    def restart(self) -> "Server":
        self.stop()
        return self.start()

    def wait(self) -> int:
        return self._process.wait()

    def log_tail(self, lines: int = 20) -> str:
        try:
            return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return ""
