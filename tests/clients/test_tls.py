"""AWS's clients over TLS: the cases that move most, once more. `./dev test --tls clients/` runs all of them so.

Debian's command line asks for executions that answer at once at sync-HOST, which nothing resolves, and has no way around it
over TLS: that case is left out.
"""

import unittest

import test_aws_cli
import test_boto3_activities
import test_boto3_executions
import test_node


class Executions(test_boto3_executions.Executions):
    tls = True


class Express(test_boto3_executions.Express):
    tls = True


class Activities(test_boto3_activities.Activities):
    tls = True


class CommandLine(test_aws_cli.CommandLine):
    tls = True
    test_lists_of_executions = test_an_activity_from_end_to_end = test_state_machines = test_validation = None  # it is slow
    test_an_express_workflow_answers_at_once = None


class JavaScript(test_node.JavaScript):
    tls = True
    test_machines = test_history = test_stop = test_activity = None


if __name__ == "__main__":
    unittest.main()
