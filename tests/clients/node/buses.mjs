// EventBridge: buses, rules and their targets, events, connections and API destinations.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-eventbridge";
import * as sqs from "@aws-sdk/client-sqs";
import { service as queues } from "./queues.mjs";
import { unique, use } from "./support.mjs";

export const service = use(sdk, "EventBridgeClient");
const { send, refused } = service;
const EventPattern = JSON.stringify({ source: ["node"] });

export default {
  async buses() {
    const Name = unique("bus");
    const { EventBusArn } = await send("CreateEventBus", { Name, Tags: [{ Key: "a", Value: "1" }] });
    await refused("CreateEventBus", { Name }, sdk.ResourceAlreadyExistsException, `Event bus ${Name} already exists.`);
    await send("UpdateEventBus", { Name, Description: "of orders" });
    const found = await send("DescribeEventBus", { Name });
    assert.deepEqual([found.Arn, found.Description], [EventBusArn, "of orders"]);
    assert(found.CreationTime instanceof Date);
    assert.deepEqual((await send("ListEventBuses", { NamePrefix: Name })).EventBuses.map((bus) => bus.Name), [Name]);
    await send("TagResource", { ResourceARN: EventBusArn, Tags: [{ Key: "b", Value: "2" }] });
    await send("UntagResource", { ResourceARN: EventBusArn, TagKeys: ["a"] });
    assert.deepEqual((await send("ListTagsForResource", { ResourceARN: EventBusArn })).Tags, [{ Key: "b", Value: "2" }]);
    await send("PutPermission", { EventBusName: Name, Action: "events:PutEvents", Principal: "111122223333", StatementId: "s" });
    const Statement = { Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: EventBusArn };
    const long = JSON.stringify({ Statement: Array.from({ length: 100 }, () => Statement) });
    await refused("PutPermission", { EventBusName: Name, Policy: long }, sdk.PolicyLengthExceededException);
    await send("RemovePermission", { EventBusName: Name, StatementId: "s" });
    await send("DeleteEventBus", { Name });
    await refused("DescribeEventBus", { Name }, sdk.ResourceNotFoundException, `Event bus ${Name} does not exist.`);
  },

  async rules() {
    const Name = unique("rule");
    const { RuleArn } = await send("PutRule", { Name, EventPattern });
    assert.deepEqual((await send("ListRules", { NamePrefix: Name })).Rules.map((rule) => rule.Arn), [RuleArn]);
    await send("DisableRule", { Name });
    assert.equal((await send("DescribeRule", { Name })).State, "DISABLED");
    await send("EnableRule", { Name });
    const QueueUrl = (await queues.client.send(new sqs.CreateQueueCommand({ QueueName: unique("node") }))).QueueUrl;
    const ask = { QueueUrl, AttributeNames: ["QueueArn"] };
    const Arn = (await queues.client.send(new sqs.GetQueueAttributesCommand(ask))).Attributes.QueueArn;
    const put = await send("PutTargets", { Rule: Name, Targets: [{ Id: "q", Arn, InputPath: "$.detail" }] });
    assert.equal(put.FailedEntryCount, 0);
    assert.deepEqual((await send("ListTargetsByRule", { Rule: Name })).Targets, [{ Id: "q", Arn, InputPath: "$.detail" }]);
    assert.deepEqual((await send("ListRuleNamesByTarget", { TargetArn: Arn })).RuleNames, [Name]);
    const Entries = [{ Source: "node", DetailType: "t", Detail: '{"n":"é"}' }, { Source: "node", DetailType: "t", Detail: "no" }];
    const answer = await send("PutEvents", { Entries });
    assert.deepEqual([answer.FailedEntryCount, answer.Entries[1].ErrorCode], [1, "MalformedDetail"]);
    const { Messages } = await queues.client.send(new sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    assert.deepEqual(Messages.map(({ Body }) => Body), ['{"n":"é"}']);
    const many = Array.from({ length: 6 }, (_, i) => ({ Id: `${i}`, Arn }));
    await refused("PutTargets", { Rule: Name, Targets: many }, sdk.LimitExceededException);
    await send("RemoveTargets", { Rule: Name, Ids: ["q"] });
    await send("DeleteRule", { Name });
    await refused("DescribeRule", { Name }, sdk.ResourceNotFoundException);
    await refused("PutRule", { Name, EventPattern: '{"source":[]}' }, sdk.InvalidEventPatternException);
  },

  async patterns() {
    const Event = JSON.stringify({ id: "1", source: "node", "detail-type": "t", account: "1", region: "r", time: "2022-07-13T13:48:01Z", resources: [] });
    assert.equal((await send("TestEventPattern", { EventPattern, Event })).Result, true);
    await refused("TestEventPattern", { EventPattern: "{", Event }, sdk.InvalidEventPatternException);
    await refused("TestEventPattern", { EventPattern, Event: "text" }, "ValidationException", "Parameter Event is not valid.");
  },

  async destinations() {
    const Name = unique("connection");
    const AuthParameters = { BasicAuthParameters: { Username: "ada", Password: "secret" } };
    const { ConnectionArn } = await send("CreateConnection", { Name, AuthorizationType: "BASIC", AuthParameters });
    await refused("CreateConnection", { Name, AuthorizationType: "BASIC", AuthParameters }, sdk.ResourceAlreadyExistsException);
    const shown = await send("DescribeConnection", { Name });
    assert.deepEqual(shown.AuthParameters, { BasicAuthParameters: { Username: "ada" } });
    await send("UpdateConnection", { Name, Description: "d" });
    assert.deepEqual((await send("ListConnections", { NamePrefix: Name })).Connections.map((found) => found.Name), [Name]);
    const destination = unique("destination");
    const made = { Name: destination, ConnectionArn, InvocationEndpoint: "https://example.com/in", HttpMethod: "POST" };
    await send("CreateApiDestination", made);
    await refused("CreateApiDestination", made, sdk.ResourceAlreadyExistsException);
    await send("UpdateApiDestination", { Name: destination, HttpMethod: "PUT" });
    assert.equal((await send("DescribeApiDestination", { Name: destination })).HttpMethod, "PUT");
    assert.equal((await send("ListApiDestinations", { NamePrefix: destination })).ApiDestinations.length, 1);
    await send("DeleteApiDestination", { Name: destination });
    await refused("DescribeApiDestination", { Name: destination }, sdk.ResourceNotFoundException);
    await send("DeauthorizeConnection", { Name });
    await send("DeleteConnection", { Name });
    await refused("DescribeConnection", { Name }, sdk.ResourceNotFoundException);
  },
};
