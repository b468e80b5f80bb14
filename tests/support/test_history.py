"""The checker of histories finds what it is there to find."""

import copy
import json
import unittest

from support.history import problems

DEFINITION = {
    "StartAt": "Pause",
    "States": {
        "Pause": {"Type": "Wait", "Seconds": 2, "Next": "Work"},
        "Work": {"Type": "Task", "Resource": "r", "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 3}], "End": True},
    },
}


def event(number, previous, time, kind, **details):
    state = next((step for step in ("stateEntered", "stateExited") if kind.lower().endswith(step.lower())), None)
    member = state or kind[0].lower() + kind[1:]
    return {"id": number, "previousEventId": previous, "timestamp": time, "type": kind, member + "EventDetails": details}


def good() -> list[dict]:
    return [
        event(1, 0, 100.0, "ExecutionStarted", input="{}"),
        event(2, 0, 100.0, "WaitStateEntered", name="Pause", input="{}"),
        event(3, 2, 102.0, "WaitStateExited", name="Pause", output="{}"),
        event(4, 3, 102.0, "TaskStateEntered", name="Work", input="{}"),
        event(5, 4, 102.0, "ActivityScheduled", resource="r"),
        event(6, 5, 102.5, "ActivityStarted"),
        event(7, 6, 103.0, "ActivityFailed", error="E"),
        event(8, 7, 106.0, "ActivityScheduled", resource="r"),
        event(9, 8, 107.0, "ActivityStarted"),
        event(10, 9, 107.5, "ActivitySucceeded", output="1"),
        event(11, 10, 107.5, "TaskStateExited", name="Work", output="1"),
        event(12, 11, 107.5, "ExecutionSucceeded", output="1"),
    ]


def mapped() -> list[dict]:
    return [
        event(1, 0, 100.0, "ExecutionStarted", input="[1,2]"),
        event(2, 0, 100.0, "MapStateEntered", name="Each", input="[1,2]"),
        event(3, 2, 100.0, "MapStateStarted", length=2),
        event(4, 3, 100.0, "MapIterationStarted", name="Each", index=0),
        event(5, 4, 100.0, "PassStateEntered", name="One", input="1"),
        event(6, 5, 100.0, "PassStateExited", name="One", output="1"),
        event(7, 6, 100.0, "MapIterationSucceeded", name="Each", index=0),
        event(8, 6, 100.0, "MapIterationStarted", name="Each", index=1),
        event(9, 8, 100.0, "PassStateEntered", name="One", input="2"),
        event(10, 9, 100.0, "PassStateExited", name="One", output="2"),
        event(11, 10, 100.0, "MapIterationSucceeded", name="Each", index=1),
        event(12, 11, 100.0, "MapStateSucceeded"),
        event(13, 11, 100.0, "MapStateExited", name="Each", output="[1,2]"),
        event(14, 13, 100.0, "ExecutionSucceeded", output="[1,2]"),
    ]


def with_more(events: list[dict], at: int, previous: int, kind: str, **details) -> list[dict]:
    """The history with one more event at that id; the chain around it stays whole."""
    shifted = copy.deepcopy(events)
    for item in shifted:
        item["id"] += item["id"] >= at
        item["previousEventId"] += item["previousEventId"] >= at
    shifted.insert(at - 1, event(at, previous, shifted[at - 2]["timestamp"], kind, **details))
    return shifted


class Rules(unittest.TestCase):
    def assert_finds(self, words: str, events: list[dict], status="SUCCEEDED", definition=None):
        self.assertIn(words, "\n".join(problems(events, status, definition)), json.dumps(events, indent=1))

    def test_what_is_right(self):
        self.assertEqual(problems(good(), "SUCCEEDED", DEFINITION), [])
        self.assertEqual(problems(mapped(), "SUCCEEDED"), [])
        self.assertEqual(problems(good()[:6], "RUNNING", DEFINITION), [])

    def test_an_event_that_is_lost(self):
        for lost in range(12):
            with self.subTest(lost=lost):
                events = good()
                del events[lost]
                self.assertTrue(problems(events, "SUCCEEDED"))

    def test_an_event_that_is_doubled(self):
        for doubled in range(12):
            with self.subTest(doubled=doubled):
                events = good()
                self.assertTrue(problems(events[: doubled + 1] + events[doubled:], "SUCCEEDED"))

    def test_an_answer_that_comes_twice(self):
        self.assert_finds("2 events of the kind result", with_more(good(), 11, 9, "ActivitySucceeded", output="1"))

    def test_a_start_that_comes_twice(self):
        self.assert_finds("2 events of the kind Started", with_more(good(), 10, 8, "ActivityStarted"))

    def test_an_answer_to_nothing(self):
        events = good()
        events[9]["previousEventId"] = 3
        self.assert_finds("belongs to no attempt", events)

    def test_a_state_that_is_left_twice(self):
        self.assert_finds("was left before", with_more(good(), 12, 10, "TaskStateExited", name="Work", output="1"))

    def test_a_state_that_is_never_left(self):
        events = [e for e in with_more(good(), 4, 3, "PassStateEntered", name="Lost", input="{}")]
        self.assert_finds("was never left", events)

    def test_something_after_the_end(self):
        self.assert_finds("is not the last event", [*good(), event(13, 12, 108.0, "ActivityStarted")])

    def test_a_status_that_is_another(self):
        self.assert_finds("the execution is RUNNING", good(), "RUNNING")
        self.assert_finds("the execution is SUCCEEDED", good()[:-1])

    def test_time_that_goes_back(self):
        events = good()
        events[5]["timestamp"] = 90.0
        self.assert_finds("older than the event before it", events)

    def test_timers_that_are_early(self):
        events = good()
        events[1]["timestamp"] = events[0]["timestamp"] = 100.5
        self.assert_finds("came 0.500 s early", events, definition=DEFINITION)
        events = good()
        events[6]["timestamp"] = 103.5
        self.assert_finds("tried again after 2.500 s, not 3", events, definition=DEFINITION)

    def test_data_that_changes_on_the_way(self):
        events = good()
        events[3]["stateEnteredEventDetails"]["input"] = '{"other":1}'
        self.assert_finds("its input is not the output of 3", events)

    def test_iterations_that_are_lost_or_doubled(self):
        events = mapped()
        events[2]["mapStateStartedEventDetails"]["length"] = 3
        self.assert_finds("3 items and 2 iterations that succeeded", events)
        events[2]["mapStateStartedEventDetails"]["length"] = 1
        self.assert_finds("1 items, 2 iterations began", events)


if __name__ == "__main__":
    unittest.main()
