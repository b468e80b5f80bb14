"""One walk through every operation of Batch, whatever the client: it calls `ask(operation, **parameters)`. Nothing runs: the
jobs wait in the queue of a compute environment that is disabled."""

import re

from local.server import ROOT
from local.wait import wait_until
from support.shapes import Shapes
from support.target import unique
from walk import Unknown, Walker

FOLDER = ROOT / "src/services/batch"
CONTAINER = {"image": "busybox", "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]}


def not_built() -> list[str]:
    return re.findall(r"^UNSUPPORTED\((\w+)", (FOLDER / "operations.def").read_text(), re.MULTILINE)


class BatchWalk(Walker):
    def run(self) -> None:
        self.make()
        self.definitions()
        self.jobs()
        self.tags()
        self.take_away()
        self.refusals()

    def make(self) -> None:
        self.environment, self.queue = unique("environment"), unique("queue")
        made = self.ask("CreateComputeEnvironment", computeEnvironmentName=self.environment, type="UNMANAGED", state="DISABLED")
        assert made["computeEnvironmentArn"].endswith(f":compute-environment/{self.environment}"), made
        self.ask("UpdateComputeEnvironment", computeEnvironment=self.environment, serviceRole="arn:aws:iam::123456789012:role/service")
        [shown] = self.ask("DescribeComputeEnvironments", computeEnvironments=[self.environment])["computeEnvironments"]
        assert (shown["state"], shown["status"], shown["type"]) == ("DISABLED", "VALID", "UNMANAGED"), shown
        order = [{"order": 1, "computeEnvironment": self.environment}]
        made = self.ask("CreateJobQueue", jobQueueName=self.queue, priority=3, computeEnvironmentOrder=order)
        self.arn = made["jobQueueArn"]
        self.ask("UpdateJobQueue", jobQueue=self.queue, priority=7)
        [shown] = self.ask("DescribeJobQueues", jobQueues=[self.arn])["jobQueues"]
        assert (shown["state"], shown["status"], shown["priority"]) == ("ENABLED", "VALID", 7), shown
        assert shown["computeEnvironmentOrder"][0]["computeEnvironment"].endswith(self.environment), shown

    def definitions(self) -> None:
        self.definition = unique("definition")
        for revision in (1, 2):
            made = self.ask("RegisterJobDefinition", jobDefinitionName=self.definition, type="container", containerProperties=CONTAINER)
            assert made["revision"] == revision, made
        self.ask("DeregisterJobDefinition", jobDefinition=f"{self.definition}:2")
        shown = self.ask("DescribeJobDefinitions", jobDefinitionName=self.definition, status="ACTIVE")["jobDefinitions"]
        assert [one["revision"] for one in shown] == [1], shown

    def submit(self, **more) -> str:
        return self.ask("SubmitJob", jobName="walk", jobQueue=self.queue, jobDefinition=self.definition, **more)["jobId"]

    def described(self, job: str) -> dict:
        [shown] = self.ask("DescribeJobs", jobs=[job])["jobs"]
        return shown

    def jobs(self) -> None:
        job, other = self.submit(), self.submit(retryStrategy={"attempts": 2})
        shown = self.described(job)
        assert (shown["status"], shown["jobDefinition"].rsplit("/")[-1]) == ("RUNNABLE", f"{self.definition}:1"), shown
        listed = self.ask("ListJobs", jobQueue=self.queue, jobStatus="RUNNABLE")["jobSummaryList"]
        assert {one["jobId"] for one in listed} == {job, other}, listed
        try:
            front = self.ask("GetJobQueueSnapshot", jobQueue=self.queue)["frontOfQueue"]["jobs"]
            assert [one["jobArn"].rsplit("/")[-1] for one in front] == [job, other], front
        except Unknown:
            pass
        self.ask("CancelJob", jobId=job, reason="not needed")
        self.ask("TerminateJob", jobId=other, reason="enough")
        assert (self.described(job)["status"], self.described(job)["statusReason"]) == ("FAILED", "not needed")
        assert self.described(other)["statusReason"] == "enough"

    def tags(self) -> None:
        self.ask("TagResource", resourceArn=self.arn, tags={"a": "1", "b": "2"})
        self.ask("UntagResource", resourceArn=self.arn, tagKeys=["a"])
        assert self.ask("ListTagsForResource", resourceArn=self.arn)["tags"] == {"b": "2"}

    def take_away(self) -> None:
        self.expect("ClientException", "DeleteComputeEnvironment", computeEnvironment=self.environment)
        self.expect("ClientException", "DeleteJobQueue", jobQueue=self.queue)
        self.ask("UpdateJobQueue", jobQueue=self.queue, state="DISABLED")
        self.ask("DeleteJobQueue", jobQueue=self.queue)
        wait_until(lambda: not self.ask("DescribeJobQueues", jobQueues=[self.queue])["jobQueues"], "the queue to go")
        self.ask("DeleteComputeEnvironment", computeEnvironment=self.environment)

    def refusals(self) -> None:
        shapes = Shapes(FOLDER / "api.json")
        for operation in not_built():
            try:
                self.expect("NotImplemented", operation, **shapes.valid_input(operation))
            except Unknown:
                pass
