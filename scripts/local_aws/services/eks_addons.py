"""EKS add-ons, with statuses that take time."""

from __future__ import annotations

import json
import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.eks.exceptions import InvalidParameterException, ResourceInUseException, ResourceNotFoundException
from moto.eks.models import Cluster
from moto.eks.responses import EKSResponse

from ..settings import SETTINGS
from . import lookup
from .lifecycle import Work


def store_of(cluster: Cluster, name: str) -> dict[str, Any]:
    """Return a store of ours that lives and dies with moto's cluster."""
    return cluster.__dict__.setdefault(f"stackgen_{name}", {})


def is_active(addon: dict[str, Any] | None) -> bool:
    """Whether an add-on is there and has become active."""
    return addon is not None and addon["work"].status == "ACTIVE"


class AddonOperations(EKSResponse):
    """The five operations on add-ons; the parts of a request come from the service that has them too."""

    def create_addon(self) -> ActionResult:
        """CreateAddon; it becomes active, or fails to, when its time has come."""
        body, cluster = self._body(), self._cluster(self._name())
        addons, name = self._addons(cluster), body["addonName"]
        if name in addons:
            raise ResourceInUseException(clusterName=cluster.name, addonName=name, message="Addon already exists.")
        if body.get("serviceAccountRoleArn"):
            self._require_role(body["serviceAccountRoleArn"])
        self._check_addon_configuration(name, body.get("configurationValues"))
        associations = [
            self._new_association(cluster, association, owner=self._arn(f"addon/{cluster.name}/{name}"))
            for association in body.get("podIdentityAssociations") or []
        ]
        now = utcnow()
        addons[name] = {
            "addonName": name,
            "clusterName": cluster.name,
            "work": Work("CreateAddon", name, "CREATING", "ACTIVE", "CREATE_FAILED"),
            "addonVersion": body.get("addonVersion") or "v1.0.0-eksbuild.1",
            "addonArn": self._arn(f"addon/{cluster.name}/{name}/{secrets.token_hex(18)}"),
            "createdAt": now,
            "modifiedAt": now,
            "tags": body.get("tags") or {},
            "podIdentityAssociations": [entry["associationArn"] for entry in associations],
            **{key: body[key] for key in ("serviceAccountRoleArn", "configurationValues") if body.get(key)},
        }
        return ActionResult({"addon": _shown_addon(addons[name])})

    def describe_addon(self) -> ActionResult:
        """DescribeAddon."""
        return ActionResult({"addon": _shown_addon(self._addon())})

    def list_addons(self) -> ActionResult:
        """ListAddons, page by page."""
        names = list(self._addons(self._cluster(self._name())))
        start = int(self._get_param("nextToken") or 0)
        following = start + min(int(self._get_param("maxResults") or 100), SETTINGS.timing.page_size)
        token = {"nextToken": str(following)} if following < len(names) else {}
        return ActionResult({"addons": names[start:following], **token})

    def update_addon(self) -> ActionResult:
        """UpdateAddon; one in progress refuses another."""
        body, addon = self._body(), self._addon()
        if not addon["work"].is_done:
            raise ResourceInUseException(
                clusterName=addon["clusterName"], addonName=addon["addonName"],
                message=f"Addon {addon['addonName']} is in status {addon['work'].status}",
            )  # fmt: skip
        self._check_addon_configuration(addon["addonName"], body.get("configurationValues"))
        fields = ("addonVersion", "configurationValues", "serviceAccountRoleArn")
        changed = {key: body[key] for key in fields if key in body}
        work = Work("UpdateAddon", addon["addonName"], "UPDATING", "ACTIVE", "UPDATE_FAILED")
        addon.update(changed, modifiedAt=utcnow(), work=work)
        return ActionResult(self._update("AddonUpdate"))

    def delete_addon(self) -> ActionResult:
        """DeleteAddon, with the pod identities it owns; it is gone when its time has come."""
        cluster, addon = self._cluster(self._name()), self._addon()
        addon["work"] = Work("DeleteAddon", addon["addonName"], "DELETING", "DELETED", "DELETE_FAILED")
        associations = store_of(cluster, "pod_identities")
        for identifier, entry in list(associations.items()):
            if entry["associationArn"] in addon["podIdentityAssociations"]:
                del associations[identifier]
        return ActionResult({"addon": {**_shown_addon(addon), "status": "DELETING"}})

    def _addons(self, cluster: Cluster) -> dict[str, dict[str, Any]]:
        """Return the cluster's add-ons; those whose deletion is over are dropped."""
        addons = store_of(cluster, "addons")
        for name, addon in list(addons.items()):
            if addon["work"].status == "DELETED":
                del addons[name]
        return addons

    def _addon(self) -> dict[str, Any]:
        cluster, name = self._cluster(self._name()), self.uri_match["addonName"]
        addons = self._addons(cluster)
        if name not in addons:
            raise ResourceNotFoundException(
                clusterName=cluster.name, addonName=name, message=f"No addon: {name} found in cluster: {cluster.name}"
            )
        return addons[name]

    def _check_addon_configuration(self, name: str, text: str | None) -> None:
        if not text:
            return
        if name == "amazon-sagemaker-hyperpod-taskgovernance":
            # Its configuration schema has no property and allows no other.
            raise InvalidParameterException(message="ConfigurationValue provided in request is not supported")
        if text.lstrip().startswith("{"):
            try:
                json.loads(text)
            except ValueError as error:
                raise InvalidParameterException(message=f"ConfigurationValues is not valid JSON: {error}") from error

    # ------------------------------------------------------- parts of a request

    def _new_association(self, cluster: Cluster, body: dict[str, Any], owner: str | None = None) -> dict[str, Any]:
        self._require_role(body["roleArn"])
        associations = store_of(cluster, "pod_identities")
        place = (body.get("namespace") or "kube-system", body["serviceAccount"])
        if any((entry["namespace"], entry["serviceAccount"]) == place for entry in associations.values()):
            raise ResourceInUseException(
                clusterName=cluster.name,
                message=f"Association already exists: {place[0]}/{place[1]}",
            )
        identifier, now = f"a-{secrets.token_hex(9)[:17]}", utcnow()
        associations[identifier] = {
            "clusterName": cluster.name,
            "namespace": place[0],
            "serviceAccount": place[1],
            "roleArn": body["roleArn"],
            "associationArn": self._arn(f"podidentityassociation/{cluster.name}/{identifier}"),
            "associationId": identifier,
            "tags": body.get("tags") or {},
            "createdAt": now,
            "modifiedAt": now,
            **({"ownerArn": owner} if owner else {}),
        }
        return associations[identifier]

    def _body(self) -> dict[str, Any]:
        return json.loads(self.body or "{}")

    def _name(self) -> str:
        return self.uri_match.get("clusterName") or self.uri_match["name"]

    def _cluster(self, name: str) -> Cluster:
        return self.eks_backend.describe_cluster(name)

    def _arn(self, resource: str) -> str:
        return f"arn:{self.partition}:eks:{self.region}:{self.current_account}:{resource}"

    def _require_role(self, arn: str) -> None:
        if not lookup.role_exists(self.current_account, self.region, arn):
            raise InvalidParameterException(
                message=f"Role with arn: {arn}, could not be assumed because it does not exist "
                "or the trusted entity is not correct"
            )


def _shown_addon(addon: dict[str, Any]) -> dict[str, Any]:
    work = addon["work"]
    problem = work.problem if work.is_done else None
    issues = [{"code": "InternalFailure", "message": problem, "resourceIds": []}] if problem else []
    shown = {key: value for key, value in addon.items() if key != "work"}
    return {**shown, "status": work.status, "health": {"issues": issues}}
