"""What three kinds of clients do to a server, each in a process of its own: boto3, the AWS CLI, and HTTP without a library.

A load counts its calls and reports what it did not expect. It runs as fast as it can, or at `rate` calls a second.
"""

import dataclasses
import json
import multiprocessing
import os
import subprocess
import time
import uuid

import boto3
from botocore.config import Config

from local.aws import REGION, ROLE, client_environment
from support import wire
from support.machines import activity_task, failing, machine, passing

FOREVER = float("inf")
CLI_PAUSE_SECONDS = 5
HTTP_CONNECTIONS = 8


@dataclasses.dataclass
class Control:
    """What a load and those who started it share."""

    stop: object = dataclasses.field(default_factory=multiprocessing.Event)
    calls: object = dataclasses.field(default_factory=lambda: multiprocessing.Value("Q", 0))
    rate: object = dataclasses.field(default_factory=lambda: multiprocessing.Value("d", FOREVER))
    errors: object = dataclasses.field(default_factory=multiprocessing.SimpleQueue)

    def counted(self, calls: int = 1) -> None:
        """Counts, and waits until the next call is due."""
        with self.calls.get_lock():
            self.calls.value += calls
        rate = self.rate.value
        if rate == FOREVER:
            self._due = None
            return
        self._due = max(getattr(self, "_due", None) or 0, time.monotonic() - 1) + calls / rate
        if (early := self._due - time.monotonic()) > 0:
            self.stop.wait(early)


class Boto3:
    """Workflows as an application has them: a Standard execution with a worker, a failing one, versions, tags, listings."""

    name = "boto3"

    def __init__(self, url: str, control: Control):
        self._control = control
        config = Config(retries={"total_max_attempts": 1}, inject_host_prefix=False)
        self._client = boto3.client(
            "stepfunctions", endpoint_url=url, region_name=REGION, config=config, aws_access_key_id="soak", aws_secret_access_key="soak"
        )

    def ask(self, operation: str, **parameters) -> dict:
        answer = getattr(self._client, operation)(**parameters)
        self._control.counted()
        return answer

    def refused(self, code: str, operation: str, **parameters) -> None:
        try:
            self.ask(operation, **parameters)
        except self._client.exceptions.ClientError as error:
            self._control.counted()
            if error.response["Error"]["Code"] == code:
                return
            raise
        raise AssertionError(f"{operation} is not refused")

    def ended(self, execution: str) -> dict:
        while (found := self.ask("describe_execution", executionArn=execution))["status"] == "RUNNING":
            if self._control.stop.is_set():
                break
        return found

    def round(self) -> None:
        name = uuid.uuid4().hex[:12]
        activity = self.ask("create_activity", name=name)["activityArn"]
        arn = self.ask("create_state_machine", name=name, definition=json.dumps(activity_task(activity)), roleArn=ROLE)["stateMachineArn"]
        for number in range(5):
            execution = self.ask("start_execution", stateMachineArn=arn, input=json.dumps({"n": number}))["executionArn"]
            token = self.ask("get_activity_task", activityArn=activity)["taskToken"]
            self.ask("send_task_heartbeat", taskToken=token)
            self.ask("send_task_success", taskToken=token, output=json.dumps("done" * 200))
            found = self.ended(execution)
            assert found["status"] == "SUCCEEDED" or self._control.stop.is_set(), found
            self.ask("get_execution_history", executionArn=execution)
        self.ask("tag_resource", resourceArn=arn, tags=[{"key": "k", "value": "v"}])
        self.ask("list_executions", stateMachineArn=arn)
        self.ask("list_state_machines", maxResults=20)
        self.ask("update_state_machine", stateMachineArn=arn, definition=json.dumps(failing()))
        self.ended(self.ask("start_execution", stateMachineArn=arn)["executionArn"])
        self.refused("ExecutionDoesNotExist", "describe_execution", executionArn=arn.replace(":stateMachine:", ":execution:") + ":gone")
        self.ask("delete_state_machine", stateMachineArn=arn)
        self.ask("delete_activity", activityArn=activity)


class Http:
    """Requests as bytes on a few connections at once: Express executions and their answers, Standard executions, wrong ones."""

    name = "http"

    def __init__(self, url: str, control: Control):
        self._control = control
        self._connections = [wire.connect(int(url.rsplit(":", 1)[1])) for _ in range(HTTP_CONNECTIONS)]
        steps = machine(("A", {"Type": "Pass", "Result": {"a": list(range(50))}}), ("B", {"Type": "Pass", "Parameters": {"n.$": "$.a[3]"}}))
        self._express, self._standard = self.create(steps, "EXPRESS"), self.create(passing({"ok": True}), "STANDARD")

    def create(self, definition: dict, kind: str) -> str:
        body = {"name": f"http-{uuid.uuid4().hex[:12]}", "definition": json.dumps(definition), "roleArn": ROLE, "type": kind}
        answer = self.ask(200, [wire.call("CreateStateMachine", body)])[0]
        return json.loads(answer.body)["stateMachineArn"]

    def ask(self, status: int, requests: list[bytes]) -> list[wire.Response]:
        """One request on each connection."""
        for connection, data in zip(self._connections, requests):
            connection.sendall(data)
        responses = [wire.read(connection) for connection, _ in zip(self._connections, requests)]
        self._control.counted(len(requests))
        for response in responses:
            assert response is not None and response.status == status, response
        return responses

    def round(self) -> None:
        for number in range(4):
            express = {"stateMachineArn": self._express, "input": json.dumps({"n": number})}
            for answer in self.ask(200, [wire.call("StartSyncExecution", express)] * HTTP_CONNECTIONS):
                assert json.loads(answer.body)["output"] == '{"n":3}', answer.body
        standard = {"stateMachineArn": self._standard, "input": json.dumps({"text": "x" * 300})}
        self.ask(200, [wire.call("StartExecution", standard)] * HTTP_CONNECTIONS)
        self.ask(400, [wire.call("StartExecution", b"{"), wire.call("DescribeStateMachine", {"stateMachineArn": "x"})])


class CommandLine:
    """A person at a terminal: now and then a command."""

    name = "aws"

    def __init__(self, url: str, control: Control):
        self._url, self._control = url, control
        self._environment = {**os.environ, **client_environment(url)}
        self._commands = [["list-state-machines", "--max-items", "5"], ["list-activities", "--max-items", "5"]]

    def round(self) -> None:
        for command in self._commands:
            done = subprocess.run(
                ["aws", "--endpoint-url", self._url, "stepfunctions", *command], env=self._environment, capture_output=True, text=True, timeout=60
            )
            self._control.counted()
            assert done.returncode == 0, done.stderr
            self._control.stop.wait(CLI_PAUSE_SECONDS)


def run(kind: type, url: str, control: Control) -> None:
    """The body of a load's process."""
    try:
        load = kind(url, control)
        while not control.stop.is_set():
            load.round()
    except Exception as error:  # whatever it is, it is what the soak is about
        if not control.stop.is_set():
            control.errors.put(f"{kind.name}: {type(error).__name__}: {error}")
