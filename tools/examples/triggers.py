"""Executions that nobody starts by hand: a rule starts them for an event, or a schedule when it is time."""

import datetime
import json
import time

from examples.manifest import Example, Execution, Schedule
from examples.placeholders import fill_times
from local.aws import ROLE, ApiError, Client
from local.wait import wait_until


class Trigger:
    def __init__(self, client: Client, example: Example):
        self._client = client
        self._schedules = {schedule.name: schedule for schedule in example.schedules}

    def pull(self, execution: Execution, given, values: dict[str, str]) -> str:
        """The ARN of the execution that is started; `given` is its event where a rule starts it."""
        since = time.time()
        if execution.started_by in self._schedules:
            self._put_schedule(self._schedules[execution.started_by], values)
        else:
            self._put_event(given)
        machine = values[f"{execution.state_machine}Arn"]
        return wait_until(lambda: self._started(machine, since), f"{execution.started_by} to start an execution", execution.timeout_seconds, every=0.1)

    def _put_event(self, event: dict) -> None:
        entry = {"Source": event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}
        self._client.events("PutEvents", Entries=[entry])

    def _put_schedule(self, schedule: Schedule, values: dict[str, str]) -> None:
        expression = fill_times(schedule.expression, datetime.datetime.now(datetime.timezone.utc))
        body = {
            "ScheduleExpression": expression.replace("Z)", ")"),  # its time zone is a field of its own
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {"Arn": values[f"{schedule.state_machine}Arn"], "RoleArn": ROLE, "Input": json.dumps(schedule.input)},
        }
        try:
            self._client.schedules("POST", schedule.name, body)
        except ApiError as error:
            if error.code != "ConflictException":
                raise
            self._client.schedules("PUT", schedule.name, body)

    def _started(self, machine: str, since: float) -> str | None:
        """The latest comes first."""
        latest = self._client.states("ListExecutions", stateMachineArn=machine, maxResults=1)["executions"]
        return latest[0]["executionArn"] if latest and latest[0]["startDate"] >= since - 0.001 else None
