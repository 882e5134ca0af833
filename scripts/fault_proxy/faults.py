"""The faults: what happens to a call instead of being answered as it should."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

_HTML = b"<html><head><title>500</title></head><body><h1>Internal Server Error</h1>nginx</body></html>"


@dataclass(frozen=True)
class Answer:
    """What the local AWS answered to a call."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Exchange:
    """One call under a fault: the request, the way to the local AWS, and the client's process where it is known."""

    request: web.Request
    forward: Callable[[], Awaitable[Answer]]
    client_pid: int | None
    stall_seconds: float


Fault = Callable[[Exchange], Awaitable[web.StreamResponse]]
FAULTS: dict[str, Fault] = {}
"""The faults by name. `refused` is not among them: there is no call when the connection is refused."""

LASTING = ("denied", "html-500-lasting", "stall-lasting")
"""The faults that last for every attempt of the call, so that the command has to give up."""


def _fault(name: str) -> Callable[[Fault], Fault]:
    def register(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return register


def plain(answer: Answer) -> web.Response:
    """Return the local AWS's answer as it is."""
    return web.Response(status=answer.status, headers=answer.headers, body=answer.body)


@_fault("reset-before")
async def reset_before(exchange: Exchange) -> web.StreamResponse:
    """The connection is reset before the call reaches AWS."""
    return _reset(exchange.request)


@_fault("reset-after")
async def reset_after(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the connection is reset before the answer."""
    await exchange.forward()
    return _reset(exchange.request)


@_fault("reset-in-body")
async def reset_in_body(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the connection is reset in the middle of the answer's body."""
    answer = await exchange.forward()
    await _write_raw(exchange.request, _head(answer, len(answer.body)) + answer.body[: len(answer.body) // 2])
    return _reset(exchange.request)


@_fault("half-response")
async def half_response(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the connection is closed in good order in the middle of the answer's body."""
    answer = await exchange.forward()
    await _write_raw(exchange.request, _head(answer, len(answer.body)) + answer.body[: len(answer.body) // 2])
    return _close(exchange.request)


@_fault("wrong-length")
async def wrong_length(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the answer promises more bytes than come."""
    answer = await exchange.forward()
    await _write_raw(exchange.request, _head(answer, len(answer.body) + 100) + answer.body)
    return _close(exchange.request)


@_fault("stall")
async def stall(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the answer does not come in the client's time."""
    await exchange.forward()
    await asyncio.sleep(exchange.stall_seconds)
    return _reset(exchange.request)


FAULTS["stall-lasting"] = stall


@_fault("html-500")
async def html_500(exchange: Exchange) -> web.StreamResponse:
    """Something between answers 500 with a page; AWS never saw the call."""
    return web.Response(status=500, body=_HTML, content_type="text/html")


FAULTS["html-500-lasting"] = html_500


@_fault("html-500-after")
async def html_500_after(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; something between answers 500 with a page."""
    await exchange.forward()
    return web.Response(status=500, body=_HTML, content_type="text/html")


@_fault("empty-500")
async def empty_500(exchange: Exchange) -> web.StreamResponse:
    """Something between answers 500 without a body."""
    return web.Response(status=500)


@_fault("503-retry-after")
async def unavailable(exchange: Exchange) -> web.StreamResponse:
    """The service is unavailable and says for how long."""
    return _error(503, "ServiceUnavailable", "Service is unavailable", {"Retry-After": "1"})


@_fault("429")
async def too_many(exchange: Exchange) -> web.StreamResponse:
    """Too many requests, without a body that a client knows."""
    return web.Response(status=429, text="slow down")


@_fault("throttling-burst")
async def throttling(exchange: Exchange) -> web.StreamResponse:
    """The service throttles, twice in a row."""
    return _error(400, "Throttling", "Rate exceeded")


@_fault("duplicate")
async def duplicate(exchange: Exchange) -> web.StreamResponse:
    """The call is delivered twice; the client sees the second answer."""
    await exchange.forward()
    return plain(await exchange.forward())


@_fault("clock-skew")
async def clock_skew(exchange: Exchange) -> web.StreamResponse:
    """The service's clock is an hour ahead, and it refuses the signature for that."""
    ahead = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    message = "Signature expired: 20261121T000000Z is now earlier than 20261121T005500Z"
    return _error(403, "SignatureDoesNotMatch", message, {"Date": ahead})


@_fault("expired-token")
async def expired_token(exchange: Exchange) -> web.StreamResponse:
    """The credentials expire in the middle of the command."""
    return _error(403, "ExpiredToken", "The security token included in the request is expired")


@_fault("denied")
async def denied(exchange: Exchange) -> web.StreamResponse:
    """The caller may not make the call."""
    return _error(403, "AccessDenied", "User: arn:aws:iam::123456789012:user/u is not authorized to perform this")


@_fault("kill-before")
async def kill_before(exchange: Exchange) -> web.StreamResponse:
    """The client is killed when the call arrives; AWS never sees it."""
    _kill(exchange)
    return _reset(exchange.request)


@_fault("kill-after")
async def kill_after(exchange: Exchange) -> web.StreamResponse:
    """AWS acts on the call; the client is killed before the answer."""
    await exchange.forward()
    _kill(exchange)
    return _reset(exchange.request)


def _kill(exchange: Exchange) -> None:
    if exchange.client_pid is not None:
        os.kill(exchange.client_pid, signal.SIGKILL)


def _error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
    """Return an error that both XML and JSON readers could have got from a service of the query protocol."""
    body = (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        "<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>"
    )
    shown = {**(headers or {}), "x-amzn-ErrorType": code, "Content-Type": "text/xml"}
    return web.Response(status=status, body=body.encode(), headers=shown)


def _head(answer: Answer, length: int) -> bytes:
    kept = {name: value for name, value in answer.headers.items() if name.lower() not in ("content-length", "date")}
    lines = [f"HTTP/1.1 {answer.status} OK", *(f"{name}: {value}" for name, value in kept.items())]
    return ("\r\n".join([*lines, f"Content-Length: {length}", "Connection: close"]) + "\r\n\r\n").encode()


async def _write_raw(request: web.Request, data: bytes) -> None:
    """Put bytes on the wire past the server's own idea of an answer, and let them leave."""
    transport = request.transport
    if transport is not None:
        transport.write(data)
        await asyncio.sleep(0.02)


def _reset(request: web.Request) -> web.StreamResponse:
    """End the connection with RST: nothing unsent is sent, and the peer's read fails."""
    transport = request.transport
    if transport is not None:
        underlying = transport.get_extra_info("socket")
        if underlying is not None:
            underlying.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=500)


def _close(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)
