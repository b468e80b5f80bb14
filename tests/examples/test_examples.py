"""Each execution of examples/ ends as its example.json says, run as `./dev up --once` runs it; its history keeps the rules."""

import json
import pathlib
import unittest

from examples import deploy, manifest
from examples.placeholders import fill
from examples.run import Runner
from examples.workers import Workers
from local.aws import Client
from local.server import ROOT, Server
from support import history


class ExampleCase(unittest.TestCase):
    """The cases of one example share a server, the functions and the workers. Its subclasses are made below."""

    example: manifest.Example

    @classmethod
    def setUpClass(cls):
        server = cls.enterClassContext(Server())
        cls.client = Client(server.endpoint)
        cls.workers = cls.enterClassContext(Workers(server.endpoint, server.data_dir))
        try:
            cls.values = deploy.deploy(cls.client, cls.example)
        except deploy.Impossible as reason:
            raise unittest.SkipTest(str(reason)) from None
        cls.workers.start(cls.example, cls.values)

    def run_one(self, execution: manifest.Execution) -> None:
        machine = next(machine for machine in self.example.state_machines if machine.name == execution.state_machine)
        story = []
        run = Runner(self.client, story.append, answers_itself=True).run(self.example, execution, self.values)
        self.assertIsNone(run.problem, "\n".join(story + self.workers.dead()))
        if not self.example.is_express(execution):
            definition = json.loads(fill((self.example.folder / machine.definition).read_text(), self.values))
            events = self.client.states("GetExecutionHistory", executionArn=run.arn, maxResults=1000)["events"]
            self.assertEqual(history.problems(events, run.outcome.status, definition), [], "\n" + history.text(events))

    def ask_one(self, request: manifest.Request) -> None:
        story = []
        run = Runner(self.client, story.append, answers_itself=True).ask(request, self.values[f"{request.api}Url"])
        self.assertIsNone(run.problem, "\n".join(story))


def cases(example: manifest.Example) -> type:
    members = {"example": example, "__module__": __name__}
    for execution in example.executions:
        members["test_" + execution.name.replace("-", "_")] = lambda self, chosen=execution: self.run_one(chosen)
    for request in example.requests:
        members["test_" + request.name.replace("-", "_")] = lambda self, chosen=request: self.ask_one(chosen)
    return type(example.name.capitalize(), (ExampleCase,), members)


for found in manifest.load_all(pathlib.Path(ROOT / "examples"), []):
    globals()[found.name.capitalize()] = cases(found)
del ExampleCase  # it has no cases of its own
