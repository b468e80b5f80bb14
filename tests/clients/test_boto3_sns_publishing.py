"""What is published to topics of SNS, through boto3."""

from support.topics import NOWHERE, SnsCase


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
