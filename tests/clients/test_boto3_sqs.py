"""Queues of SQS through boto3: what the older one speaks is the query protocol, the newer one speaks JSON."""

import http.client
import json
import time
import unittest
import urllib.parse

from support.queues import SqsCase
from support.target import chosen_url, own_target, unique


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


if __name__ == "__main__":
    unittest.main()
