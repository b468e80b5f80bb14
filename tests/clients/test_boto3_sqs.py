"""SQS through boto3: what the older one speaks is the query protocol, the newer one speaks JSON."""

import concurrent.futures
import hashlib
import http.client
import json
import time
import unittest
import urllib.parse

import botocore.exceptions
from botocore import xform_name

from every_operation import Refused, Unknown
from local.wait import wait_until
from sqs_walk import SqsWalk
from support.machines import machine
from support.target import ServiceCase, chosen_url, own_target, unique

KEY = ("QUEUES", "the-secret-of-the-queues")


def sending(parameters: dict, pattern: str = "") -> dict:
    return machine(("Send", {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage" + pattern, "Parameters": parameters}))


class SqsCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sqs = cls.target.client("sqs")

    def queue(self, name: str = "queue", tags: dict | None = None, **attributes) -> str:
        fifo = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        full = unique(name.removesuffix(".fifo")) + (".fifo" if fifo else "")
        return self.sqs.create_queue(QueueName=full, Attributes={**fifo, **attributes}, tags=tags or {})["QueueUrl"]

    def arn(self, url: str) -> str:
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def attributes(self, url: str) -> dict:
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    def send(self, url: str, *bodies: str, **more) -> list[dict]:
        return [self.sqs.send_message(QueueUrl=url, MessageBody=body, **more) for body in bodies]

    def receive(self, url: str, most: int = 10, **more) -> list[dict]:
        return self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=most, **more).get("Messages", [])

    def bodies(self, url: str, most: int = 10, **more) -> list[str]:
        return [message["Body"] for message in self.receive(url, most, **more)]

    def delete(self, url: str, message: dict) -> None:
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


class Boto3:
    def __init__(self, target):
        self._client = target.client("sqs", keys=KEY, parameter_validation=True)
        self.operations = set(self._client.meta.service_model.operation_names)

    def __call__(self, operation: str, **parameters) -> dict:
        if operation not in self.operations:
            raise Unknown(operation)
        try:
            return getattr(self._client, xform_name(operation))(**parameters)
        except botocore.exceptions.ClientError as error:
            raise Refused(error.response["Error"]["Code"]) from None


class EveryOperation(unittest.TestCase):
    def setUp(self):
        if chosen_url():
            self.skipTest("it needs a server of its own")

    def walk(self, tls: bool) -> None:
        with own_target("--access-key", ":".join(KEY), tls=tls) as target:
            client = Boto3(target)
            walk = SqsWalk(client)
            walk.run()
            self.assertEqual(walk.driven, client.operations)

    def test_is_driven(self):
        self.walk(tls=False)

    def test_is_driven_over_tls(self):
        self.walk(tls=True)


class Queues(SqsCase):
    def test_what_a_new_queue_is(self):
        url = self.queue()
        shown = self.attributes(url)
        self.assertTrue(url.startswith(self.target.url + "/123456789012/"), url)
        now = time.time()
        self.assertLess(abs(int(shown.pop("CreatedTimestamp")) - now), 60)
        self.assertLess(abs(int(shown.pop("LastModifiedTimestamp")) - now), 60)
        self.assertEqual(
            shown,
            {
                "ApproximateNumberOfMessages": "0",
                "ApproximateNumberOfMessagesDelayed": "0",
                "ApproximateNumberOfMessagesNotVisible": "0",
                "DelaySeconds": "0",
                "MaximumMessageSize": "1048576",
                "MessageRetentionPeriod": "345600",
                "QueueArn": f"arn:aws:sqs:{self.target.region}:123456789012:{url.rsplit('/', 1)[1]}",
                "ReceiveMessageWaitTimeSeconds": "0",
                "SqsManagedSseEnabled": "true",
                "VisibilityTimeout": "30",
            },
        )
        fifo = self.attributes(self.queue("q.fifo"))
        self.assertEqual(
            {name: fifo[name] for name in ("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")},
            {"FifoQueue": "true", "ContentBasedDeduplication": "false", "DeduplicationScope": "queue", "FifoThroughputLimit": "perQueue"},
        )

    def test_making_it_again(self):
        url = self.queue(DelaySeconds="5")
        name = url.rsplit("/", 1)[1]
        self.assertEqual(self.sqs.create_queue(QueueName=name)["QueueUrl"], url)
        self.assertEqual(self.sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "5"})["QueueUrl"], url)
        with self.refused("QueueAlreadyExists", "A queue already exists with the same name and a different value for attribute DelaySeconds"):
            self.sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "6"})

    def test_a_deleted_queue(self):
        url = self.queue()
        name = url.rsplit("/", 1)[1]
        self.sqs.delete_queue(QueueUrl=url)
        with self.refused("AWS.SimpleQueueService.QueueDeletedRecently"):
            self.sqs.create_queue(QueueName=name)
        for ask in (
            lambda: self.sqs.send_message(QueueUrl=url, MessageBody="m"),
            lambda: self.sqs.receive_message(QueueUrl=url),
            lambda: self.sqs.get_queue_url(QueueName=name),
            lambda: self.sqs.delete_queue(QueueUrl=url),
        ):
            with self.refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."):
                ask()

    def test_names(self):
        for name, attributes in (("a.b", {}), ("x" * 81, {}), ("a.fifo", {}), ("a b", {})):
            with self.refused("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"):
                self.sqs.create_queue(QueueName=name, Attributes=attributes)
        with self.refused("InvalidParameterValue"):
            self.sqs.create_queue(QueueName="no-suffix", Attributes={"FifoQueue": "true"})
        with self.refused("MissingParameter", "The request must contain the parameter QueueName."):
            self.sqs.create_queue()

    def test_attributes_that_are_refused(self):
        url = self.queue()
        for name, value, code in (
            ("VisibilityTimeout", "43201", "InvalidAttributeValue"),
            ("DelaySeconds", "901", "InvalidAttributeValue"),
            ("DelaySeconds", "-1", "InvalidAttributeValue"),
            ("DelaySeconds", "x", "InvalidAttributeValue"),
            ("MaximumMessageSize", "1023", "InvalidAttributeValue"),
            ("MessageRetentionPeriod", "59", "InvalidAttributeValue"),
            ("ReceiveMessageWaitTimeSeconds", "21", "InvalidAttributeValue"),
            ("Policy", "no policy", "InvalidAttributeValue"),
            ("Foo", "1", "InvalidAttributeName"),
            ("QueueArn", "a", "InvalidAttributeName"),
            ("ContentBasedDeduplication", "true", "InvalidAttributeName"),
            ("DeduplicationScope", "queue", "InvalidAttributeName"),
            ("RedrivePolicy", "[]", "InvalidParameterValue"),
        ):
            with self.subTest(name, value=value), self.refused(code):
                self.sqs.set_queue_attributes(QueueUrl=url, Attributes={name: value})
        with self.refused("InvalidAttributeName", "Unknown Attribute Foo."):
            self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Foo"])
        fifo = self.queue("q.fifo")
        with self.refused("InvalidAttributeValue"):
            self.sqs.set_queue_attributes(QueueUrl=fifo, Attributes={"FifoQueue": "false"})
        with self.refused("InvalidAttributeValue"):
            self.sqs.set_queue_attributes(QueueUrl=fifo, Attributes={"FifoThroughputLimit": "perMessageGroupId"})

    def test_listing_by_pages(self):
        prefix = unique("page")
        urls = [self.sqs.create_queue(QueueName=f"{prefix}-{i}")["QueueUrl"] for i in range(5)]
        pages = []
        more = {}
        while True:
            page = self.sqs.list_queues(QueueNamePrefix=prefix, MaxResults=2, **more)
            pages.append(page.get("QueueUrls", []))
            if "NextToken" not in page:
                break
            more = {"NextToken": page["NextToken"]}
        self.assertEqual(pages, [urls[:2], urls[2:4], urls[4:]])
        self.assertEqual(self.sqs.list_queues(QueueNamePrefix=prefix)["QueueUrls"], urls)
        self.assertNotIn("QueueUrls", self.sqs.list_queues(QueueNamePrefix=prefix + "-none"))
        with self.refused("InvalidParameterValue"):
            self.sqs.list_queues(MaxResults=1001)

    def test_tags(self):
        url = self.queue(tags={"team": "blue", "stage": "test"})
        self.sqs.tag_queue(QueueUrl=url, Tags={"team": "red"})
        self.sqs.untag_queue(QueueUrl=url, TagKeys=["stage", "nothing"])
        self.assertEqual(self.sqs.list_queue_tags(QueueUrl=url)["Tags"], {"team": "red"})
        with self.refused("InvalidParameterValue"):
            self.sqs.tag_queue(QueueUrl=url, Tags={f"t{i}": "x" for i in range(50)})

    def test_permissions(self):
        url = self.queue()
        self.sqs.add_permission(QueueUrl=url, Label="one", AWSAccountIds=["111111111111"], Actions=["ReceiveMessage"])
        policy = json.loads(self.attributes(url)["Policy"])
        arn = self.arn(url)
        self.assertEqual(
            policy,
            {
                "Version": "2008-10-17",
                "Id": f"{arn}/SQSDefaultPolicy",
                "Statement": [
                    {
                        "Sid": "one",
                        "Effect": "Allow",
                        "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                        "Action": "SQS:ReceiveMessage",
                        "Resource": arn,
                    }
                ],
            },
        )
        with self.refused("InvalidParameterValue", "Value one for parameter Label is invalid. Reason: Already exists."):
            self.sqs.add_permission(QueueUrl=url, Label="one", AWSAccountIds=["111111111111"], Actions=["ReceiveMessage"])
        with self.refused("InvalidParameterValue"):
            self.sqs.add_permission(QueueUrl=url, Label="two", AWSAccountIds=["111111111111"], Actions=["Dance"])
        with self.refused("OverLimit"):
            actions = ["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "PurgeQueue", "*"]
            self.sqs.add_permission(QueueUrl=url, Label="two", AWSAccountIds=["111111111111"], Actions=actions)
        with self.refused("InvalidParameterValue", "Value two for parameter Label is invalid. Reason: can't find label."):
            self.sqs.remove_permission(QueueUrl=url, Label="two")
        self.sqs.remove_permission(QueueUrl=url, Label="one")
        self.assertNotIn("Policy", self.attributes(url))

    def test_addresses(self):
        with self.refused("InvalidAddress"):
            self.sqs.receive_message(QueueUrl=self.target.url + "/nothing")
        with self.refused("MissingParameter", "The request must contain the parameter QueueUrl."):
            self.sqs.receive_message()


class Messages(SqsCase):
    def test_digests_and_attributes(self):
        url = self.queue()
        attributes = {
            "City": {"DataType": "String", "StringValue": "Any City"},
            "Greeting": {"DataType": "Binary", "BinaryValue": b"Hello, World!\x00\xff"},
            "Population": {"DataType": "Number.int", "StringValue": "1250800"},
        }
        body = 'Ünïcode <&> "quoted"\t\r\n end'
        trace = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}}
        sent = self.sqs.send_message(QueueUrl=url, MessageBody=body, MessageAttributes=attributes, MessageSystemAttributes=trace)
        self.assertEqual(sent["MD5OfMessageBody"], hashlib.md5(body.encode()).hexdigest())
        self.assertIn("MD5OfMessageSystemAttributes", sent)
        message = self.receive(url, MessageAttributeNames=["All"], AttributeNames=["All"], VisibilityTimeout=0)[0]
        self.assertEqual((message["Body"], message["MessageAttributes"]), (body, attributes))
        self.assertEqual(message["MD5OfBody"], sent["MD5OfMessageBody"])
        self.assertEqual(message["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])
        system = message["Attributes"]
        self.assertEqual(set(system), {"SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "AWSTraceHeader"})
        self.assertEqual(system["AWSTraceHeader"], "Root=1-5759e988-bd862e3fe1be46a994272793")
        self.assertLess(abs(int(system["SentTimestamp"]) / 1000 - time.time()), 60)
        again = self.receive(url, AttributeNames=["ApproximateReceiveCount"], MessageAttributeNames=["Pop.*", "Nothing"])[0]
        self.assertEqual(again["Attributes"], {"ApproximateReceiveCount": "2"})
        self.assertEqual(list(again["MessageAttributes"]), ["Population"])
        self.assertNotEqual(again["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])

    def test_known_digests(self):
        """As AWS has answered them."""
        url = self.queue()
        attributes = {name: {"DataType": "String", "StringValue": value} for name, value in (("Hello", "There"), ("General", "Kenobi"), ("Help.Me", "Me"))}
        sent = self.sqs.send_message(QueueUrl=url, MessageBody="msg", MessageAttributes=attributes)
        self.assertEqual((sent["MD5OfMessageBody"], sent["MD5OfMessageAttributes"]), ("6e2baaf3b97dbeef01c0043275f9a0e7", "4c360f3fdafd970e05fae2f149d997f5"))
        for names, digest in (
            (["Hello", "General"], "fca026605781cb4126a1e9044df24232"),
            (["Hello", "Nothing"], "a311262e065454b75da111d535b8dacd"),
            (["Hel.*"], "83fee93c1bcd8b9a5a923ffacdc636c7"),
            ([".*"], "4c360f3fdafd970e05fae2f149d997f5"),
        ):
            received = self.receive(url, MessageAttributeNames=names, VisibilityTimeout=0)[0]
            self.assertEqual(received["MD5OfMessageAttributes"], digest, names)
        self.assertNotIn("MessageAttributes", self.receive(url, MessageAttributeNames=["Nothing"], VisibilityTimeout=0)[0])
        self.assertNotIn("MessageAttributes", self.receive(url)[0])

    def test_messages_that_are_refused(self):
        url = self.queue(MaximumMessageSize="1024")
        text = {"DataType": "String", "StringValue": "v"}
        for code, parameters in (
            ("MissingParameter", {"MessageBody": ""}),
            ("InvalidMessageContents", {"MessageBody": "a\x0bb"}),
            ("InvalidParameterValue", {"MessageBody": "x" * 1025}),
            ("InvalidParameterValue", {"MessageBody": "x" * 1017, "MessageAttributes": {"a": text}}),
            ("InvalidParameterValue", {"MessageBody": "x", "DelaySeconds": 901}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageDeduplicationId": "d"}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "v"}}}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Number", "StringValue": "v"}}}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "String", "StringValue": ""}}}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageAttributes": {"a..b": text}}),
            ("InvalidParameterValue", {"MessageBody": "x", "MessageAttributes": {f"a{i}": text for i in range(11)}}),
        ):
            with self.subTest(parameters), self.refused(code):
                self.sqs.send_message(QueueUrl=url, **parameters)
        with self.refused("InvalidParameterValue", "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."):
            self.send(url, "x" * 1025)
        self.send(url, "x" * 1024)

    def test_receives_that_are_refused(self):
        url = self.queue()
        with self.refused("InvalidParameterValue", "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."):
            self.receive(url, 11)
        with self.refused("InvalidParameterValue", "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."):
            self.receive(url, WaitTimeSeconds=21)
        with self.refused("InvalidParameterValue"):
            self.receive(url, VisibilityTimeout=43201)
        with self.refused("InvalidAttributeName", "Unknown Attribute Foo."):
            self.receive(url, AttributeNames=["Foo"])

    def test_receipts(self):
        url, other = self.queue(), self.queue()
        self.send(url, "m")
        message = self.receive(url)[0]
        with self.refused("ReceiptHandleIsInvalid"):
            self.delete(other, message)
        with self.refused("ReceiptHandleIsInvalid", 'The input receipt handle "x" is not a valid receipt handle.'):
            self.sqs.delete_message(QueueUrl=url, ReceiptHandle="x")
        with self.refused("InvalidParameterValue"):
            self.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=43201)
        self.delete(url, message)
        self.delete(url, message)
        with self.refused("InvalidParameterValue"):
            self.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=1)

    def test_batches_that_are_refused(self):
        url = self.queue()

        def send(*entries):
            return self.sqs.send_message_batch(QueueUrl=url, Entries=list(entries))

        with self.refused("AWS.SimpleQueueService.EmptyBatchRequest"):
            send()
        with self.refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10. You have sent 11."):
            send(*({"Id": str(i), "MessageBody": "m"} for i in range(11)))
        with self.refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct"):
            send(*({"Id": "a", "MessageBody": "m"} for _ in range(2)))
        for name in ("a:b", "x" * 81):
            with self.refused("AWS.SimpleQueueService.InvalidBatchEntryId"):
                send({"Id": name, "MessageBody": "m"})
        with self.refused("AWS.SimpleQueueService.BatchRequestTooLong", "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes."):
            send({"Id": "a", "MessageBody": "x" * 1048576}, {"Id": "b", "MessageBody": "x"})
        mixed = send({"Id": "a", "MessageBody": "good"}, {"Id": "b", "MessageBody": "m", "DelaySeconds": 901})
        self.assertEqual([entry["Id"] for entry in mixed["Successful"]], ["a"])
        self.assertEqual([(entry["Id"], entry["Code"], entry["SenderFault"]) for entry in mixed["Failed"]], [("b", "InvalidParameterValue", True)])
        self.assertEqual(self.bodies(url), ["good"])

    def test_a_large_message(self):
        url = self.queue()
        body = "é" * 524288
        self.send(url, body)
        self.assertEqual(self.bodies(url), [body])

    def test_delay(self):
        url = self.queue(DelaySeconds="900")
        self.send(url, "late")
        self.send(url, "soon", DelaySeconds=0)
        self.assertEqual(self.bodies(url), ["soon"])
        self.assertEqual(self.attributes(url)["ApproximateNumberOfMessagesDelayed"], "1")

    def test_a_receive_waits(self):
        url = self.queue(ReceiveMessageWaitTimeSeconds="20")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            waiting = [pool.submit(self.bodies, url, 1) for _ in range(3)]
            wait_until(lambda: not any(each.done() for each in waiting), "receives to wait")
            self.send(url, "a", "b", "c")
            self.assertEqual(sorted(each.result(10)[0] for each in waiting), ["a", "b", "c"])
        began = time.monotonic()
        self.assertEqual(self.bodies(url, WaitTimeSeconds=1), [])
        self.assertGreater(time.monotonic() - began, 0.9)

    def test_whoever_hangs_up_takes_no_message(self):
        url = self.queue()
        with self.assertRaises(botocore.exceptions.ReadTimeoutError):
            self.target.client("sqs", read_timeout=1).receive_message(QueueUrl=url, WaitTimeSeconds=20)
        self.send(url, "m")
        self.assertEqual(self.bodies(url, WaitTimeSeconds=5), ["m"])


class Fifo(SqsCase):
    def test_order_and_deduplication(self):
        url = self.queue("q.fifo", ContentBasedDeduplication="true")
        sent = [self.send(url, f"m{i}", MessageGroupId="g")[0] for i in range(5)]
        numbers = [entry["SequenceNumber"] for entry in sent]
        self.assertEqual(numbers, sorted(numbers))
        self.assertTrue(all(len(number) == 20 for number in numbers), numbers)
        self.assertEqual(self.send(url, "m0", MessageGroupId="g")[0]["MessageId"], sent[0]["MessageId"])
        received = self.receive(url, 3, AttributeNames=["All"])
        self.assertEqual([message["Body"] for message in received], ["m0", "m1", "m2"])
        self.assertEqual(received[0]["Attributes"]["SequenceNumber"], numbers[0])
        self.assertEqual(received[0]["Attributes"]["MessageGroupId"], "g")
        self.assertEqual(received[0]["Attributes"]["MessageDeduplicationId"], hashlib.sha256(b"m0").hexdigest())
        self.assertEqual(self.receive(url), [])
        self.send(url, "other", MessageGroupId="h")
        self.assertEqual(self.bodies(url), ["other"])
        for message in received:
            self.delete(url, message)
        self.assertEqual(self.bodies(url), ["m3", "m4"])

    def test_messages_that_are_refused(self):
        url = self.queue("q.fifo")
        with self.refused("MissingParameter", "The request must contain the parameter MessageGroupId."):
            self.send(url, "m", MessageDeduplicationId="d")
        with self.refused(
            "InvalidParameterValue",
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
        ):
            self.send(url, "m", MessageGroupId="g")
        with self.refused(
            "InvalidParameterValue", "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type."
        ):
            self.send(url, "m", MessageGroupId="g", MessageDeduplicationId="d", DelaySeconds=2)
        with self.refused("InvalidParameterValue"):
            self.send(url, "m", MessageGroupId="g g", MessageDeduplicationId="d")

    def test_an_expired_receipt(self):
        url = self.queue("q.fifo")
        self.send(url, "m", MessageGroupId="g", MessageDeduplicationId="d")
        message = self.receive(url, VisibilityTimeout=0)[0]
        with self.refused("InvalidParameterValue", f"Value {message['ReceiptHandle']} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."):
            self.delete(url, message)

    def test_many_senders_keep_their_order(self):
        url = self.queue("q.fifo")

        def send(group):
            for i in range(25):
                self.send(url, f"{group}{i}", MessageGroupId=group, MessageDeduplicationId=f"{group}{i}")

        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(send, "abcd"))
        received = {group: [] for group in "abcd"}
        while messages := self.receive(url):
            for message in messages:
                received[message["Body"][0]].append(message["Body"])
                self.delete(url, message)
        self.assertEqual(received, {group: [f"{group}{i}" for i in range(25)] for group in "abcd"})


class DeadLetters(SqsCase):
    def test_policies_that_are_refused(self):
        dead, fifo = self.queue("dead"), self.queue("dead.fifo")

        def create(**policy):
            return self.queue(RedrivePolicy=json.dumps(policy))

        with self.refused("InvalidParameterValue") as caught:
            create(deadLetterTargetArn="dummy", maxReceiveCount=42)
        self.assertEqual(
            caught.exception.response["Error"]["Message"],
            'Value {"deadLetterTargetArn": "dummy", "maxReceiveCount": 42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
        )
        for policy in (
            {"maxReceiveCount": 1},
            {"deadLetterTargetArn": self.arn(dead)},
            {"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": 0},
            {"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": 1001},
            {"deadLetterTargetArn": self.arn(dead) + "-not", "maxReceiveCount": 1},
            {"deadLetterTargetArn": self.arn(fifo), "maxReceiveCount": 1},
        ):
            with self.subTest(policy), self.refused("InvalidParameterValue"):
                create(**policy)
        self.sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'})
        with self.refused("InvalidParameterValue"):
            create(deadLetterTargetArn=self.arn(dead), maxReceiveCount=1)

    def test_moved_with_its_source(self):
        dead = self.queue("dead")
        source = self.queue(RedrivePolicy=json.dumps({"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": "2"}))
        self.send(source, "m")
        for _ in range(2):
            self.assertEqual(self.bodies(source, VisibilityTimeout=0), ["m"])
        self.assertEqual(self.bodies(source), [])
        moved = self.receive(dead, AttributeNames=["All"], WaitTimeSeconds=5)[0]
        self.assertEqual(moved["Attributes"]["DeadLetterQueueSourceArn"], self.arn(source))

    def test_move_tasks_that_are_refused(self):
        if not hasattr(self.sqs, "start_message_move_task"):
            self.skipTest("this boto3 does not know message move tasks")
        plain = self.arn(self.queue())
        with self.refused("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue."):
            self.sqs.start_message_move_task(SourceArn=plain)
        with self.refused("ResourceNotFoundException", "The resource that you specified for the SourceArn parameter doesn't exist."):
            self.sqs.start_message_move_task(SourceArn=plain + "-not")
        with self.refused("InvalidParameterValue", "Value for parameter TaskHandle is invalid."):
            self.sqs.cancel_message_move_task(TaskHandle="x")


class QueryProtocol(SqsCase):
    """As a client without an SDK speaks it."""

    def ask(self, path: str, method: str = "POST", **fields) -> tuple[int, str]:
        host = urllib.parse.urlsplit(self.target.url)
        connection = http.client.HTTPConnection(host.hostname, host.port)
        form = urllib.parse.urlencode({"Version": "2012-11-05", **fields})
        if method == "GET":
            connection.request("GET", f"{path}?{form}")
        else:
            connection.request("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def test_the_path_names_the_queue(self):
        if self.tls:
            self.skipTest("over plain HTTP")
        url = self.queue()
        path = urllib.parse.urlsplit(url).path
        status, text = self.ask(path, Action="SendMessage", MessageBody="m & m")
        self.assertEqual(status, 200, text)
        self.assertIn('<SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult>', text)
        status, text = self.ask(path, "GET", Action="ReceiveMessage", **{"AttributeName.1": "ApproximateReceiveCount"})
        self.assertIn("<Message><MessageId>", text)
        self.assertIn("<Body>m &amp; m</Body><Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute></Message>", text)
        status, text = self.ask(path + "-not", Action="ReceiveMessage")
        self.assertEqual(status, 400)
        self.assertIn("<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>", text)

    def test_json_names_the_older_code(self):
        if self.tls:
            self.skipTest("over plain HTTP")
        host = urllib.parse.urlsplit(self.target.url)
        connection = http.client.HTTPConnection(host.hostname, host.port)
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.GetQueueUrl"}
        connection.request("POST", "/", json.dumps({"QueueName": "nothing"}), headers)
        answer = connection.getresponse()
        self.assertEqual(answer.getheader("x-amzn-query-error"), "AWS.SimpleQueueService.NonExistentQueue;Sender")
        self.assertEqual(
            json.loads(answer.read()), {"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "The specified queue does not exist."}
        )
        connection.close()


class Restart(unittest.TestCase):
    """What was acknowledged is there after kill -9."""

    def test_nothing_is_lost(self):
        if chosen_url():
            self.skipTest("it needs a server of its own")
        with own_target() as target:
            sqs = target.client("sqs")
            url = sqs.create_queue(QueueName="q")["QueueUrl"]
            fifo = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
            for i in range(30):
                sqs.send_message(QueueUrl=url, MessageBody=str(i))
                sqs.send_message(QueueUrl=fifo, MessageBody=str(i), MessageGroupId="g", MessageDeduplicationId=str(i))
            flying = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
            for message in flying[:5]:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            target.server.kill()
            target.server.restart()
            for message in flying[5:]:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            left = set()
            while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
                left |= {message["Body"] for message in messages}
            self.assertEqual(left, {str(i) for i in range(30)} - {message["Body"] for message in flying})
            again = sqs.send_message(QueueUrl=fifo, MessageBody="0", MessageGroupId="g", MessageDeduplicationId="0")
            received = []
            while messages := sqs.receive_message(QueueUrl=fifo, MaxNumberOfMessages=10, AttributeNames=["All"]).get("Messages"):
                received += messages
                for message in messages:
                    sqs.delete_message(QueueUrl=fifo, ReceiptHandle=message["ReceiptHandle"])
            self.assertEqual([message["Body"] for message in received], [str(i) for i in range(30)])
            self.assertEqual(again["MessageId"], received[0]["MessageId"])


class Workflows(SqsCase):
    def test_a_task_sends(self):
        url = self.queue()
        definition = sending({"QueueUrl": url, "MessageBody": {"a.$": "$.a"}})
        output = json.loads(self.ended(self.start(self.create(definition), {"a": [1]}))["output"])
        self.assertEqual(list(output), ["MD5OfMessageBody", "MessageId", "SdkHttpMetadata", "SdkResponseMetadata"])
        message = self.receive(url)[0]
        self.assertEqual((message["Body"], message["MessageId"], message["MD5OfBody"]), ('{"a":[1]}', output["MessageId"], output["MD5OfMessageBody"]))

    def test_a_worker_answers(self):
        url = self.queue()
        parameters = {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}}
        definition = sending(parameters, ".waitForTaskToken")
        execution = self.start(self.create(definition))
        message = self.receive(url, WaitTimeSeconds=10)[0]
        self.states.send_task_success(taskToken=json.loads(message["Body"])["token"], output='"done"')
        self.assertEqual(self.ended(execution)["output"], '"done"')
        self.check_history(execution)

    def test_failures(self):
        parameters = {"QueueUrl": self.target.url + "/123456789012/nothing", "MessageBody": "m"}
        definition = sending(parameters)
        failed = self.ended(self.start(self.create(definition)))
        self.assertEqual(failed["error"], "SQS.QueueDoesNotExistException")
        self.assertRegex(failed["cause"], r"^The specified queue does not exist\. \(Service: AmazonSQS; Status Code: 400; Error Code: AWS\.SimpleQueueService\.NonExistentQueue; Request ID: [0-9a-f-]{36}; Proxy: null\)$")


if __name__ == "__main__":
    unittest.main()
