"""Tasks that send to SQS, through boto3."""

import json

from support.machines import machine
from support.queues import SqsCase


def sending(parameters: dict, pattern: str = "") -> dict:
    return machine(("Send", {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage" + pattern, "Parameters": parameters}))


class Workflows(SqsCase):
    def test_a_task_sends(self):
        url = self.queue()
        definition = sending({"QueueUrl": url, "MessageBody": {"a.$": "$.a"}})
        output = json.loads(self.ended(self.start(self.create(definition), {"a": [1]}))["output"])
        self.assertEqual(list(output), ["MD5OfMessageBody", "MessageId", "SdkHttpMetadata", "SdkResponseMetadata"])
        message = self.receive(url)[0]
        self.assertEqual((message["Body"], message["MessageId"], message["MD5OfBody"]), ('{"a":[1]}', output["MessageId"], output["MD5OfMessageBody"]))

    def test_a_worker_answers(self):
        url = self.queue()
        parameters = {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}}
        definition = sending(parameters, ".waitForTaskToken")
        execution = self.start(self.create(definition))
        message = self.receive(url, WaitTimeSeconds=10)[0]
        self.states.send_task_success(taskToken=json.loads(message["Body"])["token"], output='"done"')
        self.assertEqual(self.ended(execution)["output"], '"done"')
        self.check_history(execution)

    def test_failures(self):
        parameters = {"QueueUrl": self.target.url + "/123456789012/nothing", "MessageBody": "m"}
        definition = sending(parameters)
        failed = self.ended(self.start(self.create(definition)))
        self.assertEqual(failed["error"], "SQS.QueueDoesNotExistException")
        self.assertRegex(failed["cause"], r"^The specified queue does not exist\. \(Service: AmazonSQS; Status Code: 400; Error Code: AWS\.SimpleQueueService\.NonExistentQueue; Request ID: [0-9a-f-]{36}; Proxy: null\)$")
