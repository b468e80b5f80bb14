"""The runner of the recorded cases, taught one thing: what an execution has logged. It knows the step ("$wait_logs") but not
how to read a log group, so that step becomes a call of CloudWatch Logs here.

    with_logs.py RUN_SFN_CASES_PY ARGUMENT…
"""

import importlib.util
import json
import sys
from types import ModuleType

WAIT, READ = "$wait_logs", "FilterLogEvents"


def as_call(step: dict) -> dict:
    return {**step, "service": "logs", "op": READ} if step.get("op") == WAIT else step


def logged(client, group: str) -> dict:
    """What executions wrote to a group, by the ids of their events; the event that proves the delivery is no JSON object."""
    pages = client.get_paginator("filter_log_events").paginate(logGroupName=group)
    messages = [event["message"] for page in pages for event in page["events"]]
    events = [json.loads(message) for message in messages if message.startswith("{")]
    return {"events": sorted(events, key=lambda event: int(event["id"]))}


def teach(runner: ModuleType) -> None:
    load, foreign = runner.load, runner.Run.foreign

    def cases(folder):
        for case in load(folder):
            yield {**case, "steps": [as_call(step) for step in case.get("steps", [])]}

    def call(self, step):
        if step["op"] == READ:
            return logged(self.boto("logs"), self.sub(step["logGroupName"]))
        return foreign(self, step)

    runner.load, runner.Run.foreign = cases, call


def main(arguments: list[str]) -> int:
    spec = importlib.util.spec_from_file_location("run_sfn_cases", arguments[0])
    runner = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(runner)
    teach(runner)
    sys.argv = arguments
    return runner.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
