"""AWS::SageMaker HyperPod clusters, scheduler configurations and compute quotas."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ..errors import ProvisioningError, is_not_found
from .base import Created, CreationFailed, Live, Request, handles


@handles("AWS::SageMaker::Cluster")
class Cluster:
    """A HyperPod cluster; `Ref` gives its ARN, which is the type's primary identifier."""

    def create(self, request: Request) -> Created:
        """Create the cluster."""
        sagemaker = request.clients["sagemaker"]
        name = request.properties.get("ClusterName") or request.generated_name(63)
        arn = sagemaker.create_cluster(
            ClusterName=name, **request.without("ClusterName", "Tags"), Tags=request.tag_list()
        )["ClusterArn"]
        made = sagemaker.describe_cluster(ClusterName=name)
        attributes = {
            "ClusterArn": arn,
            "ClusterStatus": made["ClusterStatus"],
            "CreationTime": made["CreationTime"].isoformat(),
            "FailureMessage": made.get("FailureMessage", ""),
        }
        return Created(arn, attributes)

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change groups and settings; groups that the template has no more are deleted."""
        names = ("NodeRecovery", "NodeProvisioningMode", "ClusterRole", "AutoScaling", "TieredStorageConfig")
        options: dict[str, Any] = request.pick("InstanceGroups", "RestrictedInstanceGroups", *names)
        gone = [name for name in _group_names(previous) if name not in _group_names(request)]
        options |= {"InstanceGroupsToDelete": gone} if gone else {}
        request.clients["sagemaker"].update_cluster(ClusterName=physical_id, **options)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return the groups as the template writes them, node recovery and tags."""
        sagemaker = request.clients["sagemaker"]
        found = sagemaker.describe_cluster(ClusterName=physical_id)
        properties: dict[str, Any] = {
            "ClusterName": found["ClusterName"],
            "NodeRecovery": found.get("NodeRecovery"),
            "InstanceGroups": _live_groups(request, found.get("InstanceGroups") or []),
            "Tags": request.own_tags(sagemaker.list_tags(ResourceArn=found["ClusterArn"])["Tags"]),
        }
        attributes = {"ClusterArn": found["ClusterArn"], "ClusterStatus": found["ClusterStatus"]}
        return Live(properties, attributes)

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the cluster."""
        request.clients["sagemaker"].delete_cluster(ClusterName=physical_id)


@handles("AWS::SageMaker::ClusterSchedulerConfig")
class ClusterSchedulerConfig:
    """A cluster's task priorities and fair share; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the configuration; CloudFormation puts no tags of its own on it."""
        sagemaker = request.clients["sagemaker"]
        made = sagemaker.create_cluster_scheduler_config(**request.without("Tags"), Tags=request.tag_list(system=False))
        arn, identifier = made["ClusterSchedulerConfigArn"], made["ClusterSchedulerConfigId"]
        described = _settled(sagemaker.describe_cluster_scheduler_config, ClusterSchedulerConfigId=identifier)
        _require_created(described, arn)
        return Created(
            arn,
            {
                "ClusterSchedulerConfigArn": arn,
                "ClusterSchedulerConfigId": identifier,
                "ClusterSchedulerConfigVersion": described["ClusterSchedulerConfigVersion"],
                "CreationTime": described["CreationTime"].isoformat(),
                "Status": described["Status"],
            },
        )

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change the policy under the lock of its present version."""
        sagemaker, identifier = request.clients["sagemaker"], physical_id.rsplit("/", 1)[-1]
        present = sagemaker.describe_cluster_scheduler_config(ClusterSchedulerConfigId=identifier)
        sagemaker.update_cluster_scheduler_config(
            ClusterSchedulerConfigId=identifier,
            TargetVersion=present["ClusterSchedulerConfigVersion"],
            **request.pick("SchedulerConfig", "Description"),
        )
        described = _settled(sagemaker.describe_cluster_scheduler_config, ClusterSchedulerConfigId=identifier)
        return {name: described[name] for name in ("ClusterSchedulerConfigVersion", "Status")}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return the policy and its cluster."""
        found = request.clients["sagemaker"].describe_cluster_scheduler_config(
            ClusterSchedulerConfigId=physical_id.rsplit("/", 1)[-1]
        )
        declared = request.properties.get("SchedulerConfig") or found["SchedulerConfig"]
        policy = {name: value for name, value in found["SchedulerConfig"].items() if name in declared}
        return Live({"ClusterArn": found["ClusterArn"], "Name": found["Name"], "SchedulerConfig": policy}, found)

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the configuration."""
        sagemaker, identifier = request.clients["sagemaker"], physical_id.rsplit("/", 1)[-1]
        sagemaker.delete_cluster_scheduler_config(ClusterSchedulerConfigId=identifier)
        _await_deletion(sagemaker.describe_cluster_scheduler_config, ClusterSchedulerConfigId=identifier)


@handles("AWS::SageMaker::ComputeQuota")
class ComputeQuota:
    """A team's compute; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the quota; CloudFormation puts no tags of its own on it."""
        sagemaker = request.clients["sagemaker"]
        made = sagemaker.create_compute_quota(**request.without("Tags"), Tags=request.tag_list(system=False))
        arn, identifier = made["ComputeQuotaArn"], made["ComputeQuotaId"]
        described = _settled(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)
        _require_created(described, arn)
        return Created(
            arn,
            {
                "ComputeQuotaArn": arn,
                "ComputeQuotaId": identifier,
                "ComputeQuotaVersion": described["ComputeQuotaVersion"],
                "CreationTime": described["CreationTime"].isoformat(),
                "Status": described["Status"],
            },
        )

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change the quota under the lock of its present version."""
        sagemaker, identifier = request.clients["sagemaker"], physical_id.rsplit("/", 1)[-1]
        present = sagemaker.describe_compute_quota(ComputeQuotaId=identifier)
        sagemaker.update_compute_quota(
            ComputeQuotaId=identifier,
            TargetVersion=present["ComputeQuotaVersion"],
            **request.pick("ComputeQuotaConfig", "ComputeQuotaTarget", "ActivationState", "Description"),
        )
        described = _settled(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)
        return {name: described[name] for name in ("ComputeQuotaVersion", "Status")}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return the quota, its team and its cluster."""
        found = request.clients["sagemaker"].describe_compute_quota(ComputeQuotaId=physical_id.rsplit("/", 1)[-1])
        names = ("ClusterArn", "Name", "ComputeQuotaConfig", "ComputeQuotaTarget", "ActivationState")
        properties = {name: found[name] for name in names if name in found}
        for name in ("ComputeQuotaConfig", "ComputeQuotaTarget"):
            declared = request.properties.get(name) or found[name]
            properties[name] = {key: value for key, value in found[name].items() if key in declared}
        return Live(properties, found)

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the quota."""
        sagemaker, identifier = request.clients["sagemaker"], physical_id.rsplit("/", 1)[-1]
        sagemaker.delete_compute_quota(ComputeQuotaId=identifier)
        _await_deletion(sagemaker.describe_compute_quota, ComputeQuotaId=identifier)


def _settled(describe: Callable[..., dict[str, Any]], **identifier: str) -> dict[str, Any]:
    """Wait until the object's status is no longer one of work in progress; refuse one of failure."""
    while True:
        found = describe(**identifier)
        if not found["Status"].endswith("ing"):
            break
        time.sleep(0.05)
    if found["Status"] in ("UpdateFailed", "UpdateRollbackFailed"):
        raise ProvisioningError(f"{found['Status']}: {found.get('FailureReason', '')}")
    return found


def _require_created(found: dict[str, Any], arn: str) -> None:
    if found["Status"] != "Created":
        raise CreationFailed(f"{found['Status']}: {found.get('FailureReason', '')}", arn)


def _await_deletion(describe: Callable[..., dict[str, Any]], **identifier: str) -> None:
    """Wait until the service does not know the object any more."""
    while True:
        try:
            found = describe(**identifier)
        except Exception as error:
            if is_not_found(error):
                return
            raise
        if found["Status"].endswith("Failed"):
            raise ProvisioningError(f"{found['Status']}: {found.get('FailureReason', '')}")
        time.sleep(0.05)


def _group_names(request: Request) -> list[str]:
    kinds = ("InstanceGroups", "RestrictedInstanceGroups")
    return [group["InstanceGroupName"] for kind in kinds for group in request.properties.get(kind) or []]


def _live_groups(request: Request, live: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the live groups in the template's order, each with the keys that the template names."""
    found = {group["InstanceGroupName"]: {**group, "InstanceCount": group["TargetCount"]} for group in live}
    shown = []
    for declared in request.properties.get("InstanceGroups") or []:
        group = found.pop(declared["InstanceGroupName"], None)
        if group is not None:
            shown.append({name: group[name] for name in declared if name in group})
    return shown + list(found.values())
