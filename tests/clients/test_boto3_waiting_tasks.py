"""Tasks that wait for an answer, through boto3: activities in the order of their coming, workers that are lost, callbacks
with task tokens, answers that come too late, and all of it across a restart of the server.
"""

import concurrent.futures
import json
import time
import unittest

from local.wait import wait_until
from support.fake_lambda import FakeLambda
from support.machines import activity_task, machine
from support.target import ServiceCase, own_target, unique

CALLBACK = "arn:aws:states:::lambda:invoke.waitForTaskToken"


def callback(**more) -> dict:
    parameters = {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token", "n.$": "$.n"}}
    return machine(("Ask", {"Type": "Task", "Resource": CALLBACK, "Parameters": parameters} | more))


class ActivityTasks(ServiceCase):
    def setUp(self):
        self.activity = self.create_activity()

    def task(self, worker: str = "worker") -> dict:
        task = self.states.get_activity_task(activityArn=self.activity, workerName=worker)
        self.assertTrue(task.get("taskToken"), "no task came")
        return task

    def scheduled(self, execution: str, count: int = 1) -> None:
        wait_until(lambda: sum(e["type"] == "ActivityScheduled" for e in self.events(execution)) == count, f"attempt {count}")

    def test_the_oldest_task_is_handed_out_first(self):
        arn = self.create(activity_task(self.activity))
        executions = []
        for n in range(12):
            executions.append(self.start(arn, {"n": n}))
            self.scheduled(executions[-1])
        self.assertEqual([json.loads(self.task()["input"])["n"] for _ in range(12)], list(range(12)))
        for execution in executions:
            self.states.stop_execution(executionArn=execution)

    def test_workers_that_wait_get_tasks_as_they_come(self):
        arn = self.create(activity_task(self.activity))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            polls = [pool.submit(self.task) for _ in range(4)]
            executions = [self.start(arn, {"n": n}) for n in range(4)]
            tasks = [poll.result(timeout=30) for poll in polls]
        self.assertEqual({json.loads(task["input"])["n"] for task in tasks}, set(range(4)))
        for task in tasks:
            self.states.send_task_success(taskToken=task["taskToken"], output=task["input"])
        for execution in executions:
            self.ended(execution)

    def test_the_task_of_a_lost_worker_is_given_to_another(self):
        retry = [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 2, "BackoffRate": 1.0}]
        definition = activity_task(self.activity, HeartbeatSeconds=1, TimeoutSeconds=300, Retry=retry)
        execution = self.start(self.create(definition), {"n": 1})
        lost = self.task("who is lost")
        found = self.task("who goes on")  # waits for the heartbeat that does not come, and for the retry
        self.assertNotEqual(lost["taskToken"], found["taskToken"])
        for answer in (
            lambda: self.states.send_task_heartbeat(taskToken=lost["taskToken"]),
            lambda: self.states.send_task_success(taskToken=lost["taskToken"], output='"of the lost one"'),
            lambda: self.states.send_task_failure(taskToken=lost["taskToken"], error="Lost"),
        ):
            with self.refused("TaskTimedOut"):
                answer()
        self.states.send_task_success(taskToken=found["taskToken"], output='"of the other"')
        self.assertEqual(self.ended(execution)["output"], '"of the other"')
        events = self.check_history(execution, definition)
        timed_out = next(event for event in events if event["type"] == "ActivityTimedOut")
        self.assertEqual(timed_out["activityTimedOutEventDetails"], {"error": "States.Timeout"})
        workers = [event["activityStartedEventDetails"]["workerName"] for event in events if event["type"] == "ActivityStarted"]
        self.assertEqual(workers, ["who is lost", "who goes on"])

    def test_the_time_of_a_task_begins_when_it_is_taken(self):
        execution = self.start(self.create(activity_task(self.activity, TimeoutSeconds=1)))
        self.scheduled(execution)
        began = time.monotonic()
        wait_until(lambda: time.monotonic() - began > 2.5, "more than the time of the task")
        task = self.task()  # nobody has taken it, so it is there
        self.states.send_task_success(taskToken=task["taskToken"], output="1")
        self.assertEqual(self.ended(execution)["status"], "SUCCEEDED")

        execution = self.start(self.create(activity_task(self.activity, TimeoutSeconds=1)))
        token = self.task()["taskToken"]
        self.assertEqual(self.ended(execution)["error"], "States.Timeout")
        events = self.check_history(execution)
        at = {event["type"]: event["timestamp"] for event in events}
        self.assertAlmostEqual((at["ActivityTimedOut"] - at["ActivityStarted"]).total_seconds(), 1, delta=0.5)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="1")

    def test_heartbeats_do_not_extend_the_time_of_a_task(self):
        execution = self.start(self.create(activity_task(self.activity, HeartbeatSeconds=1, TimeoutSeconds=3)))
        token = self.task()["taskToken"]

        def beat():
            try:
                self.states.send_task_heartbeat(taskToken=token)
                return False
            except self.states.exceptions.TaskTimedOut:
                return True

        wait_until(beat, "the time of the task to be over", every=0.3)
        self.assertEqual(self.ended(execution)["error"], "States.Timeout")
        at = {event["type"]: event["timestamp"] for event in self.events(execution)}
        self.assertAlmostEqual((at["ActivityTimedOut"] - at["ActivityStarted"]).total_seconds(), 3, delta=0.5)

    def test_tokens_that_nobody_has_given_out(self):
        for token in ("", "x" * 2_049):
            with self.assertRaises(self.states.exceptions.ClientError):
                self.states.send_task_success(taskToken=token, output="1")
        for token in ("x", "A" * 100, "AAAA.BBBB.CCCC", "\u00e9"):
            for call in (
                lambda: self.states.send_task_heartbeat(taskToken=token),
                lambda: self.states.send_task_success(taskToken=token, output="1"),
                lambda: self.states.send_task_failure(taskToken=token),
            ):
                with self.refused("InvalidToken", "Invalid Token: 'Invalid token'"):
                    call()


class Callbacks(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        cls.functions = cls.enterClassContext(FakeLambda(ask=lambda payload: None))
        cls.arguments = ("--endpoint", f"lambda={cls.functions.endpoint}")
        super().setUpClass()

    def setUp(self):
        self.functions.calls.clear()

    def restart(self) -> None:
        """As after a crash; the port stays."""
        self.target.server.kill()
        self.target.server.start()

    def token(self, number: int = 1) -> str:
        self.functions.wait_for_calls("ask", number)
        return self.functions.calls["ask"][number - 1]["token"]

    def submitted(self, execution: str, count: int = 1) -> None:
        wait_until(lambda: sum(e["type"] == "TaskSubmitted" for e in self.events(execution)) == count, "the task to be submitted")

    def test_an_answer(self):
        definition = callback()
        execution = self.start(self.create(definition), {"n": 1})
        token = self.token()
        self.submitted(execution)
        self.states.send_task_heartbeat(taskToken=token)
        self.states.send_task_success(taskToken=token, output='{"answer":42}')
        self.assertEqual(self.ended(execution)["output"], '{"answer":42}')
        types = [event["type"] for event in self.check_history(execution, definition)]
        self.assertEqual(types[2:6], ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"])
        with self.refused("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'"):
            self.states.send_task_success(taskToken=token, output="2")

    def test_an_answer_before_the_function_has_returned(self):
        self.functions.hold("ask")
        execution = self.start(self.create(callback()), {"n": 1})
        self.states.send_task_success(taskToken=self.token(), output='"at once"')
        self.assertEqual(self.ended(execution)["output"], '"at once"')
        self.functions.release()
        self.check_history(execution)

    def test_a_refusal_is_caught(self):
        definition = callback(Catch=[{"ErrorEquals": ["No"], "ResultPath": "$.why", "Next": "Sorry"}])
        definition["States"]["Sorry"] = {"Type": "Pass", "End": True}
        execution = self.start(self.create(definition), {"n": 1})
        token = self.token()
        self.states.send_task_failure(taskToken=token, error="No", cause="not now")
        self.assertEqual(json.loads(self.ended(execution)["output"])["why"], {"Error": "No", "Cause": "not now"})
        self.check_history(execution, definition)

    def test_silence(self):
        execution = self.start(self.create(callback(HeartbeatSeconds=2, TimeoutSeconds=60)), {"n": 1})
        token, began = self.token(), time.monotonic()

        def long_enough():
            self.states.send_task_heartbeat(taskToken=token)
            return time.monotonic() - began > 3

        wait_until(long_enough, "more than one silence", every=0.5)
        self.assertEqual(self.states.describe_execution(executionArn=execution)["status"], "RUNNING")
        found = self.ended(execution)
        self.assertEqual((found["status"], found["error"]), ("FAILED", "States.Timeout"))
        self.assertEqual(self.check_history(execution)[-2]["type"], "TaskTimedOut")
        with self.refused("TaskTimedOut"):
            self.states.send_task_heartbeat(taskToken=token)

    def test_a_token_is_of_one_attempt(self):
        retry = [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 2}]
        execution = self.start(self.create(callback(Retry=retry)), {"n": 1})
        first = self.token(1)
        self.submitted(execution, 1)
        self.states.send_task_failure(taskToken=first, error="Again")
        second = self.token(2)
        self.submitted(execution, 2)
        self.assertNotEqual(first, second)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=first, output='"of the first"')
        self.states.send_task_success(taskToken=second, output='"of the second"')
        self.assertEqual(self.ended(execution)["output"], '"of the second"')
        self.check_history(execution)

    def test_tokens_outlive_the_server(self):
        execution = self.start(self.create(callback(HeartbeatSeconds=300)), {"n": 1})
        token = self.token()
        self.submitted(execution)
        self.restart()
        self.states.send_task_heartbeat(taskToken=token)
        self.restart()
        self.states.send_task_success(taskToken=token, output='"still good"')
        self.restart()
        self.assertEqual(self.ended(execution)["output"], '"still good"')
        self.assertEqual(len(self.functions.calls["ask"]), 1)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="2")

    def test_tokens_belong_to_their_server(self):
        execution = self.start(self.create(callback()), {"n": 1})
        token = self.token()
        with own_target() as other:
            client = other.client()
            with self.assertRaises(client.exceptions.InvalidToken):
                client.send_task_success(taskToken=token, output="1")
        self.states.stop_execution(executionArn=execution)
        with self.refused("TaskTimedOut"):
            self.states.send_task_success(taskToken=token, output="1")

    def test_a_queued_activity_task_outlives_the_server(self):
        activity = self.states.create_activity(name=unique("kept"))["activityArn"]
        arn = self.create(activity_task(activity, HeartbeatSeconds=300))
        executions = [self.start(arn, {"n": n}) for n in range(3)]
        taken = self.states.get_activity_task(activityArn=activity)
        self.restart()
        rest = [self.states.get_activity_task(activityArn=activity) for _ in range(2)]
        self.assertEqual([json.loads(task["input"])["n"] for task in (taken, *rest)], [0, 1, 2])
        for task in (taken, *rest):
            self.states.send_task_success(taskToken=task["taskToken"], output=task["input"])
        for n, execution in enumerate(executions):
            self.assertEqual(json.loads(self.ended(execution)["output"]), {"n": n})
            self.check_history(execution)


if __name__ == "__main__":
    unittest.main()
