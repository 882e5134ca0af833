"""Stacks from creation to deletion: events, tags, rollback, tokens, nested stacks, the exact template."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import CASES, LocalAWS


def lines(events: list[dict[str, Any]]) -> str:
    """Return events one a line: status, logical id, reason."""
    shown = []
    for event in events:
        reason = event.get("ResourceStatusReason")
        shown.append(f"{event['ResourceStatus']} {event['LogicalResourceId']}" + (f" ({reason})" if reason else ""))
    return "\n".join(shown) + "\n"


def golden(name: str) -> str:
    """Return the expected events of a case."""
    return (CASES / "events" / name).read_text()


def test_events_of_creation_and_deletion(aws: LocalAWS) -> None:
    stack_id = aws.create("events/two-layers.yaml")
    assert aws.settle(stack_id)["StackStatus"] == "CREATE_COMPLETE"
    created = aws.events(stack_id)
    assert lines(created) == golden("two-layers.created.txt")
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"
    everything = aws.events(stack_id)
    assert lines(everything[len(created) :]) == golden("two-layers.deleted.txt")
    times = [event["Timestamp"] for event in everything]
    assert times == sorted(set(times))
    with pytest.raises(ClientError, match="Stack with id stack does not exist"):
        aws.client("cloudformation").describe_stacks(StackName="stack")


def test_injected_failure_rolls_back_in_reverse(aws: LocalAWS) -> None:
    aws.control("POST", "fail", {"logical_id": "Second", "reason": "no capacity today"})
    stack_id = aws.create("events/two-layers.yaml")
    assert aws.settle(stack_id)["StackStatus"] == "ROLLBACK_COMPLETE"
    assert lines(aws.events(stack_id)) == golden("two-layers.rolled-back.txt")
    with pytest.raises(ClientError) as caught:
        aws.create("events/two-layers.yaml")
    assert caught.value.response["Error"]["Code"] == "AlreadyExistsException"
    aws.delete(stack_id)
    again = aws.create("events/two-layers.yaml")
    assert aws.settle(again)["StackStatus"] == "CREATE_COMPLETE"


@pytest.mark.parametrize(
    ("options", "status", "vpcs"),
    [
        ({"OnFailure": "DO_NOTHING"}, "CREATE_FAILED", 1),
        ({"DisableRollback": True}, "CREATE_FAILED", 1),
        ({"OnFailure": "DELETE"}, "DELETE_COMPLETE", 0),
        ({"OnFailure": "ROLLBACK"}, "ROLLBACK_COMPLETE", 0),
    ],
)
def test_on_failure(aws: LocalAWS, options: dict[str, Any], status: str, vpcs: int) -> None:
    aws.control("POST", "fail", {"logical_id": "Second"})
    stack_id = aws.create("events/two-layers.yaml", **options)
    assert aws.settle(stack_id)["StackStatus"] == status
    found = [vpc for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]]
    assert len(found) == vpcs


def test_failed_deletion_keeps_what_it_needs(aws: LocalAWS) -> None:
    stack_id = aws.create("events/two-layers.yaml")
    aws.settle(stack_id)
    aws.control("POST", "fail", {"logical_id": "Second", "operation": "delete", "reason": "in use"})
    stack = aws.delete(stack_id)
    assert stack["StackStatus"] == "DELETE_FAILED"
    assert stack["StackStatusReason"] == "The following resource(s) failed to delete: [Second]. "
    resources = aws.client("cloudformation").describe_stack_resources(StackName=stack_id)["StackResources"]
    statuses = {entry["LogicalResourceId"]: entry["ResourceStatus"] for entry in resources}
    assert statuses == {
        "First": "CREATE_COMPLETE", "Beside": "DELETE_COMPLETE", "Second": "DELETE_FAILED", "Last": "DELETE_COMPLETE",
    }  # fmt: skip
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"


def test_non_empty_bucket_fails_the_deletion(aws: LocalAWS) -> None:
    cloudformation, s3 = aws.client("cloudformation"), aws.client("s3")
    body = "Resources: {Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: full-of-things}}}"
    stack_id = cloudformation.create_stack(StackName="stack", TemplateBody=body)["StackId"]
    aws.settle(stack_id)
    s3.put_object(Bucket="full-of-things", Key="thing", Body=b"x")
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_FAILED"
    reason = aws.events(stack_id)[-2]["ResourceStatusReason"]
    assert "The bucket you tried to delete is not empty" in reason
    s3.delete_object(Bucket="full-of-things", Key="thing")
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"


def test_token_makes_creation_idempotent(aws: LocalAWS) -> None:
    first = aws.create("events/two-layers.yaml", ClientRequestToken="token-1")
    assert aws.create("events/two-layers.yaml", ClientRequestToken="token-1") == first
    with pytest.raises(ClientError, match=r"Stack \[stack\] already exists"):
        aws.create("events/two-layers.yaml", ClientRequestToken="token-2")
    aws.settle(first)
    assert aws.create("events/two-layers.yaml", ClientRequestToken="token-1") == first
    assert {event["ClientRequestToken"] for event in aws.events(first)} == {"token-1"}
    assert len(aws.client("cloudformation").list_stacks()["StackSummaries"]) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_template_comes_back_byte_for_byte(aws: LocalAWS, newline: str) -> None:
    body = newline.join(
        (
            "", "# <tag> & \"quotes\" 'and' ]]> \u00e9 \u2713 \U0001f680\t  ",
            "Resources:", "  A: {Type: AWS::Logs::LogGroup}", "", "  ",
        )
    )  # fmt: skip
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(StackName="stack", TemplateBody=body)
    aws.settle("stack")
    assert cloudformation.get_template(StackName="stack")["TemplateBody"] == body


def test_template_from_a_bucket(aws: LocalAWS) -> None:
    cloudformation, s3 = aws.client("cloudformation", "eu-west-1"), aws.client("s3", "eu-west-1")
    s3.create_bucket(Bucket="my-templates", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_bucket_versioning(Bucket="my-templates", VersioningConfiguration={"Status": "Enabled"})
    first = "Resources: {A: {Type: AWS::Logs::LogGroup}} #".ljust(60_000, "x")
    version = s3.put_object(Bucket="my-templates", Key="a/b c.yaml", Body=first.encode())["VersionId"]
    s3.put_object(Bucket="my-templates", Key="a/b c.yaml", Body=b"Resources: {}")
    url = f"https://my-templates.s3.eu-west-1.amazonaws.com/a/b%20c.yaml?versionId={version}"
    cloudformation.create_stack(StackName="stack", TemplateURL=url)
    assert aws.settle("stack", "eu-west-1")["StackStatus"] == "CREATE_COMPLETE"
    assert cloudformation.get_template(StackName="stack")["TemplateBody"] == first
    with pytest.raises(ClientError, match="At least one Resources member"):
        cloudformation.create_stack(StackName="other", TemplateURL=url.split("?")[0])
    with pytest.raises(ClientError, match="TemplateURL must be a supported URL"):
        cloudformation.create_stack(StackName="other", TemplateURL="https://example.com/a.yaml")


def test_termination_protection(aws: LocalAWS) -> None:
    stack_id = aws.create("events/two-layers.yaml", EnableTerminationProtection=True)
    aws.settle(stack_id)
    cloudformation = aws.client("cloudformation")
    with pytest.raises(ClientError, match="TerminationProtection is enabled"):
        cloudformation.delete_stack(StackName=stack_id)
    cloudformation.update_termination_protection(StackName=stack_id, EnableTerminationProtection=False)
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"


def test_events_come_in_pages(aws: LocalAWS) -> None:
    groups = "".join(f"  Group{index}: {{Type: AWS::Logs::LogGroup}}\n" for index in range(40))
    cloudformation = aws.client("cloudformation")
    stack_id = cloudformation.create_stack(StackName="stack", TemplateBody=f"Resources:\n{groups}")["StackId"]
    aws.settle(stack_id)
    first = cloudformation.describe_stack_events(StackName=stack_id)
    assert len(first["StackEvents"]) == 100
    assert first["NextToken"]
    assert len(aws.events(stack_id)) == 40 * 3 + 2


def test_no_echo_parameters_are_masked_and_allowed_values_hold(aws: LocalAWS) -> None:
    cloudformation = aws.client("cloudformation")
    body = (
        "Parameters: {Word: {Type: String, NoEcho: true}, Kind: {Type: String, AllowedValues: [a, b]}}\n"
        "Resources: {A: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Ref Kind}}}"
    )
    given = [{"ParameterKey": "Word", "ParameterValue": "hush"}, {"ParameterKey": "Kind", "ParameterValue": "c"}]
    with pytest.raises(ClientError, match="Parameter 'Kind' must be one of AllowedValues"):
        cloudformation.create_stack(StackName="stack", TemplateBody=body, Parameters=given)
    given[1]["ParameterValue"] = "b"
    cloudformation.create_stack(StackName="stack", TemplateBody=body, Parameters=given)
    shown = {entry["ParameterKey"]: entry["ParameterValue"] for entry in aws.settle("stack")["Parameters"]}
    assert shown == {"Word": "****", "Kind": "b"}


def test_missing_operation_is_answered_readably(aws: LocalAWS) -> None:
    with pytest.raises(ClientError) as caught:
        aws.client("cloudformation").list_stack_sets()
    assert caught.value.response["Error"]["Code"] == "UnsupportedOperation"
