"""Amazon SNS through boto3: topics, subscriptions, and messages to HTTP endpoints."""

import base64
import json
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from local.server import Server
from support.access import ACCOUNT, AccessCase, allow
from support.fake_endpoint import FakeEndpoint, Received
from support.target import ServiceCase, unique

NOWHERE = "arn:aws:sns:us-east-1:123456789012:nowhere"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue"
UNSUPPORTED = {
    "CheckIfPhoneNumberIsOptedOut": {"phoneNumber": "+15551234567"},
    "CreatePlatformApplication": {"Name": "a", "Platform": "GCM", "Attributes": {"a": "b"}},
    "CreatePlatformEndpoint": {"PlatformApplicationArn": "a", "Token": "t"},
    "CreateSMSSandboxPhoneNumber": {"PhoneNumber": "+15551234567"},
    "DeleteEndpoint": {"EndpointArn": "a"},
    "DeletePlatformApplication": {"PlatformApplicationArn": "a"},
    "DeleteSMSSandboxPhoneNumber": {"PhoneNumber": "+15551234567"},
    "GetDataProtectionPolicy": {"ResourceArn": "a"},
    "GetEndpointAttributes": {"EndpointArn": "a"},
    "GetPlatformApplicationAttributes": {"PlatformApplicationArn": "a"},
    "GetSMSAttributes": {},
    "GetSMSSandboxAccountStatus": {},
    "ListEndpointsByPlatformApplication": {"PlatformApplicationArn": "a"},
    "ListOriginationNumbers": {},
    "ListPhoneNumbersOptedOut": {},
    "ListPlatformApplications": {},
    "ListSMSSandboxPhoneNumbers": {},
    "OptInPhoneNumber": {"phoneNumber": "+15551234567"},
    "PutDataProtectionPolicy": {"ResourceArn": "a", "DataProtectionPolicy": "{}"},
    "SetEndpointAttributes": {"EndpointArn": "a", "Attributes": {"a": "b"}},
    "SetPlatformApplicationAttributes": {"PlatformApplicationArn": "a", "Attributes": {"a": "b"}},
    "SetSMSAttributes": {"attributes": {"a": "b"}},
    "VerifySMSSandboxPhoneNumber": {"PhoneNumber": "+15551234567", "OneTimePassword": "12345"},
}


class SnsCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.states = cls.sns = cls.target.client("sns")  # whose exceptions refusals are

    def topic(self, **more) -> str:
        return self.sns.create_topic(Name=unique("topic"), **more)["TopicArn"]

    def fifo_topic(self, **attributes) -> str:
        return self.sns.create_topic(Name=unique("topic") + ".fifo", Attributes={"FifoTopic": "true", **attributes})["TopicArn"]

    def attributes(self, topic: str) -> dict:
        return self.sns.get_topic_attributes(TopicArn=topic)["Attributes"]

    def subscription(self, arn: str) -> dict:
        return self.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]

    def subscribe(self, topic: str, endpoint: str = QUEUE, protocol: str = "sqs", **attributes) -> str:
        return self.sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=endpoint, Attributes=attributes, ReturnSubscriptionArn=True)["SubscriptionArn"]

    def endpoint(self) -> FakeEndpoint:
        return self.enterContext(FakeEndpoint())

    def confirmed(self, topic: str, endpoint: FakeEndpoint, **attributes) -> str:
        """The ARN of a subscription of the endpoint, which has confirmed it and has seen nothing else yet."""
        self.subscribe(topic, endpoint.url, "http", **attributes)
        token = endpoint.wait_for(1)[0].json["Token"]
        endpoint.received.clear()
        return self.sns.confirm_subscription(TopicArn=topic, Token=token)["SubscriptionArn"]


class Topics(SnsCase):
    def test_made_shown_taken_away(self):
        topic = self.topic(Attributes={"DisplayName": "News"})
        shown = self.attributes(topic)
        self.assertEqual(set(shown), {"TopicArn", "Owner", "DisplayName", "Policy", "EffectiveDeliveryPolicy", "SubscriptionsConfirmed", "SubscriptionsPending", "SubscriptionsDeleted"})
        self.assertEqual((shown["TopicArn"], shown["Owner"], shown["DisplayName"]), (topic, ACCOUNT, "News"))
        self.assertEqual(json.loads(shown["EffectiveDeliveryPolicy"])["http"]["defaultHealthyRetryPolicy"]["numRetries"], 3)
        self.assertEqual(json.loads(shown["Policy"])["Statement"][0]["Condition"], {"StringEquals": {"AWS:SourceOwner": ACCOUNT}})
        self.sns.delete_topic(TopicArn=topic)
        self.sns.delete_topic(TopicArn=topic)
        with self.refused("NotFound", "Topic does not exist"):
            self.sns.get_topic_attributes(TopicArn=topic)

    def test_one_that_is_there_is_not_made_again(self):
        name = unique("topic")
        topic = self.sns.create_topic(Name=name, Attributes={"DisplayName": "a"}, Tags=[{"Key": "k", "Value": "v"}])["TopicArn"]
        self.assertEqual(self.sns.create_topic(Name=name)["TopicArn"], topic)
        self.assertEqual(self.sns.create_topic(Name=name, Tags=[{"Key": "k", "Value": "v"}])["TopicArn"], topic)
        with self.refused("InvalidParameter", "Invalid parameter: Attributes Reason: Topic already exists with different attributes"):
            self.sns.create_topic(Name=name, Attributes={"DisplayName": "b"})
        with self.refused("InvalidParameter", "Invalid parameter: Tags Reason: Topic already exists with different tags"):
            self.sns.create_topic(Name=name, Tags=[{"Key": "k", "Value": "w"}])

    def test_names(self):
        for name, attributes in (("a b", {}), ("x" * 257, {}), ("a.fifo", {}), ("a", {"FifoTopic": "true"})):
            with self.refused("InvalidParameter", "Invalid parameter: Topic Name"):
                self.sns.create_topic(Name=name, Attributes=attributes)

    def test_arns(self):
        for arn, reason in (("topic", " Reason: An ARN must have at least 6 elements, not 1"), ("arn:aws", " Reason: An ARN must have at least 6 elements, not 2"), ("arn:aws:sns:eu-west-1:123456789012:t", "")):
            with self.refused("InvalidParameter", "Invalid parameter: TopicArn" + reason):
                self.sns.get_topic_attributes(TopicArn=arn)
        with self.refused("AuthorizationError"):
            self.sns.get_topic_attributes(TopicArn="arn:aws:sns:us-east-1:210987654321:t")

    def test_attributes_change(self):
        topic = self.topic()
        policy = {"http": {"defaultHealthyRetryPolicy": {"minDelayTarget": 5, "maxDelayTarget": 6, "numRetries": 1}, "disableSubscriptionOverrides": False}}
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="DeliveryPolicy", AttributeValue=json.dumps(policy))
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="SignatureVersion", AttributeValue="2")
        shown = self.attributes(topic)
        self.assertEqual(json.loads(shown["DeliveryPolicy"]), policy)
        effective = json.loads(shown["EffectiveDeliveryPolicy"])["http"]["defaultHealthyRetryPolicy"]
        self.assertEqual((effective["minDelayTarget"], effective["numRetries"], effective["backoffFunction"]), (5, 1, "linear"))
        self.assertEqual(shown["SignatureVersion"], "2")
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="DeliveryPolicy", AttributeValue="")
        self.assertNotIn("DeliveryPolicy", self.attributes(topic))
        for name, value in (("Odd", "1"), ("FifoTopic", "true")):
            with self.refused("InvalidParameter", "Invalid parameter: AttributeName"):
                self.sns.set_topic_attributes(TopicArn=topic, AttributeName=name, AttributeValue=value)
        for name, value in (("SignatureVersion", "3"), ("Policy", "{"), ("ContentBasedDeduplication", "true"), ("TracingConfig", "x"), ("HTTPSuccessFeedbackSampleRate", "101"), ("DeliveryPolicy", '{"http":{"defaultHealthyRetryPolicy":{"numRetries":-1}}}')):
            with self.refused("InvalidParameter"):
                self.sns.set_topic_attributes(TopicArn=topic, AttributeName=name, AttributeValue=value)

    def test_fifo(self):
        topic = self.fifo_topic(ContentBasedDeduplication="true")
        shown = self.attributes(topic)
        self.assertEqual((shown["FifoTopic"], shown["ContentBasedDeduplication"]), ("true", "true"))
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="FifoThroughputScope", AttributeValue="MessageGroup")
        self.assertEqual(self.attributes(topic)["FifoThroughputScope"], "MessageGroup")

    def test_tags(self):
        topic = self.topic(Tags=[{"Key": "a", "Value": "1"}])
        self.sns.tag_resource(ResourceArn=topic, Tags=[{"Key": "a", "Value": "2"}, {"Key": "b", "Value": "3"}])
        self.assertEqual(self.sns.list_tags_for_resource(ResourceArn=topic)["Tags"], [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": "3"}])
        self.sns.untag_resource(ResourceArn=topic, TagKeys=["a", "none"])
        self.assertEqual(self.sns.list_tags_for_resource(ResourceArn=topic)["Tags"], [{"Key": "b", "Value": "3"}])
        with self.refused("InvalidParameter", "Invalid parameter: Duplicated keys are not allowed."):
            self.sns.tag_resource(ResourceArn=topic, Tags=[{"Key": "a", "Value": "2"}, {"Key": "a", "Value": "3"}])
        with self.refused("TagLimitExceeded"):
            self.sns.tag_resource(ResourceArn=topic, Tags=[{"Key": f"k{i}", "Value": ""} for i in range(50)])
        with self.refused("ResourceNotFound", "Resource does not exist"):
            self.sns.list_tags_for_resource(ResourceArn=NOWHERE)

    def test_permissions(self):
        topic = self.topic()
        self.sns.add_permission(TopicArn=topic, Label="friends", AWSAccountId=["210987654321"], ActionName=["Publish", "Subscribe"])
        statement = json.loads(self.attributes(topic)["Policy"])["Statement"][1]
        self.assertEqual(statement, {"Sid": "friends", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::210987654321:root"}, "Action": ["SNS:Publish", "SNS:Subscribe"], "Resource": topic})
        with self.refused("InvalidParameter", "Invalid parameter: Statement already exists"):
            self.sns.add_permission(TopicArn=topic, Label="friends", AWSAccountId=["210987654321"], ActionName=["Publish"])
        with self.refused("InvalidParameter", "Invalid parameter: Policy statement action out of service scope!"):
            self.sns.add_permission(TopicArn=topic, Label="odd", AWSAccountId=["210987654321"], ActionName=["Fly"])
        self.sns.remove_permission(TopicArn=topic, Label="friends")
        self.assertEqual(len(json.loads(self.attributes(topic)["Policy"])["Statement"]), 1)
        with self.refused("NotFound"):
            self.sns.remove_permission(TopicArn=topic, Label="friends")


class Pages(SnsCase):
    def test_topics_and_subscriptions(self):
        topics = {self.topic() for _ in range(101)}
        first = self.sns.list_topics()
        self.assertEqual(len(first["Topics"]), 100)
        listed = [topic["TopicArn"] for page in self.sns.get_paginator("list_topics").paginate() for topic in page["Topics"]]
        self.assertEqual((len(listed), set(listed)), (101, topics))
        topic = min(topics)
        subscriptions = {self.subscribe(topic, f"{QUEUE}-{i}") for i in range(101)}
        for listing, given in (("list_subscriptions_by_topic", {"TopicArn": topic}), ("list_subscriptions", {})):
            listed = [found["SubscriptionArn"] for page in self.sns.get_paginator(listing).paginate(**given) for found in page["Subscriptions"]]
            self.assertEqual((len(listed), set(listed)), (101, subscriptions))
        self.assertEqual(self.attributes(topic)["SubscriptionsConfirmed"], "101")
        with self.refused("InvalidParameter"):
            self.sns.list_topics(NextToken="$")


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
            ("sqs", QUEUE + ".fifo", "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics"),
        ]
        for protocol, endpoint, message in refusals:
            with self.subTest(protocol), self.refused("InvalidParameter", "Invalid parameter: " + message):
                self.subscribe(topic, endpoint, protocol)
        with self.refused("NotFound", "Topic does not exist"):
            self.subscribe(NOWHERE)
        for protocol, endpoint in (("sms", "+15551234567"), ("application", "arn"), ("firehose", "arn"), ("https", "https://here")):
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


class Publishing(SnsCase):
    def test_what_is_no_message(self):
        topic = self.topic()
        refusals = [
            ({"Message": ""}, "Invalid parameter: Empty message"),
            ({"Message": "m", "Subject": ""}, "Invalid parameter: Subject"),
            ({"Message": "m", "Subject": "two\nlines"}, "Invalid parameter: Subject"),
            ({"Message": "x" * 262_145}, "Invalid parameter: Message too long"),
            ({"Message": "{", "MessageStructure": "json"}, "Invalid parameter: Message Structure - JSON message body failed to parse"),
            ({"Message": "{}", "MessageStructure": "json"}, "Invalid parameter: Message Structure - No default entry in JSON message body"),
            ({"Message": '{"default":1}', "MessageStructure": "json"}, "Invalid parameter: Message Structure - No default entry in JSON message body"),
            ({"Message": "m", "MessageGroupId": "g"}, "Invalid parameter: MessageGroupId Reason: The request includes MessageGroupId parameter that is not valid for this topic type"),
            ({"Message": "m", "MessageDeduplicationId": "d"}, "Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type"),
        ]
        for message, text in refusals:
            with self.subTest(text), self.refused("InvalidParameter", text):
                self.sns.publish(TopicArn=topic, **message)

    def test_attributes(self):
        topic = self.topic()
        refusals = [
            ("attr1", {"DataType": "String", "StringValue": ""}, "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'."),
            ("attr1", {"DataType": "Binary", "BinaryValue": b""}, "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'Binary'."),
            ("attr1", {"DataType": "String", "BinaryValue": b"x"}, "The message attribute 'attr1' with type 'String' must use field 'String'."),
            ("attr1", {"DataType": "Number", "BinaryValue": b"1"}, "The message attribute 'attr1' with type 'Number' must use field 'String'."),
            ("attr1", {"DataType": "Binary", "StringValue": "x"}, "The message attribute 'attr1' with type 'Binary' must use field 'Binary'."),
            ("attr1", {"DataType": "Odd", "StringValue": "x"}, "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."),
            ("a" * 256, {"DataType": "String", "StringValue": "x"}, "Length of message attribute name must be less than 256 bytes."),
            ("^invalid", {"DataType": "String", "StringValue": "x"}, "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."),
            (".a", {"DataType": "String", "StringValue": "x"}, "Invalid message attribute name starting with character '.' was found."),
            ("a.", {"DataType": "String", "StringValue": "x"}, "Invalid message attribute name ending with character '.' was found."),
            ("a..b", {"DataType": "String", "StringValue": "x"}, "Message attribute name can not have successive '.' character."),
        ]
        for name, value, text in refusals:
            with self.subTest(text), self.refused("ParameterValueInvalid", text):
                self.sns.publish(TopicArn=topic, Message="m", MessageAttributes={name: value})
        self.sns.publish(TopicArn=topic, Message="m", MessageAttributes={"a": {"DataType": "String.custom", "StringValue": "x"}})

    def test_to_nowhere(self):
        with self.refused("NotFound", "Topic does not exist"):
            self.sns.publish(TopicArn=NOWHERE, Message="m")
        for arn, parts in (("randomstring", 1), ("randomstring:1", 2), ("", 1)):
            with self.refused("InvalidParameter", f"Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not {parts}"):
                self.sns.publish(TopicArn=arn, Message="m")
        with self.refused("InvalidParameter", "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified"):
            self.sns.publish(TargetArn="arn:aws:sns:us-east-1:123456789012:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66", Message="m")
        with self.refused("InvalidParameter", "Invalid parameter: PhoneNumber Reason: +1a234 is not valid to publish to"):
            self.sns.publish(PhoneNumber="+1a234", Message="m")
        with self.refused("NotImplemented"):
            self.sns.publish(PhoneNumber="+15551234567", Message="m")
        with self.refused("InvalidParameter", "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter"):
            self.sns.publish(Message="m")

    def test_fifo(self):
        topic = self.fifo_topic()
        with self.refused("InvalidParameter", "Invalid parameter: The MessageGroupId parameter is required for FIFO topics"):
            self.sns.publish(TopicArn=topic, Message="m")
        with self.refused("InvalidParameter", "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"):
            self.sns.publish(TopicArn=topic, Message="m", MessageGroupId="g")
        one = self.sns.publish(TopicArn=topic, Message="m", MessageGroupId="g", MessageDeduplicationId="1")
        self.assertRegex(one["SequenceNumber"], "^[0-9]{20}$")
        same = self.sns.publish(TopicArn=topic, Message="other", MessageGroupId="h", MessageDeduplicationId="1")
        self.assertEqual((same["MessageId"], same["SequenceNumber"]), (one["MessageId"], one["SequenceNumber"]))
        two = self.sns.publish(TopicArn=topic, Message="m", MessageGroupId="g", MessageDeduplicationId="2")
        self.assertGreater(two["SequenceNumber"], one["SequenceNumber"])

    def test_deduplication_by_content_and_group(self):
        topic = self.fifo_topic(ContentBasedDeduplication="true", FifoThroughputScope="MessageGroup")
        publish = lambda message, group: self.sns.publish(TopicArn=topic, Message=message, MessageGroupId=group)["MessageId"]
        one = publish("m", "g")
        self.assertEqual(publish("m", "g"), one)
        self.assertEqual(len({one, publish("m", "h"), publish("n", "g")}), 3)

    def test_batches(self):
        topic = self.topic()
        entries = [{"Id": str(i), "Message": f"m{i}"} for i in range(3)]
        answer = self.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
        self.assertEqual(([entry["Id"] for entry in answer["Successful"]], answer.get("Failed", [])), (["0", "1", "2"], []))
        refusals = [
            ("EmptyBatchRequest", []),
            ("TooManyEntriesInBatchRequest", [{"Id": str(i), "Message": "m"} for i in range(11)]),
            ("BatchEntryIdsNotDistinct", [{"Id": "a", "Message": "m"}] * 2),
            ("InvalidBatchEntryId", [{"Id": "a b", "Message": "m"}]),
            ("BatchRequestTooLong", [{"Id": str(i), "Message": "x" * 100_000} for i in range(3)]),
            ("InvalidParameter", [{"Id": "a", "Message": "m"}, {"Id": "b", "Message": ""}]),
        ]
        for code, entries in refusals:
            with self.subTest(code), self.refused(code):
                self.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
        with self.refused("NotFound", "Topic does not exist"):
            self.sns.publish_batch(TopicArn=NOWHERE, PublishBatchRequestEntries=[{"Id": "a", "Message": "m"}])


def visit(url: str) -> str:
    return urllib.request.urlopen(url, timeout=10).read().decode()


def signed_text(message: dict) -> str:
    names = {
        "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
        "SubscriptionConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
    }
    names["UnsubscribeConfirmation"] = names["SubscriptionConfirmation"]
    return "".join(f"{name}\n{message[name]}\n" for name in names[message["Type"]] if name in message)


def is_signed(message: dict) -> bool:
    """As receivers check it: with the certificate that the message names."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, key, signature = (Path(folder) / name for name in ("certificate", "key", "signature"))
        certificate.write_text(visit(message["SigningCertURL"]))
        key.write_bytes(subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], capture_output=True, check=True).stdout)
        signature.write_bytes(base64.b64decode(message["Signature"]))
        digest = {"1": "-sha1", "2": "-sha256"}[message["SignatureVersion"]]
        done = subprocess.run(["openssl", "dgst", digest, "-verify", key, "-signature", signature], input=signed_text(message).encode(), capture_output=True)
        return done.returncode == 0


class Endpoints(SnsCase):
    def test_confirmation_by_link(self):
        topic, endpoint = self.topic(), self.endpoint()
        answer = self.sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url + "/hook")
        self.assertEqual(answer["SubscriptionArn"], "pending confirmation")
        [sent] = endpoint.wait_for(1)
        self.assertEqual((sent.path, sent.headers["x-amz-sns-message-type"], sent.headers["x-amz-sns-topic-arn"]), ("/hook", "SubscriptionConfirmation", topic))
        self.assertEqual((sent.headers["content-type"], sent.headers["user-agent"]), ("text/plain; charset=UTF-8", "Amazon Simple Notification Service Agent"))
        message = sent.json
        self.assertEqual(list(message), ["Type", "MessageId", "Token", "TopicArn", "Message", "SubscribeURL", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL"])
        self.assertEqual(message["Message"], f"You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.")
        self.assertTrue(is_signed(message))
        self.sns.publish(TopicArn=topic, Message="too early")
        page = visit(message["SubscribeURL"])
        [listed] = self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        self.assertIn(f"<SubscriptionArn>{listed['SubscriptionArn']}</SubscriptionArn>", page)
        self.assertEqual(self.subscription(listed["SubscriptionArn"])["ConfirmationWasAuthenticated"], "false")
        self.sns.publish(TopicArn=topic, Message="in time")
        self.assertEqual(endpoint.wait_for(2)[1].json["Message"], "in time")

    def test_messages(self):
        topic, endpoint = self.topic(), self.endpoint()
        arn = self.confirmed(topic, endpoint)
        attributes = {"a": {"DataType": "Number", "StringValue": "99.12"}, "b": {"DataType": "Binary", "BinaryValue": b"\x02\x03\x04"}}
        sent = self.sns.publish(TopicArn=topic, Message='ö§a1"_!?', Subject="On it", MessageAttributes=attributes)
        [got] = endpoint.wait_for(1)
        self.assertEqual((got.headers["x-amz-sns-message-id"], got.headers["x-amz-sns-subscription-arn"]), (sent["MessageId"], arn))
        message = got.json
        self.assertEqual(list(message), ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes"])
        self.assertEqual((message["Message"], message["Subject"], message["MessageId"]), ('ö§a1"_!?', "On it", sent["MessageId"]))
        self.assertEqual(message["MessageAttributes"], {"a": {"Type": "Number", "Value": "99.12"}, "b": {"Type": "Binary", "Value": "AgME"}})
        self.assertTrue(is_signed(message))
        self.assertFalse(is_signed({**message, "Message": "another"}))
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="SignatureVersion", AttributeValue="2")
        self.sns.publish(TopicArn=topic, Message="m")
        message = endpoint.wait_for(2)[1].json
        self.assertEqual(message["SignatureVersion"], "2")
        self.assertTrue(is_signed(message))

    def test_raw_messages_and_their_type(self):
        topic, endpoint = self.topic(), self.endpoint()
        self.confirmed(topic, endpoint, RawMessageDelivery="true", DeliveryPolicy=json.dumps({"requestPolicy": {"headerContentType": "application/json"}}))
        self.sns.publish(TopicArn=topic, Message='{"a":1}')
        [got] = endpoint.wait_for(1)
        self.assertEqual((got.body, got.headers["x-amz-sns-rawdelivery"], got.headers["content-type"]), ('{"a":1}', "true", "application/json"))

    def test_one_text_for_each_protocol(self):
        topic, endpoint = self.topic(), self.endpoint()
        self.confirmed(topic, endpoint)
        for texts in ({"default": "usual", "http": "own"}, {"default": "usual", "sqs": "other"}):
            self.sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps(texts))
        self.assertEqual(sorted(got.json["Message"] for got in endpoint.wait_for(2)), ["own", "usual"])

    def test_leaving_by_link_can_be_taken_back(self):
        topic, endpoint = self.topic(), self.endpoint()
        arn = self.confirmed(topic, endpoint)
        self.sns.publish(TopicArn=topic, Message="m")
        visit(endpoint.wait_for(1)[0].json["UnsubscribeURL"])
        message = endpoint.wait_for(2)[1].json
        self.assertEqual(message["Type"], "UnsubscribeConfirmation")
        self.assertTrue(message["Message"].startswith(f"You have chosen to deactivate subscription {arn}."))
        self.assertTrue(is_signed(message))
        self.assertEqual(self.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"], [])
        visit(message["SubscribeURL"])
        self.assertEqual(self.subscription(arn)["PendingConfirmation"], "false")

    def test_one_that_is_guarded_is_left_by_its_owner_alone(self):
        topic, endpoint = self.topic(), self.endpoint()
        self.subscribe(topic, endpoint.url, "http")
        token = endpoint.wait_for(1)[0].json["Token"]
        arn = self.sns.confirm_subscription(TopicArn=topic, Token=token, AuthenticateOnUnsubscribe="true")["SubscriptionArn"]
        self.assertEqual(self.subscription(arn)["ConfirmationWasAuthenticated"], "true")
        link = f"{self.target.url}/?Action=Unsubscribe&SubscriptionArn={urllib.parse.quote(arn)}&Version=2010-03-31"
        with self.assertRaises(urllib.error.HTTPError) as caught:
            visit(link)
        self.assertEqual(caught.exception.code, 403)
        self.sns.unsubscribe(SubscriptionArn=arn)
        self.assertEqual(len(endpoint.received), 1)

    def test_retries(self):
        topic, endpoint = self.topic(), self.endpoint()
        policy = {"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 3, "numNoDelayRetries": 2}}
        arn = self.confirmed(topic, endpoint, DeliveryPolicy=json.dumps(policy))
        effective = json.loads(self.subscription(arn)["EffectiveDeliveryPolicy"])
        self.assertEqual(effective["healthyRetryPolicy"]["numRetries"], 3)
        endpoint.statuses = [500, 503, 200]
        sent = self.sns.publish(TopicArn=topic, Message="m")
        self.assertEqual([got.headers["x-amz-sns-message-id"] for got in endpoint.wait_for(3)], [sent["MessageId"]] * 3)

    def test_filters(self):
        topic, endpoint = self.topic(), self.endpoint()
        arn = self.confirmed(topic, endpoint, FilterPolicy=json.dumps({"store": ["example_corp"], "price_usd": [{"numeric": [">=", 100]}]}))
        publish = lambda message, **attributes: self.sns.publish(
            TopicArn=topic, Message=message, MessageAttributes={name: {"DataType": "String" if isinstance(value, str) else "Number", "StringValue": str(value)} for name, value in attributes.items()}
        )
        publish("no attributes")
        publish("too cheap", store="example_corp", price_usd=99)
        publish("another store", store="other", price_usd=100)
        publish("right", store="example_corp", price_usd=100, more="x")
        self.assertEqual([got.json["Message"] for got in endpoint.wait_for(1)], ["right"])
        self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicyScope", AttributeValue="MessageBody")
        self.sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicy", AttributeValue=json.dumps({"person": {"name": [{"prefix": "A"}]}}))
        for body in ("no JSON", '{"person":{"name":"Bob"}}', '{"person":{"name":"Ada"}}'):
            self.sns.publish(TopicArn=topic, Message=body)
        self.assertEqual(endpoint.wait_for(2)[1].json["Message"], '{"person":{"name":"Ada"}}')
        self.assertEqual(len(endpoint.received), 2)


class Crashes(ServiceCase):
    own_server_only = True

    def test_what_was_published_is_delivered_after_a_crash(self):
        with tempfile.TemporaryDirectory() as folder, FakeEndpoint() as endpoint:
            with Server(data_dir=folder) as server:
                sns = self.target.__class__(server.endpoint, server).client("sns")
                topic = sns.create_topic(Name="t")["TopicArn"]
                policy = json.dumps({"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 50}})
                sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url, Attributes={"DeliveryPolicy": policy})
                confirmation = endpoint.wait_for(1)[0].json
                sns.confirm_subscription(TopicArn=topic, Token=confirmation["Token"])
                endpoint.statuses = [503] * 30
                sent = {sns.publish(TopicArn=topic, Message=str(i))["MessageId"] for i in range(30)}
                endpoint.wait_for(20)
                server.kill()
                server.wait()
                server.start()
                got = lambda: {received.headers["x-amz-sns-message-id"] for received in endpoint.received[31:]}
                endpoint.wait_for(61)
                self.assertEqual(got() & sent, sent)
                self.assertEqual(visit(confirmation["SigningCertURL"])[:10], "-----BEGIN")


class Access(AccessCase):
    """Where signatures are verified: receivers of messages have no keys."""

    def test_links_need_no_signature(self):
        sns = self.client(("AKIDROOT", "the-secret-of-the-root"), "sns")
        with FakeEndpoint() as endpoint:
            topic = sns.create_topic(Name="t")["TopicArn"]
            sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
            confirmation: Received = endpoint.wait_for(1)[0]
            self.assertIn("-----BEGIN CERTIFICATE", visit(confirmation.json["SigningCertURL"]))
            visit(confirmation.json["SubscribeURL"])
            sns.publish(TopicArn=topic, Message="m")
            visit(endpoint.wait_for(2)[1].json["UnsubscribeURL"])
            with self.assertRaises(urllib.error.HTTPError) as caught:
                visit(f"{self.target.url}/?Action=ListTopics&Version=2010-03-31")
            self.assertEqual(caught.exception.code, 403)

    def test_callers_need_to_be_allowed(self):
        _, keys = self.user(allow("sns:CreateTopic"))
        sns = self.client(keys, "sns")
        topic = sns.create_topic(Name="u")["TopicArn"]
        with self.refused("AccessDenied"):
            sns.publish(TopicArn=topic, Message="m")
        _, keys = self.user(allow("sns:Publish", resource=topic))
        self.client(keys, "sns").publish(TopicArn=topic, Message="m")


class EveryOperation(SnsCase):
    def test_what_is_not_built_says_so(self):
        for operation, parameters in UNSUPPORTED.items():
            with self.subTest(operation), self.refused("NotImplemented"):
                self.sns._make_api_call(operation, parameters)

    def test_all_are_known(self):
        driven = {
            "AddPermission", "ConfirmSubscription", "CreateTopic", "DeleteTopic", "GetSubscriptionAttributes", "GetTopicAttributes",
            "ListSubscriptions", "ListSubscriptionsByTopic", "ListTagsForResource", "ListTopics", "Publish", "PublishBatch",
            "RemovePermission", "SetSubscriptionAttributes", "SetTopicAttributes", "Subscribe", "TagResource", "Unsubscribe", "UntagResource",
        }  # fmt: skip
        self.assertEqual(driven | set(UNSUPPORTED), set(self.sns.meta.service_model.operation_names))
