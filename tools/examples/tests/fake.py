"""A server that answers as Step Functions, Lambda and their neighbours would, from a script instead of running anything."""

import http.server
import json
import threading
import time
import urllib.parse

PREFIX = "arn:aws:states:us-east-1:123456789012"


def event(number: int, previous: int, kind: str, **details) -> dict:
    made = {"id": number, "previousEventId": previous, "type": kind, "timestamp": 1700000000.5}
    return made | ({f"{kind[0].lower()}{kind[1:]}EventDetails": details} if details else {})


class Fake:
    """`execution(input) → (description, events)` says how executions go; an execution that waits for its token goes on
    when SendTaskSuccess comes: `answered` holds the output.
    """

    def __init__(self, execution):
        self.execution = execution
        self.machines: dict[str, dict] = {}
        self.functions: dict[str, dict] = {}
        self.neighbours = Neighbours(self._start)
        self.inputs: dict[str, object] = {}
        self.calls: list[str] = []
        self.answered = None
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                target = self.headers.get("X-Amz-Target")
                if is_form := self.headers["Content-Type"].endswith("form-urlencoded"):
                    data = dict(urllib.parse.parse_qsl(body.decode()))
                    name = data["Action"]
                else:
                    data = json.loads(body) if body else {}
                    name = target.split(".")[1] if target else f"{self.command} {self.path}"
                fake.calls.append(name)
                if hasattr(fake.neighbours, name):
                    status, reply = getattr(fake.neighbours, name)(data)
                elif self.path.startswith("/schedules/"):
                    status, reply = fake.neighbours.schedule(self.command, self.path.rsplit("/")[-1], data)
                else:
                    status, reply = fake.states(name, data) if target else fake.lambda_(self.command, self.path, data)
                text = (xml(name, reply) if is_form else json.dumps(reply)).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_DELETE = answer

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _start(self, machine: str, input_) -> None:
        """As a rule or a schedule does."""
        self.inputs[f"{PREFIX}:execution:{machine.split(':')[-1]}:{len(self.inputs)}"] = input_

    def states(self, name: str, data: dict) -> tuple[int, dict]:
        if name == "CreateActivity":
            return 200, {"activityArn": f"{PREFIX}:activity:{data['name']}"}
        if name == "CreateStateMachine":
            there = self.machines.setdefault(data["name"], data)
            if there["definition"] != data["definition"]:
                return 400, {"__type": "com.amazonaws.states#StateMachineAlreadyExists", "message": "it is there"}
            return 200, {"stateMachineArn": f"{PREFIX}:stateMachine:{data['name']}"}
        if name == "UpdateStateMachine":
            self.machines[data["stateMachineArn"].split(":")[-1]]["definition"] = data["definition"]
            return 200, {}
        if name in ("StartExecution", "StartSyncExecution"):
            arn = f"{PREFIX}:execution:{data['stateMachineArn'].split(':')[-1]}:{data['name']}"
            self.inputs[arn] = json.loads(data["input"])
            return 200, {"executionArn": arn} | (self.execution(self.inputs[arn])[0] if "Sync" in name else {})
        if name == "ListExecutions":
            return 200, {"executions": [{"executionArn": arn, "startDate": time.time()} for arn in reversed(self.inputs)][:1]}
        if name == "DescribeExecution":
            return 200, self.execution(self.inputs[data["executionArn"]])[0]
        if name == "GetExecutionHistory":
            events = self.execution(self.inputs[data["executionArn"]])[1]
            half = len(events) // 2  # in two pages
            return 200, {"events": events[half:]} if data.get("nextToken") else {"events": events[:half], "nextToken": "more"}
        if name == "SendTaskSuccess":
            self.answered = (data["taskToken"], json.loads(data["output"]))
            return 200, {}
        return 400, {"__type": "UnknownOperationException"}

    def lambda_(self, method: str, path: str, data: dict) -> tuple[int, dict]:
        name = path.removeprefix("/2015-03-31/functions").strip("/").split("/")[0] or data.get("FunctionName")
        arn = f"arn:aws:lambda:us-east-1:123456789012:function:{name}"
        if method == "POST":
            self.functions[name] = data
            return 201, {"FunctionArn": arn}
        if name not in self.functions:
            return 404, {"Type": "User", "Message": "Function not found"}
        if method == "GET":
            return 200, {"Configuration": {k: v for k, v in self.functions[name].items() if k != "Code"}}
        if method == "DELETE":
            del self.functions[name]
            return 204, {}
        self.functions[name]["Code"] = data
        return 200, {"FunctionArn": arn}


class Neighbours:
    """Queues, topics, rules and schedules. `start(machine, input)` starts an execution."""

    def __init__(self, start):
        self._start = start
        self.queues: dict[str, dict] = {}
        self.messages: list = []  # the bodies that the next ReceiveMessage gives
        self.subscriptions: dict[str, dict] = {}
        self.rules: dict[str, dict] = {}
        self.schedules: dict[str, dict] = {}

    def CreateQueue(self, data: dict) -> tuple[int, dict]:
        there = self.queues.setdefault(data["QueueName"], data["Attributes"])
        if there != data["Attributes"]:
            return 400, {"__type": "com.amazonaws.sqs#QueueNameExists"}
        return self.GetQueueUrl(data)

    def GetQueueUrl(self, data: dict) -> tuple[int, dict]:
        return 200, {"QueueUrl": f"http://queues/{data['QueueName']}"}

    def SetQueueAttributes(self, data: dict) -> tuple[int, dict]:
        self.queues[data["QueueUrl"].split("/")[-1]] = data["Attributes"]
        return 200, {}

    def ReceiveMessage(self, data: dict) -> tuple[int, dict]:
        given, self.messages = self.messages, []
        return 200, {"Messages": [{"Body": json.dumps(body), "ReceiptHandle": "r"} for body in given]} if given else {}

    def DeleteMessage(self, data: dict) -> tuple[int, dict]:
        return 200, {}

    def CreateTopic(self, data: dict) -> tuple[int, dict]:
        return 200, {"TopicArn": f"arn:aws:sns:us-east-1:123456789012:{data['Name']}"}

    def Subscribe(self, data: dict) -> tuple[int, dict]:
        self.subscriptions[data["Endpoint"]] = {}
        return 200, {"SubscriptionArn": data["Endpoint"]}

    def SetSubscriptionAttributes(self, data: dict) -> tuple[int, dict]:
        self.subscriptions[data["SubscriptionArn"]][data["AttributeName"]] = data["AttributeValue"]
        return 200, {}

    def PutRule(self, data: dict) -> tuple[int, dict]:
        self.rules[data["Name"]] = data
        return 200, {}

    def PutTargets(self, data: dict) -> tuple[int, dict]:
        self.rules[data["Rule"]]["Targets"] = data["Targets"]
        return 200, {}

    def PutEvents(self, data: dict) -> tuple[int, dict]:
        for rule in self.rules.values():
            self._start(rule["Targets"][0]["Arn"], json.loads(data["Entries"][0]["Detail"]))
        return 200, {}

    def schedule(self, method: str, name: str, data: dict) -> tuple[int, dict]:
        if method == "POST" and name in self.schedules:
            return 409, {"__type": "ConflictException"}
        self.schedules[name] = data
        self._start(data["Target"]["Arn"], json.loads(data["Target"]["Input"]))
        return 200, {}


def xml(name: str, reply: dict) -> str:
    members = "".join(f"<{key}>{value}</{key}>" for key, value in reply.items())
    return f'<{name}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><{name}Result>{members}</{name}Result></{name}Response>'
