"""Events and schedules through the AWS command line."""

import json

from aws_cli import AwsCli, Refused
from local.wait import wait_until
from support.machines import passing
from support.target import ServiceCase, unique


class Events(ServiceCase):
    own_server_only = True

    def setUp(self):
        self.aws = AwsCli(self.target)

    def test_a_rule_starts_executions(self):
        machine, rule = self.create(passing()), unique("rule")
        pattern = json.dumps({"source": ["com.example"], "detail": {"total": [{"numeric": [">", 100]}]}})
        self.assertTrue(self.aws("events", "put-rule", "--name", rule, "--event-pattern", pattern)["RuleArn"].endswith(f":rule/{rule}"))
        self.aws("events", "put-targets", "--rule", rule, "--targets", f"Id=machine,Arn={machine},RoleArn={self.target.role}")
        self.assertEqual(self.aws("events", "list-targets-by-rule", "--rule", rule)["Targets"][0]["Arn"], machine)
        entries = [{"Source": "com.example", "DetailType": "Order", "Detail": json.dumps({"total": total})} for total in (50, 150)]
        self.assertEqual(self.aws("events", "put-events", "--entries", json.dumps(entries))["FailedEntryCount"], 0)
        wait_until(lambda: self.states.list_executions(stateMachineArn=machine)["executions"], "an execution")
        self.assertEqual(len(self.states.list_executions(stateMachineArn=machine)["executions"]), 1)

    def test_a_pattern_is_tried(self):
        event = {"id": "1", "source": "s", "detail-type": "t", "account": "1", "region": "r", "time": "2022-07-13T13:48:01Z", "resources": []}
        tried = ["events", "test-event-pattern", "--event", json.dumps(event), "--event-pattern"]
        self.assertTrue(self.aws(*tried, '{"source": ["s"]}')["Result"])
        with self.assertRaisesRegex(Refused, r"InvalidEventPatternException.*Empty arrays are not allowed"):
            self.aws(*tried, '{"source": []}')

    def test_schedules(self):
        name = unique("schedule")
        target = {"Arn": self.create(passing()), "RoleArn": self.target.role}
        given = ["--schedule-expression", "rate(1 hour)", "--flexible-time-window", "Mode=OFF", "--target", json.dumps(target)]
        self.aws("scheduler", "create-schedule", "--name", name, *given)
        self.assertEqual(self.aws("scheduler", "get-schedule", "--name", name)["ScheduleExpression"], "rate(1 hour)")
        wait_until(lambda: self.states.list_executions(stateMachineArn=target["Arn"])["executions"], "an execution")
        self.aws("scheduler", "delete-schedule", "--name", name)
        with self.assertRaisesRegex(Refused, "ResourceNotFoundException"):
            self.aws("scheduler", "get-schedule", "--name", name)
