"""Task governance, add-ons and nodes: statuses that take time, version locks, failures on demand."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from conftest import LocalAWS

ADDON = "amazon-sagemaker-hyperpod-taskgovernance"


@pytest.fixture
def cluster(aws: LocalAWS) -> str:
    """Create the whole cluster without its governance objects; return the ARN."""
    stack_id = aws.create("full-cluster.yaml")
    stack = aws.settle(stack_id)
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    sagemaker = aws.client("sagemaker")
    for quota in sagemaker.list_compute_quotas()["ComputeQuotaSummaries"]:
        sagemaker.delete_compute_quota(ComputeQuotaId=quota["ComputeQuotaId"])
    for policy in sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"]:
        sagemaker.delete_cluster_scheduler_config(ClusterSchedulerConfigId=policy["ClusterSchedulerConfigId"])
    return sagemaker.describe_cluster(ClusterName="ml-cluster")["ClusterArn"]


def quota(sagemaker: Any, cluster: str, team: str = "team-a", **options: Any) -> str:
    """Create a team's quota; return its id."""
    options.setdefault("Name", team)
    return sagemaker.create_compute_quota(
        ClusterArn=cluster,
        ComputeQuotaTarget={"TeamName": team},
        ComputeQuotaConfig={"ComputeQuotaResources": [{"InstanceType": "ml.g5.12xlarge", "Count": 1}]},
        **options,
    )["ComputeQuotaId"]


def settled(describe: Any, **identifier: str) -> dict[str, Any]:
    """Wait until no work is in progress; return the description."""
    while (found := describe(**identifier))["Status"].endswith("ing"):
        time.sleep(0.05)
    return found


def test_governance(aws: LocalAWS, cluster: str) -> None:
    """One cluster serves all checks: it is the slow part."""
    sagemaker = aws.client("sagemaker")
    aws.control("POST", "settings", {"service_seconds": 0.3})
    check_policy(sagemaker, cluster)
    check_quota(aws, sagemaker, cluster)
    check_constraints(sagemaker, cluster)
    check_lists(aws, sagemaker, cluster)
    check_addon(aws, sagemaker, cluster)
    check_nodes(aws, sagemaker)


def check_policy(sagemaker: Any, cluster: str) -> None:
    policy = {"PriorityClasses": [{"Name": "training", "Weight": 70}]}
    made = sagemaker.create_cluster_scheduler_config(Name="p", ClusterArn=cluster, SchedulerConfig=policy)
    place = {"ClusterSchedulerConfigId": made["ClusterSchedulerConfigId"]}
    describe = sagemaker.describe_cluster_scheduler_config
    assert describe(**place)["Status"] == "Creating"
    with pytest.raises(ClientError) as caught:
        sagemaker.update_cluster_scheduler_config(**place, TargetVersion=1, SchedulerConfig=policy)
    assert caught.value.response["Error"]["Code"] == "ConflictException"
    found = settled(describe, **place)
    assert (found["Status"], found["ClusterSchedulerConfigVersion"]) == ("Created", 1)
    assert found["SchedulerConfig"]["FairShare"] == "Enabled"
    answer = sagemaker.update_cluster_scheduler_config(
        **place, TargetVersion=1, SchedulerConfig={**policy, "FairShare": "Disabled"}
    )
    assert answer["ClusterSchedulerConfigVersion"] == 2
    assert describe(**place)["Status"] == "Updating"
    found = settled(describe, **place)
    assert (found["Status"], found["SchedulerConfig"]["FairShare"]) == ("Updated", "Disabled")
    with pytest.raises(ClientError) as caught:
        sagemaker.update_cluster_scheduler_config(**place, TargetVersion=1, SchedulerConfig=policy)
    assert caught.value.response["Error"]["Code"] == "ConflictException"
    with pytest.raises(ClientError) as caught:
        sagemaker.create_cluster_scheduler_config(Name="q", ClusterArn=cluster, SchedulerConfig=policy)
    assert caught.value.response["Error"]["Code"] == "ConflictException"


def check_quota(aws: LocalAWS, sagemaker: Any, cluster: str) -> None:
    aws.control("POST", "fail", {"operation": "CreateComputeQuota", "logical_id": "team-a", "reason": "no queue"})
    identifier = quota(sagemaker, cluster)
    found = settled(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)
    assert (found["Status"], found["FailureReason"]) == ("CreateFailed", "no queue")
    with pytest.raises(ClientError, match="CreateFailed and cannot be updated"):
        sagemaker.update_compute_quota(ComputeQuotaId=identifier, TargetVersion=1, ActivationState="Disabled")
    sagemaker.delete_compute_quota(ComputeQuotaId=identifier)
    assert sagemaker.describe_compute_quota(ComputeQuotaId=identifier)["Status"] == "Deleting"
    time.sleep(0.35)
    with pytest.raises(ClientError) as caught:
        sagemaker.describe_compute_quota(ComputeQuotaId=identifier)
    assert caught.value.response["Error"]["Code"] == "ResourceNotFound"
    identifier = quota(sagemaker, cluster)
    assert settled(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)["Status"] == "Created"
    with pytest.raises(ClientError, match="compute quotas of the cluster first"):
        policies = sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"]
        sagemaker.delete_cluster_scheduler_config(ClusterSchedulerConfigId=policies[0]["ClusterSchedulerConfigId"])
    with pytest.raises(ClientError, match="has compute quotas or scheduler configurations"):
        sagemaker.delete_cluster(ClusterName="ml-cluster")


def check_constraints(sagemaker: Any, cluster: str) -> None:
    with pytest.raises(ClientError) as caught:
        quota(sagemaker, cluster, "Team_B", Name="-bad-")
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("2 validation errors detected: ")
    assert "Value '-bad-' at 'name' failed to satisfy constraint" in message
    assert "Value 'Team_B' at 'computeQuotaTarget.teamName'" in message


def check_lists(aws: LocalAWS, sagemaker: Any, cluster: str) -> None:
    for team in ("team-b", "team-c"):
        quota(sagemaker, cluster, team)
    aws.control("POST", "settings", {"page_size": 2, "service_seconds": 0})
    pages = list(sagemaker.get_paginator("list_compute_quotas").paginate(SortBy="Name", SortOrder="Descending"))
    names = [[entry["Name"] for entry in page["ComputeQuotaSummaries"]] for page in pages]
    assert names == [["team-c", "team-b"], ["team-a"]]
    found = sagemaker.list_compute_quotas(NameContains="m-b", ClusterArn=cluster)["ComputeQuotaSummaries"]
    assert [entry["ComputeQuotaTarget"] for entry in found] == [{"TeamName": "team-b", "FairShareWeight": 0}]
    aws.control("POST", "settings", {"page_size": 100})


def check_addon(aws: LocalAWS, sagemaker: Any, cluster: str) -> None:
    eks, place = aws.client("eks"), {"clusterName": "ml-cluster-eks", "addonName": ADDON}
    aws.control("POST", "settings", {"service_seconds": 0.3})
    eks.delete_addon(**place)
    assert eks.describe_addon(**place)["addon"]["status"] == "DELETING"
    eks.get_waiter("addon_deleted").wait(**place, WaiterConfig={"Delay": 1})
    identifier = quota(sagemaker, cluster, "team-d")
    found = settled(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)
    assert (found["Status"], "is not active" in found["FailureReason"]) == ("CreateFailed", True)
    assert eks.create_addon(**place)["addon"]["status"] == "CREATING"
    eks.get_waiter("addon_active").wait(**place, WaiterConfig={"Delay": 1})
    aws.control("POST", "fail", {"operation": "UpdateAddon", "logical_id": ADDON, "reason": "conflict"})
    eks.update_addon(**place, addonVersion="v2.0.0-eksbuild.1")
    time.sleep(0.35)
    addon = eks.describe_addon(**place)["addon"]
    assert (addon["status"], addon["health"]["issues"][0]["message"]) == ("UPDATE_FAILED", "conflict")


def check_nodes(aws: LocalAWS, sagemaker: Any) -> None:
    answer = aws.control("POST", "node-status", {"cluster": "ml-cluster", "group": "gpu-workers", "status": "Failure"})
    assert answer == {"nodes": 4}
    aws.control("POST", "settings", {"page_size": 3})
    pages = sagemaker.get_paginator("list_cluster_nodes").paginate(ClusterName="ml-cluster")
    nodes = [node for page in pages for node in page["ClusterNodeSummaries"]]
    statuses = [(node["InstanceGroupName"], node["InstanceStatus"]["Status"]) for node in nodes]
    assert sorted(statuses) == [("gpu-workers", "Failure")] * 4 + [("system", "Running")] * 6
    (group,) = [g for g in sagemaker.describe_cluster(ClusterName="ml-cluster")["InstanceGroups"]
                if g["InstanceGroupName"] == "system"]  # fmt: skip
    kept = ("InstanceGroupName", "InstanceType", "LifeCycleConfig", "ExecutionRole")
    changed = {**{name: group[name] for name in kept}, "InstanceCount": 2}
    sagemaker.update_cluster(ClusterName="ml-cluster", InstanceGroups=[changed], InstanceGroupsToDelete=["gpu-workers"])
    groups = sagemaker.describe_cluster(ClusterName="ml-cluster")["InstanceGroups"]
    assert [(entry["InstanceGroupName"], entry["CurrentCount"]) for entry in groups] == [("system", 2)]


def test_preflight_answers(aws: LocalAWS) -> None:
    quotas = aws.client("service-quotas")
    pages = quotas.get_paginator("list_service_quotas").paginate(ServiceCode="sagemaker")
    values = {entry["QuotaName"]: entry["Value"] for page in pages for entry in page["Quotas"]}
    assert values["ml.g5.12xlarge for cluster usage"] == 100
    aws.control("POST", "quota", {"service": "vpc", "quota": "L-F678F1CE", "value": 1})
    assert quotas.get_service_quota(ServiceCode="vpc", QuotaCode="L-F678F1CE")["Quota"]["Value"] == 1
    offered = aws.client("ec2").describe_instance_type_offerings(
        LocationType="availability-zone-id", Filters=[{"Name": "instance-type", "Values": ["g5.12xlarge"]}]
    )["InstanceTypeOfferings"]
    assert "use1-az6" in {entry["Location"] for entry in offered}


def test_policy_simulation(aws: LocalAWS) -> None:
    iam = aws.client("iam")
    role = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    iam.put_role_policy(
        RoleName="deployer",
        PolicyName="own",
        PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ec2:Create*", "s3:*"], "Resource": "*"},'
        '{"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}]}',
    )
    actions = ["ec2:CreateVpc", "ec2:DeleteVpc", "s3:DeleteBucket"]
    assert decisions(iam, role, actions) == ["allowed", "implicitDeny", "explicitDeny"]
    root = "arn:aws:iam::123456789012:root"
    assert decisions(iam, root, actions) == ["allowed"] * 3
    aws.control("POST", "deny", {"action": "ec2:*"})
    assert decisions(iam, root, actions) == ["implicitDeny", "implicitDeny", "allowed"]
    aws.control("DELETE", "deny")
    assert decisions(iam, root, actions) == ["allowed"] * 3


def decisions(iam: Any, arn: str, actions: list[str]) -> list[str]:
    """Return the decision on each action."""
    answer = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=actions)
    return [entry["EvalDecision"] for entry in answer["EvaluationResults"]]
