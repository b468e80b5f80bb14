"""Services elsewhere: what goes to an endpoint, signed by whom, and what workflows are told."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import zlib

from local.aws import Client
from local.server import Server, free_port, program
from local.wait import wait_until
from support.fake_dynamodb import FakeDynamoDb

ROLE = "arn:aws:iam::123456789012:role/x"
NO_AWS = {"AWS_SHARED_CREDENTIALS_FILE": "/nowhere", "AWS_CONFIG_FILE": "/nowhere", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "",
          "AWS_PROFILE": ""}  # fmt: skip


class Elsewhere(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def database(self, **secrets: str) -> FakeDynamoDb:
        made = self.enterContext(FakeDynamoDb(**secrets))
        made.add_table("orders")
        return made

    def serve(self, *arguments: str, **environment: str) -> Client:
        return Client(self.enterContext(Server(arguments=arguments, environment=os.environ | NO_AWS | environment)).endpoint)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def run_task(self, client: Client, resource: str, parameters: dict) -> dict:
        state = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters, "End": True}
        machine = client.states("CreateStateMachine", name=f"m{free_port()}", roleArn=ROLE, definition=json.dumps({"StartAt": "A", "States": {"A": state}}))
        started = client.states("StartExecution", stateMachineArn=machine["stateMachineArn"])
        wait_until(lambda: client.states("DescribeExecution", **started_arn(started))["status"] != "RUNNING", "the execution to end")
        return client.states("DescribeExecution", **started_arn(started))

    def output(self, client: Client, resource: str, parameters: dict) -> dict:
        execution = self.run_task(client, resource, parameters)
        self.assertEqual(execution["status"], "SUCCEEDED", execution)
        return json.loads(execution["output"])

    def failure(self, client: Client, resource: str, parameters: dict) -> tuple[str, str]:
        execution = self.run_task(client, resource, parameters)
        self.assertEqual(execution["status"], "FAILED", execution)
        return execution["error"], execution["cause"]


def started_arn(started: dict) -> dict:
    return {"executionArn": started["executionArn"]}


class Items(Elsewhere):
    ITEM = {"id": {"S": "1"}, "total": {"N": "12.50"}}

    def setUp(self):
        super().setUp()
        self.client = self.serve("--endpoint", f"dynamodb={self.database().endpoint}")

    def test_the_four_operations(self):
        key = {"id": {"S": "1"}}
        put = self.output(self.client, "dynamodb:putItem", {"TableName": "orders", "Item": self.ITEM})
        self.assertEqual(sorted(put), ["SdkHttpMetadata", "SdkResponseMetadata"])
        self.assertEqual(put["SdkResponseMetadata"], {"RequestId": "REQUEST"})
        headers = put["SdkHttpMetadata"]["HttpHeaders"]
        self.assertEqual((headers["Content-Length"], headers["x-amz-crc32"]), ("2", str(zlib.crc32(b"{}"))))
        self.assertEqual(self.output(self.client, "dynamodb:getItem", {"TableName": "orders", "Key": key})["Item"], self.ITEM)
        update = {"UpdateExpression": "set total = :t", "ExpressionAttributeValues": {":t": {"N": "3"}}, "ReturnValues": "UPDATED_NEW"}
        self.assertEqual(self.output(self.client, "dynamodb:updateItem", {"TableName": "orders", "Key": key} | update)["Attributes"], {"total": {"N": "3"}})
        deleted = self.output(self.client, "dynamodb:deleteItem", {"TableName": "orders", "Key": key, "ReturnValues": "ALL_OLD"})
        self.assertEqual(deleted["Attributes"], self.ITEM | {"total": {"N": "3"}})
        self.assertNotIn("Item", self.output(self.client, "dynamodb:getItem", {"TableName": "orders", "Key": key}))

    def test_errors(self):
        put = {"TableName": "orders", "Item": self.ITEM, "ConditionExpression": "attribute_not_exists(id)"}
        self.output(self.client, "dynamodb:putItem", put)
        tail = "; Request ID: REQUEST; Proxy: null)"
        self.assertEqual(self.failure(self.client, "dynamodb:putItem", put), ("DynamoDB.ConditionalCheckFailedException",
                         "The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException" + tail))  # fmt: skip
        self.assertEqual(self.failure(self.client, "dynamodb:putItem", put | {"TableName": "none"})[0], "DynamoDB.ResourceNotFoundException")
        error, cause = self.failure(self.client, "dynamodb:putItem", put | {"TableName": "/not"})
        self.assertEqual(error, "DynamoDB.AmazonDynamoDBException")
        self.assertIn("Value '/not' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ (", cause)

    def test_every_other_operation_by_the_sdk(self):
        self.output(self.client, "aws-sdk:dynamodb:putItem", {"TableName": "orders", "Item": self.ITEM})
        query = {"TableName": "orders", "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": {":id": {"S": "1"}}}
        self.assertEqual(self.output(self.client, "aws-sdk:dynamodb:query", query), {"Count": 1, "Items": [self.ITEM], "ScannedCount": 1})
        error, cause = self.failure(self.client, "aws-sdk:dynamodb:query", query | {"TableName": "none"})
        self.assertEqual((error, cause), ("DynamoDb.ResourceNotFoundException",
                         "Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: REQUEST) (SDK Attempt Count: 1)"))  # fmt: skip

    def test_a_service_that_is_nowhere(self):
        error, cause = self.failure(self.serve(), "dynamodb:getItem", {"TableName": "orders", "Key": {"id": {"S": "1"}}})
        self.assertEqual(error, "DynamoDB.SdkClientException")
        self.assertIn("--endpoint dynamodb=URL", cause)


class AnotherServer(Elsewhere):
    """Services of this program, done by another one of the same."""

    def setUp(self):
        super().setUp()
        self.there = self.serve()
        services = ("events", "logs", "scheduler", "sns", "sqs")
        self.here = self.serve(*(argument for name in services for argument in ("--endpoint", f"{name}={self.there.endpoint}")))
        self.queue = self.there.queues("CreateQueue", QueueName="orders")["QueueUrl"]
        self.queue_arn = "arn:aws:sqs:us-east-1:123456789012:orders"

    def received(self) -> str:
        taken = []
        wait_until(lambda: taken.extend(self.there.queues("ReceiveMessage", QueueUrl=self.queue).get("Messages", [])) or taken, "a message there")
        return taken[0]["Body"]

    def test_a_queue(self):
        self.output(self.here, "sqs:sendMessage", {"QueueUrl": self.queue, "MessageBody": "one"})
        self.assertEqual(self.received(), "one")

    def test_a_topic(self):
        self.output(self.here, "aws-sdk:sns:createTopic", {"Name": "news"})
        topic = "arn:aws:sns:us-east-1:123456789012:news"
        self.output(self.here, "aws-sdk:sns:subscribe", {"TopicArn": topic, "Protocol": "sqs", "Endpoint": self.queue_arn, "Attributes": {"RawMessageDelivery": "true"}})
        self.output(self.here, "sns:publish", {"TopicArn": topic, "Message": "two"})
        self.assertEqual(self.received(), "two")

    def test_a_bus(self):
        self.there.events("PutRule", Name="all", EventPattern=json.dumps({"source": ["shop"]}))
        self.there.events("PutTargets", Rule="all", Targets=[{"Id": "1", "Arn": self.queue_arn, "InputPath": "$.detail"}])
        self.output(self.here, "events:putEvents", {"Entries": [{"Source": "shop", "DetailType": "order", "Detail": {"id": 3}}]})
        self.assertEqual(json.loads(self.received()), {"id": 3})

    def test_a_schedule(self):
        target = {"Arn": self.queue_arn, "RoleArn": ROLE, "Input": "four"}
        schedule = {"Name": "soon", "ScheduleExpression": "at(2020-01-01T00:00:00)", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target}
        made = self.output(self.here, "aws-sdk:scheduler:createSchedule", schedule)
        self.assertEqual(made["ScheduleArn"], "arn:aws:scheduler:us-east-1:123456789012:schedule/default/soon")

    def test_logs(self):
        self.there.logs("CreateLogGroup", logGroupName="steps")
        group = "arn:aws:logs:us-east-1:123456789012:log-group:steps:*"
        logging = {"level": "ALL", "includeExecutionData": True, "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": group}}]}
        definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
        machine = self.here.states("CreateStateMachine", name="logged", roleArn=ROLE, definition=definition, loggingConfiguration=logging)
        self.here.states("StartExecution", stateMachineArn=machine["stateMachineArn"])
        there = []
        wait_until(lambda: there.extend(self.there.logs("FilterLogEvents", logGroupName="steps")["events"]) or len(there) >= 4, "the log events there")
        self.assertIn("ExecutionSucceeded", [json.loads(event["message"])["type"] for event in there])


class Signatures(Elsewhere):
    """What is checked is the signature that botocore makes of the same request."""

    GET = ("dynamodb:getItem", {"TableName": "orders", "Key": {"id": {"S": "1"}}})

    def test_keys_of_the_environment(self):
        database = self.database(AKIAENV="secret")
        client = self.serve("--endpoint", f"dynamodb={database.endpoint}", AWS_ACCESS_KEY_ID="AKIAENV", AWS_SECRET_ACCESS_KEY="secret")
        self.output(client, *self.GET)
        self.assertEqual(database.scopes, [("AKIAENV", "us-east-1", "dynamodb")])

    def test_keys_of_a_profile(self):
        database = self.database(AKIAONE="one", AKIATWO="two")
        credentials = self.file("credentials", "[default]\naws_access_key_id = AKIAONE\naws_secret_access_key = one\n")
        config = self.file("config", "[profile work]\n# comment\naws_access_key_id=AKIATWO\naws_secret_access_key=two\naws_session_token=token\n")
        files = {"AWS_SHARED_CREDENTIALS_FILE": credentials, "AWS_CONFIG_FILE": config}
        endpoint = ("--endpoint", f"dynamodb={database.endpoint}")
        self.output(self.serve(*endpoint, **files), *self.GET)
        self.output(self.serve(*endpoint, AWS_PROFILE="work", **files), *self.GET)
        self.assertEqual([scope[0] for scope in database.scopes], ["AKIAONE", "AKIATWO"])

    def test_keys_and_region_of_the_file(self):
        database = self.database(AKIAFILE="of the file")
        config = self.file("stepwell.yaml", f"""
endpoints:
  dynamodb:
    url: {database.endpoint}
    region: eu-west-1
    access-key: AKIAFILE
    secret-key: ${{SECRET}}
""")
        self.output(self.serve("--config", config, SECRET="of the file", AWS_ACCESS_KEY_ID="AKIAENV", AWS_SECRET_ACCESS_KEY="x"), *self.GET)
        self.assertEqual(database.scopes, [("AKIAFILE", "eu-west-1", "dynamodb")])

    def test_a_wrong_secret(self):
        database = self.database(AKIAENV="secret")
        client = self.serve("--endpoint", f"dynamodb={database.endpoint}", AWS_ACCESS_KEY_ID="AKIAENV", AWS_SECRET_ACCESS_KEY="wrong")
        self.assertEqual(self.failure(client, *self.GET)[0], "DynamoDB.AmazonDynamoDBException")


class Refusals(Elsewhere):
    def refusal(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run([program(), "serve", "--listen", "127.0.0.1:0", "--store", "memory", *arguments], capture_output=True, text=True, timeout=20,
                              env=os.environ | NO_AWS | environment)  # fmt: skip
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def test_at_start(self):
        for argument, words in (
            ("dynamodb", "expected SERVICE=URL"),
            ("dynamodbb=http://127.0.0.1:1", "did you mean 'dynamodb'?"),
            ("dynamodb=ftp://127.0.0.1:1", "it does not begin with http:// or https://"),
            ("dynamodb=https://dynamodb.us-east-1.amazonaws.com", "no credentials are found"),
        ):
            with self.subTest(argument):
                self.assertIn(words, self.refusal("--endpoint", argument))
        self.assertIn("no profile 'none'", self.refusal("--endpoint", "dynamodb=http://127.0.0.1:1", AWS_PROFILE="none"))
        self.assertIn("only one is set", self.refusal("--endpoint", "dynamodb=http://127.0.0.1:1", AWS_ACCESS_KEY_ID="x"))


if __name__ == "__main__":
    unittest.main()
