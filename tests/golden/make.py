"""Makes the data directory of the present format: python3 tests/golden/make.py NUMBER, with tools/ in PYTHONPATH.

Run once for each number of the format, by a program that writes it, and kept for ever: format-NUMBER.tar.gz beside this
file, with `golden.json` in it, which says what has to be found there.
"""

import base64
import io
import json
import pathlib
import sys
import tarfile
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tools"), str(HERE.parent)]

from local.aws import ROLE, Client  # noqa: E402
from local.server import Server  # noqa: E402
from local.wait import wait_until  # noqa: E402
from support.machines import activity_task, failing, machine, passing, waiting  # noqa: E402

FAR = "2088-12-31T00:00:00Z"
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:shout"


class Maker:
    def __init__(self, client: Client):
        self.client = client
        self.ended: dict[str, dict] = {}
        self.waiting: dict[str, str] = {}  # name of what is done in the end: ARN

    def states(self, operation: str, **parameters) -> dict:
        return self.client.states(operation, **parameters)

    def machine(self, name: str, definition: dict, **more) -> str:
        return self.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def start(self, arn: str, name: str, input) -> str:
        return self.states("StartExecution", stateMachineArn=arn, name=name, input=json.dumps(input))["executionArn"]

    def events(self, arn: str) -> list[dict]:
        return self.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]

    def has(self, arn: str, event: str, count: int = 1) -> None:
        wait_until(lambda: sum(e["type"] == event for e in self.events(arn)) >= count, f"{event} of {arn}")

    def end(self, arn: str) -> None:
        wait_until(lambda: self.states("DescribeExecution", executionArn=arn)["status"] != "RUNNING", f"{arn} to end")
        self.ended[arn] = {"description": self.states("DescribeExecution", executionArn=arn), "events": self.events(arn)}

    def task(self, activity: str) -> dict:
        return self.states("GetActivityTask", activityArn=activity, workerName="golden")

    def function(self) -> None:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("shout.py", "def handler(event, context):\n    return event['text'].upper()\n")
        self.client.functions("POST", "/2015-03-31/functions", {
            "FunctionName": "shout", "Runtime": "python3.11", "Handler": "shout.handler", "Role": ROLE,
            "Code": {"ZipFile": base64.b64encode(code.getvalue()).decode()},
        })  # fmt: skip

    def activity(self, name: str) -> str:
        return self.states("CreateActivity", name=name)["activityArn"]

    def make_ended(self) -> None:
        self.function()
        quick = self.machine("Quick", passing({"kept": "Grüße, 世界 🌍"}, ResultPath="$.greeting"))
        self.end(self.start(quick, "large", {"text": "x" * 30_000, "n": 12345678901234567890}))
        self.end(self.start(self.machine("Broken", failing()), "broken", [1, 2]))
        slow = self.machine("Slow", waiting())
        stopped = self.start(slow, "stopped", {})
        self.states("StopExecution", executionArn=stopped, error="Enough", cause="of this")
        self.end(stopped)
        shout = self.machine("Shout", machine(("Shout", {"Type": "Task", "Resource": LAMBDA}), ("Keep", {"Type": "Pass", "Assign": {"heard.$": "$"}})))
        self.end(self.start(shout, "shout", {"text": "hello"}))
        self.states("UpdateStateMachine", stateMachineArn=quick, definition=json.dumps(passing("newer")))

    def make_waiting(self) -> dict:
        activity, queued, trying = self.activity("by-hand"), self.activity("queued"), self.activity("trying")
        far = self.machine("Far", machine(("Until", {"Type": "Wait", "Timestamp": FAR})))
        self.waiting["far"] = self.start(far, "far", {"n": 1})
        self.has(self.waiting["far"], "WaitStateEntered")
        work = self.machine("Work", activity_task(activity))
        self.waiting["under way"] = self.start(work, "under-way", {"n": 2})
        token = self.task(activity)["taskToken"]
        self.waiting["queued"] = self.start(self.machine("Queued", activity_task(queued)), "queued", {"n": 3})
        each = {"StartAt": "Each", "States": {"Each": {"Type": "Task", "Resource": activity, "End": True}}}
        every = self.machine("Every", machine(("Every", {"Type": "Map", "ItemProcessor": each, "MaxConcurrency": 2})))
        self.waiting["map"] = self.start(every, "map", [{"n": n} for n in range(5)])
        for _ in range(2):
            task = self.task(activity)
            self.states("SendTaskSuccess", taskToken=task["taskToken"], output=task["input"])
        self.has(self.waiting["map"], "MapIterationSucceeded", 2)
        parent = self.machine("Parent", machine(("Child", {
            "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Parameters": {"StateMachineArn": work, "Name": "child", "Input": {"n": 4}},
        })))  # fmt: skip
        self.waiting["parent"] = self.start(parent, "parent", {})
        self.has(self.waiting["parent"], "TaskSubmitted")
        retry = [{"ErrorEquals": ["Again"], "IntervalSeconds": 99999, "MaxAttempts": 3}]
        self.waiting["retry"] = self.start(self.machine("Trying", activity_task(trying, Retry=retry)), "retry", {})
        self.states("SendTaskFailure", taskToken=self.task(trying)["taskToken"], error="Again", cause="not yet")
        self.has(self.waiting["retry"], "ActivityFailed")
        until = time.time() + 364 * 86_400  # an execution ends after a year
        return {"ended": self.ended, "waiting": self.waiting, "token": token, "activity": activity, "queued": queued, "until": until}


def main(number: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        with Server(data, log_path=f"{folder}/server.log") as server:
            maker = Maker(Client(server.endpoint))
            maker.make_ended()
            server.restart()  # what is there goes into files
            golden = maker.make_waiting()
            server.kill()  # the newest is in the log, as after a crash
        (data / "golden.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False))
        with tarfile.open(HERE / f"format-{number}.tar.gz", "w:gz", compresslevel=9) as archive:
            for file in sorted(data.rglob("*")):
                if file.is_file() and not file.name.startswith(("LOG", "OPTIONS")) and "functions" not in file.parts:
                    archive.add(file, file.relative_to(data))


if __name__ == "__main__":
    main(sys.argv[1])
