"""SNS through the AWS command line."""

import json

from aws_cli import AwsCli, Refused
from support.fake_endpoint import FakeEndpoint
from support.target import ServiceCase, unique


class CommandLine(ServiceCase):
    own_server_only = True

    def aws(self, *arguments: str):
        return AwsCli(self.target)("sns", *arguments)

    def test_from_a_topic_to_an_endpoint(self):
        topic = self.aws("create-topic", "--name", unique("news"), "--attributes", "DisplayName=News", "--tags", "Key=team,Value=blue")["TopicArn"]
        self.assertIn({"TopicArn": topic}, self.aws("list-topics")["Topics"])
        self.assertEqual(self.aws("list-tags-for-resource", "--resource-arn", topic)["Tags"], [{"Key": "team", "Value": "blue"}])
        self.aws("set-topic-attributes", "--topic-arn", topic, "--attribute-name", "DisplayName", "--attribute-value", "Weather")
        self.assertEqual(self.aws("get-topic-attributes", "--topic-arn", topic)["Attributes"]["DisplayName"], "Weather")
        with FakeEndpoint() as endpoint:
            pending = self.aws("subscribe", "--topic-arn", topic, "--protocol", "http", "--notification-endpoint", endpoint.url)
            self.assertEqual(pending["SubscriptionArn"], "pending confirmation")
            token = endpoint.wait_for(1)[0].json["Token"]
            arn = self.aws("confirm-subscription", "--topic-arn", topic, "--token", token)["SubscriptionArn"]
            self.aws("set-subscription-attributes", "--subscription-arn", arn, "--attribute-name", "FilterPolicy", "--attribute-value", '{"colour":["red"]}')
            shown = self.aws("get-subscription-attributes", "--subscription-arn", arn)["Attributes"]
            self.assertEqual((shown["FilterPolicy"], shown["FilterPolicyScope"]), ('{"colour":["red"]}', "MessageAttributes"))
            self.aws("publish", "--topic-arn", topic, "--message", "rain")
            colour = json.dumps({"colour": {"DataType": "String", "StringValue": "red"}})
            sent = self.aws("publish", "--topic-arn", topic, "--message", "sun", "--subject", "today", "--message-attributes", colour)
            message = endpoint.wait_for(2)[1].json
            self.assertEqual((message["Message"], message["Subject"], message["MessageId"]), ("sun", "today", sent["MessageId"]))
        self.assertEqual([found["SubscriptionArn"] for found in self.aws("list-subscriptions-by-topic", "--topic-arn", topic)["Subscriptions"]], [arn])
        self.aws("unsubscribe", "--subscription-arn", arn)
        self.aws("delete-topic", "--topic-arn", topic)
        self.assertEqual(self.aws("list-subscriptions")["Subscriptions"], [])

    def test_batches_and_permissions(self):
        topic = self.aws("create-topic", "--name", unique("news") + ".fifo", "--attributes", "FifoTopic=true,ContentBasedDeduplication=true")["TopicArn"]
        self.aws("add-permission", "--topic-arn", topic, "--label", "friends", "--aws-account-id", "210987654321", "--action-name", "Publish")
        self.aws("remove-permission", "--topic-arn", topic, "--label", "friends")
        entries = json.dumps([{"Id": name, "Message": name, "MessageGroupId": "g"} for name in ("a", "b")])
        done = self.aws("publish-batch", "--topic-arn", topic, "--publish-batch-request-entries", entries)["Successful"]
        self.assertLess(done[0]["SequenceNumber"], done[1]["SequenceNumber"])

    def test_refusals(self):
        with self.assertRaises(Refused) as caught:
            self.aws("publish", "--topic-arn", "arn:aws:sns:us-east-1:123456789012:nowhere", "--message", "m")
        self.assertIn("An error occurred (NotFound) when calling the Publish operation: Topic does not exist", str(caught.exception))
