"""kill -9 in the middle of the order example: what was acknowledged goes on to its right end, and no event is lost or doubled."""

import random
import threading
import unittest

from shop import Load, Shop
from witness import kill_while_it_starts

KILLS = 30


class KilledOnce(unittest.TestCase):
    def setUp(self):
        self.shop = Shop(self)

    def test_in_a_wait(self):
        arn = self.shop.start(pickup_seconds=2)
        self.shop.wait_for_event(arn, "WaitStateEntered")
        self.shop.crash()
        self.shop.check_all()

    def test_in_a_function(self):
        for name in ("payment", "stock", "label"):
            with self.subTest(name):
                before = len(self.shop.functions.calls[name])
                self.shop.functions.hold(name)
                self.shop.start(pickup_seconds=0)
                self.shop.functions.wait_for_calls(name, before + 1)
                self.shop.look_at_everything()
                self.shop.crash()
                self.shop.functions.release(name)
                self.shop.functions.wait_for_calls(name, before + 2)  # nobody knows what came of the first
                self.shop.check_all()

    def test_while_the_answer_of_a_function_comes(self):
        """The function answers to a server that is no more: it is called again."""
        self.shop.functions.hold("payment")
        self.shop.start(pickup_seconds=0)
        self.shop.functions.wait_for_calls("payment", 1)
        self.shop.server.kill()
        self.shop.functions.release("payment")
        self.shop.server.start()
        self.shop.check_all()

    def test_what_was_answered_is_not_asked_again(self):
        arn = self.shop.start(pickup_seconds=3)
        self.shop.wait_for_event(arn, "WaitStateEntered")
        for _ in range(3):
            self.shop.crash()
        self.shop.check_all()
        self.assertEqual({name: len(calls) for name, calls in self.shop.functions.calls.items()}, {"payment": 1, "stock": 3, "label": 1})

    def test_after_the_end(self):
        arns = [self.shop.start(kind, pickup_seconds=0) for kind in ("good", "declined", "missing")]
        before = [(self.shop.ended(arn), self.shop.history(arn)) for arn in arns]
        self.shop.crash()
        self.assertEqual([(self.shop.ended(arn), self.shop.history(arn)) for arn in arns], before)
        self.shop.check_all()


class KilledOften(unittest.TestCase):
    def test_at_random_moments(self):
        """Every fifth time it is killed once more while it is still coming up."""
        rng, shop = random.Random(20), Shop(self)
        for number in range(KILLS):
            killer = threading.Timer(rng.uniform(0.02, 0.6), shop.server.kill)
            with Load(shop, rng):
                killer.start()
                killer.join()
            if number % 5 == 4:
                kill_while_it_starts(shop.server, rng.uniform(0, 0.1))
            shop.server.start()
        self.assertGreater(len(shop.started), KILLS, "the load did nothing")
        shop.check_all()


if __name__ == "__main__":
    unittest.main()
