"""Cases of EventBridge, whose targets are log groups: what arrives there can be read."""

import json

from local.wait import wait_until
from support.target import ServiceCase, unique

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
