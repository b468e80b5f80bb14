"""What an execution's history tells, one line for each event worth one."""

import json

OPENS = {"ParallelStateStarted", "MapIterationStarted"}
CLOSES = {
    "ParallelStateSucceeded", "ParallelStateFailed", "ParallelStateAborted",
    "MapIterationSucceeded", "MapIterationFailed", "MapIterationAborted",
}  # fmt: skip


def details(event: dict) -> dict:
    """The one member …EventDetails that an event has."""
    return next((value for key, value in event.items() if key.endswith("EventDetails")), {})


class Narrator:
    """Given a history as it grows, tells each event once."""

    def __init__(self):
        self._events: dict[int, dict] = {}
        self._depth: dict[int, int] = {0: 0}
        self._failed: set[int] = set()

    def news(self, events: list[dict]) -> list[tuple[dict, str]]:
        """(event, line) for the events not seen before; the line is empty where there is nothing to say."""
        fresh = [event for event in events if event["id"] not in self._events]
        return [(event, self._tell(event)) for event in fresh]

    def event(self, number: int) -> dict:
        return self._events[number]

    def state_of(self, event: dict) -> str | None:
        """The name of the state that an event belongs to: that of the nearest StateEntered before it."""
        while event is not None:
            if event["type"].endswith("StateEntered"):
                return details(event)["name"]
            event = self._events.get(event.get("previousEventId"))
        return None

    def _tell(self, event: dict) -> str:
        self._events[event["id"]] = event
        previous = event.get("previousEventId", 0)
        opened = self._events.get(previous, {}).get("type") in OPENS
        depth = max(0, self._depth.get(previous, 0) + opened - (event["type"] in CLOSES))
        self._depth[event["id"]] = depth
        text = self._text(event)
        return "  " * depth + text if text else ""

    def _text(self, event: dict) -> str:
        kind, what = event["type"], details(event)
        if kind.startswith("Execution"):
            return ""
        if kind.endswith("StateEntered"):
            return f"→ {what['name']}"
        if kind.endswith("StateExited"):
            return f"✓ {what['name']}"
        if kind == "MapIterationStarted":
            return f"item {what.get('index', 0)}"
        if kind == "ActivityStarted":
            return f"  taken by {what.get('workerName') or 'a worker'}"
        if kind.endswith("Scheduled") and self._failed_before(event):
            return "  once more"
        if kind.endswith(("Failed", "TimedOut", "Aborted")):
            self._failed.add(event["id"])
            return f"  ✗ {what.get('error', kind)}{': ' if what.get('cause') else ''}{brief_cause(what.get('cause', ''))}"
        return ""

    def _failed_before(self, event: dict) -> bool:
        return event.get("previousEventId") in self._failed


def brief_cause(cause: str) -> str:
    """A function's error is JSON with a stack trace: its message is enough."""
    try:
        cause = json.loads(cause)["errorMessage"]
    except (ValueError, TypeError, KeyError):
        pass
    first = str(cause).strip().split("\n")[0]
    return first if len(first) <= 100 else first[:97] + "…"
