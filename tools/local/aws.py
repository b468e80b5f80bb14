"""AWS's protocols as far as deploying and running workflows needs them. Signatures are dummies: a server on loopback does
not verify them.
"""

import http.client
import json
import ssl
import time
import urllib.parse
import xml.etree.ElementTree

REGION = "us-east-1"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/stepwell"


class ApiError(Exception):
    def __init__(self, operation: str, status: int, code: str, message: str):
        super().__init__(f"{operation}: {code}: {message}")
        self.status, self.code, self.message = status, code, message


def client_environment(endpoint: str) -> dict[str, str]:
    """What points AWS's own clients at `endpoint`. Debian's are too old for AWS_ENDPOINT_URL: they need it said again."""
    return {
        "AWS_ACCESS_KEY_ID": "stepwell",
        "AWS_SECRET_ACCESS_KEY": "stepwell",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
    }


class Client:
    def __init__(self, endpoint: str, timeout: float = 90, authority: str | None = None):
        address = urllib.parse.urlsplit(endpoint)
        self.endpoint = endpoint
        self._address = (address.hostname, address.port or (443 if address.scheme == "https" else 80))
        self._tls = ssl.create_default_context(cafile=authority) if address.scheme == "https" else None
        self._timeout = timeout

    def states(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AWSStepFunctions.{operation}"}
        return self._send("states", operation, "POST", "/", headers, json.dumps(parameters).encode())

    def queues(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}"}
        return self._send("sqs", operation, "POST", "/", headers, json.dumps(parameters).encode())

    def tasks(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AmazonEC2ContainerServiceV20141113.{operation}"}
        return self._send("ecs", operation, "POST", "/", headers, json.dumps(parameters).encode())

    def jobs(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/json"}
        return self._send("batch", operation, "POST", f"/v1/{operation.lower()}", headers, json.dumps(parameters).encode())

    def topics(self, operation: str, /, **parameters) -> dict:
        """SNS speaks forms and XML: of its answer, the texts by their elements' names."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        form = urllib.parse.urlencode({"Action": operation, "Version": "2010-03-31"} | parameters)
        return self._send("sns", operation, "POST", "/", headers, form.encode())

    def events(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AWSEvents.{operation}"}
        return self._send("events", operation, "POST", "/", headers, json.dumps(parameters).encode())

    def logs(self, operation: str, /, **parameters) -> dict:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"Logs_20140328.{operation}"}
        return self._send("logs", operation, "POST", "/", headers, json.dumps(parameters).encode())

    def schedules(self, method: str, name: str, body: dict) -> dict:
        path = f"/schedules/{urllib.parse.quote(name)}"
        return self._send("scheduler", f"{method} {path}", method, path, {"Content-Type": "application/json"}, json.dumps(body).encode())

    def functions(self, method: str, path: str, body: dict | None = None) -> dict:
        headers = {"Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else b""
        return self._send("lambda", f"{method} {path}", method, path, headers, data)

    def gateway(self, method: str, path: str, body: dict | None = None) -> dict:
        data = json.dumps(body).encode() if body is not None else b""
        return self._send("apigateway", f"{method} {path}", method, path, {"Content-Type": "application/json"}, data)

    def _send(self, service, operation, method, path, headers, body) -> dict:
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        scope = f"stepwell/{now[:8]}/{REGION}/{service}/aws4_request"
        headers |= {
            "X-Amz-Date": now,
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature={'0' * 64}",
        }
        if self._tls:
            connection = http.client.HTTPSConnection(*self._address, timeout=self._timeout, context=self._tls)
        else:
            connection = http.client.HTTPConnection(*self._address, timeout=self._timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        answer = _read(text)
        if response.status >= 300:
            raise ApiError(operation, response.status, _error_code(response, answer), _error_message(answer))
        return answer


def _read(text: bytes) -> dict:
    if text.startswith(b"<"):
        return {element.tag.split("}")[-1]: element.text for element in xml.etree.ElementTree.fromstring(text).iter() if len(element) == 0}
    try:
        return json.loads(text) if text.strip() else {}
    except ValueError:
        return {"message": text.decode(errors="replace")[:200]}


def _error_code(response, answer) -> str:
    code = response.getheader("x-amzn-errortype") or (isinstance(answer, dict) and (answer.get("__type") or answer.get("Code"))) or f"HTTP {response.status}"
    return code.split("#")[-1].split(":")[0]


def _error_message(answer) -> str:
    return str(answer.get("message") or answer.get("Message") or "") if isinstance(answer, dict) else str(answer)
