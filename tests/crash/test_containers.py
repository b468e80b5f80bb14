"""kill -9 of a server whose tasks run containers: these go on, and each end is told once."""

import json
import subprocess
import unittest

from local.aws import ROLE, Client
from local.server import Server
from local.wait import wait_until
from support import history
from support.containers import IMAGE, need_containers
from support.machines import machine

SYNC = "arn:aws:states:::ecs:runTask.sync"


class Containers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need_containers()

    def setUp(self):
        self.server = self.enterContext(Server())
        self.client = Client(self.server.endpoint)
        self.client.tasks("CreateCluster")
        # The container goes on until the test lets it end, by a file of its own.
        log = {"awslogs-group": "/ecs/crash", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p", "awslogs-create-group": "true"}
        container = {
            "name": "main",
            "image": IMAGE,
            "command": ["sh", "-c", "echo begun; while ! test -e /tmp/end; do sleep 0.05; done; echo over; exit 0"],
            "logConfiguration": {"logDriver": "awslogs", "options": log},
        }
        self.client.tasks("RegisterTaskDefinition", family="crash", memory="64", containerDefinitions=[container])
        self.definition = machine(("Run", {"Type": "Task", "Resource": SYNC, "Parameters": {"TaskDefinition": "crash"}}))
        arn = self.client.states("CreateStateMachine", name="crash", definition=json.dumps(self.definition), roleArn=ROLE)["stateMachineArn"]
        self.execution = self.client.states("StartExecution", stateMachineArn=arn, input="{}")["executionArn"]
        self.arn = wait_until(lambda: self.client.tasks("ListTasks")["taskArns"], "the task", 30)[0]

    def tearDown(self):
        self.engine("rm", "--force", "--time", "0", self.container())

    def container(self) -> str:
        return f"ecs-{self.arn.rsplit('/', 1)[1]}-main"

    def engine(self, *command: str) -> str:
        return subprocess.run(["podman", *command], capture_output=True, text=True, timeout=60).stdout.strip()

    def process(self) -> str:
        return self.engine("inspect", "--format", "{{.State.Pid}}", self.container())

    def task(self) -> dict:
        return self.client.tasks("DescribeTasks", tasks=[self.arn])["tasks"][0]

    def reached(self, status: str) -> dict:
        return wait_until(lambda: (found := self.task())["lastStatus"] == status and found, f"the task to be {status}", 60)

    def let_it_end(self) -> None:
        """From outside: into the container's own file system."""
        subprocess.run(["touch", f"/proc/{self.process()}/root/tmp/end"], check=True, timeout=10)

    def check(self) -> None:
        ended = wait_until(
            lambda: (found := self.client.states("DescribeExecution", executionArn=self.execution))["status"] != "RUNNING" and found,
            "the execution to end",
            60,
        )
        self.assertEqual(ended["status"], "SUCCEEDED", ended.get("cause"))
        self.assertEqual(json.loads(ended["output"])["Containers"][0]["ExitCode"], 0)
        events = self.client.states("GetExecutionHistory", executionArn=self.execution, maxResults=1000)["events"]
        self.assertEqual(history.problems(events, "SUCCEEDED", self.definition), [], "\n" + history.text(events))
        stopped = self.client.tasks("ListTasks", desiredStatus="STOPPED")["taskArns"]
        self.assertEqual((stopped, self.client.tasks("ListTasks")["taskArns"]), ([self.arn], []))

    def test_while_it_runs(self):
        self.reached("RUNNING")
        before = self.process()
        self.server.kill()
        self.assertEqual(self.process(), before, "the container outlives the server")
        self.server.start()
        self.assertEqual(self.task()["lastStatus"], "RUNNING")
        self.let_it_end()
        self.check()

    def test_it_ends_while_the_server_is_down(self):
        self.reached("RUNNING")
        self.server.kill()
        self.let_it_end()
        wait_until(lambda: self.engine("inspect", "--format", "{{.State.Status}}", self.container()) == "exited", "the container to end", 30)
        self.server.start()
        self.check()

    def test_before_it_runs(self):
        """Whatever the commit of RunTask has promised is begun after the restart, once."""
        self.server.kill()
        self.server.start()
        self.reached("RUNNING")
        self.let_it_end()
        self.check()


if __name__ == "__main__":
    unittest.main()
