"""A create that is killed leaves no record or a whole one, and can simply be run again."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import time

from conftest import records


def test_kill_at_any_moment(stackgen, aws, talk):
    chance = random.Random(20261121)
    for _ in range(25):
        process = stackgen.popen("create", "talk", "--wait")
        time.sleep(chance.uniform(0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for record in records(talk):
            check_whole(record)
    final = stackgen("create", "talk", "--wait", "--output", "json").json()
    assert final["status"] == "CREATE_COMPLETE"
    stacks = [
        stack for stack in aws.client("cloudformation").describe_stacks()["Stacks"] if "RootId" not in stack
    ]
    assert [stack["StackName"] for stack in stacks] == ["ml-cluster"]


def check_whole(record):
    manifest = json.loads((record / "manifest.json").read_text())
    for name in ("config.yaml", "cfn_params.jinja", "cfn_params.yaml", "request.json"):
        contents = (record / name).read_bytes()
        assert hashlib.sha256(contents).hexdigest() == manifest["files"][name]["sha256"], name
