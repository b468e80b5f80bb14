"""What queues, topics and buses say themselves of who may use them: within an account, across accounts, for AWS services."""

import io
import json
import zipfile

from local.wait import wait_until
from support.access import ACCOUNT, OTHER_ACCOUNT, OTHER_ROOT, ROOT, AccessCase, allow, deny, policy, trust
from support.http_apis import ApiCase
from support.machines import machine
from support.target import unique

BY_RESOURCE = " because no resource-based policy allows the {} action"
DENIED = " with an explicit deny in a resource-based policy"


def grant(principal, *actions: str, resource: str, **more) -> str:
    return policy(allow(*actions, resource=resource, **more) | {"Principal": principal})


class PolicyCase(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sqs, cls.sns, cls.eventbridge = (cls.target.client(service, keys=ROOT) for service in ("sqs", "sns", "events"))
        cls.other_iam = cls.target.client("iam", keys=OTHER_ROOT)

    def queue(self, policy_of=None, **attributes) -> tuple[str, str]:
        """URL and ARN; `policy_of` makes a policy of the ARN."""
        name = unique("queue")
        url, arn = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"], f"arn:aws:sqs:{self.target.region}:{ACCOUNT}:{name}"
        if policy_of:
            self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy_of(arn)})
        return url, arn

    def principal(self, *statements: dict, iam=None) -> tuple[str, tuple[str, str]]:
        """ARN and keys of a new user."""
        iam, name = iam or self.iam, unique("user")
        arn = iam.create_user(UserName=name)["User"]["Arn"]
        if statements:
            iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(*statements))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return arn, (key["AccessKeyId"], key["SecretAccessKey"])

    def foreigner(self, *statements: dict) -> tuple[str, tuple[str, str]]:
        return self.principal(*statements, iam=self.other_iam)

    def bodies(self, url: str, seconds: int = 0) -> list[str]:
        return [message["Body"] for message in self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=seconds).get("Messages", [])]

    def refused_by(self, arn: str, action: str, resource: str, why: str = BY_RESOURCE):
        return self.refused("AccessDenied", f"User: {arn} is not authorized to perform: {action} on resource: {resource}{why.format(action)}")


class WithinAnAccount(PolicyCase):
    def test_either_side_may_allow(self):
        user, keys = self.principal()
        url, arn = self.queue(lambda arn: grant({"AWS": user}, "sqs:SendMessage", resource=arn))
        sqs = self.client(keys, "sqs")
        sqs.send_message(QueueUrl=url, MessageBody="m")
        with self.refused_to(user, "sqs:ReceiveMessage", arn, code="AccessDenied"):
            sqs.receive_message(QueueUrl=url)
        _, keys = self.principal(allow("sqs:ReceiveMessage", resource=arn))
        self.assertEqual(self.client(keys, "sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"], "m")

    def test_a_denial_wins(self):
        user, keys = self.principal(allow("sqs:*"))
        url, arn = self.queue(lambda arn: policy(deny("sqs:SendMessage", resource=arn) | {"Principal": "*"}))
        with self.refused_by(user, "sqs:SendMessage", arn, DENIED):
            self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")
        self.sqs.send_message(QueueUrl=url, MessageBody="of the owner's root")
        other, keys = self.principal(deny("sqs:SendMessage"))
        url, arn = self.queue(lambda arn: grant("*", "sqs:*", resource=arn))
        with self.refused_to(other, "sqs:SendMessage", arn, " with an explicit deny in an identity-based policy", code="AccessDenied"):
            self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")

    def test_an_account_decides_for_itself(self):
        url, arn = self.queue(lambda arn: grant({"AWS": ACCOUNT}, "sqs:SendMessage", resource=arn))
        user, keys = self.principal()
        with self.refused_to(user, "sqs:SendMessage", arn, code="AccessDenied"):
            self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")

    def test_boundaries(self):
        """They hold a role whatever the queue says, and a user only where it does not name them."""
        boundary = self.iam.create_policy(PolicyName=unique("boundary"), PolicyDocument=policy(allow("sns:*")))["Policy"]["Arn"]
        user = unique("user")
        arn_of_user = self.iam.create_user(UserName=user, PermissionsBoundary=boundary)["User"]["Arn"]
        key = self.iam.create_access_key(UserName=user)["AccessKey"]
        role = self.role(trusts=policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": arn_of_user}}), PermissionsBoundary=boundary)
        url, arn = self.queue(lambda arn: grant({"AWS": [arn_of_user, role]}, "sqs:SendMessage", resource=arn))
        keys = key["AccessKeyId"], key["SecretAccessKey"]
        self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")
        session = self.client(keys, "sts").assume_role(RoleArn=role, RoleSessionName="night")
        keys, who = tuple(session["Credentials"][name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")), session["AssumedRoleUser"]["Arn"]
        with self.refused_to(who, "sqs:SendMessage", arn, " because no permissions boundary allows the sqs:SendMessage action", code="AccessDenied"):
            self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")

    def test_topics_and_buses(self):
        user, keys = self.principal()
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        publish = lambda: self.client(keys, "sns").publish(TopicArn=topic, Message="m")
        with self.refused("AccessDenied"):
            publish()
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=grant({"AWS": user}, "sns:Publish", resource=topic))
        publish()
        bus = self.eventbridge.create_event_bus(Name=unique("bus"))["EventBusArn"]
        entry = {"Source": "com.example", "DetailType": "t", "Detail": "{}", "EventBusName": bus}
        put = lambda: self.client(keys, "events").put_events(Entries=[entry])
        with self.refused("AccessDeniedException"):
            put()
        self.eventbridge.put_permission(EventBusName=bus.split("/")[1], Policy=grant({"AWS": user}, "events:PutEvents", resource=bus))
        self.assertEqual(put()["FailedEntryCount"], 0)

    def test_the_role_of_a_state_machine(self):
        role = self.role()
        url, _ = self.queue(lambda arn: grant({"AWS": role}, "sqs:SendMessage", resource=arn))
        send = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": url, "MessageBody": "m"}}
        self.assertEqual(self.run_machine(machine(("Send", send)), role)["status"], "SUCCEEDED")
        self.assertEqual(self.bodies(url), ["m"])

    def test_policies_that_cannot_be_read(self):
        url, arn = self.queue()
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        bad = policy(allow("sqs:*"))  # of nobody
        with self.refused("InvalidAttributeValue"):
            self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": bad})
        with self.refused("InvalidParameter", "Invalid parameter: Policy Error: null"):
            self.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=bad)
        with self.refused("ValidationException"):
            self.eventbridge.put_permission(Policy=bad)


class AcrossAccounts(PolicyCase):
    def test_both_sides_have_to_allow(self):
        url, arn = self.queue()
        nobody, no_keys = self.foreigner()
        allowed, keys = self.foreigner(allow("sqs:*"))
        send = lambda keys: self.client(keys, "sqs").send_message(QueueUrl=url, MessageBody="m")
        with self.refused_by(allowed, "sqs:SendMessage", arn):
            send(keys)
        self.sqs.add_permission(QueueUrl=url, Label="friends", AWSAccountIds=[OTHER_ACCOUNT], Actions=["SendMessage"])
        with self.refused_to(nobody, "sqs:SendMessage", arn, code="AccessDenied"):
            send(no_keys)
        send(keys)
        send(OTHER_ROOT)
        self.assertEqual(len(self.bodies(url)) + len(self.bodies(url)), 2)
        self.sqs.remove_permission(QueueUrl=url, Label="friends")
        with self.refused_by(allowed, "sqs:SendMessage", arn):
            send(keys)

    def test_what_is_for_the_owner_alone(self):
        url, arn = self.queue(lambda arn: grant({"AWS": OTHER_ACCOUNT}, "sqs:*", resource=arn))
        foreign = self.client(OTHER_ROOT, "sqs")
        foreign.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        with self.refused_by(f"arn:aws:iam::{OTHER_ACCOUNT}:root", "sqs:SetQueueAttributes", arn):
            foreign.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "1"})

    def test_topics(self):
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        _, keys = self.foreigner(allow("sns:Publish"))
        publish = lambda: self.client(keys, "sns").publish(TopicArn=topic, Message="m")
        with self.refused("AccessDenied"):
            publish()
        self.sns.add_permission(TopicArn=topic, Label="friends", AWSAccountId=[OTHER_ACCOUNT], ActionName=["Publish"])
        publish()

    def test_buses(self):
        name = unique("bus")
        bus = self.eventbridge.create_event_bus(Name=name)["EventBusArn"]
        _, keys = self.foreigner(allow("events:PutEvents"))
        entry = {"Source": "com.example", "DetailType": "t", "Detail": "{}", "EventBusName": bus}
        put = lambda: self.client(keys, "events").put_events(Entries=[entry])
        with self.refused("AccessDeniedException"):
            put()
        self.eventbridge.put_permission(EventBusName=name, Action="events:PutEvents", Principal=OTHER_ACCOUNT, StatementId="friends")
        self.assertEqual(put()["FailedEntryCount"], 0)


    def test_rules_that_send_to_buses(self):
        """Asked of whoever puts the target."""
        name, rule = unique("bus"), unique("rule")
        theirs = self.client(OTHER_ROOT, "events")
        bus = theirs.create_event_bus(Name=name)["EventBusArn"]
        self.eventbridge.put_rule(Name=rule, EventPattern='{"source": ["com.example"]}')
        put = lambda: self.eventbridge.put_targets(Rule=rule, Targets=[{"Id": "bus", "Arn": bus}])
        with self.refused("AccessDeniedException"):
            put()
        theirs.put_permission(EventBusName=name, Action="events:PutEvents", Principal=ACCOUNT, StatementId="friends")
        self.assertEqual(put()["FailedEntryCount"], 0)


class Services(PolicyCase):
    """SNS and EventBridge come as themselves, for one topic or rule."""

    def opened_to(self, service: str, *sources: str):
        """A policy for `queue` that opens it to a service, for those sources."""
        return lambda arn: grant({"Service": service}, "sqs:SendMessage", resource=arn, ArnEquals={"aws:SourceArn": list(sources)})

    def subscribed(self, topic: str, queue: str, dead: str) -> None:
        attributes = {"RawMessageDelivery": "true", "RedrivePolicy": json.dumps({"deadLetterTargetArn": dead})}
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes=attributes)

    def test_a_topic_and_its_queues(self):
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        dead, dead_arn = self.queue(self.opened_to("sns.amazonaws.com", topic))
        opened, opened_arn = self.queue(self.opened_to("sns.amazonaws.com", topic))
        closed, closed_arn = self.queue()
        elsewhere, elsewhere_arn = self.queue(self.opened_to("sns.amazonaws.com", topic + "-other"))
        for queue in (opened_arn, closed_arn, elsewhere_arn):
            self.subscribed(topic, queue, dead_arn)
        self.sns.publish(TopicArn=topic, Message="m")
        self.assertEqual((self.bodies(opened), self.bodies(closed), self.bodies(elsewhere)), (["m"], [], []))
        letters: list[str] = []
        wait_until(lambda: letters.extend(self.bodies(dead)) or len(letters) == 2, "two dead letters")

    def rule(self, *targets: dict) -> str:
        name = unique("rule")
        self.eventbridge.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
        self.eventbridge.put_targets(Rule=name, Targets=[{"Id": str(number), **target} for number, target in enumerate(targets)])
        return name

    def put(self, source: str) -> None:
        self.eventbridge.put_events(Entries=[{"Source": source, "DetailType": "t", "Detail": "{}"}])

    def open_to(self, url: str, rule: str) -> None:
        arn = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        of_rule = self.opened_to("events.amazonaws.com", f"arn:aws:events:{self.target.region}:{ACCOUNT}:rule/{rule}")
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": of_rule(arn)})

    def test_a_rule_and_its_queues(self):
        (opened, opened_arn), (closed, closed_arn), (dead, dead_arn) = self.queue(), self.queue(), self.queue()
        rule = self.rule({"Arn": opened_arn}, {"Arn": closed_arn, "DeadLetterConfig": {"Arn": dead_arn}})
        for url in (opened, dead):
            self.open_to(url, rule)
        self.put(rule)
        self.assertEqual((len(self.bodies(opened)), self.bodies(closed)), (1, []))
        [letter] = self.sqs.receive_message(QueueUrl=dead, MessageAttributeNames=["All"], WaitTimeSeconds=5)["Messages"]
        self.assertEqual(letter["MessageAttributes"]["ERROR_CODE"]["StringValue"], "NO_PERMISSIONS")

    def test_a_rule_and_its_topic(self):
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        dead, dead_arn = self.queue()
        url, queue = self.queue(self.opened_to("sns.amazonaws.com", topic))
        self.subscribed(topic, queue, dead_arn)
        rule = self.rule({"Arn": topic, "DeadLetterConfig": {"Arn": dead_arn}})
        self.open_to(dead, rule)
        self.put(rule)
        self.assertEqual((self.bodies(url), len(self.bodies(dead, 5))), ([], 1))
        self.sns.set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=grant({"Service": "events.amazonaws.com"}, "sns:Publish", resource=topic)
        )
        self.put(rule)
        self.assertEqual(len(self.bodies(url, 5)), 1)


class Functions(PolicyCase):
    """They are called by whom AddPermission lets in: users, other accounts, SNS, EventBridge and API Gateway for one thing of theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.functions, cls.gateway = (cls.target.client(service, keys=ROOT) for service in ("lambda", "apigatewayv2"))

    ask = ApiCase.ask

    def function(self, source: str = "def handler(event, context):\n    return 'done'\n") -> tuple[str, str]:
        """Name and ARN."""
        role = self.role(allow("sqs:SendMessage"), trusts=trust(Service="lambda.amazonaws.com"))
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("index.py", source)
        made = self.functions.create_function(
            FunctionName=unique("function"), Runtime="python3.11", Handler="index.handler", Role=role, Code={"ZipFile": package.getvalue()}
        )
        return made["FunctionName"], made["FunctionArn"]

    def told(self) -> tuple[str, str, str]:
        """Name and ARN of a function, and the URL of the queue where its results go."""
        name, arn = self.function()
        url, queue = self.queue()
        self.functions.put_function_event_invoke_config(FunctionName=name, DestinationConfig={"OnSuccess": {"Destination": queue}})
        return name, arn, url

    def open(self, name: str, principal: str, action: str = "lambda:InvokeFunction", **more) -> None:
        self.functions.add_permission(FunctionName=name, StatementId=unique("s"), Action=action, Principal=principal, **more)

    def call(self, keys: tuple[str, ...], arn: str) -> None:
        self.client(keys, "lambda").invoke(FunctionName=arn, InvocationType="DryRun")

    def refused_for(self, who: str, arn: str, why: str, action: str = "lambda:InvokeFunction"):
        return self.refused("AccessDeniedException", f"User: {who} is not authorized to perform: {action} on resource: {arn}{why.format(action)}")

    def test_within_an_account(self):
        name, arn = self.function()
        user, keys = self.principal()
        with self.refused_to(user, "lambda:InvokeFunction", arn):
            self.call(keys, arn)
        self.functions.add_permission(FunctionName=name, StatementId="ada", Action="lambda:InvokeFunction", Principal=user)
        self.call(keys, name)
        with self.refused_to(user, "lambda:InvokeFunction", f"{arn}:$LATEST"):
            self.call(keys, f"{name}:$LATEST")
        self.functions.remove_permission(FunctionName=name, StatementId="ada")
        with self.refused_to(user, "lambda:InvokeFunction", arn):
            self.call(keys, arn)

    def test_tags(self):
        name, arn = self.function()
        _, keys = self.principal(allow("lambda:InvokeFunction", StringEquals={"aws:ResourceTag/team": "blue"}))
        with self.refused("AccessDeniedException"):
            self.call(keys, arn)
        self.functions.tag_resource(Resource=arn, Tags={"team": "blue"})
        self.call(keys, arn)

    def test_across_accounts(self):
        name, arn = self.function()
        nobody, no_keys = self.foreigner()
        friend, keys = self.foreigner(allow("lambda:*"))
        self.open(name, OTHER_ACCOUNT, PrincipalOrgID="o-0123456789")
        with self.refused_for(friend, arn, BY_RESOURCE):
            self.call(keys, arn)
        self.open(name, OTHER_ACCOUNT, "lambda:*")
        self.call(keys, arn)
        self.call(OTHER_ROOT, arn)
        with self.refused_to(nobody, "lambda:InvokeFunction", arn):
            self.call(no_keys, arn)
        functions = self.client(keys, "lambda")
        self.assertEqual(functions.get_function_configuration(FunctionName=arn)["FunctionArn"], arn)
        with self.refused_for(friend, arn, BY_RESOURCE, "lambda:UpdateFunctionConfiguration"):
            functions.update_function_configuration(FunctionName=arn, Timeout=5)
        with self.refused_for(friend, arn, BY_RESOURCE, "lambda:AddPermission"):
            functions.add_permission(FunctionName=arn, StatementId="s", Action="*", Principal="*")

    def test_the_role_of_a_state_machine(self):
        name, arn = self.function()
        role = self.role()
        definition = machine(("Call", {"Type": "Task", "Resource": arn}))
        self.assertEqual(self.run_machine(definition, role)["error"], "Lambda.AWSLambdaException")
        self.open(name, role)
        self.assertEqual(self.run_machine(definition, role)["output"], '"done"')

    def test_a_topic(self):
        name, arn, results = self.told()
        topic = self.sns.create_topic(Name=unique("topic"))["TopicArn"]
        dead, dead_arn = self.queue(lambda arn: grant({"Service": "sns.amazonaws.com"}, "sqs:SendMessage", resource=arn))
        self.sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn, Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn})})
        self.open(name, "sns.amazonaws.com", SourceArn=topic + "-other")
        self.sns.publish(TopicArn=topic, Message="m")
        self.assertEqual(len(self.bodies(dead, 10)), 1)
        self.open(name, "sns.amazonaws.com", SourceArn=topic)
        self.sns.publish(TopicArn=topic, Message="m")
        self.assertEqual(json.loads(self.bodies(results, 10)[0])["responsePayload"], "done")

    def test_a_rule(self):
        name, arn, results = self.told()
        dead, dead_arn = self.queue(lambda arn: grant({"Service": "events.amazonaws.com"}, "sqs:SendMessage", resource=arn))
        rule = unique("rule")
        rule_arn = self.eventbridge.put_rule(Name=rule, EventPattern=json.dumps({"source": [rule]}))["RuleArn"]
        self.eventbridge.put_targets(Rule=rule, Targets=[{"Id": "1", "Arn": arn, "DeadLetterConfig": {"Arn": dead_arn}}])
        put = lambda: self.eventbridge.put_events(Entries=[{"Source": rule, "DetailType": "t", "Detail": "{}"}])
        put()
        [letter] = self.sqs.receive_message(QueueUrl=dead, MessageAttributeNames=["All"], WaitTimeSeconds=10)["Messages"]
        self.assertEqual(letter["MessageAttributes"]["ERROR_CODE"]["StringValue"], "NO_PERMISSIONS")
        self.open(name, "events.amazonaws.com", SourceArn=rule_arn, SourceAccount=ACCOUNT)
        put()
        self.assertEqual(json.loads(self.bodies(results, 10)[0])["requestPayload"]["source"], rule)

    def test_an_api(self):
        (name, arn), (guard, guard_arn) = self.function(), self.function("def handler(event, context):\n    return {'isAuthorized': True}\n")
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"]
        self.gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        authorizer = self.gateway.create_authorizer(
            ApiId=api, Name="guard", AuthorizerType="REQUEST", IdentitySource=["$request.header.word"], AuthorizerPayloadFormatVersion="2.0",
            AuthorizerUri=guard_arn, EnableSimpleResponses=True, AuthorizerResultTtlInSeconds=0,
        )["AuthorizerId"]  # fmt: skip
        integration = self.gateway.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0")
        target = "integrations/" + integration["IntegrationId"]
        self.gateway.create_route(ApiId=api, RouteKey="ANY /pets/{id}", Target=target, AuthorizationType="CUSTOM", AuthorizerId=authorizer)
        self.gateway.create_route(ApiId=api, RouteKey="$default", Target=target)
        get = lambda path: self.ask(api, path=path, headers={"word": "w"}).status
        source = f"arn:aws:execute-api:{self.target.region}:{ACCOUNT}:{api}/"
        self.assertEqual((get("/pets/7"), get("/")), (500, 500))
        self.open(name, "apigateway.amazonaws.com", SourceArn=source + "*/*/pets/{id}")
        self.assertEqual((get("/pets/7"), get("/")), (500, 500))
        self.open(guard, "apigateway.amazonaws.com", SourceArn=source + "authorizers/" + authorizer)
        self.assertEqual((get("/pets/7"), get("/")), (200, 500))
        self.open(name, "apigateway.amazonaws.com", SourceArn=source + "$default/$default")
        self.assertEqual((get("/pets/7"), get("/")), (200, 200))
