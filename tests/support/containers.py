"""Containers in tests: an image that is made here, and a skip with its reason where none runs."""

import unittest

from local.containers import make_image, problem

IMAGE = "localhost/stepwell-busybox"


def need_containers() -> None:
    """Skips the case or the class where no container runs on this machine."""
    reason = problem()
    if reason:
        raise unittest.SkipTest(reason)
    make_image("stepwell-busybox")
