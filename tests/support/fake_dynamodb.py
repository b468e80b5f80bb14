"""A DynamoDB endpoint in this process, for `--endpoint dynamodb=URL`: tables with a partition key, items put, got, updated by
`SET name = :value`, deleted and queried by key; errors as DynamoDB has them. It remembers how each request was signed.
"""

import http.server
import json
import re
import threading
import zlib

import botocore.auth
import botocore.awsrequest
import botocore.credentials

SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)")


class Refused(Exception):
    def __init__(self, code: str, message: str, **more):
        super().__init__(message)
        self.body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message} | more


class FakeDynamoDb:
    def __init__(self, **secrets: str):
        """With secrets by access key, requests have to be signed by one of them."""
        self.secrets = secrets
        self.tables: dict[str, dict] = {}  # items by key
        self._keys: dict[str, str] = {}
        self.scopes: list[tuple[str, str, str]] = []  # access key, region and service of each signed request
        self.operations: list[str] = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "FakeDynamoDb":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def add_table(self, name: str, key: str = "id") -> None:
        self.tables[name], self._keys[name] = {}, key

    def answer(self, operation: str, request: dict) -> dict:
        self.operations.append(operation)
        if operation == "CreateTable":
            self.add_table(request["TableName"], request["KeySchema"][0]["AttributeName"])
            return {"TableDescription": self._description(request["TableName"])}
        name = request["TableName"]
        if name not in self.tables:
            raise Refused("ResourceNotFoundException", "Requested resource not found")
        if operation == "DescribeTable":
            return {"Table": self._description(name)}
        return getattr(self, operation)(self.tables[name], self._keys[name], request)

    def _description(self, name: str) -> dict:
        return {"TableName": name, "TableStatus": "ACTIVE", "TableArn": f"arn:aws:dynamodb:us-east-1:123456789012:table/{name}"}

    def DeleteTable(self, table: dict, key: str, request: dict) -> dict:
        del self.tables[request["TableName"]]
        return {"TableDescription": self._description(request["TableName"])}

    def PutItem(self, table: dict, key: str, request: dict) -> dict:
        item = request["Item"]
        before = table.get(json.dumps(item[key]))
        if before and "attribute_not_exists" in request.get("ConditionExpression", ""):
            raise Refused("ConditionalCheckFailedException", "The conditional request failed")
        table[json.dumps(item[key])] = item
        return {"Attributes": before} if before and request.get("ReturnValues") == "ALL_OLD" else {}

    def GetItem(self, table: dict, key: str, request: dict) -> dict:
        found = table.get(json.dumps(request["Key"][key]))
        return {"Item": found} if found else {}

    def UpdateItem(self, table: dict, key: str, request: dict) -> dict:
        item = table.setdefault(json.dumps(request["Key"][key]), dict(request["Key"]))
        name, value = re.fullmatch(r"(?i)set (\w+) ?= ?(:\w+)", request["UpdateExpression"]).groups()
        changed = {name: request["ExpressionAttributeValues"][value]}
        item |= changed
        return {"Attributes": changed} if request.get("ReturnValues") == "UPDATED_NEW" else {}

    def DeleteItem(self, table: dict, key: str, request: dict) -> dict:
        before = table.pop(json.dumps(request["Key"][key]), None)
        return {"Attributes": before} if before and request.get("ReturnValues") == "ALL_OLD" else {}

    def Query(self, table: dict, key: str, request: dict) -> dict:
        found = [item for item in table.values() if item[key] in request["ExpressionAttributeValues"].values()]
        return {"Items": found, "Count": len(found), "ScannedCount": len(found)}

    def check_signature(self, headers, url: str, body: bytes) -> None:
        scope = SCOPE.search(headers.get("Authorization", ""))
        if scope:
            self.scopes.append((scope[1], scope[2], scope[3]))
        if not self.secrets:
            return
        if not scope:
            raise Refused("MissingAuthenticationTokenException", "Missing Authentication Token")
        signed = {name: headers[name] for name in scope[4].split(";")}
        request = botocore.awsrequest.AWSRequest("POST", url, headers=signed, data=body)
        request.context["timestamp"] = headers["X-Amz-Date"]
        signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials(scope[1], self.secrets.get(scope[1], "?")), scope[3], scope[2])
        text = signer.string_to_sign(request, signer.canonical_request(request))
        if signer.signature(text, request) != scope[5]:
            raise Refused("InvalidSignatureException", "The request signature we calculated does not match")

    def _handler(fake):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status = 200
                try:
                    fake.check_signature(self.headers, f"http://{self.headers['Host']}{self.path}", body)
                    answer = fake.answer(self.headers["X-Amz-Target"].split(".")[-1], json.loads(body))
                except Refused as refused:
                    status, answer = 400, refused.body
                data = json.dumps(answer, separators=(",", ":")).encode()
                self.send_response(status)
                for name, value in (("Content-Type", "application/x-amz-json-1.0"), ("Content-Length", str(len(data))), ("x-amzn-RequestId", "REQUEST"),
                                    ("x-amz-crc32", str(zlib.crc32(data)))):  # fmt: skip
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        return Handler


if __name__ == "__main__":
    with FakeDynamoDb() as database:
        print(database.endpoint, flush=True)
        threading.Event().wait()
