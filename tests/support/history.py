"""The rules that every execution's history keeps, whatever happened to the server meanwhile.

`problems(events, status, definition)` names each rule that is broken. Events are as GetExecutionHistory gives them (boto3's
times or the wire's seconds). With the definition, timers are checked too: nothing that waits goes on early.
"""

import collections
import datetime
import json

from examples.history import details

ENDS = {"ExecutionSucceeded": "SUCCEEDED", "ExecutionFailed": "FAILED", "ExecutionAborted": "ABORTED", "ExecutionTimedOut": "TIMED_OUT"}
TASKS = ("Task", "LambdaFunction", "Activity")
STEPS = ("Scheduled", "Started", "Submitted")
RESULTS = ("Succeeded", "Failed", "TimedOut", "ScheduleFailed", "StartFailed", "SubmitFailed")
RESTART = {"ExecutionRedriven"}
EARLY = 0.0015  # seconds; times are given in milliseconds


def problems(events: list[dict], status: str | None = None, definition: dict | None = None) -> list[str]:
    checker = _Checker(events)
    found = checker.order()
    if not found:  # what follows goes along the chain, which must be whole
        found = checker.end(status) + checker.tasks() + checker.states() + checker.children() + checker.data()
        if definition:
            found += checker.timers(definition)
    return found


def text(events: list[dict]) -> str:
    lines = (f"{e['id']:5} ← {e.get('previousEventId', 0):<5} {seconds(e):.3f} {e['type']:28} {json.dumps(details(e))[:120]}" for e in events)
    return "\n".join(lines)


def seconds(event: dict) -> float:
    time = event["timestamp"]
    return time.timestamp() if isinstance(time, datetime.datetime) else float(time)


def family(event: dict) -> tuple[str, str] | None:
    """("Activity", "Started") for an event of a task's attempt."""
    kind = event["type"]
    for task in TASKS:
        step = kind.removeprefix(task)
        if step != kind and step in STEPS + RESULTS:
            return task, step
    return None


class _Checker:
    def __init__(self, events: list[dict]):
        self._events = events
        self._by_id = {event["id"]: event for event in events}
        kinds = [event["type"] for event in events]
        self._ended = bool(kinds) and kinds[-1] in ENDS
        # Where something was given up, what had begun there stays without an end.
        self._undisturbed = bool(kinds) and kinds[-1] == "ExecutionSucceeded" and not any(
            kind.endswith(("Aborted", "StateFailed", "IterationFailed")) or kind in RESTART for kind in kinds
        ) and not any(self._retried_group(event) for event in events)

    def _retried_group(self, event: dict) -> bool:
        """A Parallel or Map that begins once more: its first attempt was given up without an event that says so."""
        previous = self._by_id.get(event.get("previousEventId", 0), {})
        return event["type"] in ("ParallelStateStarted", "MapStateStarted") and not previous.get("type", "").endswith("StateEntered")

    def order(self) -> list[str]:
        found = []
        ids = [event["id"] for event in self._events]
        if ids != list(range(1, len(ids) + 1)):
            found.append(f"the ids are not 1..{len(ids)}: {ids[:20]}")
        if self._events and self._events[0]["type"] != "ExecutionStarted":
            found.append(f"the first event is {self._events[0]['type']}")
        if sum(event["type"] == "ExecutionStarted" for event in self._events) > 1:
            found.append("ExecutionStarted is there twice")
        for before, event in zip(self._events, self._events[1:]):
            if seconds(event) < seconds(before):
                found.append(f"{event['id']} {event['type']} is {seconds(before) - seconds(event):.3f} s older than the event before it")
        first_state = next((e["id"] for e in self._events if e["type"].endswith("StateEntered")), None)
        for event in self._events:
            previous = event.get("previousEventId", 0)
            if previous and not 0 < previous < event["id"]:
                found.append(f"{event['id']} {event['type']} follows {previous}")
            may_be_first = event["id"] in (1, first_state) or event["type"] in ENDS or event["type"] in RESTART
            if previous == 0 and not may_be_first:
                found.append(f"{event['id']} {event['type']} follows nothing")
        return found

    def end(self, status: str | None) -> list[str]:
        found = [
            f"{event['id']} {event['type']} is not the last event"
            for event, after in zip(self._events, self._events[1:])
            if event["type"] in ENDS and after["type"] not in RESTART
        ]
        last = self._events[-1]["type"] if self._events else "nothing"
        if status is not None and ENDS.get(last, "RUNNING") != status:
            found.append(f"the execution is {status}, its last event is {last}")
        return found

    def tasks(self) -> list[str]:
        """Each attempt: scheduled, started at most once, answered at most once; exactly once where all went well."""
        found = []
        seen = collections.defaultdict(lambda: collections.defaultdict(list))
        for event in self._events:
            named = family(event)
            if not named or named[1] == "Scheduled":
                continue
            scheduled = self._attempt(event, named[0])
            if scheduled is None:
                found.append(f"{event['id']} {event['type']} belongs to no attempt")
                continue
            seen[scheduled]["result" if named[1] in RESULTS else named[1]].append(event["id"])
        for scheduled, steps in seen.items():
            for step, ids in steps.items():
                if len(ids) > 1:
                    found.append(f"{scheduled} {self._by_id[scheduled]['type']} has {len(ids)} events of the kind {step}: {ids}")
        if self._undisturbed:
            for event in self._events:
                if (named := family(event)) and named[1] == "Scheduled" and not seen[event["id"]]["result"]:
                    found.append(f"{event['id']} {event['type']} was never answered")
        return found

    def _attempt(self, event: dict, task: str) -> int | None:
        """The Scheduled event that an event of an attempt goes back to."""
        while event := self._by_id.get(event.get("previousEventId", 0)):
            named = family(event)
            if not named or named[0] != task or named[1] in RESULTS:
                return None
            if named[1] == "Scheduled":
                return event["id"]
        return None

    def states(self) -> list[str]:
        """Each state that is entered is left at most once; exactly once where all went well."""
        found, left = [], {}
        for event in self._events:
            if not event["type"].endswith("StateExited"):
                continue
            entered = self._entered(event)
            if entered is None:
                found.append(f"{event['id']} {event['type']} {details(event)['name']!r} was never entered")
            elif entered in left:
                found.append(f"{event['id']} {event['type']} {details(event)['name']!r} was left before, by {left[entered]}")
            else:
                left[entered] = event["id"]
        if self._undisturbed:
            for event in self._events:
                if event["type"].endswith("StateEntered") and event["id"] not in left:
                    found.append(f"{event['id']} {event['type']} {details(event)['name']!r} was never left")
        return found

    def _entered(self, exited: dict) -> int | None:
        kind, name = exited["type"].replace("Exited", "Entered"), details(exited)["name"]
        event = exited
        while event := self._by_id.get(event.get("previousEventId", 0)):
            if event["type"] == kind and details(event)["name"] == name:
                return event["id"]
        return None

    def children(self) -> list[str]:
        """As many iterations as a Map has items, each begun and ended once."""
        found = []
        expected, seen = collections.Counter(), collections.defaultdict(collections.Counter)
        for event in self._events:
            if event["type"] == "MapStateStarted":
                name = details(self._by_id[self._state_of(event)])["name"]
                expected[name] += details(event).get("length", 0)
            elif event["type"].startswith("MapIteration"):
                seen[details(event)["name"]][event["type"].removeprefix("MapIteration")] += 1
        for name, counts in seen.items():
            ends = sum(counts[end] for end in ("Succeeded", "Failed", "Aborted"))
            if counts["Started"] > expected[name] or ends > counts["Started"]:
                found.append(f"{name!r} has {expected[name]} items, {counts['Started']} iterations began and {ends} ended")
            if self._undisturbed and counts["Succeeded"] != expected[name]:
                found.append(f"{name!r} has {expected[name]} items and {counts['Succeeded']} iterations that succeeded")
        for group in ("Parallel", "Map"):
            count = collections.Counter(
                event["type"].removeprefix(group)
                for event in self._events
                if event["type"].startswith(group) and not self._failed_on_the_way_in(event)
            )
            if count["StateSucceeded"] + count["StateFailed"] > count["StateStarted"]:
                found.append(f"{group} states ended more often than they began")
        return found

    def _failed_on_the_way_in(self, event: dict) -> bool:
        """A Parallel or Map that could not begin, for an expression that failed."""
        previous = self._by_id.get(event.get("previousEventId", 0), {})
        return event["type"].endswith("StateFailed") and previous.get("type") == "EvaluationFailed"

    def _state_of(self, event: dict) -> int:
        """The state that a Map's or Parallel's Started event belongs to; a retry begins again after the failure inside it."""
        kind = event["type"].replace("Started", "Entered")
        while event["type"] != kind:
            event = self._by_id[event["previousEventId"]]
        return event["id"]

    def data(self) -> list[str]:
        """A state's input is what the state before it gave."""
        found = []
        for event in self._events:
            before = self._by_id.get(event.get("previousEventId", 0), {})
            if event["type"].endswith("StateEntered") and before.get("type", "").endswith("StateExited"):
                if details(event).get("input") != details(before).get("output"):
                    found.append(f"{event['id']} {event['type']}: its input is not the output of {before['id']}")
        if self._ended and self._events[-1]["type"] == "ExecutionSucceeded":
            before = self._by_id.get(self._events[-1].get("previousEventId", 0), {})
            if details(self._events[-1]).get("output") != details(before).get("output"):
                found.append(f"the execution's output is not that of {before.get('id')} {before.get('type')}")
        return found

    def timers(self, definition: dict) -> list[str]:
        states = dict(_states(definition))
        found = []
        for event in self._events:
            kind = event["type"]
            if kind == "WaitStateExited":
                entered = self._by_id[self._entered(event)]
                due = _due(states[details(event)["name"]], entered)
                if due is not None and seconds(event) < due - EARLY:
                    found.append(f"{event['id']} {kind} came {due - seconds(event):.3f} s early")
            previous = self._by_id.get(event.get("previousEventId", 0))
            if (family(event) or ("", ""))[1] == "Scheduled" and previous and (family(previous) or ("", ""))[1] in RESULTS:
                retriers = states[self._name(previous)].get("Retry", [])
                least = min((retrier.get("IntervalSeconds", 1) for retrier in retriers if retrier.get("JitterStrategy") != "FULL"), default=0)
                if seconds(event) - seconds(previous) < least - EARLY:
                    found.append(f"{event['id']} {kind} tried again after {seconds(event) - seconds(previous):.3f} s, not {least}")
        return found

    def _name(self, event: dict) -> str:
        """The state that an event of an attempt belongs to."""
        while not event["type"].endswith("StateEntered"):
            event = self._by_id[event["previousEventId"]]
        return details(event)["name"]


def _states(scope: dict):
    for name, state in scope.get("States", {}).items():
        yield name, state
        for inner in [*state.get("Branches", []), state.get("ItemProcessor") or state.get("Iterator") or {}]:
            yield from _states(inner)


def _due(wait: dict, entered: dict) -> float | None:
    """When a Wait state ends, in seconds; None where only an expression knows."""
    data = json.loads(details(entered).get("input", "null"))
    length = wait.get("Seconds", _at(data, wait.get("SecondsPath")))
    if isinstance(length, (int, float)):
        return seconds(entered) + length
    moment = wait.get("Timestamp", _at(data, wait.get("TimestampPath")))
    if isinstance(moment, str) and not moment.startswith("{%"):
        return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()
    return None


def _at(data, path: str | None):
    if path is None or not path.startswith("$."):
        return None
    for name in path[2:].split("."):
        data = data[name]
    return data
