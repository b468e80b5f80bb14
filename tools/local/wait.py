"""Waiting for a condition: the one place where a test may spend time."""

import time
from typing import Callable, TypeVar

T = TypeVar("T")


class Timeout(Exception):
    pass


def wait_until(condition: Callable[[], T], what: str, seconds: float = 30, every: float = 0.02) -> T:
    """The first truthy value of `condition`; Timeout that names `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise Timeout(f"waited {seconds:g} s for {what}")
        time.sleep(every)
