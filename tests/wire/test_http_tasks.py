"""HTTP tasks from end to end: connections of EventBridge, an API and a token endpoint over https (Python's own server)."""

import base64
import http.server
import json
import ssl
import tempfile
import threading
import unittest
import urllib.parse

from local.aws import Client
from local.server import Server, free_port, held_port
from local.wait import wait_until
from support.certificates import Authority

ROLE = "arn:aws:iam::123456789012:role/x"


class Api:
    """Answers what it was asked, and /token with a token."""

    def __init__(self, context: ssl.SSLContext):
        self.requests: list[dict] = []
        self.statuses: list[int] = []  # of the next answers; 200 when there are none left
        api = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                request = {"method": self.command, "path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}, "body": body}
                api.requests.append(request)
                token = {"access_token": f"token-{len(api.requests)}", "expires_in": 3600}
                data = json.dumps(token if self.path == "/token" else {"asked": body}).encode()
                self.send_response(api.statuses.pop(0) if api.statuses else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = answer

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://localhost:{self._server.server_address[1]}"

    def __enter__(self) -> "Api":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class HttpTasks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        authority = Authority(cls.enterClassContext(tempfile.TemporaryDirectory()))
        certificate = authority.certificate("api")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        cls.api = cls.enterClassContext(Api(context))
        cls.client = Client(cls.enterClassContext(Server(arguments=["--ca-bundle", str(authority.path)])).endpoint)

    def setUp(self):
        self.api.requests.clear()
        self.api.statuses.clear()

    def connect(self, kind: str, parameters: dict) -> str:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AWSEvents.CreateConnection"}
        body = {"Name": f"c{free_port()}", "AuthorizationType": kind, "AuthParameters": parameters}
        return self.client._send("events", "CreateConnection", "POST", "/", headers, json.dumps(body).encode())["ConnectionArn"]

    def run_task(self, resource: str, parameters: dict) -> dict:
        state = {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters, "End": True}
        machine = self.client.states("CreateStateMachine", name=f"m{free_port()}", roleArn=ROLE, definition=json.dumps({"StartAt": "A", "States": {"A": state}}))
        arn = self.client.states("StartExecution", stateMachineArn=machine["stateMachineArn"])["executionArn"]
        wait_until(lambda: self.client.states("DescribeExecution", executionArn=arn)["status"] != "RUNNING", "the execution to end")
        return self.client.states("DescribeExecution", executionArn=arn)

    def call(self, connection: str, **more) -> dict:
        parameters = {"ApiEndpoint": f"{self.api.url}/orders", "Method": "POST", "InvocationConfig": {"ConnectionArn": connection}}
        return self.run_task("http:invoke", parameters | more)

    def header(self, name: str) -> str:
        return self.api.requests[-1]["headers"].get(name.lower())

    def test_an_api_key(self):
        connection = self.connect("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "secret"}})
        done = self.call(connection, RequestBody={"a": 1}, QueryParameters={"q": "a b"}, Headers={"X-More": "more"})
        self.assertEqual(done["status"], "SUCCEEDED", done)
        output = json.loads(done["output"])
        self.assertEqual((output["StatusCode"], output["StatusText"], output["ResponseBody"]), (200, "OK", {"asked": '{"a":1}'}))
        self.assertEqual((self.header("X-Key"), self.header("X-More")), ("secret", "more"))
        self.assertEqual(urllib.parse.parse_qs(self.api.requests[-1]["path"].split("?")[1]), {"q": ["a b"]})
        self.assertNotIn("secret", done["output"])

    def test_a_password(self):
        connection = self.connect("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "pass"}})
        self.assertEqual(self.call(connection)["status"], "SUCCEEDED")
        self.assertEqual(self.header("Authorization"), "Basic " + base64.b64encode(b"ada:pass").decode())

    def test_client_credentials(self):
        oauth = {"ClientParameters": {"ClientID": "id", "ClientSecret": "s&"}, "AuthorizationEndpoint": f"{self.api.url}/token", "HttpMethod": "POST"}
        connection = self.connect("OAUTH_CLIENT_CREDENTIALS", {"OAuthParameters": oauth})
        wait_until(lambda: self.call(connection)["status"] == "SUCCEEDED", "the connection to be authorized")
        asked = next(request for request in self.api.requests if request["path"] == "/token")
        form = urllib.parse.parse_qs(asked["body"])
        self.assertEqual((form["grant_type"], form["client_id"], form["client_secret"]), (["client_credentials"], ["id"], ["s&"]))
        self.assertRegex(self.header("Authorization"), r"^Bearer token-\d+$")

    def test_what_the_connection_adds(self):
        invocation = {"BodyParameters": [{"Key": "b", "Value": "theirs"}], "HeaderParameters": [{"Key": "X-More", "Value": "theirs"}]}
        connection = self.connect("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "s"}, "InvocationHttpParameters": invocation})
        transform = {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": "REPEAT"}}
        self.call(connection, RequestBody={"b": "mine", "c": [1, 2]}, Headers={"X-More": "mine"}, Transform=transform)
        self.assertEqual(urllib.parse.parse_qs(self.api.requests[-1]["body"]), {"b": ["theirs"], "c": ["1", "2"]})
        self.assertEqual((self.header("X-More"), self.header("Content-Type")), ("theirs", "application/x-www-form-urlencoded"))

    def test_refusals(self):
        connection = self.connect("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "s"}})
        self.api.statuses.append(503)
        done = self.call(connection, RequestBody={})
        self.assertEqual((done["error"], done["cause"]), ("States.Http.StatusCode.503", '{"asked": "{}"}'))
        self.assertEqual(self.call(connection.replace(":connection/c", ":connection/none"))["error"], "Events.ConnectionResource.ResourceNotFound")
        with held_port() as nobody:
            self.assertEqual(self.call(connection, ApiEndpoint=f"https://localhost:{nobody.getsockname()[1]}/")["error"], "States.Http.Socket")
        self.assertEqual(self.call(connection, Headers={"Host": "x"})["error"], "States.Runtime")

    def test_an_api_of_api_gateway(self):
        parameters = {"ApiEndpoint": self.api.url.removeprefix("https://"), "Method": "PUT", "Stage": "prod", "Path": "/pets", "RequestBody": {"a": None, "b": 1}}
        done = self.run_task("apigateway:invoke", parameters | {"Headers": {"X-One": ["1"]}, "QueryParameters": {"q": ["1", "2"]}})
        self.assertEqual(json.loads(done["output"])["ResponseBody"], {"asked": '{"b":1}'})
        self.assertEqual((self.api.requests[-1]["method"], self.api.requests[-1]["path"]), ("PUT", "/prod/pets?q=1&q=2"))
        self.api.statuses.append(403)
        done = self.run_task("apigateway:invoke", parameters)
        self.assertEqual(done["error"], "ApiGateway.403")


if __name__ == "__main__":
    unittest.main()
