"""Subscriptions of SNS through boto3."""

import json

from support.access import ACCOUNT, policy
from support.topics import NOWHERE, QUEUE, SnsCase


class Subscriptions(SnsCase):
    def test_made_shown_taken_away(self):
        topic = self.topic()
        arn = self.subscribe(topic, RawMessageDelivery="true")
        self.assertTrue(arn.startswith(topic + ":"))
        shown = {"ConfirmationWasAuthenticated": "true", "Endpoint": QUEUE, "Owner": ACCOUNT, "PendingConfirmation": "false", "Protocol": "sqs", "RawMessageDelivery": "true"}
        self.assertEqual(self.subscription(arn), {**shown, "SubscriptionArn": arn, "TopicArn": topic, "SubscriptionPrincipal": f"arn:aws:iam::{ACCOUNT}:root"})
        listed = self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        self.assertEqual(listed, [{"SubscriptionArn": arn, "Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": QUEUE, "TopicArn": topic}])
        self.sns.unsubscribe(SubscriptionArn=arn)
        self.sns.unsubscribe(SubscriptionArn=arn)
        with self.refused("NotFound", "Subscription does not exist"):
            self.sns.get_subscription_attributes(SubscriptionArn=arn)
        with self.refused("NotFound", "Subscription does not exist"):
            self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RawMessageDelivery", AttributeValue="true")
        self.assertEqual(self.attributes(topic)["SubscriptionsDeleted"], "1")

    def test_one_that_is_there_is_not_made_again(self):
        topic = self.topic()
        arn = self.subscribe(topic, RawMessageDelivery="true")
        self.assertEqual(self.subscribe(topic, RawMessageDelivery="true"), arn)
        self.assertEqual(self.subscribe(topic), arn)
        with self.refused("InvalidParameter", "Invalid parameter: Attributes Reason: Subscription already exists with different attributes"):
            self.subscribe(topic, RawMessageDelivery="false")

    def test_what_cannot_be_subscribed(self):
        topic = self.topic()
        refusals = [
            ("odd", "x", "Amazon SNS does not support this protocol string: odd"),
            ("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/q", "SQS endpoint ARN"),
            ("lambda", "f", "Lambda endpoint ARN"),
            ("http", "https://here", "Endpoint must match the specified protocol"),
            ("https", "http://here", "Endpoint must match the specified protocol"),
            ("sqs", QUEUE + ".fifo", "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"),
        ]
        for protocol, endpoint, message in refusals:
            with self.subTest(protocol), self.refused("InvalidParameter", "Invalid parameter: " + message):
                self.subscribe(topic, endpoint, protocol)
        with self.refused("NotFound", "Topic does not exist"):
            self.subscribe(NOWHERE)
        for protocol, endpoint in (("sms", "+15551234567"), ("application", "arn"), ("firehose", "arn")):
            with self.refused("NotImplemented"):
                self.subscribe(topic, endpoint, protocol)

    def test_mail_stays_unconfirmed(self):
        topic = self.topic()
        answer = self.sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="ada@example.com")
        self.assertEqual(answer["SubscriptionArn"], "pending confirmation")
        self.assertEqual(self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"][0]["SubscriptionArn"], "PendingConfirmation")
        self.assertEqual(self.attributes(topic)["SubscriptionsPending"], "1")

    def test_wrong_attributes(self):
        topic = self.topic()
        arn = self.subscribe(topic)
        dead = {"RedrivePolicy": '{"deadLetterTargetArn":"queue"}'}
        refusals = [
            ({"RawMessageDelivery": "yes"}, "RawMessageDelivery: Invalid value [yes]. Must be true or false."),
            (dead, "RedrivePolicy: deadLetterTargetArn is an invalid arn"),
            ({"FilterPolicyScope": "Odd"}, "FilterPolicyScope: Invalid value [Odd]. Please use either MessageBody or MessageAttributes"),
            ({"FilterPolicy": '{"key_a":"value_one"}'}, 'FilterPolicy: "key_a" must be an object or an array\n at [Source: (String)"{"key_a":"value_one"}"; line: 1, column: 11]'),
            ({"FilterPolicy": '{"a":["x"],"b":["x"],"c":["x"],"d":["x"],"e":["x"],"f":["x"]}'}, "FilterPolicy: Filter policy can not have more than 5 keys"),
        ]
        for attributes, reason in refusals:
            with self.subTest(reason), self.refused("InvalidParameter", "Invalid parameter: Attributes Reason: " + reason):
                self.subscribe(topic, QUEUE + "2", **attributes)
            [(name, value)] = attributes.items()
            with self.subTest(reason), self.refused("InvalidParameter", "Invalid parameter: " + reason):
                self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)
        with self.refused("InvalidParameter", "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy"):
            self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicy", AttributeValue='{"a":{"b":["x"]}}')
        with self.refused("InvalidParameter", "Invalid parameter: AttributeName"):
            self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="Odd", AttributeValue="1")

    def test_attributes_change(self):
        arn = self.subscribe(self.topic())
        change = lambda name, value: self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)
        change("FilterPolicyScope", "MessageBody")
        self.assertNotIn("FilterPolicyScope", self.subscription(arn))
        change("FilterPolicy", '{"a":{"b":["x"]}}')
        self.assertEqual(self.subscription(arn)["FilterPolicyScope"], "MessageBody")
        change("RedrivePolicy", json.dumps({"deadLetterTargetArn": QUEUE}))
        self.assertEqual(json.loads(self.subscription(arn)["RedrivePolicy"]), {"deadLetterTargetArn": QUEUE})
        change("RedrivePolicy", "")
        change("FilterPolicy", "{}")
        self.assertEqual({"RedrivePolicy", "FilterPolicy", "FilterPolicyScope"} & set(self.subscription(arn)), set())

    def test_fifo_topics_take_fifo_dead_letter_queues(self):
        topic = self.fifo_topic()
        with self.refused("InvalidParameter", "Invalid parameter: Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."):
            self.subscribe(topic, QUEUE + ".fifo", RedrivePolicy=json.dumps({"deadLetterTargetArn": QUEUE}))
        self.subscribe(topic, QUEUE + ".fifo", RedrivePolicy=json.dumps({"deadLetterTargetArn": QUEUE + "-dead.fifo"}))
        self.subscribe(topic, QUEUE)
        with self.refused("InvalidParameter"):
            self.subscribe(topic, "http://here", "http")

    def test_arns(self):
        for arn, message in (("x", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"), (NOWHERE, "SubscriptionId")):
            with self.refused("InvalidParameter", "Invalid parameter: " + message):
                self.sns.unsubscribe(SubscriptionArn=arn)

    def test_tokens(self):
        topic = self.topic()
        for token, message in (("randomtoken", "Invalid token"), ("51b2ff3e" * 20, "Invalid parameter: Token")):
            with self.refused("InvalidParameter", message):
                self.sns.confirm_subscription(TopicArn=topic, Token=token)
        with self.refused("InvalidParameter", "Invalid parameter: Topic"):
            self.sns.confirm_subscription(TopicArn="topic", Token="51b2ff3e" * 20)
