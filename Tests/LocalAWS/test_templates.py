"""Templates that are refused at once, and resources that fail while a stack is created."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from conftest import CASES, LocalAWS


def cases(folder: str) -> list[Path]:
    """Return the templates of a folder of cases."""
    found = sorted((CASES / folder).glob("*.yaml"))
    assert found, folder
    return found


def refusal(error: ClientError) -> str:
    """Return `code: message` of a service error."""
    return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"


@pytest.mark.parametrize("case", cases("refused"), ids=lambda path: path.stem)
def test_refused_template_makes_no_stack(aws: LocalAWS, case: Path) -> None:
    with pytest.raises(ClientError) as caught:
        aws.create(f"refused/{case.name}")
    assert refusal(caught.value) == case.with_suffix(".txt").read_text().strip()
    assert aws.client("cloudformation").list_stacks()["StackSummaries"] == []


@pytest.mark.parametrize("case", cases("failing"), ids=lambda path: path.stem)
def test_failing_resource_rolls_back(aws: LocalAWS, case: Path) -> None:
    logical_id, _, reason = case.with_suffix(".txt").read_text().strip().partition(": ")
    stack_id = aws.create(f"failing/{case.name}")
    assert aws.settle(stack_id)["StackStatus"] == "ROLLBACK_COMPLETE"
    failed = {
        event["LogicalResourceId"]: event["ResourceStatusReason"]
        for event in aws.events(stack_id)
        if event["ResourceStatus"] == "CREATE_FAILED" and event["ResourceStatusReason"] != "Resource creation cancelled"
    }
    assert list(failed) == [logical_id]
    assert reason in failed[logical_id]
    assert [vpc for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]] == []
    assert aws.client("iam").list_roles()["Roles"] == []


@pytest.mark.parametrize(
    ("type_name", "region", "known"),
    [
        ("ClusterSchedulerConfig", "us-east-1", True),
        ("ClusterSchedulerConfig", "us-west-2", False),
        ("ComputeQuota", "us-west-2", True),
        ("ComputeQuota", "eu-north-1", False),
        ("Cluster", "eu-north-1", True),
        ("Cluster", "eu-west-3", False),
    ],
)
def test_types_exist_by_region(aws: LocalAWS, type_name: str, region: str, known: bool) -> None:
    cloudformation = aws.client("cloudformation", region)
    name = f"AWS::SageMaker::{type_name}"
    body = f"Resources: {{Thing: {{Type: '{name}'}}}}"
    if known:
        cloudformation.validate_template(TemplateBody=body)
        assert cloudformation.describe_type(Type="RESOURCE", TypeName=name)["TypeName"] == name
        return
    with pytest.raises(ClientError) as caught:
        cloudformation.create_stack(StackName="stack", TemplateBody=body)
    assert refusal(caught.value) == f"ValidationError: Template format error: Unrecognized resource types: [{name}]"
    with pytest.raises(cloudformation.exceptions.TypeNotFoundException):
        cloudformation.describe_type(Type="RESOURCE", TypeName=name)


def test_inline_template_has_a_limit(aws: LocalAWS) -> None:
    body = "Resources: {A: {Type: AWS::Logs::LogGroup}} #".ljust(51_200, "x")
    cloudformation = aws.client("cloudformation")
    cloudformation.validate_template(TemplateBody=body)
    with pytest.raises(ClientError, match="less than or equal to 51200"):
        cloudformation.create_stack(StackName="stack", TemplateBody=body + "x")


def test_capabilities_are_required(aws: LocalAWS) -> None:
    cloudformation = aws.client("cloudformation")
    named = "Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: r, AssumeRolePolicyDocument: {}}}}"
    for given in ([], ["CAPABILITY_IAM"]):
        with pytest.raises(cloudformation.exceptions.InsufficientCapabilitiesException) as caught:
            cloudformation.create_stack(StackName="stack", TemplateBody=named, Capabilities=given)
        assert caught.value.response["Error"]["Message"] == "Requires capabilities : [CAPABILITY_NAMED_IAM]"
    assert cloudformation.validate_template(TemplateBody=named)["Capabilities"] == ["CAPABILITY_NAMED_IAM"]
