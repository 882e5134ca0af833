"""HyperPod task governance: scheduler configurations and compute quotas, with statuses that take time."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.eks.models import eks_backends
from moto.sagemaker.exceptions import ConflictException, ResourceNotFound, ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..settings import SETTINGS
from . import constraints
from .eks import is_active, store_of
from .hyperpod import HyperPodCluster
from .lifecycle import Work

GOVERNANCE_ADDON = "amazon-sagemaker-hyperpod-taskgovernance"
_ALPHANUMERIC = string.ascii_lowercase + string.digits
_SCHEDULER, _QUOTA = "ClusterSchedulerConfig", "ComputeQuota"
_PATHS = {_SCHEDULER: "cluster-scheduler-config", _QUOTA: "compute-quota"}
_FIELDS = {
    _SCHEDULER: ("SchedulerConfig", "Description"),
    _QUOTA: ("ComputeQuotaConfig", "ComputeQuotaTarget", "ActivationState", "Description"),
}
_UPDATABLE = ("Created", "Updated", "UpdateFailed")


class GovernanceOperations(SageMakerResponse):
    """The ten operations on scheduler configurations and compute quotas."""

    # ------------------------------------------------- scheduler configurations

    def create_cluster_scheduler_config(self) -> ActionResult:
        """CreateClusterSchedulerConfig: one a cluster, its name once in account and region."""
        self._check("CreateClusterSchedulerConfig")
        self.cluster_named(self.params["ClusterArn"])
        for entry in self._living(_SCHEDULER):
            if entry["ClusterArn"] == self.params["ClusterArn"]:
                raise ConflictException("The cluster has a scheduler configuration already")
            if entry["Name"] == self.params["Name"]:
                raise ConflictException(f"A scheduler configuration named {self.params['Name']} exists already")
        return self._created(_SCHEDULER, {"SchedulerConfig": _complete_policy(self.params["SchedulerConfig"])})

    def describe_cluster_scheduler_config(self) -> ActionResult:
        """DescribeClusterSchedulerConfig; the version, where one is named, must be the present one."""
        return ActionResult(self._described(_SCHEDULER))

    def update_cluster_scheduler_config(self) -> ActionResult:
        """UpdateClusterSchedulerConfig; `TargetVersion` must be the present version."""
        return self._updated(_SCHEDULER)

    def list_cluster_scheduler_configs(self) -> ActionResult:
        """ListClusterSchedulerConfigs, filtered, sorted and page by page."""
        return self._listed(_SCHEDULER)

    def delete_cluster_scheduler_config(self) -> ActionResult:
        """DeleteClusterSchedulerConfig; the cluster's quotas must be gone before."""
        entry = self._entry(_SCHEDULER)
        quotas = [quota["Name"] for quota in self._living(_QUOTA) if quota["ClusterArn"] == entry["ClusterArn"]]
        if quotas:
            raise ConflictException(f"Delete the compute quotas of the cluster first: {', '.join(quotas)}")
        return self._deleted(_SCHEDULER, entry)

    # ------------------------------------------------------------ compute quotas

    def create_compute_quota(self) -> ActionResult:
        """CreateComputeQuota: one a team and name in a cluster."""
        self._check("CreateComputeQuota")
        self.cluster_named(self.params["ClusterArn"])
        target = {"FairShareWeight": 0, **self.params["ComputeQuotaTarget"]}
        for entry in self._living(_QUOTA):
            same_team = entry["ComputeQuotaTarget"]["TeamName"] == target["TeamName"]
            if entry["ClusterArn"] == self.params["ClusterArn"] and (same_team or entry["Name"] == self.params["Name"]):
                raise ConflictException(f"A compute quota for team {target['TeamName']} exists already")
        return self._created(
            _QUOTA,
            {
                "ComputeQuotaTarget": target,
                "ComputeQuotaConfig": {"PreemptTeamTasks": "LowerPriority", **self.params["ComputeQuotaConfig"]},
                "ActivationState": self.params.get("ActivationState") or "Enabled",
            },
        )

    def describe_compute_quota(self) -> ActionResult:
        """DescribeComputeQuota; the version, where one is named, must be the present one."""
        return ActionResult(self._described(_QUOTA))

    def update_compute_quota(self) -> ActionResult:
        """UpdateComputeQuota; `TargetVersion` must be the present version."""
        return self._updated(_QUOTA)

    def list_compute_quotas(self) -> ActionResult:
        """ListComputeQuotas, filtered, sorted and page by page."""
        return self._listed(_QUOTA)

    def delete_compute_quota(self) -> ActionResult:
        """DeleteComputeQuota."""
        return self._deleted(_QUOTA, self._entry(_QUOTA))

    # ---------------------------------------------------- what clusters ask for

    def governance_names(self, cluster_arn: str) -> list[str]:
        """Return the names of the objects that still belong to a cluster."""
        return [entry["Name"] for kind in _PATHS for entry in self._living(kind) if entry["ClusterArn"] == cluster_arn]

    def governance_tags(self, arn: str) -> list[dict[str, str]] | None:
        """Return the tags of the object of that ARN, to be changed in place; None when there is none."""
        for kind in _PATHS:
            for entry in self._living(kind):
                if entry[f"{kind}Arn"] == arn:
                    return entry["tags"]
        return None

    def cluster_named(self, name_or_arn: str) -> HyperPodCluster:
        """Return a cluster by name or ARN."""
        for cluster in self.sagemaker_backend.clusters.values():
            if name_or_arn in (cluster.cluster_name, cluster.arn):
                return cluster
        raise ResourceNotFound(message=f"Could not find cluster '{name_or_arn}'.")

    def resource_arn(self, resource: str) -> str:
        """Return the ARN of a resource of the request's account and region."""
        return f"arn:{self.partition}:sagemaker:{self.region}:{self.current_account}:{resource}"

    def paged(self, entries: list[Any]) -> tuple[list[Any], str | None]:
        """Return one page, at most `MaxResults` long, and the token of the next."""
        start = int(self.params.get("NextToken") or 0)
        following = start + min(self.params.get("MaxResults") or 100, SETTINGS.timing.page_size)
        return entries[start:following], str(following) if following < len(entries) else None

    # ------------------------------------------------------------------- parts

    def _check(self, operation: str) -> None:
        found = constraints.violations("sagemaker", operation, dict(self.params))
        if found:
            raise ValidationError(message=constraints.message(found))

    def _store(self, kind: str) -> dict[str, dict[str, Any]]:
        return self.sagemaker_backend.__dict__.setdefault(f"stackgen_{kind}", {})

    def _living(self, kind: str) -> Iterator[dict[str, Any]]:
        """Yield the objects that exist; those whose deletion is over are dropped."""
        store = self._store(kind)
        for identifier, entry in list(store.items()):
            if entry["work"].status == "Deleted":
                del store[identifier]
            else:
                yield entry

    def _entry(self, kind: str) -> dict[str, Any]:
        wanted = self.params[f"{kind}Id"]
        for entry in self._living(kind):
            if entry[f"{kind}Id"] == wanted:
                return entry
        raise ResourceNotFound(message=f"{kind}Id {wanted} does not exist.")

    def _created(self, kind: str, fields: dict[str, Any]) -> ActionResult:
        identifier, now = new_identifier(), utcnow()
        entry = {
            f"{kind}Id": identifier,
            f"{kind}Arn": self.resource_arn(f"{_PATHS[kind]}/{identifier}"),
            f"{kind}Version": 1,
            "Name": self.params["Name"],
            "ClusterArn": self.params["ClusterArn"],
            "Description": self.params.get("Description") or "",
            "CreationTime": now,
            "LastModifiedTime": now,
            "tags": list(self.params.get("Tags") or []),
            "work": Work(
                f"Create{kind}", self.params["Name"], "Creating", "Created", "CreateFailed", self._addon_problem()
            ),
            **fields,
        }
        self._store(kind)[identifier] = entry
        return ActionResult({f"{kind}Arn": entry[f"{kind}Arn"], f"{kind}Id": identifier})

    def _addon_problem(self) -> str | None:
        """Return why the object cannot be made on the cluster: its add-on is missing or not active yet."""
        eks_name = self.cluster_named(self.params["ClusterArn"]).eks_cluster_name
        eks = eks_backends[self.current_account][self.region].clusters.get(eks_name or "")
        if eks and is_active(store_of(eks, "addons").get(GOVERNANCE_ADDON)):
            return None
        return f"The add-on {GOVERNANCE_ADDON} is not active on EKS cluster {eks_name}."

    def _described(self, kind: str) -> dict[str, Any]:
        entry = self._entry(kind)
        version = self.params.get(f"{kind}Version")
        if version is not None and version != entry[f"{kind}Version"]:
            raise ResourceNotFound(message=f"{kind} {entry[f'{kind}Id']} has no version {version}.")
        return _shown(kind, entry)

    def _updated(self, kind: str) -> ActionResult:
        self._check(f"Update{kind}")
        entry = self._entry(kind)
        status, version = entry["work"].status, entry[f"{kind}Version"]
        if status not in _UPDATABLE:
            raise ConflictException(f"{kind} {entry['Name']} is in status {status} and cannot be updated")
        if self.params.get("TargetVersion") != version:
            raise ConflictException(f"TargetVersion {self.params.get('TargetVersion')} is not the present {version}")
        work = Work(f"Update{kind}", entry["Name"], "Updating", "Updated", "UpdateFailed")
        if not work.problem:
            entry |= {name: self.params[name] for name in _FIELDS[kind] if self.params.get(name) is not None}
            if kind == _SCHEDULER:
                entry["SchedulerConfig"] = _complete_policy(entry["SchedulerConfig"])
            else:
                entry["ComputeQuotaTarget"] = {"FairShareWeight": 0, **entry["ComputeQuotaTarget"]}
        entry |= {f"{kind}Version": version + 1, "LastModifiedTime": utcnow(), "work": work}
        return ActionResult({f"{kind}Arn": entry[f"{kind}Arn"], f"{kind}Version": version + 1})

    def _deleted(self, kind: str, entry: dict[str, Any]) -> ActionResult:
        if not entry["work"].is_done:
            raise ConflictException(f"{kind} {entry['Name']} is in status {entry['work'].status}")
        entry["work"] = Work(f"Delete{kind}", entry["Name"], "Deleting", "Deleted", "DeleteFailed")
        return EmptyResult()

    def _listed(self, kind: str) -> ActionResult:
        self._check(f"List{kind}s")
        shown = [_shown(kind, entry) for entry in self._living(kind)]
        wanted = {name: self.params[name] for name in ("ClusterArn", "Status") if self.params.get(name)}
        found = [
            entry
            for entry in shown
            if all(entry[name] == value for name, value in wanted.items())
            and (self.params.get("NameContains") or "") in entry["Name"]
        ]
        key = self.params.get("SortBy") or "CreationTime"
        found.sort(key=lambda entry: entry[key], reverse=self.params.get("SortOrder") == "Descending")
        page, token = self.paged(found)
        return ActionResult({f"{kind}Summaries": page, "NextToken": token})


def new_identifier() -> str:
    """Return the 12 lowercase characters that end a HyperPod ARN."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(12))


def _complete_policy(given: dict[str, Any]) -> dict[str, Any]:
    return {"FairShare": "Enabled", "IdleResourceSharing": "Disabled", **given}


def _shown(kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    work = entry["work"]
    shown = {key: value for key, value in entry.items() if key not in ("work", "tags")}
    shown["Status"] = work.status
    if work.is_done and work.problem:
        shown["FailureReason"] = work.problem
    if kind == _SCHEDULER:
        shown["StatusDetails"] = dict.fromkeys(entry["SchedulerConfig"], work.status)
    return shown
