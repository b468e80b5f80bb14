"""Functions that are called with what comes into a queue, through boto3."""

import io
import json
import pathlib
import shutil
import tempfile
import zipfile

from local.wait import wait_until
from support.target import ServiceCase, unique

CODE = """
const fs = require("fs");
exports.handler = async (event) => {
  fs.appendFileSync(process.env.FILE, JSON.stringify(event) + "\\n");
  const bad = event.Records.filter((record) => record.body.startsWith("bad"));
  if (process.env.REPORTS) return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) };
  if (bad.length) throw new Error("bad");
};
"""


class EventSources(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if shutil.which("node") is None:
            cls.skipTest(cls, "node is not installed")
        cls.sqs, cls.functions = cls.target.client("sqs"), cls.target.client("lambda")
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def queue(self, **attributes) -> tuple[str, str]:
        fifo = ".fifo" if "FifoQueue" in attributes else ""
        url = self.sqs.create_queue(QueueName=unique("source") + fifo, Attributes=attributes)["QueueUrl"]
        return url, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def function(self, **environment) -> tuple[str, pathlib.Path]:
        name = unique("reader")
        file = self.folder / name
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("index.js", CODE)
        self.functions.create_function(
            FunctionName=name, Runtime="nodejs20.x", Role=self.target.role, Handler="index.handler", Code={"ZipFile": package.getvalue()},
            Environment={"Variables": {"FILE": str(file), **environment}}, Timeout=20,
        )  # fmt: skip
        return name, file

    def map(self, function: str, source: str, **more) -> dict:
        mapping = self.functions.create_event_source_mapping(FunctionName=function, EventSourceArn=source, **more)
        self.addCleanup(self.functions.delete_event_source_mapping, UUID=mapping["UUID"])
        return mapping

    def events(self, file: pathlib.Path) -> list[dict]:
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def bodies(self, file: pathlib.Path) -> list[str]:
        return [record["body"] for event in self.events(file) for record in event["Records"]]

    def counts(self, url: str) -> tuple[int, int]:
        shown = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return int(shown["ApproximateNumberOfMessages"]), int(shown["ApproximateNumberOfMessagesNotVisible"])

    def send(self, url: str, *bodies: str) -> None:
        self.sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies)])

    def test_messages_are_done_and_deleted(self):
        url, arn = self.queue()
        function, file = self.function()
        mapping = self.map(function, arn)
        self.assertEqual((mapping["State"], mapping["BatchSize"]), ("Creating", 10))
        attributes = {"a": {"DataType": "String", "StringValue": "v"}}
        sent = self.sqs.send_message(QueueUrl=url, MessageBody="hello", MessageAttributes=attributes)
        wait_until(lambda: self.counts(url) == (0, 0) and self.bodies(file), "the message to be deleted")
        record = self.events(file)[0]["Records"][0]
        self.assertEqual((record["messageId"], record["body"], record["eventSourceARN"]), (sent["MessageId"], "hello", arn))
        self.assertEqual(record["messageAttributes"]["a"]["stringValue"], "v")
        self.assertEqual(self.functions.get_event_source_mapping(UUID=mapping["UUID"])["State"], "Enabled")
        with self.refused("ResourceConflictException"):
            self.functions.create_event_source_mapping(FunctionName=function, EventSourceArn=arn)
        listed = self.functions.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
        self.assertEqual([found["UUID"] for found in listed], [mapping["UUID"]])

    def test_what_fails_comes_again(self):
        dead, dead_arn = self.queue()
        url, arn = self.queue(VisibilityTimeout="20", RedrivePolicy=json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 1}))
        function, file = self.function()
        self.map(function, arn, BatchSize=1)
        self.send(url, "bad", "good")
        wait_until(lambda: sorted(self.bodies(file)) == ["bad", "good"] and self.counts(url) == (0, 1), "the good one to be deleted")
        [bad] = [record for event in self.events(file) for record in event["Records"] if record["body"] == "bad"]
        self.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=bad["receiptHandle"], VisibilityTimeout=0)
        wait_until(lambda: self.counts(dead) == (1, 0), "the bad one to be given up")
        self.assertEqual(self.counts(url), (0, 0))

    def test_parts_of_a_batch(self):
        url, arn = self.queue()
        function, file = self.function(REPORTS="1")
        mapping = self.map(function, arn, MaximumBatchingWindowInSeconds=1, FunctionResponseTypes=["ReportBatchItemFailures"])
        self.send(url, "a", "bad", "c")
        wait_until(lambda: sorted(self.bodies(file)) == ["a", "bad", "c"] and self.counts(url) == (0, 1), "all but one to be deleted")
        self.assertEqual(mapping["FunctionResponseTypes"], ["ReportBatchItemFailures"])

    def test_filters(self):
        url, arn = self.queue()
        function, file = self.function()
        self.map(function, arn, FilterCriteria={"Filters": [{"Pattern": json.dumps({"body": {"kind": ["order"]}})}]})
        self.send(url, json.dumps({"kind": "order"}), json.dumps({"kind": "other"}), "text")
        wait_until(lambda: self.bodies(file) and self.counts(url) == (0, 0), "all to be done")
        self.assertEqual(self.bodies(file), [json.dumps({"kind": "order"})])

    def test_a_group_keeps_its_order(self):
        url, arn = self.queue(FifoQueue="true", ContentBasedDeduplication="true")
        function, file = self.function()
        self.map(function, arn, BatchSize=2)
        for i in range(10):
            self.sqs.send_message(QueueUrl=url, MessageBody=str(i), MessageGroupId="g")
        wait_until(lambda: self.counts(url) == (0, 0) and len(self.bodies(file)) == 10, "all to be done")
        self.assertEqual(self.bodies(file), [str(i) for i in range(10)])

    def test_changed_and_taken_away(self):
        url, arn = self.queue()
        function, file = self.function()
        mapping = self.functions.create_event_source_mapping(FunctionName=function, EventSourceArn=arn, Enabled=False)
        self.send(url, "a")
        self.assertEqual(self.functions.get_event_source_mapping(UUID=mapping["UUID"])["State"], "Disabled")
        self.assertEqual((self.counts(url), self.bodies(file)), ((1, 0), []))
        changed = self.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True, BatchSize=5)
        self.assertEqual((changed["State"], changed["BatchSize"]), ("Updating", 5))
        wait_until(lambda: self.counts(url) == (0, 0) and self.bodies(file) == ["a"], "the message to be done")
        self.target.server.kill()
        self.target.server.restart()
        self.send(url, "b")
        wait_until(lambda: self.counts(url) == (0, 0) and self.bodies(file) == ["a", "b"], "the message to be done after a restart")
        self.assertEqual(self.functions.delete_event_source_mapping(UUID=mapping["UUID"])["State"], "Deleting")
        with self.refused("ResourceNotFoundException"):
            self.functions.get_event_source_mapping(UUID=mapping["UUID"])
        self.send(url, "c")
        self.assertEqual(self.counts(url), (1, 0))

    def test_refused(self):
        url, arn = self.queue()
        fifo = self.queue(FifoQueue="true")[1]
        short = self.queue(VisibilityTimeout="10")[1]
        function, _ = self.function()
        for code, parameters in (
            ("ResourceNotFoundException", {"FunctionName": "nothing", "EventSourceArn": arn}),
            ("InvalidParameterValueException", {"FunctionName": function}),
            ("InvalidParameterValueException", {"FunctionName": function, "EventSourceArn": arn + "-not"}),
            ("InvalidParameterValueException", {"FunctionName": function, "EventSourceArn": short}),
            ("InvalidParameterValueException", {"FunctionName": function, "EventSourceArn": arn, "BatchSize": 11}),
            ("InvalidParameterValueException", {"FunctionName": function, "EventSourceArn": fifo, "MaximumBatchingWindowInSeconds": 1}),
            ("InvalidParameterValueException", {"FunctionName": function, "EventSourceArn": arn, "FilterCriteria": {"Filters": [{"Pattern": "{"}]}}),
            ("NotImplemented", {"FunctionName": function, "EventSourceArn": arn.replace(":sqs:", ":kinesis:")}),
        ):
            with self.subTest(parameters), self.refused(code):
                self.functions.create_event_source_mapping(**parameters)
