"""Running the Python function behind a custom resource, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moto.awslambda.utils import get_backend

from .errors import ProvisioningError

if TYPE_CHECKING:
    from .resources.base import Request

_BOOTSTRAP = Path(__file__).parent / "lambda_runtime"
_OUTPUT_LIMIT = 2_000


class ResponseDesk:
    """Where functions put their answers: each waiting request has an address nobody can guess."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._answers: dict[str, dict[str, Any] | None] = {}
        self._lock = threading.Lock()

    def open(self) -> str:
        """Return the token of a new waiting request."""
        token = uuid.uuid4().hex
        with self._lock:
            self._answers[token] = None
        return token

    def put(self, token: str, answer: dict[str, Any]) -> bool:
        """Take an answer; the first one counts. Return whether anybody waits for it."""
        with self._lock:
            if token not in self._answers:
                return False
            self._answers[token] = self._answers[token] or answer
            return True

    def take(self, token: str) -> dict[str, Any] | None:
        """Return the answer, if one came, and stop waiting."""
        with self._lock:
            return self._answers.pop(token, None)


DESK = ResponseDesk()


def ask(request: Request, event: dict[str, Any]) -> dict[str, Any]:
    """Run the function named by the event's ServiceToken and return the answer it put to its ResponseURL.

    A function that ends without an answer gives one without `Status`, whose `Reason` says so; on AWS the
    resource would wait for its ServiceTimeout first. Raises `ProvisioningError` when it cannot be run.
    """
    function = _function(request, event["ServiceToken"])
    if not str(function.run_time).startswith("python"):
        raise ProvisioningError(f"The local AWS runs Python functions only, not {function.run_time}")
    token = DESK.open()
    event["ResponseURL"] = f"{request.engine.endpoint}/stackgen-local/cfn-response/{token}"
    output = _run(request, function, event)
    answer = DESK.take(token)
    _write_log(request, function, output)
    if answer is None:
        return {
            "Reason": "CloudFormation did not receive a response from your Custom Resource. Please check your logs "
            f"for requestId [{event['RequestId']}]. {output[-_OUTPUT_LIMIT:].strip()}".strip()
        }
    return {"RequestId": event["RequestId"], **answer}


def _function(request: Request, arn: str) -> Any:
    backend = get_backend(request.stack.account, request.region)
    name = arn.partition(":function:")[2].partition(":")[0]
    for function in backend.list_functions():
        if function.function_name == name:
            return function
    raise ProvisioningError(f"Invalid Custom Resource token: function {arn} does not exist")


def _run(request: Request, function: Any, event: dict[str, Any]) -> str:
    """Run the function once and return everything it printed."""
    with tempfile.TemporaryDirectory(prefix="local-aws-function-") as folder:
        with zipfile.ZipFile(BytesIO(function.code_bytes)) as bundle:
            bundle.extractall(folder)
        command = [sys.executable, str(_BOOTSTRAP / "bootstrap.py"), folder, function.handler]
        try:
            result = subprocess.run(
                command,
                input=json.dumps(event),
                env=_environment(request, function),
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=float(function.timeout),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            printed = error.stdout.decode(errors="replace") if isinstance(error.stdout, bytes) else error.stdout
            return f"{printed or ''}\n{event['RequestId']} Task timed out after {float(function.timeout):.2f} seconds"
    return result.stdout


def _environment(request: Request, function: Any) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_BOOTSTRAP),
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": request.region,
        "AWS_REGION": request.region,
        "AWS_ENDPOINT_URL": request.engine.endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "LOCAL_AWS_FUNCTION_ARN": function.function_arn,
        "LOCAL_AWS_FUNCTION_TIMEOUT": str(function.timeout),
        **{key: str(value) for key, value in (function.environment_vars or {}).items()},
    }


def _write_log(request: Request, function: Any, output: str) -> None:
    """Keep what the function printed in its log group: the configured one, else /aws/lambda/<name>."""
    logs = request.clients["logs"]
    group = _log_group(request, function)
    stream = f"{time.strftime('%Y/%m/%d')}/[$LATEST]{uuid.uuid4().hex}"
    # The group may exist already, from the template or from an earlier run.
    with suppress(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName=group)
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": line} for line in output.splitlines() if line.strip()]
    logs.create_log_stream(logGroupName=group, logStreamName=stream)
    if events:
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)


def _log_group(request: Request, function: Any) -> str:
    # moto forgets a function's LoggingConfig, so it is read where the stack declared the function.
    for resource in request.stack.resources.values():
        if resource.type_name == "AWS::Lambda::Function" and resource.physical_id == function.function_name:
            configured = (resource.properties.get("LoggingConfig") or {}).get("LogGroup")
            if configured:
                return str(configured)
    return f"/aws/lambda/{function.function_name}"
