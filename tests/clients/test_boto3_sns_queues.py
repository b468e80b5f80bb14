"""From topics to queues: what is published is in every queue, once, whatever happens to the server."""

import json
import tempfile
import threading
from collections import Counter

import botocore.exceptions

from local.server import Server
from local.wait import wait_until
from support.target import ServiceCase, Target, unique


class Queues:
    """Queues of a server, and topics that send to them."""

    def __init__(self, target: Target):
        self.sns, self.sqs = target.client("sns"), target.client("sqs")

    def queue(self, fifo: bool = False) -> tuple[str, str]:
        """URL and ARN."""
        attributes = {"FifoQueue": "true"} if fifo else {}
        url = self.sqs.create_queue(QueueName=unique("queue") + (".fifo" if fifo else ""), Attributes=attributes)["QueueUrl"]
        return url, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def topic(self, *queues: str, fifo: bool = False, **attributes) -> str:
        made = {"FifoTopic": "true"} if fifo else {}
        topic = self.sns.create_topic(Name=unique("topic") + (".fifo" if fifo else ""), Attributes=made)["TopicArn"]
        for queue in queues:
            self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes=attributes)
        return topic

    def received(self, url: str, count: int) -> list[dict]:
        """That many messages of a queue, taken out of it."""
        taken: list[dict] = []

        def enough():
            answer = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"])
            for message in answer.get("Messages", []):
                taken.append(message)
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            return len(taken) >= count

        wait_until(enough, f"{count} messages in {url}")
        return taken

    def is_empty(self, url: str) -> bool:
        return not self.sqs.receive_message(QueueUrl=url).get("Messages")


class FanOut(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = Queues(cls.target)
        cls.states = cls.sns = cls.here.sns

    def test_every_queue_gets_the_message(self):
        (one, first), (two, second) = self.here.queue(), self.here.queue()
        topic = self.here.topic(first, second)
        attributes = {"a": {"DataType": "Number", "StringValue": "99.12"}, "b": {"DataType": "Binary", "BinaryValue": b"\x02\x03\x04"}}
        sent = self.sns.publish(TopicArn=topic, Message="m", Subject="s", MessageAttributes=attributes)["MessageId"]
        for url in (one, two):
            [message] = self.here.received(url, 1)
            body = json.loads(message["Body"])
            self.assertEqual((body["Type"], body["MessageId"], body["TopicArn"], body["Subject"], body["Message"]), ("Notification", sent, topic, "s", "m"))
            self.assertEqual(body["MessageAttributes"], {"a": {"Type": "Number", "Value": "99.12"}, "b": {"Type": "Binary", "Value": "AgME"}})
            self.assertTrue(message["Body"].startswith('{\n  "Type" : "Notification",\n'))
            self.assertNotIn("MessageAttributes", message)

    def test_raw_messages_keep_their_attributes(self):
        url, queue = self.here.queue()
        topic = self.here.topic(queue, RawMessageDelivery="true")
        attributes = {"a": {"DataType": "Number", "StringValue": "99.12"}, "b": {"DataType": "Binary", "BinaryValue": b"\x02\x03\x04"}}
        self.sns.publish(TopicArn=topic, Message="m", MessageAttributes=attributes)
        [message] = self.here.received(url, 1)
        self.assertEqual((message["Body"], message["MessageAttributes"]), ("m", attributes))

    def test_fifo(self):
        url, queue = self.here.queue(fifo=True)
        topic = self.here.topic(queue, fifo=True, RawMessageDelivery="true")
        for number in range(10):
            for _ in range(2):
                self.sns.publish(TopicArn=topic, Message=str(number), MessageGroupId="g", MessageDeduplicationId=str(number))
        got = self.here.received(url, 10)
        self.assertEqual([message["Body"] for message in got], [str(number) for number in range(10)])
        self.assertEqual({message["Attributes"]["MessageGroupId"] for message in got}, {"g"})
        self.assertEqual([message["Attributes"]["MessageDeduplicationId"] for message in got], [str(number) for number in range(10)])
        self.assertTrue(self.here.is_empty(url))

    def test_filters_between_queues(self):
        (red, first), (blue, second) = self.here.queue(), self.here.queue()
        topic = self.here.topic()
        for queue, colour in ((first, "red"), (second, "blue")):
            policy = json.dumps({"colour": [colour]})
            self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes={"FilterPolicy": policy, "RawMessageDelivery": "true"})
        for colour in ("red", "blue", "green"):
            self.sns.publish(TopicArn=topic, Message=colour, MessageAttributes={"colour": {"DataType": "String", "StringValue": colour}})
        self.assertEqual([message["Body"] for url in (red, blue) for message in self.here.received(url, 1)], ["red", "blue"])
        self.assertTrue(self.here.is_empty(red) and self.here.is_empty(blue))

    def test_dead_letters_of_a_queue_that_is_gone(self):
        (gone, queue), (dead, dead_queue) = self.here.queue(), self.here.queue()
        topic = self.here.topic(queue, RawMessageDelivery="true", RedrivePolicy=json.dumps({"deadLetterTargetArn": dead_queue}))
        self.here.sqs.delete_queue(QueueUrl=gone)
        attributes = {"a": {"DataType": "Number", "StringValue": "111"}, "b": {"DataType": "Binary", "BinaryValue": b"\x02"}}
        self.sns.publish(TopicArn=topic, Message="m", MessageAttributes=attributes)
        [message] = self.here.received(dead, 1)
        self.assertEqual((message["Body"], message["MessageAttributes"]), ("m", attributes))

    def test_batches(self):
        url, queue = self.here.queue()
        topic = self.here.topic(queue, RawMessageDelivery="true")
        self.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": str(i), "Message": str(i)} for i in range(10)])
        self.assertEqual({message["Body"] for message in self.here.received(url, 10)}, {str(i) for i in range(10)})


class Crashes(ServiceCase):
    own_server_only = True

    def test_nothing_is_lost_and_nothing_is_doubled(self):
        with tempfile.TemporaryDirectory() as folder, Server(data_dir=folder) as server:
            here = Queues(Target(server.endpoint, server))
            urls, arns = zip(*(here.queue() for _ in range(2)))
            topic = here.topic(*arns, RawMessageDelivery="true")
            acknowledged, tried = [], []
            for round_number in range(5):

                def publish():
                    for number in range(2_000):
                        tried.append(f"{round_number}-{number}")
                        here.sns.publish(TopicArn=topic, Message=tried[-1])
                        acknowledged.append(tried[-1])

                def until_it_dies():
                    try:
                        publish()
                    except botocore.exceptions.BotoCoreError:
                        pass

                publisher = threading.Thread(target=until_it_dies)
                enough = len(acknowledged) + 50
                publisher.start()
                wait_until(lambda: len(acknowledged) >= enough, "messages to be acknowledged")
                server.kill()
                server.wait()
                publisher.join()
                server.start()
            self.assertGreater(len(acknowledged), 200)
            contents = []
            for url in urls:
                got = Counter(message["Body"] for message in here.received(url, len(acknowledged)))
                while rest := here.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
                    got.update(message["Body"] for message in rest)
                self.assertEqual(set(got.values()), {1})
                self.assertLessEqual(set(acknowledged), set(got))
                self.assertLessEqual(set(got), set(tried))
                contents.append(set(got))
            self.assertEqual(contents[0], contents[1])  # in both or in neither
