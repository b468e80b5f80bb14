"""Redriving executions through boto3, and across a restart of the server."""

import json

from support.machines import activity_task, machine, passing
from support.target import ServiceCase


class Redrive(ServiceCase):
    def setUp(self):
        self.needs("redrive_execution")

    def worker(self, activity: str) -> tuple[str, str]:
        task = self.states.get_activity_task(activityArn=activity, workerName="worker")
        self.assertIn("taskToken", task)
        return task["taskToken"], task["input"]

    def test_the_failed_task_is_tried_again(self):
        activity = self.create_activity()
        definition = machine(
            ("Before", {"Type": "Pass", "Result": {"n": 1}, "ResultPath": "$.before"}),
            ("Task", {"Type": "Task", "Resource": activity}),
            ("After", {"Type": "Pass"}),
        )
        arn = self.create(definition)
        execution = self.start(arn, {"a": 1})
        token, first = self.worker(activity)
        self.states.send_task_failure(taskToken=token, error="Broken", cause="the first time")
        failed = self.ended(execution)
        self.assertEqual((failed["status"], failed["redriveStatus"], failed["redriveCount"]), ("FAILED", "REDRIVABLE", 0))

        date = self.states.redrive_execution(executionArn=execution, clientToken="one")["redriveDate"]
        self.assertEqual(self.states.redrive_execution(executionArn=execution, clientToken="one")["redriveDate"], date)
        running = self.states.describe_execution(executionArn=execution)
        self.assertEqual((running["status"], running["redriveCount"], running["redriveDate"]), ("RUNNING", 1, date))
        self.assertEqual(running["redriveStatusReason"], "Execution is RUNNING and cannot be redriven")
        self.assertFalse({"stopDate", "error", "cause"} & set(running))
        with self.refused("ExecutionNotRedrivable"):
            self.states.redrive_execution(executionArn=execution)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="{}")

        token, second = self.worker(activity)
        self.assertEqual(second, first)
        self.states.send_task_success(taskToken=token, output='"mended"')
        done = self.ended(execution)
        self.assertEqual((done["status"], done["output"]), ("SUCCEEDED", '"mended"'))
        self.assertEqual(done["startDate"], failed["startDate"])
        kinds = [event["type"] for event in self.check_history(execution, definition)]
        self.assertEqual(kinds.count("PassStateEntered"), 2)
        self.assertEqual(kinds.count("TaskStateEntered"), 1)
        self.assertEqual(kinds[kinds.index("ExecutionFailed") + 1], "ExecutionRedriven")
        listed = self.states.list_executions(stateMachineArn=arn)["executions"]
        self.assertEqual([(item["status"], item["redriveCount"], item["redriveDate"]) for item in listed], [("SUCCEEDED", 1, date)])

    def test_only_the_iterations_that_failed_run_again(self):
        activity = self.create_activity()
        definition = machine(("Each", {"Type": "Map", "ItemProcessor": activity_task(activity)}))
        execution = self.start(self.create(definition), [1, 2, 3])
        tokens = {given: token for token, given in (self.worker(activity) for _ in range(3))}
        self.states.send_task_success(taskToken=tokens["1"], output="10")
        self.states.send_task_failure(taskToken=tokens["2"], error="Broken")
        self.assertEqual(self.ended(execution)["status"], "FAILED")
        self.check_history(execution)
        self.states.redrive_execution(executionArn=execution)
        tokens = {given: token for token, given in (self.worker(activity) for _ in range(2))}
        self.assertEqual(set(tokens), {"2", "3"})
        for given, token in tokens.items():
            self.states.send_task_success(taskToken=token, output=f"{given}0")
        self.assertEqual(json.loads(self.ended(execution)["output"]), [10, 20, 30])
        self.check_history(execution)

    def test_refusals(self):
        done = self.start(self.create(passing()))
        self.ended(done)
        with self.refused("ExecutionNotRedrivable", "Execution is SUCCEEDED and cannot be redriven"):
            self.states.redrive_execution(executionArn=done)
        with self.refused("ExecutionDoesNotExist"):
            self.states.redrive_execution(executionArn=f"{done}-not")
        with self.refused("InvalidArn"):
            self.states.redrive_execution(executionArn=done.replace(":execution:", ":express:") + ":x")


class AcrossRestarts(ServiceCase):
    own_server_only = True

    def test_a_redriven_execution_outlives_a_crash(self):
        self.needs("redrive_execution")
        activity = self.create_activity()
        branches = [machine((name, {"Type": "Task", "Resource": activity})) for name in ("Left", "Right")]
        execution = self.start(self.create(machine(("Both", {"Type": "Parallel", "Branches": branches}))))
        done, failing = (self.states.get_activity_task(activityArn=activity)["taskToken"] for _ in range(2))
        self.states.send_task_success(taskToken=done, output='"kept"')
        self.states.send_task_failure(taskToken=failing, error="Broken")
        self.assertEqual(self.ended(execution)["status"], "FAILED")
        self.states.redrive_execution(executionArn=execution)
        self.target.server.kill()
        self.target.server.start()
        self.states.send_task_success(taskToken=self.states.get_activity_task(activityArn=activity)["taskToken"], output='"new"')
        found = self.ended(execution)
        self.assertEqual((found["status"], found["redriveCount"]), ("SUCCEEDED", 1))
        self.assertIn("kept", json.loads(found["output"]))
        self.check_history(execution)
