"""Messages of SQS through boto3: what they carry, how they are given out, and in which order."""

import concurrent.futures
import hashlib
import time

import botocore.exceptions

from local.wait import wait_until
from support.queues import SqsCase


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
