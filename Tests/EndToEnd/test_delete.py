"""delete: what goes, in which order, what stays, what stands in the way."""

from __future__ import annotations

import os
import pty
import subprocess

import pytest
from conftest import BINARY

REGION = ("--region", "us-east-1")


@pytest.fixture
def stack(stackgen, talk):
    """The talk's stack, made."""
    return stackgen("create", "talk", "--wait", "--no-preflight", "--output", "json").json()


def plan_of(stackgen):
    return stackgen("delete", "ml-cluster", *REGION, "--dry-run", "--output", "json").json()


def resources_of(aws):
    pages = aws.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName="ml-cluster")
    return {r["LogicalResourceId"]: r for page in pages for r in page["StackResourceSummaries"]}


def test_the_plan_is_what_happens(stackgen, aws, talk, stack):
    plan = plan_of(stackgen)
    resources = resources_of(aws)
    going = {entry["logical_id"]: entry for entry in plan["deletions"]}
    staying = {entry["logical_id"]: entry for entry in plan["retentions"]}
    assert going.keys() | staying.keys() == resources.keys() and not going.keys() & staying.keys()
    assert staying.keys() == {"FileSystem"} or not staying
    assert going["HyperPodCluster"]["step"] < going["EksCluster"]["step"] < going["Vpc"]["step"]
    assert going["HyperPodCluster"]["holds_data"] is True and going["Vpc"]["holds_data"] is False
    assert aws.client("cloudformation").describe_stacks(StackName="ml-cluster")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"

    run = stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait", "--output", "json")
    done = run.json()
    assert done["status"] == "DELETE_COMPLETE" and done["plan"]["deletions"] == plan["deletions"]
    # CloudFormation's own events have the order of the plan: nothing goes before what refers to it is gone.
    events = aws.client("cloudformation").get_paginator("describe_stack_events").paginate(StackName=stack["stack_id"])
    began, ended = {}, {}
    for page in events:
        for event in page["StackEvents"]:
            if event["ResourceStatus"] == "DELETE_IN_PROGRESS":
                began[event["LogicalResourceId"]] = event["Timestamp"]
            if event["ResourceStatus"] == "DELETE_COMPLETE":
                ended[event["LogicalResourceId"]] = event["Timestamp"]
    assert going.keys() <= ended.keys()
    assert ended["HyperPodCluster"] <= began["EksCluster"] and ended["EksCluster"] <= began["Vpc"]


def test_what_a_policy_keeps_stays(stackgen, aws, talk):
    stackgen("configure", "--folder", "talk", "fsx.deletion_policy=Retain")
    stackgen("create", "talk", "--wait", "--no-preflight")
    physical = resources_of(aws)["FileSystem"]["PhysicalResourceId"]
    (kept,) = [entry for entry in plan_of(stackgen)["retentions"] if entry["logical_id"] == "FileSystem"]
    assert (kept["physical_id"], kept["reason"]) == (physical, "its deletion policy")
    run = stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait")
    assert f"FileSystem  AWS::FSx::FileSystem  {physical}" in run.err and "cost what they cost" in run.err


def test_a_full_bucket_is_told_before_anything_goes(stackgen, aws, talk, stack):
    bucket = resources_of(aws)["LifecycleBucket"]["PhysicalResourceId"]
    assert plan_of(stackgen)["full_buckets"] == [], "what the stack itself put there goes with it"
    s3 = aws.client("s3")
    for number in range(3):
        s3.put_object(Bucket=bucket, Key="notes/a b&<c>ü", Body=str(number).encode())
    (full,) = plan_of(stackgen)["full_buckets"]
    assert (full["bucket"], full["versions"], full["examples"]) == (bucket, 3, ["notes/a b&<c>ü"])
    run = stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait", expect=4)
    assert "--empty-buckets" in run.err and "notes/a b&<c>ü" in run.err
    status = aws.client("cloudformation").describe_stacks(StackName="ml-cluster")["Stacks"][0]["StackStatus"]
    assert status == "CREATE_COMPLETE", "nothing was deleted"
    stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait", "--empty-buckets")
    assert bucket not in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]


def test_a_bucket_of_many_pages_is_emptied(stackgen, aws, talk, stack):
    bucket = resources_of(aws)["LifecycleBucket"]["PhysicalResourceId"]
    s3 = aws.client("s3")
    for number in range(1_100):
        s3.put_object(Bucket=bucket, Key=f"many/{number}", Body=b"")
    assert plan_of(stackgen)["full_buckets"][0]["versions"] == 1_100
    stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait", "--empty-buckets")
    assert bucket not in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]


def test_leaving_out_needs_a_failed_deletion(stackgen, aws, talk, stack):
    run = stackgen("delete", "ml-cluster", *REGION, "--yes", "--retain", "Vpc", expect=4)
    assert "DELETE_FAILED" in run.err and "nothing was deleted" in run.err


@pytest.mark.parametrize(("answer", "status"), [("ml-cluster", 0), ("yes", 4)])
def test_the_name_is_asked_for(stackgen, aws, talk, stack, answer, status):
    main, terminal = pty.openpty()
    with subprocess.Popen(
        [str(BINARY), "delete", "ml-cluster", *REGION],
        cwd=stackgen.folder,
        env=stackgen.environment,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        err = ""
        while "type the stack's name" not in err:
            err += os.read(main, 65_536).decode()
        os.write(main, answer.encode() + b"\n")
        process.wait(timeout=120)
    os.close(main)
    assert process.returncode == status, err
    assert "HyperPodCluster" in err
