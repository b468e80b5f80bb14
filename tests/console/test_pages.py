"""The console's files and its API as they come over the wire: who gets them, how they are kept, what they may do."""

import datetime
import gzip
import http.client
import json
import re
import time
import unittest
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.aws import ROLE, Client
from local.server import Server
from local.wait import wait_until

KEY = ("CONSOLE", "the-secret-of-the-console")
WAITING = {"StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "A"}, "A": {"Type": "Pass", "End": True}}}


class ConsoleCase(unittest.TestCase):
    arguments = ("--store", "memory")

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(arguments=cls.arguments))
        cls.client = Client(cls.server.endpoint)

    def ask(self, target: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()

    def page(self, path: str = "", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        return self.ask(f"/_stepwell/console/{path}", **headers)

    def api(self, name: str, **query) -> tuple[http.client.HTTPResponse, dict]:
        response, body = self.ask(f"/_stepwell/api/{name}?{urllib.parse.urlencode(query)}")
        return response, json.loads(body)

    def start(self, machine: str, seconds: int) -> str:
        try:
            arn = self.client.states("CreateStateMachine", name=machine, definition=json.dumps(WAITING), roleArn=ROLE)["stateMachineArn"]
        except Exception:
            arn = f"arn:aws:states:us-east-1:123456789012:stateMachine:{machine}"
        return self.client.states("StartExecution", stateMachineArn=arn, input=json.dumps({"seconds": seconds}))["executionArn"]


class Files(ConsoleCase):
    def setUp(self):
        if self.page()[0].status == 404:
            self.skipTest("the program was built without its console")

    def asset(self) -> str:
        return re.search(rb'src="/_stepwell/console/(assets/[^"]+\.js)"', self.page()[1])[1].decode()

    def test_every_place_is_the_same_page(self):
        first = self.page()[1]
        for path in ("machines/arn:aws:states:us-east-1:1:stateMachine:x", "executions?status=FAILED", "any/where/else"):
            response, body = self.page(path)
            self.assertEqual((response.status, body), (200, first))
            self.assertEqual(response.headers["Content-Type"], "text/html; charset=utf-8")

    def test_files_are_kept_by_their_digest(self):
        for path, kept in (("", "no-cache"), (self.asset(), "public, max-age=31536000, immutable")):
            response, _ = self.page(path)
            self.assertEqual(response.headers["Cache-Control"], kept)
            again, body = self.page(path, If_None_Match=response.headers["ETag"])
            self.assertEqual((again.status, body), (304, b""))

    def test_files_come_compressed_to_those_who_take_that(self):
        response, packed = self.page(self.asset(), Accept_Encoding="gzip, br")
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        plain, body = self.page(self.asset())
        self.assertIsNone(plain.headers["Content-Encoding"])
        self.assertEqual(gzip.decompress(packed), body)
        self.assertLess(len(packed), len(body) / 2)

    def test_pages_may_ask_this_server_alone(self):
        response, _ = self.page()
        policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
        self.assertEqual(policy["default-src"], "'none'")
        self.assertEqual((policy["connect-src"], policy["script-src"], policy["worker-src"]), ("'self'",) * 3)
        self.assertEqual((policy["frame-ancestors"], policy["form-action"], policy["base-uri"]), ("'none'",) * 3)
        self.assertEqual(policy["require-trusted-types-for"], "'script'")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_the_place_without_its_slash(self):
        response, _ = self.ask("/_stepwell/console")
        self.assertEqual((response.status, response.headers["Location"]), (308, "/_stepwell/console/"))

    def test_a_browser_that_has_the_address_only_is_led_there(self):
        response, _ = self.ask("/", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        self.assertEqual((response.status, response.headers["Location"]), (302, "/_stepwell/console/"))
        self.assertEqual(self.ask("/", Accept="*/*")[0].status, 404)

    def test_what_is_not_there(self):
        self.assertEqual(self.page("assets/none.js")[0].status, 404)
        self.assertEqual(self.ask("/_stepwell/console/", method="POST", body=b"")[0].status, 405)

    def test_links_from_elsewhere_lead_here_and_nothing_else_does(self):
        way = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
        self.assertEqual(self.page("executions", **way)[0].status, 200)
        self.assertEqual(self.page("executions", **way | {"Sec_Fetch_Dest": "iframe"})[0].status, 403)
        self.assertEqual(self.page("executions", **way | {"Sec_Fetch_Mode": "no-cors"})[0].status, 403)
        self.assertEqual(self.ask("/_stepwell/api/executions", **way)[0].status, 403)
        self.assertEqual(self.ask("/_stepwell/consolexyz", **way)[0].status, 403)


class Protection(ConsoleCase):
    def test_other_origins_reach_nothing(self):
        for target in ("/_stepwell/api/server", "/_stepwell/api/executions", "/_stepwell/api/events?execution=x"):
            for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}):
                response, body = self.ask(target, **headers)
                self.assertEqual(response.status, 403, (target, headers, body))
        response, _ = self.ask("/_stepwell/api/fork", method="POST", body=b"{}", Origin="http://evil.example", Content_Type="text/plain")
        self.assertEqual(response.status, 403)

    def test_other_names_reach_nothing(self):
        for target in ("/_stepwell/console/", "/_stepwell/api/server", "/_stepwell/api/executions"):
            self.assertEqual(self.ask(target, Host="evil.example")[0].status, 421)

    def test_what_is_asked_wrongly(self):
        for name, query, status, code in (
            ("nothing", {}, 404, "UnknownOperationException"),
            ("executions", {"after": "x"}, 400, "ValidationException"),
            ("executions", {"status": "SUNK"}, 400, "ValidationException"),
            ("executions", {"from": "yesterday"}, 400, "ValidationException"),
            ("event", {"execution": "x", "id": 1}, 400, "InvalidArn"),
            ("events", {"execution": "arn:aws:states:us-east-1:123456789012:execution:a:b"}, 400, "ExecutionDoesNotExist"),
            ("fork", {}, 405, "MethodNotAllowedException"),
            ("figures", {"machine": "m", "from": 2, "to": 1}, 400, "ValidationException"),
            ("runs", {"expression": "rate(5)"}, 400, "ValidationException"),
            ("runs", {"expression": "rate(5 minutes)", "zone": "Europe/Atlantis"}, 400, "ValidationException"),
        ):
            with self.subTest(name=name, query=query):
                response, answer = self.api(name, **query)
                self.assertEqual((response.status, answer["__type"]), (status, code))
        for body in (b"", b"[]", b"{", b"{}", b'{"event": "x"}'):
            response, _ = self.ask("/_stepwell/api/fork", method="POST", body=body)
            self.assertEqual(response.status, 400, body)


class Events(ConsoleCase):
    def follow(self, execution: str, after: str = "") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", "/_stepwell/api/events?" + urllib.parse.urlencode({"execution": execution, "after": after}))
        return connection.getresponse()

    @staticmethod
    def read(stream: http.client.HTTPResponse) -> dict:
        event = {}
        while (line := stream.readline().decode().rstrip("\n")) or not event:
            name, _, value = line.partition(": ")
            event[name] = value
        return event

    def test_history_comes_as_it_grows_and_ends_with_the_execution(self):
        stream = self.follow(self.start("grows", 1))
        self.assertEqual(stream.headers["Content-Type"], "text/event-stream")
        first = self.read(stream)
        told = json.loads(first["data"])
        self.assertEqual([event["type"] for event in told["events"]], ["ExecutionStarted", "WaitStateEntered"])
        self.assertEqual((told["status"], told["complete"]), ("RUNNING", True))
        rest = json.loads(self.read(stream)["data"])
        self.assertEqual([event["id"] for event in rest["events"]], [3, 4, 5, 6])
        self.assertEqual(rest["status"], "SUCCEEDED")
        self.assertEqual(self.read(stream)["event"], "end")
        self.assertEqual(stream.read(), b"")

    def test_it_is_taken_up_where_it_was_left(self):
        execution = self.start("again", 0)
        wait_until(lambda: self.client.states("DescribeExecution", executionArn=execution)["status"] == "SUCCEEDED", "it to end")
        first = self.read(self.follow(execution))
        again = json.loads(self.read(self.follow(execution, first["id"]))["data"])
        self.assertEqual((again["events"], again["complete"], again["status"]), ([], True, "SUCCEEDED"))

    def test_those_who_leave_are_forgotten(self):
        execution = self.start("left", 600)
        open_before = self.open_requests()
        streams = [self.follow(execution) for _ in range(5)]
        for stream in streams:
            self.read(stream)
        self.assertEqual(self.open_requests(), open_before + 5)
        self.doCleanups()
        for stream in streams:
            stream.close()
        wait_until(lambda: self.open_requests() == open_before, "the streams to end")

    def open_requests(self) -> int:
        _, text = self.ask("/_stepwell/metrics")
        return int(float(re.search(rb"^stepwell_requests_open (\S+)", text, re.MULTILINE)[1]))

    def test_they_end_when_the_server_does(self):
        with Server(arguments=self.arguments) as server:
            client = Client(server.endpoint)
            arn = client.states("CreateStateMachine", name="m", definition=json.dumps(WAITING), roleArn=ROLE)["stateMachineArn"]
            execution = client.states("StartExecution", stateMachineArn=arn, input='{"seconds": 600}')["executionArn"]
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            self.addCleanup(connection.close)
            connection.request("GET", "/_stepwell/api/events?" + urllib.parse.urlencode({"execution": execution}))
            stream = connection.getresponse()
            self.read(stream)
            self.assertEqual(server.stop(seconds=5), 0)
            self.assertEqual(stream.read(), b"")


class Search(ConsoleCase):
    def test_pages_join_without_a_gap(self):
        arns = [self.start(f"search-{i % 3}", 0) for i in range(25)]
        found, after = [], ""
        while True:
            _, answer = self.api("executions", limit=4, after=after)
            found += [each["executionArn"] for each in answer["executions"]]
            after = answer.get("next", "")
            if not after:
                break
        self.assertEqual(sorted(found), sorted(arns))
        starts = [self.client.states("DescribeExecution", executionArn=arn)["startDate"] for arn in found]
        self.assertEqual(starts, sorted(starts, reverse=True))
        _, answer = self.api("executions", machine="arn:aws:states:us-east-1:123456789012:stateMachine:search-1", limit=100)
        self.assertEqual(len(answer["executions"]), 8)


class Figures(ConsoleCase):
    def test_states_are_counted_by_time(self):
        machine = "arn:aws:states:us-east-1:123456789012:stateMachine:figures"
        began = int(time.time() * 1000)
        for seconds in (0, 0, 600):
            execution = self.start("figures", seconds)
            wait_until(lambda: self.client.states("DescribeExecution", executionArn=execution)["status"] == ("RUNNING" if seconds else "SUCCEEDED"), "it to be there")
        _, answer = self.api("figures", machine=machine, **{"from": began - 60_000, "to": began + 60_000}, slots=2)
        self.assertEqual(answer["lookedAt"], 3)
        self.assertNotIn("next", answer)
        states = {state["name"]: state for state in answer["states"]}
        self.assertEqual((sum(states["W"]["entered"]), sum(states["A"]["left"]), sum(states["A"]["failed"])), (3, 2, 0))
        self.assertEqual([len(states["W"][name]) for name in ("entered", "failed", "left", "milliseconds")], [2] * 4)


class Runs(ConsoleCase):
    def test_an_expression_comes_true_by_the_clock_of_its_zone(self):
        _, answer = self.api("runs", expression="cron(0 12 1 7 ? *)", zone="Europe/Berlin", count=2)
        first = datetime.datetime.fromtimestamp(answer["runs"][0], datetime.timezone.utc)
        self.assertEqual((first.month, first.day, first.hour, first.minute), (7, 1, 10, 0))
        self.assertEqual(len(answer["runs"]), 2)
        _, answer = self.api("runs", expression="at(2001-01-01T00:00:00)")
        self.assertEqual(answer["runs"], [])


class Signatures(ConsoleCase):
    arguments = ("--store", "memory", "--access-key", ":".join(KEY))

    def signed(self, target: str, keys=KEY) -> dict[str, str]:
        request = AWSRequest("GET", f"{self.server.endpoint}{target}")
        SigV4Auth(Credentials(*keys), "states", "us-east-1").add_auth(request)
        return {name.replace("-", "_"): value for name, value in request.headers.items()}

    def test_data_is_for_known_callers(self):
        for target in ("/_stepwell/api/executions", "/_stepwell/api/events?execution=x", "/_stepwell/api/event?execution=x&id=1"):
            self.assertIn(self.ask(target)[0].status, (400, 403))
            self.assertIn(self.ask(target, **self.signed(target, ("CONSOLE", "wrong")))[0].status, (400, 403))
        self.assertIn(self.ask("/_stepwell/api/fork", method="POST", body=b"{}")[0].status, (400, 403))
        response, body = self.ask("/_stepwell/api/executions", **self.signed("/_stepwell/api/executions"))
        self.assertEqual((response.status, json.loads(body)["executions"]), (200, []))

    def test_files_and_what_the_server_is_are_for_everybody(self):
        self.assertIn(self.page()[0].status, (200, 404))
        response, body = self.ask("/_stepwell/api/server")
        self.assertEqual((response.status, json.loads(body)["credentials"]), (200, True))
