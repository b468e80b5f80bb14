"""Packages from npm, by the versions and hashes of a package-lock.json that stands beside the scripts that use them."""

import fcntl
import pathlib
import shutil
import subprocess

INSTALL_SECONDS = 240


def install(sources: pathlib.Path, folder: pathlib.Path) -> str | None:
    """Copies the scripts into `folder` and brings the packages there, unless they are there; why it cannot be done, or None."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            return f"{command} is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for pattern in ("*.mjs", "package*.json"):
            for file in sources.glob(pattern):
                shutil.copy(file, folder)
        return _install(folder, (sources / "package-lock.json").read_text(encoding="utf-8"))


def _install(folder: pathlib.Path, wanted: str) -> str | None:
    mark = folder / ".installed"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return None
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        return f"npm ci took longer than {INSTALL_SECONDS} s"
    if done.returncode != 0:
        return f"npm ci: {done.stderr.strip()[-300:]}"
    mark.write_text(wanted, encoding="utf-8")
    return None
