"""Who may do what: policies of users, sessions and state machines' roles, as callers and executions meet them."""

import io
import json
import time
import unittest
import zipfile

from local.aws import REGION
from local.server import Server, StartFailed
from support.access import ACCOUNT, OTHER_ACCOUNT, OTHER_ROOT, ROOT, AccessCase, allow, deny, keys_of, policy, trust
from support.machines import machine, passing
from support.target import unique

NOT_ASSUMABLE = "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role."
WHO = "arn:aws:states:::aws-sdk:sts:getCallerIdentity"
START = "arn:aws:states:::states:startExecution"


def task(resource: str, arguments: dict | None = None, **more) -> dict:
    return machine(("Call", {"Type": "Task", "Resource": resource, "Parameters": arguments or {}} | more))


class Callers(AccessCase):
    def test_who_they_are(self):
        self.assertEqual(self.who(ROOT), f"arn:aws:iam::{ACCOUNT}:root")
        self.assertEqual(self.who(OTHER_ROOT), f"arn:aws:iam::{OTHER_ACCOUNT}:root")
        name, keys = self.user()
        identity = self.client(keys, "sts").get_caller_identity()
        self.assertEqual((identity["Account"], identity["Arn"]), (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/{name}"))
        self.assertTrue(identity["UserId"].startswith("AIDA"))
        self.assertEqual(self.client(ROOT, "sts").get_access_key_info(AccessKeyId=keys[0])["Account"], ACCOUNT)

    def test_nobody_may_anything_unasked(self):
        name, keys = self.user()
        arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
        with self.refused_to(arn, "states:ListStateMachines", f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:*"):
            self.client(keys).list_state_machines()
        with self.refused_to(arn, "logs:CreateLogGroup", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:g:log-stream:"):
            self.client(keys, "logs").create_log_group(logGroupName="g")
        with self.refused_to(arn, "lambda:InvokeFunction", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"):
            self.client(keys, "lambda").invoke(FunctionName=f"{ACCOUNT}:function:f")
        with self.refused_to(arn, "iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/eve", code="AccessDenied") as caught:
            self.client(keys, "iam").create_user(UserName="eve")
        self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 403)

    def test_wildcards_and_denials(self):
        one, two = self.machine(passing()), self.machine(passing())
        name, keys = self.user(allow("states:Start*", resource=f"arn:aws:states:*:{ACCOUNT}:stateMachine:machine-*"), deny("states:*", resource=two))
        self.client(keys).start_execution(stateMachineArn=one)
        arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
        with self.refused_to(arn, "states:StartExecution", two, " with an explicit deny in an identity-based policy"):
            self.client(keys).start_execution(stateMachineArn=two)
        with self.refused_to(arn, "states:DescribeStateMachine", one):
            self.client(keys).describe_state_machine(stateMachineArn=one)

    def test_conditions(self):
        tags = [{"key": "owner", "value": "ada"}]
        name, keys = self.user(
            allow("states:CreateActivity", "states:TagResource", StringEquals={"aws:RequestTag/owner": "ada"}),
            allow("states:DescribeActivity", StringEquals={"aws:ResourceTag/owner": "${aws:PrincipalTag/nick}"}),
            allow("states:ListActivities", IpAddress={"aws:SourceIp": "127.0.0.0/8"}, DateGreaterThan={"aws:CurrentTime": "2020-01-01T00:00:00Z"}),
            allow("states:ListStateMachines", StringEquals={"aws:RequestedRegion": "eu-north-1"}),
            Tags=[{"Key": "nick", "Value": "ada"}],
        )
        states = self.client(keys)
        states.list_activities()
        with self.refused("AccessDeniedException"):
            states.list_state_machines()
        with self.refused("AccessDeniedException"):
            states.create_activity(name=unique("a"))
        arn = states.create_activity(name=unique("a"), tags=tags)["activityArn"]
        states.describe_activity(activityArn=arn)
        self.iam.tag_user(UserName=name, Tags=[{"Key": "nick", "Value": "bob"}])
        with self.refused("AccessDeniedException"):
            states.describe_activity(activityArn=arn)

    def test_over_what_the_request_came(self):
        _, keys = self.user(allow("states:List*"), deny("states:ListActivities", Bool={"aws:SecureTransport": "false"}))
        states = self.client(keys)
        states.list_state_machines()
        if self.target.url.startswith("https:"):
            states.list_activities()
        else:
            with self.refused("AccessDeniedException"):
                states.list_activities()

    def test_what_changes_counts_at_once(self):
        name, keys = self.user(allow("states:ListActivities"))
        self.client(keys).list_activities()
        self.iam.delete_user_policy(UserName=name, PolicyName="p")
        with self.refused("AccessDeniedException"):
            self.client(keys).list_activities()

    def test_boundaries(self):
        boundary = self.iam.create_policy(PolicyName=unique("bound"), PolicyDocument=policy(allow("logs:*")))["Policy"]["Arn"]
        name, keys = self.user(allow("states:*", "logs:*"), PermissionsBoundary=boundary)
        self.client(keys, "logs").describe_log_groups()
        reason = " because no permissions boundary allows the states:ListActivities action"
        with self.refused_to(f"arn:aws:iam::{ACCOUNT}:user/{name}", "states:ListActivities", f"arn:aws:states:{REGION}:{ACCOUNT}:activity:*", reason):
            self.client(keys).list_activities()

    def test_what_belongs_to_another_account(self):
        arn = self.machine(passing())
        reason = " because no resource-based policy allows the states:StartExecution action"
        with self.refused_to(f"arn:aws:iam::{OTHER_ACCOUNT}:root", "states:StartExecution", arn, reason):
            self.client(OTHER_ROOT).start_execution(stateMachineArn=arn)

    def test_users_may_look_after_themselves(self):
        name, keys = self.user(allow("iam:*AccessKey*", "iam:GetUser", resource=f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"))
        iam = self.client(keys, "iam")
        self.assertEqual(iam.get_user()["User"]["UserName"], name)
        self.assertEqual(len(iam.list_access_keys()["AccessKeyMetadata"]), 1)
        other, _ = self.user()
        with self.refused("AccessDenied"):
            iam.create_access_key(UserName=other)

    def test_passing_roles(self):
        role, other = self.role(), self.role()
        pass_one = allow("iam:PassRole", resource=role, StringEquals={"iam:PassedToService": "states.amazonaws.com"})
        name, keys = self.user(allow("states:*"), pass_one)
        states = self.client(keys)
        self.machine(passing(), role, states)
        with self.refused_to(f"arn:aws:iam::{ACCOUNT}:user/{name}", "iam:PassRole", other):
            self.machine(passing(), other, states)
        for role in (f"arn:aws:iam::{ACCOUNT}:role/nobody", self.role(trusts=trust(Service="lambda.amazonaws.com"))):
            with self.refused("AccessDeniedException", NOT_ASSUMABLE):
                self.machine(passing(), role)


class Sessions(AccessCase):
    def assume(self, keys: tuple[str, ...], role: str, **more) -> dict:
        return self.client(keys, "sts").assume_role(RoleArn=role, RoleSessionName="night", **more)

    def test_of_roles(self):
        name, keys = self.user(allow("sts:AssumeRole"))
        role = self.role(allow("states:ListActivities"), trusts=trust(AWS=f"arn:aws:iam::{ACCOUNT}:root"))
        answer = self.assume(keys, role)
        arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.rsplit('/', 1)[1]}/night"
        self.assertEqual(answer["AssumedRoleUser"]["Arn"], arn)
        session = keys_of(answer)
        self.assertTrue(session[0].startswith("ASIA"))
        self.assertEqual(self.who(session), arn)
        self.client(session).list_activities()
        with self.refused_to(arn, "states:ListStateMachines", f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:*"):
            self.client(session).list_state_machines()
        self.target.server.restart()
        self.client(session).list_activities()

    def test_tokens_that_are_none(self):
        role = self.role(trusts=trust(AWS="*"))
        _, keys = self.user(allow("sts:AssumeRole"))
        one, two = keys_of(self.assume(keys, role)), keys_of(self.assume(keys, role))
        for bad in (one[:2], (*one[:2], two[2]), (*one[:2], "x" * 100), (*keys, one[2])):
            with self.refused("UnrecognizedClientException"):
                self.client(bad).list_activities()
        with self.refused("InvalidSignatureException"):
            self.client((one[0], two[1], one[2])).list_activities()
        self.iam.delete_role(RoleName=role.rsplit("/", 1)[1])
        with self.refused("UnrecognizedClientException"):
            self.client(one).list_activities()

    def test_who_is_not_trusted(self):
        name, keys = self.user(allow("sts:AssumeRole"))
        who = f"arn:aws:iam::{ACCOUNT}:user/{name}"
        other = self.role(trusts=trust(AWS=f"arn:aws:iam::{ACCOUNT}:user/somebody"))
        for role in (other, f"arn:aws:iam::{ACCOUNT}:role/nobody"):
            with self.refused("AccessDenied", f"User: {who} is not authorized to perform: sts:AssumeRole on resource: {role}"):
                self.assume(keys, role)
        with self.refused("AccessDenied", "Roles may not be assumed by root accounts."):
            self.assume(ROOT, other)

    def test_who_has_to_be_allowed_too(self):
        name, keys = self.user()
        who = f"arn:aws:iam::{ACCOUNT}:user/{name}"
        by_account = self.role(trusts=trust(AWS=ACCOUNT))
        with self.refused_to(who, "sts:AssumeRole", by_account, code="AccessDenied"):
            self.assume(keys, by_account)
        self.assume(keys, self.role(trusts=trust(AWS=who)))

    def test_external_ids_and_names(self):
        _, keys = self.user(allow("sts:AssumeRole"))
        role = self.role(trusts=trust({"StringEquals": {"sts:ExternalId": "1234", "sts:RoleSessionName": "night"}}, AWS=ACCOUNT))
        self.assume(keys, role, ExternalId="1234")
        for more in ({}, {"ExternalId": "1235"}):
            with self.refused("AccessDenied"):
                self.assume(keys, role, **more)

    def test_session_policies(self):
        _, keys = self.user(allow("sts:AssumeRole"))
        role = self.role(allow("states:*"), trusts=trust(AWS=ACCOUNT))
        answer = self.assume(keys, role, Policy=policy(allow("states:ListActivities", "logs:*")))
        self.assertGreater(answer["PackedPolicySize"], 0)
        session = keys_of(answer)
        self.client(session).list_activities()
        arn = answer["AssumedRoleUser"]["Arn"]
        reason = " because no session policy allows the states:ListStateMachines action"
        with self.refused_to(arn, "states:ListStateMachines", f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:*", reason):
            self.client(session).list_state_machines()
        with self.refused_to(arn, "logs:DescribeLogGroups", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group::log-stream:"):
            self.client(session, "logs").describe_log_groups()
        with self.refused("MalformedPolicyDocument"):
            self.assume(keys, role, Policy="{")

    def test_durations(self):
        _, keys = self.user(allow("sts:AssumeRole"))
        role = self.role(allow("sts:AssumeRole"), trusts=trust(AWS=ACCOUNT), MaxSessionDuration=7200)
        seconds = (self.assume(keys, role, DurationSeconds=7200)["Credentials"]["Expiration"].timestamp()) - time.time()
        self.assertTrue(7000 < seconds <= 7200, seconds)
        with self.refused("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."):
            self.assume(keys, role, DurationSeconds=7201)
        with self.refused("ValidationError"):
            self.assume(keys_of(self.assume(keys, role)), role, DurationSeconds=7200)
        with self.refused("ValidationError"):
            self.assume(keys, role, DurationSeconds=899)

    def test_of_users(self):
        name, keys = self.user(allow("states:ListActivities"))
        session = keys_of(self.client(keys, "sts").get_session_token())
        self.assertEqual(self.who(session), f"arn:aws:iam::{ACCOUNT}:user/{name}")
        self.client(session).list_activities()
        with self.refused("AccessDenied", "Cannot call GetSessionToken with session credentials"):
            self.client(session, "sts").get_session_token()


class Machines(AccessCase):
    def test_tasks_have_the_role(self):
        role = self.role()
        ended = self.run_machine(task(WHO), role)
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        self.assertRegex(json.loads(ended["output"])["Arn"], f"^arn:aws:sts::{ACCOUNT}:assumed-role/{role.rsplit('/', 1)[1]}/[A-Za-z]{{32}}$")

    def test_allowed_and_refused(self):
        child = self.machine(passing())
        definition = task(START, {"StateMachineArn": child, "Input": {}})
        self.assertEqual(self.run_machine(definition, self.role(allow("states:StartExecution", resource=child)))["status"], "SUCCEEDED")
        ended = self.run_machine(definition, self.role(allow("states:StartExecution", resource=child + "x")))
        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "StepFunctions.AWSStepFunctionsException"))
        self.assertRegex(
            ended["cause"],
            r"^User: arn:aws:sts::\d+:assumed-role/[^/]+/[A-Za-z]{32} is not authorized to perform: states:StartExecution on resource: "
            + child
            + r" because no identity-based policy allows the states:StartExecution action \(Service: AWSStepFunctions; Status Code: 400; "
            r"Error Code: AccessDeniedException; Request ID: [-0-9a-f]{36}; Proxy: null\)$",
        )

    def test_functions(self):
        arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:nothing"
        definition = task("arn:aws:states:::lambda:invoke", {"FunctionName": "nothing"})
        ended = self.run_machine(definition, self.role())
        self.assertEqual(ended["error"], "Lambda.AWSLambdaException", ended)
        self.assertIn(f"is not authorized to perform: lambda:InvokeFunction on resource: {arn} because", ended["cause"])
        self.assertIn("(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException;", ended["cause"])
        ended = self.run_machine(definition, self.role(allow("lambda:InvokeFunction", resource=arn)))
        self.assertEqual(ended["error"], "Lambda.ResourceNotFoundException", ended)

    def test_roles_that_go(self):
        role = self.role(allow("states:*"))
        arn = self.machine(task(WHO), role)
        name = role.rsplit("/", 1)[1]
        self.iam.update_assume_role_policy(RoleName=name, PolicyDocument=trust(Service="lambda.amazonaws.com"))
        ended = self.ended(self.start(arn))
        self.assertEqual((ended["error"], ended["cause"]), ("States.Permissions", NOT_ASSUMABLE))

    def test_machines_that_trust_is_for(self):
        condition = {"ArnLike": {"aws:SourceArn": f"arn:aws:states:*:{ACCOUNT}:stateMachine:machine-*"}, "StringEquals": {"aws:SourceAccount": ACCOUNT}}
        role = self.role(trusts=trust(condition, Service="states.amazonaws.com"))
        self.assertEqual(self.run_machine(task(WHO), role)["status"], "SUCCEEDED")
        with self.refused("AccessDeniedException", NOT_ASSUMABLE):
            self.states.create_state_machine(name=unique("other"), definition=json.dumps(passing()), roleArn=role)

    def test_credentials_of_another_account(self):
        theirs = self.client(OTHER_ROOT, "iam")
        role = self.role(allow("sts:AssumeRole"))
        target = self.role(trusts=trust(AWS=f"arn:aws:iam::{ACCOUNT}:root"), iam=theirs)
        ended = self.run_machine(task(WHO, Credentials={"RoleArn": target}), role)
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        self.assertTrue(json.loads(ended["output"])["Arn"].startswith(f"arn:aws:sts::{OTHER_ACCOUNT}:assumed-role/{target.rsplit('/', 1)[1]}/"))

        def refused(role: str, target: str) -> None:
            ended = self.run_machine(task(WHO, Credentials={"RoleArn": target}), role)
            cause = f"The role {role} is not authorized to assume the task state's role, {target}."
            self.assertEqual((ended["error"], ended["cause"]), ("States.Permissions", cause))

        refused(self.role(), target)
        refused(role, self.role(trusts=trust(AWS="arn:aws:iam::111111111111:root"), iam=theirs))
        refused(role, f"arn:aws:iam::{OTHER_ACCOUNT}:role/nobody")

    def test_credentials_know_the_machine(self):
        role = self.role(allow("sts:AssumeRole"))
        name = unique("machine")
        arn = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}"
        target = self.role(trusts=trust({"StringEquals": {"sts:ExternalId": arn}}, AWS=role))
        definition = json.dumps(task(WHO, Credentials={"RoleArn": target}))
        self.states.create_state_machine(name=name, definition=definition, roleArn=role)
        self.assertEqual(self.ended(self.start(arn))["status"], "SUCCEEDED")

    def test_executions_in_another_account(self):
        theirs, states = self.client(OTHER_ROOT, "iam"), self.client(OTHER_ROOT)
        own = self.role(iam=theirs)
        child = self.machine(passing({"there": True}), own, states)
        target = self.role(allow("states:StartExecution", resource=child), trusts=trust(AWS=f"arn:aws:iam::{ACCOUNT}:root"), iam=theirs)
        definition = task(START + ".sync:2", {"StateMachineArn": child}, Credentials={"RoleArn": target})
        ended = self.run_machine(definition, self.role(allow("sts:AssumeRole")))
        self.assertEqual(json.loads(ended["output"])["Output"], {"there": True})


class Functions(AccessCase):
    KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")

    def create_function(self, role: str) -> str:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as package:
            package.writestr("keys.py", f"import os\ndef handler(event, context):\n    return [os.environ.get(name) for name in {self.KEYS}]\n")
        made = self.client(ROOT, "lambda").create_function(
            FunctionName=unique("function"), Runtime="python3.11", Handler="keys.handler", Role=role, Code={"ZipFile": code.getvalue()}
        )
        return made["FunctionArn"]

    def test_they_have_the_keys_of_their_role(self):
        role = self.role(allow("states:ListActivities"), trusts=trust(Service="lambda.amazonaws.com"))
        function = self.create_function(role)
        keys = json.load(self.client(ROOT, "lambda").invoke(FunctionName=function)["Payload"])
        self.assertEqual(self.who(keys), f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.rsplit('/', 1)[1]}/{function.rsplit(':', 1)[1]}")
        self.client(keys).list_activities()
        with self.refused("AccessDeniedException"):
            self.client(keys).list_state_machines()

    def test_roles_that_lambda_may_not_assume(self):
        words = "The role defined for the function cannot be assumed by Lambda."
        with self.refused("InvalidParameterValueException", words):
            self.create_function(self.role())
        role = self.role(trusts=trust(Service="lambda.amazonaws.com"))
        function = self.create_function(role)
        self.iam.delete_role(RoleName=role.rsplit("/", 1)[1])
        with self.refused("AccessDeniedException", words):
            self.client(ROOT, "lambda").invoke(FunctionName=function)

    def test_states_may_call_what_the_role_allows(self):
        function = self.create_function(self.role(trusts=trust(Service="lambda.amazonaws.com")))
        ended = self.run_machine(task(function), self.role(allow("lambda:InvokeFunction", resource=function)))
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        ended = self.run_machine(task(function), self.role())
        self.assertEqual(ended["error"], "Lambda.AWSLambdaException", ended)


class NotEnforced(AccessCase):
    """As it is on loopback, unless it is said otherwise."""

    arguments = AccessCase.arguments[:-2]

    def test_everybody_may_everything(self):
        name, keys = self.user()
        self.assertEqual(self.who(keys), f"arn:aws:iam::{ACCOUNT}:user/{name}")
        arn = self.machine(task(WHO), f"arn:aws:iam::{ACCOUNT}:role/nobody", self.client(keys))
        self.assertEqual(self.ended(self.start(arn))["status"], "SUCCEEDED")
        with self.refused("UnrecognizedClientException"):
            self.client(("AKIDNOBODY", "x")).list_activities()


class Options(unittest.TestCase):
    def refusal(self, *arguments: str) -> str:
        with self.assertRaises(StartFailed) as caught, Server(arguments=arguments):
            pass
        return str(caught.exception)

    def test_what_cannot_be(self):
        self.assertIn("callers must be known to be allowed anything", self.refusal("--enforce-iam", "on"))
        self.assertIn("expected ID:SECRET", self.refusal("--access-key", "nothing"))
        self.assertIn("--enforce-iam", self.refusal("--enforce-iam", "perhaps"))


class NobodyIsAsked(AccessCase):
    arguments = ()

    def test_keys_are_known_all_the_same(self):
        name, keys = self.user()
        self.assertEqual(self.who(keys), f"arn:aws:iam::{ACCOUNT}:user/{name}")
        self.assertEqual(self.who(("anything", "x")), f"arn:aws:iam::{ACCOUNT}:root")
        session = keys_of(self.client(keys, "sts").assume_role(RoleArn=self.role(), RoleSessionName="night"))
        self.assertIn(":assumed-role/", self.who(session))
        self.client(session).list_activities()
