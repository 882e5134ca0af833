"""`--import-existing-resources`: what is there under a name that the template writes out becomes part of the stack."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import scripted_aws
from conftest import ROOT, records

TEMPLATE = ROOT / "templates" / "cluster-stack" / "cfn_params.jinja"
REGION = ("--region", "us-east-1")
DATA = """\
Resources:
  # Data
  DataBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: {policy}
    UpdateReplacePolicy: Retain
    Properties:
      BucketName: kept-for-years
"""


def own_template(folder, policy: str | None):
    """The project's own template: the embedded one with a bucket of a fixed name in front."""
    text = TEMPLATE.read_text()
    if policy:
        assert text.count("\nResources:\n") == 1
        text = text.replace("\nResources:\n", "\n" + DATA.format(policy=policy), 1)
    (folder / "cfn_params.jinja").write_text(text)


@pytest.fixture
def bucket(aws):
    """The bucket that was there before, with something in it."""
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="kept-for-years")
    s3.put_object(Bucket="kept-for-years", Key="model", Body=b"weights")
    return "kept-for-years"


def actions(outcome):
    return {c["logical_id"]: c["action"] for m in outcome["changes"]["modules"] for c in m["changes"]}


def resource(aws):
    (found,) = aws.client("cloudformation").describe_stack_resources(
        StackName="ml-cluster", LogicalResourceId="DataBucket"
    )["StackResources"]
    return found["ResourceStatus"], found["PhysicalResourceId"]


def aws_cli(stackgen, *arguments):
    environment = stackgen.environment | {"AWS_DEFAULT_REGION": "us-east-1"}
    program = str(Path(sys.executable).with_name("aws"))
    done = subprocess.run([program, "cloudformation", *arguments], env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_create_takes_in_what_is_there(stackgen, aws, talk, bucket):
    own_template(talk, "Retain")
    refused = stackgen("create", "talk", expect=4)
    assert "PRE021" in refused.err and "there is a bucket `kept-for-years` in us-east-1 already" in refused.err
    outcome = stackgen("create", "talk", "--import-existing-resources", "--wait", "--output", "json").json()
    assert outcome["status"] == "CREATE_COMPLETE"
    assert actions(outcome)["DataBucket"] == "import" and actions(outcome)["Vpc"] == "add"
    assert resource(aws) == ("IMPORT_COMPLETE", bucket)
    assert aws.client("s3").get_object(Bucket=bucket, Key="model")["Body"].read() == b"weights"

    (record,) = records(talk)
    request = json.loads((record / "request.json").read_text())
    assert request["import_existing_resources"] is True and request["change_set_type"] == "CREATE"
    stackgen("verify", str(record))
    response = json.loads((record / "response.json").read_text())
    seen = aws_cli(stackgen, "describe-change-set", "--change-set-name", response["change_set_id"])
    assert seen["ImportExistingResources"] is True
    assert stackgen("create", "talk", "--import-existing-resources", "--output", "json").json()["stack_id"] == outcome["stack_id"]


def test_without_the_flag_no_record_speaks_of_it(stackgen, aws, talk):
    stackgen("create", "talk", "--no-preflight")
    (record,) = records(talk)
    assert "import_existing_resources" not in json.loads((record / "request.json").read_text())


def test_update_takes_in_what_is_there(stackgen, aws, talk, bucket):
    own_template(talk, None)
    stackgen("create", "talk", "--wait")
    own_template(talk, "RetainExceptOnCreate")
    shown = stackgen("update", "talk", "--no-execute", "--import-existing-resources", "--output", "json", expect=3).json()
    assert actions(shown) == {"DataBucket": "import"}
    run = stackgen("update", "talk", "--import-existing-resources", "--wait", "--output", "json")
    assert run.json()["status"] == "UPDATE_COMPLETE" and resource(aws) == ("IMPORT_COMPLETE", bucket)
    assert "import" in run.err.lower()
    assert "no differences" in stackgen("diff", "talk").out
    stackgen("delete", "ml-cluster", *REGION, "--yes", "--wait")
    assert aws.client("s3").get_object(Bucket=bucket, Key="model")["Body"].read() == b"weights"


def test_what_would_go_with_the_stack_is_not_taken_in(stackgen, aws, talk, bucket):
    own_template(talk, "Delete")
    run = stackgen("create", "talk", "--import-existing-resources", expect=4)
    assert "PRE021" in run.err and "DeletionPolicy Retain or RetainExceptOnCreate" in run.err
    run = stackgen("create", "talk", "--import-existing-resources", "--no-preflight", expect=254)
    assert "must have the DeletionPolicy attribute set to 'Retain'" in run.err
    assert aws.client("cloudformation").list_stacks(StackStatusFilter=["REVIEW_IN_PROGRESS"])["StackSummaries"] == []


def test_a_failure_gives_back_what_was_taken_in(stackgen, aws, talk, bucket):
    own_template(talk, "RetainExceptOnCreate")
    aws.post("fail", {"logical_id": "HyperPodCluster", "reason": "no capacity"})
    stackgen("create", "talk", "--import-existing-resources", "--wait", expect=5)
    assert aws.client("s3").get_object(Bucket=bucket, Key="model")["Body"].read() == b"weights"


def test_a_run_that_was_cut_off_imports_when_it_goes_on(stackgen, aws, talk, bucket):
    """The record says it, so `resume` needs no flag."""
    own_template(talk, "Retain")
    scripted, server = scripted_aws.serve(aws.endpoint)
    scripted.on("CreateChangeSet", (500, "text/html", "<html>later</html>"))
    broken = {"AWS_ENDPOINT_URL": scripted.endpoint, "AWS_MAX_ATTEMPTS": "1"}
    stackgen("create", "talk", "--import-existing-resources", expect=254, **broken)
    server.shutdown()
    (record,) = records(talk)
    assert stackgen("resume", str(record), "--wait", "--output", "json").json()["status"] == "CREATE_COMPLETE"
    assert resource(aws) == ("IMPORT_COMPLETE", bucket)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "talk", "--import-existing-resources", "--no-change-set"), "needs a change set"),
        (("update", "talk", "--import-existing-resources", "--no-change-set"), "needs a change set"),
        (("update", "talk", "--import-existing-resources", "--import", "A=B=c"), "take one of the two"),
    ],
)
def test_what_does_not_go_together(offline, arguments, words):
    assert words in offline(*arguments, expect=252).err


def test_a_time_limit_needs_the_direct_call(stackgen, talk):
    stackgen("configure", "--folder", "talk", "stack.timeout_minutes=60")
    run = stackgen("create", "talk", "--import-existing-resources", expect=252)
    assert "stack.timeout_minutes" in run.err and records(talk) == []
