"""Every source of credentials, as a real layout of files, programs and servers: what botocore finds, stackgen finds."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import pty
import select
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import scripted_aws
from conftest import BINARY, SECRETS, Stackgen
from scripted_aws import answer, error, xml

LATER = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
SECRET = SECRETS["AWS_SECRET_ACCESS_KEY"]
# Asks botocore in a process of its own, with the same variables.
BOTOCORE = """
import botocore.session
session = botocore.session.Session()
found = session.get_credentials()
frozen = found.get_frozen_credentials() if found else None
print(frozen.access_key[-4:] if frozen else "nothing")
"""


def role_answer(operation: str, key: str) -> tuple:
    return xml(
        operation,
        f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>"
        f"<SessionToken>token</SessionToken><Expiration>{LATER}</Expiration></Credentials>"
        "<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>",
    )


def metadata(key: str) -> tuple:
    document = {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": key, "SecretAccessKey": SECRET, "Token": "token", "Expiration": LATER}
    return answer(document | {"LastUpdated": "2026-01-01T00:00:00Z"})


@pytest.fixture
def scripted(aws_server):
    scripted, server = scripted_aws.serve(aws_server.endpoint)
    scripted.on("GetCallerIdentity", xml("GetCallerIdentity", "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId>"))
    yield scripted
    server.shutdown()


class Machine:
    """A home folder and variables."""

    def __init__(self, home: Path, endpoint: str):
        self.home = home
        self.variables = {
            "HOME": str(home),
            "PATH": f"{home}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def write(self, path: str, text: str, mode: int = 0o600) -> Path:
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)
        return file

    def whoami(self, *arguments: str, expect: int = 0, **variables: str):
        stackgen = Stackgen(self.home, self.variables | variables)
        return stackgen("whoami", "--output", "json", *arguments, expect=expect)

    def botocore(self, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", BOTOCORE], env=self.variables | variables, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout.strip()

    def agree(self, suffix: str, **variables: str) -> dict:
        """Both find the key that ends so; gives what stackgen says of it."""
        caller = self.whoami(**variables).json()
        assert caller["credentials"]["access_key_suffix"] == suffix == self.botocore(**variables)
        return caller["credentials"]


@pytest.fixture
def machine(tmp_path, scripted):
    home = tmp_path / "home"
    home.mkdir()
    return Machine(home, scripted.endpoint)


def keys(name: str, key: str) -> str:
    return f"[{name}]\naws_access_key_id = {key}\naws_secret_access_key = {SECRET}\n"


def second_opinion(machine: Machine, *arguments: str, **variables: str) -> dict[str, str] | None:
    """What `aws configure list` shows, by name; None where it fails or finds no keys."""
    program = str(Path(sys.executable).with_name("aws"))
    done = subprocess.run(
        [program, *arguments, "configure", "list"], env=machine.variables | variables, capture_output=True, text=True, check=False, timeout=60
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    found = {row[0]: row[1] for row in rows if len(row) > 1}
    return found if done.returncode == 0 and found.get("access_key", "<not")[-4:] != "<not" else None


LAYOUTS = sorted((Path(__file__).parent / "credential_layouts").glob("*.json"))


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.stem for path in LAYOUTS])
def test_a_layout(machine, scripted, path):
    """Each file is a machine with what has to be found there; the aws CLI finds the same."""
    layout = json.loads(path.read_text())

    def fill(text: str) -> str:
        return text.replace("{home}", str(machine.home)).replace("{endpoint}", scripted.endpoint).replace("{secret}", SECRET)

    document = json.dumps({"Version": 1, "AccessKeyId": "KEY", "SecretAccessKey": SECRET}).replace("KEY", "'$1'")
    machine.write("bin/give", f"#!/bin/sh\necho '{document}'\n", 0o700)
    for name, text in layout["files"].items():
        machine.write(name, fill(text))
    for name in [name for name, value in layout.get("variables", {}).items() if value is None]:
        machine.variables.pop(name, None)
    variables = {name: fill(value) for name, value in layout.get("variables", {}).items() if value is not None}
    arguments = layout.get("arguments", [])
    scripted.on("AssumeRole", lambda form: role_answer("AssumeRole", "ASIA" + form["RoleArn"][-4:].upper()))
    scripted.on("AssumeRoleWithWebIdentity", role_answer("AssumeRoleWithWebIdentity", "ASIAWEBI"))
    scripted.on("GET /creds", metadata("ASIAPODS"))

    theirs = second_opinion(machine, *arguments, **variables)
    scripted.heads.clear()
    if layout["key"] is None:
        run = machine.whoami(*arguments, expect=253, **variables)
        assert layout["error"] in run.err and theirs is None
        return
    caller = machine.whoami(*arguments, **variables).json()
    assert caller["credentials"]["access_key_suffix"] == layout["key"] == theirs["access_key"][-4:]
    if "source" in layout:
        assert caller["credentials"]["source"] == fill(layout["source"])
    if "region" in layout:
        assert caller["region"]["value"] == layout["region"] == theirs["region"]
    signed = [headers["Authorization"] for name, headers in scripted.heads if name == "AssumeRole"]
    for signer, authorization in zip(layout.get("signers", []), signed, strict="signers" in layout):
        assert f"Credential={signer}/" in authorization


def test_variables_and_files(machine):
    machine.write(".aws/credentials", keys("default", "AKIDDEFA") + keys("dev", "AKIDDEV1"))
    machine.agree("DEFA")
    machine.agree("DEV1", AWS_PROFILE="dev")
    environment = {"AWS_ACCESS_KEY_ID": "AKIDENVI", "AWS_SECRET_ACCESS_KEY": SECRET}
    assert machine.agree("ENVI", AWS_PROFILE="dev", **environment)["source"] == "environment variables"


def test_roles_in_a_chain(machine, scripted):
    machine.write(
        ".aws/config",
        "[profile mid]\nrole_arn = arn:aws:iam::123456789012:role/mid\nsource_profile = base\n"
        "[profile last]\nrole_arn = arn:aws:iam::123456789012:role/last\nsource_profile = mid\n"
        "external_id = partner\nduration_seconds = 1800\nrole_session_name = me\n"
        "[profile environment]\nrole_arn = arn:aws:iam::123456789012:role/mid\ncredential_source = Environment\n",
    )
    machine.write(".aws/credentials", keys("base", "AKIDBASE"))
    asked = []

    def assume(form):
        asked.append({key: form.get(key) for key in ("RoleArn", "ExternalId", "DurationSeconds", "RoleSessionName")})
        return role_answer("AssumeRole", "ASIA" + form["RoleArn"][-4:].upper())

    scripted.on("AssumeRole", assume)
    credentials = machine.agree("LAST", AWS_PROFILE="last")
    assert credentials["source"] == "role of profile last (arn:aws:iam::123456789012:role/last)"
    ours, theirs = asked[1], asked[3]
    assert ours == theirs == {
        "RoleArn": "arn:aws:iam::123456789012:role/last", "ExternalId": "partner", "DurationSeconds": "1800", "RoleSessionName": "me",
    }
    environment = {"AWS_ACCESS_KEY_ID": "AKIDENVI", "AWS_SECRET_ACCESS_KEY": SECRET}
    caller = machine.whoami("--profile", "environment", **environment).json()
    assert caller["credentials"]["access_key_suffix"] == "/MID"


def test_a_program(machine):
    document = json.dumps({"Version": 1, "AccessKeyId": "AKIDPROG", "SecretAccessKey": SECRET, "SessionToken": "t", "Expiration": LATER})
    program = machine.write("bin/give keys", f"#!/bin/sh\ntest \"$1\" = 'a b' && echo '{document}'\n", 0o700)
    machine.write(".aws/config", f"[default]\ncredential_process = \"{program}\" 'a b'\n")
    assert machine.agree("PROG")["expires_at"] == LATER


def test_a_program_that_never_ends_is_left_at_the_deadline(machine):
    machine.write(".aws/config", "[default]\ncredential_process = sleep 60\n")
    run = machine.whoami("--deadline", "1", expect=6)
    assert "the time allowed for this command was over before the request for credentials was answered" in run.err


def test_web_identity(machine, scripted):
    token = machine.write("token", "header.payload.signature")
    sent = []
    scripted.on(
        "AssumeRoleWithWebIdentity", lambda form: sent.append(form["WebIdentityToken"]) or role_answer("AssumeRoleWithWebIdentity", "ASIAWEBI")
    )
    machine.agree("WEBI", AWS_WEB_IDENTITY_TOKEN_FILE=str(token), AWS_ROLE_ARN="arn:aws:iam::123456789012:role/web")
    machine.write(".aws/config", f"[default]\nrole_arn = arn:aws:iam::123456789012:role/web\nweb_identity_token_file = {token}\n")
    machine.agree("WEBI")
    assert set(sent) == {"header.payload.signature"}


def test_a_container(machine, scripted):
    scripted.on("GET /creds?x=1", metadata("ASIAPODS"))
    file = machine.write("pod-token", "pod-token")
    variables = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": scripted.endpoint + "/creds?x=1",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(file),
    }
    assert machine.agree("PODS", **variables)["source"] == "container"
    assert [headers["Authorization"] for name, headers in scripted.heads if name.startswith("GET /creds")] == ["pod-token"] * 2


def test_an_instance(machine, scripted):
    scripted.on("PUT /latest/api/token", (200, "text/plain", "imds-token"))
    scripted.on("GET /latest/meta-data/iam/security-credentials/", (200, "text/plain", "node-role"))
    scripted.on("GET /latest/meta-data/iam/security-credentials/node-role", metadata("ASIAIMDS"))
    variables = {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": scripted.endpoint}
    assert machine.agree("IMDS", **variables)["source"] == "EC2 instance metadata (role node-role)"


@pytest.mark.parametrize(
    ("config", "cache_key"),
    [
        (
            "[profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin Role\n"
            "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
            "corp",
        ),
        (
            "[profile sso]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n"
            "sso_account_id = 123456789012\nsso_role_name = Admin Role\n",
            "https://corp.awsapps.com/start",
        ),
    ],
    ids=["session", "legacy"],
)
def test_a_login_of_the_cli(machine, scripted, config, cache_key):
    machine.write(".aws/config", config)
    cached = {"startUrl": "https://corp.awsapps.com/start", "region": "eu-west-1", "accessToken": "bearer", "expiresAt": LATER}
    machine.write(f".aws/sso/cache/{hashlib.sha1(cache_key.encode()).hexdigest()}.json", json.dumps(cached))
    milliseconds = int((time.time() + 7200) * 1000)
    given = {"accessKeyId": "ASIASSO1", "secretAccessKey": SECRET, "sessionToken": "t", "expiration": milliseconds}
    for path in ("role_name=Admin%20Role&account_id=123456789012", "role_name=Admin+Role&account_id=123456789012"):
        scripted.on(f"GET /federation/credentials?{path}", answer({"roleCredentials": given}))
    credentials = machine.agree("SSO1", AWS_PROFILE="sso")
    assert credentials["source"] == "IAM Identity Center login of profile sso (role Admin Role in 123456789012)"


def test_a_login_that_has_ended_names_the_command(machine, scripted):
    machine.write(
        ".aws/config",
        "[profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n",
    )
    machine.write("bin/aws", "#!/bin/sh\nexit 255\n", 0o700)
    run = machine.whoami(expect=253, AWS_PROFILE="sso")
    assert "Run `aws sso login --profile sso`" in run.err


def test_a_code_is_asked_for_on_the_terminal_only(machine, scripted):
    machine.write(".aws/credentials", keys("base", "AKIDBASE"))
    machine.write(
        ".aws/config",
        "[profile mfa]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n",
    )
    codes = []
    scripted.on("AssumeRole", lambda form: codes.append((form["SerialNumber"], form["TokenCode"])) or role_answer("AssumeRole", "ASIAMFA1"))
    run = machine.whoami(expect=253, AWS_PROFILE="mfa")
    assert "nobody can be asked here" in run.err and codes == []

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [str(BINARY), "whoami", "--output", "json"], env=machine.variables | {"AWS_PROFILE": "mfa"}, cwd=machine.home,
        stdin=follower, stderr=follower, stdout=subprocess.PIPE,
    )
    os.close(follower)
    shown = b""
    while b"mfa/me" not in shown and select.select([leader], [], [], 30)[0]:
        shown += os.read(leader, 1024)
    # The echo is off before the question is asked for an answer, as the terminal itself tells.
    while termios.tcgetattr(leader)[3] & termios.ECHO:
        time.sleep(0.01)
    os.write(leader, b"987654\n")
    out, _ = process.communicate(timeout=30)
    assert json.loads(out)["credentials"]["access_key_suffix"] == "MFA1"
    assert codes == [("arn:aws:iam::123456789012:mfa/me", "987654")]
    os.set_blocking(leader, False)
    try:
        shown += os.read(leader, 1024)
    except OSError:
        pass
    os.close(leader)
    assert b"987654" not in shown


def test_settings_of_services_and_plain_http(machine, scripted):
    machine.write(
        ".aws/config",
        f"[default]\nservices = local\n[services local]\nsts =\n  endpoint_url = {scripted.endpoint}/sts\n",
    )
    machine.write(".aws/credentials", keys("default", "AKIDDEFA"))
    caller = machine.whoami(AWS_ENDPOINT_URL="").json()
    assert caller["endpoint"] == {"value": scripted.endpoint + "/sts", "source": "the services section of profile default"}
    run = machine.whoami(expect=253, AWS_ENDPOINT_URL_STS="http://aws.test")
    assert "AWS_ENDPOINT_URL_STS" in run.err and "--allow-plain-http" in run.err


def test_an_ended_session_is_an_error_with_the_words_of_the_service(machine, scripted):
    scripted.on("GetCallerIdentity", scripted_aws.xml_error("ExpiredToken", "The security token included in the request is expired"))
    variables = {"AWS_ACCESS_KEY_ID": "AKIDENVI", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": "token"}
    run = machine.whoami(expect=254, **variables)
    assert "ExpiredToken" in run.err and "is expired" in run.err
