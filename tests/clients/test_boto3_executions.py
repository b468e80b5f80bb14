"""Executions through boto3, as Debian ships it."""

import json

from local.wait import wait_until
from support.machines import failing, machine, passing, waiting
from support.target import ServiceCase, unique

CHOICE = machine(
    ("Which", {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 9, "Next": "Much"}], "Default": "Little"}),
    ("Much", {"Type": "Fail", "Error": "TooMuch", "Cause": "more than nine"}),
    ("Little", {"Type": "Pass", "Parameters": {"is.$": "States.Format('{} it is', $.n)"}}),
)


class Executions(ServiceCase):
    def test_one_that_succeeds(self):
        arn = self.create(CHOICE)
        name = unique("fine")
        started = self.states.start_execution(stateMachineArn=arn, name=name, input='{"n": 7}')
        self.assertTrue(started["executionArn"].endswith(f":{name}"))
        found = self.ended(started["executionArn"])
        self.assertEqual(found["status"], "SUCCEEDED")
        self.assertEqual(found["input"], '{"n": 7}')
        self.assertEqual(json.loads(found["output"]), {"is": "7 it is"})
        self.assertEqual(found["startDate"], started["startDate"])
        self.assertGreaterEqual(found["stopDate"], found["startDate"])
        self.assertEqual(found["stateMachineArn"], arn)
        events = self.check_history(started["executionArn"], CHOICE)
        self.assertEqual(
            [event["type"] for event in events],
            ["ExecutionStarted", "ChoiceStateEntered", "ChoiceStateExited", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"],
        )

    def test_one_that_fails(self):
        arn = self.create(CHOICE)
        execution = self.start(arn, {"n": 10})
        found = self.ended(execution)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("FAILED", "TooMuch", "more than nine"))
        self.assertNotIn("output", found)
        self.assertEqual(self.check_history(execution)[-1]["executionFailedEventDetails"], {"error": "TooMuch", "cause": "more than nine"})

    def test_one_that_runs_out_of_time(self):
        arn = self.create(waiting() | {"TimeoutSeconds": 1})
        execution = self.start(arn)
        found = self.ended(execution)
        self.assertEqual(found["status"], "TIMED_OUT")
        self.assertEqual((found["stopDate"] - found["startDate"]).total_seconds(), 1)
        self.check_history(execution)

    def test_a_name_stands_for_one_execution(self):
        arn, name = self.create(waiting()), unique("once")
        first = self.states.start_execution(stateMachineArn=arn, name=name, input='{"a":1}')
        second = self.states.start_execution(stateMachineArn=arn, name=name, input='{"a":1}')
        self.assertEqual((second["executionArn"], second["startDate"]), (first["executionArn"], first["startDate"]))
        taken = f"Execution Already Exists: '{first['executionArn']}'"
        with self.refused("ExecutionAlreadyExists", taken):
            self.states.start_execution(stateMachineArn=arn, name=name, input='{"a":2}')
        self.states.stop_execution(executionArn=first["executionArn"])
        self.ended(first["executionArn"])
        with self.refused("ExecutionAlreadyExists", taken):
            self.states.start_execution(stateMachineArn=arn, name=name, input='{"a":1}')

    def test_stopping(self):
        arn = self.create(waiting())
        with_words, without = self.start(arn), self.start(arn)
        stopped = self.states.stop_execution(executionArn=with_words, error="Enough", cause="we are going home")
        self.states.stop_execution(executionArn=without)
        found = self.ended(with_words)
        self.assertEqual((found["status"], found["error"], found["cause"]), ("ABORTED", "Enough", "we are going home"))
        self.assertEqual(found["stopDate"], stopped["stopDate"])
        self.assertFalse({"error", "cause"} & set(self.ended(without)))
        for execution in (with_words, without):
            self.assertEqual(self.check_history(execution)[-1]["type"], "ExecutionAborted")

    def test_lists_by_status_newest_first(self):
        arn = self.create(CHOICE)
        expected = {"SUCCEEDED": [], "FAILED": []}
        for number in (1, 10, 2, 11, 3):
            execution = self.start(arn, {"n": number})
            expected[self.ended(execution)["status"]].insert(0, execution)

        def listed(**more):
            pages = self.states.get_paginator("list_executions").paginate(stateMachineArn=arn, PaginationConfig={"PageSize": 2}, **more)
            found = [page["executions"] for page in pages]
            self.assertTrue(all(len(page) <= 2 for page in found))
            return [item for page in found for item in page]

        for status, executions in expected.items():
            self.assertEqual([item["executionArn"] for item in wait_until(lambda: listed(statusFilter=status), status)], executions)
        self.assertEqual(listed(statusFilter="RUNNING"), [])
        everything = listed()
        self.assertEqual({item["executionArn"] for item in everything}, {*expected["SUCCEEDED"], *expected["FAILED"]})
        self.assertEqual(everything, sorted(everything, key=lambda item: item["startDate"], reverse=True))
        self.assertTrue(all(item["stopDate"] >= item["startDate"] for item in everything))
        with self.refused("ValidationException"):
            self.states.list_executions(stateMachineArn=arn, statusFilter="HAPPY")

    def test_history_in_pages_forwards_and_backwards(self):
        states = [(f"State {number}", {"Type": "Pass"}) for number in range(20)]
        arn = self.create(machine(*states))
        execution = self.start(arn)
        self.ended(execution)
        events = self.check_history(execution)
        self.assertEqual(len(events), 42)
        for reverse in (False, True):
            ids, token = [], {}
            while True:
                page = self.states.get_execution_history(executionArn=execution, maxResults=5, reverseOrder=reverse, **token)
                self.assertLessEqual(len(page["events"]), 5)
                ids += [event["id"] for event in page["events"]]
                if "nextToken" not in page:
                    break
                token = {"nextToken": page["nextToken"]}
            self.assertEqual(ids, sorted(range(1, 43), reverse=reverse))
        bare = self.states.get_execution_history(executionArn=execution, includeExecutionData=False)["events"]
        self.assertFalse([event for event in bare if "input" in str(event.get("stateEnteredEventDetails", {}).keys())])

    def test_input(self):
        arn = self.create(passing())
        for text, output in (("17", 17), ('"text"', "text"), ("[1, 2]", [1, 2]), ('{"ü": "\\u00fc"}', {"ü": "ü"})):
            with self.subTest(text):
                execution = self.states.start_execution(stateMachineArn=arn, input=text)["executionArn"]
                self.assertEqual(json.loads(self.ended(execution)["output"]), output)
        for text in ("", "{", "{'a': 1}", "nonsense"):
            with self.subTest(text), self.refused("InvalidExecutionInput"):
                self.states.start_execution(stateMachineArn=arn, input=text)
        with self.refused("ValidationException"):
            self.states.start_execution(stateMachineArn=arn, input=json.dumps("x" * 262_144))

    def test_what_is_not_there(self):
        arn = self.create(passing())
        missing = self.start(arn) + "-gone"
        words = f"Execution Does Not Exist: '{missing}'"
        for operation in (self.states.describe_execution, self.states.get_execution_history, self.states.stop_execution):
            with self.subTest(operation.__name__), self.refused("ExecutionDoesNotExist", words):
                operation(executionArn=missing)
        with self.refused("InvalidArn"):
            self.states.describe_execution(executionArn=arn)

    def test_many_at_once(self):
        inner = machine(("Twice", {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($, $)"}}))
        definition = machine(
            ("Both", {"Type": "Parallel", "Branches": [machine(("Pause", {"Type": "Wait", "Seconds": 1})), passing("right")]}),
            ("Each", {"Type": "Map", "ItemsPath": "$[0].items", "MaxConcurrency": 3, "ItemProcessor": inner}),
        )
        arn = self.create(definition)
        executions = [self.start(arn, {"items": list(range(number))}) for number in range(12)]
        for number, execution in enumerate(executions):
            found = self.ended(execution)
            self.assertEqual(json.loads(found["output"]), [{"n": 2 * i} for i in range(number)])
            self.check_history(execution, definition)


class Express(ServiceCase):
    def test_it_answers_at_once(self):
        arn = self.create(CHOICE, type="EXPRESS")
        done = self.states.start_sync_execution(stateMachineArn=arn, name="now", input='{"n":1}')
        self.assertEqual(done["status"], "SUCCEEDED")
        self.assertEqual(json.loads(done["output"]), {"is": "1 it is"})
        self.assertIn(":express:", done["executionArn"])
        self.assertGreaterEqual(done["stopDate"], done["startDate"])
        self.assertEqual(done["billingDetails"]["billedDurationInMilliseconds"] % 100, 0)
        self.assertEqual(done["billingDetails"]["billedMemoryUsedInMB"] % 64, 0)

    def test_failure_is_an_answer(self):
        arn = self.create(failing(), type="EXPRESS")
        done = self.states.start_sync_execution(stateMachineArn=arn)
        self.assertEqual((done["status"], done["error"], done["cause"]), ("FAILED", "Sorry", "it is not to be"))
        self.assertNotIn("output", done)

    def test_names_may_repeat(self):
        arn = self.create(passing(), type="EXPRESS")
        arns = {self.states.start_execution(stateMachineArn=arn, name="again", input=str(n))["executionArn"] for n in range(3)}
        self.assertEqual(len(arns), 3)

    def test_what_only_standard_ones_know(self):
        arn = self.create(passing(), type="EXPRESS")
        execution = self.states.start_sync_execution(stateMachineArn=arn)["executionArn"]
        for operation in (self.states.describe_execution, self.states.get_execution_history, self.states.stop_execution):
            with self.subTest(operation.__name__), self.refused("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'"):
                operation(executionArn=execution)
        with self.refused("StateMachineTypeNotSupported"):
            self.states.list_executions(stateMachineArn=arn)

    def test_a_standard_one_does_not_answer_at_once(self):
        with self.refused("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine"):
            self.states.start_sync_execution(stateMachineArn=self.create(passing()))
