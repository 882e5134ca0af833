"""`stackgen whoami`: who calls, where, and where each of that was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SECRETS

KEYS = dict.fromkeys(SECRETS, "")


def write(stackgen, name: str, text: str) -> Path:
    """A file of the home folder's `.aws`."""
    path = Path(stackgen.environment["HOME"], ".aws", name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_variables(stackgen):
    caller = stackgen("whoami", "--output", "json", AWS_REGION="eu-west-1").json()
    assert caller.pop("arn").startswith("arn:aws:") and caller.pop("user_id")
    assert caller == {
        "account": "123456789012",
        "region": {"value": "eu-west-1", "source": "AWS_REGION"},
        "profile": {"value": "default", "source": "default"},
        "credentials": {"source": "environment variables", "access_key_suffix": "MPLE"},
        "endpoint": {"value": stackgen.environment["AWS_ENDPOINT_URL"] + "/", "source": "AWS_ENDPOINT_URL"},
    }


def test_files_are_named_with_the_line(stackgen):
    config = write(stackgen, "config", "# shared\n[default]\nregion = us-east-1\n\n[profile dev]\noutput = json\nregion = us-west-2\n")
    keys = write(
        stackgen,
        "credentials",
        "[other]\nx = y\n[dev]\naws_access_key_id = AKIDFILEEXAMPLE\n"
        f"aws_secret_access_key = {SECRETS['AWS_SECRET_ACCESS_KEY']}\n",
    )
    run = stackgen("whoami", "--profile", "dev")
    rows = {line.split("  ")[0]: line for line in run.out.splitlines()}
    assert " us-west-2 " in rows["region"] and rows["region"].endswith(f"from `region` of profile dev, {config}:7")
    assert rows["profile"].endswith("from --profile")
    assert rows["credentials"].endswith(f"from profile dev ({keys}:4)")
    assert "AKIDFILE" not in run.out


def test_a_role_of_a_profile(stackgen):
    write(
        stackgen,
        "config",
        "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = local\n"
        "[profile role]\nregion = us-east-1\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/Builder\n",
    )
    caller = stackgen("whoami", "--output=json", AWS_PROFILE="role", **KEYS).json()
    assert caller["profile"] == {"value": "role", "source": "AWS_PROFILE"}
    assert caller["credentials"]["source"] == "role of profile role (arn:aws:iam::123456789012:role/Builder)"
    assert caller["credentials"]["expires_at"].endswith("Z")
    assert caller["arn"].startswith("arn:aws:sts::123456789012:assumed-role/Builder/")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"AWS_REGION": ""}, "no region"),
        ({"AWS_REGION": "us-east-1"} | KEYS, "no credentials: looked in environment variables"),
        ({"AWS_REGION": "us-east-1", "AWS_PROFILE": "nobody"}, "the profile `nobody` (AWS_PROFILE)"),
    ],
)
def test_what_is_missing_is_said(stackgen, variables, words):
    run = stackgen("whoami", "--output", "json", expect=253, **variables)
    assert words in run.err and words in json.loads(run.out)["error"]["message"]
