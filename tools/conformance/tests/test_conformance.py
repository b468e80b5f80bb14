"""The list of known failures may only become shorter, and disagreement with it is a failure."""

import pathlib
import tempfile
import unittest
import unittest.mock

from conformance import known, with_logs


class JudgeTest(unittest.TestCase):
    def test_agreement(self):
        verdict = known.judge({"s/a": True, "s/b": False}, {"s/b"})
        self.assertEqual((verdict.passed, verdict.known, verdict.is_good()), ({"s/a"}, {"s/b"}, True))

    def test_a_case_that_broke(self):
        verdict = known.judge({"s/a": False}, set())
        self.assertEqual((verdict.broken, verdict.is_good()), ({"s/a"}, False))

    def test_a_case_that_was_mended_must_leave_the_list(self):
        verdict = known.judge({"s/a": True}, {"s/a"})
        self.assertEqual((verdict.mended, verdict.is_good()), ({"s/a"}, False))

    def test_a_case_that_is_no_more(self):
        verdict = known.judge({"s/a": True}, {"s/b"})
        self.assertEqual((verdict.unknown, verdict.is_good()), ({"s/b"}, False))


class ListTest(unittest.TestCase):
    def test_round_trip(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "c/list.txt"
            self.assertEqual(known.read(path), {})
            cases = {"s/b": "It rains", "s/a": "It snows", "s/c": "It rains"}
            known.write(path, cases)
            self.assertEqual(known.read(path), cases)
            self.assertEqual(path.read_text().splitlines()[-6:], ["It rains:", "  s/b", "  s/c", "", "It snows:", "  s/a"])


class LogReaderTest(unittest.TestCase):
    def test_only_the_unknown_step_is_replaced(self):
        start = {"id": "r1", "service": "stepfunctions", "op": "StartExecution"}
        self.assertEqual(with_logs.as_call(start), start)
        wait = with_logs.as_call({"id": "r2", "op": "$wait_logs", "logGroupName": "g"})
        self.assertEqual((wait["service"], wait["op"], wait["logGroupName"]), ("logs", "FilterLogEvents", "g"))

    def test_events_of_executions_in_the_order_of_their_ids(self):
        page = {"events": [{"message": '{"id": "10"}'}, {"message": "Permissions are set correctly"}, {"message": '{"id": "9"}'}]}
        client = unittest.mock.Mock(**{"get_paginator.return_value.paginate.return_value": [page]})
        self.assertEqual(with_logs.logged(client, "g"), {"events": [{"id": "9"}, {"id": "10"}]})


class RuleTest(unittest.TestCase):
    def test_a_rule_that_sends_to_a_queue(self):
        arn = "arn:aws:sqs:us-east-1:123456789012:q"
        events, queues = unittest.mock.Mock(), unittest.mock.Mock(**{"get_queue_attributes.return_value": {"Attributes": {"QueueArn": arn}}})
        with_logs.rule_to_queue(events, queues, {"source": ["s"]}, "http://here/q")
        events.put_rule.assert_called_once_with(Name="q", EventPattern='{"source": ["s"]}')
        events.put_targets.assert_called_once_with(Rule="q", Targets=[{"Id": "queue", "Arn": arn}])


if __name__ == "__main__":
    unittest.main()
