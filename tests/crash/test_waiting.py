"""What waits across a crash: timers, retries, time-outs, activities and their tokens, callbacks, names."""

import json
import random
import threading
import time
import unittest

from local.aws import ROLE, ApiError, Client
from local.server import Server
from local.wait import wait_until
from support import history
from support.fake_lambda import FakeLambda, FunctionError
from support.machines import activity_task, machine, passing, waiting


class Waiting(unittest.TestCase):
    def setUp(self):
        self.functions = self.enterContext(FakeLambda(work=lambda payload: payload))
        self.server = self.enterContext(Server(arguments=["--endpoint", f"lambda={self.functions.endpoint}"]))
        self.client = Client(self.server.endpoint, timeout=10)

    def create(self, definition: dict, **more) -> str:
        name = f"machine-{hash(json.dumps(definition)) & 0xFFFFFFFF}"
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def start(self, machine_arn: str, input=None, **more) -> dict:
        return self.client.states("StartExecution", stateMachineArn=machine_arn, input=json.dumps(input or {}), **more)

    def crash(self) -> None:
        self.server.kill()
        self.server.start()

    def describe(self, arn: str) -> dict:
        return self.client.states("DescribeExecution", executionArn=arn)

    def ended(self, arn: str, definition: dict | None = None, seconds: float = 30) -> dict:
        wait_until(lambda: self.describe(arn)["status"] != "RUNNING", f"{arn} to end", seconds)
        found, events = self.describe(arn), self.events(arn)
        self.assertEqual(history.problems(events, found["status"], definition), [], "\n" + history.text(events))
        return found

    def events(self, arn: str) -> list[dict]:
        return self.client.states("GetExecutionHistory", executionArn=arn, maxResults=1000)["events"]

    def activity(self) -> str:
        return self.client.states("CreateActivity", name="activity")["activityArn"]

    def task(self, activity: str) -> dict:
        task = self.client.states("GetActivityTask", activityArn=activity, workerName="worker")
        self.assertTrue(task.get("taskToken"), "no task came")
        return task

    def test_a_wait_that_ends_while_the_server_is_down(self):
        definition = waiting(1)
        started = self.start(self.create(definition))
        self.server.kill()
        wait_until(lambda: time.time() > started["startDate"] + 1.5, "the wait to be over")
        self.server.start()
        restarted = time.time()
        found = self.ended(started["executionArn"], definition)
        self.assertLess(found["stopDate"], restarted + 2)

    def test_a_wait_that_outlasts_the_crash(self):
        definition = waiting(3)
        started = self.start(self.create(definition))
        self.crash()
        found = self.ended(started["executionArn"], definition)
        self.assertGreaterEqual(found["stopDate"], started["startDate"] + 2.999)
        self.assertLess(found["stopDate"], started["startDate"] + 5)

    def test_many_waits(self):
        definition = machine(("Pause", {"Type": "Wait", "SecondsPath": "$.seconds"}))
        arn = self.create(definition)
        executions = [self.start(arn, {"seconds": number % 4})["executionArn"] for number in range(200)]
        self.crash()
        for execution in executions:
            self.assertEqual(self.ended(execution, definition)["status"], "SUCCEEDED")

    def test_the_time_of_an_execution(self):
        started = self.start(self.create(waiting() | {"TimeoutSeconds": 2}))
        self.crash()
        found = self.ended(started["executionArn"])
        self.assertEqual(found["status"], "TIMED_OUT")
        self.assertGreaterEqual(found["stopDate"], started["startDate"] + 1.999)

    def test_a_retry(self):
        calls = self.functions.calls["work"]

        def second_time_lucky(payload):
            if len(calls) == 1:
                raise FunctionError("Unlucky", "once more")
            return "lucky"

        self.functions.functions["work"] = second_time_lucky
        retry = [{"ErrorEquals": ["Unlucky"], "IntervalSeconds": 2, "MaxAttempts": 1}]
        definition = machine(("Work", {"Type": "Task", "Resource": FakeLambda.arn("work"), "Retry": retry}))
        execution = self.start(self.create(definition))["executionArn"]
        wait_until(lambda: any(event["type"] == "LambdaFunctionFailed" for event in self.events(execution)), "the failure")
        self.crash()
        self.assertEqual(self.ended(execution, definition)["output"], '"lucky"')
        self.assertEqual(len(calls), 2)

    def test_activities_and_their_tokens(self):
        activity = self.activity()
        arn = self.create(activity_task(activity))
        executions = [self.start(arn, {"n": n})["executionArn"] for n in range(4)]
        tasks = [self.task(activity)]
        self.crash()
        self.client.states("SendTaskHeartbeat", taskToken=tasks[0]["taskToken"])
        tasks += [self.task(activity) for _ in range(3)]
        self.crash()
        self.assertEqual(sorted(json.loads(task["input"])["n"] for task in tasks), [0, 1, 2, 3])
        for task in tasks:
            self.client.states("SendTaskSuccess", taskToken=task["taskToken"], output=task["input"])
        self.crash()
        for n, execution in enumerate(executions):
            self.assertEqual(json.loads(self.ended(execution)["output"]), {"n": n})
        with self.assertRaises(ApiError) as caught:
            self.client.states("SendTaskSuccess", taskToken=tasks[0]["taskToken"], output="1")
        self.assertEqual(caught.exception.code, "TaskTimedOut")

    def test_silence_of_a_worker(self):
        activity = self.activity()
        execution = self.start(self.create(activity_task(activity, HeartbeatSeconds=2)))["executionArn"]
        self.task(activity)
        self.crash()
        found = self.ended(execution)
        self.assertEqual((found["status"], found["error"]), ("FAILED", "States.Timeout"))

    def test_workers_through_many_crashes(self):
        """A task whose reply was lost is noticed by its missing heartbeat and given out again."""
        activity, rng = self.activity(), random.Random(3)
        retry = [{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1, "MaxAttempts": 50, "BackoffRate": 1.0}]
        definition = activity_task(activity, HeartbeatSeconds=1, Retry=retry)
        arn = self.create(definition)
        executions = [self.start(arn, {"n": n})["executionArn"] for n in range(60)]
        done = threading.Event()

        def work():
            while not done.is_set():
                try:
                    task = self.client.states("GetActivityTask", activityArn=activity, workerName="worker")
                    if task.get("taskToken"):
                        self.client.states("SendTaskSuccess", taskToken=task["taskToken"], output=task["input"])
                except (OSError, ApiError, ValueError):
                    continue  # killed in the middle of it; or the answer was heard before it
                except Exception as error:  # http.client's
                    if type(error).__module__ != "http.client":
                        raise

        workers = [threading.Thread(target=work, daemon=True) for _ in range(3)]
        for worker in workers:
            worker.start()
        for _ in range(8):
            killer = threading.Timer(rng.uniform(0, 0.15), self.server.kill)
            killer.start()
            killer.join()
            self.server.start()
        for n, execution in enumerate(executions):
            self.assertEqual(json.loads(self.ended(execution, definition, seconds=60)["output"]), {"n": n})
        done.set()
        self.server.kill()  # ends the polls
        for worker in workers:
            worker.join(15)

    def test_a_callback(self):
        parameters = {"FunctionName": "work", "Payload": {"token.$": "$$.Task.Token"}}
        definition = machine(("Ask", {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": parameters}))
        execution = self.start(self.create(definition))["executionArn"]
        self.functions.wait_for_calls("work", 1)
        wait_until(lambda: any(event["type"] == "TaskSubmitted" for event in self.events(execution)), "the task to be submitted")
        self.crash()
        self.client.states("SendTaskSuccess", taskToken=self.functions.calls["work"][0]["token"], output='"yes"')
        self.assertEqual(self.ended(execution)["output"], '"yes"')
        self.assertEqual(len(self.functions.calls["work"]), 1)

    def test_a_call_made_again_is_known_by_its_id(self):
        retry = [{"ErrorEquals": ["Unlucky"], "IntervalSeconds": 1, "MaxAttempts": 1}]
        definition = machine(("Work", {"Type": "Task", "Resource": FakeLambda.arn("work"), "Retry": retry}))
        self.functions.hold("work")
        execution = self.start(self.create(definition))["executionArn"]
        self.functions.wait_for_calls("work", 1)
        self.crash()
        self.functions.wait_for_calls("work", 2)

        def unlucky(payload):
            if len(self.functions.calls["work"]) < 3:
                raise FunctionError("Unlucky", "another attempt")
            return payload

        self.functions.functions["work"] = unlucky
        self.functions.release()
        self.assertEqual(self.ended(execution, definition)["status"], "SUCCEEDED")
        first, again, other = self.functions.invocations["work"]
        self.assertRegex(first, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.assertEqual(again, first)
        self.assertNotEqual(other, first)

    def test_names(self):
        arn = self.create(waiting())
        first = self.start(arn, {"a": 1}, name="once")
        self.crash()
        self.assertEqual(self.start(arn, {"a": 1}, name="once"), first)
        self.client.states("StopExecution", executionArn=first["executionArn"])
        self.crash()
        self.assertEqual(self.describe(first["executionArn"])["status"], "ABORTED")
        with self.assertRaises(ApiError) as caught:
            self.start(arn, {"a": 1}, name="once")
        self.assertEqual(caught.exception.code, "ExecutionAlreadyExists")

    def test_a_running_execution_keeps_its_definition(self):
        arn = self.create(machine(("Pause", {"Type": "Wait", "Seconds": 2}), ("Old", {"Type": "Pass", "Result": "old"})))
        execution = self.start(arn)["executionArn"]
        self.client.states("UpdateStateMachine", stateMachineArn=arn, definition=json.dumps(passing("new")))
        self.crash()
        self.assertEqual(self.ended(execution)["output"], '"old"')
        self.assertEqual(self.ended(self.start(arn)["executionArn"])["output"], '"new"')

    def test_an_express_execution_that_was_accepted_is_run_again(self):
        definition = machine(("Work", {"Type": "Task", "Resource": FakeLambda.arn("work")}))
        arn = self.create(definition, type="EXPRESS")
        self.functions.hold("work")
        self.start(arn, {"n": 1})
        self.functions.wait_for_calls("work", 1)
        self.crash()
        self.functions.wait_for_calls("work", 2)
        self.functions.release()
        self.assertEqual(self.functions.calls["work"], [{"n": 1}, {"n": 1}])


if __name__ == "__main__":
    unittest.main()
