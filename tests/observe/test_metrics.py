"""GET /metrics: AWS's metrics of executions and tasks, and what the process has to tell."""

import json
import re
import unittest
import urllib.request

from local.aws import ROLE, ApiError, Client
from local.server import Server
from local.wait import wait_until
from support.fake_lambda import FakeLambda
from support.machines import activity_task, failing, passing, waiting

LINE = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})? (-?[0-9.e+-]+|\+Inf|NaN)$')


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.functions = cls.enterClassContext(FakeLambda(echo=lambda event: event))
        cls.server = cls.enterClassContext(Server(arguments=["--endpoint", f"lambda={cls.functions.endpoint}"]))
        cls.client = Client(cls.server.endpoint)

    def page(self, path: str = "/metrics") -> str:
        with urllib.request.urlopen(self.server.endpoint + path, timeout=5) as response:
            self.assertTrue(response.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
            return response.read().decode()

    def values(self) -> dict[str, float]:
        found = {}
        for line in self.page().splitlines():
            if not line.startswith("#"):
                match = LINE.match(line)
                self.assertTrue(match, line)
                found[match[1] + (match[2] or "")] = float(match[3])
        return found

    def create(self, name: str, definition: dict, **more) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def start(self, machine: str) -> str:
        return self.client.states("StartExecution", stateMachineArn=machine)["executionArn"]

    def ended(self, execution: str) -> None:
        wait_until(lambda: self.client.states("DescribeExecution", executionArn=execution)["status"] != "RUNNING", "the end")

    def assert_counts(self, label: str, **counts: int):
        values = self.values()
        self.assertEqual({name: values.get(f"{name}{label}") for name in counts}, counts)

    def test_the_form(self):
        text = self.page()
        names = re.findall(r"^# TYPE (\S+) (counter|gauge|histogram)$", text, re.MULTILINE)
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual([name for name, _ in names], re.findall(r"^# HELP (\S+) \S.*$", text, re.MULTILINE))
        self.values()
        self.page("/_stepwell/metrics")

    def test_executions(self):
        arn = self.create("counted", passing())
        for _ in range(3):
            self.ended(self.start(arn))
        label = f'{{StateMachineArn="{arn}"}}'
        self.assert_counts(label, ExecutionsStarted=3, ExecutionsSucceeded=3, ExecutionsFailed=0, ExecutionsAborted=0, ExecutionsTimedOut=0)
        self.assert_counts(label, ExecutionTime_count=3, ExecutionThrottled=0)
        self.assertEqual(self.values()[f'ExecutionTime_bucket{{StateMachineArn="{arn}",le="+Inf"}}'], 3)

    def test_executions_that_end_otherwise(self):
        failed = self.create("failed", failing())
        self.ended(self.start(failed))
        self.assert_counts(f'{{StateMachineArn="{failed}"}}', ExecutionsStarted=1, ExecutionsFailed=1)
        stopped = self.create("stopped", waiting())
        self.client.states("StopExecution", executionArn=self.start(stopped))
        self.assert_counts(f'{{StateMachineArn="{stopped}"}}', ExecutionsStarted=1, ExecutionsAborted=1)
        late = self.create("late", waiting() | {"TimeoutSeconds": 1})
        self.ended(self.start(late))
        self.assert_counts(f'{{StateMachineArn="{late}"}}', ExecutionsStarted=1, ExecutionsTimedOut=1)
        self.assertGreaterEqual(self.values()[f'ExecutionTime_sum{{StateMachineArn="{late}"}}'], 1000)

    def test_express_ones(self):
        arn = self.create("express", passing(), type="EXPRESS")
        self.client.states("StartSyncExecution", stateMachineArn=arn)
        self.assert_counts(f'{{StateMachineArn="{arn}"}}', ExecutionsStarted=1, ExecutionsSucceeded=1)

    def test_activities(self):
        activity = self.client.states("CreateActivity", name="worked")["activityArn"]
        arn = self.create("worked", activity_task(activity))
        label = f'{{ActivityArn="{activity}"}}'
        for answer in ("SendTaskSuccess", "SendTaskFailure"):
            execution = self.start(arn)
            token = self.client.states("GetActivityTask", activityArn=activity)["taskToken"]
            more = {"output": "1"} if answer == "SendTaskSuccess" else {"error": "E"}
            self.client.states(answer, taskToken=token, **more)
            self.ended(execution)
        self.assert_counts(label, ActivitiesScheduled=2, ActivitiesStarted=2, ActivitiesSucceeded=1, ActivitiesFailed=1)
        self.assert_counts(label, ActivityTime_count=2, ActivityRunTime_count=2, ActivityScheduleTime_count=2)
        for name, fields, metric in (("slow", {"TimeoutSeconds": 1}, "ActivitiesTimedOut"), ("mute", {"HeartbeatSeconds": 1, "TimeoutSeconds": 60}, "ActivitiesHeartbeatTimedOut")):
            other = self.client.states("CreateActivity", name=name)["activityArn"]
            execution = self.start(self.create(name, activity_task(other, **fields)))
            self.client.states("GetActivityTask", activityArn=other)
            self.ended(execution)
            self.assert_counts(f'{{ActivityArn="{other}"}}', **{metric: 1})

    def test_functions_and_integrations(self):
        function = "arn:aws:lambda:us-east-1:123456789012:function:echo"
        self.ended(self.start(self.create("lambda", activity_task(function))))
        self.assert_counts(
            f'{{LambdaFunctionArn="{function}"}}', LambdaFunctionsScheduled=1, LambdaFunctionsStarted=1, LambdaFunctionsSucceeded=1,
            LambdaFunctionTime_count=1, LambdaFunctionRunTime_count=1,
        )  # fmt: skip
        integration = "arn:aws:states:::lambda:invoke"
        self.ended(self.start(self.create("invoke", activity_task(integration, Parameters={"FunctionName": "nobody"}))))
        self.assert_counts(f'{{ServiceIntegrationResourceArn="{integration}"}}', ServiceIntegrationsScheduled=1, ServiceIntegrationsFailed=1)

    def test_a_task_that_outlives_a_restart_is_counted(self):
        activity = self.client.states("CreateActivity", name="outlives")["activityArn"]
        execution = self.start(self.create("outlives", activity_task(activity)))
        token = self.client.states("GetActivityTask", activityArn=activity)["taskToken"]
        self.server.kill()
        self.server.start()
        self.client.states("SendTaskSuccess", taskToken=token, output="1")
        self.ended(execution)
        self.assert_counts(f'{{ActivityArn="{activity}"}}', ActivitiesSucceeded=1)

    def test_requests(self):
        before = self.values()
        self.client.states("ListActivities")
        self.assertRaises(ApiError, self.client.states, "DescribeExecution", executionArn="x")
        after = self.values()
        ok = 'stepwell_requests_total{service="states",operation="ListActivities",error=""}'
        bad = 'stepwell_requests_total{service="states",operation="DescribeExecution",error="InvalidArn"}'
        self.assertEqual((after[ok] - before.get(ok, 0), after[bad] - before.get(bad, 0)), (1, 1))
        self.assertGreater(after['stepwell_request_seconds_count{service="states",operation="ListActivities"}'], 0)

    def test_the_process(self):
        self.ended(self.start(self.create("stored", passing())))
        values = self.values()
        for name in (
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds", "stepwell_connections",
            "stepwell_connections_accepted_total", "stepwell_received_bytes_total", "stepwell_sent_bytes_total", "stepwell_requests_open",
            "stepwell_store_commits_total", "stepwell_store_writes_total", "stepwell_store_written_bytes_total", "stepwell_store_bytes",
        ):  # fmt: skip
            with self.subTest(name):
                self.assertGreater(values[name], 0)
        self.assertGreaterEqual(values["stepwell_store_commits_total"], values["stepwell_store_writes_total"])


if __name__ == "__main__":
    unittest.main()
