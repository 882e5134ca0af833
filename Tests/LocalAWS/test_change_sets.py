"""Change sets and updates: what is shown, what is done, the way back, policies, drift and imports."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import LocalAWS

BASE = """
Parameters: {Range: {Type: String, Default: 10.0.0.0/16}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Range, Tags: [{Key: Name, Value: one}]}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!Ref Range, 1, 8]]}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /one, RetentionInDays: 7}}
  Bucket: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {BucketName: my-own-bucket}}
Outputs: {Vpc: {Value: !Ref Vpc}}
"""


def create(aws: LocalAWS, body: str = BASE, **options: Any) -> str:
    """Create the stack `stack` and wait for it."""
    made = aws.client("cloudformation").create_stack(StackName="stack", TemplateBody=body, **options)
    assert aws.settle(made["StackId"])["StackStatus"] == "CREATE_COMPLETE"
    return made["StackId"]


def change_set(aws: LocalAWS, body: str, kind: str = "UPDATE", name: str = "change", **options: Any) -> dict[str, Any]:
    """Create a change set and return it when it is worked out, property values included."""
    cloudformation = aws.client("cloudformation")
    cloudformation.create_change_set(
        StackName="stack", ChangeSetName=name, ChangeSetType=kind, TemplateBody=body, **options
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = cloudformation.describe_change_set(StackName="stack", ChangeSetName=name, IncludePropertyValues=True)
        if found["Status"] in ("CREATE_COMPLETE", "FAILED"):
            return found
        time.sleep(0.02)
    raise AssertionError(f"the change set stays {found['Status']}")


def execute(aws: LocalAWS, name: str = "change", **options: Any) -> dict[str, Any]:
    """Execute a change set and wait for the stack."""
    aws.client("cloudformation").execute_change_set(StackName="stack", ChangeSetName=name, **options)
    return aws.settle("stack")


def by_id(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a change set's resource changes by logical id."""
    return {entry["ResourceChange"]["LogicalResourceId"]: entry["ResourceChange"] for entry in found["Changes"]}


def resources(aws: LocalAWS) -> dict[str, tuple[str, str]]:
    """Return status and physical id of each resource of the stack."""
    entries = aws.client("cloudformation").describe_stack_resources(StackName="stack")["StackResources"]
    return {entry["LogicalResourceId"]: (entry["ResourceStatus"], entry["PhysicalResourceId"]) for entry in entries}


def statuses(aws: LocalAWS, since: int = 0) -> list[str]:
    """Return the stack's own statuses in order."""
    events = aws.events("stack")[since:]
    return [event["ResourceStatus"] for event in events if event["ResourceType"] == "AWS::CloudFormation::Stack"]


def test_creation_through_a_change_set(aws: LocalAWS) -> None:
    cloudformation = aws.client("cloudformation")
    found = change_set(aws, BASE, "CREATE", ClientToken="t1", Tags=[{"Key": "team", "Value": "ml"}])
    assert (found["Status"], found["ExecutionStatus"]) == ("CREATE_COMPLETE", "AVAILABLE")
    assert {name: entry["Action"] for name, entry in by_id(found).items()} == dict.fromkeys(
        ("Vpc", "Subnet", "Logs", "Bucket"), "Add"
    )
    stack = cloudformation.describe_stacks(StackName="stack")["Stacks"][0]
    assert stack["StackStatus"] == "REVIEW_IN_PROGRESS"
    assert aws.client("logs").describe_log_groups()["logGroups"] == []
    again = cloudformation.create_change_set(
        StackName="stack", ChangeSetName="change", ChangeSetType="CREATE", TemplateBody=BASE, ClientToken="t1"
    )
    assert again["Id"] == found["ChangeSetId"]
    with pytest.raises(ClientError) as caught:
        change_set(aws, BASE, "CREATE", ClientToken="t2")
    assert caught.value.response["Error"]["Code"] == "AlreadyExistsException"
    done = execute(aws, ClientRequestToken="e1")
    assert (done["StackStatus"], done["ChangeSetId"]) == ("CREATE_COMPLETE", found["ChangeSetId"])
    assert done["Tags"] == [{"Key": "team", "Value": "ml"}]
    cloudformation.execute_change_set(StackName="stack", ChangeSetName="change", ClientRequestToken="e1")
    with pytest.raises(ClientError) as caught:
        cloudformation.execute_change_set(StackName="stack", ChangeSetName="change", ClientRequestToken="e2")
    assert caught.value.response["Error"]["Code"] == "InvalidChangeSetStatus"
    described = cloudformation.describe_change_set(ChangeSetName=found["ChangeSetId"])
    assert described["ExecutionStatus"] == "EXECUTE_COMPLETE"
    assert statuses(aws) == ["REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE"]


def test_a_reviewed_stack_is_deleted_at_once(aws: LocalAWS) -> None:
    change_set(aws, BASE, "CREATE")
    cloudformation = aws.client("cloudformation")
    cloudformation.delete_change_set(StackName="stack", ChangeSetName="change")
    with pytest.raises(ClientError) as caught:
        cloudformation.describe_change_set(StackName="stack", ChangeSetName="change")
    assert caught.value.response["Error"]["Code"] == "ChangeSetNotFound"
    stack_id = cloudformation.describe_stacks(StackName="stack")["Stacks"][0]["StackId"]
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"


def test_what_a_change_set_tells(aws: LocalAWS) -> None:
    create(aws)
    body = BASE.replace("10.0.0.0/16}}", "10.9.0.0/16}}").replace("RetentionInDays: 7", "RetentionInDays: 30")
    body = body.replace("  Bucket:", "  More: {Type: AWS::Logs::LogGroup}\n  Dropped:").replace("my-own-", "another-")
    found = by_id(change_set(aws, body))
    assert {name: (entry["Action"], entry.get("Replacement")) for name, entry in found.items()} == {
        "Vpc": ("Modify", "True"),
        "Subnet": ("Modify", "True"),
        "Logs": ("Modify", "False"),
        "More": ("Add", None),
        "Dropped": ("Add", None),
        "Bucket": ("Remove", None),
    }
    assert found["Bucket"]["PolicyAction"] == "Retain"
    assert found["Vpc"]["PolicyAction"] == "ReplaceAndDelete"
    (detail,) = found["Vpc"]["Details"]
    assert detail == {
        "Target": {
            "Attribute": "Properties", "Name": "CidrBlock", "RequiresRecreation": "Always",
            "Path": "/Properties/CidrBlock", "AttributeChangeType": "Modify",
            "BeforeValue": "10.0.0.0/16", "AfterValue": "10.9.0.0/16",
        },
        "Evaluation": "Static", "ChangeSource": "ParameterReference", "CausingEntity": "Range",
    }  # fmt: skip
    causes = {detail["Target"]["Name"]: detail["ChangeSource"] for detail in found["Subnet"]["Details"]}
    assert causes == {"VpcId": "ResourceReference", "CidrBlock": "ParameterReference"}
    (detail,) = found["Logs"]["Details"]
    assert (detail["Target"]["BeforeValue"], detail["Target"]["AfterValue"]) == ("7", "30")
    assert json.loads(found["Logs"]["AfterContext"])["Properties"]["RetentionInDays"] == 30


def test_an_attribute_of_a_changed_resource_may_change(aws: LocalAWS) -> None:
    body = BASE.replace("LogGroupName: /one", "LogGroupName: !Sub '/${Vpc.VpcId}'")
    create(aws, body)
    found = by_id(change_set(aws, body.replace("Value: one", "Value: two")))
    assert {name: entry["Replacement"] for name, entry in found.items()} == {"Vpc": "False", "Logs": "Conditional"}
    (detail,) = found["Logs"]["Details"]
    assert (detail["Evaluation"], detail["ChangeSource"], detail["CausingEntity"]) == (
        "Dynamic", "ResourceAttribute", "Vpc.VpcId",
    )  # fmt: skip
    before = resources(aws)
    assert execute(aws)["StackStatus"] == "UPDATE_COMPLETE"
    after = resources(aws)
    assert {name: entry[1] for name, entry in after.items()} == {name: entry[1] for name, entry in before.items()}
    assert after["Vpc"][0] == "UPDATE_COMPLETE"
    assert after["Logs"][0] == "CREATE_COMPLETE"


def test_pages_and_time(aws: LocalAWS) -> None:
    aws.control("POST", "settings", {"page_size": 3, "change_set_seconds": 0.5})
    cloudformation = aws.client("cloudformation")
    cloudformation.create_change_set(
        StackName="stack", ChangeSetName="change", ChangeSetType="CREATE", TemplateBody=BASE
    )
    first = cloudformation.describe_change_set(StackName="stack", ChangeSetName="change")
    assert first["Status"] in ("CREATE_PENDING", "CREATE_IN_PROGRESS")
    assert first["ExecutionStatus"] == "UNAVAILABLE"
    with pytest.raises(ClientError, match="cannot be executed in its current status"):
        cloudformation.execute_change_set(StackName="stack", ChangeSetName="change")
    cloudformation.get_waiter("change_set_create_complete").wait(
        StackName="stack", ChangeSetName="change", WaiterConfig={"Delay": 1}
    )
    pages = list(
        cloudformation.get_paginator("describe_change_set").paginate(StackName="stack", ChangeSetName="change")
    )
    assert [len(page["Changes"]) for page in pages] == [3, 1]
    with pytest.raises(Exception, match="400"):
        aws.control("POST", "settings", {"page_size": 0})


def test_nothing_changed(aws: LocalAWS) -> None:
    create(aws)
    found = change_set(aws, BASE + "# a comment\n")
    assert (found["Status"], found["ExecutionStatus"]) == ("FAILED", "UNAVAILABLE")
    assert found["StatusReason"].startswith("The submitted information didn't contain changes.")
    cloudformation = aws.client("cloudformation")
    with pytest.raises(ClientError, match=r"No updates are to be performed\."):
        cloudformation.update_stack(StackName="stack", TemplateBody=BASE)
    with pytest.raises(ClientError, match=r"Stack \[other\] does not exist"):
        cloudformation.create_change_set(StackName="other", ChangeSetName="c", TemplateBody=BASE)


def test_an_update_replaces_adds_removes_and_cleans_up(aws: LocalAWS) -> None:
    create(aws)
    before, events = resources(aws), len(aws.events("stack"))
    body = BASE.replace("RetentionInDays: 7", "RetentionInDays: 30").replace("10.0.0.0/16}}", "10.9.0.0/16}}")
    body = body[: body.index("  Bucket:")] + "  More: {Type: AWS::Logs::LogGroup}\n" + body[body.index("Outputs") :]
    cloudformation = aws.client("cloudformation")
    for _ in range(2):  # the second is a repetition
        cloudformation.update_stack(StackName="stack", TemplateBody=body, ClientRequestToken="u1")
    stack = aws.settle("stack")
    assert stack["StackStatus"] == "UPDATE_COMPLETE"
    assert statuses(aws, events) == ["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"]
    after = resources(aws)
    assert set(after) == {"Vpc", "Subnet", "Logs", "More"}
    assert after["Vpc"][1] != before["Vpc"][1]
    assert after["Logs"][1] == before["Logs"][1]
    assert stack["Outputs"][0]["OutputValue"] == after["Vpc"][1]
    (group,) = aws.client("logs").describe_log_groups(logGroupNamePrefix="/one")["logGroups"]
    assert group["retentionInDays"] == 30
    vpcs = [vpc["CidrBlock"] for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]]
    assert vpcs == ["10.9.0.0/16"]
    assert [bucket["Name"] for bucket in aws.client("s3").list_buckets()["Buckets"]] == ["my-own-bucket"]
    assert cloudformation.get_template(StackName="stack")["TemplateBody"] == body
    assert aws.delete(stack["StackId"])["StackStatus"] == "DELETE_COMPLETE"


def test_a_failed_update_goes_back(aws: LocalAWS) -> None:
    create(aws)
    before, events = resources(aws), len(aws.events("stack"))
    aws.control("POST", "fail", {"logical_id": "More", "reason": "no room"})
    body = BASE.replace("RetentionInDays: 7", "RetentionInDays: 30")
    body = body.replace("Outputs:", "  More: {Type: AWS::Logs::LogGroup, DependsOn: [Logs]}\nOutputs:")
    assert change_set(aws, body)["Status"] == "CREATE_COMPLETE"
    assert execute(aws)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert statuses(aws, events) == [
        "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE",
    ]  # fmt: skip
    assert {name: entry[1] for name, entry in resources(aws).items()} == {n: entry[1] for n, entry in before.items()}
    (group,) = aws.client("logs").describe_log_groups(logGroupNamePrefix="/one")["logGroups"]
    assert group["retentionInDays"] == 7
    reasons = [event.get("ResourceStatusReason") for event in aws.events("stack")]
    assert "The following resource(s) failed to create: [More]. " in reasons
    cloudformation = aws.client("cloudformation")
    assert cloudformation.get_template(StackName="stack")["TemplateBody"] == BASE
    assert cloudformation.describe_change_set(StackName="stack", ChangeSetName="change")["ExecutionStatus"] == (
        "EXECUTE_FAILED"
    )


def test_a_failed_rollback_is_continued(aws: LocalAWS) -> None:
    create(aws)
    cloudformation = aws.client("cloudformation")
    aws.control("POST", "settings", {"resource_seconds": 1})
    aws.control("POST", "fail", {"logical_id": "More", "reason": "no room"})
    body = BASE.replace("Value: one", "Value: two")
    body = body.replace("Outputs:", "  More: {Type: AWS::Logs::LogGroup, DependsOn: [Vpc]}\nOutputs:")
    cloudformation.update_stack(StackName="stack", TemplateBody=body)
    while not any(event["ResourceStatus"] == "UPDATE_IN_PROGRESS" and event["LogicalResourceId"] == "Vpc"
                  for event in aws.events("stack")):  # fmt: skip
        time.sleep(0.02)
    time.sleep(0.3)  # the update of Vpc is done by now and waits for its second to pass; next comes its way back
    aws.control("POST", "fail", {"logical_id": "Vpc", "operation": "update", "reason": "still not"})
    assert aws.settle("stack")["StackStatus"] == "UPDATE_ROLLBACK_FAILED"
    with pytest.raises(ClientError, match="UPDATE_ROLLBACK_FAILED state and can not be updated"):
        cloudformation.update_stack(StackName="stack", TemplateBody=body)
    with pytest.raises(ClientError, match=r"ResourcesToSkip: \[Logs\]"):
        cloudformation.continue_update_rollback(StackName="stack", ResourcesToSkip=["Logs"])
    cloudformation.continue_update_rollback(StackName="stack")
    assert aws.settle("stack")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    vpc = aws.client("ec2").describe_vpcs(VpcIds=[resources(aws)["Vpc"][1]])["Vpcs"][0]
    assert {"Key": "Name", "Value": "one"} in vpc["Tags"]


def test_an_update_is_cancelled(aws: LocalAWS) -> None:
    create(aws)
    cloudformation = aws.client("cloudformation")
    with pytest.raises(ClientError, match="cannot be called from current stack status"):
        cloudformation.cancel_update_stack(StackName="stack")
    aws.control("POST", "settings", {"resource_seconds": 20})
    cloudformation.update_stack(StackName="stack", TemplateBody=BASE.replace("Days: 7", "Days: 30"))
    with pytest.raises(ClientError, match="cannot be deleted while in status UPDATE_IN_PROGRESS"):
        cloudformation.delete_stack(StackName="stack")
    cloudformation.cancel_update_stack(StackName="stack")
    assert aws.settle("stack")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"


def test_an_update_without_rollback_stays_where_it_failed(aws: LocalAWS) -> None:
    create(aws)
    aws.control("POST", "fail", {"logical_id": "Logs", "operation": "update", "reason": "no"})
    aws.client("cloudformation").update_stack(
        StackName="stack", TemplateBody=BASE.replace("Days: 7", "Days: 30"), DisableRollback=True
    )
    assert aws.settle("stack")["StackStatus"] == "UPDATE_FAILED"


def test_a_named_resource_cannot_be_replaced_under_its_name(aws: LocalAWS) -> None:
    create(aws)
    body = BASE.replace("BucketName: my-own-bucket", "BucketName: my-own-bucket, BucketNamespace: global")
    aws.client("cloudformation").update_stack(StackName="stack", TemplateBody=body)
    assert aws.settle("stack")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert any("Rename my-own-bucket" in event.get("ResourceStatusReason", "") for event in aws.events("stack"))


def test_stack_policy(aws: LocalAWS) -> None:
    policy = {
        "Statement": [
            {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
            {"Effect": "Deny", "Action": "Update:Modify", "Principal": "*", "Resource": "LogicalResourceId/Logs"},
        ]
    }
    create(aws, StackPolicyBody=json.dumps(policy))
    cloudformation = aws.client("cloudformation")
    assert json.loads(cloudformation.get_stack_policy(StackName="stack")["StackPolicyBody"]) == policy
    body = BASE.replace("Days: 7", "Days: 30")
    cloudformation.update_stack(StackName="stack", TemplateBody=body)
    assert aws.settle("stack")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert any("denied by stack policy" in event.get("ResourceStatusReason", "") for event in aws.events("stack"))
    during = json.dumps({"Statement": [policy["Statement"][0]]})
    cloudformation.update_stack(StackName="stack", TemplateBody=body, StackPolicyDuringUpdateBody=during)
    assert aws.settle("stack")["StackStatus"] == "UPDATE_COMPLETE"
    with pytest.raises(ClientError, match="Error validating stack policy"):
        cloudformation.set_stack_policy(StackName="stack", StackPolicyBody="{}")


def test_tags_of_the_stack_reach_its_resources(aws: LocalAWS) -> None:
    create(aws, Tags=[{"Key": "team", "Value": "ml"}, {"Key": "old", "Value": "1"}])
    found = by_id(change_set(aws, BASE, Tags=[{"Key": "team", "Value": "research"}]))
    assert {name: (entry["Replacement"], entry["Scope"]) for name, entry in found.items()} == dict.fromkeys(
        ("Vpc", "Subnet", "Logs", "Bucket"), ("False", ["Tags"])
    )
    assert execute(aws)["StackStatus"] == "UPDATE_COMPLETE"
    vpc = aws.client("ec2").describe_vpcs(VpcIds=[resources(aws)["Vpc"][1]])["Vpcs"][0]
    own = {tag["Key"]: tag["Value"] for tag in vpc["Tags"] if not tag["Key"].startswith("aws:")}
    assert own == {"team": "research", "Name": "one"}
    tags = aws.client("s3").get_bucket_tagging(Bucket="my-own-bucket")["TagSet"]
    assert tags == [{"Key": "team", "Value": "research"}]


def test_drift(aws: LocalAWS) -> None:
    stack_id = create(aws)
    assert detect(aws) == ("IN_SYNC", 0, {})
    ec2, found = aws.client("ec2"), resources(aws)
    ec2.create_tags(Resources=[found["Vpc"][1]], Tags=[{"Key": "Name", "Value": "changed"}])
    aws.client("logs").delete_log_group(logGroupName="/one")
    status, count, drifts = detect(aws)
    assert (status, count) == ("DRIFTED", 2)
    assert drifts["Logs"]["StackResourceDriftStatus"] == "DELETED"
    (difference,) = drifts["Vpc"]["PropertyDifferences"]
    assert difference == {
        "PropertyPath": "/Tags/0/Value", "ExpectedValue": "one", "ActualValue": "changed", "DifferenceType": "NOT_EQUAL",
    }  # fmt: skip
    described = aws.client("cloudformation").describe_stacks(StackName=stack_id)["Stacks"][0]
    assert described["DriftInformation"]["StackDriftStatus"] == "DRIFTED"


def detect(aws: LocalAWS) -> tuple[str, int, dict[str, Any]]:
    """Detect drift; return the stack's status, how many drifted, and those by logical id."""
    cloudformation = aws.client("cloudformation")
    identifier = cloudformation.detect_stack_drift(StackName="stack")["StackDriftDetectionId"]
    while True:
        answer = cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=identifier)
        if answer["DetectionStatus"] != "DETECTION_IN_PROGRESS":
            break
        time.sleep(0.02)
    assert answer["DetectionStatus"] == "DETECTION_COMPLETE", answer
    drifts = cloudformation.describe_stack_resource_drifts(
        StackName="stack", StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
    )["StackResourceDrifts"]
    return (
        answer["StackDriftStatus"],
        answer["DriftedStackResourceCount"],
        {entry["LogicalResourceId"]: entry for entry in drifts},
    )


def test_importing_a_bucket_into_a_new_stack(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    body = "Resources: {Data: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {BucketName: my-data}}}"
    wanted = [
        {
            "ResourceType": "AWS::S3::Bucket",
            "LogicalResourceId": "Data",
            "ResourceIdentifier": {"BucketName": "my-data"},
        }
    ]
    found = change_set(aws, body, "IMPORT", ResourcesToImport=wanted)
    assert by_id(found)["Data"]["Action"] == "Import"
    assert execute(aws)["StackStatus"] == "IMPORT_COMPLETE"
    assert resources(aws) == {"Data": ("IMPORT_COMPLETE", "my-data")}


def test_an_import_that_cannot_be(aws: LocalAWS) -> None:
    create(aws)
    body = BASE.replace("Outputs:", "  Data: {Type: AWS::S3::Bucket, Properties: {BucketName: gone}}\nOutputs:")
    wanted = [
        {"ResourceType": "AWS::S3::Bucket", "LogicalResourceId": "Data", "ResourceIdentifier": {"BucketName": "gone"}}
    ]
    found = change_set(aws, body, "IMPORT", name="one", ResourcesToImport=wanted)
    assert "must have a DeletionPolicy" in found["StatusReason"]
    body = body.replace("Data: {", "Data: {DeletionPolicy: Retain, ")
    found = change_set(aws, body, "IMPORT", name="two", ResourcesToImport=wanted)
    assert "does not exist" in found["StatusReason"]
    found = change_set(aws, body.replace("Days: 7", "Days: 9"), "IMPORT", name="three", ResourcesToImport=wanted)
    assert "you cannot modify or add [Resources]: [Logs]" in found["StatusReason"]


KEPT = "Resources:\n  Data: {Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {BucketName: my-data}}\n"
VPC = "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"


def buckets(aws: LocalAWS) -> list[str]:
    """Return the names of all buckets."""
    return [bucket["Name"] for bucket in aws.client("s3").list_buckets()["Buckets"]]


def test_existing_resources_come_into_a_new_stack(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    found = change_set(aws, KEPT + VPC, "CREATE", ImportExistingResources=True)
    assert found["ImportExistingResources"] is True
    assert {name: change["Action"] for name, change in by_id(found).items()} == {"Data": "Import", "Vpc": "Add"}
    assert execute(aws)["StackStatus"] == "CREATE_COMPLETE"
    assert resources(aws)["Data"] == ("IMPORT_COMPLETE", "my-data")


def test_existing_resources_come_into_a_stack_that_is_there(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    create(aws, "Resources:\n" + VPC)
    found = change_set(aws, KEPT + VPC, ImportExistingResources=True)
    assert {name: change["Action"] for name, change in by_id(found).items()} == {"Data": "Import"}
    assert execute(aws)["StackStatus"] == "UPDATE_COMPLETE"
    assert resources(aws)["Data"] == ("IMPORT_COMPLETE", "my-data")


def test_what_does_not_exist_is_made(aws: LocalAWS) -> None:
    found = change_set(aws, KEPT, "CREATE", ImportExistingResources=True)
    assert by_id(found)["Data"]["Action"] == "Add"
    assert execute(aws)["StackStatus"] == "CREATE_COMPLETE"
    assert buckets(aws) == ["my-data"]


def test_without_the_option_the_name_is_taken(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    found = change_set(aws, KEPT, "CREATE")
    assert by_id(found)["Data"]["Action"] == "Add" and found["ImportExistingResources"] is False
    assert execute(aws)["StackStatus"] == "ROLLBACK_COMPLETE"


def test_existing_resources_that_cannot_come_in(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    found = change_set(aws, KEPT.replace("DeletionPolicy: Retain, ", ""), "CREATE", "one", ImportExistingResources=True)
    assert "must have the DeletionPolicy attribute set to 'Retain'" in found["StatusReason"]
    # A name that a function gives is not looked for.
    computed = KEPT.replace("my-data", "!Sub my-data")
    found = change_set(aws, computed, "CREATE", "two", ImportExistingResources=True)
    assert by_id(found)["Data"]["Action"] == "Add"
    owner = aws.client("cloudformation").create_stack(StackName="owner", TemplateBody=KEPT.replace("my-data", "owned"))
    aws.settle(owner["StackId"])
    found = change_set(aws, KEPT.replace("my-data", "owned"), "CREATE", "three", ImportExistingResources=True)
    assert f"already exists in stack {owner['StackId']}" in found["StatusReason"]


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate"])
def test_a_rollback_leaves_what_came_in(aws: LocalAWS, policy: str) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    body = KEPT.replace("Retain", policy) + VPC.replace("{Type", "{DependsOn: Data, Type")
    aws.control("POST", "fail", {"logical_id": "Vpc", "reason": "no more VPCs"})
    change_set(aws, body, "CREATE", ImportExistingResources=True)
    assert execute(aws)["StackStatus"] == "ROLLBACK_COMPLETE"
    assert buckets(aws) == ["my-data"]


def test_a_rollback_of_an_update_leaves_what_came_in(aws: LocalAWS) -> None:
    aws.client("s3").create_bucket(Bucket="my-data")
    create(aws, "Resources:\n" + VPC)
    body = KEPT + VPC + "  Other: {Type: AWS::EC2::VPC, DependsOn: Data, Properties: {CidrBlock: 10.1.0.0/16}}\n"
    aws.control("POST", "fail", {"logical_id": "Other", "reason": "no more VPCs"})
    change_set(aws, body, ImportExistingResources=True)
    assert execute(aws)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert buckets(aws) == ["my-data"] and set(resources(aws)) == {"Vpc"}
