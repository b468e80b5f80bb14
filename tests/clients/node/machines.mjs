// State machines, their versions, aliases and tags.

import assert from "node:assert/strict";
import * as sfn from "@aws-sdk/client-sfn";
import { client, create, createActivity, ended, pass, refused, roleArn, send, start } from "./support.mjs";

export default {
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

  async versions() {
    const stateMachineArn = await create(pass(1));
    const { stateMachineVersionArn } = await send("PublishStateMachineVersion", { stateMachineArn, description: "one" });
    assert.equal(stateMachineVersionArn, `${stateMachineArn}:1`);
    const updated = await send("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(pass(2)), publish: true });
    assert.equal(updated.stateMachineVersionArn, `${stateMachineArn}:2`);
    const { stateMachineVersions } = await send("ListStateMachineVersions", { stateMachineArn });
    assert.deepEqual(stateMachineVersions.map((item) => item.stateMachineVersionArn), [`${stateMachineArn}:2`, `${stateMachineArn}:1`]);
    assert(stateMachineVersions[0].creationDate instanceof Date);
    const first = await send("DescribeStateMachine", { stateMachineArn: stateMachineVersionArn });
    assert.deepEqual([JSON.parse(first.definition), first.description], [pass(1), "one"]);
    await send("DeleteStateMachineVersion", { stateMachineVersionArn });
    const left = await send("ListStateMachineVersions", { stateMachineArn });
    assert.equal(left.stateMachineVersions.length, 1);
    await refused("PublishStateMachineVersion", { stateMachineArn, revisionId: "other" }, sfn.ConflictException);
  },

  async aliases() {
    const stateMachineArn = await create(pass(1));
    for (const result of [2, 3]) await send("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(pass(result)), publish: true });
    const route = (version, weight) => ({ stateMachineVersionArn: `${stateMachineArn}:${version}`, weight });
    const { stateMachineAliasArn } = await send("CreateStateMachineAlias", { name: "live", routingConfiguration: [route(1, 100)] });
    assert.equal(stateMachineAliasArn, `${stateMachineArn}:live`);
    const executionArn = await start(stateMachineAliasArn);
    const done = await ended(executionArn);
    assert.deepEqual([done.output, done.stateMachineAliasArn, done.stateMachineVersionArn], ["2", stateMachineAliasArn, `${stateMachineArn}:1`]);
    await send("UpdateStateMachineAlias", { stateMachineAliasArn, description: "both", routingConfiguration: [route(1, 10), route(2, 90)] });
    const found = await send("DescribeStateMachineAlias", { stateMachineAliasArn });
    assert.deepEqual([found.name, found.description, found.routingConfiguration], ["live", "both", [route(1, 10), route(2, 90)]]);
    const { stateMachineAliases } = await send("ListStateMachineAliases", { stateMachineArn });
    assert.deepEqual(stateMachineAliases.map((item) => item.stateMachineAliasArn), [stateMachineAliasArn]);
    await refused("DeleteStateMachineVersion", { stateMachineVersionArn: `${stateMachineArn}:1` }, sfn.ConflictException);
    await send("DeleteStateMachineAlias", { stateMachineAliasArn });
    await refused("DescribeStateMachineAlias", { stateMachineAliasArn }, sfn.ResourceNotFound);
  },

  async tags() {
    const resourceArn = await create(pass(1));
    await send("TagResource", { resourceArn, tags: [{ key: "team", value: "ü" }, { key: "cost", value: "" }] });
    const tags = async () => (await send("ListTagsForResource", { resourceArn })).tags;
    assert.deepEqual((await tags()).slice().sort((a, b) => (a.key < b.key ? -1 : 1)), [{ key: "cost", value: "" }, { key: "team", value: "ü" }]);
    await send("UntagResource", { resourceArn, tagKeys: ["cost"] });
    assert.deepEqual(await tags(), [{ key: "team", value: "ü" }]);
    await refused("ListTagsForResource", { resourceArn: `${resourceArn}-gone` }, sfn.ResourceNotFound);
  },

  async refusalsOfMachines() {
    const stateMachineArn = await create(pass(1));
    const machine = { name: stateMachineArn.split(":").at(-1), definition: JSON.stringify(pass(1)), roleArn };
    await refused("CreateStateMachine", { ...machine, definition: JSON.stringify(pass(2)) }, sfn.StateMachineAlreadyExists);
    const loggingConfiguration = { level: "ALL", destinations: [] };
    await refused("CreateStateMachine", { ...machine, loggingConfiguration }, sfn.InvalidLoggingConfiguration);
    const encryptionConfiguration = { type: "AWS_OWNED_KEY", kmsKeyId: "alias/mine" };
    await refused("CreateStateMachine", { ...machine, encryptionConfiguration }, sfn.InvalidEncryptionConfiguration);
    await refused("UpdateStateMachine", { stateMachineArn }, sfn.MissingRequiredParameter);
    const tags = Array.from({ length: 51 }, (_, i) => ({ key: `k${i}`, value: "" }));
    await refused("TagResource", { resourceArn: stateMachineArn, tags }, sfn.TooManyTags);
    const activity = (await createActivity()).split(":").at(-1);
    const other = { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: "alias/mine" };
    await refused("CreateActivity", { name: activity, encryptionConfiguration: other }, sfn.ActivityAlreadyExists);
  },

  async validation() {
    const fine = await send("ValidateStateMachineDefinition", { definition: JSON.stringify(pass(1)) });
    assert.deepEqual([fine.result, fine.diagnostics], ["OK", []]);
    const definition = JSON.stringify({ StartAt: "Nowhere", States: { P: { Type: "Pass", End: true } } });
    const wrong = await send("ValidateStateMachineDefinition", { definition, type: "EXPRESS" });
    assert.equal(wrong.result, "FAIL");
    assert(wrong.diagnostics.some((item) => item.severity === "ERROR" && item.location === "/StartAt"), JSON.stringify(wrong.diagnostics));
  },
};
