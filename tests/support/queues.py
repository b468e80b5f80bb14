"""Cases of SQS, and what they do with queues."""

from support.target import ServiceCase, unique


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
