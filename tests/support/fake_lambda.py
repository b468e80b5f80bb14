"""A Lambda endpoint in this process, for `--endpoint lambda=URL`: functions are Python callables, calls are remembered, and
a call can be held until the test lets it go. With a TLS context it speaks https, to `localhost`.
"""

import collections
import http.server
import json
import re
import ssl
import sys
import threading
import urllib.parse
from typing import Callable

from local.aws import ACCOUNT, REGION
from local.wait import wait_until

PATH = re.compile(r"^/2015-03-31/functions/([^/?]+)/invocations")


class FunctionError(Exception):
    """What a function raises: its errorType and errorMessage."""

    def __init__(self, kind: str, message: str):
        super().__init__(message)
        self.kind = kind


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):  # a caller that was killed
            super().handle_error(request, client_address)


class FakeLambda:
    def __init__(self, tls: ssl.SSLContext | None = None, **functions: Callable):
        self.functions = functions
        self.calls: dict[str, list] = collections.defaultdict(list)  # payloads by function, as they came
        self.invocations: dict[str, list] = collections.defaultdict(list)  # their ids: the same for a call made again
        self._held: set[str] = set()
        self._change = threading.Condition()
        self.sessions: list[ssl.SSLSocket] = []  # of TLS, one a connection
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.endpoint = f"https://localhost:{self.port}" if tls else f"http://127.0.0.1:{self.port}"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> "FakeLambda":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release()
        self._server.shutdown()
        self._server.server_close()

    @staticmethod
    def arn(name: str) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"

    def hold(self, name: str) -> None:
        """From now on this function answers nobody."""
        with self._change:
            self._held.add(name)

    def release(self, *names: str) -> None:
        with self._change:
            self._held -= set(names) if names else set(self._held)
            self._change.notify_all()

    def wait_for_calls(self, name: str, count: int, seconds: float = 30) -> None:
        wait_until(lambda: len(self.calls[name]) >= count, f"{count} calls of {name}", seconds, every=0.005)

    def _invoke(self, name: str, payload, invocation: str) -> tuple[dict, bytes]:
        with self._change:
            self.invocations[name].append(invocation)
            self.calls[name].append(payload)
            self._change.wait_for(lambda: name not in self._held)
        try:
            return {}, json.dumps(self.functions[name](payload)).encode()
        except FunctionError as error:
            answer = {"errorMessage": str(error), "errorType": error.kind}
            return {"X-Amz-Function-Error": "Unhandled"}, json.dumps(answer).encode()

    def _handler(fake):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                if isinstance(self.connection, ssl.SSLSocket):
                    fake.sessions.append(self.connection)

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                found = PATH.match(self.path)
                name = urllib.parse.unquote(found[1]).split(":")[-1] if found else ""
                if name not in fake.functions:
                    self._answer(404, {"X-Amzn-ErrorType": "ResourceNotFoundException"}, b'{"Message":"Function not found"}')
                    return
                headers, answer = fake._invoke(name, json.loads(body or b"null"), self.headers.get("amz-sdk-invocation-id", ""))
                self._answer(200, {"X-Amz-Executed-Version": "$LATEST"} | headers, answer)

            def _answer(self, status: int, headers: dict, body: bytes):
                try:
                    self.send_response(status)
                    for key, value in (headers | {"Content-Type": "application/json", "Content-Length": str(len(body))}).items():
                        self.send_header(key, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the caller is gone

        return Handler
