"""What ./dev up does once the program is built: starts the server, deploys and runs the examples, says how to go on."""

import argparse
import json
import os
import pathlib
import shlex
import signal
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from examples import deploy, manifest, placeholders  # noqa: E402
from examples.run import RequestRun, Run, Runner  # noqa: E402
from examples.workers import Workers  # noqa: E402
from local.aws import REGION, ApiError, Client  # noqa: E402
from local.server import Server, StartFailed, is_free, next_free_port, program  # noqa: E402

PORT = 4600


class Screen:
    """Colours on a terminal only; plain letters where the output cannot carry others."""

    PLAIN = str.maketrans({"→": ">", "✓": "+", "✗": "x", "…": "."})

    def __init__(self):
        self._colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self._unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"

    def say(self, text: str = "", colour: str = "") -> None:
        text = text if self._unicode else text.translate(self.PLAIN).encode("ascii", "replace").decode()
        codes = {"red": "31", "green": "32", "bold": "1", "dim": "2"}
        if self._colours and colour and text:
            text = f"\033[{codes[colour]}m{text}\033[0m"
        print(text, flush=True)


class Up:
    def __init__(self, once: bool, screen: Screen):
        self._once = once
        self._screen = screen
        self._runs: list[Run] = []
        self._requests: list[RequestRun] = []
        self._machines: list[str] = []
        self._broken: list[str] = []  # examples that could not be run

    def try_example(self, client: Client, workers: Workers, example: manifest.Example) -> None:
        """One that cannot be deployed or run does not keep the others from running."""
        try:
            self.run_example(client, workers, example)
        except deploy.Impossible as reason:
            self._screen.say(f"  skipped: {reason}", "dim")
        except (ApiError, OSError, placeholders.UnknownPlaceholder) as error:
            self._broken.append(example.name)
            self._screen.say(f"  {error}", "red")

    def run_example(self, client: Client, workers: Workers, example: manifest.Example) -> None:
        say = self._screen.say
        say()
        say(f"{example.name}: {example.title}", "bold")
        values = deploy.deploy(client, example)
        workers.start(example, values)
        runner = Runner(client, lambda line: say("  " + line, "dim"), answers_itself=self._once)
        for execution in example.executions:
            given = "" if execution.input is None else f"  {short(execution.input)}"
            say(f"  {execution.name}{given}" + (f"  ({execution.title})" if execution.title else ""))
            run = runner.run(example, execution, values)
            self._runs.append(run)
            self._machines.append(values[f"{execution.state_machine}Arn"])
            self._tell_end(run)
        for request in example.requests:
            url = values[f"{request.api}Url"]
            say(f"  {request.name}  {curl(request, url)}" + (f"  ({request.title})" if request.title else ""))
            asked = runner.ask(request, url)
            self._requests.append(asked)
            if asked.problem:
                say(f"            NOT AS EXPECTED: {asked.problem}", "red")

    def _tell_end(self, run: Run) -> None:
        say = self._screen.say
        if run.waiting_for:
            answer, token = run.waiting_for
            say("  it waits for your answer:", "bold")
            output = json.dumps(answer.output)
            say(f"    aws stepfunctions send-task-success --task-output {shlex.quote(output)} --task-token {shlex.quote(token)}")
            return
        if run.outcome:
            what = run.outcome.output if run.outcome.output is not None else f"{run.outcome.error}: {run.outcome.cause}"
            say(f"            {run.outcome.status}  {what}", "red" if run.problem else "green")
        for queue, messages in run.messages.items():
            say(f"            in {queue}: {json.dumps(messages, ensure_ascii=False)}", "dim")
        if run.problem:
            say(f"            NOT AS EXPECTED: {run.problem}", "red")

    def summary(self) -> bool:
        """True when every run that ended did so as expected."""
        wrong = [run.execution.name for run in self._runs if run.problem]
        wrong_requests = [run.request.name for run in self._requests if run.problem]
        waiting = [run for run in self._runs if run.waiting_for]
        self._screen.say()
        self._screen.say(
            f"{len(self._runs)} executions: {len(self._runs) - len(wrong) - len(waiting)} ended as expected"
            + (f", {len(waiting)} wait for you" if waiting else "")
            + (f", {len(wrong)} did not: {', '.join(wrong)}" if wrong else "")
            + (f"; {len(self._requests)} requests: {len(self._requests) - len(wrong_requests)} answered as expected" if self._requests else "")
            + (f", {', '.join(wrong_requests)} not" if wrong_requests else "")
            + (f"; could not be run: {', '.join(self._broken)}" if self._broken else ""),
            "red" if wrong or wrong_requests or self._broken else "green",
        )
        return not wrong and not wrong_requests and not self._broken

    def how_to_go_on(self, endpoint: str) -> None:
        machine = self._machines[0] if self._machines else "ARN"
        run = next((run.arn for run in self._runs if ":express:" not in run.arn), "ARN")
        first = json.dumps(self._runs[0].execution.input) if self._runs else "{}"
        command = shlex.join([os.path.relpath(program()), "env", "--url", endpoint])
        for line in (
            "",
            "The data stays; ./dev up starts the server on it again. Then go on with the AWS CLI:" if self._once else "Go on with the AWS CLI:",
            "",
            f'  eval "$({command})"',
            "  aws stepfunctions list-state-machines",
            f"  aws stepfunctions start-execution --state-machine-arn {machine} --input {shlex.quote(first)}",
            f"  aws stepfunctions get-execution-history --execution-arn {run}",
        ):
            self._screen.say(line)


def curl(request: manifest.Request, url: str) -> str:
    """The request as a command."""
    data = ["-d", json.dumps(request.body), "-H", "Content-Type: application/json"] if request.body is not None else []
    method = [] if request.method == ("POST" if data else "GET") else ["-X", request.method]
    return shlex.join(["curl", *method, *data, url + request.path])


def short(value) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 90 else text[:87] + "…"


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev up")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("examples", nargs="*")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    screen = Screen()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends the blocks below, and with them what they started
    folder = pathlib.Path(os.environ.get("STEPWELL_DATA") or ROOT / ".stepwell-data")
    port = PORT if is_free(PORT) else next_free_port(PORT + 1)
    if port != PORT:
        screen.say(f"port {PORT} is taken: using {port}")
    try:
        examples = manifest.load_all(ROOT / "examples", options.examples)
        folder.mkdir(parents=True, exist_ok=True)
        with Server(folder / "data", port, log_path=folder / "server.log") as server:
            screen.say(f"Stepwell listens on {server.endpoint}; its data is in {folder}", "bold")
            return follow(server, examples, options.once, screen, folder)
    except (ApiError, StartFailed, OSError, manifest.BadManifest, placeholders.UnknownPlaceholder) as error:
        screen.say(f"error: {error}", "red")
        return 1
    except KeyboardInterrupt:
        screen.say()
        return 130


def follow(server: Server, examples: list, once: bool, screen: Screen, folder: pathlib.Path) -> int:
    up = Up(once, screen)
    with Workers(server.endpoint, folder) as workers:
        for example in examples:
            up.try_example(Client(server.endpoint), workers, example)
        good = up.summary()
        for line in workers.dead():
            screen.say(line, "red")
        up.how_to_go_on(server.endpoint)
        if once:
            return 0 if good else 1
        screen.say()
        screen.say("Ctrl-C ends the server; its data stays.")
        try:
            return server.wait()
        except KeyboardInterrupt:
            screen.say()
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
