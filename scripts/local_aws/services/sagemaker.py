"""SageMaker HyperPod: clusters as configured, scheduler configurations and compute quotas."""

from __future__ import annotations

import secrets
import string
from typing import Any

import moto.sagemaker.urls
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.eks.models import eks_backends
from moto.sagemaker.exceptions import (
    ConflictException,
    ResourceInUseException,
    ResourceNotFound,
    ValidationError,
)
from moto.sagemaker.responses import SageMakerResponse

from . import lookup
from .eks import store_of
from .hyperpod import HyperPodCluster

GOVERNANCE_ADDON = "amazon-sagemaker-hyperpod-taskgovernance"
_ALPHANUMERIC = string.ascii_lowercase + string.digits


def install() -> None:
    """Serve SageMaker requests with `SageMakerService`."""
    moto.sagemaker.urls.url_paths["{0}/$"] = SageMakerService.dispatch


class SageMakerService(SageMakerResponse):
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
        cluster = HyperPodCluster(self._arn(f"cluster/{_identifier()}"), dict(self.params))
        clusters[name] = cluster
        self._join_eks(cluster)
        return ActionResult({"ClusterArn": cluster.arn})

    def describe_cluster(self) -> ActionResult:
        """DescribeCluster."""
        return ActionResult(self._cluster(self.params["ClusterName"]).describe())

    def update_cluster(self) -> ActionResult:
        """UpdateCluster: the given groups and settings replace the old ones."""
        cluster = self._cluster(self.params["ClusterName"])
        cluster.update(dict(self.params))
        return ActionResult({"ClusterArn": cluster.arn})

    def delete_cluster(self) -> ActionResult:
        """DeleteCluster; governance objects that still name the cluster block it."""
        cluster = self._cluster(self.params["ClusterName"])
        users = [
            entry["Name"]
            for kind in ("quotas", "schedulers")
            for entry in self._store(kind).values()
            if entry["ClusterArn"] == cluster.arn
        ]
        if users:
            raise ConflictException(
                f"Cluster {cluster.cluster_name} has compute quotas or scheduler configurations: {', '.join(users)}"
            )
        del self.sagemaker_backend.clusters[cluster.cluster_name]
        self._leave_eks(cluster)
        return ActionResult({"ClusterArn": cluster.arn})

    def describe_cluster_node(self) -> ActionResult:
        """DescribeClusterNode."""
        cluster = self._cluster(self.params["ClusterName"])
        node = cluster.nodes.get(self.params.get("NodeId", ""))
        if node is None:
            raise ValidationError(message=f"Could not find node '{self.params.get('NodeId')}' in the cluster.")
        return ActionResult({"NodeDetails": node})

    def list_cluster_nodes(self) -> ActionResult:
        """ListClusterNodes, in one page."""
        nodes = self._cluster(self.params["ClusterName"]).nodes.values()
        wanted = self.params.get("InstanceGroupNameContains", "")
        shown = ("InstanceGroupName", "InstanceId", "InstanceType", "LaunchTime", "InstanceStatus")
        found = [{key: node[key] for key in shown} for node in nodes if wanted in node["InstanceGroupName"]]
        return ActionResult({"ClusterNodeSummaries": found})

    # ------------------------------------------------- scheduler configurations

    def create_cluster_scheduler_config(self) -> ActionResult:
        """CreateClusterSchedulerConfig; the task-governance add-on must be active."""
        self._require_governance(self.params["ClusterArn"])
        if any(entry["ClusterArn"] == self.params["ClusterArn"] for entry in self._store("schedulers").values()):
            raise ConflictException("The cluster has a scheduler configuration already")
        scheduler = dict(self.params["SchedulerConfig"])
        scheduler.setdefault("FairShare", "Enabled")
        entry = self._new_governance("ClusterSchedulerConfig", "cluster-scheduler-config")
        entry["SchedulerConfig"] = scheduler
        self._store("schedulers")[entry["ClusterSchedulerConfigId"]] = entry
        return ActionResult(entry)

    def describe_cluster_scheduler_config(self) -> ActionResult:
        """DescribeClusterSchedulerConfig."""
        return ActionResult(self._governed("schedulers", "ClusterSchedulerConfigId"))

    def update_cluster_scheduler_config(self) -> ActionResult:
        """UpdateClusterSchedulerConfig; `TargetVersion` must be the present version."""
        entry = self._governed("schedulers", "ClusterSchedulerConfigId")
        return self._updated(entry, "ClusterSchedulerConfig", ("SchedulerConfig", "Description"))

    def list_cluster_scheduler_configs(self) -> ActionResult:
        """ListClusterSchedulerConfigs."""
        return ActionResult({"ClusterSchedulerConfigSummaries": self._listed("schedulers")})

    def delete_cluster_scheduler_config(self) -> ActionResult:
        """DeleteClusterSchedulerConfig."""
        entry = self._governed("schedulers", "ClusterSchedulerConfigId")
        del self._store("schedulers")[entry["ClusterSchedulerConfigId"]]
        return EmptyResult()

    # ------------------------------------------------------------ compute quotas

    def create_compute_quota(self) -> ActionResult:
        """CreateComputeQuota; one a team, and the task-governance add-on must be active."""
        self._require_governance(self.params["ClusterArn"])
        target = {"FairShareWeight": 0, **self.params["ComputeQuotaTarget"]}
        for entry in self._store("quotas").values():
            if entry["ClusterArn"] == self.params["ClusterArn"] and (
                entry["ComputeQuotaTarget"]["TeamName"] == target["TeamName"] or entry["Name"] == self.params["Name"]
            ):
                raise ConflictException(f"A compute quota for team {target['TeamName']} exists already")
        configuration = {"PreemptTeamTasks": "LowerPriority", **(self.params.get("ComputeQuotaConfig") or {})}
        entry = self._new_governance("ComputeQuota", "compute-quota")
        entry["ComputeQuotaTarget"] = target
        entry["ComputeQuotaConfig"] = configuration
        entry["ActivationState"] = self.params.get("ActivationState", "Enabled")
        self._store("quotas")[entry["ComputeQuotaId"]] = entry
        return ActionResult(entry)

    def describe_compute_quota(self) -> ActionResult:
        """DescribeComputeQuota."""
        return ActionResult(self._governed("quotas", "ComputeQuotaId"))

    def update_compute_quota(self) -> ActionResult:
        """UpdateComputeQuota; `TargetVersion` must be the present version."""
        entry = self._governed("quotas", "ComputeQuotaId")
        fields = ("ComputeQuotaConfig", "ComputeQuotaTarget", "ActivationState", "Description")
        return self._updated(entry, "ComputeQuota", fields)

    def list_compute_quotas(self) -> ActionResult:
        """ListComputeQuotas."""
        return ActionResult({"ComputeQuotaSummaries": self._listed("quotas")})

    def delete_compute_quota(self) -> ActionResult:
        """DeleteComputeQuota."""
        entry = self._governed("quotas", "ComputeQuotaId")
        del self._store("quotas")[entry["ComputeQuotaId"]]
        return EmptyResult()

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
        for kind in ("schedulers", "quotas"):
            for entry in self._store(kind).values():
                if arn in (entry.get("ClusterSchedulerConfigArn"), entry.get("ComputeQuotaArn")):
                    return entry["tags"]
        return None

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

    def _require_governance(self, cluster_arn: str) -> None:
        cluster = self._cluster(cluster_arn)
        eks_name = cluster.eks_cluster_name
        eks = eks_backends[self.current_account][self.region].clusters.get(eks_name or "")
        addon = store_of(eks, "addons").get(GOVERNANCE_ADDON) if eks else None
        if not addon or addon["status"] != "ACTIVE":
            raise ValidationError(message=f"The add-on {GOVERNANCE_ADDON} is not active on EKS cluster {eks_name}.")

    # ------------------------------------------------------------------- parts

    def _cluster(self, name_or_arn: str) -> HyperPodCluster:
        for cluster in self.sagemaker_backend.clusters.values():
            if name_or_arn in (cluster.cluster_name, cluster.arn):
                return cluster
        raise ResourceNotFound(message=f"Could not find cluster '{name_or_arn}'.")

    def _store(self, kind: str) -> dict[str, dict[str, Any]]:
        return self.sagemaker_backend.__dict__.setdefault(f"stackgen_{kind}", {})

    def _arn(self, resource: str) -> str:
        return f"arn:{self.partition}:sagemaker:{self.region}:{self.current_account}:{resource}"

    def _new_governance(self, kind: str, path: str) -> dict[str, Any]:
        identifier, now = _identifier(), utcnow()
        return {
            f"{kind}Id": identifier,
            f"{kind}Arn": self._arn(f"{path}/{identifier}"),
            f"{kind}Version": 1,
            "Name": self.params["Name"],
            "ClusterArn": self.params["ClusterArn"],
            "Description": self.params.get("Description", ""),
            "Status": "Created",
            "CreationTime": now,
            "LastModifiedTime": now,
            "tags": list(self.params.get("Tags") or []),
        }

    def _governed(self, kind: str, key: str) -> dict[str, Any]:
        entry = self._store(kind).get(self.params[key])
        if entry is None:
            raise ResourceNotFound(message=f"{key} {self.params[key]} does not exist.")
        return entry

    def _updated(self, entry: dict[str, Any], kind: str, fields: tuple[str, ...]) -> ActionResult:
        if self.params.get("TargetVersion") != entry[f"{kind}Version"]:
            raise ConflictException(f"The present version is {entry[f'{kind}Version']}")
        entry |= {name: self.params[name] for name in fields if name in self.params}
        entry |= {f"{kind}Version": entry[f"{kind}Version"] + 1, "Status": "Updated", "LastModifiedTime": utcnow()}
        return ActionResult(entry)

    def _listed(self, kind: str) -> list[dict[str, Any]]:
        wanted = self.params.get("ClusterArn")
        return [entry for entry in self._store(kind).values() if wanted in (None, entry["ClusterArn"])]

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


def _identifier() -> str:
    """Return the 12 lowercase characters that end a HyperPod ARN."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(12))
