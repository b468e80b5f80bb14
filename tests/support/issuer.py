"""An issuer of JSON Web Tokens (OpenID Connect): its configuration and keys over HTTP, and tokens signed with RS256."""

import base64
import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import time


def unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    def __init__(self, folder: pathlib.Path, name: str):
        self.name, self._path = name, folder / f"{name}.pem"
        self._run("genrsa", "-out", str(self._path), "2048")
        modulus = self._run("rsa", "-in", str(self._path), "-noout", "-modulus").decode().strip().split("=")[1]
        self.public = {"kty": "RSA", "kid": name, "use": "sig", "alg": "RS256", "n": unpadded(bytes.fromhex(modulus)), "e": "AQAB"}

    def sign(self, text: bytes) -> bytes:
        return self._run("dgst", "-sha256", "-sign", str(self._path), input=text)

    @staticmethod
    def _run(*arguments: str, input: bytes = b"") -> bytes:
        return subprocess.run(["openssl", *arguments], input=input, capture_output=True, check=True).stdout


class Issuer:
    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.keys = [self.new_key("one")]
        self.asked = 0  # for its keys
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    answer = {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"}
                else:
                    issuer.asked += 1
                    answer = {"keys": [key.public for key in issuer.keys]}
                data = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Issuer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def new_key(self, name: str) -> Key:
        return Key(pathlib.Path(self._folder.name), name)

    def token(self, key: Key | None = None, header: dict | None = None, **claims) -> str:
        """Good for five minutes, unless the claims say otherwise."""
        key, now = key or self.keys[0], int(time.time())
        given = {"iss": self.url, "aud": "orders", "sub": "ada", "iat": now - 1, "exp": now + 300} | claims
        parts = [{"alg": "RS256", "typ": "JWT", "kid": key.name} | (header or {}), {name: value for name, value in given.items() if value is not None}]
        text = ".".join(unpadded(json.dumps(part).encode()) for part in parts)
        return f"{text}.{unpadded(key.sign(text.encode()))}"
