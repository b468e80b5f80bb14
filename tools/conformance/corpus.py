"""The recorded cases and their runner, which are no part of this project: a folder that holds run_sfn_cases.py and cases/."""

import dataclasses
import json
import pathlib
import re
import subprocess
import sys
import tempfile

WITH_LOGS = pathlib.Path(__file__).with_name("with_logs.py")


@dataclasses.dataclass
class Case:
    passed: bool
    area: str
    why: str


class Corpus:
    def __init__(self, folder: pathlib.Path, endpoint: str, lambda_port: int):
        self._folder = folder
        self._endpoint = endpoint
        self._lambda_port = lambda_port

    def run(self, name: str, settings: dict, only: set[str] | None = None) -> dict[str, Case]:
        """The cases of a set of tests/conformance/sets.json, or only some of them one at a time; by NAME/ID."""
        jobs = settings.get("jobs", 4) if only is None else 1
        pattern = settings.get("filter", "") if only is None else "^(?:" + "|".join(re.escape(case) for case in sorted(only)) + ")$"
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            command = [sys.executable, str(WITH_LOGS), str(self._folder / "run_sfn_cases.py"), "--endpoint", self._endpoint]
            command += ["--cases", str(self._folder / "cases"), "--lambda-listen", f"127.0.0.1:{self._lambda_port}"]
            command += ["--kind", settings["kind"], "--level", settings.get("level", "history"), "--filter", pattern]
            command += ["--jobs", str(jobs), "--max-wait", str(settings.get("max_wait", 12)), "--json", out.name, "--quiet"]
            if settings.get("with"):
                command += ["--with", settings["with"]]
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            try:
                results = json.load(open(out.name, encoding="utf-8"))["results"]
            except (ValueError, KeyError):
                raise RuntimeError(f"the runner of the cases ended with status {done.returncode}:\n{done.stdout[-2000:]}") from None
        return {f"{name}/{r['id']}": Case(r["pass"], r["id"].split("/")[0], " ".join(str(r["diff"]).split())) for r in results}
