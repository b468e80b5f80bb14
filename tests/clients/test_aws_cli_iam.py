"""IAM and STS through the AWS command line."""

import json

from aws_cli import AwsCli, Refused
from support.access import ACCOUNT, OTHER_ACCOUNT, policy, allow, trust
from support.target import ServiceCase, unique


class CommandLine(ServiceCase):
    own_server_only = True

    def aws(self, *arguments: str):
        return AwsCli(self.target)(*arguments)

    def test_users_and_roles(self):
        user, role = unique("ada"), unique("worker")
        made = self.aws("iam", "create-user", "--user-name", user, "--tags", "Key=team,Value=blue")["User"]
        self.assertEqual(made["Arn"], f"arn:aws:iam::{ACCOUNT}:user/{user}")
        self.assertIn(user, [found["UserName"] for found in self.aws("iam", "list-users")["Users"]])
        document = policy(allow("states:*"))
        self.aws("iam", "put-user-policy", "--user-name", user, "--policy-name", "p", "--policy-document", document)
        shown = self.aws("iam", "get-user-policy", "--user-name", user, "--policy-name", "p")
        self.assertEqual(shown["PolicyDocument"], json.loads(document))
        arn = self.aws("iam", "create-role", "--role-name", role, "--assume-role-policy-document", trust(AWS=OTHER_ACCOUNT))["Role"]["Arn"]
        self.aws("iam", "attach-role-policy", "--role-name", role, "--policy-arn", "arn:aws:iam::aws:policy/AdministratorAccess")
        attached = self.aws("iam", "list-attached-role-policies", "--role-name", role)["AttachedPolicies"]
        self.assertEqual([found["PolicyName"] for found in attached], ["AdministratorAccess"])
        session = self.aws("sts", "assume-role", "--role-arn", arn, "--role-session-name", "night")
        self.assertEqual(session["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/night")
        answer = self.aws("iam", "simulate-principal-policy", "--policy-source-arn", made["Arn"], "--action-names", "states:StartExecution", "logs:PutLogEvents")
        self.assertEqual([found["EvalDecision"] for found in answer["EvaluationResults"]], ["allowed", "implicitDeny"])

    def test_who(self):
        self.assertEqual(self.aws("sts", "get-caller-identity")["Arn"], f"arn:aws:iam::{ACCOUNT}:root")

    def test_refusals(self):
        with self.assertRaises(Refused) as caught:
            self.aws("iam", "get-user", "--user-name", "nobody")
        self.assertIn("An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.", str(caught.exception))
