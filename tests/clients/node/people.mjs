// IAM: users and their keys, roles, policies.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-iam";
import { unique, use } from "./support.mjs";

export const service = use(sdk, "IAMClient");
const { send, refused } = service;

const Tags = [{ Key: "team", Value: "é" }];
const policy = (...Statement) => JSON.stringify({ Version: "2012-10-17", Statement });
const PolicyDocument = policy({ Effect: "Allow", Action: "states:*", Resource: "*" });
const AssumeRolePolicyDocument = policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "states.amazonaws.com" } });

export default {
  async users() {
    const UserName = unique("ada");
    const { User } = await send("CreateUser", { UserName, Path: "/node/" });
    await refused("CreateUser", { UserName }, sdk.EntityAlreadyExistsException, `User with name ${UserName} already exists.`);
    assert.deepEqual((await send("GetUser", { UserName })).User, User);
    assert((await send("ListUsers", { PathPrefix: "/node/" })).Users.some(({ Arn }) => Arn === User.Arn));
    await send("TagUser", { UserName, Tags });
    assert.deepEqual((await send("ListUserTags", { UserName })).Tags, Tags);
    await refused("TagUser", { UserName, Tags: [...Tags, ...Tags] }, sdk.InvalidInputException);
    await send("UntagUser", { UserName, TagKeys: ["team"] });
    await send("UpdateUser", { UserName, NewUserName: `${UserName}-2` });
    await refused("GetUser", { UserName }, sdk.NoSuchEntityException, `The user with name ${UserName} cannot be found.`);
    await send("DeleteUser", { UserName: `${UserName}-2` });
    assert((await send("GetAccountSummary", {})).SummaryMap.Users >= 0);
  },

  async accessKeys() {
    const UserName = unique("grace");
    await send("CreateUser", { UserName });
    const { AccessKeyId } = (await send("CreateAccessKey", { UserName })).AccessKey;
    await send("CreateAccessKey", { UserName });
    await refused("CreateAccessKey", { UserName }, sdk.LimitExceededException, "Cannot exceed quota for AccessKeysPerUser: 2");
    await refused("DeleteUser", { UserName }, sdk.DeleteConflictException);
    await send("UpdateAccessKey", { UserName, AccessKeyId, Status: "Inactive" });
    assert.equal((await send("GetAccessKeyLastUsed", { AccessKeyId })).UserName, UserName);
    const listed = (await send("ListAccessKeys", { UserName })).AccessKeyMetadata;
    assert.deepEqual(listed.find((key) => key.AccessKeyId === AccessKeyId).Status, "Inactive");
    for (const key of listed) await send("DeleteAccessKey", { UserName, AccessKeyId: key.AccessKeyId });
  },

  async policiesOfUsers() {
    const UserName = unique("user");
    await send("CreateUser", { UserName });
    const own = { UserName, PolicyName: "p" };
    await send("PutUserPolicy", { ...own, PolicyDocument });
    assert.equal(decodeURIComponent((await send("GetUserPolicy", own)).PolicyDocument), PolicyDocument);
    assert.deepEqual((await send("ListUserPolicies", { UserName })).PolicyNames, ["p"]);
    await refused("PutUserPolicy", { ...own, PolicyDocument: "{" }, sdk.MalformedPolicyDocumentException);
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await send("AttachUserPolicy", { UserName, PolicyArn });
    assert.deepEqual((await send("ListAttachedUserPolicies", { UserName })).AttachedPolicies.map((found) => found.PolicyArn), [PolicyArn]);
    const { Arn } = (await send("GetUser", { UserName })).User;
    const simulated = await send("SimulatePrincipalPolicy", { PolicySourceArn: Arn, ActionNames: ["sqs:SendMessage"] });
    assert.equal(simulated.EvaluationResults[0].EvalDecision, "allowed");
    await send("DetachUserPolicy", { UserName, PolicyArn });
    await send("DeleteUserPolicy", own);
  },

  async roles() {
    const RoleName = unique("worker");
    await send("CreateRole", { RoleName, AssumeRolePolicyDocument });
    await send("UpdateRole", { RoleName, Description: "rests" });
    await send("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: AssumeRolePolicyDocument });
    const { Role } = await send("GetRole", { RoleName });
    assert.deepEqual([Role.Description, decodeURIComponent(Role.AssumeRolePolicyDocument)], ["rests", AssumeRolePolicyDocument]);
    assert((await send("ListRoles", { MaxItems: 1000 })).Roles.some((found) => found.RoleName === RoleName));
    await send("TagRole", { RoleName, Tags });
    assert.deepEqual((await send("ListRoleTags", { RoleName })).Tags, Tags);
    await send("UntagRole", { RoleName, TagKeys: ["team"] });
    const own = { RoleName, PolicyName: "p" };
    await send("PutRolePolicy", { ...own, PolicyDocument });
    assert.equal(decodeURIComponent((await send("GetRolePolicy", own)).PolicyDocument), PolicyDocument);
    assert.deepEqual((await send("ListRolePolicies", { RoleName })).PolicyNames, ["p"]);
    await send("DeleteRolePolicy", own);
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await send("AttachRolePolicy", { RoleName, PolicyArn });
    assert.equal((await send("ListAttachedRolePolicies", { RoleName })).AttachedPolicies.length, 1);
    await send("DetachRolePolicy", { RoleName, PolicyArn });
    await send("DeleteRole", { RoleName });
    await refused("GetRole", { RoleName }, sdk.NoSuchEntityException);
  },

  async policies() {
    const PolicyArn = (await send("CreatePolicy", { PolicyName: unique("policy"), PolicyDocument })).Policy.Arn;
    const { VersionId } = (await send("CreatePolicyVersion", { PolicyArn, PolicyDocument })).PolicyVersion;
    await send("SetDefaultPolicyVersion", { PolicyArn, VersionId });
    assert.equal((await send("GetPolicy", { PolicyArn })).Policy.DefaultVersionId, VersionId);
    assert.equal((await send("GetPolicyVersion", { PolicyArn, VersionId })).PolicyVersion.IsDefaultVersion, true);
    assert.equal((await send("ListPolicyVersions", { PolicyArn })).Versions.length, 2);
    await refused("DeletePolicyVersion", { PolicyArn, VersionId }, sdk.DeleteConflictException);
    await send("DeletePolicyVersion", { PolicyArn, VersionId: "v1" });
    assert((await send("ListPolicies", { Scope: "Local", MaxItems: 1000 })).Policies.some(({ Arn }) => Arn === PolicyArn));
    await send("DeletePolicy", { PolicyArn });
    await refused("GetPolicy", { PolicyArn }, sdk.NoSuchEntityException, `Policy ${PolicyArn} was not found.`);
  },
};
