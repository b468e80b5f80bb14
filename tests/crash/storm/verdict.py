"""What is found of the acknowledged, when the server is up again: a glance after each start, everything at the end."""

import collections
import json
import subprocess
from typing import Callable

from local.aws import ApiError, Client
from local.server import program
from storm import places
from storm.kinds import KINDS, arn_of, expected_output
from storm.ledger import Answer, Execution, Ledger, Resource
from support import history
from witness import Doubled, Witness

ANSWERED = {"task": "ActivitySucceeded", "map": "ActivitySucceeded", "narrow-map": "ActivitySucceeded", "callback": "TaskSucceeded"}
GLANCES = 40
CHILDREN = {"parent": "child", "messenger": "errand"}  # which machine those of a kind start
STARTED_BY = {"parent": [None], "messenger": ["started", "awaited"]}  # with which `by` in the input


class Verdict:
    def __init__(self, client: Client, witness: Witness, ledger: Ledger):
        self._client = client
        self._witness = witness
        self._ledger = ledger
        self._told: dict[str, dict] = {}  # the outputs of messengers, with the ids of what they have sent
        self.messages = self.children = 0  # that were found
        self._definitions = {name: kind.definition() for name, kind in KINDS.items()}

    def glance(self) -> None:
        """What was acknowledged last is there."""
        for execution in self._ledger.take_recent()[-GLANCES:]:
            if execution.kind != "express":
                self._is_there(execution)

    def everything(self, progress: Callable[[int, int], None]) -> None:
        listed = self._lists()
        known = list(self._ledger.executions.values())
        for number, execution in enumerate(known):
            self._execution(execution, listed)
            progress(number + 1, len(known))
        for arn, item in listed.items():
            if arn.split(":")[6] not in CHILDREN.values() and item["name"] not in self._ledger.executions:
                self._wrong("doubled", f"{arn} was started by nobody")
        self._children(listed)
        self._messages(listed)
        for resource in self._ledger.resources:
            self._resource(resource)

    def check_data(self, data_dir) -> None:
        """Of the server, stopped by now."""
        done = subprocess.run([program(), "check", "--data-dir", str(data_dir)], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            self._wrong("unsound", f"stepwell check: {done.stdout}{done.stderr}")

    def _wrong(self, sort: str, text: str) -> None:
        self._ledger.problem(sort, text)

    # ----------------------------------------------------------------------------------------------------- executions

    def _lists(self) -> dict[str, dict]:
        listed = {}
        for kind in (name for name in KINDS if not KINDS[name].express):
            try:
                listed |= self._witness.executions(arn_of(kind))
            except Doubled as error:
                self._wrong("doubled", str(error))
            except ApiError as error:
                self._wrong("lost", str(error))
        return listed

    def _is_there(self, execution: Execution) -> dict | None:
        try:
            found = self._client.states("DescribeExecution", executionArn=execution.arn)
        except ApiError as error:
            self._wrong("lost", f"{execution.name}: {error}")
            return None
        if execution.started not in (None, found["startDate"]) or json.loads(found["input"]) != execution.input:
            self._wrong("lost", f"{execution.name} was acknowledged as of {execution.started} with {execution.input}, and is {found}")
        return found

    def _execution(self, execution: Execution, listed: dict[str, dict]) -> None:
        if execution.kind == "express":
            if execution.known and not self._ledger.noted[execution.name]:
                self._wrong("lost", f"{execution.name} was accepted and not run")
            return
        if execution.arn not in listed:
            if execution.known:
                self._wrong("lost", f"{execution.name} is in no list")
            return
        if (found := self._is_there(execution)) is None:
            return
        if listed[execution.arn]["status"] != found["status"]:
            self._wrong("wrong end", f"{execution.name} is {found['status']} and listed as {listed[execution.arn]['status']}")
        if execution.ended not in (None, found):
            self._wrong("lost", f"{execution.name} had ended as {execution.ended}, and is {found}")
        events = self._history(execution.arn, execution.kind, found["status"])
        self._stop(execution, found)
        if found["status"] == "ABORTED" and execution.stop_tried:
            answers = [answer for (name, _), given in self._ledger.answers.items() if name == execution.name for answer in given]
        else:
            answers = self._end(execution, found)
        self._answers(execution, answers, events)

    def _history(self, arn: str, kind: str, status: str) -> list[dict]:
        before = self._witness.seen(arn)
        events = self._witness.history(arn)
        for problem in history.problems(events, status, self._definitions[kind]):
            self._wrong("unsound", f"{arn}: {problem}\n{history.text(events)}")
        if events[: len(before)] != before:
            self._wrong("lost", f"{arn}: its history was\n{history.text(before)}\nand is\n{history.text(events)}")
        return events

    def _stop(self, execution: Execution, found: dict) -> None:
        if execution.stopped not in (None, found.get("stopDate")):
            self._wrong("lost", f"{execution.name} was stopped at {execution.stopped}, and is {found}")
        if execution.kind == "sleeper" and (found["status"], found.get("error")) != ("ABORTED", "Stopped"):
            self._wrong("lost" if execution.stopped else "wrong end", f"{execution.name} is {found}")

    def _end(self, execution: Execution, found: dict) -> list[Answer]:
        """Holds the end against what it should be; the answers that have made it."""
        name, input_ = execution.name, execution.input
        if execution.kind == "sleeper":
            return []
        if execution.kind == "messenger":
            self._expect(execution, found, {"status": "SUCCEEDED"})
            if "output" in found:
                self._told[execution.name] = json.loads(found["output"])
            return []
        if execution.kind in ("chain", "parent"):
            if not input_.get("good", True):
                self._expect(execution, found, {"status": "FAILED", "error": "Bad", "cause": "as its input said"})
            else:
                self._expect(execution, found, {"status": "SUCCEEDED", "output": expected_output(execution.kind, input_)})
            return []
        redriven = {"redriveCount": 1, "redriveDate": execution.redriven} if input_.get("refuse") else {"redriveCount": 0}
        self._expect(execution, found, {"status": "SUCCEEDED"} | redriven)
        if found["status"] != "SUCCEEDED":
            return []
        output, items = json.loads(found["output"]), input_.get("items")
        parts = {None: output} if items is None else dict(zip(items, output))
        if items is not None and len(output) != len(items):
            self._wrong("wrong end", f"{name} has {len(items)} items and {output}")
        return [answer for item, part in parts.items() for answer in self._answer(execution, item, part)]

    def _expect(self, execution: Execution, found: dict, expected: dict) -> None:
        for member, value in expected.items():
            actual = json.loads(found["output"]) if member == "output" and "output" in found else found.get(member)
            if actual != value:
                self._wrong("wrong end", f"{execution.name}: {member} should be {value}: {found}")

    def _answer(self, execution: Execution, item, part) -> list[Answer]:
        """The answer that a task's output is: the one that was acknowledged, or else one that was tried."""
        given = self._ledger.answers[execution.name, item]
        acknowledged = [answer for answer in given if answer.acknowledged and answer.output is not None]
        fitting = [answer for answer in given if answer.output == part]
        if acknowledged and acknowledged[0] not in fitting:
            self._wrong("lost", f"{execution.name}, {item}: {acknowledged[0]} was acknowledged, the output is {part}")
        elif not fitting:
            self._wrong("wrong end", f"{execution.name}, {item}: the output {part} is nobody's answer")
        return given

    def _answers(self, execution: Execution, answers: list[Answer], events: list[dict]) -> None:
        if not answers:
            return
        outputs = collections.Counter(
            event[member]["output"] for event in events for member in (f"{event['type'][0].lower()}{event['type'][1:]}EventDetails",)
            if event["type"] == ANSWERED[execution.kind]
        )
        refusals = sum(event["type"] == "ActivityFailed" for event in events)
        for answer in answers:
            times = refusals if answer.output is None else outputs[json.dumps(answer.output, separators=(", ", ": "))]
            if answer.acknowledged and times == 0:
                self._wrong("lost", f"{execution.name}: {answer} was acknowledged and is not in its history\n{history.text(events)}")
            if times > 1:
                self._wrong("doubled", f"{execution.name}: {answer} is {times} times in its history\n{history.text(events)}")
        by_task = collections.Counter(answer.output is None for answer in answers if answer.acknowledged)
        if by_task[True] > 1 or by_task[False] > len(execution.input.get("items", [None])):
            self._wrong("doubled", f"{execution.name} took more than one answer to a task: {answers}")

    def _children(self, listed: dict[str, dict]) -> None:
        """Each parent has started one, each messenger two."""
        started = collections.Counter()
        for arn, item in listed.items():
            kind = arn.split(":")[6]
            if kind in CHILDREN.values():
                found = self._client.states("DescribeExecution", executionArn=arn)
                given = json.loads(found["input"])
                started[given["name"], given.get("by")] += 1
                self.children += 1
                self._history(arn, kind, found["status"])
        for execution in self._ledger.executions.values():
            for by in STARTED_BY.get(execution.kind, ()) if execution.arn in listed else ():
                has_ended_well = listed[execution.arn]["status"] == "SUCCEEDED"
                if (count := started[execution.name, by]) > 1 or (has_ended_well and count == 0):
                    self._wrong("doubled" if count else "lost", f"{execution.name} has started {count} executions ({by})")

    def _messages(self, listed: dict[str, dict]) -> None:
        """In each queue is one of each messenger."""
        for queue, member in places.QUEUES.items():
            received = collections.defaultdict(list)
            try:
                for name, id_ in places.received(self._client, queue):
                    received[name].append(id_)
                    self.messages += 1
            except ApiError as error:
                self._wrong("lost", f"{queue}: {error}")
                continue
            for execution in self._ledger.executions.values():
                if execution.kind == "messenger" and execution.arn in listed:
                    self._message(execution, queue, member, received[execution.name])

    def _message(self, execution: Execution, queue: str, member: str | None, ids: list[str]) -> None:
        output = self._told.get(execution.name)
        if len(ids) > 1 or (output is not None and not ids):
            self._wrong("doubled" if ids else "lost", f"{execution.name} has {ids} in {queue}")
        elif output is not None and member is not None and ids != [output[member]["id"]]:
            self._wrong("wrong end", f"{execution.name} has {ids} in {queue}, and says {output[member]}")

    # -------------------------------------------------------------------------------------- machines, activities, tags

    def _resource(self, resource: Resource) -> None:
        try:
            actual = self._read(resource)
        except ApiError as error:
            if resource.exists or not error.code.endswith("DoesNotExist"):
                self._wrong("lost", f"{resource}: {error}")
            return
        if resource.exists is False:
            self._wrong("lost", f"{resource.arn} was deleted, and is there")
            return
        for what, number in actual.items():
            if not resource.acknowledged[what] <= number <= resource.tried[what]:
                self._wrong("lost", f"{resource}: its {what} is {number}")

    def _read(self, resource: Resource) -> dict[str, int]:
        actual = {}
        if ":activity:" in resource.arn:
            self._client.states("DescribeActivity", activityArn=resource.arn)
        else:
            found = self._client.states("DescribeStateMachine", stateMachineArn=resource.arn)
            actual["comment"] = json.loads(found["definition"])["States"]["Only"]["Result"]
        tags = self._client.states("ListTagsForResource", resourceArn=resource.arn)["tags"]
        actual["tag"] = int(tags[0]["value"]) if tags else 0
        return actual
