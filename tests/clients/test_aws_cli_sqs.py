"""SQS through the AWS command line: every operation that it knows, with every signature verified."""

import unittest

from sqs_walk import SqsWalk
from support.target import chosen_url, own_target
from test_every_operation import KEY, CommandLine


class SqsCommandLine(unittest.TestCase):
    def test_every_operation_is_driven(self):
        if chosen_url():
            self.skipTest("it needs a server of its own")
        with own_target("--access-key", ":".join(KEY)) as target:
            client = CommandLine(target, "sqs", "sqs")
            self.addCleanup(client.close)
            walk = SqsWalk(client)
            walk.run()
            self.assertEqual(set(walk.answered), client.operations)


if __name__ == "__main__":
    unittest.main()
