"""Traces: one an execution, one span a state, sent to a collector over OTLP."""

import http.client
import json
import time
import unittest

from local.aws import ROLE, Client
from local.server import Server, held_port
from local.wait import wait_until
from support.fake_collector import FakeCollector, attributes
from support.machines import activity_task, failing, machine, passing, waiting

ROOT = "1-5759e988-bd862e3fe1be46a994272793"
TRACE = "5759e988bd862e3fe1be46a994272793"
PARENT = "53995c3f42cd8ad8"


class TracesCase(unittest.TestCase):
    def begin(self, endpoint: str) -> None:
        self.server = self.enterContext(Server(arguments=["--otlp-endpoint", endpoint]))
        self.client = Client(self.server.endpoint)

    def create(self, name: str, definition: dict, **more) -> str:
        return self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)["stateMachineArn"]

    def start(self, machine_arn: str, **more) -> str:
        return self.client.states("StartExecution", stateMachineArn=machine_arn, **more)["executionArn"]

    def ended(self, execution: str) -> dict:
        def description():
            found = self.client.states("DescribeExecution", executionArn=execution)
            return found if found["status"] != "RUNNING" else None

        return wait_until(description, "the execution to end")


class Traces(TracesCase):
    def setUp(self):
        self.collector = self.enterContext(FakeCollector())
        self.begin(self.collector.endpoint)

    def spans(self, execution: str) -> dict[str, dict]:
        """By name; the execution's own under ""."""
        found = wait_until(lambda: self.collector.of_execution(execution), f"the trace of {execution}")
        return {"": found[0]} | {span["name"]: span for span in found[1:]}

    def test_an_execution_and_its_states(self):
        arn = self.create("chain", machine(("A", {"Type": "Pass"}), ("B", {"Type": "Wait", "Seconds": 1}), ("C", {"Type": "Succeed"})))
        execution = self.start(arn)
        self.ended(execution)
        spans = self.spans(execution)
        self.assertEqual(set(spans), {"", "A", "B", "C"})
        root = spans[""]
        self.assertEqual(root["name"], "chain")
        self.assertNotIn("parentSpanId", root)
        self.assertEqual(attributes(root)["aws.stepfunctions.state_machine.arn"], arn)
        self.assertEqual(attributes(root)["aws.stepfunctions.execution.status"], "SUCCEEDED")
        for name in "ABC":
            self.assertEqual(spans[name]["parentSpanId"], root["spanId"])
            self.assertLessEqual(int(root["startTimeUnixNano"]), int(spans[name]["startTimeUnixNano"]))
            self.assertLessEqual(int(spans[name]["endTimeUnixNano"]), int(root["endTimeUnixNano"]))
            self.assertNotIn("status", spans[name])
        self.assertEqual([attributes(spans[name])["aws.stepfunctions.state.type"] for name in "ABC"], ["Pass", "Wait", "Succeed"])
        self.assertEqual([event["name"] for event in spans["B"]["events"]], ["wait"])
        self.assertGreaterEqual(int(spans["B"]["endTimeUnixNano"]) - int(spans["B"]["startTimeUnixNano"]), 10**9)
        self.assertEqual(len({span["spanId"] for span in spans.values()}), 4)

    def test_branches_and_iterations(self):
        inner = machine(("Inner", {"Type": "Pass"}))
        arn = self.create("tree", machine(("Split", {"Type": "Parallel", "Branches": [inner]}), ("Each", {"Type": "Map", "Iterator": machine(("Item", {"Type": "Pass"}))})))
        execution = self.start(arn, input="[1]")
        self.ended(execution)
        spans = self.spans(execution)
        self.assertEqual(spans["Inner"]["parentSpanId"], spans["Split"]["spanId"])
        self.assertEqual(spans["Item"]["parentSpanId"], spans["Each"]["spanId"])
        self.assertEqual(attributes(spans["Item"])["aws.stepfunctions.index"], "0")

    def test_retries_and_failures(self):
        activity = self.client.states("CreateActivity", name="retried")["activityArn"]
        retry = [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 1}]
        execution = self.start(self.create("retried", activity_task(activity, Retry=retry)))
        for _ in range(2):
            token = self.client.states("GetActivityTask", activityArn=activity)["taskToken"]
            self.client.states("SendTaskFailure", taskToken=token, error="Again", cause="the secret cause")
        self.ended(execution)
        spans = self.spans(execution)
        names = ["ActivityScheduled", "ActivityStarted", "ActivityFailed", "retry", "ActivityScheduled", "ActivityStarted", "ActivityFailed"]
        self.assertEqual([event["name"] for event in spans["Work"]["events"]], names)
        for span in spans.values():
            self.assertEqual(span["status"], {"code": 2, "message": "Again"})
        self.assertNotIn("the secret cause", json.dumps(self.collector.batches))

    def test_executions_that_fail_or_are_stopped(self):
        failed, stopped = self.start(self.create("failed", failing("Sorry"))), self.start(self.create("stopped", waiting()))
        self.client.states("StopExecution", executionArn=stopped)
        self.assertEqual(self.spans(failed)[""]["status"], {"code": 2, "message": "Sorry"})
        self.assertEqual(self.spans(stopped)["Wait"]["status"], {"code": 2, "message": "Aborted"})

    def test_express_ones(self):
        arn = self.create("express", passing(), type="EXPRESS")
        execution = self.client.states("StartSyncExecution", stateMachineArn=arn)["executionArn"]
        self.assertEqual(set(self.spans(execution)), {"", "Only"})

    def test_a_trace_goes_on(self):
        arn = self.create("traced", passing())
        header = f"Root={ROOT};Parent={PARENT};Sampled=1"
        execution = self.start(arn, traceHeader=header)
        self.assertEqual(self.ended(execution)["traceHeader"], header)
        root = self.spans(execution)[""]
        self.assertEqual((root["traceId"], root["parentSpanId"]), (TRACE, PARENT))

    def test_a_trace_named_in_the_header_of_the_request(self):
        arn = self.create("header", passing())
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        headers = {"X-Amz-Target": "AWSStepFunctions.StartExecution", "Content-Type": "application/x-amz-json-1.0", "X-Amzn-Trace-Id": f"Root={ROOT}"}
        connection.request("POST", "/", json.dumps({"stateMachineArn": arn}), headers)
        execution = json.loads(connection.getresponse().read())["executionArn"]
        self.assertEqual(self.spans(execution)[""]["traceId"], TRACE)

    def test_what_is_not_sampled_is_not_sent(self):
        arn = self.create("unsampled", passing())
        self.ended(self.start(arn, traceHeader=f"Root={ROOT};Sampled=0"))
        later = self.start(arn)
        self.spans(later)
        self.assertEqual(self.collector.of_trace(TRACE), [])

    def test_payloads_are_not_sent(self):
        execution = self.start(self.create("private", passing({"result": "the secret result"})), input='"the secret input"')
        self.ended(execution)
        self.spans(execution)
        self.assertNotIn("the secret", json.dumps(self.collector.batches))

    def test_a_trace_outlives_a_restart(self):
        execution = self.start(self.create("restarted", machine(("A", {"Type": "Pass"}), ("B", {"Type": "Wait", "Seconds": 3}))))
        self.server.kill()
        self.server.start()
        self.ended(execution)
        spans = self.spans(execution)
        self.assertIn("B", spans)
        self.assertEqual(spans["B"]["parentSpanId"], spans[""]["spanId"])

    def test_what_waits_is_sent_at_the_end(self):
        execution = self.start(self.create("last", passing()))
        self.ended(execution)
        self.assertEqual(self.server.stop(), 0)
        self.assertTrue(self.collector.of_execution(execution))


class BadCollectors(TracesCase):
    def port(self) -> int:
        return self.enterContext(held_port()).getsockname()[1]

    def run_many(self) -> float:
        """Seconds that 300 executions take."""
        arn = self.create("many", passing())
        began = time.monotonic()
        for number in range(300):
            self.start(arn, name=f"n{number}")
        return time.monotonic() - began

    def test_one_that_is_not_there(self):
        self.begin(f"http://127.0.0.1:{self.port()}")
        self.assertLess(self.run_many(), 10)
        wait_until(lambda: "Traces cannot be sent" in self.server.log_tail(), "the log to tell")
        began = time.monotonic()
        self.assertEqual(self.server.stop(), 0)
        self.assertLess(time.monotonic() - began, 6)

    def test_one_that_does_not_answer(self):
        with FakeCollector() as collector:
            collector.held.set()
            self.begin(collector.endpoint)
            self.assertLess(self.run_many(), 10)
            began = time.monotonic()
            self.assertEqual(self.server.stop(), 0)
            self.assertLess(time.monotonic() - began, 6)

    def test_one_that_comes_late(self):
        port = self.port()
        self.begin(f"http://127.0.0.1:{port}/v1/traces")
        execution = self.start(self.create("late", passing()))
        wait_until(lambda: "Traces cannot be sent" in self.server.log_tail(), "the log to tell")
        with FakeCollector(port) as collector:
            wait_until(lambda: collector.of_execution(execution), "the spans to be sent again")

    def test_one_that_refuses(self):
        with FakeCollector() as collector:
            collector.status = 400
            self.begin(collector.endpoint)
            self.start(self.create("refused", passing()))
            wait_until(lambda: "refuses traces with status 400" in self.server.log_tail(), "the log to tell")
            collector.status = 200
            execution = self.start(self.create("taken", passing()))
            wait_until(lambda: collector.of_execution(execution), "later spans to be sent")


if __name__ == "__main__":
    unittest.main()
