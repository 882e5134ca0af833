"""The command line: `start`, `stop`, `status`, `reset` of the local AWS."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

DEFAULT_PORT = 5199
MOTO_VERSION = "5.2.5"
# Long enough for a machine with much else to do; a server that cannot start ends at once, and is told of at once.
START_SECONDS = 300
STOP_SECONDS = 15
_STATE = Path(__file__).resolve().parents[2] / ".build" / "local-aws"


def main() -> int:
    """Run one command; return its exit status (0, or 1 when it could not be done)."""
    options = _parser().parse_args()
    options.pid_file = options.pid_file or _STATE / f"{options.port}.pid"
    options.log = options.log or _STATE / f"{options.port}.log"
    commands = {"start": start, "stop": stop, "status": status, "reset": reset}
    return commands[options.command](options)


def start(options: argparse.Namespace) -> int:
    """Start the server and wait until it answers; a running one is left as it is."""
    if not _has_moto():
        requirements = Path(__file__).parent / "requirements.txt"
        print(f"local-aws: {sys.executable} lacks moto {MOTO_VERSION}: pip install -r {requirements}", file=sys.stderr)
        return 1
    if options.foreground:
        from .server import serve

        print(_how_to_use(options.port), flush=True)
        serve(options.port)
        return 0
    if is_ready(options.port):
        print(_how_to_use(options.port))
        return 0
    for path in (options.pid_file, options.log):
        path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", __package__, "start", "--foreground", "--port", str(options.port)]
    with options.log.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    options.pid_file.write_text(f"{process.pid}\n")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if is_ready(options.port):
            print(_how_to_use(options.port))
            return 0
        time.sleep(0.1)
    print(f"local-aws: did not start on port {options.port}; see {options.log}", file=sys.stderr)
    if process.poll() is None:
        process.terminate()
    options.pid_file.unlink(missing_ok=True)
    return 1


def stop(options: argparse.Namespace) -> int:
    """Stop the server that `start` started and wait until it is gone; nothing running is no error."""
    pid = _pid(options)
    if pid is None:
        if not is_ready(options.port):
            print("local-aws: not running")
            return 0
        message = f"port {options.port} is served by a process that {options.pid_file} does not name"
        print(f"local-aws: {message}", file=sys.stderr)
        return 1
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _is_ours(pid, options.port) and time.monotonic() < deadline:
        time.sleep(0.05)
    if _is_ours(pid, options.port):
        os.kill(pid, signal.SIGKILL)
    options.pid_file.unlink(missing_ok=True)
    print("local-aws: stopped")
    return 0


def status(options: argparse.Namespace) -> int:
    """Say whether the server answers: status 0 when it does, 1 when not."""
    if is_ready(options.port):
        print(f"local-aws: running at {_endpoint(options.port)}")
        return 0
    print("local-aws: not running")
    return 1


def reset(options: argparse.Namespace) -> int:
    """Empty every store of the running server."""
    request = urllib.request.Request(f"{_endpoint(options.port)}/stackgen-local/reset", method="POST")
    try:
        with urllib.request.urlopen(request, timeout=START_SECONDS):
            print("local-aws: reset")
            return 0
    except (urllib.error.URLError, OSError) as error:
        print(f"local-aws: not reset: {error}", file=sys.stderr)
        return 1


def is_ready(port: int) -> bool:
    """Whether our server answers on the port and has everything published."""
    try:
        with urllib.request.urlopen(f"{_endpoint(port)}/stackgen-local/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="local-aws", description="A local AWS to create a HyperPod stack on.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in (("start", start), ("stop", stop), ("status", status), ("reset", reset)):
        command = commands.add_parser(name, help=(function.__doc__ or "").splitlines()[0])
        command.add_argument(
            "--port", type=int, default=DEFAULT_PORT, help=f"port on 127.0.0.1 (default {DEFAULT_PORT})"
        )
        command.add_argument("--pid-file", type=Path, help="file that holds the server's process id")
        command.add_argument("--log", type=Path, help="file for the server's log")
        if name == "start":
            command.add_argument("--foreground", action="store_true", help="serve in this process until interrupted")
    return parser


def _has_moto() -> bool:
    """Whether this Python has the moto that the stack engine is written for."""
    try:
        return importlib.metadata.version("moto") == MOTO_VERSION
    except importlib.metadata.PackageNotFoundError:
        return False


def _endpoint(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _how_to_use(port: int) -> str:
    return "\n".join(
        (
            f"local-aws: running at {_endpoint(port)}",
            f"export AWS_ENDPOINT_URL={_endpoint(port)}",
            "export AWS_ACCESS_KEY_ID=local",
            "export AWS_SECRET_ACCESS_KEY=local",
        )
    )


def _pid(options: argparse.Namespace) -> int | None:
    """Return the process id in the file when that process is our server of this port."""
    try:
        pid = int(options.pid_file.read_text())
    except (OSError, ValueError):
        return None
    return pid if _is_ours(pid, options.port) else None


def _is_ours(pid: int, port: int) -> bool:
    """Whether the process lives and serves the port: its id may have gone to another program, or to another server."""
    # `-ww`: as long as it is, whatever COLUMNS says.
    listing = ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)]
    answer = subprocess.run(listing, capture_output=True, text=True, check=False)
    state, _, command = answer.stdout.strip().partition(" ")
    serves = f"-m {__package__}" in command and f"--port {port} " in f"{command} "
    return bool(state) and not state.startswith("Z") and serves


if __name__ == "__main__":
    sys.exit(main())
