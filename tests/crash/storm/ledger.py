"""What was asked of the server, what of it the server acknowledged, and what was found wrong."""

import collections
import dataclasses
import random
import threading

from local.aws import ACCOUNT, REGION
from storm.kinds import KINDS

PROBLEMS = ("lost", "doubled", "wrong end", "unsound")
SHOWN = 20  # of each sort


@dataclasses.dataclass(eq=False)
class Execution:
    name: str
    kind: str
    input: dict
    started: float | None = None  # the startDate that was acknowledged
    known: bool = False  # a client was told that it exists
    stop_tried: bool = False
    stopped: float | None = None  # the stopDate that was acknowledged
    redrive_tried: bool = False
    redriven: float | None = None  # the redriveDate that was acknowledged
    ended: dict | None = None  # as a client has seen it

    @property
    def arn(self) -> str:
        return f"arn:aws:states:{REGION}:{ACCOUNT}:execution:{self.kind}:{self.name}"


@dataclasses.dataclass
class Answer:
    """Of a worker to an attempt; without output it is a failure."""

    token: str
    output: dict | None
    acknowledged: bool = False


@dataclasses.dataclass
class Resource:
    """A machine or an activity that comes and goes. Numbers only rise: what was acknowledged is the least that must be there."""

    arn: str
    exists: bool | None = None  # None: nobody knows
    acknowledged: dict = dataclasses.field(default_factory=lambda: {"comment": 0, "tag": 0})
    tried: dict = dataclasses.field(default_factory=lambda: {"comment": 0, "tag": 0})


class Ledger:
    def __init__(self):
        self.executions: dict[str, Execution] = {}
        self.answers: dict[tuple, list[Answer]] = collections.defaultdict(list)  # by the execution's name and the item
        self.resources: list[Resource] = []
        self.noted: collections.Counter = collections.Counter()  # calls by Express executions, by name
        self.acknowledged = 0
        self.problems: dict[str, list[str]] = {sort: [] for sort in PROBLEMS}
        self._tokens: set[str] = set()
        self._recent: list[Execution] = []
        self._lock = threading.Lock()

    def new_execution(self, rng: random.Random) -> Execution:
        kind = rng.choices(list(KINDS), [kind.weight for kind in KINDS.values()])[0]
        with self._lock:
            name = f"{kind}-{len(self.executions) + 1}"
            execution = Execution(name, kind, {"name": name} | KINDS[kind].input(rng))
            self.executions[name] = execution
        return execution

    def count(self) -> None:
        """A change was acknowledged."""
        with self._lock:
            self.acknowledged += 1

    def started(self, execution: Execution, answer: dict) -> None:
        self.count()
        if execution.kind != "express" and (answer["executionArn"] != execution.arn or execution.started not in (None, answer["startDate"])):
            self.problem("doubled", f"{execution.name} was started again: {answer}, before at {execution.started}")
        execution.started, execution.known = answer["startDate"], True
        with self._lock:
            self._recent.append(execution)

    def take_recent(self) -> list[Execution]:
        """Those whose start was acknowledged since the last time."""
        with self._lock:
            recent, self._recent = self._recent, []
        return recent

    def handed_out(self, token: str, key: tuple) -> None:
        with self._lock:
            again = token in self._tokens
            self._tokens.add(token)
        if again:
            self.problem("doubled", f"the task of {key} was handed out twice")

    def answer(self, key: tuple, token: str, output: dict | None) -> Answer:
        answer = Answer(token, output)
        with self._lock:
            self.answers[key].append(answer)
        return answer

    def new_resource(self, arn: str) -> Resource:
        resource = Resource(arn)
        with self._lock:
            self.resources.append(resource)
        return resource

    def problem(self, sort: str, text: str) -> None:
        with self._lock:
            self.problems[sort].append(text)

    def problem_count(self) -> int:
        return sum(len(found) for found in self.problems.values())

    def summary(self) -> str:
        found = " · ".join(f"{sort} {len(texts):,}" for sort, texts in self.problems.items())
        return f"acknowledged {self.acknowledged:,} · {found}"

    def details(self) -> str:
        lines = []
        for sort, texts in self.problems.items():
            lines += [f"{sort}: {text}" for text in texts[:SHOWN]]
            if len(texts) > SHOWN:
                lines.append(f"{sort}: … and {len(texts) - SHOWN:,} more")
        return "\n".join(lines)
