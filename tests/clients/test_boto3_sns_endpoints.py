"""HTTP endpoints of SNS: confirmations, messages and their signatures, retries."""

import base64
import json
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from local.server import Server
from support.access import AccessCase, allow
from support.certificates import Authority
from support.fake_endpoint import FakeEndpoint, Received
from support.target import ServiceCase, unique
from support.topics import SnsCase


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


class OverTls(SnsCase):
    """Endpoints with certificates of an authority that --ca-bundle names."""

    @classmethod
    def setUpClass(cls):
        cls.authority = Authority(Path(cls.enterClassContext(tempfile.TemporaryDirectory())))
        cls.arguments = ("--ca-bundle", str(cls.authority.path))
        super().setUpClass()
        cls.sqs = cls.target.client("sqs")

    def secure_endpoint(self, port: int = 0, authority: Authority | None = None) -> FakeEndpoint:
        return FakeEndpoint(port, (authority or self.authority).certificate("endpoint"))

    def test_messages_and_retries(self):
        endpoint, topic = self.enterContext(self.secure_endpoint()), self.topic()
        quickly = {"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 3}}
        arn = self.confirmed(topic, endpoint, DeliveryPolicy=json.dumps(quickly))
        self.assertEqual(self.subscription(arn)["Protocol"], "https")
        endpoint.statuses = [503]
        sent = self.sns.publish(TopicArn=topic, Message="over TLS")["MessageId"]
        for received in endpoint.wait_for(2):
            self.assertEqual((received.json["MessageId"], received.json["Message"]), (sent, "over TLS"))
            self.assertTrue(is_signed(received.json))

    def test_a_certificate_of_nobody_is_sent_nothing(self):
        topic = self.topic()
        dead = self.sqs.create_queue(QueueName=unique("dead"))["QueueUrl"]
        dead_arn = self.sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        never = json.dumps({"healthyRetryPolicy": {"minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 0}})
        with self.secure_endpoint() as endpoint:
            self.confirmed(topic, endpoint, DeliveryPolicy=never, RedrivePolicy=json.dumps({"deadLetterTargetArn": dead_arn}))
        stranger = Authority(Path(self.enterContext(tempfile.TemporaryDirectory())))
        with self.secure_endpoint(endpoint.port, stranger) as other:
            self.sns.publish(TopicArn=topic, Message="secret")
            [letter] = self.sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=20)["Messages"]
            self.assertEqual(json.loads(letter["Body"])["Message"], "secret")
            self.assertEqual(other.received, [])


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
