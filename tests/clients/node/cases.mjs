// The operations through @aws-sdk/client-sfn: node cases.mjs URL REGION ROLE CASE
// Exit status 0 when the case holds; what does not is said on standard error.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import * as sfn from "@aws-sdk/client-sfn";

const [url, region, roleArn, chosen] = process.argv.slice(2);
const onAws = new URL(url).hostname.endsWith(".amazonaws.com");
// Without disableHostPrefix, StartSyncExecution goes to sync-HOST, which only AWS's names resolve to anything.
const client = new sfn.SFNClient({ endpoint: url, region, disableHostPrefix: !onAws, maxAttempts: 1 });
const made = [];

const unique = (name) => `${name}-${randomUUID().slice(0, 8)}`;
const pass = (Result) => ({ StartAt: "P", States: { P: { Type: "Pass", Result, End: true } } });
const wait = (Seconds) => ({ StartAt: "W", States: { W: { Type: "Wait", Seconds, End: true } } });
const task = (Resource, more = {}) => ({ StartAt: "T", States: { T: { Type: "Task", Resource, ...more, End: true } } });

const send = (operation, input) => client.send(new sfn[`${operation}Command`](input));

async function create(definition, type = "STANDARD") {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  const { stateMachineArn } = await send("CreateStateMachine", { name: unique("node"), definition: text, roleArn, type });
  made.push(() => send("DeleteStateMachine", { stateMachineArn }));
  return stateMachineArn;
}

async function createActivity() {
  const { activityArn } = await send("CreateActivity", { name: unique("node") });
  made.push(() => send("DeleteActivity", { activityArn }));
  return activityArn;
}

async function start(stateMachineArn, input = {}) {
  return (await send("StartExecution", { stateMachineArn, input: JSON.stringify(input) })).executionArn;
}

async function ended(executionArn, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await send("DescribeExecution", { executionArn });
    if (found.status !== "RUNNING") return found;
    assert(Date.now() < deadline, `${executionArn} does not end`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const cases = {
  async machines() {
    const stateMachineArn = await create(pass(1));
    const found = await send("DescribeStateMachine", { stateMachineArn });
    assert.deepEqual(JSON.parse(found.definition), pass(1));
    assert.equal(found.status, "ACTIVE");
    assert(found.creationDate instanceof Date);
    const updated = await send("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(pass(2)) });
    assert(updated.updateDate >= found.creationDate);
    await create(pass(3));
    const listed = [];
    for await (const page of sfn.paginateListStateMachines({ client, pageSize: 1 }, {})) {
      assert(page.stateMachines.length <= 1);
      listed.push(...page.stateMachines.map((item) => item.stateMachineArn));
    }
    assert.equal(listed.filter((arn) => arn === stateMachineArn).length, 1);
    await send("DeleteStateMachine", { stateMachineArn });
  },

  async executions() {
    const stateMachineArn = await create(pass({ done: [1, 2.5, "ü"] }));
    const executionArn = await start(stateMachineArn, { a: 1 });
    const found = await ended(executionArn);
    assert.equal(found.status, "SUCCEEDED");
    assert.equal(found.input, '{"a":1}');
    assert.deepEqual(JSON.parse(found.output), { done: [1, 2.5, "ü"] });
    assert(found.stopDate >= found.startDate);
    const { executions } = await send("ListExecutions", { stateMachineArn, statusFilter: "SUCCEEDED" });
    assert.deepEqual(executions.map((item) => item.executionArn), [executionArn]);
  },

  async history() {
    const executionArn = await start(await create(pass(1)));
    await ended(executionArn);
    const read = async (reverseOrder) => {
      const events = [];
      const pages = sfn.paginateGetExecutionHistory({ client, pageSize: 2 }, { executionArn, reverseOrder });
      for await (const page of pages) events.push(...page.events);
      return events;
    };
    const events = await read(false);
    assert.deepEqual(events.map((event) => event.type), ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]);
    assert.deepEqual(events.map((event) => event.id), [1, 2, 3, 4]);
    assert.equal(events[1].stateEnteredEventDetails.name, "P");
    assert.deepEqual(await read(true), events.reverse());
  },

  async stop() {
    const executionArn = await start(await create(wait(3600)));
    const { stopDate } = await send("StopExecution", { executionArn, error: "Enough", cause: "home" });
    const found = await ended(executionArn);
    assert.deepEqual([found.status, found.error, found.cause, found.stopDate], ["ABORTED", "Enough", "home", stopDate]);
  },

  async express() {
    const stateMachineArn = await create(pass("now"), "EXPRESS");
    const done = await send("StartSyncExecution", { stateMachineArn, input: "{}" });
    assert.deepEqual([done.status, done.output], ["SUCCEEDED", '"now"']);
    assert(done.billingDetails.billedDurationInMilliseconds > 0);
    const standard = await create(pass(1));
    await assert.rejects(send("StartSyncExecution", { stateMachineArn: standard }), sfn.StateMachineTypeNotSupported);
  },

  async testState() {
    const definition = JSON.stringify({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "none", "Payload.$": "$.n" },
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Mend", ResultPath: "$.error" }],
      Next: "Go",
    });
    const test = (more) => send("TestState", { definition, input: '{"n":1}', inspectionLevel: "DEBUG", ...more });
    const done = await test({ mock: { result: '{"StatusCode":200,"Payload":{"m":2}}' } });
    assert.deepEqual([done.status, done.nextState, JSON.parse(done.output).Payload], ["SUCCEEDED", "Go", { m: 2 }]);
    assert.deepEqual(JSON.parse(done.inspectionData.afterParameters), { FunctionName: "none", Payload: 1 });
    const busy = await test({ mock: { errorOutput: { error: "Busy" } }, stateConfiguration: { retrierRetryCount: 2 } });
    assert.equal(busy.status, "RETRIABLE");
    assert.deepEqual(busy.inspectionData.errorDetails, { retryIndex: 0, retryBackoffIntervalSeconds: 8 });
    const caught = await test({ mock: { errorOutput: { error: "Broken", cause: "lamp" } } });
    assert.deepEqual([caught.status, caught.nextState, caught.error, caught.cause], ["CAUGHT_ERROR", "Mend", "Broken", "lamp"]);
    assert.deepEqual(JSON.parse(caught.output), { n: 1, error: { Error: "Broken", Cause: "lamp" } });
    const machine = JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Wait", Seconds: 0, End: true } } });
    const waited = await send("TestState", { definition: machine, stateName: "B", input: "[]" });
    assert.deepEqual([waited.status, waited.output, waited.nextState], ["SUCCEEDED", "[]", undefined]);
    await assert.rejects(send("TestState", { definition: machine, stateName: "C" }), sfn.ValidationException);
    await assert.rejects(send("TestState", { definition: "{}" }), sfn.InvalidDefinition);
    await assert.rejects(send("TestState", { definition: machine, stateName: "A", input: "{" }), sfn.InvalidExecutionInput);
  },

  async activity() {
    const activityArn = await createActivity();
    const poll = send("GetActivityTask", { activityArn, workerName: "node" });
    const executionArn = await start(await create(task(activityArn)), { n: 20 });
    const { taskToken, input } = await poll;
    assert.equal(JSON.parse(input).n, 20);
    await send("SendTaskHeartbeat", { taskToken });
    await send("SendTaskSuccess", { taskToken, output: "21" });
    assert.equal((await ended(executionArn)).output, "21");
    await assert.rejects(send("SendTaskSuccess", { taskToken, output: "22" }), sfn.TaskTimedOut);

    const other = await start(await create(task(activityArn)));
    const second = await send("GetActivityTask", { activityArn });
    await send("SendTaskFailure", { taskToken: second.taskToken, error: "Broken", cause: "lamp" });
    const found = await ended(other);
    assert.deepEqual([found.status, found.error, found.cause], ["FAILED", "Broken", "lamp"]);
  },

  async errors() {
    const stateMachineArn = await create(wait(3600));
    const name = unique("taken");
    const first = await send("StartExecution", { stateMachineArn, name, input: "{}" });
    const again = await send("StartExecution", { stateMachineArn, name, input: "{}" });
    assert.deepEqual([again.executionArn, again.startDate], [first.executionArn, first.startDate]);
    const refused = async (operation, input, kind, message) => {
      await assert.rejects(send(operation, input), (error) => {
        assert(error instanceof kind, `${operation}: ${error.name}: ${error.message}`);
        assert.equal(error.name, kind.name);
        if (message) assert.equal(error.message, message);
        assert.equal(error.$fault, "client");
        assert(error.$metadata.requestId);
        return true;
      });
    };
    const missing = `${stateMachineArn}-gone`;
    const taken = { stateMachineArn, name, input: "[]" };
    await refused("StartExecution", taken, sfn.ExecutionAlreadyExists, `Execution Already Exists: '${first.executionArn}'`);
    await refused("DescribeStateMachine", { stateMachineArn: missing }, sfn.StateMachineDoesNotExist, `State Machine Does Not Exist: '${missing}'`);
    await refused("DescribeStateMachine", { stateMachineArn: "x" }, sfn.InvalidArn, "Invalid Arn: 'Invalid ARN prefix: x'");
    await refused("CreateActivity", { name: "a b" }, sfn.InvalidName, "Invalid Name: 'a b'");
    await refused("CreateStateMachine", { name: unique("bad"), definition: "{", roleArn }, sfn.InvalidDefinition);
    await refused("StartExecution", { stateMachineArn, input: "{" }, sfn.InvalidExecutionInput);
    await refused("SendTaskSuccess", { taskToken: "x", output: "1" }, sfn.InvalidToken);
    await refused("ListStateMachines", { maxResults: 1001 }, sfn.ValidationException);
    await send("StopExecution", { executionArn: first.executionArn });
  },
};

try {
  await cases[chosen]();
} finally {
  if (onAws) for (const remove of made) await remove().catch(() => {});
  client.destroy();
}
