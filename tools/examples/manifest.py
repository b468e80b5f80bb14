"""example.json as values. What is wrong in one is said with its file and field."""

import dataclasses
import json
import pathlib


class BadManifest(Exception):
    pass


@dataclasses.dataclass
class Function:
    name: str
    folder: str
    runtime: str
    handler: str = "bootstrap"
    timeout_seconds: int = 3
    memory_mb: int = 128
    environment: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class StateMachine:
    name: str
    definition: str
    type: str = "STANDARD"


@dataclasses.dataclass
class Queue:
    name: str
    attributes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Subscription:
    """Of a queue to a topic."""

    queue: str
    attributes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Topic:
    name: str
    subscriptions: list[Subscription] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Rule:
    """Starts an execution for each event of the default bus that its pattern fits."""

    name: str
    pattern: dict
    state_machine: str
    input_path: str = "$"


@dataclasses.dataclass
class Schedule:
    name: str
    expression: str
    state_machine: str
    input: object


@dataclasses.dataclass
class Route:
    """Of an HTTP API, to an AWS service: a subtype of integration, and its parameters."""

    key: str
    subtype: str
    parameters: dict


@dataclasses.dataclass
class Api:
    name: str
    routes: list[Route]


@dataclasses.dataclass
class Worker:
    name: str
    command: list


@dataclasses.dataclass
class Answer:
    """What a person answers to a task that waits for its token."""

    state: str
    token: str
    output: object


@dataclasses.dataclass
class Expectation:
    status: str
    output: object = None
    error: str | None = None
    cause: str | None = None
    messages: dict = dataclasses.field(default_factory=dict)  # what queues hold afterwards, by their names
    has_output: bool = False


@dataclasses.dataclass
class Execution:
    name: str
    state_machine: str
    expect: Expectation
    input: object = None
    started_by: str | None = None  # a rule, whose event is the input, or a schedule
    title: str = ""
    timeout_seconds: float = 60
    answers: list[Answer] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Reply:
    status: int
    body: object


@dataclasses.dataclass
class Request:
    """To an API; `starts` is how the execution ends that it starts."""

    name: str
    api: str
    method: str
    path: str
    expect: Reply
    body: object = None
    title: str = ""
    starts: Expectation | None = None
    timeout_seconds: float = 60


@dataclasses.dataclass
class Example:
    name: str
    folder: pathlib.Path
    title: str
    order: int
    functions: list[Function]
    activities: list[str]
    images: list[str]
    task_definitions: list[str]
    job_definitions: list[str]
    queues: list[Queue]
    topics: list[Topic]
    state_machines: list[StateMachine]
    rules: list[Rule]
    schedules: list[Schedule]
    workers: list[Worker]
    executions: list[Execution]
    apis: list[Api]
    requests: list[Request]

    def is_express(self, execution: Execution) -> bool:
        return any(machine.name == execution.state_machine and machine.type == "EXPRESS" for machine in self.state_machines)


def load_all(examples: pathlib.Path, names: list[str]) -> list[Example]:
    """The examples of those names, or all, in their order."""
    known = {path.parent.name: path for path in examples.glob("*/example.json")}
    for name in names:
        if name not in known:
            raise BadManifest(f"there is no example {name!r}; there are: {', '.join(sorted(known))}")
    chosen = [load(known[name]) for name in (names or known)]
    return sorted(chosen, key=lambda example: (example.order, example.name))


def load(path: pathlib.Path) -> Example:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadManifest(f"{path}: {error}") from None
    reader = _Reader(path)
    example = reader.make(
        Example,
        {"order": 100} | dict.fromkeys(NAMES, []) | dict.fromkeys(OPTIONAL, []) | data | {"name": path.parent.name, "folder": path.parent},
        "example",
    )
    for field, kind in (OPTIONAL | {"state_machines": StateMachine}).items():
        setattr(example, field, reader.make_all(kind, getattr(example, field), field))
    for topic in example.topics:
        topic.subscriptions = reader.make_all(Subscription, topic.subscriptions, f"topics.{topic.name}")
    example.executions = reader.make_all(Execution, example.executions, "executions")
    for execution in example.executions:
        where = f"executions.{execution.name}"
        execution.expect = reader.expectation(execution.expect, f"{where}.expect")
        execution.answers = reader.make_all(Answer, execution.answers, f"{where}.answers")
    for api in example.apis:
        api.routes = reader.make_all(Route, api.routes, f"apis.{api.name}.routes")
    for request in example.requests:
        where = f"requests.{request.name}"
        request.expect = reader.make(Reply, request.expect, f"{where}.expect")
        if request.starts is not None:
            request.starts = reader.expectation(request.starts, f"{where}.starts")
    reader.check_names(example)
    return example


NAMES = ("activities", "images", "task_definitions", "job_definitions")
OPTIONAL = {"functions": Function, "queues": Queue, "topics": Topic, "rules": Rule, "schedules": Schedule, "workers": Worker, "apis": Api, "requests": Request}


class _Reader:
    def __init__(self, path: pathlib.Path):
        self._path = path

    def make(self, kind, data, where: str):
        if not isinstance(data, dict):
            raise BadManifest(f"{self._path}: {where} is not an object")
        fields = {field.name: field for field in dataclasses.fields(kind)}
        unknown = sorted(set(data) - set(fields) | ({"has_output"} & set(data)))
        if unknown:
            raise BadManifest(f"{self._path}: {where}: unknown field {unknown[0]!r}")
        missing = [
            name
            for name, field in fields.items()
            if name not in data and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        ]
        if missing:
            raise BadManifest(f"{self._path}: {where}: {missing[0]!r} is missing")
        return kind(**data)

    def expectation(self, data, where: str) -> Expectation:
        made = self.make(Expectation, data, where)
        made.has_output = "output" in data
        return made

    def make_all(self, kind, items, where: str) -> list:
        return [self.make(kind, item, f"{where}[{index}]") for index, item in enumerate(items)]

    def check_names(self, example: Example) -> None:
        """What names something names something of this example."""
        machines = {machine.name for machine in example.state_machines}
        queues = {queue.name for queue in example.queues}
        starters = {starter.name for starter in example.rules + example.schedules}
        for field in ("rules", "schedules", "executions"):
            for item in getattr(example, field):
                self._known("state machine", item.state_machine, machines, f"{field}.{item.name}")
        for topic in example.topics:
            for subscription in topic.subscriptions:
                self._known("queue", subscription.queue, queues, f"topics.{topic.name}")
        for execution in example.executions:
            where = f"executions.{execution.name}"
            if execution.started_by is not None:
                self._known("rule or schedule", execution.started_by, starters, where)
            for queue in execution.expect.messages:
                self._known("queue", queue, queues, where)

        for request in example.requests:
            self._known("API", request.api, {api.name for api in example.apis}, f"requests.{request.name}")

    def _known(self, what: str, name: str, known: set, where: str) -> None:
        if name not in known:
            raise BadManifest(f"{self._path}: {where}: there is no {what} {name!r}")
