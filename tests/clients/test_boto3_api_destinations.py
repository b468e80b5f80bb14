"""Connections and API destinations: events as requests to others, with what lets them in."""

import http.server
import json
import threading
import urllib.parse

from local.wait import wait_until
from support.events import EventsCase
from support.target import unique


class Receiver(http.server.ThreadingHTTPServer):
    """Takes requests, and gives tokens to those who know the secret."""

    def __init__(self):
        self.requests, self.tokens = [], 0
        super().__init__(("127.0.0.1", 0), self.Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            status, answer = 200, "{}"
            if self.path.startswith("/token"):
                self.server.tokens += 1
                known = urllib.parse.parse_qs(body).get("client_secret") == ["secret"]
                status, answer = (200, json.dumps({"access_token": "good", "expires_in": 3600})) if known else (401, "{}")
            else:
                self.server.requests.append({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body})
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            pass


class Destinations(EventsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.server_close)
        cls.addClassCleanup(cls.receiver.shutdown)

    def connection(self, kind: str, parameters: dict) -> str:
        return self.eventbridge.create_connection(Name=unique("connection"), AuthorizationType=kind, AuthParameters=parameters)["ConnectionArn"]

    def destination(self, connection: str, path: str = "/in") -> str:
        made = self.eventbridge.create_api_destination(
            Name=unique("destination"), ConnectionArn=connection, InvocationEndpoint=self.receiver.url + path, HttpMethod="POST"
        )
        self.assertEqual(made["ApiDestinationState"], "ACTIVE")
        return made["ApiDestinationArn"]

    def sent(self, connection: str, path: str = "/in", **target) -> dict:
        kind = unique("type")
        arn = self.destination(connection, path)
        self.rule({"detail-type": [kind]}, targets=[{"Arn": arn, "RoleArn": self.target.role, "InputPath": "$.detail"} | target])
        before = len(self.receiver.requests)
        self.put({"a": 1}, DetailType=kind)
        wait_until(lambda: len(self.receiver.requests) > before, "a request")
        return self.receiver.requests[-1]

    def test_basic(self):
        extra = {"HeaderParameters": [{"Key": "x-extra", "Value": "e"}], "QueryStringParameters": [{"Key": "q", "Value": "a b"}], "BodyParameters": [{"Key": "b", "Value": "2"}]}
        connection = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "secret"}, "InvocationHttpParameters": extra})
        parameters = {"PathParameterValues": ["x/y"], "HeaderParameters": {"x-target": "t"}, "QueryStringParameters": {"z": "1"}}
        request = self.sent(connection, "/in/*/end", HttpParameters=parameters)
        self.assertEqual(request["path"], "/in/x%2Fy/end?z=1&q=a%20b")
        self.assertEqual(request["headers"]["authorization"], "Basic YWRhOnNlY3JldA==")
        self.assertEqual((request["headers"]["x-extra"], request["headers"]["x-target"]), ("e", "t"))
        self.assertEqual(json.loads(request["body"]), {"a": 1, "b": "2"})

    def test_api_key(self):
        request = self.sent(self.connection("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "secret"}}))
        self.assertEqual(request["headers"]["x-key"], "secret")

    def test_oauth(self):
        oauth = {"ClientParameters": {"ClientID": "id", "ClientSecret": "secret"}, "AuthorizationEndpoint": self.receiver.url + "/token", "HttpMethod": "POST"}
        connection = self.connection("OAUTH_CLIENT_CREDENTIALS", {"OAuthParameters": oauth})
        for _ in range(2):
            self.assertEqual(self.sent(connection)["headers"]["authorization"], "Bearer good")
        self.assertEqual(self.receiver.tokens, 1)

    def test_secrets_are_not_told(self):
        arn = self.connection("API_KEY", {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "very-secret-value"}})
        name = arn.split("/")[1]
        shown = self.eventbridge.describe_connection(Name=name)
        self.assertEqual(shown["AuthParameters"], {"ApiKeyAuthParameters": {"ApiKeyName": "x-key"}})
        self.assertEqual((shown["ConnectionState"], shown["AuthorizationType"]), ("AUTHORIZED", "API_KEY"))
        files = [path.read_bytes() for path in self.target.server.data_dir.rglob("*") if path.is_file()]
        self.assertFalse(any(b"very-secret-value" in content for content in files))

    def test_connections_changed_and_taken_away(self):
        arn = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "p"}})
        name = arn.split("/")[1]
        with self.refused("ResourceAlreadyExistsException", f"Connection {name} already exists."):
            self.eventbridge.create_connection(Name=name, AuthorizationType="BASIC", AuthParameters={"BasicAuthParameters": {"Username": "a", "Password": "p"}})
        with self.refused("ValidationException"):
            self.connection("BASIC", {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"}})
        key = {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"}}
        self.eventbridge.update_connection(Name=name, AuthorizationType="API_KEY", AuthParameters=key)
        self.assertEqual(self.eventbridge.describe_connection(Name=name)["AuthParameters"], {"ApiKeyAuthParameters": {"ApiKeyName": "k"}})
        destination = self.destination(arn).split("/")[1]
        self.assertEqual(self.eventbridge.deauthorize_connection(Name=name)["ConnectionState"], "DEAUTHORIZED")
        self.assertEqual(self.eventbridge.describe_api_destination(Name=destination)["ApiDestinationState"], "INACTIVE")
        self.assertEqual([found["Name"] for found in self.eventbridge.list_connections(NamePrefix=name)["Connections"]], [name])
        self.assertEqual(self.eventbridge.delete_connection(Name=name)["ConnectionState"], "DELETING")
        with self.refused("ResourceNotFoundException", f"Failed to describe the connection(s). Connection '{name}' does not exist."):
            self.eventbridge.describe_connection(Name=name)

    def test_destinations_changed_and_taken_away(self):
        connection = self.connection("BASIC", {"BasicAuthParameters": {"Username": "ada", "Password": "p"}})
        name = self.destination(connection).split("/")[1]
        with self.refused("ResourceAlreadyExistsException", f"An api-destination '{name}' already exists."):
            self.eventbridge.create_api_destination(Name=name, ConnectionArn=connection, InvocationEndpoint="https://a", HttpMethod="GET")
        with self.refused("ResourceNotFoundException", f"Connection '{connection}'".replace("/connection-", "/gone-") + " does not exist."):
            self.eventbridge.update_api_destination(Name=name, ConnectionArn=connection.replace("/connection-", "/gone-"))
        self.eventbridge.update_api_destination(Name=name, HttpMethod="PUT")
        self.assertEqual(self.eventbridge.describe_api_destination(Name=name)["HttpMethod"], "PUT")
        self.assertEqual([found["Name"] for found in self.eventbridge.list_api_destinations(ConnectionArn=connection)["ApiDestinations"]], [name])
        self.eventbridge.delete_api_destination(Name=name)
        with self.refused("ResourceNotFoundException", f"Failed to describe the api-destination(s). An api-destination '{name}' does not exist."):
            self.eventbridge.describe_api_destination(Name=name)
