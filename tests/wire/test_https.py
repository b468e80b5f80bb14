"""Calls that the server makes over https: whom it believes, and what a workflow is told where it does not."""

import json
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from local.aws import Client
from local.server import Server, free_port, held_port, program
from local.wait import wait_until
from support.certificates import Authority, Certificate
from support.fake_lambda import FakeLambda

ROLE = "arn:aws:iam::123456789012:role/x"


def server_context(certificate: Certificate, version: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    if version:
        context.minimum_version = context.maximum_version = version
    return context


class HttpsCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.authority = Authority(cls.folder)
        cls.certificate = cls.authority.certificate("server")

    def serve(self, endpoint: str, *arguments: str) -> Client:
        return Client(self.enterContext(Server(arguments=["--endpoint", f"lambda={endpoint}", *arguments])).endpoint)

    def trusting(self, endpoint: str) -> Client:
        return self.serve(endpoint, "--ca-bundle", str(self.authority.path))

    def invoke(self, client: Client, payload: dict) -> dict:
        state = {"Type": "Task", "Resource": FakeLambda.arn("echo"), "End": True}
        machine = client.states("CreateStateMachine", name=f"call-{free_port()}", roleArn=ROLE, definition=json.dumps({"StartAt": "A", "States": {"A": state}}))
        started = client.states("StartExecution", stateMachineArn=machine["stateMachineArn"], input=json.dumps(payload))

        def ended():
            return client.states("DescribeExecution", executionArn=started["executionArn"])["status"] != "RUNNING"

        wait_until(ended, "the execution to end")
        return client.states("DescribeExecution", executionArn=started["executionArn"])

    def refusal(self, execution: dict) -> str:
        self.assertEqual((execution["status"], execution.get("error")), ("FAILED", "Lambda.SdkClientException"), execution)
        return execution["cause"]


class Answers(HttpsCase):
    def test_each_version(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name), FakeLambda(server_context(self.certificate, version), echo=lambda event: event) as functions:
                client = self.trusting(functions.endpoint)
                for payload in ({"a": 1}, {"large": "x" * 200_000}):
                    execution = self.invoke(client, payload)
                    self.assertEqual(json.loads(execution["output"]), payload)
                self.assertEqual(len(functions.sessions), 1)

    def test_a_session_is_taken_up_again(self):
        """The connection is closed by the host; the next one begins with the session of the one before."""
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version.name), FakeLambda(server_context(self.certificate, version), echo=lambda event: event) as functions:
                client = self.trusting(functions.endpoint)
                self.invoke(client, {})
                self.assertFalse(functions.sessions[0].session_reused)
                functions.sessions[0].shutdown(socket.SHUT_RDWR)
                self.invoke(client, {})
                self.assertTrue(functions.sessions[1].session_reused)

    def test_openssl_as_the_host(self):
        """What openssl serves under /…/invocations is a file, whatever the method."""
        port = self.enterContext(held_port()).getsockname()[1]
        host = subprocess.Popen(["openssl", "s_server", "-accept", str(port), "-cert", self.certificate.chain, "-key", self.certificate.key, "-quiet", "-alpn",
                                 "http/1.1", "-servername", "localhost", "-servername_fatal", "-cert2", self.certificate.chain, "-key2", self.certificate.key,
                                 "-no_ign_eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        self.addCleanup(host.wait, 10)
        self.addCleanup(host.kill)
        self.addCleanup(host.stdout.close)
        self.addCleanup(host.stdin.close)

        def listens():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(listens, "openssl to listen")
        client = self.trusting(f"https://localhost:{port}")
        outcome = []
        caller = threading.Thread(target=lambda: outcome.append(self.invoke(client, {"to": "openssl"})))
        caller.start()
        request = b""
        while b'{"to":"openssl"}' not in request:
            request += host.stdout.read1()
        self.assertIn(f"Host: localhost:{port}\r\n".encode(), request)
        host.stdin.write(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"by":"it"}')
        host.stdin.flush()
        caller.join()
        self.assertEqual(outcome[0]["status"], "SUCCEEDED", outcome)


class Refusals(HttpsCase):
    def test_who_is_not_believed(self):
        with FakeLambda(server_context(self.certificate), echo=lambda event: event) as functions:
            self.assertIn("its certificate is not trusted here", self.refusal(self.invoke(self.serve(functions.endpoint), {})))
            elsewhere = self.trusting(f"https://not-here.localhost.:{functions.port}")
            self.assertRegex(self.refusal(self.invoke(elsewhere, {})), "Could not connect to ")
            self.assertEqual(functions.calls["echo"], [])

    def test_what_is_wrong_with_a_certificate(self):
        for words, certificate in (
            ("its certificate has expired", self.authority.certificate("expired", days=-1)),
            ("its certificate is for another host", self.authority.certificate("other", names="DNS:other.example")),
        ):
            with self.subTest(words), FakeLambda(server_context(certificate), echo=lambda event: event) as functions:
                self.assertIn(words, self.refusal(self.invoke(self.trusting(functions.endpoint), {})))
                self.assertEqual(functions.calls["echo"], [])

    def test_a_host_without_tls(self):
        with FakeLambda(echo=lambda event: event) as functions:
            client = self.trusting(functions.endpoint.replace("http:", "https:"))
            self.assertIn("it does not speak TLS", self.refusal(self.invoke(client, {})))

    def test_an_old_version(self):
        context = server_context(self.certificate)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with FakeLambda(context, echo=lambda event: event) as functions:
            self.assertIn("TLS failed", self.refusal(self.invoke(self.trusting(functions.endpoint), {})))

    def test_a_bundle_that_is_none(self):
        for path, words in (("/nowhere/ca.pem", "No such file"), (str(self.certificate.key), "no certificate in PEM form")):
            done = subprocess.run([program(), "serve", "--listen", "127.0.0.1:0", "--store", "memory", "--ca-bundle", path], capture_output=True, text=True, timeout=20)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"{path}: ", done.stderr)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
