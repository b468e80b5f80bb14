"""The service under test: a server that the test starts, or whatever answers at $STEPWELL_URL (./dev test --url), AWS included.

There, credentials and region come from the environment as AWS's tools read them, and $STEPWELL_ROLE_ARN is the role that
state machines get.
"""

import contextlib
import dataclasses
import itertools
import json
import os
import tempfile
import unittest
import uuid
from typing import Iterator

import boto3
from botocore.config import Config

from local.aws import REGION, ROLE
from local.server import Server
from local.wait import wait_until
from support import history
from support.certificates import Authority

RUN = uuid.uuid4().hex[:8]  # names of this run, unique where others use the same service
_numbers = itertools.count(1)


def unique(name: str) -> str:
    return f"{name}-{RUN}-{next(_numbers)}"


def chosen_url() -> str:
    return os.environ.get("STEPWELL_URL", "").rstrip("/")


@dataclasses.dataclass
class Target:
    url: str
    server: Server | None = None
    authority: str | None = None  # file of the authority that signed its certificate, where clients do not know it

    @property
    def is_aws(self) -> bool:
        return self.url.endswith((".amazonaws.com", ".amazonaws.com.cn"))

    @property
    def role(self) -> str:
        return os.environ.get("STEPWELL_ROLE_ARN", ROLE)

    @property
    def region(self) -> str:
        return os.environ.get("AWS_DEFAULT_REGION", REGION)

    def client(self, service: str = "stepfunctions", *, keys: tuple[str, ...] | None = None, **config):
        """A boto3 client that tries once, and whose parameters the server is the first to check. `keys`: id, secret, session token."""
        settings = Config(
            retries={"total_max_attempts": 1},
            parameter_validation=config.pop("parameter_validation", False),
            inject_host_prefix=self.is_aws,
            read_timeout=config.pop("read_timeout", 75),
            max_pool_connections=config.pop("max_pool_connections", 50),
            **config,
        )
        if keys is None and "AWS_ACCESS_KEY_ID" not in os.environ and not self.is_aws:
            keys = ("stepwell", "stepwell")
        named = dict(zip(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"), keys or ()))
        trust = {"verify": self.authority} if self.authority else {}
        return boto3.session.Session().client(service, endpoint_url=self.url, region_name=self.region, config=settings, **named, **trust)


@contextlib.contextmanager
def own_target(*arguments: str, data_dir=None, tls: bool = False) -> Iterator[Target]:
    if not tls:
        with Server(data_dir=data_dir, arguments=arguments) as server:
            yield Target(server.endpoint, server)
        return
    with tempfile.TemporaryDirectory() as folder:
        certificate = Authority(folder).certificate("server")
        authority = str(certificate.authority)
        with Server(data_dir=data_dir, arguments=[*arguments, *certificate.arguments], authority=authority) as server:
            yield Target(server.endpoint, server, authority)


@contextlib.contextmanager
def any_target(tls: bool = False) -> Iterator[Target]:
    if chosen_url():
        yield Target(chosen_url())
        return
    with own_target(tls=tls) as target:
        yield target


class ServiceCase(unittest.TestCase):
    """Cases against one service, shared by the class. `self.states` is a boto3 client of it."""

    own_server_only = False
    arguments: tuple[str, ...] = ()  # of the server; only with own_server_only
    tls = os.environ.get("STEPWELL_TLS") == "1"  # `./dev test --tls`: everything over TLS

    @classmethod
    def setUpClass(cls):
        if cls.own_server_only and chosen_url():
            raise unittest.SkipTest("it needs a server of its own")
        cls.target = cls.enterClassContext(own_target(*cls.arguments, tls=cls.tls) if cls.own_server_only else any_target(cls.tls))
        cls.states = cls.target.client()

    def needs(self, operation: str) -> None:
        """Skips the case where boto3 is older than the operation, and so than what its answers hold."""
        if not hasattr(self.states, operation):
            self.skipTest(f"this boto3 does not know {operation}")

    def tearDown(self):
        server = self.target.server
        if server and not server.is_running():
            self.fail(f"the server ended with status {server.wait()}:\n{server.log_tail()}")

    def create(self, definition: dict | str, name: str | None = None, **more) -> str:
        """The ARN of a new state machine, which goes when the case ends if the service is not ours."""
        text = definition if isinstance(definition, str) else json.dumps(definition)
        name = name or unique("machine")
        arn = self.states.create_state_machine(name=name, definition=text, roleArn=self.target.role, **more)["stateMachineArn"]
        if self.target.server is None:
            self.addCleanup(self.states.delete_state_machine, stateMachineArn=arn)
        return arn

    def create_activity(self, name: str | None = None) -> str:
        arn = self.states.create_activity(name=name or unique("activity"))["activityArn"]
        if self.target.server is None:
            self.addCleanup(self.states.delete_activity, activityArn=arn)
        return arn

    def start(self, machine: str, input=None, **more) -> str:
        return self.states.start_execution(stateMachineArn=machine, input=json.dumps(input if input is not None else {}), **more)["executionArn"]

    def ended(self, execution: str, seconds: float = 30) -> dict:
        """DescribeExecution of an execution when it has ended."""

        def description():
            found = self.states.describe_execution(executionArn=execution)
            return found if found["status"] != "RUNNING" else None

        return wait_until(description, f"{execution} to end", seconds)

    def events(self, execution: str) -> list[dict]:
        pages = self.states.get_paginator("get_execution_history").paginate(executionArn=execution)
        return [event for page in pages for event in page["events"]]

    def check_history(self, execution: str, definition: dict | None = None) -> list[dict]:
        """The events of an execution, which must keep the rules of histories."""
        status = self.states.describe_execution(executionArn=execution)["status"]
        events = self.events(execution)
        problems = history.problems(events, status, definition)
        self.assertEqual(problems, [], "\n" + history.text(events))
        return events

    @contextlib.contextmanager
    def refused(self, code: str, message: str | None = None):
        """The block is refused with that error; the exception is of the SDK's class of that name, where the service has one."""
        with self.assertRaises(self.states.exceptions.ClientError) as caught:
            yield caught
        error = caught.exception.response["Error"]
        self.assertEqual(error["Code"], code, error)
        if message is not None:
            self.assertEqual(error["Message"], message)
        self.assertIn(type(caught.exception).__name__, (code, "ClientError"))
