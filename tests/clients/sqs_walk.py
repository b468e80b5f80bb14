"""One walk through every operation of SQS, whatever the client: it calls `ask(operation, **parameters)`."""

from local.wait import wait_until
from support.target import unique
from walk import Unknown, Walker


class SqsWalk(Walker):
    def run(self) -> None:
        for part in (self.queues, self.messages, self.batches, self.dead_letters):
            part()
        for part in (self.moves,):
            try:
                part()
            except Unknown:
                pass

    def create(self, name: str = "walk", **attributes) -> str:
        return self.ask("CreateQueue", QueueName=unique(name), Attributes=attributes)["QueueUrl"]

    def arn(self, url: str) -> str:
        return self.ask("GetQueueAttributes", QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def queues(self) -> None:
        url = self.create(VisibilityTimeout="45")
        name = url.rsplit("/", 1)[1]
        assert self.ask("GetQueueUrl", QueueName=name)["QueueUrl"] == url
        assert self.ask("ListQueues", QueueNamePrefix=name)["QueueUrls"] == [url]
        self.ask("SetQueueAttributes", QueueUrl=url, Attributes={"DelaySeconds": "7"})
        shown = self.ask("GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert (shown["VisibilityTimeout"], shown["DelaySeconds"]) == ("45", "7"), shown
        self.ask("TagQueue", QueueUrl=url, Tags={"a": "1", "b": "2"})
        self.ask("UntagQueue", QueueUrl=url, TagKeys=["a"])
        assert self.ask("ListQueueTags", QueueUrl=url)["Tags"] == {"b": "2"}
        self.ask("AddPermission", QueueUrl=url, Label="l", AWSAccountIds=["111111111111"], Actions=["SendMessage"])
        self.ask("RemovePermission", QueueUrl=url, Label="l")
        self.ask("PurgeQueue", QueueUrl=url)
        self.expect("AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueue", QueueUrl=url)
        self.ask("DeleteQueue", QueueUrl=url)
        self.expect("AWS.SimpleQueueService.NonExistentQueue", "GetQueueUrl", QueueName=name)
        self.expect("AWS.SimpleQueueService.QueueDeletedRecently", "CreateQueue", QueueName=name)

    def messages(self) -> None:
        url = self.create()
        attributes = {"n": {"DataType": "Number", "StringValue": "1"}}
        sent = self.ask("SendMessage", QueueUrl=url, MessageBody="<a>&é\r\n", MessageAttributes=attributes)
        received = self.ask("ReceiveMessage", QueueUrl=url, MessageAttributeNames=["All"], AttributeNames=["All"], WaitTimeSeconds=1)["Messages"][0]
        assert received["MessageId"] == sent["MessageId"] and received["Body"] == "<a>&é\r\n", received
        assert received["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
        assert received["MessageAttributes"] == attributes and received["Attributes"]["ApproximateReceiveCount"] == "1", received
        handle = received["ReceiptHandle"]
        self.ask("ChangeMessageVisibility", QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        self.expect("AWS.SimpleQueueService.MessageNotInflight", "ChangeMessageVisibility", QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=9)
        again = self.ask("ReceiveMessage", QueueUrl=url)["Messages"][0]
        self.ask("DeleteMessage", QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
        assert "Messages" not in self.ask("ReceiveMessage", QueueUrl=url)
        self.expect("ReceiptHandleIsInvalid", "DeleteMessage", QueueUrl=url, ReceiptHandle="no handle")

    def batches(self) -> None:
        url = self.create()
        entries = [{"Id": str(i), "MessageBody": f"m{i}"} for i in range(3)]
        sent = self.ask("SendMessageBatch", QueueUrl=url, Entries=entries)["Successful"]
        assert [entry["Id"] for entry in sent] == ["0", "1", "2"], sent
        received = self.ask("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        assert [message["Body"] for message in received] == ["m0", "m1", "m2"]
        handles = [{"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]} for i, message in enumerate(received)]
        changes = [{**entry, "VisibilityTimeout": 60} for entry in handles]
        assert len(self.ask("ChangeMessageVisibilityBatch", QueueUrl=url, Entries=changes)["Successful"]) == 3
        done = self.ask("DeleteMessageBatch", QueueUrl=url, Entries=[*handles[:2], {"Id": "x", "ReceiptHandle": "none"}])
        assert len(done["Successful"]) == 2, done
        assert (done["Failed"][0]["Id"], done["Failed"][0]["Code"], done["Failed"][0]["SenderFault"]) == ("x", "ReceiptHandleIsInvalid", True), done

    def dead_letters(self) -> None:
        self.dead = self.create("dead")
        policy = '{"deadLetterTargetArn":"%s","maxReceiveCount":1}' % self.arn(self.dead)
        self.source = self.create("source", RedrivePolicy=policy)
        assert self.ask("ListDeadLetterSourceQueues", QueueUrl=self.dead)["queueUrls"] == [self.source]
        self.ask("SendMessage", QueueUrl=self.source, MessageBody="m")
        self.ask("ReceiveMessage", QueueUrl=self.source, VisibilityTimeout=0)
        assert "Messages" not in self.ask("ReceiveMessage", QueueUrl=self.source)
        assert self.ask("ReceiveMessage", QueueUrl=self.dead, VisibilityTimeout=0, WaitTimeSeconds=5)["Messages"][0]["Body"] == "m"

    def moves(self) -> None:
        arn = self.arn(self.dead)
        self.ask("StartMessageMoveTask", SourceArn=arn)

        def completed():
            task = self.ask("ListMessageMoveTasks", SourceArn=arn)["Results"][0]
            return task["Status"] == "COMPLETED" and task

        task = wait_until(completed, "the task to be over")
        assert task["ApproximateNumberOfMessagesMoved"] == 1, task
        assert self.ask("ReceiveMessage", QueueUrl=self.source, WaitTimeSeconds=5)["Messages"][0]["Body"] == "m"
        entries = [{"Id": str(i), "MessageBody": "m"} for i in range(10)]
        self.ask("SendMessageBatch", QueueUrl=self.dead, Entries=entries)
        slow = self.ask("StartMessageMoveTask", SourceArn=arn, DestinationArn=self.arn(self.source), MaxNumberOfMessagesPerSecond=1)
        self.ask("CancelMessageMoveTask", TaskHandle=slow["TaskHandle"])
