"""State machines through boto3, as Debian ships it."""

import json

from support.machines import machine, passing, waiting
from support.target import ServiceCase, unique

FORBIDDEN = " \t?*<>{}[]\"#%\\^|~`$&,;:/\x01\x7f\x85"


class StateMachines(ServiceCase):
    def test_created_described_updated_deleted(self):
        name, definition = unique("life"), passing("before")
        arn = self.create(definition, name)
        self.assertTrue(arn.endswith(f":stateMachine:{name}"), arn)
        found = self.states.describe_state_machine(stateMachineArn=arn)
        self.assertEqual(found["name"], name)
        self.assertEqual(found["status"], "ACTIVE")
        self.assertEqual(found["type"], "STANDARD")
        self.assertEqual(json.loads(found["definition"]), definition)
        self.assertEqual(found["roleArn"], self.target.role)
        self.assertEqual(found["loggingConfiguration"]["level"], "OFF")

        updated = self.states.update_state_machine(stateMachineArn=arn, definition=json.dumps(passing("after")))
        self.assertGreaterEqual(updated["updateDate"], found["creationDate"])
        again = self.states.describe_state_machine(stateMachineArn=arn)
        self.assertEqual(json.loads(again["definition"]), passing("after"))
        self.assertEqual(again["creationDate"], found["creationDate"])

        self.states.delete_state_machine(stateMachineArn=arn)
        self.states.delete_state_machine(stateMachineArn=arn)  # nothing to do is done
        if self.target.is_aws:
            return  # deleting takes its time there
        with self.refused("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'"):
            self.states.describe_state_machine(stateMachineArn=arn)
        with self.refused("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'"):
            self.states.start_execution(stateMachineArn=arn)

    def test_creating_the_same_once_more_is_the_same(self):
        name = unique("same")
        request = {"name": name, "definition": json.dumps(passing(1)), "roleArn": self.target.role}
        first = self.states.create_state_machine(**request)
        second = self.states.create_state_machine(**request)
        self.assertEqual(second["stateMachineArn"], first["stateMachineArn"])
        self.assertEqual(second["creationDate"], first["creationDate"])
        with self.refused("StateMachineAlreadyExists", f"State Machine Already Exists: '{first['stateMachineArn']}'"):
            self.states.create_state_machine(**request | {"definition": json.dumps(passing(2))})
        with self.refused("StateMachineAlreadyExists"):
            self.states.create_state_machine(**request | {"type": "EXPRESS"})
        self.states.delete_state_machine(stateMachineArn=first["stateMachineArn"])

    def test_a_running_execution_keeps_its_definition(self):
        arn = self.create(machine(("Wait", {"Type": "Wait", "Seconds": 1}), ("Old", {"Type": "Pass", "Result": "old"})))
        execution = self.start(arn)
        self.states.update_state_machine(stateMachineArn=arn, definition=json.dumps(passing("new")))
        described = self.states.describe_state_machine_for_execution(executionArn=execution)
        self.assertIn("Old", described["definition"])
        self.assertEqual(self.ended(execution)["output"], '"old"')
        self.assertEqual(self.ended(self.start(arn))["output"], '"new"')

    def test_the_list_comes_in_pages(self):
        made = {self.create(passing(), unique("page")) for _ in range(5)}
        pages = list(self.states.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 2}))
        self.assertTrue(all(len(page["stateMachines"]) <= 2 for page in pages))
        listed = [item["stateMachineArn"] for page in pages for item in page["stateMachines"]]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(made, set(listed))
        item = next(item for page in pages for item in page["stateMachines"] if item["stateMachineArn"] in made)
        self.assertEqual(set(item), {"stateMachineArn", "name", "type", "creationDate"})

    def test_a_token_of_another_list_is_refused(self):
        for _ in range(2):
            self.create(passing())
        token = self.states.list_state_machines(maxResults=1)["nextToken"]
        with self.refused("InvalidToken"):
            self.states.list_activities(nextToken=token)
        with self.refused("InvalidToken"):
            self.states.list_state_machines(nextToken="never given")

    def test_names(self):
        for character in FORBIDDEN:
            name = f"a{character}b"
            with self.subTest(repr(name)), self.refused("InvalidName", f"Invalid Name: '{name}'"):
                self.create(passing(), name)
            with self.subTest(repr(name)), self.refused("InvalidName", f"Invalid Name: '{name}'"):
                self.states.create_activity(name=name)
        with self.refused("ValidationException"):
            self.create(passing(), "n" * 81)
        self.create(passing(), unique("n" * 40 + "-._@ü"))

    def test_definitions_that_do_not_hold_together(self):
        dangling = machine(("A", {"Type": "Pass"}))
        dangling["States"]["A"] = {"Type": "Pass", "Next": "Nowhere"}
        endless = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}
        for definition, code in (
            (dangling, "MISSING_TRANSITION_TARGET"),
            (endless, "MISSING_END_STATE"),
            ({"StartAt": "Nowhere", "States": {"A": {"Type": "Succeed"}}}, "MISSING_TRANSITION_TARGET"),
            ({}, "SCHEMA_VALIDATION_FAILED"),
            ({"StartAt": "A", "States": {"A": {"Type": "Sing", "End": True}}}, "SCHEMA_VALIDATION_FAILED"),
            ("no JSON", "INVALID_JSON_DESCRIPTION"),
        ):
            with self.subTest(definition), self.refused("InvalidDefinition") as caught:
                self.create(definition)
            message = caught.exception.response["Error"]["Message"]
            self.assertIn(f"Invalid State Machine Definition: '{code}: ", message)

    def test_an_update_that_names_nothing(self):
        arn = self.create(waiting())
        words = "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified"
        with self.refused("MissingRequiredParameter", words):
            self.states.update_state_machine(stateMachineArn=arn)

    def test_arns(self):
        with self.refused("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: nonsense'"):
            self.states.describe_state_machine(stateMachineArn="nonsense")
        arn = self.create(passing())
        missing = arn + "-gone"
        with self.refused("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{missing}'"):
            self.states.describe_state_machine(stateMachineArn=missing)

    def test_what_the_shapes_forbid(self):
        nameless = {"definition": "{}", "roleArn": self.target.role}
        for call, value, words in (
            (lambda: self.states.list_state_machines(maxResults=1001), "'1001' at 'maxResults'", "Member must have value less than or equal to 1000"),
            (lambda: self.create(passing(), type="SLOW"), "'SLOW' at 'type'", "Member must satisfy enum value set: "),
            (lambda: self.states.create_state_machine(**nameless), "null at 'name'", "Member must not be null"),
        ):
            with self.subTest(words), self.refused("ValidationException") as caught:
                call()
            message = caught.exception.response["Error"]["Message"]
            self.assertIn(f"1 validation error detected: Value {value} failed to satisfy constraint: {words}", message)
