"""Signatures, when the server knows access keys: right ones pass, everything else is refused in AWS's words."""

import datetime
import unittest

import botocore.exceptions

from serving import ServingCase
from support import wire
from support.target import Target

KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
OTHER = ("AKIDSECOND", "another/secret")
EMPTY_OBJECT = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # the hash of {}
MISMATCH = "The request signature we calculated does not match the signature you provided."


class Signatures(ServingCase):
    arguments = ("--access-key", ":".join(KEYS), "--access-key", ":".join(OTHER))

    def assert_passes(self, **more):
        response = self.send(wire.signed("ListActivities", {}, **{"keys": KEYS} | more))
        self.assertEqual(response.status, 200, response.body)

    def assert_mismatch(self, **more):
        response = self.send(wire.signed("ListActivities", {}, **{"keys": KEYS} | more))
        self.assert_refused(response, "InvalidSignatureException")
        self.assertTrue(response.error["message"].startswith(MISMATCH), response.error)

    def moment(self, minutes: float) -> datetime.datetime:
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)

    def test_right_ones(self):
        self.assert_passes()
        self.assert_passes(keys=OTHER)
        self.assert_passes(host="sync-localhost:4600")
        self.assert_passes(region="eu-north-1")
        self.assert_passes(headers={"X-Amz-Content-Sha256": EMPTY_OBJECT, "Amz-Sdk-Request": "attempt=1;  max=3"})

    def test_boto3(self):
        url = self.server.endpoint
        self.assertEqual(Target(url).client(keys=KEYS).list_activities()["activities"], [])
        for keys, code in (((KEYS[0], "wrong"), "InvalidSignatureException"), (("nobody", KEYS[1]), "UnrecognizedClientException")):
            with self.assertRaises(botocore.exceptions.ClientError) as caught:
                Target(url).client(keys=keys).list_activities()
            self.assertEqual(caught.exception.response["Error"]["Code"], code)

    def test_none(self):
        response = self.send(wire.call("ListActivities", {}))
        self.assert_refused(response, "MissingAuthenticationTokenException", "Request is missing Authentication Token")

    def test_wrong_secrets_and_unknown_keys(self):
        self.assert_mismatch(keys=(KEYS[0], OTHER[1]))
        self.assert_mismatch(keys=(KEYS[0], ""))
        response = self.send(wire.signed("ListActivities", {}, ("AKIDNOBODY", KEYS[1])))
        self.assert_refused(response, "UnrecognizedClientException", "The security token included in the request is invalid.")

    def test_clocks_that_differ(self):
        for minutes in (-4, 4):
            self.assert_passes(time=self.moment(minutes))
        for minutes, words in ((-6, "Signature expired: "), (6, "Signature not yet current: "), (-60 * 24 * 400, "Signature expired: ")):
            with self.subTest(minutes):
                response = self.send(wire.signed("ListActivities", {}, KEYS, time=self.moment(minutes)))
                self.assert_refused(response, "InvalidSignatureException")
                self.assertTrue(response.error["message"].startswith(words), response.error)

    def test_what_is_changed_on_the_way(self):
        def body(request):
            return request[0], b'{"maxResults":1}'

        def line(begin: str, new: str):
            return lambda request: ([new if item.startswith(begin) else item for item in request[0]], request[1])

        self.assert_mismatch(tamper=body)
        self.assert_mismatch(tamper=line("x-amz-target", f"x-amz-target: {wire.TARGET}.ListStateMachines"))
        self.assert_mismatch(tamper=line("host", "host: elsewhere"))
        self.assert_mismatch(tamper=lambda request: ([*request[0][:-1], request[0][-1][:-4] + "0000"], request[1]))

    def test_headers_that_cannot_be_read(self):
        for text in (
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=a",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=zz",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/us-east-1/states/aws4_request, SignedHeaders=, Signature=" + "0" * 64,
            "AWS4-HMAC-SHA256 " + "Credential=" * 1000,
            "AWS4-HMAC-SHA256 Credential=/////, SignedHeaders=;;;;, Signature=",
            "Basic dXNlcjpwYXNz",
            "Bearer x",
            "",
        ):
            with self.subTest(text[:60]):
                now = self.moment(0).strftime("%Y%m%dT%H%M%SZ")
                self.assert_refused(self.send(wire.call("ListActivities", {}, f"Authorization: {text}", f"X-Amz-Date: {now}")))
        for date in ("yesterday", "", "20261340T990000Z", "9" * 1000):
            with self.subTest(date[:20]):
                change = lambda request, d=date: ([f"x-amz-date: {d}" if line.startswith("x-amz-date") else line for line in request[0]], request[1])
                self.assert_refused(self.send(wire.signed("ListActivities", {}, KEYS, tamper=change)))

    def test_health_needs_none(self):
        self.assertTrue(self.server.is_healthy())


if __name__ == "__main__":
    unittest.main()
