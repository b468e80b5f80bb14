"""AWS's clients over TLS: the cases that move most, once more. `./dev test --tls clients/` runs all of them so.

Debian's command line asks for executions that answer at once at sync-HOST, which nothing resolves, and has no way around it
over TLS: that one case skips itself.
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


class JavaScript(test_node.JavaScript):
    tls = True


if __name__ == "__main__":
    unittest.main()
