"""ECS where access is controlled: who may run what, with which roles, and as whom containers work."""

import unittest

from local.wait import wait_until
from support.access import ACCOUNT, ROOT, AccessCase, allow, trust
from support.containers import IMAGE, need_containers
from support.target import unique

OF_TASKS = trust(Service="ecs-tasks.amazonaws.com")
LOG = {"awslogs-group": "/ecs/access", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p", "awslogs-create-group": "true"}
DEFINITION = f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition"


class Access(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ecs = cls.target.client("ecs", keys=ROOT)
        cls.logs = cls.target.client("logs", keys=ROOT)
        cls.ecs.create_cluster()

    def define(self, role: str, **more) -> str:
        show = 'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN"'
        container = {"name": "main", "image": IMAGE, "command": ["sh", "-c", show], "logConfiguration": {"logDriver": "awslogs", "options": LOG}}
        family = unique("family")
        self.ecs.register_task_definition(family=family, memory="64", containerDefinitions=[container], taskRoleArn=role, **more)
        return family

    def test_roles_are_passed_on(self):
        role = self.role(trusts=OF_TASKS)
        family = self.define(role)
        name, keys = self.user(allow("ecs:*"))
        arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
        for call in (
            lambda: self.client(keys, "ecs").run_task(taskDefinition=family),
            lambda: self.client(keys, "ecs").register_task_definition(
                family=family, taskRoleArn=role, containerDefinitions=[{"name": "main", "image": IMAGE, "memory": 16}]
            ),
        ):
            with self.refused_to(arn, "iam:PassRole", role):
                call()

    def test_what_may_be_run(self):
        family = self.define(self.role(trusts=OF_TASKS))
        name, keys = self.user(allow("ecs:RunTask", resource=f"{DEFINITION}/{family}-other:*"))
        with self.refused_to(f"arn:aws:iam::{ACCOUNT}:user/{name}", "ecs:RunTask", f"{DEFINITION}/{family}:1"):
            self.client(keys, "ecs").run_task(taskDefinition=family)

    def test_a_role_that_trusts_somebody_else(self):
        need_containers()
        with self.refused("ClientException") as caught:
            self.ecs.run_task(taskDefinition=self.define(self.role()))
        self.assertIn("ECS was unable to assume the role", str(caught.exception))

    def test_a_container_works_as_its_role(self):
        need_containers()
        role = self.role(allow("states:ListActivities"), trusts=OF_TASKS)
        writer = self.role(allow("logs:*"), trusts=OF_TASKS)
        family = self.define(role, executionRoleArn=writer)
        arn = self.ecs.run_task(taskDefinition=family)["tasks"][0]["taskArn"]
        task = wait_until(lambda: (found := self.ecs.describe_tasks(tasks=[arn])["tasks"][0])["lastStatus"] == "STOPPED" and found, "the task", 60)
        self.assertEqual(task["containers"][0].get("exitCode"), 0, task.get("stoppedReason"))
        stream = f"p/main/{arn.rsplit('/', 1)[1]}"
        keys = tuple(self.logs.get_log_events(logGroupName="/ecs/access", logStreamName=stream)["events"][0]["message"].split())
        self.assertIn(f":assumed-role/{role.rsplit('/', 1)[1]}/", self.who(keys))
        self.client(keys).list_activities()
        with self.refused("AccessDeniedException"):
            self.client(keys).list_state_machines()

    def test_a_role_that_may_not_write_logs(self):
        need_containers()
        family = self.define(self.role(trusts=OF_TASKS), executionRoleArn=self.role(trusts=OF_TASKS))
        arn = self.ecs.run_task(taskDefinition=family)["tasks"][0]["taskArn"]
        task = wait_until(lambda: (found := self.ecs.describe_tasks(tasks=[arn])["tasks"][0])["lastStatus"] == "STOPPED" and found, "the task", 60)
        self.assertEqual(task["stopCode"], "TaskFailedToStart")
        self.assertIn("AccessDeniedException", task["stoppedReason"])


if __name__ == "__main__":
    unittest.main()
