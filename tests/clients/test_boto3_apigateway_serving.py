"""Requests to HTTP APIs: routes, Lambda proxy, AWS services, HTTP endpoints, mappings, CORS."""

import base64
import json
import re
import urllib.parse

from local.wait import wait_until
from support.http_apis import ApiCase, Backend
from support.machines import failing, passing, waiting
from support.target import unique

# Answers what the path says; every other request is shown the event.
ECHO = """
import json, threading

def handler(event, context):
    path = event.get("rawPath") or event["path"]
    if path.endswith("/plain"): return "Hello"
    if path.endswith("/object"): return {"message": "Hello"}
    if path.endswith("/nothing"): return None
    if path.endswith("/formatted"):
        return {"statusCode": 201, "headers": {"X-One": "1", "content-type": "text/x"}, "cookies": ["a=1", "b=2"], "body": "made"}
    if path.endswith("/binary"): return {"statusCode": 200, "isBase64Encoded": True, "body": "AP8="}
    if path.endswith("/bare"): return {"statusCode": 204}
    if path.endswith("/many"): return {"statusCode": "200", "multiValueHeaders": {"X-Two": ["1", "2"]}, "body": "x"}
    if path.endswith("/bad"): return {"statusCode": 9}
    if path.endswith("/broken"): raise ValueError("no")
    if path.endswith("/slow"): threading.Event().wait(2)
    return {"statusCode": 200, "body": json.dumps(event)}
"""
NOT_FOUND = {"message": "Not Found"}
FAILED = {"message": "Internal Server Error"}


class Routing(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        cls.echo = case.function(ECHO)

    def test_the_most_specific_route(self):
        api = self.api()
        keys = ("GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default")
        for key in keys:
            self.lambda_route(api, key, self.echo)
        for method, path, key in (
            ("GET", "/pets/dog/1", keys[0]),
            ("GET", "/pets/dog/2", keys[1]),
            ("GET", "/pets/cat/1", keys[2]),
            ("GET", "/pets/dog/1/2", keys[2]),
            ("POST", "/test/5", keys[3]),
            ("POST", "/pets/dog/1", keys[3]),
        ):
            with self.subTest(path=path):
                self.assertEqual(self.ask(api, method, path).json["routeKey"], key)
        variables = self.ask(api, "GET", "/pets/a%20b/c%2Fd?x=1").json
        self.assertEqual((variables["pathParameters"], variables["rawPath"]), ({"proxy": "a b/c/d"}, "/pets/a b/c/d"))

    def test_not_found(self):
        api = self.api()
        self.lambda_route(api, "GET /pets", self.echo)
        for method, path in (("GET", "/cats"), ("POST", "/pets"), ("GET", "/"), ("GET", "/pets/"), ("GET", "/pets/1")):
            with self.subTest(path):
                answer = self.ask(api, method, path)
                self.assertEqual((answer.status, answer.json, answer.headers["content-type"]), (404, NOT_FOUND, "application/json"))
        self.assertEqual(self.ask("a123456789").status, 404)

    def test_stages(self):
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"]
        self.lambda_route(api, "GET /pets", self.echo)
        self.assertEqual(self.ask(api, path="/pets").status, 404)
        self.gateway.create_stage(ApiId=api, StageName="dev", StageVariables={"colour": "red"})
        self.gateway.create_deployment(ApiId=api, StageName="dev")
        self.lambda_route(api, "GET /cats", self.echo)
        event = self.ask(api, path="/dev/pets").json
        self.assertEqual((event["rawPath"], event["requestContext"]["http"]["path"], event["requestContext"]["stage"]), ("/dev/pets", "/dev/pets", "dev"))
        self.assertEqual(event["stageVariables"], {"colour": "red"})
        self.assertEqual((self.ask(api, path="/dev/cats").status, self.ask(api, path="/pets").status), (404, 404))
        self.gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        self.assertEqual((self.ask(api, path="/cats").status, self.ask(api, path="/$default/cats").status), (200, 200))
        self.gateway.update_api(ApiId=api, DisableExecuteApiEndpoint=True)
        self.assertEqual(self.ask(api, path="/cats").status, 403)

    def test_by_host(self):
        api = self.api()
        self.lambda_route(api, "GET /pets", self.echo)
        for host in (
            f"{api}.execute-api.us-east-1.amazonaws.com",
            f"{api}.execute-api.localhost:4600",
            f"{api}.execute-api.us-east-1.localhost",
        ):
            with self.subTest(host):
                event = self.ask(api, path="/pets", host=host).json
                name = host.split(":")[0]
                self.assertEqual((event["requestContext"]["domainName"], event["requestContext"]["domainPrefix"], event["headers"]["host"]), (name, api, host))
        self.assertEqual(self.ask(api, path="/_stepwell/health", host=f"{api}.execute-api.localhost").json, NOT_FOUND)


class Functions(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        cls.api_id = case.api()
        echo = case.function(ECHO)
        case.lambda_route(cls.api_id, "ANY /two/{proxy+}", echo)
        case.lambda_route(cls.api_id, "ANY /one/{proxy+}", echo, version="1.0")
        slow = case.integration(cls.api_id, IntegrationType="AWS_PROXY", IntegrationUri=echo, PayloadFormatVersion="2.0", TimeoutInMillis=200)
        cls.gateway.create_route(ApiId=cls.api_id, RouteKey="GET /hasty/{proxy+}", Target=slow)
        gone = case.integration(cls.api_id, IntegrationType="AWS_PROXY", IntegrationUri=echo + "-gone", PayloadFormatVersion="2.0")
        cls.gateway.create_route(ApiId=cls.api_id, RouteKey="GET /gone", Target=gone)

    def test_event_two(self):
        headers = [("Content-Type", "application/json"), ("X-Many", "1"), ("X-Many", "2"), ("Cookie", "a=1; b=2"), ("User-Agent", "tests")]
        event = self.ask(self.api_id, "POST", "/two/x?a=1&a=2&b=%20c", {"n": 1}, headers).json
        context = event.pop("requestContext")
        sent = event.pop("headers")
        self.assertEqual(
            event,
            {
                "version": "2.0",
                "routeKey": "ANY /two/{proxy+}",
                "rawPath": "/two/x",
                "rawQueryString": "a=1&a=2&b=%20c",
                "cookies": ["a=1", "b=2"],
                "queryStringParameters": {"a": "1,2", "b": " c"},
                "pathParameters": {"proxy": "x"},
                "body": '{"n": 1}',
                "isBase64Encoded": False,
            },
        )
        self.assertEqual((sent["x-many"], sent["x-forwarded-for"], sent["x-forwarded-proto"]), ("1,2", "127.0.0.1", "http"))
        self.assertNotIn("cookie", sent)
        self.assertRegex(context.pop("time"), r"^\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000$")
        self.assertIsInstance(context.pop("timeEpoch"), int)
        self.assertRegex(context.pop("requestId"), "^[A-Za-z0-9+/]{15}=$")
        self.assertEqual(
            context,
            {
                "accountId": "123456789012",
                "apiId": self.api_id,
                "domainName": f"{self.api_id}.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": self.api_id,
                "http": {"method": "POST", "path": "/two/x", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "tests"},
                "routeKey": "ANY /two/{proxy+}",
                "stage": "$default",
            },
        )

    def test_event_one(self):
        headers = [("Content-Type", "text/plain"), ("X-Many", "1"), ("X-Many", "2"), ("User-Agent", "tests")]
        event = self.ask(self.api_id, "PUT", "/one/x?a=1&a=2", b"hello", headers).json
        context = event.pop("requestContext")
        self.assertEqual((event["headers"]["X-Many"], event["multiValueHeaders"]["X-Many"]), ("2", ["1", "2"]))
        del event["headers"], event["multiValueHeaders"]
        self.assertEqual(
            event,
            {
                "version": "1.0",
                "resource": "/one/{proxy+}",
                "path": "/one/x",
                "httpMethod": "PUT",
                "queryStringParameters": {"a": "1"},
                "multiValueQueryStringParameters": {"a": ["1", "2"]},
                "pathParameters": {"proxy": "x"},
                "stageVariables": None,
                "body": "hello",
                "isBase64Encoded": False,
            },
        )
        self.assertEqual((context["identity"]["sourceIp"], context["identity"]["userAgent"], context["identity"]["userArn"]), ("127.0.0.1", "tests", None))
        self.assertEqual((context["resourcePath"], context["authorizer"], context["resourceId"]), ("/one/{proxy+}", {"claims": None, "scopes": None}, None))

    def test_bodies(self):
        for type, body, encoded in (
            ("application/json", b"{}", False),
            ("text/html; charset=utf-8", "ü".encode(), False),
            ("application/vnd.api+json", b"{}", False),
            ("text/plain", b"\xff", True),
            ("application/x-www-form-urlencoded", b"a=1", True),
            ("image/png", b"\x89PNG", True),
        ):
            with self.subTest(type):
                event = self.ask(self.api_id, "POST", "/two/x", body, {"Content-Type": type}).json
                self.assertEqual((event["isBase64Encoded"], event["body"]), (encoded, base64.b64encode(body).decode() if encoded else body.decode()))
        self.assertNotIn("body", self.ask(self.api_id, "GET", "/two/x").json)

    def test_answers_that_are_inferred(self):
        for path, body in (("plain", b"Hello"), ("object", b'{"message":"Hello"}'), ("nothing", b"null")):
            with self.subTest(path):
                answer = self.ask(self.api_id, path=f"/two/{path}")
                self.assertEqual((answer.status, answer.body.replace(b": ", b":"), answer.headers["content-type"]), (200, body, "application/json"))
                self.assertEqual((self.ask(self.api_id, path=f"/one/{path}").status), 500)

    def test_answers_with_a_format(self):
        made = self.ask(self.api_id, path="/two/formatted")
        self.assertEqual((made.status, made.text, made.headers["x-one"], made.headers["content-type"], made.cookies), (201, "made", "1", "text/x", ["a=1", "b=2"]))
        self.assertRegex(made.headers["apigw-requestid"], "^[A-Za-z0-9+/]{15}=$")
        self.assertEqual(self.ask(self.api_id, path="/two/binary").body, b"\x00\xff")
        self.assertEqual(self.ask(self.api_id, path="/two/bare").status, 204)
        self.assertEqual(self.ask(self.api_id, path="/one/many").headers["content-type"], "text/plain;charset=UTF-8")

    def test_failures(self):
        for path in ("/two/bad", "/two/broken", "/one/broken", "/gone"):
            with self.subTest(path):
                answer = self.ask(self.api_id, path=path)
                self.assertEqual((answer.status, answer.json), (500, FAILED))
        answer = self.ask(self.api_id, path="/hasty/slow")
        self.assertEqual((answer.status, answer.json), (503, {"message": "Service Unavailable"}))
        self.assertEqual(self.ask(self.api_id, "POST", "/two/x", b"x" * (10 << 20 | 1)).json, {"message": "Request Entity Too Large"})


class Services(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queues = cls.target.client("sqs")
        cls.eventbridge = cls.target.client("events")

    def test_start_execution(self):
        api = self.api()
        machine = self.create(passing())
        self.service(api, "POST /orders", "StepFunctions-StartExecution", {"StateMachineArn": machine, "Input": "$request.body"})
        answer = self.ask(api, "POST", "/orders", {"order": 7})
        self.assertEqual((answer.status, sorted(answer.json)), (200, ["executionArn", "startDate"]))
        self.assertEqual(json.loads(self.ended(answer.json["executionArn"])["output"]), {"order": 7})
        refused = self.ask(api, "POST", "/orders", b"{")
        self.assertEqual(refused.status, 400)
        self.assertIn("InvalidExecutionInput", refused.json["__type"])

    def test_mapped_parameters(self):
        api = self.api()
        self.gateway.update_stage(ApiId=api, StageName="$default", StageVariables={"machine": self.create(passing())})
        self.service(
            api, "POST /orders/{id}", "StepFunctions-StartExecution",
            {"StateMachineArn": "$stageVariables.machine", "Name": "order-${request.path.id}-${request.querystring.n}", "Input": "$request.body.order"},
        )  # fmt: skip
        name = unique("x")
        arn = self.ask(api, "POST", f"/orders/{name}?n=2", {"order": {"lines": [1, 2]}}).json["executionArn"]
        self.assertTrue(arn.endswith(f":order-{name}-2"))
        self.assertEqual(json.loads(self.ended(arn)["output"]), {"lines": [1, 2]})

    def test_start_sync_execution(self):
        api = self.api()
        good, bad = self.create(passing(), type="EXPRESS"), self.create(failing(), type="EXPRESS")
        self.service(api, "POST /good", "StepFunctions-StartSyncExecution", {"StateMachineArn": good, "Input": "$request.body"})
        self.service(api, "POST /bad", "StepFunctions-StartSyncExecution", {"StateMachineArn": bad})
        answer = self.ask(api, "POST", "/good", {"a": 1}).json
        self.assertEqual((answer["status"], answer["output"]), ("SUCCEEDED", '{"a": 1}'))
        answer = self.ask(api, "POST", "/bad")
        self.assertEqual((answer.status, answer.json["status"], answer.json["error"]), (200, "FAILED", "Sorry"))

    def test_stop_execution(self):
        api = self.api()
        self.service(api, "DELETE /executions", "StepFunctions-StopExecution", {"ExecutionArn": "$request.querystring.arn", "Cause": "$request.header.why"})
        execution = self.start(self.create(waiting()))
        self.assertEqual(self.ask(api, "DELETE", f"/executions?arn={execution}", headers={"Why": "enough"}).status, 200)
        self.assertEqual(self.states.describe_execution(executionArn=execution)["cause"], "enough")

    def test_queues(self):
        api = self.api()
        queue = self.queues.create_queue(QueueName=unique("queue"))["QueueUrl"]
        attributes = json.dumps({"colour": {"DataType": "String", "StringValue": "red"}})
        self.service(api, "POST /messages", "SQS-SendMessage", {"QueueUrl": queue, "MessageBody": "$request.body.message", "DelaySeconds": "0", "MessageAttributes": attributes})
        self.service(api, "GET /messages", "SQS-ReceiveMessage", {"QueueUrl": queue, "MaxNumberOfMessages": "$request.querystring.most"})
        self.service(api, "DELETE /messages/{handle}", "SQS-DeleteMessage", {"QueueUrl": queue, "ReceiptHandle": "$request.path.handle"})
        self.service(api, "POST /purge", "SQS-PurgeQueue", {"QueueUrl": queue})
        sent = self.ask(api, "POST", "/messages", {"message": "hello"})
        self.assertEqual(sent.status, 200)
        self.assertIn("<SendMessageResult>", sent.text)
        got = self.ask(api, path="/messages?most=10")
        self.assertIn("<Body>hello</Body>", got.text)
        handle = urllib.parse.quote(re.search("<ReceiptHandle>(.*)</ReceiptHandle>", got.text)[1], safe="")
        self.assertEqual(self.ask(api, "DELETE", f"/messages/{handle}").status, 200)
        self.assertEqual(self.queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]["ApproximateNumberOfMessagesNotVisible"], "0")
        self.ask(api, "POST", "/messages", {"message": "more"})
        self.assertEqual(self.ask(api, "POST", "/purge").status, 200)

    def test_events(self):
        api = self.api()
        queue = self.queues.create_queue(QueueName=unique("queue"))["QueueUrl"]
        arn = self.queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        source = unique("source")
        self.eventbridge.put_rule(Name=source, EventPattern=json.dumps({"source": [source]}))
        self.eventbridge.put_targets(Rule=source, Targets=[{"Id": "q", "Arn": arn}])
        self.service(
            api, "POST /events", "EventBridge-PutEvents",
            {"Detail": "$request.body.detail", "DetailType": "order", "Source": source, "Time": "$request.body.time", "Resources": "$request.body.resources"},
        )  # fmt: skip
        answer = self.ask(api, "POST", "/events", {"detail": {"n": 1}, "time": "2024-05-01T10:20:30Z", "resources": ["a", "b"]})
        self.assertEqual((answer.status, answer.json["FailedEntryCount"]), (200, 0))
        [message] = wait_until(lambda: self.queues.receive_message(QueueUrl=queue, WaitTimeSeconds=5).get("Messages"), "the event to come")
        event = json.loads(message["Body"])
        self.assertEqual((event["detail"], event["time"], event["resources"], event["detail-type"]), ({"n": 1}, "2024-05-01T10:20:30Z", ["a", "b"], "order"))


class Cors(ApiCase):
    def test_preflights_and_answers(self):
        cors = {"AllowOrigins": ["https://shop.example.com"], "AllowMethods": ["GET", "POST"], "AllowHeaders": ["content-type"], "ExposeHeaders": ["x-one"], "MaxAge": 60, "AllowCredentials": True}  # fmt: skip
        api = self.api(CorsConfiguration=cors)
        self.lambda_route(api, "GET /formatted", self.function(ECHO))
        asking = {"Origin": "https://shop.example.com", "Access-Control-Request-Method": "GET"}
        answer = self.ask(api, "OPTIONS", "/formatted", headers=asking)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(
            {name: value for name, value in answer.headers.items() if name.startswith("access-control")},
            {
                "access-control-allow-origin": "https://shop.example.com",
                "access-control-allow-credentials": "true",
                "access-control-allow-methods": "GET,POST",
                "access-control-allow-headers": "content-type",
                "access-control-max-age": "60",
            },
        )
        stranger = self.ask(api, "OPTIONS", "/formatted", headers=asking | {"Origin": "https://other.example.com"})
        self.assertEqual((stranger.status, [name for name in stranger.headers if name.startswith("access-control")]), (204, []))
        answer = self.ask(api, path="/formatted", headers={"Origin": "https://shop.example.com", "Sec-Fetch-Site": "cross-site"})
        self.assertEqual((answer.status, answer.headers["access-control-allow-origin"], answer.headers["access-control-expose-headers"]), (201, "https://shop.example.com", "x-one"))
        self.assertEqual(self.ask(api, path="/none", headers={"Origin": "https://shop.example.com"}).headers["access-control-allow-origin"], "https://shop.example.com")
        self.gateway.update_api(ApiId=api, CorsConfiguration={"AllowOrigins": ["*"]})
        self.assertEqual(self.ask(api, path="/none", headers={"Origin": "https://a.example.com"}).headers["access-control-allow-origin"], "*")
        self.gateway.delete_cors_configuration(ApiId=api)
        self.assertNotIn("access-control-allow-origin", self.ask(api, path="/none", headers={"Origin": "https://a.example.com"}).headers)


class Endpoints(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = cls.enterClassContext(Backend())
        cls.api_id = cls().api()

    def route(self, key: str, path: str, **more) -> None:
        target = self.integration(self.api_id, **{"IntegrationType": "HTTP_PROXY", "IntegrationMethod": "ANY", "IntegrationUri": self.backend.url + path} | more)
        self.gateway.create_route(ApiId=self.api_id, RouteKey=key, Target=target)

    def test_what_is_passed_on(self):
        self.route("ANY /pass/{proxy+}", "/backend/{proxy}")
        answer = self.ask(self.api_id, "PUT", "/pass/a%20b/201?x=1&x=2", {"n": 1}, {"X-One": "1", "Content-Type": "application/json"})
        told = answer.json
        self.assertEqual((answer.status, answer.headers["x-backend"]), (201, "1"))
        self.assertEqual((told["method"], told["path"], told["body"]), ("PUT", "/backend/a%20b/201?x=1&x=2", '{"n": 1}'))
        self.assertEqual((told["headers"]["x-one"], told["headers"]["host"], told["headers"]["x-forwarded-for"]), ("1", self.backend.url[7:], "127.0.0.1"))
        self.assertIn("for=127.0.0.1", told["headers"]["forwarded"])
        self.route("$default", "/all")
        self.assertEqual(self.ask(self.api_id, path="/else/where").json["path"], "/all/else/where")

    def test_mappings_of_requests(self):
        parameters = {
            "append:header.x-id": "$request.path.id",
            "overwrite:header.x-one": "${request.querystring.a}-${context.stage}",
            "remove:header.x-two": "''",
            "append:querystring.a": "more",
            "remove:querystring.b": "''",
            "overwrite:path": "/changed/${request.path.id}",
        }
        self.route("GET /map/{id}", "/backend", RequestParameters=parameters)
        told = self.ask(self.api_id, path="/map/seven?a=1&b=2", headers={"X-One": "0", "X-Two": "2"}).json
        self.assertEqual(told["path"], "/changed/seven?a=1&a=more")
        self.assertEqual((told["headers"]["x-id"], told["headers"]["x-one"], "x-two" in told["headers"]), ("seven", "1-$default", False))

    def test_mappings_of_answers(self):
        parameters = {
            "500": {"overwrite:statuscode": "403", "append:header.x-why": "$response.body.method", "overwrite:header.x-backend": "$context.requestId"},
            "404": {"overwrite:statuscode": "200", "remove:header.x-backend": "''"},
        }
        self.route("GET /answers/{status}", "/{status}", ResponseParameters=parameters)
        answer = self.ask(self.api_id, path="/answers/500")
        self.assertEqual((answer.status, answer.headers["x-why"], answer.headers["x-backend"]), (403, "GET", answer.headers["apigw-requestid"]))
        answer = self.ask(self.api_id, path="/answers/404")
        self.assertEqual((answer.status, "x-backend" in answer.headers), (200, False))
        self.assertEqual(self.ask(self.api_id, path="/answers/401").status, 401)

    def test_an_endpoint_that_is_not_there(self):
        self.route("GET /gone", "", IntegrationUri="http://127.0.0.1:1/")
        answer = self.ask(self.api_id, path="/gone")
        self.assertEqual((answer.status, answer.json), (503, {"message": "Service Unavailable"}))


class Inside(ApiCase):
    """Tasks and rules call APIs by the hosts that AWS gives them, and so without a network."""

    def test_a_task(self):
        api = self.api()
        self.lambda_route(api, "POST /pets/{id}", self.function(ECHO))
        parameters = {
            "ApiEndpoint": f"{api}.execute-api.us-east-1.amazonaws.com",
            "Method": "POST",
            "Path": "/pets/7",
            "QueryParameters": {"a": ["1"]},
            "RequestBody": {"n": 1},
        }
        task = {"Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "Parameters": parameters, "End": True}
        ended = self.ended(self.start(self.create({"StartAt": "Call", "States": {"Call": task}})))
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        event = json.loads(ended["output"])["ResponseBody"]
        self.assertEqual((event["routeKey"], event["body"], event["rawQueryString"]), ("POST /pets/{id}", '{"n":1}', "a=1"))
        missing = dict(task, Parameters=parameters | {"Path": "/cats"})
        ended = self.ended(self.start(self.create({"StartAt": "Call", "States": {"Call": missing}})))
        self.assertEqual((ended["status"], ended["error"], ended["cause"]), ("FAILED", "ApiGateway.404", '{"message":"Not Found"}'))

    def test_a_rule(self):
        api, machine, source = self.api(), self.create(passing()), unique("source")
        eventbridge = self.target.client("events")
        self.service(api, "POST /seen/{id}", "StepFunctions-StartExecution", {"StateMachineArn": machine, "Input": "$request.body"})
        eventbridge.put_rule(Name=source, EventPattern=json.dumps({"source": [source]}))
        target = {
            "Id": "api", "Arn": f"arn:aws:execute-api:us-east-1:123456789012:{api}/$default/POST/seen/*", "RoleArn": self.target.role,
            "HttpParameters": {"PathParameterValues": ["7"]}, "Input": '{"n": 1}',
        }  # fmt: skip
        self.assertEqual(eventbridge.put_targets(Rule=source, Targets=[target])["FailedEntryCount"], 0)
        eventbridge.put_events(Entries=[{"Source": source, "DetailType": "t", "Detail": "{}"}])
        [execution] = wait_until(lambda: self.states.list_executions(stateMachineArn=machine)["executions"], "an execution")
        self.assertEqual(json.loads(self.ended(execution["executionArn"])["input"]), {"n": 1})


class AccessLogs(ApiCase):
    def test_a_line_for_each_request(self):
        logs, group, api = self.target.client("logs"), unique("group"), self.api()
        logs.create_log_group(logGroupName=group)
        self.lambda_route(api, "GET /pets", self.function(ECHO))
        line = '{"id": "$context.requestId", "route": "$context.routeKey", "status": $context.status, "length": $context.responseLength}'
        arn = f"arn:aws:logs:us-east-1:123456789012:log-group:{group}"
        self.gateway.update_stage(ApiId=api, StageName="$default", AccessLogSettings={"DestinationArn": arn, "Format": line})
        found, missing = self.ask(api, path="/pets"), self.ask(api, path="/cats")
        events = wait_until(lambda: (found := logs.filter_log_events(logGroupName=group)["events"]) and len(found) == 2 and found, "two lines")
        told = [json.loads(event["message"]) for event in events]
        self.assertEqual(
            told,
            [
                {"id": found.headers["apigw-requestid"], "route": "GET /pets", "status": 200, "length": len(found.body)},
                {"id": missing.headers["apigw-requestid"], "route": "-", "status": 404, "length": len(missing.body)},
            ],
        )


class Throttling(ApiCase):
    def test_routes_with_limits(self):
        logs, group, api = self.target.client("logs"), unique("group"), self.api()
        logs.create_log_group(logGroupName=group)
        machine = self.create(passing())
        for key in ("GET /free", "GET /slow", "$default"):
            self.service(api, key, "StepFunctions-StartExecution", {"StateMachineArn": machine})
        arn = f"arn:aws:logs:us-east-1:123456789012:log-group:{group}"
        with self.refused("NotFoundException", "Unable to find Route by key GET /none within the provided RouteSettings"):
            self.gateway.update_stage(ApiId=api, StageName="$default", RouteSettings={"GET /none": {"ThrottlingBurstLimit": 1}})
        self.gateway.update_stage(
            ApiId=api, StageName="$default", DefaultRouteSettings={"ThrottlingBurstLimit": 0, "ThrottlingRateLimit": 0.0},
            RouteSettings={"GET /slow": {"ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 0.001}, "GET /free": {"DetailedMetricsEnabled": False}},
            AccessLogSettings={"DestinationArn": arn, "Format": "$context.requestId $context.routeKey $context.status"},
        )  # fmt: skip
        self.assertEqual([self.ask(api, path="/free").status for _ in range(5)], [200] * 5)
        self.assertEqual([self.ask(api, path="/slow").status for _ in range(3)], [200, 200, 429])
        refused = self.ask(api, path="/else")
        self.assertEqual((refused.status, refused.headers["content-type"], refused.body), (429, "application/json", b'{"message":"Too Many Requests"}'))
        events = wait_until(lambda: (found := logs.filter_log_events(logGroupName=group)["events"]) and len(found) == 9 and found, "nine lines")
        self.assertEqual(sum(event["message"].endswith("GET /slow 429") for event in events), 1)
        self.gateway.delete_route_settings(ApiId=api, StageName="$default", RouteKey="GET /slow")
        self.assertEqual(self.ask(api, path="/slow").status, 429)
        self.gateway.update_stage(ApiId=api, StageName="$default", DefaultRouteSettings={"DetailedMetricsEnabled": False})
        self.assertEqual(self.ask(api, path="/slow").status, 200)
