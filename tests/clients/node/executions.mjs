// Executions of both kinds, and single states.

import assert from "node:assert/strict";
import * as sfn from "@aws-sdk/client-sfn";
import { client, create, ended, pass, refused, send, start, task, unique, wait, roleArn } from "./support.mjs";

export default {
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

  async redrive() {
    const executionArn = await start(await create({ StartAt: "F", States: { F: { Type: "Fail", Error: "Sorry" } } }));
    assert.equal((await ended(executionArn)).redriveStatus, "REDRIVABLE");
    const { redriveDate } = await send("RedriveExecution", { executionArn, clientToken: unique("token") });
    assert(redriveDate instanceof Date);
    const again = await ended(executionArn);
    assert.deepEqual([again.status, again.error, again.redriveCount], ["FAILED", "Sorry", 1]);
    const done = await start(await create(pass(1)));
    await ended(done);
    await refused("RedriveExecution", { executionArn: done }, sfn.ExecutionNotRedrivable);
  },

  async definitionOfAnExecution() {
    const stateMachineArn = await create(pass("old"));
    const executionArn = await start(stateMachineArn);
    await send("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(pass("new")) });
    const found = await send("DescribeStateMachineForExecution", { executionArn });
    assert.deepEqual([found.stateMachineArn, JSON.parse(found.definition)], [stateMachineArn, pass("old")]);
    await refused("DescribeStateMachineForExecution", { executionArn: `${executionArn}-gone` }, sfn.ExecutionDoesNotExist);
  },

  async mapRuns() {
    const executionArn = await start(await create(pass(1)));
    assert.deepEqual((await send("ListMapRuns", { executionArn })).mapRuns, []);
    const mapRunArn = executionArn.replace(":execution:", ":mapRun:").replace(/:[^:]*$/, `/label:${"0".repeat(36)}`);
    await refused("DescribeMapRun", { mapRunArn }, sfn.ResourceNotFound);
    await refused("UpdateMapRun", { mapRunArn, maxConcurrency: 2 }, sfn.ResourceNotFound);
    await refused("UpdateMapRun", { mapRunArn }, sfn.ValidationException);
    await refused("DescribeMapRun", { mapRunArn: executionArn }, sfn.InvalidArn);
  },

  async errors() {
    const stateMachineArn = await create(wait(3600));
    const name = unique("taken");
    const first = await send("StartExecution", { stateMachineArn, name, input: "{}" });
    const again = await send("StartExecution", { stateMachineArn, name, input: "{}" });
    assert.deepEqual([again.executionArn, again.startDate], [first.executionArn, first.startDate]);
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
