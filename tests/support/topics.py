"""Cases of SNS, and what they do with topics."""

from support.fake_endpoint import FakeEndpoint
from support.target import ServiceCase, unique

NOWHERE = "arn:aws:sns:us-east-1:123456789012:nowhere"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue"


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
        self.subscribe(topic, endpoint.url, endpoint.url.split(":")[0], **attributes)
        token = endpoint.wait_for(1)[0].json["Token"]
        endpoint.received.clear()
        return self.sns.confirm_subscription(TopicArn=topic, Token=token)["SubscriptionArn"]
