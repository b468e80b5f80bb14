"""An endpoint for tests, over HTTP or TLS: keeps what it is sent, and answers with the statuses it is told."""

import contextlib
import dataclasses
import http.server
import json
import socket
import ssl
import threading

from local.wait import wait_until
from support.certificates import Certificate


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

    def __init__(self, port: int = 0, certificate: Certificate | None = None):
        self.received: list[Received] = []
        self.statuses: list[int] = []
        self._connections: list[socket.socket] = []
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                endpoint._connections.append(self.request)
                super().setup()

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
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate.chain, certificate.key)
            # Handshakes belong to the threads of connections.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_port
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> "FakeEndpoint":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def wait_for(self, count: int) -> list[Received]:
        """What has come, when it is that much."""
        return wait_until(lambda: self.received if len(self.received) >= count else None, f"{count} messages to come")
