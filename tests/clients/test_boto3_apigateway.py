"""API Gateway through boto3: HTTP APIs, their routes, integrations, stages, deployments and authorizers."""

import json
import pathlib
import tempfile
import unittest

from support.http_apis import ApiCase
from support.machines import machine
from support.target import own_target, unique

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"


def without_metadata(answer: dict) -> dict:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


class Apis(ApiCase):
    def test_made_shown_changed_taken_away(self):
        name = unique("api")
        cors = {"AllowOrigins": ["https://example.com"], "AllowMethods": ["GET"], "MaxAge": 300}
        made = without_metadata(self.gateway.create_api(Name=name, ProtocolType="HTTP", Description="d", CorsConfiguration=cors, Tags={"team": "blue"}))
        api = made["ApiId"]
        self.assertRegex(api, "^[a-z0-9]{10}$")
        self.assertEqual(made["ApiEndpoint"], f"{self.target.url}/_aws/execute-api/{api}")
        self.assertEqual(made["RouteSelectionExpression"], "$request.method $request.path")
        self.assertEqual((made["CorsConfiguration"], made["Tags"], made["DisableExecuteApiEndpoint"]), (cors, {"team": "blue"}, False))
        self.assertEqual(without_metadata(self.gateway.get_api(ApiId=api)), made)
        changed = self.gateway.update_api(ApiId=api, Name="other", Version="2")
        self.assertEqual((changed["Name"], changed["Version"], changed["Description"]), ("other", "2", "d"))
        self.gateway.delete_cors_configuration(ApiId=api)
        self.assertNotIn("CorsConfiguration", self.gateway.get_api(ApiId=api))
        self.gateway.delete_api(ApiId=api)
        with self.refused("NotFoundException", f"Invalid API identifier specified 123456789012:{api}"):
            self.gateway.get_api(ApiId=api)

    def test_workflows_see_them(self):
        """Members are in PascalCase, dates in RFC 3339, and errors have the name of the SDK's client."""
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP", Tags={"aTeam": "blue"})["ApiId"]
        call = lambda action: {"Type": "Task", "Resource": f"arn:aws:states:::aws-sdk:apigatewayv2:{action}", "Parameters": {"ApiId.$": "$.id"}}
        list_all = call("getApis") | {"Parameters": {}, "ResultPath": "$.listed"}
        found = self.ended(self.start(self.create(machine(("List", list_all), ("Get", call("getApi") | {"ResultPath": "$.shown"}))), {"id": api}))
        output = json.loads(found["output"])
        self.assertEqual([item for item in output["listed"]["Items"] if item["ApiId"] == api], [output["shown"]])
        self.assertEqual((output["shown"]["ProtocolType"], output["shown"]["Tags"]), ("HTTP", {"aTeam": "blue"}))
        self.assertRegex(output["shown"]["CreatedDate"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        self.gateway.delete_api(ApiId=api)
        failed = self.ended(self.start(self.create(machine(("Get", call("getApi")))), {"id": api}))
        self.assertEqual(failed["error"], "ApiGatewayV2.NotFoundException")
        self.assertIn(f"Invalid API identifier specified 123456789012:{api}", failed["cause"])

    def test_refused(self):
        with self.refused("NotImplemented"):
            self.gateway.create_api(Name="n", ProtocolType="WEBSOCKET")
        with self.refused("BadRequestException"):
            self.gateway.create_api(Name="n", ProtocolType="SMTP")
        with self.refused("BadRequestException"):
            self.gateway.create_api(Name="", ProtocolType="HTTP")
        with self.refused("BadRequestException"):
            self.gateway.create_api(Name="n", ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["*"], "AllowCredentials": True})
        with self.refused("NotFoundException"):
            self.gateway.get_routes(ApiId="a123456789")

    def test_listed_in_pages(self):
        made = {self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"] for _ in range(3)}
        seen, token = [], {}
        while True:
            page = self.gateway.get_apis(MaxResults="2", **token)
            seen += [item["ApiId"] for item in page["Items"]]
            self.assertLessEqual(len(page["Items"]), 2)
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(made, set(seen))
        with self.refused("BadRequestException"):
            self.gateway.get_apis(MaxResults="x")

    def test_quick_create(self):
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP", Target=FUNCTION)["ApiId"]
        [route] = self.gateway.get_routes(ApiId=api)["Items"]
        [integration] = self.gateway.get_integrations(ApiId=api)["Items"]
        [stage] = self.gateway.get_stages(ApiId=api)["Items"]
        self.assertEqual((route["RouteKey"], route["Target"], route["ApiGatewayManaged"]), ("$default", f"integrations/{integration['IntegrationId']}", True))
        self.assertEqual((integration["IntegrationUri"], integration["PayloadFormatVersion"], integration["IntegrationType"]), (FUNCTION, "2.0", "AWS_PROXY"))
        self.assertEqual((stage["StageName"], stage["AutoDeploy"], stage["ApiGatewayManaged"]), ("$default", True, True))
        self.gateway.update_api(ApiId=api, Target="https://example.com", RouteKey="GET /all")
        [integration] = self.gateway.get_integrations(ApiId=api)["Items"]
        self.assertEqual((integration["IntegrationType"], integration["IntegrationMethod"]), ("HTTP_PROXY", "ANY"))
        self.assertEqual(self.gateway.get_routes(ApiId=api)["Items"][0]["RouteKey"], "GET /all")

    def test_tags(self):
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP", Tags={"a": "1"})["ApiId"]
        self.gateway.create_stage(ApiId=api, StageName="dev")
        for arn in (f"arn:aws:apigateway:{self.target.region}::/apis/{api}", f"arn:aws:apigateway:{self.target.region}::/apis/{api}/stages/dev"):
            self.gateway.tag_resource(ResourceArn=arn, Tags={"b": "2", "c": "3"})
            self.gateway.untag_resource(ResourceArn=arn, TagKeys=["a", "c"])
            self.assertEqual(self.gateway.get_tags(ResourceArn=arn)["Tags"], {"b": "2"})
        with self.refused("NotFoundException"):
            self.gateway.get_tags(ResourceArn=f"arn:aws:apigateway:{self.target.region}::/apis/a123456789")


class Routes(ApiCase):
    def test_made_shown_changed_taken_away(self):
        api = self.api()
        target = self.integration(api, IntegrationType="HTTP_PROXY", IntegrationMethod="GET", IntegrationUri="https://example.com")
        made = without_metadata(self.gateway.create_route(ApiId=api, RouteKey="GET /pets/{id}", Target=target, OperationName="pet"))
        self.assertEqual(
            made, {"ApiKeyRequired": False, "AuthorizationType": "NONE", "OperationName": "pet", "RouteId": made["RouteId"], "RouteKey": "GET /pets/{id}", "Target": target}
        )
        self.assertEqual(without_metadata(self.gateway.get_route(ApiId=api, RouteId=made["RouteId"])), made)
        with self.refused("ConflictException", "Route with key GET /pets/{id} already exists for this API"):
            self.gateway.create_route(ApiId=api, RouteKey="GET /pets/{id}")
        with self.refused("ConflictException"):
            self.gateway.delete_integration(ApiId=api, IntegrationId=target.split("/")[1])
        changed = self.gateway.update_route(ApiId=api, RouteId=made["RouteId"], RouteKey="ANY /{proxy+}")
        self.assertEqual((changed["RouteKey"], changed["OperationName"]), ("ANY /{proxy+}", "pet"))
        self.gateway.delete_route(ApiId=api, RouteId=made["RouteId"])
        with self.refused("NotFoundException"):
            self.gateway.get_route(ApiId=api, RouteId=made["RouteId"])
        self.gateway.delete_integration(ApiId=api, IntegrationId=target.split("/")[1])

    def test_refused(self):
        api = self.api()
        for key in ("GET pets", "GET /pets/", "get /pets", "GET /{a+}/b", "GET /{a}/{a}", "GET /a{b}", "TRACE /", "$other"):
            with self.subTest(key), self.refused("BadRequestException", 'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"'):  # fmt: skip
                self.gateway.create_route(ApiId=api, RouteKey=key)
        with self.refused("NotFoundException"):
            self.gateway.create_route(ApiId=api, RouteKey="GET /", Target="integrations/none")
        with self.refused("BadRequestException"):
            self.gateway.create_route(ApiId=api, RouteKey="GET /", AuthorizationType="JWT", AuthorizerId="none")
        with self.refused("BadRequestException"):
            self.gateway.create_route(ApiId=api, RouteKey="GET /", ApiKeyRequired=True)


class Integrations(ApiCase):
    def test_made_shown_changed_taken_away(self):
        api = self.api()
        made = without_metadata(
            self.gateway.create_integration(
                ApiId=api, IntegrationType="HTTP_PROXY", IntegrationMethod="ANY", IntegrationUri="https://example.com/{proxy}",
                RequestParameters={"append:header.a": "$request.header.b", "remove:querystring.c": "''"}, ResponseParameters={"500": {"overwrite:statuscode": "403"}},
            )  # fmt: skip
        )
        self.assertEqual((made["ConnectionType"], made["PayloadFormatVersion"], made["TimeoutInMillis"]), ("INTERNET", "1.0", 30000))
        id = made["IntegrationId"]
        self.assertEqual(without_metadata(self.gateway.get_integration(ApiId=api, IntegrationId=id)), made)
        changed = self.gateway.update_integration(
            ApiId=api, IntegrationId=id, TimeoutInMillis=1000, RequestParameters={"append:header.a": "", "overwrite:path": "/p"}, ResponseParameters={"500": {}}
        )
        self.assertEqual(changed["RequestParameters"], {"remove:querystring.c": "''", "overwrite:path": "/p"})
        self.assertEqual((changed["TimeoutInMillis"], changed.get("ResponseParameters")), (1000, {}))
        self.gateway.delete_integration(ApiId=api, IntegrationId=id)
        with self.refused("NotFoundException"):
            self.gateway.get_integration(ApiId=api, IntegrationId=id)

    def test_refused(self):
        api = self.api()
        http = {"IntegrationType": "HTTP_PROXY", "IntegrationMethod": "GET", "IntegrationUri": "https://example.com"}
        service = {"IntegrationType": "AWS_PROXY", "IntegrationSubtype": "SQS-SendMessage", "CredentialsArn": self.target.role}
        message = {"QueueUrl": "q", "MessageBody": "$request.body"}
        only_proxies = "Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)"
        with self.refused("BadRequestException", only_proxies):
            self.gateway.create_integration(ApiId=api, IntegrationType="AWS", IntegrationUri=FUNCTION)
        for given in (
            http | {"IntegrationUri": "ftp://example.com"},
            http | {"IntegrationMethod": None},
            http | {"PayloadFormatVersion": "2.0"},
            http | {"PayloadFormatVersion": "3.0"},
            http | {"TimeoutInMillis": 30001},
            http | {"RequestParameters": {"append:header.host-of": "$request.hat"}},
            http | {"RequestParameters": {"append:header.authorization": "x"}},
            http | {"RequestParameters": {"append:path": "x"}},
            http | {"RequestParameters": {"overwrite:header.x": "$response.header.x"}},
            http | {"ResponseParameters": {"99": {}}},
            http | {"ResponseParameters": {"200": {"overwrite:path": "x"}}},
            service | {"RequestParameters": {"QueueUrl": "q"}},
            service | {"RequestParameters": message | {"Colour": "red"}},
            service | {"RequestParameters": message, "CredentialsArn": None},
            service | {"RequestParameters": message, "IntegrationSubtype": "SQS-Bake"},
            {"IntegrationType": "AWS_PROXY", "IntegrationUri": "https://example.com"},
        ):
            with self.subTest(given), self.refused("BadRequestException"):
                self.gateway.create_integration(ApiId=api, **{name: value for name, value in given.items() if value is not None})
        for given in (service | {"IntegrationSubtype": "Kinesis-PutRecord"}, http | {"ConnectionType": "VPC_LINK", "ConnectionId": "v"}):
            with self.refused("NotImplemented"):
                self.gateway.create_integration(ApiId=api, **given)


class Stages(ApiCase):
    def test_stages_and_deployments(self):
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"]
        with self.refused("BadRequestException", "At least one route is required before deploying the Api."):
            self.gateway.create_deployment(ApiId=api)
        self.gateway.create_route(ApiId=api, RouteKey="GET /")
        made = without_metadata(self.gateway.create_stage(ApiId=api, StageName="dev", StageVariables={"colour": "red"}, Description="d"))
        self.assertEqual((made["AutoDeploy"], made["StageVariables"], made["DefaultRouteSettings"]), (False, {"colour": "red"}, {"DetailedMetricsEnabled": False}))
        with self.refused("ConflictException", "Stage already exists"):
            self.gateway.create_stage(ApiId=api, StageName="dev")
        deployed = self.gateway.create_deployment(ApiId=api, StageName="dev", Description="first")
        self.assertEqual((deployed["DeploymentStatus"], deployed["AutoDeployed"], deployed["Description"]), ("DEPLOYED", False, "first"))
        id = deployed["DeploymentId"]
        self.assertEqual(self.gateway.get_stage(ApiId=api, StageName="dev")["DeploymentId"], id)
        self.assertEqual([item["DeploymentId"] for item in self.gateway.get_deployments(ApiId=api)["Items"]], [id])
        with self.refused("BadRequestException", "Active stages pointing to this deployment must be moved or deleted"):
            self.gateway.delete_deployment(ApiId=api, DeploymentId=id)
        self.assertEqual(self.gateway.update_deployment(ApiId=api, DeploymentId=id, Description="1")["Description"], "1")
        changed = self.gateway.update_stage(
            ApiId=api, StageName="dev", StageVariables={"colour": "", "size": "1"}, RouteSettings={"GET /": {"ThrottlingBurstLimit": 1}},
            AccessLogSettings={"DestinationArn": f"arn:aws:logs:{self.target.region}:123456789012:log-group:g", "Format": "$context.requestId"},
        )  # fmt: skip
        self.assertEqual((changed["StageVariables"], changed["RouteSettings"]), ({"size": "1"}, {"GET /": {"ThrottlingBurstLimit": 1}}))
        self.gateway.delete_route_settings(ApiId=api, StageName="dev", RouteKey="GET /")
        self.gateway.delete_access_log_settings(ApiId=api, StageName="dev")
        shown = self.gateway.get_stage(ApiId=api, StageName="dev")
        self.assertEqual((shown["RouteSettings"], shown.get("AccessLogSettings")), ({}, None))
        self.gateway.reset_authorizers_cache(ApiId=api, StageName="dev")
        self.gateway.delete_stage(ApiId=api, StageName="dev")
        self.gateway.delete_deployment(ApiId=api, DeploymentId=id)
        with self.refused("NotFoundException"):
            self.gateway.get_deployment(ApiId=api, DeploymentId=id)

    def test_automatic_deployment(self):
        api = self.api()
        first = self.gateway.get_stage(ApiId=api, StageName="$default")["DeploymentId"]
        self.gateway.create_route(ApiId=api, RouteKey="GET /")
        stage = self.gateway.get_stage(ApiId=api, StageName="$default")
        self.assertNotEqual(stage["DeploymentId"], first)
        self.assertEqual(stage["LastDeploymentStatusMessage"], f"Successfully deployed stage with deployment ID '{stage['DeploymentId']}'")
        [deployment] = self.gateway.get_deployments(ApiId=api)["Items"]
        self.assertTrue(deployment["AutoDeployed"])

    def test_refused(self):
        api = self.api()
        for given in ({"StageName": "a b"}, {"StageName": "$other"}, {"StageName": "s", "DeploymentId": "none"}, {"StageName": "s", "StageVariables": {"a b": "c"}}):
            with self.subTest(given), self.refused("BadRequestException"):
                self.gateway.create_stage(ApiId=api, **given)


class Authorizers(ApiCase):
    def test_made_shown_changed_taken_away(self):
        api = self.api()
        jwt = {"Issuer": "https://issuer.example.com", "Audience": ["orders"]}
        made = without_metadata(
            self.gateway.create_authorizer(ApiId=api, Name="jwt", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"], JwtConfiguration=jwt)
        )
        id = made["AuthorizerId"]
        self.assertEqual((made["JwtConfiguration"], made["IdentitySource"]), (jwt, ["$request.header.Authorization"]))
        self.assertEqual(without_metadata(self.gateway.get_authorizer(ApiId=api, AuthorizerId=id)), made)
        self.assertEqual([item["AuthorizerId"] for item in self.gateway.get_authorizers(ApiId=api)["Items"]], [id])
        route = self.gateway.create_route(ApiId=api, RouteKey="GET /", AuthorizationType="JWT", AuthorizerId=id, AuthorizationScopes=["read"])
        with self.refused("ConflictException"):
            self.gateway.delete_authorizer(ApiId=api, AuthorizerId=id)
        self.gateway.update_route(ApiId=api, RouteId=route["RouteId"], AuthorizationType="NONE")
        self.assertEqual(self.gateway.update_authorizer(ApiId=api, AuthorizerId=id, Name="other")["Name"], "other")
        self.gateway.delete_authorizer(ApiId=api, AuthorizerId=id)
        with self.refused("NotFoundException"):
            self.gateway.get_authorizer(ApiId=api, AuthorizerId=id)

    def test_refused(self):
        api = self.api()
        request = {"Name": "a", "AuthorizerType": "REQUEST", "IdentitySource": ["$request.header.x"], "AuthorizerUri": FUNCTION, "AuthorizerPayloadFormatVersion": "2.0"}
        for given in (
            {"Name": "a", "AuthorizerType": "JWT", "IdentitySource": ["$request.header.x"]},
            request | {"AuthorizerUri": "https://example.com"},
            request | {"IdentitySource": ["method.request.header.x"]},
            request | {"AuthorizerPayloadFormatVersion": "1.0", "EnableSimpleResponses": True},
            request | {"IdentitySource": [], "AuthorizerResultTtlInSeconds": 10},
            request | {"AuthorizerResultTtlInSeconds": 3601},
        ):
            with self.subTest(given), self.refused("BadRequestException"):
                self.gateway.create_authorizer(ApiId=api, **given)


class Durable(unittest.TestCase):
    def test_apis_outlive_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            with own_target(data_dir=pathlib.Path(folder)) as target:
                api = target.client("apigatewayv2").create_api(Name="kept", ProtocolType="HTTP", Target=FUNCTION)["ApiId"]
            with own_target(data_dir=pathlib.Path(folder)) as target:
                client = target.client("apigatewayv2")
                self.assertEqual(client.get_api(ApiId=api)["Name"], "kept")
                self.assertEqual(client.get_routes(ApiId=api)["Items"][0]["RouteKey"], "$default")
