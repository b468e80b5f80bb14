"""The order example on a server that is to be killed: what was acknowledged, what was seen of it, and what must come of it.

The functions are fakes in this process, so that a call can be held and a crash leaves them running.
"""

import datetime
import itertools
import json
import threading
import unittest

from examples.placeholders import difference, fill
from local.aws import ROLE, ApiError, Client
from local.server import ROOT, Server
from local.wait import wait_until
from support import history
from support.fake_lambda import FakeLambda, FunctionError
from witness import NO_ANSWER, Witness

KNOWN = {"lamp", "bulb", "cable"}
LINES = [{"sku": "lamp", "count": 1, "price": 39.5}, {"sku": "bulb", "count": 4, "price": 2.25}, {"sku": "cable", "count": 2, "price": 7}]


def payment(order):
    if order["card"].endswith("0000"):
        return {"approved": False, "reason": f"the card {order['card']} was declined"}
    return {"approved": True, "total": sum(line["count"] * line["price"] for line in order["lines"])}


def stock(line):
    if line["sku"] not in KNOWN:
        raise FunctionError("OutOfStock", f"there is no {line['sku']}")
    return {"sku": line["sku"], "count": line["count"]}


def label(order):
    return {"text": f"label for order {order['order']}"}


def order(name: str, kind: str, pickup_seconds: float) -> dict:
    """The input of an execution: kind is "good", "declined" or "missing"."""
    pickup = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=pickup_seconds)
    lines = LINES if kind != "missing" else [LINES[0], {"sku": "unicorn", "count": 1, "price": 1}]
    return {"order": name, "card": "0000" if kind == "declined" else "4242", "pickup_at": pickup.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "lines": lines}


def expected_end(input_: dict) -> dict:
    if any(line["sku"] not in KNOWN for line in input_["lines"]):
        return {"status": "FAILED", "error": "OutOfStock"}
    if input_["card"].endswith("0000"):
        return {"status": "FAILED", "error": "PaymentDeclined", "cause": "the card 0000 was declined"}
    reserved = [stock(line) for line in input_["lines"]]
    output = {"order": input_["order"], "total": payment(input_)["total"], "reserved": reserved, "label": label(input_)["text"]}
    return {"status": "SUCCEEDED", "output": output}


class Shop:
    def __init__(self, case: unittest.TestCase):
        self.case = case
        self.functions = case.enterContext(FakeLambda(payment=payment, stock=stock, label=label))
        self.server = case.enterContext(Server(arguments=["--endpoint", f"lambda={self.functions.endpoint}"]))
        self.client = Client(self.server.endpoint, timeout=10)
        names = {f"{name.capitalize()}FunctionArn": FakeLambda.arn(name) for name in ("payment", "stock", "label")}
        text = fill((ROOT / "examples/order/order.asl.json").read_text(), names)
        self.definition = json.loads(text)
        self.machine = self.create("order", self.definition)
        self.started: dict[str, dict] = {}  # acknowledged: the inputs by ARN
        self.attempted: dict[str, dict] = {}  # asked for: the inputs by name
        self._witness = Witness(self.client)
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def create(self, name: str, definition: dict, **more) -> str:
        answer = self.client.states("CreateStateMachine", name=name, definition=json.dumps(definition), roleArn=ROLE, **more)
        return answer["stateMachineArn"]

    def start(self, kind: str = "good", pickup_seconds: float = 1) -> str:
        name = f"order-{next(self._numbers)}"
        input_ = order(name, kind, pickup_seconds)
        with self._lock:
            self.attempted[name] = input_
        arn = self.client.states("StartExecution", stateMachineArn=self.machine, name=name, input=json.dumps(input_))["executionArn"]
        with self._lock:
            self.started[arn] = input_
        return arn

    def history(self, arn: str) -> list[dict]:
        return self._witness.history(arn)

    def wait_for_event(self, arn: str, kind: str) -> None:
        wait_until(lambda: any(event["type"] == kind for event in self.history(arn)), f"{kind} of {arn}", every=0.002)

    def look_at_everything(self) -> None:
        """What a client may see now may not be gone after a crash."""
        for arn in list(self.started):
            self.history(arn)

    def crash(self) -> None:
        self.server.kill()
        self.server.start()

    def check_all(self, seconds: float = 60) -> None:
        """What was acknowledged is there and ends as it should; so does what exists without having been acknowledged."""
        existing = self._all_executions()
        self.case.assertLessEqual(set(self.started), set(existing), "an acknowledged execution is gone")
        for arn, name in existing.items():
            with self.case.subTest(arn):
                self.case.assertIn(name, self.attempted)
                self._check_one(arn, self.attempted[name], seconds)
        with self.case.subTest("the lists"):
            by_status = {status: self._all_executions(statusFilter=status) for status in ("RUNNING", "SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT")}
            ends = {name: expected_end(input_)["status"] for name, input_ in self.attempted.items()}
            for status, listed in by_status.items():
                self.case.assertEqual(set(listed.values()), {name for name in existing.values() if ends[name] == status}, status)

    def _check_one(self, arn: str, input_: dict, seconds: float) -> None:
        found = self.ended(arn, seconds)
        self.case.assertEqual(json.loads(found["input"]), input_)
        for member, value in expected_end(input_).items():
            actual = json.loads(found["output"]) if member == "output" else found.get(member)
            self.case.assertIsNone(difference(value, actual, member))
        before = self._witness.seen(arn)
        events = self.history(arn)
        self.case.assertEqual(history.problems(events, found["status"], self.definition), [], "\n" + history.text(events))
        self.case.assertEqual(events[: len(before)], before, "events that were seen before a crash are others after it")

    def ended(self, arn: str, seconds: float = 60) -> dict:
        def description():
            found = self.client.states("DescribeExecution", executionArn=arn)
            return found if found["status"] != "RUNNING" else None

        return wait_until(description, f"{arn} to end", seconds, every=0.05)

    def _all_executions(self, **filters) -> dict[str, str]:
        return {arn: item["name"] for arn, item in self._witness.executions(self.machine, **filters).items()}


class Load:
    """Threads that start orders and look at them until the server is gone (or each has started `orders`)."""

    def __init__(self, shop: Shop, rng, threads: int = 3, orders: int = 4):
        plans = [[(rng.choice(["good", "good", "declined", "missing"]), rng.uniform(0, 2)) for _ in range(orders)] for _ in range(threads)]
        self._shop = shop
        self._threads = [threading.Thread(target=self._run, args=(plan,)) for plan in plans]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self._threads:
            thread.join()

    def _run(self, plan: list) -> None:
        try:
            for kind, pickup in plan:
                self._shop.history(self._shop.start(kind, pickup))
            while self._shop.server.is_running():
                self._shop.look_at_everything()
        except (*NO_ANSWER, ApiError):
            pass  # killed in the middle of a request
