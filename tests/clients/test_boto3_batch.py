"""Batch through boto3: its control plane always, jobs where containers can be run."""

import json
import unittest

import botocore.exceptions
from botocore import xform_name

from batch_walk import CONTAINER, BatchWalk
from every_operation import Refused, Unknown
from local.wait import wait_until
from support.containers import IMAGE, need_containers
from support.machines import machine
from support.target import ServiceCase, chosen_url, own_target, unique

LASTING = ("sh", "-c", "trap 'exit 9' TERM; sleep 600 & wait")  # ends at once when it is asked to
KEY = ("BATCH", "the-secret-of-batch")


class Boto3:
    def __init__(self, target):
        self._client = target.client("batch", keys=KEY, parameter_validation=True)
        self.operations = set(self._client.meta.service_model.operation_names)

    def __call__(self, operation: str, **parameters) -> dict:
        if operation not in self.operations:
            raise Unknown(operation)
        try:
            return getattr(self._client, xform_name(operation))(**parameters)
        except botocore.exceptions.ClientError as error:
            raise Refused(error.response["Error"]["Code"]) from None


class EveryOperation(unittest.TestCase):
    def test_is_driven(self):
        if chosen_url():
            self.skipTest("it needs a server of its own")
        with own_target("--access-key", ":".join(KEY)) as target:
            client = Boto3(target)
            walk = BatchWalk(client)
            walk.run()
            self.assertEqual(walk.driven, client.operations)


class BatchCase(ServiceCase):
    own_server_only = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.batch = cls.target.client("batch")
        cls.logs = cls.target.client("logs")

    def environment(self, **more) -> str:
        given = {"type": "MANAGED", "computeResources": {"type": "FARGATE", "maxvCpus": 4, "subnets": ["subnet"]}} | more
        name = unique("environment")
        self.batch.create_compute_environment(computeEnvironmentName=name, **given)
        return name

    def queue(self, environment: str | None = None, **more) -> str:
        name = unique("queue")
        order = [{"order": 1, "computeEnvironment": environment or self.environment()}]
        self.batch.create_job_queue(jobQueueName=name, computeEnvironmentOrder=order, **{"priority": 1, **more})
        return name

    def define(self, *command: str, container: dict | None = None, **more) -> str:
        name = unique("definition")
        properties = CONTAINER | {"image": IMAGE, "command": list(command)} | (container or {})
        self.batch.register_job_definition(jobDefinitionName=name, type="container", containerProperties=properties, **more)
        return name

    def submit(self, queue: str, definition: str, **more) -> str:
        return self.batch.submit_job(jobName="job", jobQueue=queue, jobDefinition=definition, **more)["jobId"]

    def job(self, job: str) -> dict:
        [described] = self.batch.describe_jobs(jobs=[job])["jobs"]
        return described

    def finished(self, job: str) -> dict:
        return wait_until(lambda: (found := self.job(job))["status"] in ("SUCCEEDED", "FAILED") and found, "the job to end", 30)

    def refused(self, message: str):
        return self.assertRaisesRegex(self.batch.exceptions.ClientException, message)


class ControlPlane(BatchCase):
    def test_what_a_compute_environment_is(self):
        name = self.environment(tags={"a": "b"})
        [shown] = self.batch.describe_compute_environments(computeEnvironments=[name])["computeEnvironments"]
        self.assertEqual((shown["type"], shown["state"], shown["status"], shown["statusReason"]), ("MANAGED", "ENABLED", "VALID", "ComputeEnvironment Healthy"))
        self.assertEqual((shown["computeResources"]["maxvCpus"], shown["tags"]), (4, {"a": "b"}))
        with self.refused("Object already exists"):
            self.batch.create_compute_environment(computeEnvironmentName=name, type="UNMANAGED")
        self.batch.update_compute_environment(computeEnvironment=name, computeResources={"maxvCpus": 9})
        [shown] = self.batch.describe_compute_environments(computeEnvironments=[shown["computeEnvironmentArn"]])["computeEnvironments"]
        self.assertEqual((shown["computeResources"]["maxvCpus"], shown["computeResources"]["type"]), (9, "FARGATE"))

    def test_what_a_queue_is(self):
        environment = self.environment()
        name = self.queue(environment, priority=5, tags={"a": "b"})
        [shown] = self.batch.describe_job_queues(jobQueues=[name])["jobQueues"]
        arn = f"arn:aws:batch:{self.target.region}:123456789012:compute-environment/{environment}"
        self.assertEqual((shown["state"], shown["status"], shown["priority"], shown["tags"]), ("ENABLED", "VALID", 5, {"a": "b"}))
        self.assertEqual(shown["computeEnvironmentOrder"], [{"order": 1, "computeEnvironment": arn}])
        self.batch.update_compute_environment(computeEnvironment=environment, state="DISABLED")
        with self.refused("Cannot delete, found existing JobQueue relationship"):
            self.batch.delete_compute_environment(computeEnvironment=environment)
        with self.refused("ComputeEnvironment nothing not found"):
            self.queue("nothing")

    def test_pages(self):
        names = {self.define("true") for _ in range(3)}
        pages = self.batch.get_paginator("describe_job_definitions").paginate(PaginationConfig={"PageSize": 1})
        self.assertLessEqual(names, {one["jobDefinitionName"] for page in pages for one in page["jobDefinitions"]})

    def test_jobs_are_listed_by_status_and_filter(self):
        queue = self.queue(self.environment(state="DISABLED"))
        definition = self.define("true")
        jobs = [self.submit(queue, definition) for _ in range(3)]
        self.batch.terminate_job(jobId=jobs[0], reason="r")
        list_jobs = self.batch.get_paginator("list_jobs").paginate

        def listed(**more) -> list[str]:
            pages = list_jobs(jobQueue=queue, PaginationConfig={"PageSize": 1}, **more)
            return [one["jobId"] for page in pages for one in page["jobSummaryList"]]

        self.assertEqual(listed(), [])
        self.assertEqual(sorted(listed(jobStatus="RUNNABLE")), sorted(jobs[1:]))
        self.assertEqual(listed(jobStatus="FAILED"), jobs[:1])
        self.assertEqual(sorted(listed(filters=[{"name": "JOB_NAME", "values": ["JO*"]}])), sorted(jobs))
        self.assertEqual(sorted(listed(filters=[{"name": "JOB_DEFINITION", "values": [definition]}])), sorted(jobs))
        self.assertEqual(listed(filters=[{"name": "BEFORE_CREATED_AT", "values": ["1000"]}]), [])

    def test_what_is_refused(self):
        queue, definition = self.queue(self.environment(state="DISABLED")), self.define("true")
        with self.refused("JobQueue nothing not found"):
            self.submit("nothing", definition)
        with self.refused("JobDefinition name nothing does not exist or is not in ACTIVE status"):
            self.submit(queue, "nothing")
        with self.refused("Job name should match valid pattern"):
            self.batch.submit_job(jobName="no name", jobQueue=queue, jobDefinition=definition)
        for more in ({"arrayProperties": {"size": 1}}, {"timeout": {"attemptDurationSeconds": 59}}, {"retryStrategy": {"attempts": 11}}):
            with self.refused("Error executing request"):
                self.submit(queue, definition, **more)
        with self.refused("Job 01234567-0123-0123-0123-012345678901 not found"):
            self.submit(queue, definition, dependsOn=[{"jobId": "01234567-0123-0123-0123-012345678901"}])
        with self.assertRaisesRegex(botocore.exceptions.ClientError, "NotImplemented.*multi-node"):
            self.batch.register_job_definition(jobDefinitionName="d", type="multinode")

    def test_jobs_outlive_the_server(self):
        queue, definition = self.queue(self.environment(state="DISABLED")), self.define("true")
        job = self.submit(queue, definition)
        array = self.submit(queue, definition, arrayProperties={"size": 3}, dependsOn=[{"jobId": job}])
        self.target.server.kill()
        self.target.server.start()
        self.assertEqual((self.job(job)["status"], self.job(array)["status"]), ("RUNNABLE", "PENDING"))
        self.batch.cancel_job(jobId=job, reason="r")
        self.assertEqual(self.finished(array)["statusReason"], "Dependent Job failed")


class Jobs(BatchCase):
    @classmethod
    def setUpClass(cls):
        need_containers()
        super().setUpClass()
        cls.usual = cls().queue()

    def output(self, job: dict) -> list[str]:
        stream = job["container"]["logStreamName"]
        events = self.logs.get_log_events(logGroupName="/aws/batch/job", logStreamName=stream, startFromHead=True)["events"]
        return [event["message"] for event in events]

    def test_a_job_runs_to_its_end(self):
        definition = self.define("sh", "-c", "echo Ref::word $AWS_BATCH_JQ_NAME; echo $AWS_BATCH_JOB_ID >&2", parameters={"word": "hello"})
        job = self.finished(self.submit(self.usual, definition))
        self.assertEqual((job["status"], job["statusReason"], job["container"]["exitCode"]), ("SUCCEEDED", "Essential container in task exited", 0))
        self.assertEqual(sorted(self.output(job)), sorted([f"hello {self.usual}", job["jobId"]]))
        self.assertLessEqual(job["createdAt"], job["startedAt"])
        self.assertLessEqual(job["startedAt"], job["stoppedAt"])

    def test_a_failed_job_is_tried_again(self):
        job = self.finished(self.submit(self.usual, self.define("sh", "-c", "exit $AWS_BATCH_JOB_ATTEMPT"), retryStrategy={"attempts": 2}))
        self.assertEqual(job["status"], "FAILED")
        self.assertEqual([attempt["container"]["exitCode"] for attempt in job["attempts"]], [1, 2])

    def test_an_array(self):
        job = self.finished(self.submit(self.usual, self.define("sh", "-c", "exit $AWS_BATCH_JOB_ARRAY_INDEX"), arrayProperties={"size": 2}))
        self.assertEqual((job["status"], job["statusReason"]), ("FAILED", "Array Child Job failed"))
        self.assertEqual((job["arrayProperties"]["size"], job["arrayProperties"]["statusSummary"]["FAILED"]), (2, 1))
        self.assertEqual(self.job(f"{job['jobId']}:1")["container"]["exitCode"], 1)

    def test_termination(self):
        job = self.submit(self.usual, self.define(*LASTING))
        wait_until(lambda: self.job(job)["status"] == "RUNNING", "the job to run", 30)
        self.batch.terminate_job(jobId=job, reason="enough")
        self.assertEqual(self.finished(job)["statusReason"], "enough")

    def test_a_job_outlives_the_server(self):
        job = self.submit(self.usual, self.define("sh", "-c", "echo begun; sleep 3; echo over"))
        wait_until(lambda: self.job(job)["status"] == "RUNNING", "the job to run", 30)
        self.target.server.kill()
        self.target.server.start()
        ended = self.finished(job)
        self.assertEqual((ended["status"], len(ended["attempts"])), ("SUCCEEDED", 1))
        self.assertEqual(self.output(ended), ["begun", "over"])

    def task(self, pattern: str, definition: str, **more) -> dict:
        parameters = {"JobName": "job", "JobQueue": self.usual, "JobDefinition": definition} | more
        return machine(("Job", {"Type": "Task", "Resource": f"arn:aws:states:::batch:submitJob{pattern}", "Parameters": parameters}))

    def run_task(self, definition: dict) -> dict:
        return self.ended(self.start(self.create(definition)))

    def test_a_task_waits_for_its_job(self):
        definition = self.define("sh", "-c", "test $MANAGED_BY_AWS = STARTED_BY_STEP_FUNCTIONS && exit $CODE")
        overrides = {"Environment": [{"Name": "CODE", "Value": "0"}]}
        done = self.run_task(self.task(".sync", definition, ContainerOverrides=overrides))
        job = json.loads(done["output"])
        self.assertEqual((done["status"], job["Status"], job["Container"]["ExitCode"]), ("SUCCEEDED", "SUCCEEDED", 0))
        overrides = {"Environment": [{"Name": "CODE", "Value": "3"}]}
        done = self.run_task(self.task(".sync", definition, ContainerOverrides=overrides))
        job = json.loads(done["cause"])
        self.assertEqual((done["error"], job["Status"], job["Container"]["ExitCode"]), ("States.TaskFailed", "FAILED", 3))

    def test_a_stopped_execution_terminates_its_job(self):
        execution = self.start(self.create(self.task(".sync", self.define(*LASTING))))
        running = wait_until(lambda: self.batch.list_jobs(jobQueue=self.usual, jobStatus="RUNNING")["jobSummaryList"], "the job to run", 30)
        self.states.stop_execution(executionArn=execution)
        job = self.finished(running[0]["jobId"])
        self.assertIn("which was managing this resource was aborted", job["statusReason"])


if __name__ == "__main__":
    unittest.main()
