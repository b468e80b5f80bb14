"""Manifests are read strictly, deployment replaces what is there, and an end that differs from the expected one is noticed."""

import base64
import datetime
import io
import json
import os
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, os.path.dirname(__file__))

from examples import deploy, manifest, placeholders
from examples.history import Narrator, brief_cause
from examples.run import Outcome, Runner, compare
from fake import Fake, event
from local.aws import Client

ROOT = pathlib.Path(__file__).resolve().parents[3]
ORDER = ["hello", "retry", "catch", "order", "activity", "approval", "express", "cards", "trip", "announce", "triggers", "container", "batch", "api"]
DONE = {"status": "SUCCEEDED", "output": '{"a": 1}'}


class Folder(unittest.TestCase):
    """A folder with one example."""

    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.root = pathlib.Path(self._temporary.name)
        (self.root / "one/code").mkdir(parents=True)
        (self.root / "one/code/bootstrap").write_text("#!/bin/sh\n")
        (self.root / "one/code/bootstrap").chmod(0o755)
        (self.root / "one/m.asl.json").write_text('{"Resource": "${FunArn}", "Activity": "${ActArn}"}')
        self.data = {
            "title": "one",
            "functions": [{"name": "Fun", "folder": "code", "runtime": "provided"}],
            "activities": ["Act"],
            "state_machines": [{"name": "M", "definition": "m.asl.json"}],
            "executions": [{"name": "e", "state_machine": "M", "input": {"at": "${now+5s}"}, "expect": {"status": "SUCCEEDED", "output": {"a": 1}}}],
        }

    def write(self) -> manifest.Example:
        (self.root / "one/example.json").write_text(json.dumps(self.data))
        return manifest.load_all(self.root, [])[0]


class ManifestTest(Folder):
    def test_defaults(self):
        example = self.write()
        self.assertEqual((example.name, example.functions[0].memory_mb, example.state_machines[0].type), ("one", 128, "STANDARD"))

    def refused(self, text: str):
        with self.assertRaisesRegex(manifest.BadManifest, text):
            self.write()

    def test_unknown_field(self):
        self.data["executions"][0]["inptu"] = 1
        self.refused("executions.0.: unknown field 'inptu'")

    def test_missing_field(self):
        del self.data["functions"][0]["runtime"]
        self.refused("functions.0.: 'runtime' is missing")

    def test_unknown_state_machine(self):
        self.data["executions"][0]["state_machine"] = "N"
        self.refused("there is no state machine 'N'")

    def test_unknown_names(self):
        for field, item, text in (
            ("topics", {"name": "T", "subscriptions": [{"queue": "Q"}]}, "topics.T: there is no queue 'Q'"),
            ("rules", {"name": "R", "pattern": {}, "state_machine": "N"}, "rules.R: there is no state machine 'N'"),
            ("executions", self.data["executions"][0] | {"started_by": "S"}, "executions.e: there is no rule or schedule 'S'"),
        ):
            with self.subTest(field):
                before = self.data.get(field, [])
                self.data[field] = [item]
                self.refused(text)
                self.data[field] = before

    def test_unknown_example(self):
        self.write()
        with self.assertRaisesRegex(manifest.BadManifest, "there are: one"):
            manifest.load_all(self.root, ["two"])

    def test_the_examples_of_the_project(self):
        examples = manifest.load_all(ROOT / "examples", [])
        self.assertEqual([e.name for e in examples], ORDER)
        for example in examples:
            named = [f"{thing.name}Arn" for thing in example.functions + example.queues + example.topics]
            named += [f"{activity}Arn" for activity in example.activities] + [f"{queue.name}Url" for queue in example.queues]
            for machine in example.state_machines:
                json.loads(placeholders.fill((example.folder / machine.definition).read_text(), dict.fromkeys(named, "arn")))
                named.append(f"{machine.name}Arn")
            for function in example.functions:
                self.assertTrue((example.folder / function.folder).is_dir(), function.folder)
            self.assertIn(f"`{example.name}`", (ROOT / "README.md").read_text())


class PlaceholderTest(unittest.TestCase):
    def test_values_are_written_as_json(self):
        self.assertEqual(placeholders.fill('{"a": "${X}"}', {"X": 'q"'}), '{"a": "q\\""}')

    def test_unknown(self):
        with self.assertRaisesRegex(placeholders.UnknownPlaceholder, r"\$\{Y\}.*there are: X"):
            placeholders.fill("${Y}", {"X": ""})

    def test_times(self):
        now = datetime.datetime(2026, 1, 1, 12, 0, 58)
        self.assertEqual(placeholders.fill_times({"a": ["${now+3s}", 1]}, now), {"a": ["2026-01-01T12:01:01Z", 1]})

    def test_difference(self):
        self.assertIsNone(placeholders.difference({"a": [1, {"b": "${any}"}]}, {"a": [1.0, {"b": {"c": 2}}]}))
        for expected, actual, where in (({"a": 1}, {"a": 2}, "$.a"), ([1], [1, 2], "$ has 2"), ({"a": 1}, {}, "members"), (1, True, "$ is"), (None, 0, "$ is")):
            with self.subTest(expected):
                self.assertIn(where, placeholders.difference(expected, actual))


class DeployTest(Folder):
    def setUp(self):
        super().setUp()
        self.fake = Fake(lambda _: (DONE, []))
        self.addCleanup(self.fake.close)
        self.client = Client(self.fake.endpoint)

    def test_new(self):
        values = deploy.deploy(self.client, self.write())
        self.assertEqual(json.loads(self.fake.machines["M"]["definition"]), {"Resource": values["FunArn"], "Activity": values["ActArn"]})
        package = zipfile.ZipFile(io.BytesIO(base64.b64decode(self.fake.functions["Fun"]["Code"]["ZipFile"])))
        self.assertEqual(package.namelist(), ["bootstrap"])
        self.assertEqual(package.getinfo("bootstrap").external_attr >> 16 & 0o777, 0o755)

    def test_again_after_a_change(self):
        deploy.deploy(self.client, self.write())
        (self.root / "one/m.asl.json").write_text("{}")
        deploy.deploy(self.client, self.write())
        self.assertEqual(self.fake.machines["M"]["definition"], "{}")
        self.assertIn("PUT /2015-03-31/functions/Fun/code", self.fake.calls)
        self.assertNotIn("DELETE /2015-03-31/functions/Fun", self.fake.calls)

    def test_a_function_with_another_configuration_is_made_anew(self):
        deploy.deploy(self.client, self.write())
        self.data["functions"][0]["timeout_seconds"] = 9
        deploy.deploy(self.client, self.write())
        self.assertIn("DELETE /2015-03-31/functions/Fun", self.fake.calls)
        self.assertEqual(self.fake.functions["Fun"]["Timeout"], 9)

    def test_queues_topics_and_rules(self):
        self.data |= {
            "queues": [{"name": "Q", "attributes": {"DelaySeconds": "1"}}],
            "topics": [{"name": "T", "subscriptions": [{"queue": "Q", "attributes": {"FilterPolicy": {"a": ["b"]}}}]}],
            "rules": [{"name": "R", "pattern": {"source": ["s"]}, "state_machine": "M", "input_path": "$.detail"}],
        }
        values = deploy.deploy(self.client, self.write())
        self.data["queues"][0]["attributes"] = {"DelaySeconds": "2"}
        self.assertEqual(deploy.deploy(self.client, self.write()), values)
        made = self.fake.neighbours
        self.assertEqual((values["QUrl"], made.queues["Q"]), ("http://queues/Q", {"DelaySeconds": "2"}))
        self.assertEqual(made.subscriptions, {values["QArn"]: {"FilterPolicy": '{"a": ["b"]}'}})
        target = made.rules["R"]["Targets"][0]
        self.assertEqual((made.rules["R"]["EventPattern"], target["Arn"], target["InputPath"]), ('{"source": ["s"]}', values["MArn"], "$.detail"))

    def test_packages_are_reproducible(self):
        self.write()
        first = deploy.pack(self.root / "one/code")
        (self.root / "one/code/bootstrap").touch()
        self.assertEqual(first, deploy.pack(self.root / "one/code"))


class RunTest(Folder):
    def run_it(self, execution, answers_itself=True, made=lambda fake: None):
        fake = Fake(execution)
        made(fake)
        self.addCleanup(fake.close)
        client, said, example = Client(fake.endpoint), [], self.write()
        values = deploy.deploy(client, example)
        run = Runner(client, said.append, answers_itself).run(example, example.executions[0], values)
        return fake, run, said

    HISTORY = [
        event(1, 0, "ExecutionStarted"),
        event(2, 0, "PassStateEntered", name="A"),
        event(3, 2, "PassStateExited", name="A"),
        event(4, 3, "ExecutionSucceeded"),
    ]

    def test_as_expected(self):
        fake, run, said = self.run_it(lambda _: (DONE, self.HISTORY))
        self.assertIsNone(run.problem)
        self.assertEqual([line.split("s  ")[1] for line in said], ["→ A", "✓ A"])
        self.assertRegex(next(iter(fake.inputs.values()))["at"], r"^20\d\d-")

    def test_another_end(self):
        _, run, _ = self.run_it(lambda _: ({"status": "FAILED", "error": "E", "cause": "c"}, self.HISTORY))
        self.assertIn("ended FAILED, expected SUCCEEDED (E: c)", run.problem)

    def test_another_output(self):
        _, run, _ = self.run_it(lambda _: (DONE | {"output": '{"a": 2}'}, self.HISTORY))
        self.assertIn("output.a is 2, expected 1", run.problem)

    def test_no_end(self):
        self.data["executions"][0]["timeout_seconds"] = 0.2
        _, run, _ = self.run_it(lambda _: ({"status": "RUNNING"}, self.HISTORY[:3]))
        self.assertIn("waited 0.2 s", run.problem)

    def test_express(self):
        self.data["state_machines"][0]["type"] = "EXPRESS"
        fake, run, _ = self.run_it(lambda _: (DONE, []))
        self.assertIsNone(run.problem)
        self.assertIn("StartSyncExecution", fake.calls)

    def test_messages_afterwards(self):
        self.data["queues"] = [{"name": "Q"}]
        self.data["executions"][0]["expect"]["messages"] = {"Q": [{"n": 1}]}
        for held, problem in (([{"n": 1}], None), ([], "messages.Q has 0 elements, expected 1"), ([{"n": 2}], "messages.Q[0].n is 2")):
            with self.subTest(held):
                _, run, _ = self.run_it(lambda _: (DONE, self.HISTORY), made=lambda fake: setattr(fake.neighbours, "messages", held))
                self.assertEqual(run.problem and run.problem.split(", exp")[0], problem and problem.split(", exp")[0])

    def test_started_by_a_rule(self):
        self.data["rules"] = [{"name": "R", "pattern": {}, "state_machine": "M"}]
        self.data["executions"][0] |= {"started_by": "R", "input": {"source": "s", "detail-type": "t", "detail": {"n": 1}}}
        fake, run, _ = self.run_it(lambda _: (DONE, self.HISTORY))
        self.assertIsNone(run.problem)
        self.assertEqual(list(fake.inputs.values()), [{"n": 1}])

    def test_started_by_a_schedule(self):
        self.data["schedules"] = [{"name": "S", "expression": "at(${now+2s})", "state_machine": "M", "input": {"n": 2}}]
        self.data["executions"][0] |= {"started_by": "S", "input": None}
        fake, run, _ = self.run_it(lambda _: (DONE, self.HISTORY))
        self.assertIsNone(run.problem)
        self.assertEqual(list(fake.inputs.values()), [{"n": 2}])
        self.assertRegex(fake.neighbours.schedules["S"]["ScheduleExpression"], r"^at\(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\)$")

    ASKING = [
        event(1, 0, "ExecutionStarted"),
        event(2, 0, "TaskStateEntered", name="Ask"),
        event(3, 2, "TaskScheduled", parameters='{"Payload": {"token": "T1"}}'),
        event(4, 3, "TaskStarted"),
        event(5, 4, "TaskSubmitted"),
    ]

    def approval(self, answers_itself):
        self.data["executions"][0]["answers"] = [{"state": "Ask", "token": "Payload.token", "output": {"yes": True}}]
        fakes = []  # the one that run_it makes
        return self.run_it(
            lambda _: (DONE if fakes[0].answered else {"status": "RUNNING"}, self.ASKING), answers_itself=answers_itself, made=fakes.append
        )

    def test_a_person_is_played(self):
        fake, run, _ = self.approval(answers_itself=True)
        self.assertEqual(fake.answered, ("T1", {"yes": True}))
        self.assertIsNone(run.problem)
        self.assertEqual(run.outcome.status, "SUCCEEDED")

    def test_a_person_is_waited_for(self):
        fake, run, _ = self.approval(answers_itself=False)
        self.assertEqual(run.waiting_for[1], "T1")
        self.assertIsNone(fake.answered)
        self.assertIsNone(run.outcome)


class CompareTest(unittest.TestCase):
    def test_errors(self):
        expect = manifest.Expectation("FAILED", error="E", cause="${any}")
        execution = manifest.Execution("e", "M", expect)
        self.assertIsNone(compare(execution, Outcome("FAILED", error="E", cause="whatever")))
        self.assertIn("error is", compare(execution, Outcome("FAILED", error="F")))


class HistoryTest(unittest.TestCase):
    def tell(self, *events):
        return [line for _, line in Narrator().news(list(events)) if line]

    def test_retries(self):
        lines = self.tell(
            event(1, 0, "TaskStateEntered", name="A"),
            event(2, 1, "LambdaFunctionScheduled", resource="x"),
            event(3, 2, "LambdaFunctionFailed", error="E", cause='{"errorMessage": "no luck", "errorType": "E"}'),
            event(4, 3, "LambdaFunctionScheduled", resource="x"),
            event(5, 4, "LambdaFunctionSucceeded"),
        )
        self.assertEqual(lines, ["→ A", "  ✗ E: no luck", "  once more"])

    def test_branches_are_indented(self):
        lines = self.tell(
            event(1, 0, "ParallelStateEntered", name="P") | {"stateEnteredEventDetails": {"name": "P"}},
            event(2, 1, "ParallelStateStarted"),
            event(3, 2, "PassStateEntered", name="A"),
            event(4, 3, "PassStateExited", name="A"),
            event(5, 4, "ParallelStateSucceeded"),
            event(6, 5, "ParallelStateExited", name="P"),
        )
        self.assertEqual(lines, ["→ P", "  → A", "  ✓ A", "✓ P"])

    def test_brief_causes(self):
        self.assertEqual(brief_cause("a\nb"), "a")
        self.assertEqual(len(brief_cause("x" * 500)), 98)


if __name__ == "__main__":
    unittest.main()
