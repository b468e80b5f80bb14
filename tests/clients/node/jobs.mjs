// Batch: compute environments, queues, definitions, jobs. Nothing runs: the compute environment is disabled.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-batch";
import { unique, until, use } from "./support.mjs";

export const service = use(sdk, "BatchClient");
const { client, send, refused } = service;
const containerProperties = { image: "busybox", command: ["true"], resourceRequirements: [{ type: "VCPU", value: "1" }, { type: "MEMORY", value: "64" }] };

async function queue() {
  const [environment, name] = [unique("environment"), unique("queue")];
  await send("CreateComputeEnvironment", { computeEnvironmentName: environment, type: "UNMANAGED", state: "DISABLED" });
  const order = [{ order: 1, computeEnvironment: environment }];
  const { jobQueueArn } = await send("CreateJobQueue", { jobQueueName: name, priority: 1, computeEnvironmentOrder: order });
  return { environment, name, jobQueueArn };
}

async function definition() {
  const name = unique("definition");
  const { revision } = await send("RegisterJobDefinition", { jobDefinitionName: name, type: "container", containerProperties });
  assert.equal(revision, 1);
  return name;
}

export default {
  async queuesOfJobs() {
    const { environment, name, jobQueueArn } = await queue();
    await send("UpdateComputeEnvironment", { computeEnvironment: environment, unmanagedvCpus: 4 });
    const shown = await send("DescribeComputeEnvironments", { computeEnvironments: [environment] });
    assert.equal(shown.computeEnvironments[0].unmanagedvCpus, 4);
    await send("TagResource", { resourceArn: jobQueueArn, tags: { a: "1", b: "2" } });
    await send("UntagResource", { resourceArn: jobQueueArn, tagKeys: ["b"] });
    assert.deepEqual((await send("ListTagsForResource", { resourceArn: jobQueueArn })).tags, { a: "1" });
    await refused("DeleteComputeEnvironment", { computeEnvironment: environment }, sdk.ClientException, "Cannot delete, found existing JobQueue relationship");
    await send("UpdateJobQueue", { jobQueue: name, state: "DISABLED" });
    assert.equal((await send("DescribeJobQueues", { jobQueues: [name] })).jobQueues[0].state, "DISABLED");
    await send("DeleteJobQueue", { jobQueue: name });
    await until(async () => (await send("DescribeJobQueues", { jobQueues: [name] })).jobQueues.length === 0, "the queue to go");
    await send("DeleteComputeEnvironment", { computeEnvironment: environment });
  },

  async jobs() {
    const { name } = await queue();
    const jobDefinition = await definition();
    const submit = (more) => send("SubmitJob", { jobName: "job", jobQueue: name, jobDefinition, ...more });
    const first = await submit({ parameters: { a: "b" }, timeout: { attemptDurationSeconds: 60 } });
    const second = await submit({ dependsOn: [{ jobId: first.jobId }] });
    const status = async (jobId) => (await send("DescribeJobs", { jobs: [jobId] })).jobs[0];
    assert.equal((await status(first.jobId)).status, "RUNNABLE");
    const listed = [];
    for await (const page of sdk.paginateListJobs({ client, pageSize: 1 }, { jobQueue: name, jobStatus: "RUNNABLE" })) listed.push(...page.jobSummaryList);
    assert.deepEqual(listed.map((job) => job.jobId), [first.jobId]);
    const { frontOfQueue } = await send("GetJobQueueSnapshot", { jobQueue: name });
    assert.deepEqual(frontOfQueue.jobs.map((job) => job.jobArn), [first.jobArn]);
    await send("CancelJob", { jobId: first.jobId, reason: "not needed" });
    assert.equal((await status(first.jobId)).statusReason, "not needed");
    await send("TerminateJob", { jobId: second.jobId, reason: "enough" });
    assert.equal((await status(second.jobId)).status, "FAILED");
    await refused("SubmitJob", { jobName: "job", jobQueue: "nothing", jobDefinition }, sdk.ClientException, "JobQueue nothing not found.");
    await send("DeregisterJobDefinition", { jobDefinition: `${jobDefinition}:1` });
    assert.equal((await send("DescribeJobDefinitions", { jobDefinitions: [`${jobDefinition}:1`] })).jobDefinitions[0].status, "INACTIVE");
    await refused("SubmitJob", { jobName: "job", jobQueue: name, jobDefinition }, sdk.ClientException);
  },
};
