"""EventBridge through boto3: buses, rules, targets and patterns."""

import json

from support.events import HERE, EventsCase
from support.target import unique


class Buses(EventsCase):
    def test_made_shown_changed_taken_away(self):
        name = unique("bus")
        made = self.eventbridge.create_event_bus(Name=name, Tags=[{"Key": "team", "Value": "blue"}])
        self.assertEqual(made["EventBusArn"], f"arn:aws:events:{self.target.region}:123456789012:event-bus/{name}")
        with self.refused("ResourceAlreadyExistsException", f"Event bus {name} already exists."):
            self.eventbridge.create_event_bus(Name=name)
        shown = self.eventbridge.describe_event_bus(Name=made["EventBusArn"])
        self.assertEqual((shown["Name"], shown["Arn"]), (name, made["EventBusArn"]))
        self.assertEqual([bus["Name"] for bus in self.eventbridge.list_event_buses(NamePrefix=name)["EventBuses"]], [name])
        if hasattr(self.eventbridge, "update_event_bus"):
            self.eventbridge.update_event_bus(Name=name, Description="of orders")
            self.assertEqual(self.eventbridge.describe_event_bus(Name=name)["Description"], "of orders")
        rule = self.rule(bus=name)
        with self.refused("ValidationException", "Event bus can't be deleted since it has rules."):
            self.eventbridge.delete_event_bus(Name=name)
        self.eventbridge.delete_rule(Name=rule, EventBusName=name)
        self.eventbridge.delete_event_bus(Name=name)
        with self.refused("ResourceNotFoundException", f"Event bus {name} does not exist."):
            self.eventbridge.describe_event_bus(Name=name)
        self.eventbridge.delete_event_bus(Name=name)

    def test_the_default_bus_is_there(self):
        self.assertTrue(self.eventbridge.describe_event_bus()["Arn"].endswith(":event-bus/default"))
        self.assertEqual(self.eventbridge.list_event_buses(Limit=1)["EventBuses"][0]["Name"], "default")
        with self.refused("ValidationException", "Cannot delete event bus default."):
            self.eventbridge.delete_event_bus(Name="default")

    def test_pages(self):
        prefix = unique("page")
        for letter in "cab":
            self.eventbridge.create_event_bus(Name=f"{prefix}-{letter}")
        names, token = [], {}
        while True:
            page = self.eventbridge.list_event_buses(NamePrefix=prefix, Limit=2, **token)
            names.append([bus["Name"][-1] for bus in page["EventBuses"]])
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        self.assertEqual(names, [["a", "b"], ["c"]])

    def test_tags(self):
        arn = self.eventbridge.describe_event_bus(Name=self.bus())["Arn"]
        self.eventbridge.tag_resource(ResourceARN=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
        self.eventbridge.untag_resource(ResourceARN=arn, TagKeys=["a"])
        self.assertEqual(self.eventbridge.list_tags_for_resource(ResourceARN=arn)["Tags"], [{"Key": "b", "Value": "2"}])
        with self.refused("ValidationException", "Invalid parameter: Duplicated keys are not allowed."):
            self.eventbridge.tag_resource(ResourceARN=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])
        with self.refused("ResourceNotFoundException"):
            self.eventbridge.list_tags_for_resource(ResourceARN=arn + "-gone")

    def test_permissions(self):
        name = self.bus()
        arn = self.eventbridge.describe_event_bus(Name=name)["Arn"]
        self.eventbridge.put_permission(EventBusName=name, Action="events:PutEvents", Principal="111122223333", StatementId="one")
        self.eventbridge.put_permission(EventBusName=name, Action="events:PutEvents", Principal="*", StatementId="all")
        statements = json.loads(self.eventbridge.describe_event_bus(Name=name)["Policy"])["Statement"]
        grant = {"Effect": "Allow", "Action": "events:PutEvents", "Resource": arn}
        self.assertEqual(statements, [grant | {"Sid": "one", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}, grant | {"Sid": "all", "Principal": "*"}])
        with self.refused("ResourceNotFoundException", "Statement with the provided id does not exist."):
            self.eventbridge.remove_permission(EventBusName=name, StatementId="none")
        self.eventbridge.remove_permission(EventBusName=name, StatementId="one")
        self.assertEqual(len(json.loads(self.eventbridge.describe_event_bus(Name=name)["Policy"])["Statement"]), 1)
        self.eventbridge.remove_permission(EventBusName=name, RemoveAllPermissions=True)
        self.assertNotIn("Policy", self.eventbridge.describe_event_bus(Name=name))
        with self.refused("ResourceNotFoundException", "Event bus gone does not exist."):
            self.eventbridge.put_permission(EventBusName="gone", Action="events:PutEvents", Principal="*", StatementId="s")
        with self.refused("ValidationException"):
            self.eventbridge.put_permission(EventBusName=name, Policy="{")


class Rules(EventsCase):
    def test_made_shown_switched_taken_away(self):
        bus = self.bus()
        name, pattern = unique("rule"), json.dumps({"source": HERE})
        made = self.eventbridge.put_rule(Name=name, EventBusName=bus, EventPattern=pattern, Description="d", Tags=[{"Key": "a", "Value": "1"}])
        self.assertEqual(made["RuleArn"], f"arn:aws:events:{self.target.region}:123456789012:rule/{bus}/{name}")
        shown = self.eventbridge.describe_rule(Name=name, EventBusName=bus)
        del shown["ResponseMetadata"]
        expected = {"Name": name, "Arn": made["RuleArn"], "EventPattern": pattern, "State": "ENABLED", "Description": "d", "EventBusName": bus}
        self.assertEqual(shown, expected | {"CreatedBy": "123456789012"})
        self.assertEqual(self.eventbridge.list_rules(EventBusName=bus)["Rules"], [expected])
        self.assertEqual(self.eventbridge.list_tags_for_resource(ResourceARN=made["RuleArn"])["Tags"], [{"Key": "a", "Value": "1"}])
        self.eventbridge.disable_rule(Name=name, EventBusName=bus)
        self.assertEqual(self.eventbridge.describe_rule(Name=name, EventBusName=bus)["State"], "DISABLED")
        self.eventbridge.enable_rule(Name=name, EventBusName=bus)
        target, _ = self.log_group()
        self.eventbridge.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "t", **target}])
        with self.refused("ValidationException", "Rule can't be deleted since it has targets."):
            self.eventbridge.delete_rule(Name=name, EventBusName=bus)
        self.assertEqual(self.eventbridge.list_rule_names_by_target(TargetArn=target["Arn"], EventBusName=bus)["RuleNames"], [name])
        self.eventbridge.remove_targets(Rule=name, EventBusName=bus, Ids=["t"])
        self.eventbridge.delete_rule(Name=name, EventBusName=bus)
        with self.refused("ResourceNotFoundException", f"Rule {name} does not exist on EventBus {bus}."):
            self.eventbridge.describe_rule(Name=name, EventBusName=bus)
        self.eventbridge.delete_rule(Name=name, EventBusName=bus)

    def test_a_rule_that_is_put_again_keeps_its_targets(self):
        target, _ = self.log_group()
        name = self.rule(targets=[target])
        self.eventbridge.put_rule(Name=name, EventPattern=json.dumps({"source": ["other"]}))
        self.assertEqual(self.eventbridge.list_targets_by_rule(Rule=name)["Targets"], [{"Id": "0", **target}])

    def test_refused(self):
        with self.refused("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified."):
            self.eventbridge.put_rule(Name="r")
        with self.refused("ValidationException", "Parameter ScheduleExpression is not valid."):
            self.eventbridge.put_rule(Name="r", ScheduleExpression="rate(5 minute)")
        with self.refused("ValidationException", "ScheduleExpression is supported only on the default event bus."):
            self.eventbridge.put_rule(Name="r", ScheduleExpression="rate(5 minutes)", EventBusName=self.bus())
        with self.refused("ResourceNotFoundException", "Event bus gone does not exist."):
            self.eventbridge.put_rule(Name="r", EventPattern="{}", EventBusName="gone")
        place = ' at [Source: (String)"{"source": "x"}"; line: 1, column: 13]'
        with self.refused("InvalidEventPatternException", f'Event pattern is not valid. Reason: "source" must be an object or an array\n{place}'):
            self.eventbridge.put_rule(Name="r", EventPattern='{"source": "x"}')
        with self.refused("InvalidEventPatternException") as caught:
            self.eventbridge.put_rule(Name="r", EventPattern="{'bad': 1}")
        self.assertIn("Unexpected character (''' (code 39)): was expecting double-quote to start field name", str(caught.exception))

    def test_targets_refused(self):
        name = self.rule()
        with self.refused("ResourceNotFoundException", "Rule gone does not exist on EventBus default."):
            self.eventbridge.put_targets(Rule="gone", Targets=[{"Id": "a", "Arn": "arn:aws:sqs:us-east-1:123456789012:q"}])

        def put(message: str | None, code: str = "ValidationException", **target):
            with self.refused(code, message):
                self.eventbridge.put_targets(Rule=name, Targets=[{"Id": "a"} | target])

        machine_arn = "arn:aws:states:us-east-1:123456789012:stateMachine:m"
        group, _ = self.log_group()
        put("Parameter x is not valid. Reason: Provided Arn is not in correct format.", Arn="x")
        put(f"RoleArn is required for target {machine_arn}.", Arn=machine_arn)
        put("Parameter(s) SqsParameters must be specified for target: a.", Arn="arn:aws:sqs:us-east-1:123456789012:q.fifo")
        put("Only one of Input, InputPath, or InputTransformer must be provided for target a.", Input="{}", InputPath="$", **group)
        put("JSON syntax error in input for target a.", Input="{", **group)
        put("JSON path for target a is not valid.", InputPath="detail", **group)
        put(None, InputTransformer={"InputTemplate": '{"a": <b>'}, **group)
        put(None, code="NotImplemented", Arn="arn:aws:kinesis:us-east-1:123456789012:stream/s")
        with self.refused("LimitExceededException", "The requested resource exceeds the maximum number allowed."):
            self.eventbridge.put_targets(Rule=name, Targets=[{"Id": str(i), **group} for i in range(6)])
        failed = self.eventbridge.remove_targets(Rule=name, Ids=["none"])
        self.assertEqual((failed["FailedEntryCount"], failed["FailedEntries"][0]["ErrorCode"]), (1, "ResourceNotFoundException"))


class Patterns(EventsCase):
    EVENT = {"id": "1", "source": "s", "detail-type": "t", "account": "1", "region": "r", "time": "2022-07-13T13:48:01Z", "resources": [], "detail": {"n": 5}}

    def test_tried(self):
        def result(pattern: dict) -> bool:
            return self.eventbridge.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(self.EVENT))["Result"]

        self.assertTrue(result({"detail": {"n": [{"numeric": [">", 0, "<=", 5]}]}}))
        self.assertFalse(result({"detail": {"n": [{"numeric": [">", 5]}]}}))
        with self.refused("ValidationException", "Parameter Event is not valid."):
            self.eventbridge.test_event_pattern(EventPattern='{"a": [1]}', Event="text")
        with self.refused("InvalidEventPatternException"):
            self.eventbridge.test_event_pattern(EventPattern='{"a": []}', Event="{}")
