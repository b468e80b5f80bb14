"""One walk through every operation of Step Functions, whatever the client: it calls `ask(operation, **parameters)`.

An operation that the client does not know, because it is older, is passed over.
"""

import json
import re
from typing import Callable

from local.wait import wait_until
from support.machines import activity_task, failing, passing, waiting
from support.target import unique
from walk import Unknown, Walker


def snake_case(operation: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", operation).lower()


class Walk(Walker):
    def __init__(self, ask: Callable, role: str):
        super().__init__(ask)
        self._role = role

    def run(self) -> None:
        for part in (self.machines, self.versions, self.aliases, self.tags, self.executions, self.express, self.activities, self.map_runs, self.checks):
            try:
                part()
            except Unknown:
                pass

    def create(self, definition: dict, **more) -> str:
        text = json.dumps(definition)
        return self.ask("CreateStateMachine", name=unique("walk"), definition=text, roleArn=self._role, **more)["stateMachineArn"]

    def start(self, machine: str) -> str:
        return self.ask("StartExecution", stateMachineArn=machine, input="{}")["executionArn"]

    def ended(self, execution: str) -> dict:
        def description():
            found = self.ask("DescribeExecution", executionArn=execution)
            return found if found["status"] != "RUNNING" else None

        return wait_until(description, f"{execution} to end")

    def machines(self) -> None:
        arn = self.create(passing(1))
        self.ask("UpdateStateMachine", stateMachineArn=arn, definition=json.dumps(passing(2)))
        assert json.loads(self.ask("DescribeStateMachine", stateMachineArn=arn)["definition"]) == passing(2)
        assert arn in [item["stateMachineArn"] for item in self.ask("ListStateMachines")["stateMachines"]]
        self.ask("DeleteStateMachine", stateMachineArn=arn)

    def versions(self) -> None:
        arn = self.create(passing(1))
        version = self.ask("PublishStateMachineVersion", stateMachineArn=arn)["stateMachineVersionArn"]
        listed = self.ask("ListStateMachineVersions", stateMachineArn=arn)["stateMachineVersions"]
        assert [item["stateMachineVersionArn"] for item in listed] == [version] == [f"{arn}:1"]
        self.ask("DeleteStateMachineVersion", stateMachineVersionArn=version)

    def aliases(self) -> None:
        arn = self.create(passing(1))
        version = self.ask("PublishStateMachineVersion", stateMachineArn=arn)["stateMachineVersionArn"]
        route = [{"stateMachineVersionArn": version, "weight": 100}]
        alias = self.ask("CreateStateMachineAlias", name="live", routingConfiguration=route)["stateMachineAliasArn"]
        self.ask("UpdateStateMachineAlias", stateMachineAliasArn=alias, description="d")
        assert self.ask("DescribeStateMachineAlias", stateMachineAliasArn=alias)["description"] == "d"
        assert len(self.ask("ListStateMachineAliases", stateMachineArn=arn)["stateMachineAliases"]) == 1
        self.ask("DeleteStateMachineAlias", stateMachineAliasArn=alias)

    def tags(self) -> None:
        arn = self.create(passing(1))
        self.ask("TagResource", resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        self.ask("UntagResource", resourceArn=arn, tagKeys=["a"])
        assert self.ask("ListTagsForResource", resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]

    def executions(self) -> None:
        arn = self.create(failing())
        execution = self.start(arn)
        assert self.ended(execution)["status"] == "FAILED"
        assert self.ask("DescribeStateMachineForExecution", executionArn=execution)["stateMachineArn"] == arn
        events = self.ask("GetExecutionHistory", executionArn=execution)["events"]
        assert [event["type"] for event in events] == ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]
        assert len(self.ask("ListExecutions", stateMachineArn=arn)["executions"]) == 1
        self.expect("ExecutionDoesNotExist", "StopExecution", executionArn=execution + "-gone")
        self.ask("StopExecution", executionArn=self.start(self.create(waiting())))
        self.ask("RedriveExecution", executionArn=execution)

    def express(self) -> None:
        arn = self.create(passing("now"), type="EXPRESS")
        assert self.ask("StartSyncExecution", stateMachineArn=arn, input="{}")["output"] == '"now"'

    def activities(self) -> None:
        arn = self.ask("CreateActivity", name=unique("walk"))["activityArn"]
        assert self.ask("DescribeActivity", activityArn=arn)["activityArn"] == arn
        assert arn in [item["activityArn"] for item in self.ask("ListActivities")["activities"]]
        machine = self.create(activity_task(arn))
        execution = self.start(machine)
        token = self.ask("GetActivityTask", activityArn=arn)["taskToken"]
        self.ask("SendTaskHeartbeat", taskToken=token)
        self.ask("SendTaskSuccess", taskToken=token, output='"done"')
        assert self.ended(execution)["output"] == '"done"'
        execution = self.start(machine)
        self.ask("SendTaskFailure", taskToken=self.ask("GetActivityTask", activityArn=arn)["taskToken"], error="E")
        assert self.ended(execution)["error"] == "E"
        self.ask("DeleteActivity", activityArn=arn)

    def map_runs(self) -> None:
        execution = self.start(self.create(passing(1)))
        self.ended(execution)
        run = execution.replace(":execution:", ":mapRun:").rsplit(":", 1)[0] + "/label:" + "0" * 36
        assert self.ask("ListMapRuns", executionArn=execution)["mapRuns"] == []
        self.expect("ResourceNotFound", "DescribeMapRun", mapRunArn=run)
        self.expect("ResourceNotFound", "UpdateMapRun", mapRunArn=run, maxConcurrency=1)

    def checks(self) -> None:
        assert self.ask("ValidateStateMachineDefinition", definition=json.dumps(passing(1)))["result"] == "OK"
        state = json.dumps({"Type": "Pass", "Result": 1, "End": True})
        assert self.ask("TestState", definition=state, roleArn=self._role, input="{}")["output"] == "1"

