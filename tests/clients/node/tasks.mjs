// ECS: definitions, clusters, tags, and tasks whose containers really run where containers do ($STEPWELL_IMAGE).

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-ecs";
import { create, ended, start, task, unique, use } from "./support.mjs";

export const service = use(sdk, "ECSClient");
const { client, send, refused } = service;
const image = process.env.STEPWELL_IMAGE;

async function define(command) {
  const containerDefinitions = [{ name: "main", image: image ?? "busybox", command, memory: 64, stopTimeout: 1 }];
  return (await send("RegisterTaskDefinition", { family: unique("node"), containerDefinitions })).taskDefinition;
}

async function ownCluster(more = {}) {
  const { cluster } = await send("CreateCluster", { clusterName: unique("node"), ...more });
  return cluster;
}

export default {
  async taskDefinitions() {
    const { family, revision, taskDefinitionArn, status, registeredAt } = await define(["true"]);
    assert.deepEqual([revision, status], [1, "ACTIVE"]);
    assert(registeredAt instanceof Date);
    const listed = [];
    for await (const page of sdk.paginateListTaskDefinitions({ client, pageSize: 1 }, { familyPrefix: family })) listed.push(...page.taskDefinitionArns);
    assert.deepEqual(listed, [taskDefinitionArn]);
    assert.deepEqual((await send("ListTaskDefinitionFamilies", { familyPrefix: family })).families, [family]);
    assert.equal((await send("DescribeTaskDefinition", { taskDefinition: family })).taskDefinition.family, family);
    assert.equal((await send("DeregisterTaskDefinition", { taskDefinition: taskDefinitionArn })).taskDefinition.status, "INACTIVE");
    const { taskDefinitions } = await send("DeleteTaskDefinitions", { taskDefinitions: [taskDefinitionArn] });
    assert.equal(taskDefinitions[0].status, "DELETE_IN_PROGRESS");
    await refused("RegisterTaskDefinition", { family, containerDefinitions: [] }, sdk.ClientException);
  },

  async clustersAndTheirTags() {
    const { clusterArn: resourceArn, clusterName: cluster } = await ownCluster({ tags: [{ key: "a", value: "1" }] });
    const settings = [{ name: "containerInsights", value: "disabled" }];
    assert.deepEqual((await send("UpdateCluster", { cluster, settings })).cluster.settings, settings);
    await send("UpdateClusterSettings", { cluster, settings });
    await send("TagResource", { resourceArn, tags: [{ key: "b", value: "2" }] });
    await send("UntagResource", { resourceArn, tagKeys: ["a"] });
    assert.deepEqual((await send("ListTagsForResource", { resourceArn })).tags, [{ key: "b", value: "2" }]);
    assert((await send("ListClusters")).clusterArns.length > 0);
    const { clusters, failures } = await send("DescribeClusters", { clusters: [cluster, "none"] });
    assert.deepEqual([clusters[0].clusterName, failures[0].reason], [cluster, "MISSING"]);
    assert.deepEqual((await send("DescribeTasks", { cluster, tasks: ["none"] })).failures[0].reason, "MISSING");
    assert.deepEqual((await send("ListTasks", { cluster })).taskArns, []);
    await refused("StopTask", { cluster, task: "0".repeat(32) }, sdk.InvalidParameterException);
    await send("DeleteCluster", { cluster });
    await refused("ListTasks", { cluster }, sdk.ClusterNotFoundException);
    await refused("TagResource", { resourceArn, tags: [] }, sdk.ResourceNotFoundException);
  },

  async tasksOfEcs() {
    if (!image) return;
    const { clusterName: cluster } = await ownCluster();
    const { taskDefinitionArn: taskDefinition } = await define(["sleep", "300"]);
    const clientToken = unique("token");
    const { tasks, failures } = await send("RunTask", { cluster, taskDefinition, clientToken });
    assert.deepEqual(failures, []);
    const arns = [tasks[0].taskArn];
    assert.deepEqual((await send("RunTask", { cluster, taskDefinition, clientToken })).tasks[0].taskArn, arns[0]);
    await refused("RunTask", { cluster, taskDefinition, clientToken, count: 2 }, sdk.ConflictException);
    await sdk.waitUntilTasksRunning({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 60 }, { cluster, tasks: arns });
    await refused("DeleteCluster", { cluster }, sdk.ClusterContainsTasksException);
    await send("StopTask", { cluster, task: arns[0], reason: "enough" });
    await sdk.waitUntilTasksStopped({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 60 }, { cluster, tasks: arns });
    const [stopped] = (await send("DescribeTasks", { cluster, tasks: arns })).tasks;
    assert.deepEqual([stopped.stopCode, stopped.stoppedReason], ["UserInitiated", "enough"]);
    assert([137, 143].includes(stopped.containers[0].exitCode));
    assert(stopped.stoppedAt instanceof Date);
  },

  async tasksOfWorkflows() {
    if (!image) return;
    const { clusterName: Cluster } = await ownCluster();
    const { taskDefinitionArn } = await define(["true"]);
    const machine = await create(task("arn:aws:states:::ecs:runTask.sync", { Parameters: { Cluster, TaskDefinition: taskDefinitionArn } }));
    const { status, output, cause } = await ended(await start(machine), 60);
    assert.equal(status, "SUCCEEDED", cause);
    assert.equal(JSON.parse(output).Containers[0].ExitCode, 0);
  },
};
