"""The runner of the recorded cases, taught two things. It knows the step "$wait_logs" but not how to read a log group, so that
step becomes a call of CloudWatch Logs here; and it does not know "$rule_to_sqs", a rule of EventBridge that sends to a queue.

    with_logs.py RUN_SFN_CASES_PY ARGUMENT…
"""

import importlib.util
import json
import sys
from types import ModuleType

WAIT, READ = "$wait_logs", "FilterLogEvents"
RULE = "$rule_to_sqs"


def as_call(step: dict) -> dict:
    return {**step, "service": "logs", "op": READ} if step.get("op") == WAIT else step


def logged(client, group: str) -> dict:
    """What executions wrote to a group, by the ids of their events; the event that proves the delivery is no JSON object."""
    pages = client.get_paginator("filter_log_events").paginate(logGroupName=group)
    messages = [event["message"] for page in pages for event in page["events"]]
    events = [json.loads(message) for message in messages if message.startswith("{")]
    return {"events": sorted(events, key=lambda event: int(event["id"]))}


def rule_to_queue(events, queues, pattern: dict, url: str) -> None:
    """A rule of the default bus, by the name of its queue, that has the queue as its target."""
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    name = arn.rsplit(":", 1)[1]
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])


def teach(runner: ModuleType) -> None:
    load, foreign = runner.load, runner.Run.foreign

    def cases(folder):
        for case in load(folder):
            yield {**case, "steps": [as_call(step) for step in case.get("steps", [])]}

    def call(self, step):
        if step["op"] == READ:
            return logged(self.boto("logs"), self.sub(step["logGroupName"]))
        if step["op"] == RULE:
            given = self.params(step["params"])
            rule_to_queue(self.boto("events"), self.boto("sqs"), given["pattern"], given["queueUrl"])
            return {}
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
