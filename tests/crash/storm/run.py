"""One run: load, kill, start, look; at the end everything is looked at, and the sum is said."""

import pathlib
import random
import shutil
import sys
import tempfile
import time

from local.server import Server, StartFailed
from local.wait import Timeout
from storm import places
from storm.ledger import Ledger
from storm.load import Load
from storm.verdict import Verdict
from witness import kill_while_it_starts

ALIVE = (0.05, 1.0)  # seconds between a start and a kill
SETTLE_SECONDS = 120


class Progress:
    """One line on a terminal; elsewhere a line every ten seconds."""

    def __init__(self):
        self._terminal = sys.stdout.isatty()
        self._last = time.monotonic()

    def show(self, text: str) -> None:
        if time.monotonic() - self._last < (0.2 if self._terminal else 10):
            return
        self._last = time.monotonic()
        print(f"\r\033[K{text}" if self._terminal else text, end="" if self._terminal else "\n", flush=True)

    def say(self, text: str) -> None:
        print(("\r\033[K" if self._terminal else "") + text, flush=True)


def storm(kills: int, seed: int | None = None, arguments=()) -> int:
    """The exit status: 1 when something was lost, doubled, ended wrongly or is unsound. The data is kept then."""
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    print(f"seed {seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stepwell-crash-"))
    ledger = Ledger()
    load = Load(ledger, seed)
    with load.functions() as functions:
        arguments = ["--endpoint", f"lambda={functions.endpoint}", *arguments]
        with Server(folder / "data", log_path=folder / "log", arguments=arguments) as server:
            done = _storm(server, load, ledger, kills, random.Random(seed))
    print(ledger.details(), end="\n" if ledger.problem_count() else "")
    print(f"kills {done:,} · {ledger.summary()}", flush=True)
    if ledger.problem_count() == 0:
        shutil.rmtree(folder)
        return 0
    print(f"the data and the server's log are in {folder}", flush=True)
    return 1


def _storm(server: Server, load: Load, ledger: Ledger, kills: int, rng: random.Random) -> int:
    """How often it was killed."""
    progress, done = Progress(), 0
    load.connect(server.endpoint)
    places.create(load.client)
    verdict = Verdict(load.client, load.witness, ledger)
    load.begin()
    try:
        while done < kills and not load.is_broken():
            load.live(rng.uniform(*ALIVE))
            done += 1
            _kill(server, load, rng)
            verdict.glance()
            progress.show(f"kill {done:,} of {kills:,} · executions {len(ledger.executions):,}, open {load.open_count()} · {ledger.summary()}")
        load.settle(SETTLE_SECONDS)
        verdict.everything(lambda number, of: progress.show(f"{number:,} of {of:,} executions looked at · {ledger.summary()}"))
    except StartFailed as error:
        ledger.problem("lost", f"the server does not start: {error}")
    except Timeout as error:
        ledger.problem("wrong end", f"{error}: {[execution.name for execution in load.still_open()][:20]}")
    finally:
        load.finish()
        server.kill()
        load.join()
    verdict.check_data(server.data_dir)
    progress.say(f"executions {len(ledger.executions):,}, and their histories · messages {verdict.messages:,} · children {verdict.children:,}")
    return done


def _kill(server: Server, load: Load, rng: random.Random) -> None:
    """Every tenth time it is killed once more while it is still coming up."""
    load.up.clear()
    server.kill()
    if rng.random() < 0.1:
        kill_while_it_starts(server, rng.uniform(0, 0.1))
    server.start()
    load.up.set()
