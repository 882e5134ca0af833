"""One local AWS for all tests, emptied before each; boto3 is the client."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parent / "Cases"


class LocalAWS:
    """A running local AWS and what tests ask of it."""

    def __init__(self, port: int, folder: Path) -> None:
        """Describe the server on `port`, whose files are in `folder`."""
        self.port = port
        self.endpoint = f"http://127.0.0.1:{port}"
        self.folder = folder

    def command(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `scripts/local-aws` with the Python that runs the tests."""
        options = ["--port", str(self.port), "--pid-file", str(self.folder / "pid"), "--log", str(self.folder / "log")]
        return subprocess.run(
            [str(ROOT / "scripts" / "local-aws"), *arguments, *options],
            env={**os.environ, "STACKGEN_PYTHON": sys.executable, **environment},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    def client(self, service: str, region: str = "us-east-1") -> Any:
        """Return a boto3 client of the local endpoint."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=region,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call a control address."""
        request = urllib.request.Request(
            f"{self.endpoint}/stackgen-local/{path}", data=json.dumps(body or {}).encode(), method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def create(self, case: str, name: str = "stack", region: str = "us-east-1", **options: Any) -> str:
        """Submit a case's template with every IAM capability; return the stack's id."""
        options.setdefault("Capabilities", ["CAPABILITY_NAMED_IAM"])
        text = (CASES / case).read_text()
        return self.client("cloudformation", region).create_stack(StackName=name, TemplateBody=text, **options)[
            "StackId"
        ]

    def settle(self, stack_id: str, region: str = "us-east-1") -> dict[str, Any]:
        """Wait until nothing is in progress in the stack; return its description."""
        cloudformation = self.client("cloudformation", region)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            stack = cloudformation.describe_stacks(StackName=stack_id)["Stacks"][0]
            if not stack["StackStatus"].endswith("_IN_PROGRESS"):
                return stack
            time.sleep(0.05)
        raise AssertionError(f"{stack_id} is still in progress")

    def delete(self, stack_id: str, region: str = "us-east-1") -> dict[str, Any]:
        """Delete the stack and wait; return its description."""
        self.client("cloudformation", region).delete_stack(StackName=stack_id)
        return self.settle(stack_id, region)

    def events(self, stack_id: str, region: str = "us-east-1") -> list[dict[str, Any]]:
        """Return every event of the stack, oldest first."""
        pages = self.client("cloudformation", region).get_paginator("describe_stack_events")
        found = [event for page in pages.paginate(StackName=stack_id) for event in page["StackEvents"]]
        return found[::-1]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAWS]:
    """Start a local AWS for the session and stop it at the end."""
    running = LocalAWS(free_port(), tmp_path_factory.mktemp("local-aws"))
    started = running.command("start")
    assert started.returncode == 0, started.stderr
    yield running
    assert running.command("stop").returncode == 0


@pytest.fixture
def aws(server: LocalAWS) -> LocalAWS:
    """Return the session's local AWS, empty."""
    server.control("POST", "reset")
    return server
