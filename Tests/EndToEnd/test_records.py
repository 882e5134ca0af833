"""A record says what was sent, whatever happened before, meanwhile and afterwards."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import time

import pytest
from conftest import BINARY, records


def manifest_of(record):
    return json.loads((record / "manifest.json").read_text())


def test_a_dry_run_is_never_taken_for_the_submission(stackgen, talk):
    created = stackgen("create", "talk", "--wait", "--output", "json").json()
    time.sleep(1.1)
    stackgen("create", "talk", "--dry-run")
    again = stackgen("create", "talk", "--wait", "--output", "json").json()
    assert again["record"] == created["record"]
    sent, dry = records(talk)
    assert not (dry / "response.json").exists()
    assert [state["name"] for state in manifest_of(dry)["states"]] == ["recorded"]
    for record in (sent, dry):
        stackgen("verify", str(record))


def test_the_record_says_where_the_call_went(stackgen, aws, talk):
    stackgen("create", "talk")
    (record,) = records(talk)
    request = json.loads((record / "request.json").read_text())
    assert request["endpoint"].startswith(aws.endpoint)
    response = json.loads((record / "response.json").read_text())
    assert response["stack_id"].startswith("arn:aws:cloudformation:us-east-1:")
    assert response["request_id"]


def test_changed_stack_settings_are_not_ignored(stackgen, talk):
    stackgen("create", "talk", "--wait")
    config = talk / "config.yaml"
    config.write_text(config.read_text() + "\nstack:\n  termination_protection: true\n")
    run = stackgen("create", "talk", expect=4)
    assert "stack.termination_protection" in run.err


def test_rerun_after_a_failure_says_what_failed(stackgen, aws, talk):
    aws.post("fail", {"logical_id": "FileSystem", "reason": "no capacity for the file system"})
    stackgen("create", "talk", "--wait", expect=5)
    run = stackgen("create", "talk", expect=4)
    assert "made from this configuration" in run.err
    assert "no capacity for the file system" in run.err
    assert "stackgen delete" in run.err


def test_two_creates_at_once(stackgen, aws, talk):
    processes = [
        subprocess.Popen(
            [str(BINARY), "create", "talk", "--wait"],
            cwd=stackgen.folder,
            env=stackgen.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ends = [(process.communicate()[1], process.returncode) for process in processes]
    assert [status for _, status in ends] == [0, 0, 0], ends
    stacks = [s for s in aws.client("cloudformation").describe_stacks()["Stacks"] if "RootId" not in s]
    assert len(stacks) == 1
    for record in records(talk):
        stackgen("verify", str(record))


def test_a_refusal_is_kept(stackgen, aws, talk):
    run = stackgen("create", "talk", "--stack-name", "1-bad", expect=252)
    assert "RUN011" in run.err
    assert records(talk) == []
    config = talk / "config.yaml"
    config.write_text(config.read_text() + "\nstack:\n  role_arn: arn:aws:iam::123456789012:role/none\n")
    assert "PRE" in stackgen("create", "talk", expect=4).err
    assert records(talk) == [], "what preflight finds is not recorded"
    stackgen("create", "talk", "--no-preflight", expect=None)
    (record,) = records(talk)
    stackgen("verify", str(record))


def test_interrupted_waiting_leaves_a_record_that_holds(stackgen, talk):
    process = stackgen.popen("create", "talk", "--wait")
    record = None
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (record and (record / "events.jsonl").exists()):
        found = records(talk)
        record = found[0] if found else None
        time.sleep(0.01)
    process.kill()
    process.wait()
    stackgen("verify", str(record))
    stackgen("create", "talk", "--wait")
    stackgen("verify", str(record))
    events = [json.loads(line)["EventId"] for line in (record / "events.jsonl").read_text().splitlines()]
    assert len(events) == len(set(events))


@pytest.mark.parametrize("field", ["on_failure", "stack_name", "client_request_token"])
def test_verify_finds_a_forged_record(offline, field):
    offline("init", "cluster-stack", "c")
    offline("create", "c", "--dry-run")
    (record,) = records(offline.folder / "c")
    offline("verify", str(record))
    request = json.loads((record / "request.json").read_text())
    request[field] = "forged"
    forged = json.dumps(request).encode()
    (record / "request.json").write_bytes(forged)
    manifest = manifest_of(record)
    manifest["files"]["request.json"] = {"bytes": len(forged), "sha256": hashlib.sha256(forged).hexdigest()}
    (record / "manifest.json").write_text(json.dumps(manifest))
    assert "does not follow" in offline("verify", str(record), expect=2).out


def test_own_script_travels_and_is_recorded(offline):
    offline("init", "cluster-stack", "c")
    offline("configure", "--folder", "c", "lifecycle.script_file=boot.sh", "lifecycle.on_create=sub/boot.sh")
    script = offline.folder / "c" / "boot.sh"
    script.write_text("#!/bin/bash\necho 'own: script' # {{ not a template }} !Ref\n")
    offline("create", "c", "--dry-run")
    (record,) = records(offline.folder / "c")
    assert (record / "lifecycle_script").read_bytes() == script.read_bytes()
    assert "own: script" in (record / "cfn_params.yaml").read_text()
    script.write_text("echo {{resolve:ssm:/secret}}\n")
    assert "RUN010" in offline("create", "c", "--dry-run", expect=2).err
    script.unlink()
    assert "RUN002" in offline("create", "c", "--dry-run", expect=2).err


def test_configure_keeps_the_mode_of_the_file(offline):
    offline("init", "cluster-stack", "c")
    config = offline.folder / "c" / "config.yaml"
    config.chmod(0o600)
    offline("configure", "--folder", "c", "eks.version=1.35")
    assert stat.S_IMODE(config.stat().st_mode) == 0o600


def test_failures_are_json_where_that_was_asked_for(stackgen, talk):
    missing = stackgen("describe", "none", "--region", "us-east-1", "--output", "json", expect=4).json()
    assert missing["error"]["status"] == 4
    (talk / "config.yaml").write_text("kind: cluster-stack\n")
    invalid = stackgen("create", "talk", "--output", "json", expect=2).json()
    assert invalid["error"]["status"] == 2
    assert invalid["diagnostics"]


def test_lost_results_are_no_success(offline):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [str(BINARY), "schema"], stdout=full, stderr=subprocess.PIPE, env=offline.environment, check=False
        )
    assert done.returncode == 1


@pytest.mark.parametrize("value", ["0", "-5", "9223372036854775807"])
def test_timeouts_are_checked(offline, value):
    offline("init", "cluster-stack", "c", "--force")
    offline("create", "c", "--wait", f"--timeout={value}", expect=252)


def test_unwritable_run_folder(offline):
    offline("init", "cluster-stack", "c")
    (offline.folder / "c" / "run").write_text("a file where the folder should be")
    run = offline("create", "c", "--dry-run", expect=1)
    assert "RUN004" in run.err
