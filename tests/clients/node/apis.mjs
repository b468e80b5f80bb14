// API Gateway: HTTP APIs with their routes, integrations, stages, deployments and authorizers, and requests to one.

import assert from "node:assert/strict";
import * as sdk from "@aws-sdk/client-apigatewayv2";
import { create, ended, endpoint, pass, roleArn, unique, use } from "./support.mjs";

export const service = use(sdk, "ApiGatewayV2Client");
const { send, refused } = service;
const api = async (more = {}) => send("CreateApi", { Name: unique("node"), ProtocolType: "HTTP", ...more });
const url = "https://example.com/{proxy}";

export default {
  async apisAndTheirTags() {
    const { ApiId } = await api({ CorsConfiguration: { AllowOrigins: ["*"] }, Tags: { a: "1" } });
    assert.equal((await send("UpdateApi", { ApiId, Description: "d" })).Description, "d");
    await send("DeleteCorsConfiguration", { ApiId });
    assert.equal((await send("GetApi", { ApiId })).CorsConfiguration, undefined);
    assert((await send("GetApis", { MaxResults: "500" })).Items.some((item) => item.ApiId === ApiId));
    const ResourceArn = `arn:aws:apigateway:${endpoint.region}::/apis/${ApiId}`;
    await send("TagResource", { ResourceArn, Tags: { b: "2" } });
    await send("UntagResource", { ResourceArn, TagKeys: ["a"] });
    assert.deepEqual((await send("GetTags", { ResourceArn })).Tags, { b: "2" });
    await send("DeleteApi", { ApiId });
    await refused("GetApi", { ApiId }, sdk.NotFoundException);
  },

  async routesAndIntegrations() {
    const { ApiId } = await api();
    const http = { IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: url, PayloadFormatVersion: "1.0" };
    const { IntegrationId } = await send("CreateIntegration", { ApiId, ...http });
    assert.equal((await send("UpdateIntegration", { ApiId, IntegrationId, TimeoutInMillis: 500 })).TimeoutInMillis, 500);
    assert.equal((await send("GetIntegration", { ApiId, IntegrationId })).IntegrationUri, url);
    assert.equal((await send("GetIntegrations", { ApiId })).Items.length, 1);
    const { RouteId } = await send("CreateRoute", { ApiId, RouteKey: "ANY /{proxy+}", Target: `integrations/${IntegrationId}` });
    await refused("CreateRoute", { ApiId, RouteKey: "ANY /{proxy+}" }, sdk.ConflictException);
    await refused("CreateRoute", { ApiId, RouteKey: "pets" }, sdk.BadRequestException);
    assert.equal((await send("UpdateRoute", { ApiId, RouteId, OperationName: "all" })).OperationName, "all");
    assert.equal((await send("GetRoute", { ApiId, RouteId })).RouteKey, "ANY /{proxy+}");
    assert.equal((await send("GetRoutes", { ApiId })).Items.length, 1);
    await send("DeleteRoute", { ApiId, RouteId });
    await send("DeleteIntegration", { ApiId, IntegrationId });
    await send("DeleteApi", { ApiId });
  },

  async stagesAndDeployments() {
    const { ApiId } = await api();
    await send("CreateRoute", { ApiId, RouteKey: "GET /" });
    const stage = { ApiId, StageName: "dev" };
    const made = await send("CreateStage", { ...stage, RouteSettings: { "GET /": { ThrottlingBurstLimit: 1 } } });
    assert(made.CreatedDate instanceof Date);
    const { DeploymentId } = await send("CreateDeployment", { ...stage, Description: "one" });
    await send("UpdateDeployment", { ApiId, DeploymentId, Description: "two" });
    assert.equal((await send("GetDeployment", { ApiId, DeploymentId })).Description, "two");
    assert.equal((await send("GetDeployments", { ApiId })).Items.length, 1);
    const DestinationArn = `arn:aws:logs:${endpoint.region}:123456789012:log-group:g`;
    await send("UpdateStage", { ...stage, AccessLogSettings: { DestinationArn, Format: "$context.requestId" } });
    await send("DeleteAccessLogSettings", stage);
    await send("DeleteRouteSettings", { ...stage, RouteKey: "GET /" });
    await send("ResetAuthorizersCache", stage);
    assert.equal((await send("GetStage", stage)).DeploymentId, DeploymentId);
    assert.equal((await send("GetStages", { ApiId })).Items.length, 1);
    await send("DeleteStage", stage);
    await send("DeleteDeployment", { ApiId, DeploymentId });
    await send("DeleteApi", { ApiId });
  },

  async authorizers() {
    const { ApiId } = await api();
    const jwt = { Issuer: "https://issuer.example.com", Audience: ["orders"] };
    const given = { Name: "jwt", AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"], JwtConfiguration: jwt };
    const { AuthorizerId } = await send("CreateAuthorizer", { ApiId, ...given });
    for (let i = 1; i < 10; ++i) await send("CreateAuthorizer", { ApiId, ...given });
    await refused("CreateAuthorizer", { ApiId, ...given }, sdk.TooManyRequestsException);
    assert.equal((await send("UpdateAuthorizer", { ApiId, AuthorizerId, Name: "other" })).Name, "other");
    assert.deepEqual((await send("GetAuthorizer", { ApiId, AuthorizerId })).JwtConfiguration, jwt);
    assert.equal((await send("GetAuthorizers", { ApiId })).Items.length, 10);
    await send("DeleteAuthorizer", { ApiId, AuthorizerId });
    await send("DeleteApi", { ApiId });
  },

  async aRequestStartsAnExecution() {
    const machine = await create(pass("done"));
    const { ApiId, ApiEndpoint } = await api();
    const { IntegrationId } = await send("CreateIntegration", {
      ApiId,
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "StepFunctions-StartExecution",
      PayloadFormatVersion: "1.0",
      CredentialsArn: roleArn,
      RequestParameters: { StateMachineArn: machine },
    });
    await send("CreateRoute", { ApiId, RouteKey: "POST /", Target: `integrations/${IntegrationId}` });
    await send("CreateStage", { ApiId, StageName: "$default", AutoDeploy: true });
    const answer = await fetch(`${ApiEndpoint}/`, { method: "POST", body: "{}" });
    assert.equal(answer.status, 200);
    assert.equal((await ended((await answer.json()).executionArn)).output, '"done"');
    await send("DeleteApi", { ApiId });
  },
};
