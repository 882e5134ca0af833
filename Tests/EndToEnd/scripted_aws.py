"""An AWS endpoint that answers some operations from a script and hands the others on to the local AWS."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, str, str]


def xml(operation: str, result: str, status: int = 200) -> Answer:
    """An answer of the query protocol."""
    body = f"<{operation}Response><{operation}Result>{result}</{operation}Result></{operation}Response>"
    return status, "text/xml", body


def xml_error(code: str, message: str = "scripted", status: int = 403) -> Answer:
    """An error of the query protocol."""
    return status, "text/xml", f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"


def ec2_error(code: str, message: str = "scripted", status: int = 403) -> Answer:
    """An error of EC2."""
    return status, "text/xml", f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors></Response>"


def answer(body: dict, status: int = 200) -> Answer:
    """An answer of the JSON protocol."""
    return status, "application/x-amz-json-1.1", json.dumps(body)


def error(code: str, message: str = "scripted", status: int = 400) -> Answer:
    """An error of the JSON protocol."""
    return answer({"__type": code, "message": message}, status)


@dataclass
class ScriptedAWS:
    """What is answered, by operation, and which operations were asked for."""

    endpoint: str = ""
    script: dict[str, Callable[[dict], Answer | None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, operation: str, reply: Answer | Callable[[dict], Answer | None]) -> None:
        """Answer an operation; a function that returns None hands it on."""
        self.script[operation] = reply if callable(reply) else lambda _: reply


def serve(backend: str) -> tuple[ScriptedAWS, ThreadingHTTPServer]:
    """Start a server in front of a local AWS."""
    scripted = ScriptedAWS()
    target = urlsplit(backend)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_all(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            operation, parameters = self.operation(body)
            scripted.asked.append(operation)
            scripted.heads.append((operation, dict(self.headers)))
            reply = scripted.script.get(operation, lambda _: None)(parameters)
            if reply is None:
                self.hand_on(body)
                return
            status, kind, text = reply
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def operation(self, body: bytes) -> tuple[str, dict]:
            """The operation's name: that of the protocol, or method and path."""
            if target_header := self.headers.get("X-Amz-Target"):
                return target_header.split(".")[-1], json.loads(body)
            form = {key: values[0] for key, values in parse_qs(body.decode(errors="replace")).items()}
            if "Action" in form:
                return form["Action"], form
            return f"{self.command} {self.path}", {}

        def hand_on(self, body: bytes) -> None:
            connection = http.client.HTTPConnection(target.hostname, target.port, timeout=60)
            connection.request(self.command, self.path, body, dict(self.headers))
            response = connection.getresponse()
            data = response.read()
            self.send_response_only(response.status)
            for name, value in response.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)
            connection.close()

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_all

        def log_message(self, *_) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        # The default of 5 connections that wait is less than a preflight makes at once, and the system drops the rest.
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    scripted.endpoint = f"http://127.0.0.1:{server.server_port}"
    return scripted, server
