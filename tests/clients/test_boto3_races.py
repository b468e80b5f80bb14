"""Requests that meet: many ask for one name, stop or redrive one execution, answer what is being stopped; and what executions
do at their bounds, with their tasks. Redriving goes over the wire, for older SDKs do not know it.
"""

import concurrent.futures
import json
from typing import Callable

from local.aws import ApiError, Client
from support.machines import activity_task, failing, machine, passing, waiting
from support.target import ServiceCase, unique

CALLERS = 6
ROUNDS = 15


def at_once(*calls: Callable) -> list:
    """What each returns, or the error that it raises."""

    def outcome(call):
        try:
            return call()
        except Exception as error:
            return error

    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(outcome, calls))


class MeetingCase(ServiceCase):
    own_server_only = True

    def setUp(self):
        self.activity = self.create_activity()
        self.wire = Client(self.target.url, authority=self.target.authority)

    def redrive(self, execution: str, **more) -> float:
        return self.wire.states("RedriveExecution", executionArn=execution, **more)["redriveDate"]

    def describe(self, execution: str) -> dict:
        """Over the wire: with what older SDKs leave out."""
        return self.wire.states("DescribeExecution", executionArn=execution)

    def token(self) -> str:
        task = self.states.get_activity_task(activityArn=self.activity)
        self.assertTrue(task.get("taskToken"), "no task came")
        return task["taskToken"]

    def failed(self) -> str:
        execution = self.start(self.create(failing()))
        self.assertEqual(self.ended(execution)["status"], "FAILED")
        return execution

    def code(self, error: Exception) -> str:
        if isinstance(error, ApiError):
            return error.code
        self.assertIsInstance(error, self.states.exceptions.ClientError)
        return error.response["Error"]["Code"]


class Races(MeetingCase):
    def test_many_ask_for_one_name(self):
        arn = self.create(waiting())
        for same in (True, False):
            name = unique("wanted")
            starts = [lambda n=n: self.states.start_execution(stateMachineArn=arn, name=name, input=str(0 if same else n)) for n in range(CALLERS)]
            outcomes = at_once(*starts)
            refused = [self.code(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
            started = {(outcome["executionArn"], outcome["startDate"]) for outcome in outcomes if not isinstance(outcome, Exception)}
            self.assertEqual(len(started), 1)
            self.assertEqual(refused, [] if same else ["ExecutionAlreadyExists"] * (CALLERS - 1))
            listed = [item["name"] for item in self.states.list_executions(stateMachineArn=arn)["executions"]]
            self.assertEqual(listed.count(name), 1)

    def test_many_stop_one_execution(self):
        execution = self.start(self.create(waiting()))
        outcomes = at_once(*[lambda n=n: self.states.stop_execution(executionArn=execution, cause=str(n)) for n in range(CALLERS)])
        found = self.ended(execution)
        self.assertEqual({outcome["stopDate"] for outcome in outcomes}, {found["stopDate"]})
        aborted = [event for event in self.check_history(execution) if event["type"] == "ExecutionAborted"]
        self.assertEqual([event["executionAbortedEventDetails"]["cause"] for event in aborted], [found["cause"]])

    def test_a_stop_meets_the_answer_of_a_worker(self):
        arn = self.create(activity_task(self.activity))
        for _ in range(ROUNDS):
            execution, token = self.start(arn), self.token()
            stop, answer = at_once(
                lambda: self.states.stop_execution(executionArn=execution),
                lambda: self.states.send_task_success(taskToken=token, output='"done"'),
            )
            found = self.ended(execution)
            self.assertEqual(found["stopDate"], stop["stopDate"])
            if isinstance(answer, Exception):
                self.assertEqual((self.code(answer), found["status"]), ("TaskTimedOut", "ABORTED"))
            else:
                self.assertEqual((found["status"], found["output"]), ("SUCCEEDED", '"done"'))
            self.check_history(execution)

    def test_two_answers_to_one_task(self):
        arn = self.create(activity_task(self.activity))
        for _ in range(ROUNDS):
            execution, token = self.start(arn), self.token()
            success, failure = at_once(
                lambda: self.states.send_task_success(taskToken=token, output='"done"'),
                lambda: self.states.send_task_failure(taskToken=token, error="Broken"),
            )
            status = self.ended(execution)["status"]
            late = failure if status == "SUCCEEDED" else success
            self.assertEqual(self.code(late), "TaskTimedOut")
            self.assertNotIsInstance(success if status == "SUCCEEDED" else failure, Exception)
            self.check_history(execution)

    def test_many_redrive_one_execution(self):
        execution = self.start(self.create(activity_task(self.activity)))
        self.states.send_task_failure(taskToken=self.token(), error="Broken")
        self.ended(execution)
        outcomes = at_once(*[lambda: self.redrive(execution) for _ in range(CALLERS)])
        refused = [self.code(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
        self.assertEqual(refused, ["ExecutionNotRedrivable"] * (CALLERS - 1))
        self.assertEqual(self.describe(execution)["redriveCount"], 1)
        self.states.send_task_failure(taskToken=self.token(), error="Broken")
        self.ended(execution)
        outcomes = at_once(*[lambda: self.redrive(execution, clientToken="one") for _ in range(CALLERS)])
        self.assertEqual(len(set(outcomes)), 1)
        found = self.describe(execution)
        self.assertEqual((found["redriveCount"], found["redriveDate"]), (2, outcomes[0]))
        self.states.send_task_success(taskToken=self.token(), output="1")
        self.assertEqual(self.ended(execution)["status"], "SUCCEEDED")
        self.check_history(execution)

    def test_a_redrive_meets_a_stop(self):
        for _ in range(ROUNDS):
            execution = self.failed()
            ended = self.describe(execution)["stopDate"]
            redriven, stopped = at_once(
                lambda: self.redrive(execution), lambda: self.wire.states("StopExecution", executionArn=execution, error="Stopped")["stopDate"]
            )
            found = self.ended(execution)  # it fails again at once where the stop came too late or too early
            self.assertEqual((self.describe(execution)["redriveCount"], self.describe(execution)["redriveDate"]), (1, redriven))
            self.assertIn((found["status"], found["error"]), [("FAILED", "Sorry"), ("ABORTED", "Stopped")])
            self.assertIn(stopped, [ended, self.describe(execution)["stopDate"]])
            self.check_history(execution)


class Bounds(MeetingCase):
    def test_the_time_of_an_execution_takes_its_tasks(self):
        execution = self.start(self.create(activity_task(self.activity) | {"TimeoutSeconds": 1}))
        token = self.token()
        found = self.ended(execution)
        self.assertEqual(found["status"], "TIMED_OUT")
        self.assertEqual(self.check_history(execution)[-1]["type"], "ExecutionTimedOut")
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="1")
        self.redrive(execution)
        self.states.send_task_success(taskToken=self.token(), output='"in time"')
        self.assertEqual(self.ended(execution)["output"], '"in time"')
        self.check_history(execution)

    def test_what_was_stopped_goes_on(self):
        execution = self.start(self.create(activity_task(self.activity)))
        token = self.token()
        self.states.stop_execution(executionArn=execution)
        self.redrive(execution)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output='"of the first"')
        self.states.send_task_success(taskToken=self.token(), output='"of the second"')
        self.assertEqual(self.ended(execution)["output"], '"of the second"')
        self.check_history(execution)

    def test_the_longest_history(self):
        definition = machine(("Go", {"Type": "Pass"}), ("On", {"Type": "Choice", "Choices": [{"Variable": "$.never", "IsPresent": True, "Next": "End"}]}))
        definition["States"]["On"]["Default"] = "Go"
        definition["States"]["End"] = {"Type": "Succeed"}
        execution = self.start(self.create(definition))
        found = self.ended(execution, seconds=60)
        self.assertEqual((found["status"], found["error"]), ("FAILED", "States.Runtime"))
        self.assertEqual(found["cause"], "The execution reached the maximum number of history events (25000).")
        events = self.check_history(execution)
        self.assertEqual((len(events), events[-1]["type"]), (25_000, "ExecutionFailed"))
        with self.assertRaises(ApiError) as caught:
            self.redrive(execution)
        self.assertEqual(caught.exception.code, "ExecutionNotRedrivable")
        self.assertEqual(caught.exception.message, "Execution history event limit exceeded")


class Unbounded(ServiceCase):
    own_server_only = True
    arguments = ("--unbounded-history",)

    def test_a_longer_history(self):
        definition = machine(("Item", {"Type": "Map", "ItemProcessor": passing()}))
        execution = self.start(self.create(definition), list(range(6_500)))
        self.assertEqual(json.loads(self.ended(execution, seconds=60)["output"]), list(range(6_500)))
        self.assertGreater(len(self.check_history(execution, definition)), 25_000)
