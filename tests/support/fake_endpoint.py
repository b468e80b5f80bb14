"""An HTTP endpoint for tests: keeps what it is sent, and answers with the statuses it is told."""

import dataclasses
import http.server
import json
import threading

from local.wait import wait_until


@dataclasses.dataclass
class Received:
    path: str
    headers: dict[str, str]  # names in lower case
    body: str

    @property
    def json(self) -> dict:
        return json.loads(self.body)


class FakeEndpoint:
    """`statuses` are answered in turn, then 200."""

    def __init__(self, port: int = 0):
        self.received: list[Received] = []
        self.statuses: list[int] = []
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status = endpoint.statuses.pop(0) if endpoint.statuses else 200
                endpoint.received.append(Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FakeEndpoint":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def wait_for(self, count: int) -> list[Received]:
        """What has come, when it is that much."""
        return wait_until(lambda: self.received if len(self.received) >= count else None, f"{count} messages to come")
