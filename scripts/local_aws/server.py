"""The HTTP server: moto's application behind our control addresses."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

HOST = "127.0.0.1"
CONTROL = "/stackgen-local/"
_Start = Callable[..., Any]


def serve(port: int) -> None:
    """Serve on 127.0.0.1:`port` until SIGTERM or SIGINT."""
    from moto.core.config import default_user_config
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
    from werkzeug.serving import make_server

    from . import cloudformation_api, services
    from .engine import Engine

    default_user_config["lambda"]["use_docker"] = False
    engine = Engine(f"http://{HOST}:{port}")
    services.install()
    cloudformation_api.install(engine)
    application = ControlledApplication(DomainDispatcherApplication(create_backend_app), engine)
    server = make_server(HOST, port, application, threaded=True, request_handler=MotoRequestHandler)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    application.prepare()
    stopping.wait()
    server.shutdown()


class ControlledApplication:
    """A WSGI application that answers our control addresses and hands everything else to moto."""

    def __init__(self, moto_application: Any, engine: Any) -> None:
        """Wrap moto's application around `engine`'s stacks."""
        self._moto = moto_application
        self._engine = engine
        self._ready = threading.Event()

    def prepare(self) -> None:
        """Publish the hosted templates; from then on the server is healthy."""
        from . import hosted

        hosted.publish(self._engine.endpoint)
        self._ready.set()

    def __call__(self, environ: dict[str, Any], start_response: _Start) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(CONTROL):
            return self._moto(environ, start_response)
        status, answer = self._control(environ["REQUEST_METHOD"], path.removeprefix(CONTROL), environ)
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _control(self, method: str, path: str, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if (method, path) == ("GET", "health"):
            return ("200 OK", {"status": "ready"}) if self._ready.is_set() else ("503 Busy", {"status": "starting"})
        if (method, path) == ("POST", "reset"):
            self._reset()
            return "200 OK", {"status": "reset"}
        if path == "fail" and method in ("POST", "DELETE"):
            return self._fail(method, environ)
        command = self._commands().get((method, path))
        if command:
            try:
                return "200 OK", command(_json_body(environ))
            except ValueError as error:
                return "400 Bad Request", {"error": str(error)}
        if method == "PUT" and path.startswith("cfn-response/"):
            return self._take_answer(path.removeprefix("cfn-response/"), environ)
        return "404 Not Found", {"error": f"no such control address: {method} {path}"}

    def _reset(self) -> None:
        from moto.moto_api._internal.models import moto_api_backend

        from . import control

        self._ready.clear()
        self._engine.reset()
        moto_api_backend.reset()
        control.reset()
        self.prepare()

    def _fail(self, method: str, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        from .failures import InjectedFailure

        if method == "DELETE":
            self._engine.failures.clear()
            return "200 OK", {"status": "cleared"}
        wanted = _json_body(environ)
        if not isinstance(wanted.get("logical_id"), str):
            return "400 Bad Request", {"error": "logical_id is required"}
        failure = InjectedFailure(
            logical_id=wanted["logical_id"],
            reason=wanted.get("reason") or "Injected failure",
            operation=str(wanted.get("operation") or "CREATE").upper(),
            stack_name=wanted.get("stack_name"),
        )
        self._engine.failures.add(failure)
        return "200 OK", {"status": "armed"}

    def _commands(self) -> dict[tuple[str, str], Callable[[dict[str, Any]], dict[str, Any]]]:
        from . import control
        from .settings import SETTINGS

        return {**control.COMMANDS, ("POST", "settings"): lambda wanted: asdict(SETTINGS.change(wanted))}

    def _take_answer(self, token: str, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        from .lambda_runner import DESK

        known = DESK.put(token, _json_body(environ))
        return ("200 OK", {}) if known else ("403 Forbidden", {"error": "expired"})


def _json_body(environ: dict[str, Any]) -> dict[str, Any]:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    try:
        body = json.loads(environ["wsgi.input"].read(length) or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
