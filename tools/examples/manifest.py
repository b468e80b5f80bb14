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
    has_output: bool = False


@dataclasses.dataclass
class Execution:
    name: str
    state_machine: str
    input: object
    expect: Expectation
    title: str = ""
    timeout_seconds: float = 60
    answers: list[Answer] = dataclasses.field(default_factory=list)


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
    state_machines: list[StateMachine]
    workers: list[Worker]
    executions: list[Execution]


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
        {"order": 100, "functions": [], "activities": [], "images": [], "task_definitions": [], "workers": []} | data | {"name": path.parent.name, "folder": path.parent},
        "example",
    )
    example.functions = reader.make_all(Function, example.functions, "functions")
    example.state_machines = reader.make_all(StateMachine, example.state_machines, "state_machines")
    example.workers = reader.make_all(Worker, example.workers, "workers")
    example.executions = reader.make_all(Execution, example.executions, "executions")
    for execution in example.executions:
        where = f"executions.{execution.name}"
        has_output = isinstance(execution.expect, dict) and "output" in execution.expect
        execution.expect = reader.make(Expectation, execution.expect, f"{where}.expect")
        execution.expect.has_output = has_output
        execution.answers = reader.make_all(Answer, execution.answers, f"{where}.answers")
        if execution.state_machine not in [machine.name for machine in example.state_machines]:
            raise BadManifest(f"{path}: {where}: there is no state machine {execution.state_machine!r}")
    return example


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

    def make_all(self, kind, items, where: str) -> list:
        return [self.make(kind, item, f"{where}[{index}]") for index, item in enumerate(items)]
