"""A small HTTP server with good and bad manners, for the tests of the transport.

    python3 server.py        # writes its port and serves until its standard input ends
"""

import json
import os
import socketserver
import sys
import threading
import time


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.peek(1)[:1] == b"\x16":  # a TLS handshake
            self.reply(400, b"no TLS here")
            return
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) < 2:
            return
        method, target = line[0], line[1]
        headers = []
        length = 0
        while (text := self.rfile.readline().decode("latin-1").rstrip("\r\n")):
            name, _, value = text.partition(": ")
            headers.append([name, value])
            if name.lower() == "content-length":
                length = int(value)
            if name.lower() == "expect":
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(length)
        name = target.strip("/").split("/")[0].split("?")[0]
        getattr(self, f"do_{name}", self.do_echo)(method, target, headers, body)

    def reply(self, status, body, *extra):
        lines = [f"HTTP/1.1 {status} Text", *extra, "Connection: close", "", ""]
        self.wfile.write("\r\n".join(lines).encode() + body)

    def do_echo(self, method, target, headers, body):
        seen = {"method": method, "target": target, "headers": headers, "length": len(body), "sum": sum(body)}
        data = json.dumps(seen).encode()
        self.reply(200, b"" if method == "HEAD" else data, f"Content-Length: {len(data)}", "X-Seen: yes",
                   "Set-Cookie: a=b")

    def do_redirect(self, *_):
        self.reply(301, b"<Error/>", "Location: /echo", "x-amz-bucket-region: eu-west-1", "Content-Length: 8")

    def do_short(self, *_):
        self.reply(200, b"half", "Content-Length: 100")

    def do_chopped(self, *_):
        self.reply(200, b"5\r\nhel", "Transfer-Encoding: chunked")

    def do_hangup(self, *_):
        self.connection.close()

    def do_stall(self, *_):
        self.reply(200, b"x", "Content-Length: 2")
        self.wfile.flush()
        time.sleep(20)

    def do_drip(self, *_):
        self.reply(200, b"", "Content-Length: 1000")
        for _ in range(200):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def do_large(self, *_):
        self.reply(200, b"x" * 300_000, "Content-Length: 300000")

    def do_garbage(self, *_):
        self.wfile.write(b"\x00\x01\x02 not http\r\n\r\n")

    def do_error(self, *_):
        self.reply(503, b"<html/>", "Content-Length: 7", "Retry-After: 3", "Date: Fri, 31 Jan 2025 10:20:30 GMT")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
