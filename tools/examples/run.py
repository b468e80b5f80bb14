"""Runs an execution of an example, tells what happens, and compares its end with what was expected."""

import dataclasses
import datetime
import json
import time
import urllib.error
import urllib.request

from examples.history import Narrator, details
from examples.manifest import Answer, Example, Execution, Expectation, Request
from examples.placeholders import difference, fill_times
from examples.triggers import Trigger
from local.aws import Client
from local.wait import Timeout, wait_until


@dataclasses.dataclass
class Outcome:
    status: str
    output: str | None = None
    error: str | None = None
    cause: str | None = None

    @classmethod
    def of(cls, description: dict) -> "Outcome":
        return cls(*(description.get(field.name) for field in dataclasses.fields(cls)))


@dataclasses.dataclass
class Run:
    execution: Execution
    arn: str = ""
    outcome: Outcome | None = None
    problem: str | None = None  # how the end departs from what was expected
    messages: dict[str, list] = dataclasses.field(default_factory=dict)  # what was in the queues afterwards
    waiting_for: tuple[Answer, str] | None = None  # a person is to answer; the token


@dataclasses.dataclass
class RequestRun:
    request: Request
    status: int
    body: object
    problem: str | None = None
    arn: str = ""  # of the execution that it has started


def compare(execution: Execution, outcome: Outcome) -> str | None:
    return fault_of(execution.expect, outcome)


def fault_of(expected: Expectation, outcome: Outcome) -> str | None:
    if outcome.status != expected.status:
        why = f" ({outcome.error}: {outcome.cause})" if outcome.error else ""
        return f"it ended {outcome.status}, expected {expected.status}{why}"
    if expected.has_output:
        return difference(expected.output, json.loads(outcome.output) if outcome.output is not None else None, "output")
    for field in ("error", "cause"):
        if getattr(expected, field) is not None and (found := difference(getattr(expected, field), getattr(outcome, field), field)):
            return found
    return None


class Runner:
    """`say(text)` gets the story line by line. With `answers_itself` the runner is the person who is asked."""

    def __init__(self, client: Client, say, answers_itself: bool):
        self._client = client
        self._say = say
        self._answers_itself = answers_itself

    def run(self, example: Example, execution: Execution, values: dict[str, str]) -> Run:
        """`values` are what deploying the example has given."""
        now = datetime.datetime.now(datetime.timezone.utc)
        state_machine = values[f"{execution.state_machine}Arn"]
        given = fill_times(execution.input, now)
        run = Run(execution)
        if execution.started_by is not None:
            run.arn = Trigger(self._client, example).pull(execution, given, values)
            self._follow(run)
        else:
            start = {
                "stateMachineArn": state_machine,
                "name": f"{execution.name}-{now.strftime('%Y%m%d-%H%M%S-%f')}",
                "input": json.dumps(given, ensure_ascii=False),
            }
            if example.is_express(execution):
                answer = self._client.states("StartSyncExecution", **start)
                run.arn, run.outcome = answer["executionArn"], Outcome.of(answer)
            else:
                run.arn = self._client.states("StartExecution", **start)["executionArn"]
                self._follow(run)
        if run.outcome:
            for queue, expected in execution.expect.messages.items():
                run.messages[queue] = self._take_messages(values[f"{queue}Url"], len(expected))
            run.problem = compare(execution, run.outcome) or difference(execution.expect.messages, run.messages, "messages")
        return run

    def _take_messages(self, url: str, count: int) -> list:
        """All that are in the queue, as JSON; the `count` that are expected are waited for."""
        bodies = []
        while True:
            seconds = 5 if len(bodies) < count else 0
            messages = self._client.queues("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=seconds).get("Messages", [])
            for message in messages:
                bodies.append(json.loads(message["Body"]))
                self._client.queues("DeleteMessage", QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            if not messages:
                return bodies

    def ask(self, request: Request, url: str) -> RequestRun:
        data = json.dumps(request.body).encode() if request.body is not None else None
        asked = urllib.request.Request(url + request.path, data, {"Content-Type": "application/json"}, method=request.method)
        try:
            with urllib.request.urlopen(asked, timeout=request.timeout_seconds) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        run = RequestRun(request, status, json.loads(text))
        self._say(f"{status}  {text.decode()}")
        if status != request.expect.status:
            run.problem = f"the status is {status}, expected {request.expect.status}"
        else:
            run.problem = difference(request.expect.body, run.body, "body")
        if request.starts and not run.problem:
            self._follow_started(run)
        return run

    def _follow_started(self, run: RequestRun) -> None:
        run.arn = run.body["executionArn"]
        outcome = None

        def has_ended() -> bool:
            nonlocal outcome
            description = self._client.states("DescribeExecution", executionArn=run.arn)
            outcome = Outcome.of(description)
            return description["status"] != "RUNNING"

        try:
            wait_until(has_ended, "the execution to end", run.request.timeout_seconds, every=0.05)
            run.problem = fault_of(run.request.starts, outcome)
        except Timeout as error:
            run.problem = str(error)

    def _follow(self, run: Run) -> None:
        narrator, started = Narrator(), time.time()
        pending = {answer.state: answer for answer in run.execution.answers}

        def has_ended() -> bool:
            description = self._client.states("DescribeExecution", executionArn=run.arn)
            for event, line in narrator.news(self._history(run.arn)):
                if line:
                    self._say(f"{max(0.0, event['timestamp'] - started):6.2f} s  {line}")
                if event["type"] == "TaskSubmitted" and (answer := pending.pop(narrator.state_of(event), None)):
                    self._ask(run, answer, narrator, event)
            if description["status"] != "RUNNING":
                run.outcome = Outcome.of(description)
            return run.outcome is not None or run.waiting_for is not None

        try:
            wait_until(has_ended, "the execution to end", run.execution.timeout_seconds, every=0.1)
        except Timeout as error:
            run.problem = str(error)

    def _history(self, arn: str) -> list[dict]:
        events, token = [], None
        while True:
            more = {"nextToken": token} if token else {}
            page = self._client.states("GetExecutionHistory", executionArn=arn, maxResults=1000, **more)
            events += page["events"]
            token = page.get("nextToken")
            if not token:
                return events

    def _ask(self, run: Run, answer: Answer, narrator: Narrator, submitted: dict) -> None:
        scheduled = submitted
        while scheduled["type"] != "TaskScheduled":
            scheduled = narrator.event(scheduled["previousEventId"])
        token = json.loads(details(scheduled)["parameters"])
        for step in answer.token.split("."):
            token = token[step]
        if not self._answers_itself:
            run.waiting_for = (answer, token)
            return
        self._say(f"          answered: {json.dumps(answer.output)}")
        self._client.states("SendTaskSuccess", taskToken=token, output=json.dumps(answer.output))
