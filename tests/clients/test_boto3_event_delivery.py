"""Events on their way: what arrives where, events of tasks, and what a crash leaves of a promise."""

import json

from local.wait import wait_until
from support.events import HERE, EventsCase
from support.machines import machine, passing
from support.target import unique


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


class Queues(EventsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sqs = cls.target.client("sqs")
        cls.sns = cls.target.client("sns")

    def queue(self, suffix: str = "", **attributes: str) -> tuple[str, str]:
        """The URL and the ARN of a new queue."""
        url = self.sqs.create_queue(QueueName=unique("queue") + suffix, Attributes=attributes)["QueueUrl"]
        return url, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def received(self, url: str, count: int = 1) -> list[dict]:
        messages = []

        def all_of_them() -> bool:
            answer = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"])
            messages.extend(answer.get("Messages", []))
            return len(messages) >= count

        wait_until(all_of_them, f"{count} messages")
        return messages

    def test_a_queue(self):
        kind, (url, arn) = unique("type"), self.queue()
        self.rule({"detail-type": [kind]}, targets=[{"Arn": arn}])
        event_id = self.put({"n": 1}, DetailType=kind)
        [message] = self.received(url)
        body = json.loads(message["Body"])
        self.assertEqual((body["id"], body["detail"]), (event_id, {"n": 1}))

    def test_a_queue_in_order(self):
        kind, (url, arn) = unique("type"), self.queue(".fifo", FifoQueue="true", ContentBasedDeduplication="true")
        self.rule({"detail-type": [kind]}, targets=[{"Arn": arn, "SqsParameters": {"MessageGroupId": "g"}, "InputPath": "$.detail.n"}])
        for n in range(3):
            self.put({"n": n}, DetailType=kind)
        messages = self.received(url, 3)
        self.assertEqual([(message["Body"], message["Attributes"]["MessageGroupId"]) for message in messages], [("0", "g"), ("1", "g"), ("2", "g")])

    def test_a_topic(self):
        kind, (url, arn) = unique("type"), self.queue()
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
        self.rule({"detail-type": [kind]}, targets=[{"Arn": topic, "InputPath": "$.detail"}])
        self.put({"n": 1}, DetailType=kind)
        self.assertEqual([message["Body"] for message in self.received(url)], ['{"n":1}'])

    def test_dead_letters(self):
        kind, (url, arn) = unique("type"), self.queue()
        gone = "arn:aws:logs:us-east-1:123456789012:log-group:gone"
        retry = {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
        name = self.rule({"detail-type": [kind]}, targets=[{"Arn": gone, "DeadLetterConfig": {"Arn": arn}, "RetryPolicy": retry}])
        event_id = self.put({"n": 1}, DetailType=kind)
        [message] = self.received(url)
        self.assertEqual(json.loads(message["Body"])["id"], event_id)
        attributes = {key: value["StringValue"] for key, value in message["MessageAttributes"].items()}
        rule = self.eventbridge.describe_rule(Name=name)["Arn"]
        self.assertEqual((attributes["RULE_ARN"], attributes["TARGET_ARN"]), (rule, gone))
        self.assertIn("ERROR_CODE", attributes)

    def test_what_a_task_sends_is_there_once(self):
        """The events of a task are in the commit of its answer: however often the server is killed, each is there once."""
        kind, (url, arn) = unique("type"), self.queue()
        self.rule({"detail-type": [kind]}, targets=[{"Arn": arn, "InputPath": "$.detail.n"}])
        entry = {"Source": "s", "DetailType": kind, "Detail": {"n.$": "$.n"}}
        put = {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents", "Parameters": {"Entries": [entry]}}
        machine_arn = self.create(machine(("Put", put)))
        started = []
        for n in range(30):
            started.append(self.start(machine_arn, {"n": n}))
            if n % 5 == 4:
                self.target.server.kill()
                self.target.server.start()
        for execution in started:
            self.assertEqual(self.ended(execution)["status"], "SUCCEEDED")
        bodies = [int(message["Body"]) for message in self.received(url, 30)]
        self.assertEqual(sorted(bodies), list(range(30)))


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
