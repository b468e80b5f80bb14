"""What the suites about HTTP APIs share: an API with the routes that a case needs, and requests to it."""

import dataclasses
import http.client
import http.server
import io
import json
import threading
import urllib.parse
import zipfile

from support.target import ServiceCase, unique


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case; of several the last one
    body: bytes
    cookies: list[str]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class ApiCase(ServiceCase):
    own_server_only = True
    tls = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.target.client("apigatewayv2")
        cls.functions = cls.target.client("lambda")

    def api(self, **more) -> str:
        """The id of a new API whose stage $default follows every change."""
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP", **more)["ApiId"]
        self.gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        return api

    def integration(self, api: str, **given) -> str:
        return "integrations/" + self.gateway.create_integration(ApiId=api, **given)["IntegrationId"]

    def service(self, api: str, key: str, subtype: str, parameters: dict, **route) -> None:
        target = self.integration(
            api, IntegrationType="AWS_PROXY", IntegrationSubtype=subtype, PayloadFormatVersion="1.0", CredentialsArn=self.target.role, RequestParameters=parameters
        )
        self.gateway.create_route(ApiId=api, RouteKey=key, Target=target, **route)

    def function(self, source: str, **more) -> str:
        """The ARN of a function in Python, whose handler is index.handler."""
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("index.py", source)
        return self.functions.create_function(
            FunctionName=unique("function"), Runtime="python3.11", Handler="index.handler", Role=self.target.role, Code={"ZipFile": package.getvalue()}, **more
        )["FunctionArn"]

    def lambda_route(self, api: str, key: str, function: str, version: str = "2.0", **route) -> None:
        target = self.integration(api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion=version)
        self.gateway.create_route(ApiId=api, RouteKey=key, Target=target, **route)

    def ask(self, api: str, method: str = "GET", path: str = "/", body=None, headers: dict | list | None = None, host: str | None = None) -> Answer:
        """By path, or with that Host."""
        address = urllib.parse.urlsplit(self.target.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        try:
            connection.putrequest(method, path if host else f"/_aws/execute-api/{api}{path}", skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host or address.netloc)
            data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            if body is not None:
                connection.putheader("Content-Length", str(len(data)))
            for name, value in headers.items() if isinstance(headers, dict) else headers or []:
                connection.putheader(name, value)
            connection.endheaders(data)
            response = connection.getresponse()
            fields = response.getheaders()
            return Answer(
                response.status, {name.lower(): value for name, value in fields}, response.read(), [value for name, value in fields if name.lower() == "set-cookie"]
            )
        finally:
            connection.close()


class Backend:
    """Another HTTP server: tells what it was asked, with the status that the path ends in."""

    def __enter__(self) -> "Backend":
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                last = self.path.split("?")[0].rsplit("/", 1)[1]
                told = {"method": self.command, "path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}, "body": body}
                data = json.dumps(told).encode()
                self.send_response(int(last) if last.isdigit() else 200)
                self.send_header("X-Backend", "1")
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
