"""./dev crash in short: it comes through, and would have noticed what a server loses, doubles or ends wrongly."""

import contextlib
import io
import json
import shutil
import unittest

from local.aws import ROLE, Client
from local.server import Server
from local.wait import wait_until
from storm import places, run
from storm.kinds import ACTIVITY, arn_of, queue_url
from storm.ledger import Execution, Ledger
from storm.verdict import Verdict
from support.machines import passing
from witness import Witness


def storm(kills: int, *arguments: str) -> tuple[int, list[str]]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        status = run.storm(kills, 5, list(arguments))
    return status, output.getvalue().splitlines()


class Storm(unittest.TestCase):
    def test_nothing_is_lost(self):
        status, lines = storm(5)
        self.assertEqual(status, 0, "\n".join(lines))
        self.assertRegex(lines[-2], r"^executions .* · messages [1-9][\d,]* · children [1-9][\d,]*$")
        self.assertRegex(lines[-1], r"^kills 5 · acknowledged [\d,]+ · lost 0 · doubled 0 · wrong end 0 · unsound 0$")
        self.assertGreater(int(lines[-1].split(" · ")[1].split()[1].replace(",", "")), 200, "the load did little")

    def test_a_store_that_forgets_is_noticed(self):
        status, lines = storm(2, "--store", "memory")
        self.assertEqual(status, 1)
        self.assertRegex(lines[-2], r" · lost [1-9]")
        shutil.rmtree(lines[-1].split()[-1])


class Notices(unittest.TestCase):
    """An honest server and a ledger that says otherwise."""

    def setUp(self):
        server = self.enterContext(Server())
        self.client = Client(server.endpoint)
        places.create(self.client)
        self.ledger = Ledger()
        self.witness = Witness(self.client)

    def execution(self, kind: str, name: str, **input_) -> Execution:
        execution = Execution(name, kind, {"name": name} | input_)
        self.ledger.executions[name] = execution
        self.start(execution)
        return execution

    def start(self, execution: Execution) -> None:
        request = {"stateMachineArn": arn_of(execution.kind), "name": execution.name, "input": json.dumps(execution.input)}
        self.ledger.started(execution, self.client.states("StartExecution", **request))

    def ended(self, execution: Execution) -> dict:
        return self.end_of(execution.arn)

    def end_of(self, arn: str) -> dict:
        def description():
            found = self.client.states("DescribeExecution", executionArn=arn)
            return found if found["status"] != "RUNNING" else None

        return wait_until(description, f"{arn} to end")

    def worked(self, name: str = "task-1") -> Execution:
        """A task that was answered with {"by": 1}."""
        execution = self.execution("task", name)
        task = self.client.states("GetActivityTask", activityArn=ACTIVITY)
        self.ledger.handed_out(task["taskToken"], (name, None))
        answer = self.ledger.answer((name, None), task["taskToken"], {"by": 1})
        self.client.states("SendTaskSuccess", taskToken=task["taskToken"], output='{"by": 1}')
        answer.acknowledged = True
        self.ended(execution)
        return execution

    def found(self) -> dict[str, int]:
        Verdict(self.client, self.witness, self.ledger).everything(lambda number, of: None)
        return {sort: len(texts) for sort, texts in self.ledger.problems.items() if texts}

    def test_nothing_where_nothing_is(self):
        self.worked()
        self.ended(self.execution("chain", "chain-1", seconds=0, good=True))
        self.ended(self.execution("chain", "chain-2", seconds=0, good=False))
        self.ended(self.execution("parent", "parent-1", seconds=0))
        self.ended(self.execution("messenger", "messenger-1"))
        self.assertEqual(self.found(), {})

    def test_an_execution_that_is_gone(self):
        self.ledger.executions["chain-1"] = Execution("chain-1", "chain", {"name": "chain-1"}, started=1.0, known=True)
        self.assertEqual(self.found(), {"lost": 1})

    def test_an_execution_that_began_at_another_time(self):
        execution = self.execution("chain", "chain-1", seconds=0, good=True)
        execution.started -= 1
        self.ended(execution)
        self.assertEqual(self.found(), {"lost": 1})
        self.start(self.execution("sleeper", "sleeper-1"))
        self.ledger.executions["sleeper-1"].started -= 1
        self.start(self.ledger.executions["sleeper-1"])
        self.assertEqual(len(self.ledger.problems["doubled"]), 1)

    def test_an_execution_that_nobody_started(self):
        self.ended(self.execution("chain", "chain-1", seconds=0, good=True))
        del self.ledger.executions["chain-1"]
        self.assertEqual(self.found(), {"doubled": 1})

    def test_a_wrong_end(self):
        execution = self.execution("chain", "chain-1", seconds=0, good=True)
        self.ended(execution)
        execution.input["good"] = False
        self.assertEqual(self.found()["wrong end"], 3)  # status, error and cause

    def test_a_stop_that_is_gone(self):
        execution = self.execution("chain", "chain-1", seconds=0, good=True)
        execution.stopped = self.ended(execution)["stopDate"] - 1
        self.assertEqual(self.found(), {"lost": 1})

    def test_an_answer_that_is_gone(self):
        self.worked()
        self.ledger.answers["task-1", None][0].output = {"by": 2}
        self.assertEqual(self.found(), {"lost": 2})  # neither the output nor in the history

    def test_two_answers_to_a_task(self):
        self.worked()
        self.ledger.answer(("task-1", None), "another", {"by": 1}).acknowledged = True
        self.assertEqual(self.found(), {"doubled": 1})

    def test_a_task_that_was_handed_out_twice(self):
        self.ledger.handed_out("token", ("task-1", None))
        self.ledger.handed_out("token", ("task-1", None))
        self.assertEqual(self.found(), {"doubled": 1})

    def test_a_child_too_many(self):
        self.ended(self.execution("parent", "parent-1", seconds=0))
        request = {"name": "parent-1", "seconds": 0, "good": True}
        child = self.client.states("StartExecution", stateMachineArn=arn_of("child"), input=json.dumps(request))["executionArn"]
        self.end_of(child)
        self.assertEqual(self.found(), {"doubled": 1})

    def messenger(self) -> None:
        self.ended(self.execution("messenger", "messenger-1"))

    def test_a_child_of_a_messenger_too_many(self):
        self.messenger()
        request = json.dumps({"name": "messenger-1", "by": "started"})
        self.end_of(self.client.states("StartExecution", stateMachineArn=arn_of("errand"), input=request)["executionArn"])
        self.assertEqual(self.found(), {"doubled": 1})

    def test_a_message_too_many(self):
        self.messenger()
        for queue in ("sent", "published-raw"):
            self.client.queues("SendMessage", QueueUrl=queue_url(queue), MessageBody=json.dumps({"name": "messenger-1"}))
        self.assertEqual(self.found(), {"doubled": 2})

    def test_messages_that_are_gone(self):
        self.messenger()
        for queue in places.QUEUES:
            self.client.queues("PurgeQueue", QueueUrl=queue_url(queue))
        self.assertEqual(self.found(), {"lost": len(places.QUEUES)})

    def test_other_messages(self):
        self.messenger()
        output = json.loads(self.ended(self.ledger.executions["messenger-1"])["output"])
        verdict = Verdict(self.client, self.witness, self.ledger)
        verdict._told["messenger-1"] = output | {"sent": {"id": "x"}, "event": {"id": "y"}}
        verdict._messages({self.ledger.executions["messenger-1"].arn: {}})
        self.assertEqual(len(self.ledger.problems["wrong end"]), 2)

    def test_an_express_execution_that_was_not_run(self):
        self.ledger.executions["express-1"] = Execution("express-1", "express", {"name": "express-1"}, known=True)
        self.assertEqual(self.found(), {"lost": 1})

    def test_history_that_is_gone(self):
        execution = self.execution("chain", "chain-1", seconds=0, good=True)
        self.ended(execution)
        events = self.witness.history(execution.arn)
        for seen in ([*events, events[-1] | {"id": len(events) + 1}], [events[0] | {"type": "Other"}]):
            self.witness._seen[execution.arn] = seen
            self.assertEqual(self.found(), {"lost": 1})
            self.ledger.problems["lost"].clear()

    def test_changes_of_resources(self):
        name = "changing-1"
        self.client.states("CreateStateMachine", name=name, definition=json.dumps(passing(3)), roleArn=ROLE)
        for acknowledged, tried, problems in ((3, 3, 0), (2, 4, 0), (4, 4, 1), (1, 2, 1)):
            resource = self.ledger.new_resource(arn_of(name))
            resource.exists = True
            resource.acknowledged["comment"], resource.tried["comment"] = acknowledged, tried
            with self.subTest(acknowledged=acknowledged, tried=tried):
                self.assertEqual(self.found().get("lost", 0), problems)
            self.ledger.resources.clear()
            self.ledger.problems["lost"].clear()
        self.ledger.new_resource(arn_of(name)).exists = False  # deleted, and there
        self.ledger.new_resource(arn_of("changing-2")).exists = True  # there, and not
        self.assertEqual(self.found(), {"lost": 2})


if __name__ == "__main__":
    unittest.main()
