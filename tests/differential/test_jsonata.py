"""JSONata against its reference implementation (jsonata of npm), on generated expressions.

A longer run: python3 tests/differential/jsonata --count 200000
"""

import pathlib
import unittest

from jsonata import compare, generator
from support import npm

SEED = 2026
COUNT = 4000


class Generated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if reason := npm.install(pathlib.Path(__file__).with_name("jsonata"), compare.FOLDER):
            raise unittest.SkipTest(reason)

    def test_same_answers(self):
        cases = compare.answers(list(generator.questions(SEED, COUNT)))
        differing = [case for case in cases if not compare.agree(case) and compare.filter_of(case) is None]
        self.assertFalse(differing, f"{len(differing)} of {COUNT}:\n" + "\n".join(str(case) for case in differing[:10]))

    def test_most_expressions_give_something(self):
        """The generator is worth its time only as long as evaluation gets far."""
        cases = compare.answers(list(generator.questions(SEED, 500)))
        self.assertGreater(sum("result" in case.theirs for case in cases), 150)
        self.assertGreater(len({case.theirs.get("code") for case in cases}), 10)
