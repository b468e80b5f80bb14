"""Building what a suite tests, through ./dev build; once for each preset and target."""

import contextlib
import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT_LINES = 200


@functools.cache
def build(preset: str, *targets: str) -> str | None:
    """None when it is built, else what the compiler said."""
    command = [str(ROOT / "dev"), "build", preset, *(targets or ("--all",))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    kept = []
    for line in process.stdout:
        kept.append(line)
        print(line, end="", flush=True)
    return None if process.wait() == 0 else "".join(kept[-KEPT_LINES:])


class BuildBeside:
    """A build that leaves the cores to whatever else wants them. Silent until it is waited for."""

    def __init__(self, preset: str, *targets: str):
        self._log = ROOT / f"build/beside-{preset}.log"
        self._log.parent.mkdir(exist_ok=True)
        command = ["nice", str(ROOT / "dev"), "build", preset, *targets]
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)

    def wait(self) -> str | None:
        """None when it is built, else what the compiler said."""
        with open(self._log, errors="replace") as log:
            log.read()
            while self._process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(0.2)
                print(log.read(), end="", flush=True)
        return None if self._process.returncode == 0 else "\n".join(self._log.read_text(errors="replace").splitlines()[-KEPT_LINES:])
