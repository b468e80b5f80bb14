"""A server that asks who its callers are, and people and roles of it."""

import json

from support.target import ServiceCase, Target, unique

ACCOUNT = "123456789012"
OTHER_ACCOUNT = "210987654321"
ROOT = ("AKIDROOT", "the-secret-of-the-root")
OTHER_ROOT = ("AKIDOTHER", "the-secret-of-the-other")


def allow(*actions: str, resource="*", effect: str = "Allow", **condition) -> dict:
    statement = {"Effect": effect, "Action": list(actions), "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})


def deny(*actions: str, **more) -> dict:
    return allow(*actions, effect="Deny", **more)


def policy(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(condition: dict | None = None, **principal) -> str:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return policy(statement | ({"Condition": condition} if condition else {}))


def keys_of(answer: dict) -> tuple[str, str, str]:
    credentials = answer["Credentials"]
    return credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]


def make_role(target: Target, keys: tuple[str, ...]) -> None:
    """The role that cases give to state machines, which has to be there where access is controlled."""
    iam, name = target.client("iam", keys=keys), target.role.rsplit("/", 1)[1]
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(Service="states.amazonaws.com"))
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=policy(allow("*")))


class AccessCase(ServiceCase):
    own_server_only = True
    arguments = ("--access-key", ":".join(ROOT), "--access-key", ":".join((*OTHER_ROOT, OTHER_ACCOUNT)), "--enforce-iam", "on")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iam = cls.target.client("iam", keys=ROOT)
        cls.states = cls.target.client(keys=ROOT)

    def client(self, keys: tuple[str, ...], service: str = "stepfunctions"):
        return self.target.client(service, keys=keys)

    def who(self, keys: tuple[str, ...]) -> str:
        return self.client(keys, "sts").get_caller_identity()["Arn"]

    def user(self, *statements: dict, **more) -> tuple[str, tuple[str, str]]:
        """The name and keys of a new user who may do what the statements say."""
        name = unique("user")
        self.iam.create_user(UserName=name, **more)
        if statements:
            self.iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(*statements))
        key = self.iam.create_access_key(UserName=name)["AccessKey"]
        return name, (key["AccessKeyId"], key["SecretAccessKey"])

    def role(self, *statements: dict, trusts: str | None = None, iam=None, **more) -> str:
        """The ARN of a new role, which Step Functions may assume unless `trusts` says otherwise."""
        name, iam = unique("role"), iam or self.iam
        made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusts or trust(Service="states.amazonaws.com"), **more)
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=policy(*statements))
        return made["Role"]["Arn"]

    def machine(self, definition: dict, role: str | None = None, states=None) -> str:
        made = (states or self.states).create_state_machine(name=unique("machine"), definition=json.dumps(definition), roleArn=role or self.role())
        return made["stateMachineArn"]

    def run_machine(self, definition: dict, role: str) -> dict:
        return self.ended(self.start(self.machine(definition, role)))

    def refused_to(self, arn: str, action: str, resource: str, why: str = "", code: str = "AccessDeniedException"):
        reason = why or f" because no identity-based policy allows the {action} action"
        return self.refused(code, f"User: {arn} is not authorized to perform: {action} on resource: {resource}{reason}")
