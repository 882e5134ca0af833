"""SageMaker HyperPod: clusters as configured, and their nodes."""

from __future__ import annotations

from typing import Any

import moto.sagemaker.urls
from moto.core.responses import ActionResult
from moto.eks.models import eks_backends
from moto.sagemaker.exceptions import (
    ConflictException,
    ResourceInUseException,
    ValidationError,
)

from . import lookup
from .eks import store_of
from .governance import GovernanceOperations, new_identifier
from .hyperpod import HyperPodCluster


def install() -> None:
    """Serve SageMaker requests with `SageMakerService`."""
    moto.sagemaker.urls.url_paths["{0}/$"] = SageMakerService.dispatch


class SageMakerService(GovernanceOperations):
    """SageMaker requests; what is not here is moto's."""

    # ---------------------------------------------------------------- clusters

    def create_cluster(self) -> ActionResult:
        """CreateCluster; it is in service at once, every node running."""
        name, clusters = self.params["ClusterName"], self.sagemaker_backend.clusters
        if name in clusters:
            raise ResourceInUseException(
                message=f"Resource Already Exists: Cluster with name {name} already exists. Choose a different name."
            )
        self._check_cluster(self.params)
        cluster = HyperPodCluster(self.resource_arn(f"cluster/{new_identifier()}"), dict(self.params))
        clusters[name] = cluster
        self._join_eks(cluster)
        return ActionResult({"ClusterArn": cluster.arn})

    def describe_cluster(self) -> ActionResult:
        """DescribeCluster."""
        return ActionResult(self.cluster_named(self.params["ClusterName"]).describe())

    def update_cluster(self) -> ActionResult:
        """UpdateCluster: the given groups and settings replace the old ones."""
        cluster = self.cluster_named(self.params["ClusterName"])
        cluster.update(dict(self.params))
        return ActionResult({"ClusterArn": cluster.arn})

    def delete_cluster(self) -> ActionResult:
        """DeleteCluster; governance objects that still name the cluster block it."""
        cluster = self.cluster_named(self.params["ClusterName"])
        users = self.governance_names(cluster.arn)
        if users:
            raise ConflictException(
                f"Cluster {cluster.cluster_name} has compute quotas or scheduler configurations: {', '.join(users)}"
            )
        del self.sagemaker_backend.clusters[cluster.cluster_name]
        self._leave_eks(cluster)
        return ActionResult({"ClusterArn": cluster.arn})

    def describe_cluster_node(self) -> ActionResult:
        """DescribeClusterNode."""
        cluster = self.cluster_named(self.params["ClusterName"])
        node = cluster.nodes.get(self.params.get("NodeId", ""))
        if node is None:
            raise ValidationError(message=f"Could not find node '{self.params.get('NodeId')}' in the cluster.")
        return ActionResult({"NodeDetails": node})

    def list_cluster_nodes(self) -> ActionResult:
        """ListClusterNodes, page by page."""
        nodes = self.cluster_named(self.params["ClusterName"]).nodes.values()
        wanted = self.params.get("InstanceGroupNameContains") or ""
        shown = (
            "InstanceGroupName",
            "InstanceId",
            "InstanceType",
            "LaunchTime",
            "InstanceStatus",
            "PrivateDnsHostname",
        )
        found = [{key: node[key] for key in shown} for node in nodes if wanted in node["InstanceGroupName"]]
        key = {"NAME": "InstanceGroupName", "CREATION_TIME": "LaunchTime"}.get(self.params.get("SortBy") or "")
        if key:
            found.sort(key=lambda node: node[key], reverse=self.params.get("SortOrder") == "Descending")
        page, token = self.paged(found)
        return ActionResult({"ClusterNodeSummaries": page, "NextToken": token})

    # -------------------------------------------------------------------- tags

    def list_tags(self) -> ActionResult:
        """ListTags, also of clusters and governance objects."""
        tags = self._tags_of(self.params["ResourceArn"])
        return super().list_tags() if tags is None else ActionResult({"Tags": tags})

    def add_tags(self) -> ActionResult:
        """AddTags, also to clusters and governance objects."""
        tags = self._tags_of(self.params["ResourceArn"])
        if tags is None:
            return super().add_tags()
        added = {tag["Key"]: tag for tag in self.params["Tags"]}
        tags[:] = [tag for tag in tags if tag["Key"] not in added] + list(added.values())
        return ActionResult({"Tags": tags})

    def _tags_of(self, arn: str) -> list[dict[str, str]] | None:
        for cluster in self.sagemaker_backend.clusters.values():
            if cluster.arn == arn:
                return cluster.tags
        return self.governance_tags(arn)

    # ------------------------------------------------------------------ checks

    def _check_cluster(self, request: dict[str, Any]) -> None:
        groups = (request.get("InstanceGroups") or []) + (request.get("RestrictedInstanceGroups") or [])
        if not groups:
            raise ValidationError(message="A cluster needs at least one instance group.")
        names = [group["InstanceGroupName"] for group in groups]
        if len(names) != len(set(names)):
            raise ValidationError(message="Instance group names must be unique within the cluster.")
        eks = (request.get("Orchestrator") or {}).get("Eks")
        if eks:
            self._check_eks(eks["ClusterArn"])
            if not request.get("VpcConfig"):
                raise ValidationError(message="VpcConfig is required for a cluster orchestrated by EKS.")
        self._check_network(request.get("VpcConfig"))
        for group in groups:
            self._check_group(group)

    def _check_eks(self, arn: str) -> None:
        name = arn.rsplit("/", 1)[-1]
        cluster = eks_backends[self.current_account][self.region].clusters.get(name)
        if cluster is None or cluster.arn != arn:
            raise ValidationError(message=f"EKS cluster {arn} does not exist.")
        mode = getattr(cluster, "access_config", {}).get("authenticationMode")
        if mode not in ("API", "API_AND_CONFIG_MAP"):
            raise ValidationError(
                message=f"EKS cluster authentication mode {mode} is not supported. Use API or API_AND_CONFIG_MAP."
            )

    def _check_group(self, group: dict[str, Any]) -> None:
        name = group["InstanceGroupName"]
        if not lookup.role_exists(self.current_account, self.region, group["ExecutionRole"]):
            raise ValidationError(
                message=f"Instance group {name}: the execution role {group['ExecutionRole']} cannot be assumed."
            )
        self._check_network(group.get("OverrideVpcConfig"))
        lifecycle = group.get("LifeCycleConfig") or {}
        if lifecycle.get("SourceS3Uri"):
            bucket, _, prefix = lifecycle["SourceS3Uri"].removeprefix("s3://").partition("/")
            key = "/".join(part for part in (prefix.strip("/"), lifecycle.get("OnCreate", "")) if part)
            if not lookup.object_exists(bucket, key):
                raise ValidationError(
                    message=f"Instance group {name}: lifecycle script s3://{bucket}/{key} could not be downloaded."
                )

    def _check_network(self, config: dict[str, Any] | None) -> None:
        for subnet_id in (config or {}).get("Subnets") or []:
            if lookup.subnet(self.current_account, self.region, subnet_id) is None:
                raise ValidationError(message=f"Unable to retrieve subnets. Subnet {subnet_id} does not exist.")
        for group_id in (config or {}).get("SecurityGroupIds") or []:
            if not lookup.security_group_exists(self.current_account, self.region, group_id):
                raise ValidationError(message=f"Security group {group_id} does not exist.")

    # ------------------------------------------------------------------- parts

    def _join_eks(self, cluster: HyperPodCluster) -> None:
        """Let the nodes' roles into the EKS cluster, as HyperPod does when it creates a cluster."""
        entries = self._access_entries(cluster)
        for role in cluster.execution_roles if entries is not None else ():
            entries.setdefault(role, cluster.access_entry(role, self.partition, self.region, self.current_account))

    def _leave_eks(self, cluster: HyperPodCluster) -> None:
        entries = self._access_entries(cluster) or {}
        for role in cluster.execution_roles:
            if entries.get(role, {}).get("ownerArn") == cluster.arn:
                del entries[role]

    def _access_entries(self, cluster: HyperPodCluster) -> dict[str, Any] | None:
        eks = eks_backends[self.current_account][self.region].clusters.get(cluster.eks_cluster_name or "")
        return store_of(eks, "access_entries") if eks else None
