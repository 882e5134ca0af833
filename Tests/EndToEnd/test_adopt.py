"""adopt: a stack made elsewhere becomes ours. list and describe: only ours, filtered. --deadline."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import records

REGION = ("--region", "us-east-1")


def template_of(stackgen):
    stackgen("create", "talk", "--dry-run", "--record", "dry")
    return (stackgen.folder / "dry" / "cfn_params.yaml").read_text()


@pytest.fixture
def foreign(stackgen, aws, talk):
    """The talk's stack as the aws CLI makes it from the very template, without a tag of ours."""
    template_of(stackgen)
    environment = stackgen.environment | {"AWS_DEFAULT_REGION": "us-east-1"}
    aws_cli = [str(Path(sys.executable).with_name("aws")), "cloudformation"]
    arguments = ["create-stack", "--stack-name", "ml-cluster", "--template-body", "file://dry/cfn_params.yaml"]
    arguments += ["--capabilities", "CAPABILITY_NAMED_IAM", "--tags", "Key=team,Value=ml-platform"]
    subprocess.run([*aws_cli, *arguments], cwd=stackgen.folder, env=environment, check=True, capture_output=True)
    wait = ["wait", "stack-create-complete", "--stack-name", "ml-cluster"]
    subprocess.run([*aws_cli, *wait], cwd=stackgen.folder, env=environment, check=True, capture_output=True)


def ids(aws):
    pages = aws.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName="ml-cluster")
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for page in pages for r in page["StackResourceSummaries"]}


def test_a_stack_of_the_aws_cli_becomes_ours(stackgen, aws, talk, foreign):
    before = ids(aws)
    assert stackgen("list", *REGION, "--output", "json").json() == []
    for command in (["describe", "ml-cluster", *REGION], ["update", "talk"], ["delete", "ml-cluster", *REGION, "--yes"]):
        assert "adopt" in stackgen(*command, expect=4).err
    shown = stackgen("adopt", "talk", "--no-execute", "--output", "json", expect=3).json()
    changes = [change for module in shown["changes"]["modules"] for change in module["changes"]]
    assert {change["action"] for change in changes} == {"modify"}, "tags alone"
    stackgen("adopt", "talk", "--wait")
    assert ids(aws) == before, "nothing was replaced"
    (found,) = stackgen("list", *REGION, "--output", "json").json()
    assert (found["name"], found["kind"], found["status"]) == ("ml-cluster", "cluster-stack", "UPDATE_COMPLETE")
    assert "no differences" in stackgen("diff", "talk").out
    assert stackgen("update", "talk", "--output", "json").json()["is_unchanged"] is True
    run = stackgen("adopt", "talk", expect=4)
    assert "has the tags of stackgen already" in run.err
    stackgen("verify", str(records(talk)[-1]))


def test_another_template_is_shown_and_stops(stackgen, aws, talk, foreign):
    before = ids(aws)
    stackgen("configure", "--folder", "talk", "fsx.storage_gib=2400", "fsx.deployment_type=SCRATCH_2", expect=None)
    stackgen("configure", "--folder", "talk", "name=ml-cluster-b", "stack.name=ml-cluster")
    run = stackgen("adopt", "talk", expect=4)
    assert "would be replaced" in run.err and "--allow-replacement" in run.err
    assert ids(aws) == before


def test_what_cannot_be_adopted(stackgen, aws, talk):
    assert "there is no stack" in stackgen("adopt", "talk", expect=4).err
    stackgen("create", "talk", "--wait", "--no-preflight")
    assert "already" in stackgen("adopt", "talk", expect=4).err


def test_list_and_describe_filter(stackgen, aws, talk):
    stackgen("create", "talk", "--wait", "--no-preflight")
    template = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'
    client = aws.client("cloudformation")
    for number in range(120):
        tags = [{"Key": "stackgen:kind", "Value": "hosted-stack"}] if number == 3 else []
        client.create_stack(StackName=f"other-{number}", TemplateBody=template, Tags=tags)

    def names(*filters):
        return [stack["name"] for stack in stackgen("list", *REGION, "--output", "json", *filters).json()]

    assert names() == ["ml-cluster", "other-3"], "only ours, from every page"
    assert names("--kind", "cluster-stack") == ["ml-cluster"]
    assert names("--name", "other") == ["other-3"]
    assert names("--status", "complete") == ["ml-cluster", "other-3"] and names("--status", "failed") == []
    assert names("--tag", "stackgen:kind=hosted-stack") == ["other-3"] and names("--tag", "stackgen:version") == ["ml-cluster"]
    described = stackgen("describe", "ml-cluster", *REGION, "--type", "AWS::EKS", "--output", "json").json()
    types = {resource["type"] for resource in described["resources"]}
    assert types and all(name.startswith("AWS::EKS") for name in types)
    assert described["is_termination_protected"] is False
    assert described["tags"]["stackgen:kind"] == "cluster-stack"
    nothing = stackgen("describe", "ml-cluster", *REGION, "--status", "failed", "--output", "json").json()
    assert nothing["resources"] == []


def test_a_service_that_never_answers_ends_at_the_deadline(stackgen, talk):
    assert "--deadline takes 1" in stackgen("list", *REGION, "--deadline", "0", expect=252).err
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        run = stackgen("list", *REGION, "--deadline", "2", AWS_ENDPOINT_URL=url, expect=6)
        assert time.monotonic() - began < 10
    assert "the time allowed for this command was over" in run.err


@pytest.mark.parametrize(
    "command",
    [
        ("watch", "ml-cluster", *REGION),
        ("resume", "RECORD", "--wait"),
        ("create", "talk", "--wait"),
    ],
    ids=lambda command: command[0],
)
def test_every_wait_ends_at_the_deadline(stackgen, aws, talk, command):
    """The stack takes minutes for each resource; it goes on."""
    aws.post("settings", {"resource_seconds": 600})
    stackgen("create", "talk", "--no-preflight")
    (record,) = records(talk)
    arguments = [str(record) if word == "RECORD" else word for word in command]
    run = stackgen(*arguments, "--deadline", "2", expect=6)
    assert "the time allowed for this command was over" in run.err and "goes on" in run.err


def test_a_deadline_that_is_none(offline):
    assert "--deadline takes 1" in offline("resume", "run/x", "--deadline", "0", expect=252).err
