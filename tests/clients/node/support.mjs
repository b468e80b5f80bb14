// A client of the service under test that notes what it is asked, and what many cases need.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import * as sfn from "@aws-sdk/client-sfn";

const [url, region, role] = process.argv.slice(2);
export const roleArn = role;
export const endpoint = { endpoint: url, region, maxAttempts: 1 };
const onAws = new URL(url).hostname.endsWith(".amazonaws.com");
// Without disableHostPrefix, StartSyncExecution goes to sync-HOST, which only AWS's names resolve to anything.
export const client = new sfn.SFNClient({ endpoint: url, region, disableHostPrefix: !onAws, maxAttempts: 1 });
const made = [];

// Operation → how often it was answered, and the errors it was refused with.
export function note(client) {
  const asked = {};
  client.middlewareStack.add(
    (next, context) => async (request) => {
      const name = context.commandName.replace(/Command$/, "");
      const count = (asked[name] ??= { answered: 0, refused: [] });
      try {
        const answer = await next(request);
        count.answered += 1;
        return answer;
      } catch (error) {
        count.refused.push(error.name);
        throw error;
      }
    },
    { step: "initialize" },
  );
  return asked;
}
export const operations = (sdk) =>
  Object.keys(sdk).filter((name) => name.endsWith("Command") && name !== "$Command").map((name) => name.replace(/Command$/, ""));
// A client of another service: `send` and `refused` as below, and what it was asked and knows.
export function use(sdk, kind) {
  const client = new sdk[kind](endpoint);
  const send = (operation, input = {}) => client.send(new sdk[`${operation}Command`](input));
  const refused = async (operation, input, kind, message) => {
    await assert.rejects(send(operation, input), (error) => {
      assert.equal(error.name, kind.name ?? kind, `${operation}: ${error.name}: ${error.message}`);
      if (kind.name) assert(error instanceof kind, `${operation}: ${error.name} is no ${kind.name}`);
      if (message) assert.equal(error.message, message);
      return true;
    });
  };
  return { client, send, refused, asked: note(client), known: operations(sdk) };
}
export const asked = note(client);
export const known = operations(sfn);

export const unique = (name) => `${name}-${randomUUID().slice(0, 8)}`;
export const pass = (Result) => ({ StartAt: "P", States: { P: { Type: "Pass", Result, End: true } } });
export const wait = (Seconds) => ({ StartAt: "W", States: { W: { Type: "Wait", Seconds, End: true } } });
export const task = (Resource, more = {}) => ({ StartAt: "T", States: { T: { Type: "Task", Resource, ...more, End: true } } });

export const send = (operation, input) => client.send(new sfn[`${operation}Command`](input));

export async function create(definition, type = "STANDARD") {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  const { stateMachineArn } = await send("CreateStateMachine", { name: unique("node"), definition: text, roleArn, type });
  made.push(() => send("DeleteStateMachine", { stateMachineArn }));
  return stateMachineArn;
}

export async function createActivity() {
  const { activityArn } = await send("CreateActivity", { name: unique("node") });
  made.push(() => send("DeleteActivity", { activityArn }));
  return activityArn;
}

export async function start(stateMachineArn, input = {}) {
  return (await send("StartExecution", { stateMachineArn, input: JSON.stringify(input) })).executionArn;
}

// The first answer that is not false.
export async function until(condition, what, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    assert(Date.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function ended(executionArn, seconds = 30) {
  const found = async () => {
    const execution = await send("DescribeExecution", { executionArn });
    return execution.status !== "RUNNING" && execution;
  };
  return until(found, `the end of ${executionArn}`, seconds);
}

export async function refused(operation, input, kind, message) {
  await assert.rejects(send(operation, input), (error) => {
    assert(error instanceof kind, `${operation}: ${error.name}: ${error.message}`);
    assert.equal(error.name, kind.name);
    if (message) assert.equal(error.message, message);
    assert.equal(error.$fault, "client");
    assert(error.$metadata.requestId);
    return true;
  });
}

// At AWS nothing stays behind; a server of our own goes as a whole.
export async function end() {
  if (onAws) for (const remove of made) await remove().catch(() => {});
  client.destroy();
}
