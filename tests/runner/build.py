"""Building what a suite tests, through ./dev build; once for each preset and target."""

import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


@functools.cache
def build(preset: str, *targets: str) -> str | None:
    """None when it is built, else what the compiler said."""
    command = [str(ROOT / "dev"), "build", preset, *(targets or ("--all",))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    kept = []
    for line in process.stdout:
        kept.append(line)
        print(line, end="", flush=True)
    return None if process.wait() == 0 else "".join(kept[-200:])
