"""Runs an execution of an example, tells what happens, and compares its end with what was expected."""

import dataclasses
import datetime
import json
import time
import urllib.error
import urllib.request

from examples.history import Narrator, details
from examples.manifest import Answer, Execution, Expectation, Request
from examples.placeholders import difference, fill_times
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

    def run(self, execution: Execution, state_machine: str, is_express: bool) -> Run:
        now = datetime.datetime.now(datetime.timezone.utc)
        text = json.dumps(fill_times(execution.input, now), ensure_ascii=False)
        name = f"{execution.name}-{now.strftime('%Y%m%d-%H%M%S-%f')}"
        run = Run(execution)
        if is_express:
            answer = self._client.states("StartSyncExecution", stateMachineArn=state_machine, name=name, input=text)
            run.arn, run.outcome = answer["executionArn"], Outcome.of(answer)
        else:
            run.arn = self._client.states("StartExecution", stateMachineArn=state_machine, name=name, input=text)["executionArn"]
            self._follow(run)
        if run.outcome:
            run.problem = compare(execution, run.outcome)
        return run

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
