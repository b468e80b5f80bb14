"""The TLS port: versions, ALPN, clients that speak something else, certificates that are bad or change."""

import contextlib
import json
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest

from local.aws import Client
from local.server import Server, program
from local.wait import wait_until
from support import wire
from support.certificates import Authority

LIST = wire.call("ListActivities", b'{"maxResults":1}')


class TlsCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.authority = Authority(cls.folder)

    def context(self, alpn: list[str] | None = None) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.authority.path)
        if alpn:
            context.set_alpn_protocols(alpn)
        return context

    def connect(self, port: int, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        plain = wire.connect(port)
        self.addCleanup(plain.close)
        secure = (context or self.context()).wrap_socket(plain, server_hostname="localhost")
        self.addCleanup(secure.close)
        return secure


class Connections(TlsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        certificate = cls.authority.certificate("server")
        cls.server = cls.enterClassContext(Server(arguments=certificate.arguments, authority=str(certificate.authority)))

    def tearDown(self):
        self.assertTrue(self.server.is_healthy(), self.server.log_tail())

    def open(self, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        return self.connect(self.server.port, context)

    def test_versions(self):
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            with self.subTest(name):
                context = self.context()
                context.minimum_version = context.maximum_version = version
                connection = self.open(context)
                self.assertEqual(connection.version(), name)
                connection.sendall(LIST)
                self.assertEqual(wire.read(connection).status, 200)
        context = self.context()
        context.set_ciphers("AES256-SHA256:@SECLEVEL=0")  # without forward secrecy
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assertRaises(ssl.SSLError, self.open, context)

    def test_alpn(self):
        for offered, chosen in ((None, None), (["http/1.1"], "http/1.1"), (["h2", "http/1.1"], "http/1.1")):
            with self.subTest(offered):
                connection = self.open(self.context(offered))
                self.assertEqual(connection.selected_alpn_protocol(), chosen)
                connection.sendall(LIST)
                self.assertEqual(wire.read(connection).status, 200)
        self.assertRaises(ssl.SSLError, self.open, self.context(["h2"]))

    def test_many_requests_and_large_ones(self):
        connection = self.open()
        connection.sendall(LIST * 300)
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 300 or not received.endswith(b"}"):
            received += connection.recv(1 << 20)
        connection.sendall(wire.call("CreateActivity", {"name": "x" * 3_000_000}))
        self.assertEqual(wire.read(connection).code, "ValidationException")

    def test_large_answers(self):
        client = Client(self.server.endpoint, authority=str(self.authority.path))
        states = {f"S{n}": {"Type": "Pass", "Next": f"S{n + 1}"} for n in range(300)} | {"S300": {"Type": "Succeed"}}
        definition = json.dumps({"StartAt": "S0", "States": states})
        machine = client.states("CreateStateMachine", name="large", definition=definition, roleArn="arn:aws:iam::123456789012:role/x")
        execution = client.states("StartExecution", stateMachineArn=machine["stateMachineArn"], input=json.dumps("y" * 9_000))
        history = client.states("GetExecutionHistory", executionArn=execution["executionArn"], maxResults=1000)
        self.assertEqual(len(history["events"]), 604)

    def test_byte_by_byte(self):
        connection = self.open()
        for byte in LIST:
            connection.sendall(bytes([byte]))
        self.assertEqual(wire.read(connection).status, 200)

    def test_a_client_that_ends_its_side(self):
        connection = self.open()
        connection.sendall(LIST)
        self.assertEqual(wire.read(connection).status, 200)
        connection.unwrap()

    def test_plain_http_is_told(self):
        response = wire.exchange(self.server.port, LIST)
        self.assertEqual(response.status, 400)
        self.assertIn(b"This port speaks TLS: use https://", response.body)

    def test_what_is_no_tls(self):
        for data in (b"\0" * 100, b"SSH-2.0-OpenSSH_9.2\r\n", b"\x16\x03\x01\x40\x00" + b"\x55" * 200, b"\x16"):
            with self.subTest(data[:10]), contextlib.closing(wire.connect(self.server.port)) as connection:
                connection.sendall(data)
                with contextlib.suppress(OSError):  # it has been closed already
                    connection.shutdown(socket.SHUT_WR)
                while not wire.is_closed(connection):
                    pass

    def test_clients_that_leave(self):
        for length in range(0, len(LIST), 40):
            connection = self.open()
            connection.sendall(LIST[:length])
            connection.close()


class Reload(TlsCase):
    def setUp(self):
        self.certificate = self.authority.certificate("server", subject="first")
        self.server = self.enterContext(Server(arguments=self.certificate.arguments, authority=str(self.authority.path)))

    def subject(self) -> str:
        names = self.connect(self.server.port).getpeercert()["subject"]
        return dict(name for part in names for name in part)["commonName"]

    def test_when_the_files_change(self):
        kept = self.connect(self.server.port)
        self.assertEqual(self.subject(), "first")
        self.authority.certificate("server", subject="second")
        wait_until(lambda: self.subject() == "second", "the new certificate to be shown")
        kept.sendall(LIST)
        self.assertEqual(wire.read(kept).status, 200)

    def test_on_a_hangup(self):
        self.authority.certificate("server", subject="third")
        os.kill(self.server.pid, signal.SIGHUP)
        wait_until(lambda: self.subject() == "third", "the new certificate to be shown")
        self.assertTrue(self.server.is_running())

    def test_what_is_unusable_is_not_taken(self):
        good = self.certificate.chain.read_text()
        for text, words in (("nothing", "no certificate in PEM form"), (self.authority.certificate("old", days=-1).chain.read_text(), "not that of")):
            self.certificate.chain.write_text(text)
            os.kill(self.server.pid, signal.SIGHUP)
            wait_until(lambda w=words: w in self.server.log_tail(), "the log to tell")
            self.assertIn("stays in use", self.server.log_tail())
            self.assertEqual(self.subject(), "first")
        self.certificate.chain.write_text(good)


class BadFiles(TlsCase):
    def refusal(self, *arguments: str) -> str:
        done = subprocess.run([program(), "serve", "--listen", "127.0.0.1:0", "--store", "memory", *arguments], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def file(self, name: str, text: str) -> str:
        path = self.authority.folder / name
        path.write_text(text)
        return str(path)

    def test_each_is_told_apart(self):
        good, other = self.authority.certificate("good"), self.authority.certificate("other")
        expired = self.authority.certificate("expired", days=-1)
        encrypted = str(self.authority.folder / "encrypted.key")
        subprocess.run(["openssl", "ec", "-in", good.key, "-aes128", "-passout", "pass:secret", "-out", encrypted], check=True, capture_output=True)
        empty = self.file("empty.pem", "")
        cut = self.file("cut.pem", good.chain.read_text()[:200])
        for certificate, key, words in (
            ("/nowhere/a.pem", good.key, "/nowhere/a.pem: No such file"),
            (good.chain, "/nowhere/a.key", "/nowhere/a.key: No such file"),
            (empty, good.key, "no certificate in PEM form"),
            (cut, good.key, "no certificate in PEM form"),
            (good.chain, empty, "no private key in PEM form"),
            (good.chain, other.key, "the private key is not that of the certificate"),
            (good.chain, encrypted, "the key is encrypted"),
            (expired.chain, expired.key, "the certificate expired at "),
        ):
            with self.subTest(words):
                self.assertIn(words, self.refusal("--tls-cert", str(certificate), "--tls-key", str(key)))
        for arguments in (["--tls-cert", str(good.chain)], ["--tls-key", str(good.key)], ["--tls-listen", "127.0.0.1:0"]):
            with self.subTest(arguments[0]):
                self.assertIn("--tls-", self.refusal(*arguments))

    def test_a_certificate_does_not_make_callers_known(self):
        good = self.authority.certificate("good")
        self.assertIn("--access-key", self.refusal(*good.arguments, "--tls-listen", "0.0.0.0:0"))


class SideBySide(TlsCase):
    def test_plain_and_tls(self):
        arguments = [*self.authority.certificate("server").arguments, "--tls-listen", "127.0.0.1:0"]
        with Server(arguments=arguments) as server:
            self.assertEqual(wire.exchange(server.port, LIST).status, 200)
            log = server.log_tail()
            port = int(log.split(" and https://127.0.0.1:")[1].split()[0])
            connection = self.connect(port)
            connection.sendall(LIST)
            self.assertEqual(wire.read(connection).status, 200)
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
