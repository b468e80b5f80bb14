"""Amazon ECS through boto3: definitions, clusters, and tasks whose containers really run."""

import json
import pathlib
import unittest

from local.wait import wait_until
from support.containers import IMAGE, need_containers
from support.machines import machine
from support.target import ServiceCase, unique

BUILT = {
    *("create_cluster", "delete_cluster", "delete_task_definitions", "deregister_task_definition", "describe_clusters", "describe_task_definition"),
    *("describe_tasks", "list_clusters", "list_tags_for_resource", "list_task_definition_families", "list_task_definitions", "list_tasks"),
    *("register_task_definition", "run_task", "stop_task", "tag_resource", "untag_resource", "update_cluster", "update_cluster_settings"),
}


class EcsCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ecs = cls.target.client("ecs")
        cls.logs = cls.target.client("logs")
        cls.ecs.create_cluster()

    def define(self, *containers: dict, **more) -> str:
        """The family of a new definition; each container is given what differs from busybox that does nothing."""
        usual = {"name": "main", "image": IMAGE, "command": ["true"]}
        family = unique("family")
        more.setdefault("memory", "64")
        self.ecs.register_task_definition(family=family, containerDefinitions=[usual | one for one in containers or ({},)], **more)
        return family

    def task(self, arn: str) -> dict:
        return self.ecs.describe_tasks(tasks=[arn])["tasks"][0]

    def run_one(self, family: str, **more) -> str:
        answer = self.ecs.run_task(taskDefinition=family, **more)
        self.assertEqual(answer["failures"], [])
        return answer["tasks"][0]["taskArn"]

    def reached(self, arn: str, status: str) -> dict:
        return wait_until(lambda: (found := self.task(arn))["lastStatus"] == status and found, f"{arn} to be {status}", 60, every=0.05)


class Definitions(EcsCase):
    def test_revisions(self):
        family = self.define({"portMappings": [{"containerPort": 80}]}, cpu="256", tags=[{"key": "a", "value": "b"}])
        self.ecs.register_task_definition(family=family, containerDefinitions=[{"name": "main", "image": IMAGE, "memory": 16}])
        answer = self.ecs.describe_task_definition(taskDefinition=f"{family}:1", include=["TAGS"])
        first = answer["taskDefinition"]
        self.assertEqual(answer["tags"], [{"key": "a", "value": "b"}])
        self.assertEqual((first["revision"], first["status"], first["cpu"], first["memory"]), (1, "ACTIVE", "256", "64"))
        self.assertEqual(self.ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]["revision"], 2)
        arns = self.ecs.list_task_definitions(familyPrefix=family)["taskDefinitionArns"]
        self.assertEqual(arns, [f"arn:aws:ecs:us-east-1:123456789012:task-definition/{family}:{n}" for n in (1, 2)])
        self.assertIn(family, self.ecs.list_task_definition_families(familyPrefix=family)["families"])
        gone = self.ecs.deregister_task_definition(taskDefinition=f"{family}:1")["taskDefinition"]
        self.assertEqual(gone["status"], "INACTIVE")
        self.assertIn("deregisteredAt", gone)
        if hasattr(self.ecs, "delete_task_definitions"):
            deleted = self.ecs.delete_task_definitions(taskDefinitions=[f"{family}:1", f"{family}:2"])
            self.assertEqual([one["status"] for one in deleted["taskDefinitions"]], ["DELETE_IN_PROGRESS"])
            self.assertEqual(len(deleted["failures"]), 1)

    def test_what_is_none(self):
        for code, parameters in (
            ("ClientException", {"containerDefinitions": []}),
            ("ClientException", {"containerDefinitions": [{"name": "a", "image": "i"}]}),
            ("NotImplemented", {"containerDefinitions": [{"name": "a", "image": "i", "memory": 4, "secrets": [{"name": "S", "valueFrom": "arn"}]}]}),
        ):
            with self.refused(code):
                self.ecs.register_task_definition(family="f", **parameters)
        with self.refused("ClientException", "Unable to describe task definition."):
            self.ecs.describe_task_definition(taskDefinition="nothing-like-it")
        with self.refused("ClusterNotFoundException", "Cluster not found."):
            self.ecs.list_tasks(cluster="nothing-like-it")

    def test_clusters(self):
        name = unique("cluster")
        made = self.ecs.create_cluster(clusterName=name, tags=[{"key": "k", "value": "v"}], settings=[{"name": "containerInsights", "value": "enabled"}])
        arn = made["cluster"]["clusterArn"]
        self.assertEqual(made["cluster"]["status"], "ACTIVE")
        self.assertEqual(self.ecs.create_cluster(clusterName=name)["cluster"]["clusterArn"], arn)
        self.assertIn(arn, self.ecs.list_clusters()["clusterArns"])
        described = self.ecs.describe_clusters(clusters=[name, "none"], include=["TAGS", "SETTINGS"])
        self.assertEqual(described["clusters"][0]["tags"], [{"key": "k", "value": "v"}])
        self.assertEqual(described["failures"][0]["reason"], "MISSING")
        changed = [{"name": "containerInsights", "value": "disabled"}]
        self.assertEqual(self.ecs.update_cluster_settings(cluster=name, settings=changed)["cluster"]["settings"], changed)
        self.assertEqual(self.ecs.update_cluster(cluster=name, settings=changed)["cluster"]["clusterName"], name)
        self.ecs.tag_resource(resourceArn=arn, tags=[{"key": "l", "value": "w"}])
        self.ecs.untag_resource(resourceArn=arn, tagKeys=["k"])
        self.assertEqual(self.ecs.list_tags_for_resource(resourceArn=arn)["tags"], [{"key": "l", "value": "w"}])
        self.assertEqual(self.ecs.delete_cluster(cluster=name)["cluster"]["status"], "INACTIVE")

    def test_what_is_not_built_says_so(self):
        for operation in sorted(set(self.ecs.meta.method_to_api_mapping) - BUILT):
            with self.subTest(operation), self.refused("NotImplemented"):
                getattr(self.ecs, operation)()

    def test_every_operation_that_is_built_is_driven(self):
        """Those of BUILT are what the server's own table says; the cases of this file call them all."""
        source = pathlib.Path(__file__).read_text(encoding="utf-8")
        for operation in BUILT & set(self.ecs.meta.method_to_api_mapping):
            self.assertIn(f"self.ecs.{operation}(", source)


class Without(EcsCase):
    arguments = ("--container-socket", "unix:///nowhere/engine.sock")

    def test_a_clear_error_says_so(self):
        with self.refused("InvalidParameterException") as caught:
            self.ecs.run_task(taskDefinition=self.define())
        self.assertIn("No container engine answers at unix:///nowhere/engine.sock.", str(caught.exception))


class Tasks(EcsCase):
    @classmethod
    def setUpClass(cls):
        need_containers()
        super().setUpClass()

    def test_a_task_runs_and_its_log_is_kept(self):
        log = {"awslogs-group": "/ecs/test", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p", "awslogs-create-group": "true"}
        family = self.define(
            {
                "command": ["sh", "-c", "echo $GREETING $NAME; echo oops >&2; exit 3"],
                "environment": [{"name": "GREETING", "value": "hello"}, {"name": "NAME", "value": "nobody"}],
                "logConfiguration": {"logDriver": "awslogs", "options": log},
            }
        )
        override = {"name": "main", "environment": [{"name": "NAME", "value": "Ada"}]}
        answer = self.ecs.run_task(taskDefinition=family, overrides={"containerOverrides": [override]}, startedBy="me", tags=[{"key": "a", "value": "b"}])
        task = answer["tasks"][0]
        arn = task["taskArn"]
        self.assertRegex(arn, r"^arn:aws:ecs:us-east-1:123456789012:task/default/[0-9a-f]{32}$")
        self.assertEqual((task["lastStatus"], task["desiredStatus"], task["startedBy"]), ("PROVISIONING", "RUNNING", "me"))
        stopped = self.reached(arn, "STOPPED")
        self.assertEqual((stopped["stopCode"], stopped["stoppedReason"]), ("EssentialContainerExited", "Essential container in task exited"))
        self.assertEqual([(one["name"], one["lastStatus"], one["exitCode"]) for one in stopped["containers"]], [("main", "STOPPED", 3)])
        self.assertLessEqual(stopped["createdAt"], stopped["startedAt"])
        self.assertLessEqual(stopped["startedAt"], stopped["stoppedAt"])
        stream = f"p/main/{arn.rsplit('/', 1)[1]}"
        events = self.logs.get_log_events(logGroupName="/ecs/test", logStreamName=stream)["events"]
        self.assertEqual(sorted(event["message"] for event in events), ["hello Ada", "oops"])
        self.assertEqual(self.ecs.list_tags_for_resource(resourceArn=arn)["tags"], [{"key": "a", "value": "b"}])
        self.assertIn(arn, self.ecs.list_tasks(desiredStatus="STOPPED", family=family)["taskArns"])

    def test_a_task_is_stopped(self):
        arn = self.run_one(self.define({"command": ["sh", "-c", "trap 'exit 9' TERM; while true; do sleep 0.1; done"]}))
        self.reached(arn, "RUNNING")
        self.assertIn(arn, self.ecs.list_tasks()["taskArns"])
        self.assertGreaterEqual(self.ecs.describe_clusters()["clusters"][0]["runningTasksCount"], 1)
        self.assertEqual(self.ecs.stop_task(task=arn, reason="enough")["task"]["desiredStatus"], "STOPPED")
        stopped = self.reached(arn, "STOPPED")
        self.assertEqual((stopped["stopCode"], stopped["stoppedReason"]), ("UserInitiated", "enough"))
        self.assertEqual(stopped["containers"][0]["exitCode"], 9)
        with self.refused("InvalidParameterException", "The referenced task was not found."):
            self.ecs.stop_task(task="0" * 32)

    def test_what_cannot_start_says_why(self):
        for container, reason in (
            ({"image": "localhost/there-is-no-such-image"}, "CannotPullContainerError: "),
            ({"command": ["/bin/there-is-no-such-command"]}, "CannotStartContainerError: "),
        ):
            with self.subTest(reason):
                stopped = self.reached(self.run_one(self.define(container)), "STOPPED")
                self.assertEqual(stopped["stopCode"], "TaskFailedToStart")
                self.assertTrue(stopped["stoppedReason"].startswith(reason), stopped["stoppedReason"])

    def test_containers_wait_for_others(self):
        family = self.define(
            {"name": "setup", "essential": False},
            {"dependsOn": [{"containerName": "setup", "condition": "SUCCESS"}], "command": ["sh", "-c", "exit 4"]},
            {"name": "side", "essential": False, "command": ["sleep", "300"], "stopTimeout": 1},
        )
        stopped = self.reached(self.run_one(family), "STOPPED")
        codes = {one["name"]: one.get("exitCode") for one in stopped["containers"]}
        self.assertEqual((codes["setup"], codes["main"]), (0, 4))
        self.assertIn(codes["side"], (137, 143))

    def test_a_waiter_and_the_same_token(self):
        family = self.define()
        more = {"clientToken": unique("token")} if "clientToken" in self.ecs.meta.service_model.operation_model("RunTask").input_shape.members else {}
        arn = self.run_one(family, **more)
        self.ecs.get_waiter("tasks_stopped").wait(tasks=[arn], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        if more:
            self.assertEqual(self.run_one(family, **more), arn)

    def test_eventbridge_is_told(self):
        events = self.target.client("events")
        self.logs.create_log_group(logGroupName="/aws/events/ecs")
        pattern = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": {"startedBy": ["the test of events"]}}
        events.put_rule(Name="ecs", EventPattern=json.dumps(pattern))
        events.put_targets(Rule="ecs", Targets=[{"Id": "t", "Arn": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/ecs"}])
        arn = self.run_one(self.define(), startedBy="the test of events")
        self.reached(arn, "STOPPED")
        found = [json.loads(event["message"]) for event in self.logs.filter_log_events(logGroupName="/aws/events/ecs")["events"]]
        self.assertEqual(len([event for event in found if event["detail"]["lastStatus"] == "STOPPED"]), 1)
        last = next(event for event in found if event["detail"]["lastStatus"] == "STOPPED")
        self.assertEqual((last["resources"], last["detail"]["taskArn"]), ([arn], arn))
        self.assertRegex(last["detail"]["stoppedAt"], r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")

    def test_a_rule_runs_a_task(self):
        events = self.target.client("events")
        family = self.define({"command": ["sh", "-c", "exit $CODE"]})
        definition = self.ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]["taskDefinitionArn"]
        events.put_rule(Name=family, EventPattern=json.dumps({"source": [family]}))
        target = {
            "Id": "t",
            "Arn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
            "RoleArn": self.target.role,
            "EcsParameters": {"TaskDefinitionArn": definition, "TaskCount": 1},
            "Input": json.dumps({"containerOverrides": [{"name": "main", "environment": [{"name": "CODE", "value": "6"}]}]}),
        }
        events.put_targets(Rule=family, Targets=[target])
        events.put_events(Entries=[{"Source": family, "DetailType": "t", "Detail": "{}"}])

        def stopped():
            arns = self.ecs.list_tasks(desiredStatus="STOPPED", family=family)["taskArns"]
            return arns and (found := self.task(arns[0]))["lastStatus"] == "STOPPED" and found

        self.assertEqual(wait_until(stopped, "the task of the rule", 60)["containers"][0]["exitCode"], 6)


class Workflows(EcsCase):
    """ecs:runTask in its three patterns."""

    @classmethod
    def setUpClass(cls):
        need_containers()
        super().setUpClass()

    def definition(self, family: str, pattern: str = "", **more) -> dict:
        overrides = more.pop("overrides", None)
        parameters = {"Cluster": "default", "TaskDefinition": family} | ({"Overrides": {"ContainerOverrides": [overrides]}} if overrides else {})
        return machine(("Run", {"Type": "Task", "Resource": f"arn:aws:states:::ecs:runTask{pattern}", "Parameters": parameters} | more))

    def run_machine(self, definition: dict, **more) -> tuple[str, dict]:
        execution = self.start(self.create(definition), **more)
        return execution, self.ended(execution, 60)

    def test_request_response_answers_when_it_is_placed(self):
        definition = self.definition(self.define())
        execution, ended = self.run_machine(definition)
        output = json.loads(ended["output"])
        self.assertEqual(output["Failures"], [])
        self.assertEqual(output["Tasks"][0]["LastStatus"], "PROVISIONING")
        self.assertEqual(output["SdkHttpMetadata"]["HttpStatusCode"], 200)
        self.check_history(execution, definition)
        self.reached(output["Tasks"][0]["TaskArn"], "STOPPED")

    def test_sync_gives_the_task_at_its_end(self):
        definition = self.definition(self.define(), ".sync")
        execution, ended = self.run_machine(definition)
        self.assertEqual(ended["status"], "SUCCEEDED", ended.get("cause"))
        task = json.loads(ended["output"])
        self.assertEqual((task["LastStatus"], task["StartedBy"]), ("STOPPED", "AWS Step Functions"))
        self.assertEqual(task["Containers"][0]["ExitCode"], 0)
        self.assertIsInstance(task["StoppedAt"], int)
        kinds = [event["type"] for event in self.check_history(execution, definition)]
        self.assertIn("TaskSubmitted", kinds)

    def test_sync_fails_with_the_task(self):
        for container, code in (({"command": ["sh", "-c", "exit 7"]}, 7), ({"image": "localhost/there-is-no-such-image"}, None)):
            with self.subTest(code=code):
                _, ended = self.run_machine(self.definition(self.define(container), ".sync"))
                self.assertEqual((ended["status"], ended["error"]), ("FAILED", "States.TaskFailed"))
                self.assertEqual(json.loads(ended["cause"])["Containers"][0].get("ExitCode"), code)

    def test_a_dispensable_container_does_not_matter(self):
        family = self.define({"command": ["sleep", "0.3"]}, {"name": "side", "essential": False, "command": ["false"]})
        _, ended = self.run_machine(self.definition(family, ".sync"))
        self.assertEqual(ended["status"], "SUCCEEDED", ended.get("cause"))

    def test_what_is_refused(self):
        _, ended = self.run_machine(self.definition("nothing-like-it"))
        self.assertEqual(ended["error"], "ECS.ClientException")
        self.assertRegex(ended["cause"], r"^TaskDefinition not found\. \(Service: AmazonECS; Status Code: 400; Error Code: ClientException; ")

    def test_given_up_tasks_are_stopped(self):
        family = self.define({"command": ["sleep", "300"], "stopTimeout": 1})
        execution = self.start(self.create(self.definition(family, ".sync")))
        arn = wait_until(lambda: self.ecs.list_tasks(family=family)["taskArns"], "the task", 30)[0]
        self.reached(arn, "RUNNING")
        self.states.stop_execution(executionArn=execution)
        stopped = self.reached(arn, "STOPPED")
        self.assertEqual(stopped["stopCode"], "UserInitiated")
        self.assertIn(execution, stopped["stoppedReason"])

        family = self.define({"command": ["sleep", "300"], "stopTimeout": 1})
        _, ended = self.run_machine(self.definition(family, ".sync", TimeoutSeconds=2))
        self.assertEqual(ended["error"], "States.Timeout")
        arn = (self.ecs.list_tasks(family=family)["taskArns"] or self.ecs.list_tasks(family=family, desiredStatus="STOPPED")["taskArns"])[0]
        self.reached(arn, "STOPPED")

    def test_a_token_goes_into_the_container_and_comes_back(self):
        """The container calls this server as AWS_ENDPOINT_URL names it, which it shares the network with."""
        call = (
            'wget -q -O - --header "X-Amz-Target: AWSStepFunctions.SendTaskSuccess" --header "Content-Type: application/x-amz-json-1.0"'
            ' --post-data "{\\"taskToken\\":\\"$TOKEN\\",\\"output\\":\\"\\\\\\"from $AWS_REGION\\\\\\"\\"}" $AWS_ENDPOINT_URL/'
        )
        family = self.define({"command": ["sh", "-c", call]})
        token = {"Name": "main", "Environment": [{"Name": "TOKEN", "Value.$": "$$.Task.Token"}]}
        _, ended = self.run_machine(self.definition(family, ".waitForTaskToken", overrides=token, TimeoutSeconds=30))
        self.assertEqual(ended.get("output"), '"from us-east-1"', ended)


if __name__ == "__main__":
    unittest.main()
