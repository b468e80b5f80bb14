"""Topics of SNS through boto3."""

import json

from support.access import ACCOUNT, policy
from support.target import unique
from support.topics import NOWHERE, QUEUE, SnsCase

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


class EveryOperation(SnsCase):
    def test_what_is_not_built_says_so(self):
        for operation, parameters in UNSUPPORTED.items():
            with self.subTest(operation), self.refused("NotImplemented"):
                self.sns._make_api_call(operation, parameters)
