"""The soak of ./dev soak for twenty seconds, and what it takes for growth."""

import unittest

from local.server import Server
from samples import MB, Room, Sample, growth
from soak import RETENTION_SECONDS, Soak


def samples_of(**series) -> list[Sample]:
    """A sample a second of a server that holds 100 MB, 60 of them the store's, 8 threads, 3 sockets and 20 files but for what is given."""
    usual = {"resident": [100 * MB] * 40, "buffers": [60 * MB] * 40, "threads": [8] * 40, "sockets": [3] * 40, "files": [20] * 40} | series
    return [Sample(float(second), *values) for second, values in enumerate(zip(*usual.values()))]


class Growth(unittest.TestCase):
    def test_what_stays(self):
        self.assertEqual(growth(samples_of(), 10, Room()), [])
        self.assertEqual(growth(samples_of(resident=[(100 + second % 7) * MB for second in range(40)]), 10, Room()), [])

    def test_the_buffers_of_the_store_have_a_bound_of_their_own(self):
        grown = {name: [(base + second) * MB for second in range(40)] for name, base in (("resident", 100), ("buffers", 60))}
        self.assertEqual(growth(samples_of(**grown), 10, Room()), [])

    def test_the_warm_up_does_not_count(self):
        self.assertEqual(growth(samples_of(resident=[20 * MB] * 10 + [200 * MB] * 30), 10, Room()), [])

    def test_what_grows(self):
        for name, values in {
            "resident": [(100 + 3 * second) * MB for second in range(40)], "threads": [8 + second // 20 for second in range(40)],
            "sockets": list(range(40)), "files": [5 * second for second in range(40)],
        }.items():  # fmt: skip
            with self.subTest(name):
                self.assertEqual(len(growth(samples_of(**{name: values}), 10, Room())), 1)

    def test_too_short(self):
        self.assertEqual(len(growth(samples_of()[:3], 0, Room())), 1)


class TwentySeconds(unittest.TestCase):
    def test_nothing_grows(self):
        with Server(arguments=["--retention", f"{RETENTION_SECONDS}s"]) as server:
            soak = Soak(server, 20, say=lambda text: None)
            soak.run()
        self.assertEqual(soak.problems, [], soak.summary())


if __name__ == "__main__":
    unittest.main()
