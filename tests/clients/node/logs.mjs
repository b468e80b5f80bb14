// CloudWatch Logs: groups, streams, events.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-cloudwatch-logs";
import { unique, use } from "./support.mjs";

export const service = use(sdk, "CloudWatchLogsClient");
const { client, send, refused } = service;

export default {
  async logGroups() {
    const logGroupName = unique("/node/group");
    await send("CreateLogGroup", { logGroupName, tags: { a: "1" } });
    await refused("CreateLogGroup", { logGroupName }, sdk.ResourceAlreadyExistsException, "The specified log group already exists");
    await send("PutRetentionPolicy", { logGroupName, retentionInDays: 7 });
    const [group] = (await send("DescribeLogGroups", { logGroupNamePrefix: logGroupName })).logGroups;
    assert.equal(group.retentionInDays, 7);
    await refused("PutRetentionPolicy", { logGroupName, retentionInDays: 8 }, sdk.InvalidParameterException);
    await send("DeleteRetentionPolicy", { logGroupName });
    const resourceArn = group.arn.replace(/:\*$/, "");
    await send("TagResource", { resourceArn, tags: { b: "é" } });
    await send("UntagResource", { resourceArn, tagKeys: ["a"] });
    assert.deepEqual((await send("ListTagsForResource", { resourceArn })).tags, { b: "é" });
    await send("TagLogGroup", { logGroupName, tags: { c: "3" } });
    await send("UntagLogGroup", { logGroupName, tags: ["b"] });
    assert.deepEqual((await send("ListTagsLogGroup", { logGroupName })).tags, { c: "3" });
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, ""]));
    await refused("TagResource", { resourceArn, tags }, sdk.TooManyTagsException);
    await send("DeleteLogGroup", { logGroupName });
    await refused("DeleteLogGroup", { logGroupName }, sdk.ResourceNotFoundException, "The specified log group does not exist.");
  },

  async logEvents() {
    const logGroupName = unique("/node/group");
    const place = { logGroupName, logStreamName: "s" };
    await send("CreateLogGroup", { logGroupName });
    await send("CreateLogStream", place);
    const now = Date.now();
    const logEvents = ["é", "b", "c"].map((message, i) => ({ timestamp: now + i, message }));
    await send("PutLogEvents", { ...place, logEvents });
    const newest = await send("GetLogEvents", { ...place, limit: 2 });
    assert.deepEqual(newest.events.map(({ message }) => message), ["b", "c"]);
    const found = [];
    for await (const page of sdk.paginateFilterLogEvents({ client, pageSize: 1 }, { logGroupName })) found.push(...page.events);
    assert.deepEqual(found.map(({ message, timestamp }) => [message, timestamp]), logEvents.map(({ message, timestamp }) => [message, timestamp]));
    assert.deepEqual((await send("DescribeLogStreams", { logGroupName })).logStreams.map((stream) => stream.logStreamName), ["s"]);
    await refused("PutLogEvents", { ...place, logEvents: [...logEvents].reverse() }, sdk.InvalidParameterException);
    await send("DeleteLogStream", place);
    await refused("GetLogEvents", place, sdk.ResourceNotFoundException, "The specified log stream does not exist.");
  },

  async resourcePoliciesOfLogs() {
    const policyName = unique("policy");
    const policyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await send("PutResourcePolicy", { policyName, policyDocument });
    const { resourcePolicies } = await send("DescribeResourcePolicies");
    assert(resourcePolicies.some((policy) => policy.policyName === policyName));
    const names = Array.from({ length: 10 }, () => unique("policy"));
    const put = async (name) => send("PutResourcePolicy", { policyName: name, policyDocument }).then(() => [name], () => []);
    const made = (await Promise.all(names.map(put))).flat();
    await refused("PutResourcePolicy", { policyName: unique("policy"), policyDocument }, sdk.LimitExceededException);
    for (const name of [policyName, ...made]) await send("DeleteResourcePolicy", { policyName: name });
    await refused("DeleteResourcePolicy", { policyName }, sdk.ResourceNotFoundException);
  },
};
