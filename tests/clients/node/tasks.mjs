// ECS: definitions, clusters, and a task whose container really runs where containers do ($STEPWELL_IMAGE).

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-ecs";
import { create, ended, endpoint, note, start, task, unique } from "./support.mjs";

const client = new sdk.ECSClient(endpoint);
export const asked = note(client);
export const end = () => client.destroy();

const image = process.env.STEPWELL_IMAGE;
const send = (operation, input) => client.send(new sdk[`${operation}Command`](input));
const refused = (operation, input, kind) => assert.rejects(send(operation, input), (error) => error instanceof kind && error.name === kind.name);

async function define(command) {
  const containerDefinitions = [{ name: "main", image: image ?? "busybox", command, memory: 64 }];
  const { taskDefinition } = await send("RegisterTaskDefinition", { family: unique("node"), containerDefinitions });
  return taskDefinition;
}

async function ownCluster() {
  const clusterName = unique("node");
  await send("CreateCluster", { clusterName });
  return clusterName;
}

export default {
  async taskDefinitionsAndClusters() {
    const { family, revision, taskDefinitionArn, status, registeredAt } = await define(["true"]);
    assert.deepEqual([revision, status], [1, "ACTIVE"]);
    assert(registeredAt instanceof Date);
    const listed = [];
    for await (const page of sdk.paginateListTaskDefinitions({ client, pageSize: 1 }, { familyPrefix: family })) listed.push(...page.taskDefinitionArns);
    assert.deepEqual(listed, [taskDefinitionArn]);
    assert.equal((await send("DescribeTaskDefinition", { taskDefinition: family })).taskDefinition.family, family);
    assert.equal((await send("DeregisterTaskDefinition", { taskDefinition: taskDefinitionArn })).taskDefinition.status, "INACTIVE");
    await refused("RegisterTaskDefinition", { family, containerDefinitions: [] }, sdk.ClientException);
    const cluster = await ownCluster();
    const { clusters, failures } = await send("DescribeClusters", { clusters: [cluster, "none"] });
    assert.deepEqual([clusters[0].clusterName, failures[0].reason], [cluster, "MISSING"]);
    await send("DeleteCluster", { cluster });
    await refused("ListTasks", { cluster }, sdk.ClusterNotFoundException);
  },

  async tasksOfEcs() {
    if (!image) return;
    const cluster = await ownCluster();
    const { taskDefinitionArn } = await define(["sh", "-c", "exit 5"]);
    const { tasks, failures } = await send("RunTask", { cluster, taskDefinition: taskDefinitionArn, clientToken: unique("token") });
    assert.deepEqual(failures, []);
    const arns = [tasks[0].taskArn];
    await sdk.waitUntilTasksStopped({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 60 }, { cluster, tasks: arns });
    const [stopped] = (await send("DescribeTasks", { cluster, tasks: arns })).tasks;
    assert.deepEqual([stopped.stopCode, stopped.containers[0].exitCode], ["EssentialContainerExited", 5]);
    assert(stopped.stoppedAt instanceof Date);
    await refused("StopTask", { cluster, task: "0".repeat(32) }, sdk.InvalidParameterException);
  },

  async tasksOfWorkflows() {
    if (!image) return;
    const Cluster = await ownCluster();
    const { taskDefinitionArn } = await define(["true"]);
    const machine = await create(task("arn:aws:states:::ecs:runTask.sync", { Parameters: { Cluster, TaskDefinition: taskDefinitionArn } }));
    const { status, output, cause } = await ended(await start(machine), 60);
    assert.equal(status, "SUCCEEDED", cause);
    assert.equal(JSON.parse(output).Containers[0].ExitCode, 0);
  },
};
