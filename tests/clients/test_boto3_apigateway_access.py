"""Who is let in to HTTP APIs: JWT authorizers, Lambda authorizers, AWS_IAM; and whose permissions integrations have."""

import json
import time

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from support.access import ROOT, AccessCase, allow, trust
from support.http_apis import ApiCase
from support.issuer import Issuer
from support.machines import passing
from support.target import unique

ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
"""
# Counts its calls in the context that it gives.
GUARD = """
calls = 0

def handler(event, context):
    global calls
    calls += 1
    word = event["identitySource"][0] if isinstance(event["identitySource"], list) else event["identitySource"]
    arn = event.get("routeArn") or event["methodArn"]
    context = {"calls": calls, "who": word}
    if word == "fails": raise ValueError("no")
    if word == "nonsense": return {"x": 1}
    if SIMPLE: return {"isAuthorized": word == "good", "context": context}
    effect = "Allow" if word == "good" else "Deny"
    resource = arn.rsplit("/", 1)[0] + "/first"
    return {"principalId": "ada", "policyDocument": {"Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}]}, "context": context}
"""
UNAUTHORIZED, FORBIDDEN, FAILED = {"message": "Unauthorized"}, {"message": "Forbidden"}, {"message": "Internal Server Error"}


class Tokens(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.issuer = cls.enterClassContext(Issuer())
        case = cls()
        cls.api_id = case.api()
        jwt = {"Issuer": cls.issuer.url, "Audience": ["orders", "shop"]}
        authorizer = cls.gateway.create_authorizer(
            ApiId=cls.api_id, Name="jwt", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"], JwtConfiguration=jwt
        )["AuthorizerId"]
        echo = case.function(ECHO)
        case.lambda_route(cls.api_id, "GET /any", echo, AuthorizationType="JWT", AuthorizerId=authorizer)
        case.lambda_route(cls.api_id, "GET /scoped", echo, AuthorizationType="JWT", AuthorizerId=authorizer, AuthorizationScopes=["read", "write"])
        case.lambda_route(cls.api_id, "GET /one", echo, "1.0", AuthorizationType="JWT", AuthorizerId=authorizer)

    def get(self, path: str, token: str | None):
        return self.ask(self.api_id, path=path, headers={"Authorization": token} if token else None)

    def test_let_in(self):
        token = self.issuer.token(groups=["a", "b"], admin=True)
        told = self.get("/any", f"Bearer {token}").json["jwt"]
        self.assertEqual((told["claims"]["sub"], told["claims"]["groups"], told["claims"]["admin"], told["scopes"]), ("ada", "[a b]", "true", None))
        self.assertEqual(self.get("/any", token).status, 200)
        told = self.get("/scoped", "bearer " + self.issuer.token(scope="openid read")).json["jwt"]
        self.assertEqual(told["scopes"], ["read", "write"])
        told = self.get("/one", self.issuer.token()).json
        self.assertEqual((told["claims"]["sub"], told["scopes"]), ("ada", None))

    def test_not_let_in(self):
        with Issuer() as stranger:
            tokens = {
                "expired": self.issuer.token(exp=int(time.time()) - 1),
                "not yet": self.issuer.token(nbf=int(time.time()) + 100),
                "for others": self.issuer.token(aud="else"),
                "of others": self.issuer.token(iss="https://example.com"),
                "signed by others": stranger.token(iss=self.issuer.url),
                "unsigned": self.issuer.token(header={"alg": "none"}),
                "another algorithm": self.issuer.token(header={"alg": "HS256"}),
                "no kid": self.issuer.token(header={"kid": "two"}),
                "malformed": "x.y.z",
            }
        for name, token in tokens.items():
            with self.subTest(name):
                answer = self.get("/any", f"Bearer {token}")
                self.assertEqual((answer.status, answer.json), (401, UNAUTHORIZED))
                self.assertIn('error="invalid_token"', answer.headers["www-authenticate"])
        answer = self.get("/any", None)
        self.assertEqual((answer.status, answer.json, answer.headers["www-authenticate"]), (401, UNAUTHORIZED, "Bearer"))
        answer = self.get("/scoped", self.issuer.token(scope="reader"))
        self.assertEqual((answer.status, answer.json), (403, FORBIDDEN))
        self.assertIn('error="insufficient_scope"', answer.headers["www-authenticate"])

    def test_keys_are_asked_for_seldom(self):
        self.get("/any", self.issuer.token())
        before = self.issuer.asked
        for _ in range(3):
            self.get("/any", self.issuer.token())
        self.assertEqual(self.issuer.asked, before)


class Guards(ApiCase):
    def guarded(self, simple: bool, version: str, seconds: int = 0) -> str:
        api = self.api()
        authorizer = self.gateway.create_authorizer(
            ApiId=api, Name="guard", AuthorizerType="REQUEST", IdentitySource=["$request.header.word"], AuthorizerPayloadFormatVersion=version,
            AuthorizerUri=self.function(GUARD.replace("SIMPLE", str(simple))), EnableSimpleResponses=simple, AuthorizerResultTtlInSeconds=seconds,
        )["AuthorizerId"]  # fmt: skip
        echo = self.function(ECHO)
        for key in ("GET /first", "GET /second"):
            self.lambda_route(api, key, echo, AuthorizationType="CUSTOM", AuthorizerId=authorizer)
        return api

    def get(self, api: str, path: str, word: str | None):
        return self.ask(api, path=path, headers={"word": word} if word else None)

    def test_simple_answers(self):
        api = self.guarded(True, "2.0")
        self.assertEqual(self.get(api, "/first", "good").json, {"lambda": {"calls": 1, "who": "good"}})
        self.assertEqual(self.get(api, "/first", "good").json["lambda"]["calls"], 2)
        for word, status, body in (("bad", 403, FORBIDDEN), (None, 401, UNAUTHORIZED), ("fails", 500, FAILED), ("nonsense", 500, FAILED)):
            with self.subTest(word):
                answer = self.get(api, "/first", word)
                self.assertEqual((answer.status, answer.json), (status, body))

    def test_policies_are_remembered(self):
        for version in ("2.0", "1.0"):
            with self.subTest(version):
                api = self.guarded(False, version, seconds=300)
                self.assertEqual(self.get(api, "/first", "good").json["lambda"], {"calls": 1, "who": "good"})
                self.assertEqual(self.get(api, "/first", "good").json["lambda"]["calls"], 1)
                self.assertEqual(self.get(api, "/second", "good").status, 403)
                self.assertEqual(self.get(api, "/first", "bad").status, 403)
                self.gateway.reset_authorizers_cache(ApiId=api, StageName="$default")
                self.assertEqual(self.get(api, "/first", "good").json["lambda"]["calls"], 3)


class Permissions(AccessCase):
    ask = ApiCase.ask

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.target.client("apigatewayv2", keys=ROOT)

    def role(self, *statements: dict) -> str:
        name = unique("role")
        arn = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(Service=["apigateway.amazonaws.com", "states.amazonaws.com"]))["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": list(statements) or [allow("sts:None")]}))
        return arn

    def api(self, role: str, machine: str, **route) -> str:
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"]
        self.gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        target = self.gateway.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationSubtype="StepFunctions-StartExecution", PayloadFormatVersion="1.0", CredentialsArn=role,
            RequestParameters={"StateMachineArn": machine},
        )["IntegrationId"]  # fmt: skip
        self.gateway.create_route(ApiId=api, RouteKey="POST /", Target=f"integrations/{target}", **route)
        return api

    def signed(self, api: str, keys: tuple[str, ...], path: str = "/", method: str = "POST"):
        url = f"{self.target.url}/_aws/execute-api/{api}{path}"
        request = AWSRequest(method, url, data=b"")
        SigV4Auth(Credentials(*keys), "execute-api", self.target.region).add_auth(request)
        return self.ask(api, method, path, b"", dict(request.headers.items()), host=None)

    def test_an_integration_may_what_its_role_may(self):
        machine = self.states.create_state_machine(name=unique("m"), definition=json.dumps(passing()), roleArn=self.role())["stateMachineArn"]
        self.assertEqual(self.ask(self.api(self.role(allow("states:StartExecution")), machine), "POST").status, 200)
        refused = self.ask(self.api(self.role(allow("states:StopExecution")), machine), "POST")
        self.assertEqual(refused.status, 400)
        self.assertIn("is not authorized to perform: states:StartExecution", refused.json["message"])
        strange = "arn:aws:iam::123456789012:role/nobody"
        self.assertEqual((self.ask(self.api(strange, machine), "POST").status), 500)

    def test_signed_requests(self):
        machine = self.states.create_state_machine(name=unique("m"), definition=json.dumps(passing()), roleArn=self.role())["stateMachineArn"]
        api = self.api(self.role(allow("states:StartExecution")), machine, AuthorizationType="AWS_IAM")
        refused = self.ask(api, "POST")
        self.assertEqual((refused.status, refused.json), (403, FORBIDDEN))
        self.assertEqual(self.signed(api, ROOT).status, 200)
        self.assertEqual(self.signed(api, (ROOT[0], "wrong")).status, 403)
        arn = f"arn:aws:execute-api:{self.target.region}:123456789012:{api}/$default/POST/"
        _, may = self.user(allow("execute-api:Invoke", resource=arn))
        _, may_not = self.user(allow("execute-api:Invoke", resource=arn + "x"))
        self.assertEqual((self.signed(api, may).status, self.signed(api, may_not).status), (200, 403))

    def test_managing_apis_needs_permission(self):
        api = self.gateway.create_api(Name=unique("api"), ProtocolType="HTTP")["ApiId"]
        _, keys = self.user(allow("apigateway:GET", resource=f"arn:aws:apigateway:{self.target.region}::/apis/{api}*"))
        client = self.client(keys, "apigatewayv2")
        self.assertEqual(client.get_api(ApiId=api)["ApiId"], api)
        with self.refused("AccessDeniedException"):
            client.delete_api(ApiId=api)
        with self.refused("AccessDeniedException"):
            client.get_apis()
