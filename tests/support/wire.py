"""Bytes to the server and back, for requests that no client would send; and signatures, right and wrong ones."""

import dataclasses
import datetime
import hashlib
import hmac
import http.client
import json
import socket

from local.aws import REGION

TARGET = "AWSStepFunctions"


@dataclasses.dataclass
class Response:
    status: int
    headers: dict[str, str]  # lower case
    body: bytes

    @property
    def error(self) -> dict:
        """The body of an error of the API."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return self.error["__type"].split("#")[-1]


def connect(port: int, timeout: float = 20) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout)


def read(connection: socket.socket) -> Response | None:
    """The next response; None when the server closed the connection instead."""
    answer = http.client.HTTPResponse(connection)
    try:
        answer.begin()
        body = answer.read()
    except (http.client.BadStatusLine, http.client.IncompleteRead, ConnectionError):
        return None
    finally:
        answer.close()
    return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def exchange(port: int, data: bytes, half_close: bool = False, timeout: float = 20) -> Response | None:
    """One response to these bytes on a connection of their own; None when the server closed it without one."""
    with connect(port, timeout) as connection:
        try:
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except (ConnectionError, BrokenPipeError):
            pass  # it has heard enough: its answer may be there
        return read(connection)


def head(operation: str | None, size: int, *more: str, target: str = "/", method: str = "POST") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/x-amz-json-1.0", f"Content-Length: {size}", *more]
    if operation is not None:
        lines.append(f"X-Amz-Target: {operation if '.' in operation else f'{TARGET}.{operation}'}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def call(operation: str | None, body: bytes | dict, *more: str) -> bytes:
    """A request for an operation, as bytes."""
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return head(operation, len(body), *more) + body


def signed(
    operation: str,
    body: dict,
    keys: tuple[str, str],
    time: datetime.datetime | None = None,
    host: str = "127.0.0.1",
    region: str = REGION,
    headers: dict[str, str] | None = None,
    tamper=lambda lines: lines,
) -> bytes:
    """A request with an AWS Signature Version 4, written from its description, apart from any SDK. `tamper` changes what is
    sent after it was signed: (header lines, body) → (header lines, body).
    """
    stamp = (time or datetime.datetime.now(datetime.timezone.utc)).strftime("%Y%m%dT%H%M%SZ")
    text = json.dumps(body).encode()
    fields = {"content-type": "application/x-amz-json-1.0", "host": host, "x-amz-date": stamp, "x-amz-target": f"{TARGET}.{operation}"}
    fields |= {name.lower(): value for name, value in (headers or {}).items()}
    names = ";".join(sorted(fields))
    canonical_fields = "".join(f"{name}:{' '.join(fields[name].split())}\n" for name in sorted(fields))
    canonical = f"POST\n/\n\n{canonical_fields}\n{names}\n{hashlib.sha256(text).hexdigest()}"
    scope = f"{stamp[:8]}/{region}/states/aws4_request"
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{keys[1]}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    authorization = f"AWS4-HMAC-SHA256 Credential={keys[0]}/{scope}, SignedHeaders={names}, Signature={signature}"
    lines = [f"{name}: {value}" for name, value in fields.items()] + [f"Authorization: {authorization}"]
    lines, text = tamper((lines, text))
    return "\r\n".join(["POST / HTTP/1.1", *lines, f"Content-Length: {len(text)}"]).encode() + b"\r\n\r\n" + text
