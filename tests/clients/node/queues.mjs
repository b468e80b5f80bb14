// SQS: queues, messages, order, dead letters. The client compares the digests of what it sends and receives itself.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-sqs";
import { create, ended, start, task, unique, until, use } from "./support.mjs";

export const service = use(sdk, "SQSClient");
const { client, send } = service;
const queue = async (Attributes = {}, suffix = "") => (await send("CreateQueue", { QueueName: unique("node") + suffix, Attributes })).QueueUrl;
const receive = async (QueueUrl, more = {}) => (await send("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10, ...more })).Messages ?? [];
const arnOf = async (QueueUrl) => (await send("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] })).Attributes.QueueArn;

async function refused(operation, input, kind, code) {
  await assert.rejects(send(operation, input), (error) => {
    assert(error instanceof kind, `${operation}: ${error.name}: ${error.message}`);
    if (code) assert.equal(error.Code ?? error.name, code);
    return true;
  });
}

export default {
  async queuesAndTags() {
    const QueueUrl = await queue({ DelaySeconds: "3" });
    const QueueName = QueueUrl.split("/").at(-1);
    assert.equal((await send("GetQueueUrl", { QueueName })).QueueUrl, QueueUrl);
    const listed = [];
    for await (const page of sdk.paginateListQueues({ client, pageSize: 1 }, { QueueNamePrefix: QueueName })) listed.push(...(page.QueueUrls ?? []));
    assert.deepEqual(listed, [QueueUrl]);
    await refused("CreateQueue", { QueueName, Attributes: { DelaySeconds: "4" } }, sdk.QueueNameExists, "QueueAlreadyExists");
    await send("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "0" } });
    await refused("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "1000" } }, sdk.InvalidAttributeValue);
    await send("TagQueue", { QueueUrl, Tags: { a: "1", b: "2" } });
    await send("UntagQueue", { QueueUrl, TagKeys: ["b"] });
    assert.deepEqual((await send("ListQueueTags", { QueueUrl })).Tags, { a: "1" });
    await send("AddPermission", { QueueUrl, Label: "l", AWSAccountIds: ["111111111111"], Actions: ["SendMessage"] });
    await send("RemovePermission", { QueueUrl, Label: "l" });
    await send("PurgeQueue", { QueueUrl });
    await refused("PurgeQueue", { QueueUrl }, sdk.PurgeQueueInProgress, "AWS.SimpleQueueService.PurgeQueueInProgress");
    await send("DeleteQueue", { QueueUrl });
    await refused("SendMessage", { QueueUrl, MessageBody: "m" }, sdk.QueueDoesNotExist, "AWS.SimpleQueueService.NonExistentQueue");
    await refused("CreateQueue", { QueueName }, sdk.QueueDeletedRecently);
  },

  async messages() {
    const QueueUrl = await queue();
    const MessageAttributes = { n: { DataType: "Number", StringValue: "1" }, b: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) } };
    const sent = await send("SendMessage", { QueueUrl, MessageBody: "é<&>", MessageAttributes });
    const [message] = await receive(QueueUrl, { MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
    assert.deepEqual([message.MessageId, message.Body, message.MD5OfMessageAttributes], [sent.MessageId, "é<&>", sent.MD5OfMessageAttributes]);
    assert.deepEqual(message.MessageAttributes.b.BinaryValue, new Uint8Array([0, 255]));
    assert.equal(message.Attributes.ApproximateReceiveCount, "1");
    const { ReceiptHandle } = message;
    await send("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    await refused("ChangeMessageVisibility", { QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }, sdk.MessageNotInflight);
    const [again] = await receive(QueueUrl);
    await send("DeleteMessage", { QueueUrl, ReceiptHandle: again.ReceiptHandle });
    await refused("DeleteMessage", { QueueUrl, ReceiptHandle: "x" }, sdk.ReceiptHandleIsInvalid);
    assert.deepEqual(await receive(QueueUrl), []);
    await refused("SendMessage", { QueueUrl, MessageBody: "\u0001" }, sdk.InvalidMessageContents);
  },

  async messagesInBatches() {
    const QueueUrl = await queue();
    const Entries = ["a", "b", "c"].map((Id) => ({ Id, MessageBody: Id }));
    assert.equal((await send("SendMessageBatch", { QueueUrl, Entries })).Successful.length, 3);
    const handles = (await receive(QueueUrl)).map(({ Body, ReceiptHandle }) => ({ Id: Body, ReceiptHandle }));
    const changed = await send("ChangeMessageVisibilityBatch", { QueueUrl, Entries: handles.map((entry) => ({ ...entry, VisibilityTimeout: 99 })) });
    assert.equal(changed.Successful.length, 3);
    const gone = await send("DeleteMessageBatch", { QueueUrl, Entries: [...handles, { Id: "x", ReceiptHandle: "x" }] });
    assert.deepEqual([gone.Successful.length, gone.Failed[0].Id, gone.Failed[0].SenderFault], [3, "x", true]);
    await refused("SendMessageBatch", { QueueUrl, Entries: [] }, sdk.EmptyBatchRequest);
    await refused("SendMessageBatch", { QueueUrl, Entries: [Entries[0], Entries[0]] }, sdk.BatchEntryIdsNotDistinct);
  },

  async refusalsOfQueues() {
    const QueueUrl = await queue();
    const entry = (Id, MessageBody = "m") => ({ Id, MessageBody });
    const batch = (...Entries) => ({ QueueUrl, Entries });
    await refused("SendMessageBatch", batch(...Array.from({ length: 11 }, (_, i) => entry(`${i}`))), sdk.TooManyEntriesInBatchRequest);
    await refused("SendMessageBatch", batch(entry("a b")), sdk.InvalidBatchEntryId);
    await refused("SendMessageBatch", batch(entry("a", "x".repeat(700_000)), entry("b", "x".repeat(700_000))), sdk.BatchRequestTooLong);
    await refused("SendMessage", { QueueUrl, MessageBody: "\u0001" }, sdk.InvalidMessageContents);
    await refused("DeleteMessage", { QueueUrl, ReceiptHandle: "x" }, sdk.ReceiptHandleIsInvalid);
    await refused("GetQueueAttributes", { QueueUrl, AttributeNames: ["Odd"] }, sdk.InvalidAttributeName);
    await refused("GetQueueAttributes", { QueueUrl: "https://nowhere/", AttributeNames: ["All"] }, sdk.InvalidAddress);
    const Actions = ["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "PurgeQueue", "*"];
    await refused("AddPermission", { QueueUrl, Label: "l", AWSAccountIds: ["111111111111"], Actions }, sdk.OverLimit);
    await refused("StartMessageMoveTask", { SourceArn: `${await arnOf(QueueUrl)}-gone` }, sdk.ResourceNotFoundException);
  },

  async orderOfAGroup() {
    const QueueUrl = await queue({ FifoQueue: "true", ContentBasedDeduplication: "true" }, ".fifo");
    for (const MessageBody of ["1", "2", "1", "3"]) await send("SendMessage", { QueueUrl, MessageBody, MessageGroupId: "g" });
    const received = await receive(QueueUrl);
    assert.deepEqual(received.map(({ Body }) => Body), ["1", "2", "3"]);
  },

  async deadLetters() {
    const dead = await queue();
    const deadArn = await arnOf(dead);
    const source = await queue({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 1 }) });
    assert.deepEqual((await send("ListDeadLetterSourceQueues", { QueueUrl: dead })).queueUrls, [source]);
    await send("SendMessage", { QueueUrl: source, MessageBody: "m" });
    await receive(source, { VisibilityTimeout: 0 });
    assert.deepEqual(await receive(source), []);
    assert.equal((await receive(dead, { WaitTimeSeconds: 5, VisibilityTimeout: 0 }))[0].Body, "m");
    await send("StartMessageMoveTask", { SourceArn: deadArn });
    assert.equal((await receive(source, { WaitTimeSeconds: 5 }))[0].Body, "m");
    for (let i = 0; i < 5; ++i) await send("SendMessage", { QueueUrl: dead, MessageBody: `${i}` });
    const idle = async () => (await send("ListMessageMoveTasks", { SourceArn: deadArn })).Results[0].Status === "COMPLETED";
    await until(idle, "the move to end");
    const { TaskHandle } = await send("StartMessageMoveTask", { SourceArn: deadArn, DestinationArn: await arnOf(source), MaxNumberOfMessagesPerSecond: 1 });
    await send("CancelMessageMoveTask", { TaskHandle });
    await refused("CancelMessageMoveTask", { TaskHandle }, sdk.UnsupportedOperation);
  },

  async aTaskSends() {
    const QueueUrl = await queue();
    const definition = task("arn:aws:states:::sqs:sendMessage", { Parameters: { QueueUrl, MessageBody: { "n.$": "$.n" } } });
    const found = await ended(await start(await create(definition), { n: 1 }));
    const [message] = await receive(QueueUrl, { WaitTimeSeconds: 5 });
    assert.deepEqual([message.Body, message.MessageId], ['{"n":1}', JSON.parse(found.output).MessageId]);
  },
};
