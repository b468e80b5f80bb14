"""What everyone needs who watches a server that is killed: histories and lists page by page, what was once seen of them, a
request that got no answer, a kill while it starts.
"""

import http.client
import threading

from local.aws import Client
from local.server import Server, StartFailed

# What the client of a server that dies under its request may meet. The request may have happened or not.
NO_ANSWER = (OSError, http.client.HTTPException, ValueError, EOFError)


class Doubled(Exception):
    """A list names something twice."""


class Witness:
    """Reads executions, and remembers of each history the most that was seen: it may not be otherwise later."""

    def __init__(self, client: Client):
        self._client = client
        self._seen: dict[str, list] = {}
        self._lock = threading.Lock()

    def history(self, arn: str) -> list[dict]:
        events = self._all("GetExecutionHistory", "events", executionArn=arn, maxResults=1000)
        with self._lock:
            if len(events) > len(self._seen.get(arn, [])):
                self._seen[arn] = events
        return events

    def seen(self, arn: str) -> list[dict]:
        with self._lock:
            return self._seen.get(arn, [])

    def executions(self, machine: str, **filters) -> dict[str, dict]:
        """What ListExecutions says of each, by ARN."""
        found = {}
        for item in self._all("ListExecutions", "executions", stateMachineArn=machine, maxResults=1000, **filters):
            if item["executionArn"] in found:
                raise Doubled(f"{item['executionArn']} is listed twice")
            found[item["executionArn"]] = item
        return found

    def _all(self, operation: str, member: str, /, **parameters) -> list[dict]:
        items, token = [], {}
        while True:
            page = self._client.states(operation, **parameters, **token)
            items += page[member]
            if "nextToken" not in page:
                return items
            token = {"nextToken": page["nextToken"]}


def kill_while_it_starts(server: Server, seconds: float) -> None:
    """The server is gone afterwards, wherever in its start it was."""
    killer = threading.Timer(seconds, server.kill)
    killer.start()
    try:
        server.start()
    except StartFailed:
        pass
    killer.join()
    server.kill()  # should the killer have come before it
