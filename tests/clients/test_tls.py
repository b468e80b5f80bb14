"""AWS's clients over TLS: a part of their cases once more. `./dev test --tls clients/` runs all of them so."""

import unittest

import test_aws_cli
import test_boto3_activities
import test_boto3_executions


def over_tls(cases: type, *names: str) -> type:
    """The class with these cases only, or all; a case is left out by being None."""
    others = [name for name in dir(cases) if name.startswith("test_") and name not in names] if names else []
    return type(cases.__name__, (cases,), {"tls": True} | dict.fromkeys(others))


Executions = over_tls(test_boto3_executions.Executions)
Express = over_tls(test_boto3_executions.Express)
Activities = over_tls(test_boto3_activities.Activities)
CommandLine = over_tls(test_aws_cli.CommandLine, "test_an_execution_and_its_history", "test_errors")


if __name__ == "__main__":
    unittest.main()
