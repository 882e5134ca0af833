"""The proxy itself: an HTTP server in a thread, in front of one endpoint."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from .calls import Call, name_of
from .faults import FAULTS, LASTING, Answer, Exchange, plain

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "server", "date"}
_REPEATED = {"throttling-burst": 2}
_READ_LIMIT = 64 * 1024 * 1024


@dataclass
class Plan:
    """What is to go wrong: the fault, and the call that it befalls."""

    fault: str
    call: Call
    happened: int = 0
    refuse_seconds: float = 0.4

    def is_due(self, call: Call) -> bool:
        """Whether the fault befalls this arrival: the planned one, and those after it that it lasts for."""
        if self.fault == "refused" or call.name != self.call.name or call.number < self.call.number:
            return False
        lasts = self.fault in LASTING
        return lasts or self.happened < _REPEATED.get(self.fault, 1)


@dataclass
class FaultProxy:
    """A proxy on a free port of 127.0.0.1. `client_pid` is whom the kill faults kill."""

    upstream: str
    stall_seconds: float = 3.0
    client_pid: int | None = None
    plan: Plan | None = None
    calls: list[Call] = field(default_factory=list)
    port: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Serve until `stop`; returns when the port is open."""
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="fault-proxy", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Close every connection and the port."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    @property
    def endpoint(self) -> str:
        """The address to give a client in place of the real endpoint."""
        return f"http://127.0.0.1:{self.port}"

    def arm(self, plan: Plan | None) -> None:
        """Forget what was counted and let `plan` happen to what comes now."""
        self.calls, self.plan, self._counts, self.client_pid = [], plan, Counter(), None
        if plan and plan.fault == "refused" and plan.call.number == 0:
            self._refuse(plan)

    def refuse_from_now(self, plan: Plan) -> None:
        """Close the port for a moment: connections are refused."""
        self._refuse(plan)

    def _refuse(self, plan: Plan) -> None:
        plan.happened += 1
        asyncio.run_coroutine_threadsafe(self._shut_for(plan.refuse_seconds), self._loop).result(timeout=10)

    # ------------------------------------------------------------------- the loop

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        ready.set()
        self._loop.run_forever()

    async def _open(self) -> None:
        self._session = aiohttp.ClientSession(auto_decompress=False)
        application = web.Application(client_max_size=_READ_LIMIT)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await self._listen()

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    async def _shut_for(self, seconds: float) -> None:
        await self._site.stop()

        async def reopen() -> None:
            await asyncio.sleep(seconds)
            await self._listen()

        self._reopening = self._loop.create_task(reopen())

    async def _close(self) -> None:
        await self._session.close()
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await request.read()
        except ConnectionError:
            return web.Response(status=400)  # The client is gone; nobody reads this.
        name = name_of(request.method, request.path, dict(request.headers), body)
        self._counts[name] += 1
        call = Call(name, self._counts[name])
        self.calls.append(call)

        async def forward() -> Answer:
            return await self._forward(request, body)

        plan = self.plan
        if plan is None:
            return plain(await forward())
        if plan.fault == "refused":
            return await self._answer_and_refuse(plan, call, forward)
        if not plan.is_due(call):
            return plain(await forward())
        plan.happened += 1
        return await FAULTS[plan.fault](Exchange(request, forward, self.client_pid, self.stall_seconds))

    async def _answer_and_refuse(self, plan: Plan, call: Call, forward: object) -> web.StreamResponse:
        """Answer the call before the planned one, and refuse the connection that the planned one needs."""
        answer = plain(await forward())  # type: ignore[operator]
        if call == plan.call and not plan.happened:
            plan.happened += 1
            answer.force_close()
            await self._shut_for(plan.refuse_seconds)
        return answer

    async def _forward(self, request: web.Request, body: bytes) -> Answer:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("connection",)}
        url = f"{self.upstream}{request.raw_path}"
        async with self._session.request(
            request.method, aiohttp.client.URL(url, encoded=True), headers=headers, data=body, allow_redirects=False
        ) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP_BY_HOP}
            return Answer(answer.status, kept, await answer.read())
