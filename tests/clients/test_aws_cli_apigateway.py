"""HTTP APIs through the AWS command line."""

import json

from aws_cli import AwsCli, Refused
from support.http_apis import ApiCase
from support.machines import passing
from support.target import unique


class Apis(ApiCase):
    def test_an_api_that_starts_executions(self):
        aws = AwsCli(self.target)
        machine = self.create(passing())
        api = aws("apigatewayv2", "create-api", "--name", unique("api"), "--protocol-type", "HTTP", "--cors-configuration", "AllowOrigins=https://example.com")["ApiId"]
        parameters = json.dumps({"StateMachineArn": machine, "Input": "$request.body"})
        integration = aws(
            "apigatewayv2", "create-integration", "--api-id", api, "--integration-type", "AWS_PROXY", "--integration-subtype", "StepFunctions-StartExecution",
            "--payload-format-version", "1.0", "--credentials-arn", self.target.role, "--request-parameters", parameters,
        )["IntegrationId"]  # fmt: skip
        aws("apigatewayv2", "create-route", "--api-id", api, "--route-key", "POST /orders", "--target", f"integrations/{integration}")
        aws("apigatewayv2", "create-stage", "--api-id", api, "--stage-name", "$default", "--auto-deploy")
        endpoint = aws("apigatewayv2", "get-api", "--api-id", api)["ApiEndpoint"]
        self.assertEqual(endpoint, f"{self.target.url}/_aws/execute-api/{api}")
        answer = self.ask(api, "POST", "/orders", {"order": 7})
        self.assertEqual(json.loads(self.ended(answer.json["executionArn"])["output"]), {"order": 7})
        with self.assertRaisesRegex(Refused, "ConflictException.*Route with key POST /orders already exists"):
            aws("apigatewayv2", "create-route", "--api-id", api, "--route-key", "POST /orders")
