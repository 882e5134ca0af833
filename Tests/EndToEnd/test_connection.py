"""Certificates of one's own, proxies, and what stands between: the ways to AWS."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

IDENTITY = (
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>"
    "<Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>"
).encode()
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make certificates")


class Handler(BaseHTTPRequestHandler):
    """Says who calls; as a proxy it does the same, and opens tunnels to this machine."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.seen.append(f"POST {self.path}")
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.server.reply
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        """The metadata of a container or an instance."""
        self.server.seen.append(f"{self.command} {self.path}")
        keys = {"AccessKeyId": "ASIAHERE", "SecretAccessKey": "local", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}
        answers = {"/latest/api/token": "token", "/latest/meta-data/iam/security-credentials/": "role"}
        body = answers.get(self.path, json.dumps(keys)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_GET

    def do_CONNECT(self):
        self.server.seen.append(f"CONNECT {self.path}")
        upstream = socket.create_connection(("127.0.0.1", self.server.tunnel_port))
        self.send_response(200)
        self.end_headers()

        def pump(source, sink):
            while data := source.recv(65536):
                sink.sendall(data)

        back = threading.Thread(target=pump, args=(upstream, self.connection), daemon=True)
        back.start()
        try:
            pump(self.connection, upstream)
        except OSError:
            pass
        upstream.close()
        self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


def start(context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen, server.reply, server.tunnel_port = [], (200, IDENTITY), 0
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def secure(certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "certificate.pem", certificates / "key.pem")
    server = start(context)
    yield server
    server.shutdown()


@pytest.fixture
def plain():
    server = start()
    yield server
    server.shutdown()


def whoami(offline, endpoint: str, expect: int = 0, *flags: str, **variables: str):
    return offline("whoami", *flags, expect=expect, AWS_REGION="us-east-1", AWS_MAX_ATTEMPTS="1", AWS_ENDPOINT_URL=endpoint, **variables)


def test_an_authority_of_ones_own(offline, secure, certificates):
    endpoint = f"https://localhost:{secure.server_port}"
    refused = whoami(offline, endpoint, 1)
    assert "the secure connection was refused" in refused.err and "AWS_CA_BUNDLE" in refused.err
    assert secure.seen == []
    run = whoami(offline, endpoint, AWS_CA_BUNDLE=str(certificates / "ca.pem"))
    assert "123456789012" in run.out and run.err == "" and secure.seen == ["POST /"]


def test_another_authority_is_refused(offline, secure, certificates):
    bundle = certificates / "other.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "other.key", "-out", "other.pem", "-days", "2", "-subj", "/CN=Other"],
        cwd=certificates, check=True, capture_output=True,
    )
    run = whoami(offline, f"https://localhost:{secure.server_port}", 1, AWS_CA_BUNDLE=str(bundle))
    assert "the secure connection was refused" in run.err and secure.seen == []


@pytest.mark.parametrize("content", [None, "no certificates"])
def test_a_bundle_that_is_none(offline, secure, tmp_path, content):
    bundle = tmp_path / "bundle.pem"
    if content:
        bundle.write_text(content)
    run = whoami(offline, f"https://localhost:{secure.server_port}", 253, AWS_CA_BUNDLE=str(bundle))
    assert f"the certificate bundle `{bundle}` (AWS_CA_BUNDLE) must be a file of certificates in PEM" in run.err


@pytest.mark.parametrize("own_authority", [False, True], ids=["system", "own-authority"])
def test_a_proxy_and_what_goes_past_it(offline, plain, certificates, own_authority):
    """Both ways out read the variables as curl does."""
    bundle = {"AWS_CA_BUNDLE": str(certificates / "ca.pem")} if own_authority else {}
    proxy = {"http_proxy": f"http://127.0.0.1:{plain.server_port}"} | bundle
    whoami(offline, "http://aws.test:8080/x", 0, "--allow-plain-http", **proxy)
    assert plain.seen == ["POST http://aws.test:8080/x/"] or plain.seen == ["POST http://aws.test:8080/x"]
    run = whoami(offline, "http://aws.test:8080", 1, "--allow-plain-http", no_proxy="aws.test", **proxy)
    assert "does not resolve" in run.err and len(plain.seen) == 1


@pytest.mark.parametrize("source", ["container", "instance"])
def test_credentials_of_the_machine_itself_go_past_every_proxy(offline, plain, source):
    """A proxy would see the keys, or give its own."""
    machine = start()
    variables = {"http_proxy": f"http://127.0.0.1:{plain.server_port}", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    own = f"http://127.0.0.1:{machine.server_port}"
    if source == "container":
        variables |= {"AWS_CONTAINER_CREDENTIALS_FULL_URI": own + "/creds"}
    else:
        variables |= {"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": own}
    run = whoami(offline, "http://aws.test", 0, "--allow-plain-http", **variables)
    machine.shutdown()
    assert "123456789012" in run.out
    assert machine.seen and {line.split()[0] for line in machine.seen} <= {"GET", "PUT"}
    assert [line.split()[0] for line in plain.seen] == ["POST"], "only the call to AWS went by the proxy"


def test_a_tunnel_through_a_proxy(offline, plain, secure, certificates):
    plain.tunnel_port = secure.server_port
    proxy = {"HTTPS_PROXY": f"http://127.0.0.1:{plain.server_port}", "AWS_CA_BUNDLE": str(certificates / "ca.pem")}
    run = whoami(offline, "https://aws.test", **proxy)
    assert "123456789012" in run.out
    assert plain.seen == ["CONNECT aws.test:443"] and secure.seen == ["POST /"]
    assert urlsplit("https://aws.test").hostname == "aws.test"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((500, b"<html><h1>Proxy says no</h1></html>"), "HTTP500: the answer is no error document"),
        ((500, b""), "HTTP500: the answer has no body"),
        ((200, b""), "the answer cannot be read: it is not XML"),
        ((200, b"<html>Please log in</html>"), "its root is <html>"),
        ((403, b"<html>Blocked</html>"), "begins: <html>Blocked</html>"),
    ],
)
def test_what_stands_between_is_named(offline, plain, reply, words):
    plain.reply = reply
    run = whoami(offline, f"http://127.0.0.1:{plain.server_port}", 254)
    assert words in run.err
