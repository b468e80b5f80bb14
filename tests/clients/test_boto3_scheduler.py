"""EventBridge Scheduler through boto3: schedules and their groups, and what they call."""

import datetime
import json

from local.wait import wait_until
from support.machines import passing
from support.target import ServiceCase, unique

OFF = {"Mode": "OFF"}


class SchedulerCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheduler = cls.target.client("scheduler")
        cls.logs = cls.target.client("logs")

    def queue(self) -> dict:
        return {"Arn": f"arn:aws:sqs:{self.target.region}:123456789012:queue", "RoleArn": self.target.role}

    def schedule(self, expression: str = "rate(1 day)", name: str | None = None, target: dict | None = None, **more) -> str:
        name = name or unique("schedule")
        given = {"FlexibleTimeWindow": OFF, "Target": target or self.queue()} | more
        self.scheduler.create_schedule(Name=name, ScheduleExpression=expression, **given)
        return name

    def soon(self) -> str:
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
        return f"at({at:%Y-%m-%dT%H:%M:%S})"


class Schedules(SchedulerCase):
    def test_made_shown_changed_taken_away(self):
        name = unique("schedule")
        start, end = datetime.datetime(2030, 1, 1), datetime.datetime(2031, 1, 1)
        retry = {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 60}
        target = self.queue() | {"Input": '{"a": 1}', "RetryPolicy": retry}
        made = self.scheduler.create_schedule(
            Name=name, ScheduleExpression="cron(0 12 * * ? *)", ScheduleExpressionTimezone="Europe/Berlin", Target=target, Description="d",
            FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}, StartDate=start, EndDate=end,
        )  # fmt: skip
        self.assertEqual(made["ScheduleArn"], f"arn:aws:scheduler:{self.target.region}:123456789012:schedule/default/{name}")
        shown = self.scheduler.get_schedule(Name=name)
        for member in ("ResponseMetadata", "CreationDate", "LastModificationDate"):
            del shown[member]
        utc = datetime.timezone.utc
        self.assertEqual((shown.pop("StartDate").astimezone(utc), shown.pop("EndDate").astimezone(utc)), (start.replace(tzinfo=utc), end.replace(tzinfo=utc)))
        shown.pop("ActionAfterCompletion", None)
        self.assertEqual(
            shown,
            {
                "Arn": made["ScheduleArn"],
                "Name": name,
                "GroupName": "default",
                "Description": "d",
                "ScheduleExpression": "cron(0 12 * * ? *)",
                "ScheduleExpressionTimezone": "Europe/Berlin",
                "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
                "State": "ENABLED",
                "Target": target,
            },
        )
        with self.refused("ConflictException", f"Schedule {name} already exists."):
            self.schedule(name=name)
        self.scheduler.update_schedule(Name=name, ScheduleExpression="rate(5 minutes)", FlexibleTimeWindow=OFF, Target=self.queue(), State="DISABLED")
        shown = self.scheduler.get_schedule(Name=name)
        self.assertEqual((shown["ScheduleExpression"], shown["State"], shown["ScheduleExpressionTimezone"]), ("rate(5 minutes)", "DISABLED", "UTC"))
        self.assertNotIn("Description", shown)
        self.scheduler.delete_schedule(Name=name)
        with self.refused("ResourceNotFoundException", f"Schedule {name} does not exist."):
            self.scheduler.get_schedule(Name=name)

    def test_refused(self):
        with self.refused("ValidationException", "Invalid Schedule Expression rate(5)."):
            self.schedule("rate(5)")
        with self.refused("ValidationException"):
            self.schedule(ScheduleExpressionTimezone="Europe/Atlantis")
        with self.refused("ValidationException"):
            self.schedule(FlexibleTimeWindow={"Mode": "FLEXIBLE"})
        with self.refused("ValidationException"):
            self.schedule(StartDate=datetime.datetime(2031, 1, 1), EndDate=datetime.datetime(2030, 1, 1))
        with self.refused("ValidationException", "Provided Arn is not in correct format."):
            self.schedule(target={"Arn": "x", "RoleArn": self.target.role})
        with self.refused("NotImplemented"):
            self.schedule(target={"Arn": "arn:aws:kinesis:us-east-1:123456789012:stream/s", "RoleArn": self.target.role})
        with self.refused("ResourceNotFoundException", "Schedule group gone does not exist."):
            self.schedule(GroupName="gone")
        with self.refused("ResourceNotFoundException", "Schedule gone does not exist."):
            self.scheduler.delete_schedule(Name="gone")
        with self.refused("ValidationException"):
            self.schedule(name="a b")

    def test_listed(self):
        group = unique("group")
        self.scheduler.create_schedule_group(Name=group)
        for letter in "cab":
            self.schedule(name=f"{letter}-{group}", GroupName=group, State="DISABLED" if letter == "b" else "ENABLED")
        names, token = [], {}
        while True:
            page = self.scheduler.list_schedules(GroupName=group, MaxResults=2, **token)
            names += [found["Name"][0] for found in page["Schedules"]]
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        self.assertEqual(names, ["a", "b", "c"])
        self.assertEqual([found["Name"][0] for found in self.scheduler.list_schedules(GroupName=group, State="DISABLED")["Schedules"]], ["b"])
        [found] = self.scheduler.list_schedules(NamePrefix=f"a-{group}")["Schedules"]
        self.assertEqual((found["GroupName"], found["Target"]), (group, {"Arn": self.queue()["Arn"]}))


class Groups(SchedulerCase):
    def test_made_shown_taken_away(self):
        name = unique("group")
        arn = self.scheduler.create_schedule_group(Name=name, Tags=[{"Key": "a", "Value": "1"}])["ScheduleGroupArn"]
        with self.refused("ConflictException", f"Schedule group {name} already exists."):
            self.scheduler.create_schedule_group(Name=name)
        shown = self.scheduler.get_schedule_group(Name=name)
        self.assertEqual((shown["Arn"], shown["Name"], shown["State"]), (arn, name, "ACTIVE"))
        self.assertEqual([group["Name"] for group in self.scheduler.list_schedule_groups(NamePrefix=name)["ScheduleGroups"]], [name])
        self.assertIn("default", [group["Name"] for group in self.scheduler.list_schedule_groups()["ScheduleGroups"]])
        self.scheduler.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
        self.scheduler.untag_resource(ResourceArn=arn, TagKeys=["a"])
        self.assertEqual(self.scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"], [{"Key": "b", "Value": "2"}])
        self.schedule(name="in-it", GroupName=name)
        self.scheduler.delete_schedule_group(Name=name)
        with self.refused("ResourceNotFoundException", f"Schedule group {name} does not exist."):
            self.scheduler.get_schedule_group(Name=name)
        with self.refused("ResourceNotFoundException"):
            self.scheduler.get_schedule(Name="in-it", GroupName=name)
        with self.refused("ValidationException"):
            self.scheduler.delete_schedule_group(Name="default")


class Runs(SchedulerCase):
    def test_once_and_gone(self):
        arn = self.create(passing())
        text = '{"schedule": "<aws.scheduler.schedule-arn>", "time": "<aws.scheduler.scheduled-time>"}'
        more = {} if "ActionAfterCompletion" not in self.members() else {"ActionAfterCompletion": "DELETE"}
        name = self.schedule(self.soon(), target={"Arn": arn, "RoleArn": self.target.role, "Input": text}, **more)
        [execution] = wait_until(lambda: self.states.list_executions(stateMachineArn=arn)["executions"], "an execution")
        given = json.loads(self.states.describe_execution(executionArn=execution["executionArn"])["input"])
        self.assertTrue(given["schedule"].endswith(f":schedule/default/{name}"))
        self.assertRegex(given["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        if more:
            wait_until(lambda: name not in [found["Name"] for found in self.scheduler.list_schedules()["Schedules"]], "the schedule to go")

    def members(self) -> dict:
        return self.scheduler.meta.service_model.operation_model("CreateSchedule").input_shape.members

    def test_a_rate_begins_at_once(self):
        arn = self.create(passing())
        self.schedule("rate(1 day)", target={"Arn": arn, "RoleArn": self.target.role})
        [execution] = wait_until(lambda: self.states.list_executions(stateMachineArn=arn)["executions"], "an execution")
        given = json.loads(self.states.describe_execution(executionArn=execution["executionArn"])["input"])
        self.assertEqual((given["source"], given["detail-type"], given["detail"]), ("aws.scheduler", "Scheduled Event", "{}"))

    def test_any_operation(self):
        group = unique("/scheduled")
        target = {"Arn": "arn:aws:scheduler:::aws-sdk:cloudwatchlogs:createLogGroup", "RoleArn": self.target.role, "Input": json.dumps({"LogGroupName": group})}
        self.schedule(self.soon(), target=target)
        wait_until(lambda: self.logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"], "the log group")
        with self.refused("ValidationException"):
            self.schedule(target=target | {"Input": '{"Nothing": 1}'})
        with self.refused("ValidationException"):
            self.schedule(target=target | {"Arn": "arn:aws:scheduler:::aws-sdk:cloudwatchlogs:createNothing"})

    def test_queues(self):
        sqs = self.target.client("sqs")
        url = sqs.create_queue(QueueName=unique("queue"))["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.schedule(self.soon(), target={"Arn": arn, "RoleArn": self.target.role, "Input": "hello"})
        [message] = wait_until(lambda: sqs.receive_message(QueueUrl=url).get("Messages"), "the message")
        self.assertEqual(message["Body"], "hello")

    def test_events(self):
        events = self.target.client("events")
        group = unique("/aws/events/scheduled")
        self.logs.create_log_group(logGroupName=group)
        events.put_rule(Name="scheduled", EventPattern=json.dumps({"source": ["of.schedules"]}))
        events.put_targets(Rule="scheduled", Targets=[{"Id": "a", "Arn": f"arn:aws:logs:{self.target.region}:123456789012:log-group:{group}"}])
        bus = events.describe_event_bus()["Arn"]
        parameters = {"Source": "of.schedules", "DetailType": "t"}
        self.schedule(self.soon(), target={"Arn": bus, "RoleArn": self.target.role, "EventBridgeParameters": parameters, "Input": '{"a": 1}'})
        [event] = wait_until(lambda: self.logs.filter_log_events(logGroupName=group)["events"], "the event")
        self.assertEqual(json.loads(event["message"])["detail"], {"a": 1})

    def test_what_was_due_while_the_server_was_down_runs_once(self):
        arn = self.create(passing())
        self.schedule(self.soon(), target={"Arn": arn, "RoleArn": self.target.role})
        due = datetime.datetime.now() + datetime.timedelta(seconds=3)
        self.target.server.kill()
        wait_until(lambda: datetime.datetime.now() > due, "the schedule to be due")
        self.target.server.start()
        wait_until(lambda: self.states.list_executions(stateMachineArn=arn)["executions"], "an execution")
        self.target.server.kill()
        self.target.server.start()
        self.assertEqual(len(self.states.list_executions(stateMachineArn=arn)["executions"]), 1)
