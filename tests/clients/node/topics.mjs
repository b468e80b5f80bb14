// SNS: topics, subscriptions, messages.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { service as queues } from "./queues.mjs";
import { unique, use } from "./support.mjs";

export const service = use(sdk, "SNSClient");
const { client, send, refused } = service;

const topic = async (more = {}, suffix = "") => (await send("CreateTopic", { Name: unique("node") + suffix, ...more })).TopicArn;
const queue = async () => {
  const QueueUrl = (await queues.client.send(new sqs.CreateQueueCommand({ QueueName: unique("node") }))).QueueUrl;
  const { Attributes } = await queues.client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  return { QueueUrl, Endpoint: Attributes.QueueArn };
};
const subscribe = async (TopicArn, Endpoint, Attributes = {}) =>
  (await send("Subscribe", { TopicArn, Protocol: "sqs", Endpoint, Attributes, ReturnSubscriptionArn: true })).SubscriptionArn;
const bodies = async (QueueUrl) => {
  const answer = await queues.client.send(new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }));
  return (answer.Messages ?? []).map(({ Body }) => Body).sort();
};

export default {
  async topics() {
    const TopicArn = await topic({ Attributes: { DisplayName: "Ü & <ü>" }, Tags: [{ Key: "a", Value: "1" }] });
    assert.equal((await send("GetTopicAttributes", { TopicArn })).Attributes.DisplayName, "Ü & <ü>");
    await send("SetTopicAttributes", { TopicArn, AttributeName: "DisplayName", AttributeValue: "News" });
    await refused("CreateTopic", { Name: TopicArn.split(":").at(-1), Attributes: { DisplayName: "b" } }, sdk.InvalidParameterException);
    const listed = [];
    for await (const page of sdk.paginateListTopics({ client }, {})) listed.push(...page.Topics.map((found) => found.TopicArn));
    assert.equal(listed.filter((arn) => arn === TopicArn).length, 1);
    await send("TagResource", { ResourceArn: TopicArn, Tags: [{ Key: "b", Value: "2" }] });
    await send("UntagResource", { ResourceArn: TopicArn, TagKeys: ["a"] });
    assert.deepEqual((await send("ListTagsForResource", { ResourceArn: TopicArn })).Tags, [{ Key: "b", Value: "2" }]);
    const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    await refused("TagResource", { ResourceArn: TopicArn, Tags: many }, sdk.TagLimitExceededException);
    await send("AddPermission", { TopicArn, Label: "l", AWSAccountId: ["111111111111"], ActionName: ["Publish"] });
    await send("RemovePermission", { TopicArn, Label: "l" });
    await send("DeleteTopic", { TopicArn });
    await refused("GetTopicAttributes", { TopicArn }, sdk.NotFoundException, "Topic does not exist");
    await refused("ListTagsForResource", { ResourceArn: TopicArn }, sdk.ResourceNotFoundException, "Resource does not exist");
    await refused("GetTopicAttributes", { TopicArn: TopicArn.replace(/\d{12}/, "210987654321") }, sdk.AuthorizationErrorException);
  },

  async subscriptions() {
    const TopicArn = await topic();
    const { QueueUrl, Endpoint } = await queue();
    const SubscriptionArn = await subscribe(TopicArn, Endpoint, { RawMessageDelivery: "true" });
    await send("SetSubscriptionAttributes", { SubscriptionArn, AttributeName: "FilterPolicy", AttributeValue: '{"kind":["good"]}' });
    assert.equal((await send("GetSubscriptionAttributes", { SubscriptionArn })).Attributes.FilterPolicy, '{"kind":["good"]}');
    const of = async (operation, input) => (await send(operation, input)).Subscriptions.map((found) => found.SubscriptionArn);
    assert.deepEqual(await of("ListSubscriptionsByTopic", { TopicArn }), [SubscriptionArn]);
    assert((await of("ListSubscriptions", {})).includes(SubscriptionArn));
    for (const kind of ["bad", "good"]) {
      await send("Publish", { TopicArn, Message: kind, MessageAttributes: { kind: { DataType: "String", StringValue: kind } } });
    }
    assert.deepEqual(await bodies(QueueUrl), ["good"]);
    await send("Unsubscribe", { SubscriptionArn });
    await refused("GetSubscriptionAttributes", { SubscriptionArn }, sdk.NotFoundException);
    await refused("ConfirmSubscription", { TopicArn, Token: "none" }, sdk.InvalidParameterException);
  },

  async confirmation() {
    const { createServer } = await import("node:http");
    let told;
    const came = new Promise((resolve) => (told = resolve));
    const endpoint = createServer(async (request, response) => {
      let text = "";
      for await (const part of request) text += part;
      response.end();
      told(JSON.parse(text));
    });
    await new Promise((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    try {
      const TopicArn = await topic();
      const Endpoint = `http://127.0.0.1:${endpoint.address().port}/`;
      assert.equal((await send("Subscribe", { TopicArn, Protocol: "http", Endpoint })).SubscriptionArn, "pending confirmation");
      const { Token } = await came;
      const { SubscriptionArn } = await send("ConfirmSubscription", { TopicArn, Token });
      assert.equal((await send("GetSubscriptionAttributes", { SubscriptionArn })).Attributes.PendingConfirmation, "false");
    } finally {
      endpoint.close();
      endpoint.closeAllConnections();
    }
  },

  async published() {
    const TopicArn = await topic();
    const { QueueUrl, Endpoint } = await queue();
    await subscribe(TopicArn, Endpoint, { RawMessageDelivery: "true" });
    const entries = ["a", "b"].map((Id) => ({ Id, Message: `é ${Id}` }));
    const { Successful } = await send("PublishBatch", { TopicArn, PublishBatchRequestEntries: entries });
    assert.deepEqual(Successful.map(({ Id }) => Id), ["a", "b"]);
    assert.deepEqual(await bodies(QueueUrl), ["é a", "é b"]);
    const batch = (list) => ({ TopicArn, PublishBatchRequestEntries: list });
    const entry = (Id, Message = "m") => ({ Id, Message });
    await refused("PublishBatch", batch([]), sdk.EmptyBatchRequestException);
    await refused("PublishBatch", batch([entry("a"), entry("a")]), sdk.BatchEntryIdsNotDistinctException);
    await refused("PublishBatch", batch([entry("a b")]), sdk.InvalidBatchEntryIdException);
    await refused("PublishBatch", batch(Array.from({ length: 11 }, (_, i) => entry(`${i}`))), sdk.TooManyEntriesInBatchRequestException);
    await refused("PublishBatch", batch([entry("a", "x".repeat(200_000)), entry("b", "x".repeat(200_000))]), sdk.BatchRequestTooLongException);
    await refused("Publish", { TopicArn, Message: "" }, sdk.InvalidParameterException);
    const MessageAttributes = { a: { DataType: "Odd", StringValue: "x" } };
    await refused("Publish", { TopicArn, Message: "m", MessageAttributes }, sdk.InvalidParameterValueException);
    await refused("Publish", { TopicArn: `${TopicArn}-gone`, Message: "m" }, sdk.NotFoundException);
  },
};
