"""Batch through boto3: its control plane always, jobs where containers can be run."""

import json
import unittest

import botocore.exceptions

from batch_walk import CONTAINER
from local.wait import wait_until
from support.access import ROOT, AccessCase, allow, trust
from support.containers import IMAGE, need_containers
from support.machines import machine
from support.target import ServiceCase, own_target, unique

LASTING = ("sh", "-c", "trap 'exit 9' TERM; sleep 600 & wait")  # ends at once when it is asked to


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
        self.assertEqual(self.job(job)["status"], "RUNNABLE")
        wait_until(lambda: self.job(array)["status"] == "PENDING", "the array to wait for the job")
        self.batch.cancel_job(jobId=job, reason="r")
        self.assertEqual(self.finished(array)["statusReason"], "Dependent Job failed")


class Callers(BatchCase):
    """Who else submits jobs; they wait in the queue of a compute environment that is disabled."""

    def setUp(self):
        self.name = self.queue(self.environment(state="DISABLED"))
        self.definition = self.define("echo", "Ref::word")

    def submitted(self) -> dict:
        listed = wait_until(lambda: self.batch.list_jobs(jobQueue=self.name, jobStatus="RUNNABLE")["jobSummaryList"], "the job")
        self.assertEqual(len(listed), 1)
        return self.job(listed[0]["jobId"])

    def test_a_rule_of_eventbridge(self):
        events, rule = self.target.client("events"), unique("rule")
        events.put_rule(Name=rule, EventPattern=json.dumps({"source": [rule]}))
        overrides = '{"Environment": [{"Name": "A", "Value": "<word>"}]}'
        transformer = {"InputPathsMap": {"word": "$.detail.word"}, "InputTemplate": f'{{"Parameters": {{"word": "<word>"}}, "ContainerOverrides": {overrides}}}'}
        target = {
            "Id": "job",
            "Arn": f"arn:aws:batch:{self.target.region}:123456789012:job-queue/{self.name}",
            "RoleArn": self.target.role,
            "BatchParameters": {"JobDefinition": self.definition, "JobName": "of-a-rule", "RetryStrategy": {"Attempts": 3}},
            "InputTransformer": transformer,
        }
        self.assertEqual(events.put_targets(Rule=rule, Targets=[target])["FailedEntryCount"], 0)
        events.put_events(Entries=[{"Source": rule, "DetailType": "t", "Detail": '{"word": "hello"}'}])
        job = self.submitted()
        self.assertEqual((job["jobName"], job["retryStrategy"]["attempts"], job["container"]["command"]), ("of-a-rule", 3, ["echo", "hello"]))
        self.assertEqual(job["container"]["environment"], [{"name": "A", "value": "hello"}])

    def test_a_schedule(self):
        given = {"JobName": "of-a-schedule", "JobQueue": self.name, "JobDefinition": self.definition}
        target = {"Arn": "arn:aws:scheduler:::aws-sdk:batch:submitJob", "RoleArn": self.target.role, "Input": json.dumps(given)}
        scheduler = self.target.client("scheduler")
        scheduler.create_schedule(Name=unique("schedule"), ScheduleExpression="rate(1 day)", FlexibleTimeWindow={"Mode": "OFF"}, Target=target)
        self.assertEqual(self.submitted()["jobName"], "of-a-schedule")

    def test_tasks(self):
        parameters = {"JobName": "of-a-task", "JobQueue": self.name, "JobDefinition": self.definition, "Parameters": {"word": "hello"}}
        for resource in ("batch:submitJob", "aws-sdk:batch:submitJob"):
            with self.subTest(resource):
                task = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters}
                done = self.ended(self.start(self.create(machine(("Job", task)))))
                self.assertEqual(done["status"], "SUCCEEDED", done.get("cause"))
                job = self.job(json.loads(done["output"])["JobId"])
                self.assertEqual(job["container"]["command"], ["echo", "hello"])
        task = {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob", "Parameters": parameters | {"JobQueue": "nothing"}}
        done = self.ended(self.start(self.create(machine(("Job", task)))))
        self.assertEqual(done["error"], "Batch.ClientException")
        self.assertIn("JobQueue nothing not found. (Service: AWSBatch; Status Code: 400; Error Code: ClientException;", done["cause"])


class Elsewhere(BatchCase):
    """Workflows of one server, jobs of another (--endpoint batch=URL)."""

    def test_a_task_asks_how_its_job_stands(self):
        parameters = {"JobName": "job", "JobQueue": self.queue(self.environment(state="DISABLED")), "JobDefinition": self.define("true")}
        task = {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "Parameters": parameters}
        with own_target("--endpoint", f"batch={self.target.url}") as other:
            states = other.client()
            machine_arn = states.create_state_machine(name="m", definition=json.dumps(machine(("Job", task))), roleArn=other.role)["stateMachineArn"]
            first, second = (states.start_execution(stateMachineArn=machine_arn)["executionArn"] for _ in range(2))

            def submitted(execution: str) -> str:
                events = states.get_execution_history(executionArn=execution)["events"]
                outputs = [event["taskSubmittedEventDetails"]["output"] for event in events if event["type"] == "TaskSubmitted"]
                return json.loads(outputs[0])["JobId"] if outputs else ""

            first_job, second_job = (wait_until(lambda: submitted(execution), "the job") for execution in (first, second))
            other.server.kill()
            other.server.start()
            self.batch.terminate_job(jobId=first_job, reason="enough")
            done = wait_until(lambda: (found := states.describe_execution(executionArn=first))["status"] != "RUNNING" and found, "the execution to end")
            self.assertEqual((done["error"], json.loads(done["cause"])["StatusReason"]), ("States.TaskFailed", "enough"))
            states.stop_execution(executionArn=second)
            self.assertIn("which was managing this resource was aborted", self.finished(second_job)["statusReason"])


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


class Permissions(AccessCase):
    @classmethod
    def setUpClass(cls):
        need_containers()
        super().setUpClass()
        cls.batch = cls.target.client("batch", keys=ROOT)
        cls.batch.create_compute_environment(computeEnvironmentName="environment", type="UNMANAGED")
        order = [{"order": 1, "computeEnvironment": "environment"}]
        cls.batch.create_job_queue(jobQueueName="queue", priority=1, computeEnvironmentOrder=order)

    def finished(self, role: str) -> dict:
        command = ["sh", "-c", "test -n \"$AWS_SESSION_TOKEN\" && test $AWS_ACCESS_KEY_ID != AKIDROOT"]
        properties = CONTAINER | {"image": IMAGE, "command": command, "jobRoleArn": role}
        self.batch.register_job_definition(jobDefinitionName="definition", type="container", containerProperties=properties)
        job = self.batch.submit_job(jobName="job", jobQueue="queue", jobDefinition="definition")["jobId"]
        ended = ("SUCCEEDED", "FAILED")
        return wait_until(lambda: (found := self.batch.describe_jobs(jobs=[job])["jobs"][0])["status"] in ended and found, "the job to end")

    def test_a_job_has_the_keys_of_its_role(self):
        self.assertEqual(self.finished(self.role(trusts=trust(Service="ecs-tasks.amazonaws.com")))["status"], "SUCCEEDED")
        job = self.finished(self.role(trusts=trust(Service="lambda.amazonaws.com")))
        self.assertEqual((job["status"], job["statusReason"]), ("FAILED", "Task failed to start"))

    def test_a_submission_needs_the_queue_and_the_definition(self):
        definition = "arn:aws:batch:us-east-1:123456789012:job-definition/definition"
        _, keys = self.user(allow("batch:SubmitJob", resource="arn:aws:batch:us-east-1:123456789012:job-queue/queue"))
        with self.assertRaisesRegex(botocore.exceptions.ClientError, f"not authorized to perform: batch:SubmitJob on resource: {definition}"):
            self.client(keys, "batch").submit_job(jobName="job", jobQueue="queue", jobDefinition="definition")


if __name__ == "__main__":
    unittest.main()
