"""Tags, versions and aliases of state machines through boto3, as Debian ships it."""

import json

from support.machines import machine, passing, waiting
from support.target import ServiceCase, unique


class Tags(ServiceCase):
    def test_on_machines_and_activities(self):
        tags = [{"key": "team", "value": "blue"}, {"key": "empty", "value": ""}]
        arn = self.create(passing(), tags=tags)
        activity = self.states.create_activity(name=unique("tagged"), tags=tags)["activityArn"]
        self.addCleanup(self.states.delete_activity, activityArn=activity)
        for resource in (arn, activity):
            self.assertCountEqual(self.tags(resource), tags)
            self.states.tag_resource(resourceArn=resource, tags=[{"key": "team", "value": "red"}, {"key": "x", "value": "y"}])
            self.states.untag_resource(resourceArn=resource, tagKeys=["empty", "not there"])
            self.assertCountEqual(self.tags(resource), [{"key": "team", "value": "red"}, {"key": "x", "value": "y"}])

    def tags(self, arn: str) -> list[dict]:
        return self.states.list_tags_for_resource(resourceArn=arn)["tags"]

    def test_refusals(self):
        self.needs("publish_state_machine_version")
        arn = self.create(passing())
        with self.refused("TooManyTags"):
            self.states.tag_resource(resourceArn=arn, tags=[{"key": f"k{i}", "value": ""} for i in range(51)])
        self.assertEqual(self.tags(arn), [])
        version = self.states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"]
        with self.refused("ResourceNotFound", f"Resource not found: '{version}'"):
            self.states.tag_resource(resourceArn=version, tags=[{"key": "k", "value": "v"}])
        with self.refused("ValidationException"):
            self.states.tag_resource(resourceArn=arn, tags=[{"key": "k" * 129, "value": "v"}])


class Versions(ServiceCase):
    def setUp(self):
        self.needs("publish_state_machine_version")
        self.arn = self.create(passing("one"), publish=True, versionDescription="the first")

    def update(self, text: str, **more) -> dict:
        return self.states.update_state_machine(stateMachineArn=self.arn, definition=json.dumps(passing(text)), **more)

    def alias(self, name: str, *routes: tuple[int, int], **more) -> str:
        routing = [{"stateMachineVersionArn": f"{self.arn}:{version}", "weight": weight} for version, weight in routes]
        return self.states.create_state_machine_alias(name=name, routingConfiguration=routing, **more)["stateMachineAliasArn"]

    def test_published_described_listed_deleted(self):
        second = self.update("two", publish=True)
        self.assertEqual(second["stateMachineVersionArn"], f"{self.arn}:2")
        again = self.states.publish_state_machine_version(stateMachineArn=self.arn, revisionId=second["revisionId"])
        self.assertEqual(again["stateMachineVersionArn"], f"{self.arn}:2")
        pages = self.states.list_state_machine_versions(stateMachineArn=self.arn, maxResults=1)
        rest = self.states.list_state_machine_versions(stateMachineArn=self.arn, nextToken=pages["nextToken"])
        listed = [item["stateMachineVersionArn"] for item in pages["stateMachineVersions"] + rest["stateMachineVersions"]]
        self.assertEqual(listed, [f"{self.arn}:2", f"{self.arn}:1"])
        first = self.states.describe_state_machine(stateMachineArn=f"{self.arn}:1")
        self.assertEqual(json.loads(first["definition"]), passing("one"))
        self.assertEqual((first["description"], first["stateMachineArn"]), ("the first", f"{self.arn}:1"))
        self.assertNotIn("revisionId", first)
        self.states.delete_state_machine_version(stateMachineVersionArn=f"{self.arn}:2")
        self.states.delete_state_machine_version(stateMachineVersionArn=f"{self.arn}:2")
        renewed = self.states.publish_state_machine_version(stateMachineArn=self.arn)
        self.assertEqual(renewed["stateMachineVersionArn"], f"{self.arn}:3")
        with self.refused("StateMachineDoesNotExist"):
            self.states.describe_state_machine(stateMachineArn=f"{self.arn}:2")

    def test_the_revision_must_be_the_current_one(self):
        old, new = self.update("two")["revisionId"], self.update("three")["revisionId"]
        words = f"Failed to publish the State Machine version for revision {old}. The current State Machine revision is {new}."
        with self.refused("ConflictException", words):
            self.states.publish_state_machine_version(stateMachineArn=self.arn, revisionId=old)

    def test_executions_of_a_version_and_of_an_alias(self):
        self.update("two", publish=True)
        alias = self.alias("live", (1, 100), description="what is live")
        by_version, by_alias, latest = (self.start(arn) for arn in (f"{self.arn}:1", alias, self.arn))
        self.assertEqual([self.ended(e)["output"] for e in (by_version, by_alias, latest)], ['"one"', '"one"', '"two"'])
        found = self.states.describe_execution(executionArn=by_alias)
        self.assertEqual(found["stateMachineArn"], self.arn)
        self.assertEqual((found["stateMachineVersionArn"], found["stateMachineAliasArn"]), (f"{self.arn}:1", alias))
        started = self.check_history(by_alias, passing("one"))[0]["executionStartedEventDetails"]
        self.assertEqual((started["stateMachineVersionArn"], started["stateMachineAliasArn"]), (f"{self.arn}:1", alias))
        self.assertNotIn("stateMachineVersionArn", self.states.describe_execution(executionArn=latest))

        def listed(arn: str) -> set[str]:
            return {item["executionArn"] for item in self.states.list_executions(stateMachineArn=arn)["executions"]}

        self.assertEqual(listed(alias), {by_alias})
        self.assertEqual(listed(f"{self.arn}:1"), {by_version, by_alias})
        self.assertEqual(listed(self.arn), {by_version, by_alias, latest})

        self.states.update_state_machine_alias(
            stateMachineAliasArn=alias, routingConfiguration=[{"stateMachineVersionArn": f"{self.arn}:2", "weight": 100}]
        )
        self.assertEqual(self.ended(self.start(alias))["output"], '"two"')

    def test_an_alias_with_two_versions(self):
        self.update("two", publish=True)
        alias = self.alias("canary", (1, 50), (2, 50))
        outputs = {self.ended(self.start(alias))["output"] for _ in range(40)}
        self.assertEqual(outputs, {'"one"', '"two"'})
        found = self.states.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual([route["weight"] for route in found["routingConfiguration"]], [50, 50])
        self.assertEqual((found["name"], found["stateMachineAliasArn"]), ("canary", alias))
        for number in (1, 2):
            items = self.states.list_state_machine_aliases(stateMachineArn=f"{self.arn}:{number}")["stateMachineAliases"]
            self.assertEqual([item["stateMachineAliasArn"] for item in items], [alias])

    def test_an_alias_is_there_once_and_holds_its_version(self):
        alias = self.alias("live", (1, 100))
        self.assertEqual(self.alias("live", (1, 100)), alias)
        with self.refused("ConflictException"):
            self.alias("live", (1, 100), description="other")
        words = "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live]"
        with self.refused("ConflictException", words):
            self.states.delete_state_machine_version(stateMachineVersionArn=f"{self.arn}:1")
        self.states.delete_state_machine_alias(stateMachineAliasArn=alias)
        self.states.delete_state_machine_version(stateMachineVersionArn=f"{self.arn}:1")
        with self.refused("ResourceNotFound", "Request references a resource that does not exist."):
            self.states.describe_state_machine_alias(stateMachineAliasArn=alias)
        with self.refused("StateMachineDoesNotExist"):
            self.start(alias)

    def test_refused_aliases(self):
        for name in ("123", "with space", "a" * 81):
            with self.refused("ValidationException"):
                self.alias(name, (1, 100))
        with self.refused("ValidationException", "Sum of routing configuration weights must equal 100. Received: [70]"):
            self.alias("live", (1, 70))
        with self.refused("ResourceNotFound"):
            self.alias("live", (7, 100))

    def test_express_by_alias(self):
        arn = self.create(passing("sync"), type="EXPRESS", publish=True)
        routing = [{"stateMachineVersionArn": f"{arn}:1", "weight": 100}]
        alias = self.states.create_state_machine_alias(name="live", routingConfiguration=routing)["stateMachineAliasArn"]
        for target in (alias, f"{arn}:1"):
            self.assertEqual(self.states.start_sync_execution(stateMachineArn=target)["output"], '"sync"')

    def test_a_name_is_taken_by_the_version_it_was_started_with(self):
        arn, name = self.create(waiting(), publish=True), unique("once")
        first = self.states.start_execution(stateMachineArn=f"{arn}:1", name=name)
        again = self.states.start_execution(stateMachineArn=f"{arn}:1", name=name)
        self.assertEqual(again["startDate"], first["startDate"])
        with self.refused("ExecutionAlreadyExists"):
            self.states.start_execution(stateMachineArn=arn, name=name)
        self.states.stop_execution(executionArn=first["executionArn"])


class MapRuns(ServiceCase):
    def test_there_are_none(self):
        execution = self.start(self.create(machine(("P", {"Type": "Pass"}))))
        self.ended(execution)
        self.assertEqual(self.states.list_map_runs(executionArn=execution)["mapRuns"], [])
        run = execution.replace(":execution:", ":mapRun:").rsplit(":", 1)[0] + "/label:" + "0" * 36
        for call in (self.states.describe_map_run, self.states.list_executions):
            with self.refused("ResourceNotFound"):
                call(mapRunArn=run)
        with self.refused("ResourceNotFound"):
            self.states.update_map_run(mapRunArn=run, maxConcurrency=2)
        with self.refused("InvalidArn"):
            self.states.describe_map_run(mapRunArn=execution)
