"""Activities through boto3, as Debian ships it: who polls for work, who answers, who stays silent."""

import concurrent.futures
import json
import time

from local.wait import wait_until
from support.machines import activity_task
from support.target import ServiceCase, unique


class Activities(ServiceCase):
    def setUp(self):
        self.activity = self.create_activity()

    def task(self, worker: str = "worker") -> dict:
        task = self.states.get_activity_task(activityArn=self.activity, workerName=worker)
        self.assertTrue(task.get("taskToken"), "no task came")
        return task

    def test_created_described_listed_deleted(self):
        name = unique("noted")
        made = self.states.create_activity(name=name)
        again = self.states.create_activity(name=name)
        self.assertEqual((again["activityArn"], again["creationDate"]), (made["activityArn"], made["creationDate"]))
        found = self.states.describe_activity(activityArn=made["activityArn"])
        self.assertEqual((found["name"], found["creationDate"]), (name, made["creationDate"]))
        pages = list(self.states.get_paginator("list_activities").paginate(PaginationConfig={"PageSize": 1}))
        listed = [item["activityArn"] for page in pages for item in page["activities"]]
        self.assertEqual(listed.count(made["activityArn"]), 1)
        self.states.delete_activity(activityArn=made["activityArn"])
        self.states.delete_activity(activityArn=made["activityArn"])
        with self.refused("ActivityDoesNotExist", f"Activity Does Not Exist: '{made['activityArn']}'"):
            self.states.describe_activity(activityArn=made["activityArn"])
        with self.refused("ActivityDoesNotExist"):
            self.states.get_activity_task(activityArn=made["activityArn"])

    def test_work_done(self):
        execution = self.start(self.create(activity_task(self.activity)), {"picture": 1})
        task = self.task("a careful worker")
        self.assertEqual(json.loads(task["input"]), {"picture": 1})
        self.states.send_task_heartbeat(taskToken=task["taskToken"])
        self.states.send_task_success(taskToken=task["taskToken"], output='{"done":true}')
        self.assertEqual(self.ended(execution)["output"], '{"done":true}')
        events = self.check_history(execution)
        self.assertEqual(
            [event["type"] for event in events],
            ["ExecutionStarted", "TaskStateEntered", "ActivityScheduled",
             "ActivityStarted", "ActivitySucceeded", "TaskStateExited", "ExecutionSucceeded"],  # fmt: skip
        )
        self.assertEqual(events[3]["activityStartedEventDetails"], {"workerName": "a careful worker"})

    def test_work_refused(self):
        execution = self.start(self.create(activity_task(self.activity)))
        self.states.send_task_failure(taskToken=self.task()["taskToken"], error="Broken", cause="the lamp is out")
        found = self.ended(execution)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("FAILED", "Broken", "the lamp is out"))
        self.check_history(execution)

    def test_a_failure_is_tried_again_and_caught(self):
        definition = activity_task(
            self.activity,
            Retry=[{"ErrorEquals": ["Broken"], "IntervalSeconds": 1, "MaxAttempts": 1}],
            Catch=[{"ErrorEquals": ["States.ALL"], "ResultPath": "$.why", "Next": "Sorry"}],
        )
        definition["States"]["Sorry"] = {"Type": "Pass", "End": True}
        execution = self.start(self.create(definition), {"kept": 1})
        for _ in range(2):
            self.states.send_task_failure(taskToken=self.task()["taskToken"], error="Broken", cause="again")
        self.assertEqual(json.loads(self.ended(execution)["output"]), {"kept": 1, "why": {"Error": "Broken", "Cause": "again"}})
        self.check_history(execution, definition)

    def test_silence_is_noticed(self):
        definition = activity_task(self.activity, HeartbeatSeconds=1, TimeoutSeconds=60)
        execution = self.start(self.create(definition))
        token = self.task()["taskToken"]
        found = self.ended(execution)
        self.assertEqual((found["status"], found["error"]), ("FAILED", "States.Timeout"))
        self.assertEqual(self.check_history(execution)[-2]["type"], "ActivityTimedOut")
        for call in (lambda: self.states.send_task_heartbeat(taskToken=token), lambda: self.states.send_task_success(taskToken=token, output="1")):
            with self.refused("TaskTimedOut"):
                call()

    def test_heartbeats_keep_a_task_alive(self):
        definition = activity_task(self.activity, HeartbeatSeconds=2)
        execution = self.start(self.create(definition))
        token, began = self.task()["taskToken"], time.monotonic()

        def long_enough():
            self.states.send_task_heartbeat(taskToken=token)
            return time.monotonic() - began > 5

        wait_until(long_enough, "more than two silences", every=0.5)
        self.states.send_task_success(taskToken=token, output="1")
        self.assertEqual(self.ended(execution)["status"], "SUCCEEDED")

    def test_a_worker_that_is_too_slow(self):
        execution = self.start(self.create(activity_task(self.activity, TimeoutSeconds=1)))
        self.task()
        self.assertEqual(self.ended(execution)["error"], "States.Timeout")
        self.check_history(execution)

    def test_a_poll_ends_when_work_comes(self):
        machine = self.create(activity_task(self.activity))
        with concurrent.futures.ThreadPoolExecutor() as pool:
            began = time.monotonic()
            poll = pool.submit(self.task)
            self.assertFalse(concurrent.futures.wait([poll], timeout=0.5).done, "an empty queue gives nothing")
            execution = self.start(machine)
            task = poll.result(timeout=20)
            self.assertLess(time.monotonic() - began, 20)
        self.states.send_task_success(taskToken=task["taskToken"], output="1")
        self.ended(execution)

    def test_each_task_goes_to_one_worker(self):
        machine, count = self.create(activity_task(self.activity)), 20
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            polls = [pool.submit(self.task, f"worker {n}") for n in range(count)]
            executions = [self.start(machine, {"n": n}) for n in range(count)]
            tasks = [poll.result() for poll in polls]
            self.assertEqual(sorted(json.loads(task["input"])["n"] for task in tasks), list(range(count)))
            answers = [pool.submit(self.states.send_task_success, taskToken=task["taskToken"], output=task["input"]) for task in tasks]
            for answer in answers:
                answer.result()
        for n, execution in enumerate(executions):
            self.assertEqual(json.loads(self.ended(execution)["output"]), {"n": n})
            self.check_history(execution)

    def test_tokens(self):
        execution = self.start(self.create(activity_task(self.activity)))
        token = self.task()["taskToken"]
        with self.refused("InvalidToken"):
            self.states.send_task_success(taskToken="made up", output="1")
        with self.refused("InvalidToken"):
            self.states.send_task_success(taskToken=token[:-4] + "AAAA", output="1")
        with self.refused("InvalidOutput"):
            self.states.send_task_success(taskToken=token, output="{")
        self.states.send_task_success(taskToken=token, output="1")
        self.ended(execution)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="2")
        self.assertEqual(self.ended(execution)["output"], "1")

    def test_an_execution_that_is_stopped_has_no_task(self):
        execution = self.start(self.create(activity_task(self.activity)))
        token = self.task()["taskToken"]
        self.states.stop_execution(executionArn=execution)
        self.ended(execution)
        with self.refused("TaskTimedOut"):
            self.states.send_task_heartbeat(taskToken=token)
        self.check_history(execution)
