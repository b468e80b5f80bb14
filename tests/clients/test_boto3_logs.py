"""CloudWatch Logs through boto3, and what executions write there."""

import json
import time

from local.wait import wait_until
from support.machines import failing, machine, passing
from support.target import ServiceCase, unique

NOW = int(time.time() * 1000)


class LogsCase(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logs = cls.target.client("logs")

    def group(self, **more) -> str:
        name = unique("/aws/vendedlogs/states/group")
        self.logs.create_log_group(logGroupName=name, **more)
        if self.target.server is None:
            self.addCleanup(self.logs.delete_log_group, logGroupName=name)
        return name

    def describe(self, group: str) -> dict:
        return next(found for found in self.logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"] if found["logGroupName"] == group)

    def messages(self, group: str, **more) -> list[str]:
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=group, **more)
        return [event["message"] for page in pages for event in page["events"]]

    def put(self, group: str, stream: str, *messages: str, at: int = NOW) -> dict:
        events = [{"timestamp": at + i, "message": message} for i, message in enumerate(messages)]
        return self.logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)


class Groups(LogsCase):
    def test_made_shown_taken_away(self):
        group = self.group(tags={"team": "blue"})
        found = self.describe(group)
        self.assertTrue(found["arn"].endswith(f":log-group:{group}:*"), found)
        self.assertNotIn("retentionInDays", found)
        with self.refused("ResourceAlreadyExistsException", "The specified log group already exists"):
            self.logs.create_log_group(logGroupName=group)
        self.logs.put_retention_policy(logGroupName=group, retentionInDays=7)
        self.assertEqual(self.describe(group)["retentionInDays"], 7)
        self.logs.delete_retention_policy(logGroupName=group)
        self.assertNotIn("retentionInDays", self.describe(group))
        self.logs.delete_log_group(logGroupName=group)
        with self.refused("ResourceNotFoundException", "The specified log group does not exist."):
            self.logs.delete_log_group(logGroupName=group)
        self.logs.create_log_group(logGroupName=group)

    def test_tags(self):
        group = self.group(tags={"team": "blue", "stage": "test"})
        arn = self.describe(group)["arn"].removesuffix(":*")
        self.logs.tag_resource(resourceArn=arn, tags={"team": "red"})
        self.logs.untag_resource(resourceArn=arn, tagKeys=["stage"])
        self.assertEqual(self.logs.list_tags_for_resource(resourceArn=arn)["tags"], {"team": "red"})
        self.logs.tag_log_group(logGroupName=group, tags={"a": "b"})
        self.assertEqual(self.logs.list_tags_log_group(logGroupName=group)["tags"], {"team": "red", "a": "b"})

    def test_pages_in_the_order_of_their_names(self):
        prefix = unique("page")
        for letter in "cab":
            self.logs.create_log_group(logGroupName=f"{prefix}-{letter}")
            self.addCleanup(self.logs.delete_log_group, logGroupName=f"{prefix}-{letter}")
        pages = self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix, PaginationConfig={"PageSize": 1})
        self.assertEqual([[group["logGroupName"][-1] for group in page["logGroups"]] for page in pages], [["a"], ["b"], ["c"]])
        found = self.logs.describe_log_groups(logGroupNamePattern=prefix[1:])["logGroups"]
        self.assertEqual(len(found), 3)

    def test_wrong_input_is_called_an_invalid_parameter(self):
        with self.refused("InvalidParameterException", "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"):
            self.logs.create_log_group(logGroupName="a b")

    def test_policies(self):
        name = unique("policy")
        self.logs.put_resource_policy(policyName=name, policyDocument='{"Version":"2012-10-17","Statement":[]}')
        self.assertIn(name, [policy["policyName"] for policy in self.logs.describe_resource_policies()["resourcePolicies"]])
        self.logs.delete_resource_policy(policyName=name)
        with self.refused("ResourceNotFoundException", f"Policy with name [{name}] does not exist"):
            self.logs.delete_resource_policy(policyName=name)


class Events(LogsCase):
    def stream(self, group: str, name: str = "stream") -> str:
        self.logs.create_log_stream(logGroupName=group, logStreamName=name)
        return name

    def test_put_and_read_in_both_directions(self):
        group = self.group()
        stream = self.stream(group)
        self.put(group, stream, *"abcde")
        place = {"logGroupName": group, "logStreamName": stream}
        newest = self.logs.get_log_events(**place, limit=2)
        self.assertEqual([event["message"] for event in newest["events"]], ["d", "e"])
        before = self.logs.get_log_events(**place, limit=2, nextToken=newest["nextBackwardToken"])
        self.assertEqual([event["message"] for event in before["events"]], ["b", "c"])
        behind = self.logs.get_log_events(**place, nextToken=newest["nextForwardToken"])
        self.assertEqual((behind["events"], behind["nextForwardToken"]), ([], newest["nextForwardToken"]))
        self.put(group, stream, "f", at=NOW + 10)
        again = self.logs.get_log_events(**place, nextToken=behind["nextForwardToken"])
        self.assertEqual([event["message"] for event in again["events"]], ["f"])
        first = self.logs.get_log_events(**place, startFromHead=True, limit=1, startTime=NOW + 1, endTime=NOW + 3)
        self.assertEqual([event["message"] for event in first["events"]], ["b"])
        with self.refused("InvalidParameterException", "The specified nextToken is invalid."):
            self.logs.get_log_events(**place, nextToken="f/nonsense")

    def test_streams_are_shown_by_name_and_by_time(self):
        group = self.group()
        for name, at in (("b", NOW - 5000), ("a", NOW), ("c", NOW - 9000)):
            self.put(group, self.stream(group, name), "hello", at=at)
        with self.refused("ResourceAlreadyExistsException", "The specified log stream already exists"):
            self.logs.create_log_stream(logGroupName=group, logStreamName="a")

        def names(**order):
            pages = self.logs.get_paginator("describe_log_streams").paginate(logGroupName=group, PaginationConfig={"PageSize": 2}, **order)
            return "".join(stream["logStreamName"] for page in pages for stream in page["logStreams"])

        self.assertEqual(names(), "abc")
        self.assertEqual(names(descending=True), "cba")
        self.assertEqual(names(orderBy="LastEventTime"), "cba")
        self.assertEqual(names(orderBy="LastEventTime", descending=True), "abc")
        self.logs.delete_log_stream(logGroupName=group, logStreamName="b")
        self.assertEqual(names(), "ac")
        self.assertEqual(self.messages(group), ["hello", "hello"])

    def test_searching_all_streams_in_the_order_of_time(self):
        group = self.group()
        for name, at in (("one", NOW), ("two", NOW + 1)):
            self.stream(group, name)
            for i in range(0, 6, 2):
                self.put(group, name, json.dumps({"level": "ERROR" if i == 2 else "INFO", "n": i, "at": name}), at=at + i)
        found = [json.loads(message) for message in self.messages(group, PaginationConfig={"PageSize": 4})]
        self.assertEqual([(event["n"], event["at"]) for event in found], [(n, at) for n in (0, 2, 4) for at in ("one", "two")])
        self.assertEqual(len(self.messages(group, filterPattern='{ $.level = "ERR*" }')), 2)
        self.assertEqual(len(self.messages(group, filterPattern="{ $.n >= 2 && $.at = two }")), 2)
        self.assertEqual(len(self.messages(group, filterPattern="ERROR")), 2)
        self.assertEqual(len(self.messages(group, filterPattern="-ERROR one")), 2)
        self.assertEqual(len(self.messages(group, logStreamNames=["one"])), 3)
        self.assertEqual(len(self.messages(group, logStreamNamePrefix="tw", startTime=NOW + 2, endTime=NOW + 3)), 1)
        with self.refused("InvalidParameterException", "Invalid filter pattern"):
            self.messages(group, filterPattern="{ $.level = ")

    def test_what_is_not_taken(self):
        group = self.group()
        stream = self.stream(group)
        with self.refused("InvalidParameterException", "Log events in a single PutLogEvents request must be in chronological order."):
            self.logs.put_log_events(
                logGroupName=group, logStreamName=stream, logEvents=[{"timestamp": NOW, "message": "b"}, {"timestamp": NOW - 1, "message": "a"}]
            )
        day = 24 * 3600 * 1000
        self.assertEqual(self.put(group, stream, "old", at=NOW - 15 * day)["rejectedLogEventsInfo"], {"tooOldLogEventEndIndex": 1})
        self.assertEqual(self.put(group, stream, "new", at=NOW + 3 * 3600 * 1000)["rejectedLogEventsInfo"], {"tooNewLogEventStartIndex": 0})
        with self.refused("ResourceNotFoundException", "The specified log stream does not exist."):
            self.put(group, "no-stream", "a")
        with self.refused("ResourceNotFoundException", "The specified log group does not exist."):
            self.put("no-group", stream, "a")
        self.assertEqual(self.messages(group), [])


class Executions(LogsCase):
    """loggingConfiguration: which events are written, and what they hold."""

    FAILS = machine(("Before", {"Type": "Pass"}), ("No", {"Type": "Fail", "Error": "Sorry", "Cause": "no"}))

    def logged(self, definition: dict, level: str, data: bool, type: str = "STANDARD") -> list[dict]:
        group = self.group()
        arn = self.describe(group)["arn"]
        configuration = {"level": level, "includeExecutionData": data, "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": arn}}]}
        machine_arn = self.create(definition, loggingConfiguration=configuration, type=type)
        if type == "EXPRESS":
            self.states.start_sync_execution(stateMachineArn=machine_arn, input='{"a":1}')
            # The log is no part of the reply; it is written at once.
            wait_until(lambda: self.messages(group), "the log of the execution")
        else:
            self.ended(self.start(machine_arn, {"a": 1}))
        return [json.loads(message) for message in self.messages(group)]

    def test_all_events_with_their_data(self):
        records = self.logged(passing({"b": 2}), "ALL", True)
        self.assertEqual([record["type"] for record in records], ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"])
        self.assertEqual([record["id"] for record in records], ["1", "2", "3", "4"])
        self.assertEqual([record["previous_event_id"] for record in records], ["0", "0", "2", "3"])
        self.assertEqual(list(records[0]), ["id", "type", "details", "previous_event_id", "event_timestamp", "execution_arn", "redrive_count"])
        self.assertEqual(records[0]["details"], {"input": '{"a": 1}', "inputDetails": {"truncated": False}, "roleArn": self.target.role})
        self.assertEqual(records[3]["details"], {"output": '{"b":2}', "outputDetails": {"truncated": False}})
        self.assertTrue(records[0]["event_timestamp"].isdigit())

    def test_without_data(self):
        records = self.logged(passing({"b": 2}), "ALL", False)
        self.assertEqual([record["details"] for record in records], [{"roleArn": self.target.role}, {"name": "Only"}, {"name": "Only"}, {}])

    def test_levels(self):
        self.assertEqual([record["type"] for record in self.logged(self.FAILS, "ERROR", False)], ["FailStateEntered", "ExecutionFailed"])
        self.assertEqual([record["type"] for record in self.logged(self.FAILS, "FATAL", True)], ["ExecutionFailed"])
        self.assertEqual(self.logged(passing(), "ERROR", True), [])

    def test_express_executions_have_no_other_history(self):
        records = self.logged(failing(), "ALL", True, "EXPRESS")
        self.assertEqual([record["type"] for record in records], ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"])
        self.assertIn(":express:", records[0]["execution_arn"])

    def test_a_group_that_is_gone_holds_nothing_up(self):
        group = self.group()
        arn = self.describe(group)["arn"]
        destinations = [{"cloudWatchLogsLogGroup": {"logGroupArn": arn}}]
        machine_arn = self.create(passing(), loggingConfiguration={"level": "ALL", "destinations": destinations})
        self.logs.delete_log_group(logGroupName=group)
        self.assertEqual(self.ended(self.start(machine_arn))["status"], "SUCCEEDED")
        self.logs.create_log_group(logGroupName=group)
