// Lambda: functions, what calls them, and what becomes of it.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-lambda";
import * as sqs from "@aws-sdk/client-sqs";
import { service as queues } from "./queues.mjs";
import { roleArn, unique, use } from "./support.mjs";
import { zip } from "./zip.mjs";

export const service = use(sdk, "LambdaClient");
const { client, send, refused } = service;

const code = (body) => zip({ "index.js": `exports.handler = async (event) => { ${body} };` });
async function make(body) {
  const FunctionName = unique("node");
  const given = { FunctionName, Role: roleArn, Runtime: "nodejs18.x", Handler: "index.handler", Code: { ZipFile: code(body) } };
  await send("CreateFunction", given);
  return { FunctionName, given };
}
const invoke = async (FunctionName, event) => {
  const answer = await send("Invoke", { FunctionName, Payload: JSON.stringify(event) });
  return [answer.FunctionError, JSON.parse(new TextDecoder().decode(answer.Payload))];
};

export default {
  async functions() {
    const { FunctionName, given } = await make("return { twice: event.n * 2 }");
    await refused("CreateFunction", given, sdk.ResourceConflictException);
    assert.deepEqual(await invoke(FunctionName, { n: 21 }), [undefined, { twice: 42 }]);
    await send("UpdateFunctionCode", { FunctionName, ZipFile: code("throw new RangeError(event.n)") });
    const [kind, error] = await invoke(FunctionName, { n: "é" });
    assert.deepEqual([kind, error.errorType, error.errorMessage], ["Unhandled", "RangeError", "é"]);
    await send("UpdateFunctionConfiguration", { FunctionName, Timeout: 7 });
    assert.equal((await send("GetFunctionConfiguration", { FunctionName })).Timeout, 7);
    assert.equal((await send("GetFunction", { FunctionName })).Configuration.Timeout, 7);
    const listed = [];
    for await (const page of sdk.paginateListFunctions({ client, pageSize: 2 }, {})) listed.push(...page.Functions.map((found) => found.FunctionName));
    assert.equal(listed.filter((name) => name === FunctionName).length, 1);
    await refused("UpdateFunctionCode", { FunctionName, ZipFile: new Uint8Array([1, 2, 3]) }, sdk.InvalidParameterValueException);
    await refused("Invoke", { FunctionName, Payload: "{" }, sdk.InvalidRequestContentException);
    await refused("UpdateFunctionCode", { FunctionName, ZipFile: code(""), RevisionId: "other" }, sdk.PreconditionFailedException);
    await send("DeleteFunction", { FunctionName });
    await refused("GetFunction", { FunctionName }, sdk.ResourceNotFoundException);
  },

  async permissions() {
    const { FunctionName } = await make("return 1");
    const Resource = (await send("GetFunctionConfiguration", { FunctionName })).FunctionArn;
    const statement = { FunctionName, StatementId: "topic", Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
    await refused("GetPolicy", { FunctionName }, sdk.ResourceNotFoundException, "The resource you requested does not exist.");
    const added = JSON.parse((await send("AddPermission", { ...statement, SourceArn: "arn:aws:sns:us-east-1:123456789012:t" })).Statement);
    assert.deepEqual(added.Condition, { ArnLike: { "AWS:SourceArn": "arn:aws:sns:us-east-1:123456789012:t" } });
    await refused("AddPermission", statement, sdk.ResourceConflictException);
    await refused("AddPermission", { ...statement, StatementId: "b", RevisionId: "other" }, sdk.PreconditionFailedException);
    const SourceArn = `arn:aws:s3:::${"x".repeat(21000)}`;
    await refused("AddPermission", { ...statement, StatementId: "long", SourceArn }, sdk.PolicyLengthExceededException);
    const { Policy, RevisionId } = await send("GetPolicy", { FunctionName });
    assert.deepEqual(JSON.parse(Policy), { Version: "2012-10-17", Id: "default", Statement: [{ ...added, Resource }] });
    await send("RemovePermission", { FunctionName, StatementId: "topic", RevisionId });
    await refused("RemovePermission", { FunctionName, StatementId: "topic" }, sdk.ResourceNotFoundException);
    await send("TagResource", { Resource, Tags: { team: "blue", stage: "test" } });
    await send("UntagResource", { Resource, TagKeys: ["stage"] });
    assert.deepEqual((await send("ListTags", { Resource })).Tags, { team: "blue" });
    await refused("TagResource", { Resource: `${Resource}:1`, Tags: { a: "b" } }, sdk.InvalidParameterValueException);
  },

  async eventInvokeConfigs() {
    const { FunctionName } = await make("return 1");
    await send("PutFunctionEventInvokeConfig", { FunctionName, MaximumRetryAttempts: 1 });
    await send("UpdateFunctionEventInvokeConfig", { FunctionName, MaximumEventAgeInSeconds: 60 });
    const found = await send("GetFunctionEventInvokeConfig", { FunctionName });
    assert.deepEqual([found.MaximumRetryAttempts, found.MaximumEventAgeInSeconds], [1, 60]);
    assert(found.LastModified instanceof Date);
    assert.equal((await send("ListFunctionEventInvokeConfigs", { FunctionName })).FunctionEventInvokeConfigs.length, 1);
    await send("DeleteFunctionEventInvokeConfig", { FunctionName });
    await refused("GetFunctionEventInvokeConfig", { FunctionName }, sdk.ResourceNotFoundException);
  },

  async eventSources() {
    const { FunctionName } = await make("return 1");
    const QueueUrl = (await queues.client.send(new sqs.CreateQueueCommand({ QueueName: unique("node") }))).QueueUrl;
    const asked = { QueueUrl, AttributeNames: ["QueueArn"] };
    const EventSourceArn = (await queues.client.send(new sqs.GetQueueAttributesCommand(asked))).Attributes.QueueArn;
    const { UUID } = await send("CreateEventSourceMapping", { FunctionName, EventSourceArn, BatchSize: 2 });
    await refused("CreateEventSourceMapping", { FunctionName, EventSourceArn }, sdk.ResourceConflictException);
    await send("UpdateEventSourceMapping", { UUID, BatchSize: 3 });
    assert.equal((await send("GetEventSourceMapping", { UUID })).BatchSize, 3);
    assert.deepEqual((await send("ListEventSourceMappings", { FunctionName })).EventSourceMappings.map((found) => found.UUID), [UUID]);
    await send("DeleteEventSourceMapping", { UUID });
    await refused("CreateEventSourceMapping", { FunctionName: `${FunctionName}-gone`, EventSourceArn }, sdk.ResourceNotFoundException);
  },
};
