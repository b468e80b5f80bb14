"""Users, roles and policies through boto3, as IAM keeps them."""

import json

from support.access import ACCOUNT, AccessCase, allow, policy, trust
from support.target import unique

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


class Users(AccessCase):
    def test_made_shown_changed_taken_away(self):
        name = unique("ada")
        made = self.iam.create_user(UserName=name, Path="/staff/", Tags=[{"Key": "team", "Value": "blue"}])["User"]
        self.assertEqual(made["Arn"], f"arn:aws:iam::{ACCOUNT}:user/staff/{name}")
        self.assertRegex(made["UserId"], "^AIDA[A-Z2-7]{17}$")
        self.assertEqual(self.iam.get_user(UserName=name)["User"], made)
        with self.refused("EntityAlreadyExists", f"User with name {name.upper()} already exists."):
            self.iam.create_user(UserName=name.upper())
        listed = self.iam.list_users(PathPrefix="/staff/")["Users"]
        self.assertIn(made["Arn"], [user["Arn"] for user in listed])
        self.iam.update_user(UserName=name, NewUserName=name + "2", NewPath="/")
        with self.refused("NoSuchEntity", f"The user with name {name} cannot be found."):
            self.iam.get_user(UserName=name)
        self.assertEqual(self.iam.get_user(UserName=name + "2")["User"]["UserId"], made["UserId"])
        self.iam.delete_user(UserName=name + "2")
        with self.refused("NoSuchEntity"):
            self.iam.delete_user(UserName=name + "2")

    def test_tags(self):
        name, _ = self.user(Tags=[{"Key": "team", "Value": "blue"}])
        self.iam.tag_user(UserName=name, Tags=[{"Key": "TEAM", "Value": "red"}, {"Key": "stage", "Value": "test"}])
        self.assertEqual({tag["Value"] for tag in self.iam.list_user_tags(UserName=name)["Tags"]}, {"red", "test"})
        self.iam.untag_user(UserName=name, TagKeys=["stage", "nothing"])
        self.assertEqual(len(self.iam.list_user_tags(UserName=name)["Tags"]), 1)
        with self.refused("InvalidInput"):
            self.iam.tag_user(UserName=name, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])

    def test_keys(self):
        name, keys = self.user()
        self.assertRegex(keys[0], "^AKIA[A-Z2-7]{16}$")
        self.assertEqual(len(keys[1]), 40)
        self.assertEqual(self.who(keys), f"arn:aws:iam::{ACCOUNT}:user/{name}")
        used = self.iam.get_access_key_last_used(AccessKeyId=keys[0])
        self.assertEqual((used["UserName"], used["AccessKeyLastUsed"]["ServiceName"]), (name, "sts"))
        self.iam.create_access_key(UserName=name)
        with self.refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"):
            self.iam.create_access_key(UserName=name)
        listed = self.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
        self.assertEqual([set(key) for key in listed], [{"UserName", "AccessKeyId", "Status", "CreateDate"}] * 2)
        with self.refused("DeleteConflict", "Cannot delete entity, must delete access keys first."):
            self.iam.delete_user(UserName=name)
        self.iam.update_access_key(UserName=name, AccessKeyId=keys[0], Status="Inactive")
        with self.refused("InvalidClientTokenId", "The security token included in the request is invalid."):
            self.who(keys)
        self.iam.update_access_key(UserName=name, AccessKeyId=keys[0], Status="Active")
        self.who(keys)
        self.iam.delete_access_key(UserName=name, AccessKeyId=keys[0])
        with self.refused("InvalidClientTokenId"):
            self.who(keys)
        with self.refused("SignatureDoesNotMatch"):
            self.who((self.iam.list_access_keys(UserName=name)["AccessKeyMetadata"][0]["AccessKeyId"], "wrong"))

    def test_inline_policies(self):
        name, _ = self.user()
        document = policy(allow("states:*"))
        self.iam.put_user_policy(UserName=name, PolicyName="b", PolicyDocument=document)
        self.iam.put_user_policy(UserName=name, PolicyName="a", PolicyDocument=policy(allow("logs:*")))
        self.assertEqual(self.iam.list_user_policies(UserName=name)["PolicyNames"], ["a", "b"])
        self.assertEqual(self.iam.get_user_policy(UserName=name, PolicyName="b")["PolicyDocument"], json.loads(document))
        with self.refused("DeleteConflict"):
            self.iam.delete_user(UserName=name)
        self.iam.delete_user_policy(UserName=name, PolicyName="b")
        with self.refused("NoSuchEntity", "The user policy with name b cannot be found."):
            self.iam.get_user_policy(UserName=name, PolicyName="b")
        for document in ("{", policy(), policy({"Effect": "Allow"}), policy(allow("StartExecution"))):
            with self.refused("MalformedPolicyDocument"):
                self.iam.put_user_policy(UserName=name, PolicyName="c", PolicyDocument=document)

    def test_pages(self):
        path = "/" + unique("path") + "/"
        names = [self.user(Path=path)[0] for _ in range(5)]
        pages = list(self.iam.get_paginator("list_users").paginate(PathPrefix=path, PaginationConfig={"PageSize": 2}))
        self.assertEqual([len(page["Users"]) for page in pages], [2, 2, 1])
        self.assertEqual(sorted(user["UserName"] for page in pages for user in page["Users"]), sorted(names))

    def test_what_is_no_input(self):
        with self.refused("ValidationError"):
            self.iam.create_user(UserName="no spaces")
        with self.refused("ValidationError"):
            self.iam.create_user()


class Roles(AccessCase):
    def test_made_shown_changed_taken_away(self):
        name, document = unique("worker"), trust(Service="states.amazonaws.com")
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document, Description="works", MaxSessionDuration=7200, Path="/x/")["Role"]
        self.assertEqual(made["Arn"], f"arn:aws:iam::{ACCOUNT}:role/x/{name}")
        self.assertEqual(made["AssumeRolePolicyDocument"], json.loads(document))
        self.assertEqual(self.iam.get_role(RoleName=name)["Role"], made)
        self.iam.update_role(RoleName=name, Description="rests")
        self.iam.update_assume_role_policy(RoleName=name, PolicyDocument=trust(AWS=ACCOUNT))
        found = self.iam.get_role(RoleName=name)["Role"]
        self.assertEqual((found["Description"], found["MaxSessionDuration"]), ("rests", 7200))
        self.assertEqual(found["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"AWS": ACCOUNT})
        self.iam.tag_role(RoleName=name, Tags=[{"Key": "team", "Value": "blue"}])
        self.assertEqual(self.iam.list_role_tags(RoleName=name)["Tags"], [{"Key": "team", "Value": "blue"}])
        self.iam.untag_role(RoleName=name, TagKeys=["team"])
        self.assertEqual(self.iam.list_role_tags(RoleName=name)["Tags"], [])
        self.assertIn(name, [role["RoleName"] for role in self.iam.list_roles(PathPrefix="/x/")["Roles"]])
        self.iam.delete_role(RoleName=name)
        with self.refused("NoSuchEntity", f"The role with name {name} cannot be found."):
            self.iam.get_role(RoleName=name)

    def test_trusts_that_are_none(self):
        for document, message in (
            ("{", "This policy contains invalid Json"),
            (policy(allow("sts:AssumeRole")), "Missing required field Principal"),
            (trust(AWS="Ada"), 'Invalid principal in policy: "AWS":"Ada"'),
            (trust(Service="states.amazonaws.com").replace("sts:", "iam:"), "AssumeRole policy may only specify STS AssumeRole actions."),
        ):
            with self.refused("MalformedPolicyDocument", message):
                self.iam.create_role(RoleName=unique("bad"), AssumeRolePolicyDocument=document)

    def test_policies(self):
        name = self.role(allow("logs:*")).rsplit("/", 1)[1]
        self.assertEqual(self.iam.list_role_policies(RoleName=name)["PolicyNames"], ["p"])
        self.iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
        self.iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
        attached = self.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        self.assertEqual(attached, [{"PolicyName": "AdministratorAccess", "PolicyArn": ADMINISTRATOR}])
        with self.refused("DeleteConflict", "Cannot delete entity, must detach all policies first."):
            self.iam.delete_role(RoleName=name)
        self.iam.detach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
        with self.refused("NoSuchEntity", f"Policy {ADMINISTRATOR} was not found."):
            self.iam.detach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
        nothing = f"arn:aws:iam::{ACCOUNT}:policy/nothing"
        with self.refused("NoSuchEntity", f"Policy {nothing} does not exist or is not attachable."):
            self.iam.attach_role_policy(RoleName=name, PolicyArn=nothing)
        self.iam.delete_role_policy(RoleName=name, PolicyName="p")
        self.iam.delete_role(RoleName=name)


class Policies(AccessCase):
    def test_versions(self):
        name = unique("policy")
        made = self.iam.create_policy(PolicyName=name, PolicyDocument=policy(allow("logs:*")), Description="reads")["Policy"]
        arn = made["Arn"]
        self.assertEqual((arn, made["DefaultVersionId"]), (f"arn:aws:iam::{ACCOUNT}:policy/{name}", "v1"))
        with self.refused("EntityAlreadyExists"):
            self.iam.create_policy(PolicyName=name, PolicyDocument=policy(allow("logs:*")))
        second = self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("states:*")), SetAsDefault=True)["PolicyVersion"]
        self.assertEqual((second["VersionId"], second["IsDefaultVersion"]), ("v2", True))
        shown = self.iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]
        self.assertEqual(shown["Document"], json.loads(policy(allow("states:*"))))
        versions = self.iam.list_policy_versions(PolicyArn=arn)["Versions"]
        self.assertEqual([(v["VersionId"], v["IsDefaultVersion"]) for v in versions], [("v2", True), ("v1", False)])
        with self.refused("DeleteConflict", "Cannot delete the default version of a policy."):
            self.iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
        self.iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        self.iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
        for _ in range(4):
            self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("logs:*")))
        with self.refused("LimitExceeded"):
            self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("logs:*")))
        with self.refused("DeleteConflict"):
            self.iam.delete_policy(PolicyArn=arn)

    def test_attached(self):
        arn = self.iam.create_policy(PolicyName=unique("policy"), PolicyDocument=policy(allow("states:ListActivities")))["Policy"]["Arn"]
        name, keys = self.user()
        states = self.client(keys)
        with self.refused_to(self.who(keys), "states:ListActivities", f"arn:aws:states:us-east-1:{ACCOUNT}:activity:*"):
            states.list_activities()
        self.iam.attach_user_policy(UserName=name, PolicyArn=arn)
        states.list_activities()
        self.assertEqual(self.iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"], 1)
        with self.refused("DeleteConflict", "Cannot delete a policy attached to entities."):
            self.iam.delete_policy(PolicyArn=arn)
        self.assertIn(arn, [found["Arn"] for found in self.iam.list_policies(Scope="Local", OnlyAttached=True)["Policies"]])
        self.iam.detach_user_policy(UserName=name, PolicyArn=arn)
        self.iam.delete_policy(PolicyArn=arn)

    def test_those_of_aws(self):
        self.assertIn(ADMINISTRATOR, [found["Arn"] for found in self.iam.list_policies(Scope="AWS")["Policies"]])
        document = self.iam.get_policy_version(PolicyArn=ADMINISTRATOR, VersionId="v1")["PolicyVersion"]["Document"]
        self.assertEqual(document["Statement"][0]["Resource"], "*")
        with self.refused("AccessDenied"):
            self.iam.delete_policy(PolicyArn=ADMINISTRATOR)

    def test_simulated(self):
        name, _ = self.user(allow("states:*", StringEquals={"aws:RequestedRegion": "eu-north-1"}), allow("states:DeleteStateMachine", effect="Deny"))
        arn = self.iam.get_user(UserName=name)["User"]["Arn"]

        def decisions(**more):
            answer = self.iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["states:StartExecution", "states:DeleteStateMachine"], **more)
            return {result["EvalActionName"]: result for result in answer["EvaluationResults"]}

        found = decisions()
        self.assertEqual(found["states:StartExecution"]["EvalDecision"], "implicitDeny")
        self.assertEqual(found["states:StartExecution"]["MissingContextValues"], ["aws:RequestedRegion"])
        self.assertEqual(found["states:DeleteStateMachine"]["EvalDecision"], "explicitDeny")
        context = [{"ContextKeyName": "aws:RequestedRegion", "ContextKeyValues": ["eu-north-1"], "ContextKeyType": "string"}]
        found = decisions(ContextEntries=context)
        self.assertEqual(found["states:StartExecution"]["EvalDecision"], "allowed")
        self.assertEqual(found["states:StartExecution"]["MatchedStatements"][0]["SourcePolicyId"], f"user_{name}_p")


class Kept(AccessCase):
    def test_over_a_restart(self):
        name, keys = self.user(allow("states:ListActivities"))
        role = self.role(allow("logs:*"))
        arn = self.iam.create_policy(PolicyName=unique("policy"), PolicyDocument=policy(allow("logs:*")))["Policy"]["Arn"]
        before = [self.iam.get_user(UserName=name)["User"], self.iam.get_role(RoleName=role.rsplit("/", 1)[1])["Role"], self.iam.get_policy(PolicyArn=arn)["Policy"]]
        self.target.server.restart()
        after = [self.iam.get_user(UserName=name)["User"], self.iam.get_role(RoleName=role.rsplit("/", 1)[1])["Role"], self.iam.get_policy(PolicyArn=arn)["Policy"]]
        self.assertEqual(after, before)
        self.client(keys).list_activities()
        files = b"".join(path.read_bytes() for path in self.target.server.data_dir.rglob("*") if path.is_file())
        self.assertNotIn(keys[1].encode(), files)
