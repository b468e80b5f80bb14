"""Clients and workers of a server that comes and goes. Each is a thread: starters, workers of the activity, one that answers
callbacks, one that changes machines, activities and tags, and observers, who look at executions, stop some and redrive those
that a worker refused. Who got no answer asks again, mostly; what an answer acknowledges goes into the ledger.
"""

import collections
import itertools
import json
import queue
import random
import threading

from local.aws import ROLE, ApiError, Client
from local.wait import wait_until
from storm.kinds import ACTIVITY, REFUSED, arn_of
from storm.ledger import Execution, Ledger, Resource
from support.fake_lambda import FakeLambda
from support.machines import passing
from witness import NO_ANSWER, Witness

MOST_OPEN = 250  # executions that observers have not seen ended: more are started when these come to their ends
OVER = {"ExecutionDoesNotExist", "StateMachineDoesNotExist", "ActivityDoesNotExist", "ResourceNotFound", "InvalidToken", "TaskDoesNotExist"}


class NoAnswer(Exception):
    """The request may have happened or not."""


class Load:
    def __init__(self, ledger: Ledger, seed: int):
        self.ledger = ledger
        self.up = threading.Event()  # the server answers
        self._no_more_starts = threading.Event()
        self._over = threading.Event()
        self._numbers = itertools.count(1)
        self._open: set[Execution] = set()  # not seen ended
        self._to_look_at: collections.deque[Execution] = collections.deque()
        self._callbacks: queue.SimpleQueue[dict] = queue.SimpleQueue()
        roles = [*[self._start] * 3, *[self._work] * 2, self._call_back, self._administer, *[self._observe] * 2]
        self._threads = [threading.Thread(target=self._run, args=(role, random.Random(f"{seed} {n}"))) for n, role in enumerate(roles)]

    def functions(self) -> FakeLambda:
        def note(payload):
            self.ledger.noted[payload["name"]] += 1

        return FakeLambda(ask=self._callbacks.put, note=note)

    def connect(self, endpoint: str) -> None:
        self.client = Client(endpoint)
        self.witness = Witness(self.client)

    def begin(self) -> None:
        self.up.set()
        for thread in self._threads:
            thread.start()

    def live(self, seconds: float) -> None:
        self._over.wait(seconds)

    def open_count(self) -> int:
        return len(self._open)

    def still_open(self) -> list[Execution]:
        return list(self._open)

    def settle(self, seconds: float) -> None:
        """Nothing new; what is open comes to its end. The server is up from here on."""
        self._no_more_starts.set()
        wait_until(lambda: not self._open or self.is_broken(), "all executions to end", seconds, every=0.1)

    def finish(self) -> None:
        self._no_more_starts.set()
        self._over.set()
        self.up.set()

    def join(self) -> None:
        """When the server is gone, for the last polls."""
        for thread in self._threads:
            thread.join()

    def is_broken(self) -> bool:
        return not all(thread.is_alive() for thread in self._threads) or self.ledger.problem_count() > 200

    def _run(self, role, rng: random.Random) -> None:
        while not self._over.is_set():
            try:
                role(rng)
            except NoAnswer:
                self.up.wait()
            except ApiError as error:
                self.ledger.problem("lost" if error.code in OVER else "wrong end", f"{role.__name__.strip('_')}: {error}")

    def _ask(self, operation: str, /, **parameters) -> dict:
        try:
            return self.client.states(operation, **parameters)
        except NO_ANSWER:
            raise NoAnswer from None

    def _until_answered(self, operation: str, /, **parameters) -> dict:
        while True:
            try:
                return self._ask(operation, **parameters)
            except NoAnswer:
                if self._over.is_set():
                    raise
                self.up.wait()

    # ------------------------------------------------------------------------------------------------------- starters

    def _start(self, rng: random.Random) -> None:
        if self._no_more_starts.is_set() or len(self._open) >= MOST_OPEN:
            self._over.wait(0.02)
            return
        execution = self.ledger.new_execution(rng)
        self._open.add(execution)
        request = {"stateMachineArn": arn_of(execution.kind), "name": execution.name, "input": json.dumps(execution.input)}
        try:
            if rng.random() < 0.8:
                self.ledger.started(execution, self._until_answered("StartExecution", **request))
            else:  # whoever gets no answer here does not ask again
                self.ledger.started(execution, self._ask("StartExecution", **request))
            if rng.random() < 0.3 and execution.kind != "express":
                self.ledger.started(execution, self._until_answered("StartExecution", **request))
        except ApiError as error:
            if error.code != "ExecutionAlreadyExists":
                raise
            execution.known = True  # it has ended meanwhile
        finally:
            if execution.kind == "express":
                self._open.discard(execution)
            else:
                self._to_look_at.append(execution)

    # -------------------------------------------------------------------------------------------------------- workers

    def _work(self, rng: random.Random) -> None:
        task = self._ask("GetActivityTask", activityArn=ACTIVITY, workerName="worker")
        if not task.get("taskToken"):
            return
        token, given = task["taskToken"], json.loads(task["input"])
        key = (given["name"], given.get("item"))
        self.ledger.handed_out(token, key)
        execution = self.ledger.executions[given["name"]]
        try:
            if rng.random() < 0.2:
                self._ask("SendTaskHeartbeat", taskToken=token)
            if execution.input.get("refuse") and not execution.redrive_tried:
                self._answer(key, token, None, rng)
            else:
                self._answer(key, token, {"by": next(self._numbers)}, rng)
        except ApiError as error:
            if error.code != "TaskTimedOut":  # the attempt is over, or an answer came without being acknowledged
                raise

    def _answer(self, key: tuple, token: str, output: dict | None, rng: random.Random) -> None:
        answer = self.ledger.answer(key, token, output)
        ask = self._until_answered if rng.random() < 0.5 else self._ask
        if output is None:
            ask("SendTaskFailure", taskToken=token, **REFUSED)
        else:
            ask("SendTaskSuccess", taskToken=token, output=json.dumps(output))
        answer.acknowledged = True
        self.ledger.count()

    def _call_back(self, rng: random.Random) -> None:
        try:
            call = self._callbacks.get(timeout=0.1)
        except queue.Empty:
            return
        key = (call["name"], None)
        if any(answer.acknowledged for answer in self.ledger.answers[key]):
            return  # the call was made again
        answer = self.ledger.answer(key, call["token"], {"by": next(self._numbers)})
        try:
            self._until_answered("SendTaskSuccess", taskToken=call["token"], output=json.dumps(answer.output))
        except ApiError as error:
            if error.code != "TaskTimedOut":
                raise
            return
        answer.acknowledged = True
        self.ledger.count()

    # ------------------------------------------------------------------------------------------------------ observers

    def _observe(self, rng: random.Random) -> None:
        try:
            execution = self._to_look_at.popleft()
        except IndexError:
            self._over.wait(0.02)
            return
        try:
            if not self._look(execution, rng):
                self._open.discard(execution)
        except ApiError as error:
            self._open.discard(execution)
            # Nobody was told that it exists, and nobody asks for it again.
            if error.code != "ExecutionDoesNotExist" or execution.known:
                raise
        finally:
            if execution in self._open:
                self._to_look_at.append(execution)

    def _look(self, execution: Execution, rng: random.Random) -> bool:
        """True when it has still to be looked at."""
        found = self._ask("DescribeExecution", executionArn=execution.arn)
        execution.known = True
        if rng.random() < 0.2:
            try:
                self.witness.history(execution.arn)
            except NO_ANSWER:
                raise NoAnswer from None
        if found["status"] == "RUNNING":
            # One that is refused is left alone: it goes on after its end, and has another one then.
            if execution.kind == "sleeper" or (not execution.input.get("refuse") and rng.random() < 0.02):
                self._stop(execution)
            return True
        if found["status"] == "FAILED" and execution.input.get("refuse") and execution.redriven is None:
            self._redrive(execution)
            return True
        execution.ended = found
        return False

    def _stop(self, execution: Execution) -> None:
        execution.stop_tried = True
        answer = self._until_answered("StopExecution", executionArn=execution.arn, error="Stopped", cause=execution.name)
        execution.stopped = answer["stopDate"]
        self.ledger.count()

    def _redrive(self, execution: Execution) -> None:
        execution.redrive_tried = True
        answer = self._until_answered("RedriveExecution", executionArn=execution.arn, clientToken=execution.name)
        execution.redriven = answer["redriveDate"]
        self.ledger.count()

    # -------------------------------------------------------------------------------------- machines, activities, tags

    def _administer(self, rng: random.Random) -> None:
        if self._no_more_starts.wait(0.02):
            self._over.wait(0.1)
            return
        there = [resource for resource in self.ledger.resources if resource.exists]
        if len(there) < 10:
            self._create(rng.choice(["stateMachine", "activity"]))
            return
        resource = rng.choice(there)
        is_machine = ":stateMachine:" in resource.arn
        rng.choice([self._tag, self._tag, self._update if is_machine else self._tag, self._delete])(resource)

    def _create(self, what: str) -> None:
        name = f"changing-{next(self._numbers)}"
        resource = self.ledger.new_resource(arn_of(name).replace(":stateMachine:", f":{what}:"))
        if what == "activity":
            self._until_answered("CreateActivity", name=name)
        else:
            self._until_answered("CreateStateMachine", name=name, definition=json.dumps(passing(0)), roleArn=ROLE)
        resource.exists = True
        self.ledger.count()

    def _tag(self, resource: Resource) -> None:
        self._raise(resource, "tag", lambda number: ("TagResource", {"resourceArn": resource.arn, "tags": [{"key": "n", "value": str(number)}]}))

    def _update(self, resource: Resource) -> None:
        self._raise(
            resource, "comment", lambda number: ("UpdateStateMachine", {"stateMachineArn": resource.arn, "definition": json.dumps(passing(number))})
        )

    def _raise(self, resource: Resource, what: str, request) -> None:
        number = resource.tried[what] = resource.tried[what] + 1
        operation, parameters = request(number)
        self._ask(operation, **parameters)
        resource.acknowledged[what] = number
        self.ledger.count()

    def _delete(self, resource: Resource) -> None:
        resource.exists = None
        if ":activity:" in resource.arn:
            self._until_answered("DeleteActivity", activityArn=resource.arn)
        else:
            self._until_answered("DeleteStateMachine", stateMachineArn=resource.arn)
        resource.exists = False
        self.ledger.count()
