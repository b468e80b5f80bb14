// STS: who somebody is, and temporary keys.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-sts";
import * as iam from "@aws-sdk/client-iam";
import { service as people } from "./people.mjs";
import { endpoint, unique, use } from "./support.mjs";

export const service = use(sdk, "STSClient");
const { send, refused } = service;

async function who({ AccessKeyId, SecretAccessKey, SessionToken }) {
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const client = new sdk.STSClient({ ...endpoint, credentials });
  try {
    return (await client.send(new sdk.GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
}

export default {
  async callers() {
    const { Account, Arn } = await send("GetCallerIdentity");
    assert.equal(Arn, `arn:aws:iam::${Account}:root`);
    const { Credentials } = await send("GetSessionToken", { DurationSeconds: 900 });
    assert(Credentials.Expiration > new Date());
    assert.equal(await who(Credentials), Arn);
    assert.equal((await send("GetAccessKeyInfo", { AccessKeyId: Credentials.AccessKeyId })).Account, Account);
  },

  async assumedRoles() {
    const UserName = unique("assumer");
    const ask = (operation, input) => people.client.send(new iam[`${operation}Command`](input));
    const { User } = await ask("CreateUser", { UserName });
    const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: User.Arn } }];
    const RoleName = unique("assumed");
    const { Role } = await ask("CreateRole", { RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const assumed = await send("AssumeRole", { RoleArn: Role.Arn, RoleSessionName: "node" });
    assert(assumed.AssumedRoleUser.Arn.endsWith(`:assumed-role/${RoleName}/node`));
    assert.equal(await who(assumed.Credentials), assumed.AssumedRoleUser.Arn);
    const bad = { RoleArn: Role.Arn, RoleSessionName: "node", Policy: "{" };
    await refused("AssumeRole", bad, sdk.MalformedPolicyDocumentException);
    await refused("AssumeRole", { RoleArn: `${Role.Arn}-gone`, RoleSessionName: "node" }, "AccessDenied");
  },
};
