"""The kinds of executions: their definitions, the inputs that clients give them, and the ends they may come to."""

import dataclasses
import random
from typing import Callable

from local.aws import ACCOUNT, REGION
from support.fake_lambda import FakeLambda
from support.machines import activity_task, machine, waiting

ACTIVITY = f"arn:aws:states:{REGION}:{ACCOUNT}:activity:work"
# A task whose hand-out was lost with the server is noticed by its worker's silence.
AGAIN = [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 100_000, "BackoffRate": 1.0}]
REFUSED = {"error": "Refused", "cause": "the first time"}  # how a worker answers an input with "refuse", until it is redriven
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:storm"
ORDERED_TOPIC = f"{TOPIC}.fifo"
EVENT_SOURCE = "storm"


def arn_of(kind: str) -> str:
    return f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{kind}"


def queue_url(name: str) -> str:
    return f"http://localhost/{ACCOUNT}/{name}"


def task() -> dict:
    return activity_task(ACTIVITY, HeartbeatSeconds=2, Retry=AGAIN)


def mapped(**more) -> dict:
    selector = {"name.$": "$.name", "item.$": "$$.Map.Item.Value"}
    return machine(("Each", {"Type": "Map", "ItemsPath": "$.items", "ItemSelector": selector, "ItemProcessor": task()} | more))


def chain() -> dict:
    states = machine(
        ("Begin", {"Type": "Pass", "Result": "begun", "ResultPath": "$.state"}),
        ("Pause", {"Type": "Wait", "SecondsPath": "$.seconds"}),
        ("Choose", {"Type": "Choice", "Choices": [{"Variable": "$.good", "BooleanEquals": True, "Next": "Good"}], "Default": "Bad"}),
    )
    states["States"] |= {"Good": {"Type": "Succeed"}, "Bad": {"Type": "Fail", "Error": "Bad", "Cause": "as its input said"}}
    return states


def callback() -> dict:
    parameters = {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token", "name.$": "$.name"}}
    return machine(("Ask", {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": parameters}))


def parent() -> dict:
    parameters = {"StateMachineArn": arn_of("child"), "Input": {"name.$": "$.name", "seconds.$": "$.seconds", "good": True}}
    start = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": parameters}
    return machine(("Start", start | {"OutputPath": "$.Output"}))


def messenger() -> dict:
    """Tells its name in every way there is (places.py), and keeps the ids of what it has sent."""

    def tell(member: str, resource: str, id_: str, **parameters) -> tuple[str, dict]:
        task = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters}
        return member, task | {"ResultSelector": {"id.$": id_}, "ResultPath": f"$.{member}"}

    name = {"name.$": "$.name"}
    message = {"Message": name}
    event = {"Source": EVENT_SOURCE, "DetailType": "told", "Detail": name}
    refused = {"DetailType": "half", "Detail": name}  # of nobody: the task fails with it, and the other one is sent
    halved, failing = tell("halved", "events:putEvents", "$.Entries", Entries=[event | {"DetailType": "half"}, refused])
    failing |= {"Catch": [{"ErrorEquals": ["EventBridge.FailedEntry"], "ResultPath": "$.halved", "Next": "started"}]}
    ordered = message | {"MessageGroupId.$": "$.name", "MessageDeduplicationId.$": "$.name"}
    child = {"StateMachineArn": arn_of("errand")}
    return machine(
        tell("sent", "sqs:sendMessage", "$.MessageId", QueueUrl=queue_url("sent"), MessageBody=name),
        tell("published", "sns:publish", "$.MessageId", TopicArn=TOPIC, **message),
        tell("ordered", "sns:publish", "$.MessageId", TopicArn=ORDERED_TOPIC, **ordered),
        tell("event", "events:putEvents", "$.Entries[0].EventId", Entries=[event]),
        (halved, failing),
        tell("started", "states:startExecution", "$.ExecutionArn", **child, Input=name | {"by": "started"}),
        tell("awaited", "states:startExecution.sync:2", "$.ExecutionArn", **child, Input=name | {"by": "awaited"}),
    )


def errand() -> dict:
    return machine(("Run", {"Type": "Pass", "Result": "done", "ResultPath": "$.state"}))


def nothing(rng: random.Random) -> dict:
    return {}


def pause(rng: random.Random) -> dict:
    return {"seconds": rng.choice([0, 0, 1, 2])}


@dataclasses.dataclass(frozen=True)
class Kind:
    definition: Callable[[], dict]
    weight: int  # how often it is started among the others
    input: Callable[[random.Random], dict] = nothing  # besides its name
    express: bool = False


KINDS = {
    "chain": Kind(chain, 5, lambda rng: pause(rng) | {"good": rng.random() < 0.7}),
    "task": Kind(task, 5, lambda rng: {"refuse": rng.random() < 0.3}),
    "map": Kind(mapped, 2, lambda rng: {"items": list(range(rng.randrange(1, 6)))}),
    "narrow-map": Kind(lambda: mapped(MaxConcurrency=2), 1, lambda rng: {"items": list(range(rng.randrange(1, 6)))}),
    "callback": Kind(callback, 3),
    "parent": Kind(parent, 1, pause),
    "messenger": Kind(messenger, 4),
    "sleeper": Kind(waiting, 2),
    "express": Kind(lambda: machine(("Note", {"Type": "Task", "Resource": FakeLambda.arn("note")})), 2, express=True),
    "child": Kind(chain, 0),
    "errand": Kind(errand, 0),
}


def expected_output(kind: str, input_: dict) -> dict:
    """Of the kinds whose end nobody but their definition decides."""
    given = {"name": input_["name"], "seconds": input_["seconds"], "good": True} if kind == "parent" else input_
    return given | {"state": "begun"}
