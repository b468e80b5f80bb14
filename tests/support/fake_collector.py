"""An OpenTelemetry collector for tests: takes OTLP over HTTP in JSON and keeps the spans."""

import http.server
import json
import threading


class FakeCollector:
    """`status` is what it answers; while `held` is set it answers nothing."""

    def __init__(self, port: int = 0):
        self.status = 200
        self.spans: list[dict] = []
        self.batches: list[dict] = []
        self.held = threading.Event()
        self._go_on = threading.Event()
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if collector.held.is_set():
                    collector._go_on.wait(30)
                if collector.status == 200:
                    collector.take(self.path, self.headers["Content-Type"], body)
                self.send_response(collector.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FakeCollector":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def take(self, path: str, kind: str, body: dict) -> None:
        assert (path, kind) == ("/v1/traces", "application/json"), (path, kind)
        self.batches.append(body)
        for resource in body["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                self.spans += scope["spans"]

    def of_trace(self, trace: str) -> list[dict]:
        return [span for span in self.spans if span["traceId"] == trace]

    def of_execution(self, arn: str) -> list[dict]:
        """The spans of an execution that has ended, its own first; none before."""
        roots = [span for span in self.spans if attributes(span).get("aws.stepfunctions.execution.arn") == arn]
        if not roots:
            return []
        below = [roots[0]]
        for span in below:
            below += [other for other in self.of_trace(span["traceId"]) if other.get("parentSpanId") == span["spanId"]]
        return below


def attributes(item: dict) -> dict[str, str]:
    return {attribute["key"]: attribute["value"]["stringValue"] for attribute in item["attributes"]}
