"""Dead-letter queues of SQS through boto3, and their messages on the way back."""

import json

from support.access import policy
from support.queues import SqsCase


class DeadLetters(SqsCase):
    def test_policies_that_are_refused(self):
        dead, fifo = self.queue("dead"), self.queue("dead.fifo")

        def create(**policy):
            return self.queue(RedrivePolicy=json.dumps(policy))

        with self.refused("InvalidParameterValue") as caught:
            create(deadLetterTargetArn="dummy", maxReceiveCount=42)
        self.assertEqual(
            caught.exception.response["Error"]["Message"],
            'Value {"deadLetterTargetArn": "dummy", "maxReceiveCount": 42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
        )
        for policy in (
            {"maxReceiveCount": 1},
            {"deadLetterTargetArn": self.arn(dead)},
            {"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": 0},
            {"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": 1001},
            {"deadLetterTargetArn": self.arn(dead) + "-not", "maxReceiveCount": 1},
            {"deadLetterTargetArn": self.arn(fifo), "maxReceiveCount": 1},
        ):
            with self.subTest(policy), self.refused("InvalidParameterValue"):
                create(**policy)
        self.sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'})
        with self.refused("InvalidParameterValue"):
            create(deadLetterTargetArn=self.arn(dead), maxReceiveCount=1)

    def test_moved_with_its_source(self):
        dead = self.queue("dead")
        source = self.queue(RedrivePolicy=json.dumps({"deadLetterTargetArn": self.arn(dead), "maxReceiveCount": "2"}))
        self.send(source, "m")
        for _ in range(2):
            self.assertEqual(self.bodies(source, VisibilityTimeout=0), ["m"])
        self.assertEqual(self.bodies(source), [])
        moved = self.receive(dead, AttributeNames=["All"], WaitTimeSeconds=5)[0]
        self.assertEqual(moved["Attributes"]["DeadLetterQueueSourceArn"], self.arn(source))

    def test_move_tasks_that_are_refused(self):
        if not hasattr(self.sqs, "start_message_move_task"):
            self.skipTest("this boto3 does not know message move tasks")
        plain = self.arn(self.queue())
        with self.refused("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue."):
            self.sqs.start_message_move_task(SourceArn=plain)
        with self.refused("ResourceNotFoundException", "The resource that you specified for the SourceArn parameter doesn't exist."):
            self.sqs.start_message_move_task(SourceArn=plain + "-not")
        with self.refused("InvalidParameterValue", "Value for parameter TaskHandle is invalid."):
            self.sqs.cancel_message_move_task(TaskHandle="x")
