"""EventBridge through boto3: buses, rules, targets, events, connections and API destinations."""

import http.server
import json
import pathlib
import re
import threading
import unittest
import urllib.parse

from botocore import xform_name

from local.server import ROOT
from local.wait import wait_until
from support.machines import machine, passing
from support.target import ServiceCase, own_target, unique

HERE = ["com.example"]


class EventsCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eventbridge = cls.target.client("events")
        cls.logs = cls.target.client("logs")

    def bus(self, **more) -> str:
        name = unique("bus")
        self.eventbridge.create_event_bus(Name=name, **more)
        return name

    def rule(self, pattern: dict | None = None, *, bus: str = "default", targets=(), **more) -> str:
        name = unique("rule")
        given = more if "ScheduleExpression" in more else {"EventPattern": json.dumps(pattern or {"source": HERE}), **more}
        self.eventbridge.put_rule(Name=name, EventBusName=bus, **given)
        if targets:
            numbered = [{"Id": str(i), **target} for i, target in enumerate(targets)]
            self.assertEqual(self.eventbridge.put_targets(Rule=name, EventBusName=bus, Targets=numbered)["FailedEntryCount"], 0)
        return name

    def log_group(self) -> tuple[dict, str]:
        """A target that is a log group, and the group's name."""
        name = unique("/aws/events/group")
        self.logs.create_log_group(logGroupName=name)
        return {"Arn": f"arn:aws:logs:{self.target.region}:123456789012:log-group:{name}"}, name

    def messages(self, group: str) -> list[str]:
        return [event["message"] for event in self.logs.filter_log_events(logGroupName=group)["events"]]

    def arrived(self, group: str, count: int = 1) -> list:
        wait_until(lambda: len(self.messages(group)) >= count, f"{count} events in {group}")
        return [json.loads(message) for message in self.messages(group)]

    def put(self, detail=None, *, bus: str = "default", **more) -> str:
        entry = {"Source": HERE[0], "DetailType": "Order Placed", "Detail": json.dumps(detail if detail is not None else {}), "EventBusName": bus}
        answer = self.eventbridge.put_events(Entries=[entry | more])
        self.assertEqual(answer["FailedEntryCount"], 0, answer)
        return answer["Entries"][0]["EventId"]


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


class Events(EventsCase):
    def test_what_arrives(self):
        target, group = self.log_group()
        self.rule(targets=[target])
        when = 1700000000
        event_id = self.put({"n": 1}, Time=when, Resources=["arn:aws:s3:::b"])
        [event] = self.arrived(group)
        self.assertEqual(
            event,
            {
                "version": "0",
                "id": event_id,
                "detail-type": "Order Placed",
                "source": HERE[0],
                "account": "123456789012",
                "time": "2023-11-14T22:13:20Z",
                "region": self.target.region,
                "resources": ["arn:aws:s3:::b"],
                "detail": {"n": 1},
            },
        )

    def test_only_what_fits_an_enabled_rule(self):
        bus = self.bus()
        target, group = self.log_group()
        name = self.rule({"source": HERE, "detail": {"n": [{"numeric": [">", 1]}]}}, bus=bus, targets=[target])
        for n in (1, 2, 3):
            self.put({"n": n}, bus=bus)
        self.put({"n": 4}, bus=bus, Source="other")
        self.put({"n": 5})
        self.eventbridge.disable_rule(Name=name, EventBusName=bus)
        self.put({"n": 6}, bus=bus)
        self.eventbridge.enable_rule(Name=name, EventBusName=bus)
        self.put({"n": 7}, bus=bus)
        self.assertEqual([event["detail"]["n"] for event in self.arrived(group, 3)], [2, 3, 7])

    def test_entries_that_are_refused(self):
        good = {"Source": "s", "DetailType": "t", "Detail": "{}"}
        entries = [good | change for change in ({"Source": ""}, {"DetailType": ""}, {"Detail": ""}, {"Detail": "[]"}, {"Source": "aws.s3"}, {})]
        answer = self.eventbridge.put_events(Entries=entries)
        self.assertEqual(answer["FailedEntryCount"], 5)
        self.assertEqual(
            [entry.get("ErrorCode") for entry in answer["Entries"]], ["InvalidArgument"] * 3 + ["MalformedDetail", "NotAuthorizedForSourceException", None]
        )
        self.assertEqual(answer["Entries"][0]["ErrorMessage"], "Parameter Source is not valid. Reason: Source is a required argument.")
        self.assertEqual(answer["Entries"][3]["ErrorMessage"], "Detail is malformed.")
        with self.refused("ValidationException", "Total size of the entries in the request is over the limit."):
            self.eventbridge.put_events(Entries=[good | {"Detail": json.dumps({"a": "x" * 262144})}])
        with self.refused("ValidationException"):
            self.eventbridge.put_events(Entries=[good] * 11)
        self.assertEqual(self.eventbridge.put_events(Entries=[good | {"EventBusName": "gone"}])["FailedEntryCount"], 0)

    def test_inputs(self):
        paths = {"who": "$.detail.who", "n": "$.detail.n", "all": "$.detail", "none": "$.detail.none"}
        made = {
            "Input": json.dumps({"constant": True}),
            "InputPath": "$.detail.who",
            "InputTransformer": {"InputPathsMap": paths, "InputTemplate": '{"who": <who>, "text": "<who> has <n>", "all": <all>, "none": <none>, "rule": "<aws.events.rule-name>"}'},
        }
        groups = []
        for key, value in made.items():
            target, group = self.log_group()
            groups.append((group, self.rule({"detail": {"who": [{"exists": True}]}}, targets=[{**target, key: value}])))
        target, text = self.log_group()
        self.rule({"detail": {"who": [{"exists": True}]}}, targets=[{**target, "InputTransformer": {"InputPathsMap": paths, "InputTemplate": '"<who> has <n>"'}}])
        self.put({"who": 'Ada "A"', "n": 3})
        self.assertEqual(self.arrived(groups[0][0]), [{"constant": True}])
        self.assertEqual(self.arrived(groups[1][0]), ['Ada "A"'])
        everything = {"who": 'Ada "A"', "text": 'Ada "A" has 3', "all": {"who": 'Ada "A"', "n": 3}, "none": None, "rule": groups[2][1]}
        self.assertEqual(self.arrived(groups[2][0]), [everything])
        self.assertEqual(self.arrived(text), ['Ada "A" has 3'])

    def test_state_machines_are_started(self):
        arn = self.create(passing())
        self.rule({"detail-type": ["start"]}, targets=[{"Arn": arn, "RoleArn": self.target.role, "InputPath": "$.detail"}])
        event_id = self.put({"a": 1}, DetailType="start")
        [execution] = wait_until(lambda: self.states.list_executions(stateMachineArn=arn)["executions"], "an execution")
        self.assertTrue(execution["name"].startswith(event_id + "_"), execution)
        self.assertEqual(self.states.describe_execution(executionArn=execution["executionArn"])["input"], '{"a":1}')

    def test_executions_tell_of_themselves(self):
        arn = self.create(passing())
        target, group = self.log_group()
        self.rule({"source": ["aws.states"], "detail": {"stateMachineArn": [arn]}}, targets=[target])
        execution = self.start(arn)
        self.ended(execution)
        self.assertEqual([(event["detail"]["status"], event["resources"]) for event in self.arrived(group, 2)], [("RUNNING", [execution]), ("SUCCEEDED", [execution])])

    def test_buses_forward(self):
        first, second = self.bus(), self.bus()
        target, group = self.log_group()
        to_second = {"Arn": self.eventbridge.describe_event_bus(Name=second)["Arn"], "RoleArn": self.target.role}
        to_first = {"Arn": self.eventbridge.describe_event_bus(Name=first)["Arn"], "RoleArn": self.target.role}
        self.rule(bus=first, targets=[to_second, to_first])
        self.rule(bus=second, targets=[target, to_first])
        event_id = self.put({"n": 1}, bus=first)
        # An event comes to each bus once, however they send to each other.
        self.put({"n": 2}, bus=first)
        self.assertEqual([event["detail"]["n"] for event in self.arrived(group, 2)], [1, 2])
        self.assertEqual(self.arrived(group, 2)[0]["id"], event_id)

    def test_a_dead_letter_of_a_target_that_is_gone(self):
        self.rule({"detail-type": ["lost"]}, targets=[{"Arn": "arn:aws:logs:us-east-1:123456789012:log-group:gone"}])
        self.put(DetailType="lost")
        self.put(DetailType="lost")


class Tasks(EventsCase):
    def put_events(self, *entries: dict, **more) -> dict:
        task = {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents", "Parameters": {"Entries": list(entries)}}
        arn = self.create(machine(("Put", task | more)))
        execution = self.start(arn)
        return self.ended(execution) | {"machine": arn}

    def test_events_of_a_task(self):
        target, group = self.log_group()
        kind = unique("type")
        self.rule({"detail-type": [kind]}, targets=[target])
        done = self.put_events({"Source": "s", "DetailType": kind, "Detail": {"a": 1}, "Resources": ["r"]}, {"Source": "s", "DetailType": kind, "Detail": "{}"})
        self.assertEqual(done["status"], "SUCCEEDED", done)
        output = json.loads(done["output"])
        self.assertEqual(list(output), ["Entries", "FailedEntryCount"])
        first, second = self.arrived(group, 2)
        self.assertEqual((first["detail"], first["resources"]), ({"a": 1}, ["r", done["executionArn"], done["machine"]]))
        self.assertEqual([entry["EventId"] for entry in output["Entries"]], [first["id"], second["id"]])

    def test_an_entry_that_is_refused_fails_the_task(self):
        target, group = self.log_group()
        kind = unique("type")
        self.rule({"detail-type": [kind]}, targets=[target])
        done = self.put_events({"Source": "s", "DetailType": kind, "Detail": {}}, {"DetailType": kind, "Detail": {}})
        self.assertEqual((done["status"], done["error"]), ("FAILED", "EventBridge.FailedEntry"))
        cause = json.loads(done["cause"])
        self.assertEqual((cause["FailedEntryCount"], cause["Entries"][1]["ErrorCode"]), (1, "InvalidArgument"))
        # The other one is sent all the same.
        self.assertEqual(self.arrived(group)[0]["id"], cause["Entries"][0]["EventId"])

    def test_through_the_sdk(self):
        task = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:eventbridge:putEvents"}
        entries = [{"Source": "s", "DetailType": "t", "Detail": {"a": 1}}]
        done = self.ended(self.start(self.create(machine(("Put", task | {"Parameters": {"Entries": entries}})))))
        self.assertEqual(json.loads(done["output"])["FailedEntryCount"], 0)


class Receiver(http.server.ThreadingHTTPServer):
    """Takes requests, and gives tokens to those who know the secret."""

    def __init__(self):
        self.requests, self.tokens = [], 0
        super().__init__(("127.0.0.1", 0), self.Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, answer = 200, "{}"
            if self.path.startswith("/token"):
                self.server.tokens += 1
                known = urllib.parse.parse_qs(body).get("client_secret") == ["secret"]
                status, answer = (200, json.dumps({"access_token": "good", "expires_in": 3600})) if known else (401, "{}")
            else:
                self.server.requests.append({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body})
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            pass


class Destinations(EventsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.server_close)
        cls.addClassCleanup(cls.receiver.shutdown)

    def connection(self, kind: str, parameters: dict) -> str:
        return self.eventbridge.create_connection(Name=unique("connection"), AuthorizationType=kind, AuthParameters=parameters)["ConnectionArn"]

    def destination(self, connection: str, path: str = "/in") -> str:
        made = self.eventbridge.create_api_destination(
            Name=unique("destination"), ConnectionArn=connection, InvocationEndpoint=self.receiver.url + path, HttpMethod="POST"
        )
        self.assertEqual(made["ApiDestinationState"], "ACTIVE")
        return made["ApiDestinationArn"]

    def sent(self, connection: str, path: str = "/in", **target) -> dict:
        kind = unique("type")
        arn = self.destination(connection, path)
        self.rule({"detail-type": [kind]}, targets=[{"Arn": arn, "RoleArn": self.target.role, "InputPath": "$.detail"} | target])
        before = len(self.receiver.requests)
        self.put({"a": 1}, DetailType=kind)
        wait_until(lambda: len(self.receiver.requests) > before, "a request")
        return self.receiver.requests[-1]

    def test_basic(self):
        extra = {"HeaderParameters": [{"Key": "x-extra", "Value": "e"}], "QueryStringParameters": [{"Key": "q", "Value": "a b"}], "BodyParameters": [{"Key": "b", "Value": "2"}]}
        connection = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "secret"}, "InvocationHttpParameters": extra})
        parameters = {"PathParameterValues": ["x/y"], "HeaderParameters": {"x-target": "t"}, "QueryStringParameters": {"z": "1"}}
        request = self.sent(connection, "/in/*/end", HttpParameters=parameters)
        self.assertEqual(request["path"], "/in/x%2Fy/end?z=1&q=a%20b")
        self.assertEqual(request["headers"]["authorization"], "Basic YWRhOnNlY3JldA==")
        self.assertEqual((request["headers"]["x-extra"], request["headers"]["x-target"]), ("e", "t"))
        self.assertEqual(json.loads(request["body"]), {"a": 1, "b": "2"})

    def test_api_key(self):
        request = self.sent(self.connection("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "secret"}}))
        self.assertEqual(request["headers"]["x-key"], "secret")

    def test_oauth(self):
        oauth = {"ClientParameters": {"ClientID": "id", "ClientSecret": "secret"}, "AuthorizationEndpoint": self.receiver.url + "/token", "HttpMethod": "POST"}
        connection = self.connection("OAUTH_CLIENT_CREDENTIALS", {"OAuthParameters": oauth})
        for _ in range(2):
            self.assertEqual(self.sent(connection)["headers"]["authorization"], "Bearer good")
        self.assertEqual(self.receiver.tokens, 1)

    def test_secrets_are_not_told(self):
        arn = self.connection("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "very-secret-value"}})
        name = arn.split("/")[1]
        shown = self.eventbridge.describe_connection(Name=name)
        self.assertEqual(shown["AuthParameters"], {"ApiKeyAuthParameters": {"ApiKeyName": "x-key"}})
        self.assertEqual((shown["ConnectionState"], shown["AuthorizationType"]), ("AUTHORIZED", "API_KEY"))
        files = [path.read_bytes() for path in self.target.server.data_dir.rglob("*") if path.is_file()]
        self.assertFalse(any(b"very-secret-value" in content for content in files))

    def test_connections_changed_and_taken_away(self):
        arn = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "p"}})
        name = arn.split("/")[1]
        with self.refused("ResourceAlreadyExistsException", f"Connection {name} already exists."):
            self.eventbridge.create_connection(Name=name, AuthorizationType="BASIC", AuthParameters={"BasicAuthParameters": {"Username": "a", "Password": "p"}})
        with self.refused("ValidationException"):
            self.connection("BASIC", {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"}})
        key = {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"}}
        self.eventbridge.update_connection(Name=name, AuthorizationType="API_KEY", AuthParameters=key)
        self.assertEqual(self.eventbridge.describe_connection(Name=name)["AuthParameters"], {"ApiKeyAuthParameters": {"ApiKeyName": "k"}})
        destination = self.destination(arn).split("/")[1]
        self.assertEqual(self.eventbridge.deauthorize_connection(Name=name)["ConnectionState"], "DEAUTHORIZED")
        self.assertEqual(self.eventbridge.describe_api_destination(Name=destination)["ApiDestinationState"], "INACTIVE")
        self.assertEqual([found["Name"] for found in self.eventbridge.list_connections(NamePrefix=name)["Connections"]], [name])
        self.assertEqual(self.eventbridge.delete_connection(Name=name)["ConnectionState"], "DELETING")
        with self.refused("ResourceNotFoundException", f"Failed to describe the connection(s). Connection '{name}' does not exist."):
            self.eventbridge.describe_connection(Name=name)

    def test_destinations_changed_and_taken_away(self):
        connection = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "p"}})
        name = self.destination(connection).split("/")[1]
        with self.refused("ResourceAlreadyExistsException", f"An api-destination '{name}' already exists."):
            self.eventbridge.create_api_destination(Name=name, ConnectionArn=connection, InvocationEndpoint="https://a", HttpMethod="GET")
        with self.refused("ResourceNotFoundException", f"Connection '{connection}'".replace("/connection-", "/gone-") + " does not exist."):
            self.eventbridge.update_api_destination(Name=name, ConnectionArn=connection.replace("/connection-", "/gone-"))
        self.eventbridge.update_api_destination(Name=name, HttpMethod="PUT")
        self.assertEqual(self.eventbridge.describe_api_destination(Name=name)["HttpMethod"], "PUT")
        self.assertEqual([found["Name"] for found in self.eventbridge.list_api_destinations(ConnectionArn=connection)["ApiDestinations"]], [name])
        self.eventbridge.delete_api_destination(Name=name)
        with self.refused("ResourceNotFoundException", f"Failed to describe the api-destination(s). An api-destination '{name}' does not exist."):
            self.eventbridge.describe_api_destination(Name=name)


class Everything(unittest.TestCase):
    def test_every_operation_is_driven_or_not_built(self):
        table = (ROOT / "src/services/events/operations.def").read_text()
        missing = set(re.findall(r"^UNSUPPORTED\((\w+)\)", table, re.M))
        source = pathlib.Path(__file__).read_text(encoding="utf-8")
        with own_target() as target:
            client = target.client("events")
            operations = set(client.meta.service_model.operation_names)
            self.assertEqual([name for name in sorted(operations - missing) if f"eventbridge.{xform_name(name)}(" not in source], [])
            with self.assertRaises(client.exceptions.ClientError) as caught:
                client.list_archives()
            self.assertEqual(caught.exception.response["Error"]["Code"], "NotImplemented")


class Crashes(EventsCase):
    def test_what_is_promised_is_delivered_after_a_crash(self):
        """An answer of PutEvents is a promise: a kill right behind it loses nothing, and makes nothing happen twice."""
        arn = self.create(passing())
        target, group = self.log_group()
        self.rule({"detail-type": ["crash"]}, targets=[{"Arn": arn, "RoleArn": self.target.role}, target])
        rounds = 10
        for n in range(rounds):
            self.put({"n": n}, DetailType="crash")
            self.target.server.kill()
            self.target.server.start()
        wait_until(lambda: len(self.states.list_executions(stateMachineArn=arn)["executions"]) >= rounds, "the executions")
        self.assertEqual(len(self.states.list_executions(stateMachineArn=arn)["executions"]), rounds)
        self.assertEqual([event["detail"]["n"] for event in self.arrived(group, rounds)], list(range(rounds)))
