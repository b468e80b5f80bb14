"""Tasks of ECS through the AWS command line."""

import json
import unittest

from aws_cli import AwsCli, Refused
from local.wait import wait_until
from support.containers import IMAGE, need_containers
from support.target import ServiceCase, unique


class Ecs(ServiceCase):
    own_server_only = True

    def setUp(self):
        self.aws = AwsCli(self.target)
        self.family = unique("family")
        self.aws("ecs", "create-cluster")

    def define(self, *command: str) -> dict:
        containers = [{"name": "main", "image": IMAGE, "memory": 64, "command": list(command)}]
        given = ["--family", self.family, "--container-definitions", json.dumps(containers)]
        return self.aws("ecs", "register-task-definition", *given)["taskDefinition"]

    def test_definitions_and_clusters(self):
        arn = self.define("true")["taskDefinitionArn"]
        self.assertTrue(arn.endswith(f":task-definition/{self.family}:1"))
        self.assertEqual(self.aws("ecs", "list-task-definitions", "--family-prefix", self.family)["taskDefinitionArns"], [arn])
        self.assertEqual(self.aws("ecs", "describe-task-definition", "--task-definition", self.family)["taskDefinition"]["revision"], 1)
        self.assertEqual(self.aws("ecs", "describe-clusters")["clusters"][0]["clusterName"], "default")
        self.assertEqual(self.aws("ecs", "deregister-task-definition", "--task-definition", arn)["taskDefinition"]["status"], "INACTIVE")
        with self.assertRaisesRegex(Refused, "ClusterNotFoundException"):
            self.aws("ecs", "list-tasks", "--cluster", "none")

    def test_a_task(self):
        need_containers()
        self.define("sh", "-c", "exit $CODE")
        overrides = {"containerOverrides": [{"name": "main", "environment": [{"name": "CODE", "value": "8"}]}]}
        ran = self.aws("ecs", "run-task", "--task-definition", self.family, "--overrides", json.dumps(overrides))
        arn = ran["tasks"][0]["taskArn"]
        ecs = self.target.client("ecs")
        wait_until(lambda: ecs.describe_tasks(tasks=[arn])["tasks"][0]["lastStatus"] == "STOPPED", "the task to stop", 60)
        task = self.aws("ecs", "describe-tasks", "--tasks", arn)["tasks"][0]
        self.assertEqual((task["lastStatus"], task["containers"][0]["exitCode"]), ("STOPPED", 8))
        self.assertEqual(self.aws("ecs", "stop-task", "--task", arn)["task"]["lastStatus"], "STOPPED")


if __name__ == "__main__":
    unittest.main()
