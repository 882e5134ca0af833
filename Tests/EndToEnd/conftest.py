"""What the end-to-end tests stand on: the built program and a local AWS of their own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("STACKGEN_BINARY", ROOT / ".build" / "debug" / "stackgen"))
# Canaries: none of these may ever be printed or written.
SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIDCANARYEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "canarySecretKeyNeverToBePrinted",
    "AWS_SESSION_TOKEN": "canarySessionTokenNeverToBePrinted",
}


@dataclass
class Run:
    """How a call of the program ended."""

    status: int
    out: str
    err: str

    def json(self):
        """Standard output, read as JSON."""
        return json.loads(self.out)


class Stackgen:
    """The built program in a folder of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder = folder
        self.environment = environment

    def __call__(self, *arguments: str, stdin: str = "", expect: int | None = 0, **variables: str) -> Run:
        """Run it; check its status unless `expect` is None, and that no secret came out."""
        done = subprocess.run(
            [str(BINARY), *arguments],
            cwd=self.folder,
            env=self.environment | variables,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        run = Run(done.returncode, done.stdout, done.stderr)
        for secret in (SECRETS["AWS_SECRET_ACCESS_KEY"], SECRETS["AWS_SESSION_TOKEN"]):
            assert secret not in run.out + run.err
        if expect is not None:
            assert run.status == expect, f"status {run.status}\n{run.out}\n{run.err}"
        return run

    def popen(self, *arguments: str) -> subprocess.Popen:
        """Start it without waiting."""
        return subprocess.Popen(
            [str(BINARY), *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@dataclass
class LocalAWS:
    """A running local AWS."""

    endpoint: str

    def client(self, service: str, region: str = "us-east-1"):
        """A boto3 client: the second client beside our own."""
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )

    def post(self, path: str, body: dict | None = None) -> None:
        """Call the control endpoint."""
        data = json.dumps(body or {}).encode()
        request = urllib.request.Request(
            f"{self.endpoint}/stackgen-local/{path}", data=data, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60):
            pass


@pytest.fixture(scope="session")
def aws_server(tmp_path_factory):
    """One server for all tests, on a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("local-aws")
    options = ["--port", str(port), "--pid-file", str(folder / "pid"), "--log", str(folder / "log")]
    script = str(ROOT / "scripts" / "local-aws")
    subprocess.run([script, "start", *options], check=True, capture_output=True)
    yield LocalAWS(f"http://127.0.0.1:{port}")
    subprocess.run([script, "stop", *options], check=True, capture_output=True)


@pytest.fixture
def aws(aws_server):
    """The local AWS, empty."""
    aws_server.post("reset")
    return aws_server


@pytest.fixture
def environment(tmp_path):
    """Variables without anything of the machine's own AWS settings."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"} | SECRETS


@pytest.fixture
def offline(tmp_path, environment):
    """The program in an empty folder, without a network to talk to."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Stackgen(folder, environment | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})


@pytest.fixture
def stackgen(tmp_path, aws, environment):
    """The program in an empty folder, talking to the local AWS."""
    folder = tmp_path / "work"
    folder.mkdir()
    yield Stackgen(folder, environment | {"AWS_ENDPOINT_URL": aws.endpoint})
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_bytes()
            for secret in SECRETS.values():
                assert secret.encode() not in text, file


@pytest.fixture
def talk(stackgen, aws):
    """The talk's cluster, initialised, with the bucket that its data is in."""
    aws.client("s3").create_bucket(Bucket="my-training-data")
    stackgen("init", "cluster-stack", "talk", "--example", "talk")
    return stackgen.folder / "talk"


def records(folder: Path) -> list[Path]:
    """The run records of a project, oldest first."""
    parent = folder / "run"
    return sorted(path for path in parent.iterdir() if path.is_dir()) if parent.exists() else []


def copy_example(name: str, folder: Path) -> Path:
    """An example's configuration as a project of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "examples" / "clusters" / f"{name}.yaml", folder / "config.yaml")
    return folder


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """An authority of our own, and a certificate of it for this machine and for `aws.test`."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make certificates")
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Own authority")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "other-ca.key", "-out", "other-ca.pem", "-days", "2", "-subj", "/CN=Other")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost,DNS:aws.test,IP:127.0.0.1")
    openssl(
        "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "names", "-out", "certificate.pem",
    )
    return folder
