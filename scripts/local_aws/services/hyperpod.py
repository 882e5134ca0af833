"""A HyperPod cluster as it was configured, with its nodes."""

from __future__ import annotations

import secrets
from typing import Any

from moto.core.utils import utcnow

_SETTINGS = (
    "AutoScaling", "ClusterRole", "NodeProvisioningMode", "NodeRecovery", "Orchestrator",
    "RestrictedInstanceGroupsConfig", "TieredStorageConfig", "VpcConfig",
)  # fmt: skip
_NODE_FIELDS = (
    "InstanceStorageConfigs", "InstanceType", "KubernetesConfig", "LifeCycleConfig", "OverrideVpcConfig",
    "ThreadsPerCore",
)  # fmt: skip


class HyperPodCluster:
    """One cluster; moto's list operations read its `arn`, `cluster_name`, `creation_time` and `summary`."""

    def __init__(self, arn: str, request: dict[str, Any]) -> None:
        """Make the cluster that the CreateCluster request asks for, every node running."""
        self.arn = arn
        self.cluster_name: str = request["ClusterName"]
        self.creation_time = utcnow()
        self.tags: list[dict[str, str]] = list(request.get("Tags") or [])
        self.nodes: dict[str, dict[str, Any]] = {}
        self._settings: dict[str, Any] = {}
        self._groups: dict[str, list[dict[str, Any]]] = {"InstanceGroups": [], "RestrictedInstanceGroups": []}
        self.update(request)

    @property
    def eks_cluster_name(self) -> str | None:
        """The name of the EKS cluster that orchestrates this one."""
        eks = (self._settings.get("Orchestrator") or {}).get("Eks")
        return eks["ClusterArn"].rsplit("/", 1)[-1] if eks else None

    @property
    def execution_roles(self) -> list[str]:
        """The roles of the instance groups, each once, in the order of the groups."""
        return list(dict.fromkeys(group["ExecutionRole"] for groups in self._groups.values() for group in groups))

    def update(self, request: dict[str, Any]) -> None:
        """Take over the settings and groups that a request names, drop those to delete; nodes follow the counts."""
        self._settings |= {name: request[name] for name in _SETTINGS if request.get(name) is not None}
        gone = set(request.get("InstanceGroupsToDelete") or ())
        for kind, present in self._groups.items():
            groups = {group["InstanceGroupName"]: group for group in present}
            groups |= {group["InstanceGroupName"]: _described_group(group) for group in request.get(kind) or []}
            self._groups[kind] = [group for name, group in groups.items() if name not in gone]
        self._run_nodes()

    def set_node_status(self, group: str | None, node_id: str | None, status: str, message: str) -> int:
        """Give nodes a status, those of a group or the one of an id; return how many there were."""
        chosen = [
            node
            for node in self.nodes.values()
            if group in (None, node["InstanceGroupName"]) and node_id in (None, node["InstanceId"])
        ]
        for node in chosen:
            node["InstanceStatus"] = {"Status": status, "Message": message}
        return len(chosen)

    def describe(self) -> dict[str, Any]:
        """Return the DescribeCluster response."""
        groups = {kind: entries for kind, entries in self._groups.items() if entries}
        return {**self.summary(), "FailureMessage": "", **groups, **self._settings}

    def summary(self) -> dict[str, Any]:
        """Return the ListClusters entry."""
        return {
            "ClusterArn": self.arn,
            "ClusterName": self.cluster_name,
            "CreationTime": self.creation_time,
            "ClusterStatus": "InService",
        }

    def access_entry(self, role: str, partition: str, region: str, account: str) -> dict[str, Any]:
        """Return the EKS access entry with which HyperPod lets the nodes of a role in."""
        arn = f"arn:{partition}:eks:{region}:{account}:access-entry/{self.eks_cluster_name}/{secrets.token_hex(16)}"
        return {
            "clusterName": self.eks_cluster_name,
            "principalArn": role,
            "kubernetesGroups": ["system:nodes"],
            "accessEntryArn": arn,
            "createdAt": self.creation_time,
            "modifiedAt": self.creation_time,
            "tags": {},
            "username": "system:node:{{SessionName}}",
            "type": "HYPERPOD_LINUX",
            "policies": {},
            "ownerArn": self.arn,
        }

    def _run_nodes(self) -> None:
        wanted: dict[str, dict[str, Any]] = {}
        present: dict[str, list[dict[str, Any]]] = {}
        for node in self.nodes.values():
            present.setdefault(node["InstanceGroupName"], []).append(node)
        for group in (group for groups in self._groups.values() for group in groups):
            kept = present.get(group["InstanceGroupName"], [])[: group["TargetCount"]]
            new = [_node(group) for _ in range(group["TargetCount"] - len(kept))]
            wanted |= {node["InstanceId"]: node for node in [*kept, *new]}
        self.nodes = wanted


def _described_group(group: dict[str, Any]) -> dict[str, Any]:
    described = {name: value for name, value in group.items() if name != "InstanceCount"}
    count = group["InstanceCount"]
    return {**described, "CurrentCount": count, "TargetCount": count, "Status": "InService"}


def _node(group: dict[str, Any]) -> dict[str, Any]:
    types = (group.get("InstanceRequirements") or {}).get("InstanceTypes") or [""]
    return {
        "InstanceType": types[0],
        **{name: group[name] for name in _NODE_FIELDS if name in group},
        "InstanceGroupName": group["InstanceGroupName"],
        "InstanceId": (identifier := f"i-{secrets.token_hex(9)[:17]}"),
        "PrivateDnsHostname": f"ip-10-{int(identifier[2:4], 16)}-{int(identifier[4:6], 16)}-8.ec2.internal",
        "InstanceStatus": {"Status": "Running", "Message": ""},
        "LaunchTime": utcnow(),
    }
