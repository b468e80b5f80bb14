"""What is secret reaches neither the log nor an answer: signatures, keys, tokens, payloads."""

import json
import unittest
import urllib.request

import botocore.exceptions

from local.aws import ROLE
from local.wait import wait_until
from serving import ServingCase
from support import wire
from support.access import allow, keys_of, policy, trust
from support.machines import activity_task, machine
from support.target import Target

KEYS = ("AKIDEXAMPLE", "the-secret-key")
SECRETS = ("MARK-signature", "MARK-session", "MARK-credential")


class Signed(ServingCase):
    arguments = ("--verbose", "--access-key", ":".join(KEYS))

    def refused(self, data: bytes) -> str:
        """All that is said to a bad request."""
        response = self.send(data)
        self.assertTrue(400 <= response.status < 500, response)
        return response.body.decode() + str(response.headers)

    def test_bad_signatures(self):
        session = {"X-Amz-Security-Token": "MARK-session"}
        good = wire.signed("ListActivities", {}, (KEYS[0], "wrong"), headers=session)
        signature = good.split(b"Signature=")[1].split(b"\r\n")[0]
        requests = [
            good,
            good.replace(signature, b"MARK-signature"),
            good.replace(b"SignedHeaders=", b"Nothing="),
            good.replace(b"AKIDEXAMPLE/", b"MARK-credential/x/y/"),
            good.replace(b"Authorization: AWS4-HMAC-SHA256 Credential=", b"Authorization: AWS4-HMAC-SHA256 Credential=MARK-credential"),
            wire.call("ListActivities", {}, "Authorization: Bearer MARK-signature"),
            wire.call("ListActivities", {}, "Authorization: AWS4-HMAC-SHA256 MARK-signature"),
            wire.call("ListActivities", {}, "Authorization: AWS4-HMAC-SHA256 Signature=MARK-signature"),
            wire.head("ListActivities", 0, target="/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=MARK-signature&X-Amz-Security-Token=MARK-session"),
        ]
        said = "".join(self.refused(data) for data in requests)
        said += self.server.log_path.read_text()
        for secret in (*SECRETS, KEYS[1], signature.decode()):
            self.assertNotIn(secret, said)

    def test_keys_are_not_printed(self):
        with urllib.request.urlopen(self.server.endpoint + "/metrics") as page:
            self.assertNotIn(KEYS[1], page.read().decode())
        self.assertNotIn(KEYS[1], self.server.log_path.read_text())
        self.assertNotIn(KEYS[0], self.server.log_path.read_text())


class Credentials(ServingCase):
    """Keys of users and sessions, which are told once."""

    arguments = ("--verbose", "--access-key", ":".join(KEYS), "--enforce-iam", "on")

    def test_they_are_not_said_again(self):
        target = Target(self.server.endpoint)
        iam = target.client("iam", keys=KEYS)
        iam.create_user(UserName="ada")
        iam.put_user_policy(UserName="ada", PolicyName="p", PolicyDocument=policy(allow("sts:*")))
        key = iam.create_access_key(UserName="ada")["AccessKey"]
        keys = key["AccessKeyId"], key["SecretAccessKey"]
        role = iam.create_role(RoleName="worker", AssumeRolePolicyDocument=trust(AWS="*"))["Role"]["Arn"]
        session = keys_of(target.client("sts", keys=keys).assume_role(RoleArn=role, RoleSessionName="night"))
        said = ""
        for wrong in (keys, session, (session[0], "wrong", session[2]), (session[0], session[1], session[2][:-9] + "forgery00")):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                target.client(keys=wrong).list_activities()
            said += str(caught.exception.response)
        said += str(iam.list_access_keys(UserName="ada")) + str(iam.get_user(UserName="ada")) + self.server.log_path.read_text()
        with urllib.request.urlopen(self.server.endpoint + "/metrics") as page:
            said += page.read().decode()
        for secret in (keys[1], *session[1:]):
            self.assertNotIn(secret, said)


class Payloads(ServingCase):
    arguments = ("--verbose",)

    def test_inputs_outputs_and_tokens_stay_out_of_the_log(self):
        activity = self.client.states("CreateActivity", name="secrets")["activityArn"]
        definition = json.dumps(machine(("Pass", {"Type": "Pass", "Result": "MARK-result"}), ("Work", activity_task(activity)["States"]["Work"])))
        arn = self.client.states("CreateStateMachine", name="secrets", definition=definition, roleArn=ROLE)["stateMachineArn"]
        execution = self.client.states("StartExecution", stateMachineArn=arn, input='"MARK-input"')["executionArn"]
        token = self.client.states("GetActivityTask", activityArn=activity)["taskToken"]
        self.send(wire.call("SendTaskSuccess", {"taskToken": "MARK-token", "output": '"MARK-output"'}))
        self.send(wire.call("SendTaskSuccess", {"taskToken": token, "output": "MARK-output, which is no JSON"}))
        self.send(wire.call("SendTaskFailure", {"taskToken": token, "error": "E", "cause": "MARK-cause"}))
        wait_until(lambda: self.client.states("DescribeExecution", executionArn=execution)["status"] == "FAILED", "the end")
        self.send(wire.call("StartExecution", {"stateMachineArn": arn, "input": "MARK-input, which is no JSON"}))
        self.send(wire.call("StartExecution", b'{"input":"MARK-broken'))
        log = self.server.log_path.read_text()
        self.assertNotIn("MARK-", log)
        self.assertNotIn(token, log)

    def test_what_is_marked_as_sensitive_is_not_said_back(self):
        for operation, fields in (
            ("StartExecution", {"stateMachineArn": "x", "input": "MARK-" + "x" * 300_000}),
            ("SendTaskSuccess", {"taskToken": "x", "output": "MARK-" + "x" * 300_000}),
            ("SendTaskFailure", {"taskToken": "x", "cause": "MARK-" + "x" * 40_000}),
            ("StopExecution", {"executionArn": "x", "cause": "MARK-" + "x" * 40_000}),
            ("CreateStateMachine", {"name": "", "definition": "MARK-" + "x" * 10, "roleArn": ""}),
        ):
            with self.subTest(operation):
                response = self.send(wire.call(operation, fields))
                self.assert_refused(response)
                self.assertNotIn(b"MARK-", response.body)
                self.assertNotIn("MARK-", str(response.headers))

    def test_a_forged_token_is_not_said_back(self):
        response = self.send(wire.call("SendTaskSuccess", {"taskToken": "MARK-token", "output": "1"}))
        self.assert_refused(response, "InvalidToken")
        self.assertNotIn(b"MARK-", response.body)


if __name__ == "__main__":
    unittest.main()
