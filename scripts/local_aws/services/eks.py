"""Amazon EKS: moto's clusters, made whole, with add-ons, access entries and pod identities."""

from __future__ import annotations

import base64
import secrets
from typing import Any

import moto.eks.urls
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.eks.exceptions import InvalidParameterException, ResourceInUseException, ResourceNotFoundException
from moto.eks.models import Cluster

from . import lookup
from .eks_addons import AddonOperations, is_active, store_of

__all__ = ["EksService", "install", "is_active", "store_of"]

CREATOR_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
AUTHENTICATION_MODES = ("API", "API_AND_CONFIG_MAP", "CONFIG_MAP")


def install() -> None:
    """Serve EKS requests with `EksService`."""
    service = EksService()
    moto.eks.urls.url_paths.clear()
    moto.eks.urls.url_paths["{0}/clusters$"] = service.dispatch
    moto.eks.urls.url_paths["{0}/clusters/(?P<rest>.+)$"] = service.dispatch
    moto.eks.urls.url_paths["{0}/tags/(?P<resourceArn>.+)$"] = service.dispatch


class EksService(AddonOperations):
    """EKS requests; what is not here is moto's."""

    # ---------------------------------------------------------------- clusters

    def create_cluster(self) -> ActionResult:
        """CreateCluster, with the checks of roles, subnets and zones that EKS makes."""
        body = self._body()
        self._require_role(body.get("roleArn", ""))
        vpc_config = body.get("resourcesVpcConfig") or {}
        subnets = self._subnets(vpc_config.get("subnetIds") or [])
        self._require_groups(vpc_config.get("securityGroupIds") or [])
        mode = (body.get("accessConfig") or {}).get("authenticationMode", "CONFIG_MAP")
        if mode not in AUTHENTICATION_MODES:
            raise InvalidParameterException(message=f"Invalid authentication mode: {mode}")
        result = super().create_cluster()
        cluster = self.eks_backend.clusters[body["name"]]
        self._complete(cluster, body, subnets)
        return result

    def delete_cluster(self) -> ActionResult:
        """DeleteCluster; the security group that EKS made goes with it."""
        cluster = self._cluster(self._name())
        result = super().delete_cluster()
        ec2_backends[self.current_account][self.region].delete_security_group(
            group_id=cluster.resources_vpc_config["clusterSecurityGroupId"]
        )
        return result

    def _complete(self, cluster: Cluster, body: dict[str, Any], subnets: list[Any]) -> None:
        """Add what EKS knows of a cluster and moto's model leaves out."""
        vpc_config, access = dict(body["resourcesVpcConfig"]), body.get("accessConfig") or {}
        ec2 = ec2_backends[self.current_account][self.region]
        group = ec2.create_security_group(
            f"eks-cluster-sg-{cluster.name}-{secrets.randbelow(10**9)}",
            "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
            vpc_id=subnets[0].vpc_id,
        )
        vpc_config.setdefault("securityGroupIds", [])
        vpc_config.setdefault("endpointPublicAccess", True)
        vpc_config.setdefault("endpointPrivateAccess", False)
        vpc_config.setdefault("publicAccessCidrs", ["0.0.0.0/0"])
        cluster.resources_vpc_config = {
            **vpc_config, "clusterSecurityGroupId": group.id, "vpcId": subnets[0].vpc_id,
        }  # fmt: skip
        identifier = secrets.token_hex(16).upper()
        cluster.identity = {"oidc": {"issuer": f"https://oidc.eks.{self.region}.amazonaws.com/id/{identifier}"}}
        cluster.endpoint = f"https://{identifier}.gr7.{self.region}.eks.amazonaws.com"
        certificate = f"-----BEGIN CERTIFICATE-----\n{identifier}\n-----END CERTIFICATE-----\n"
        cluster.certificate_authority = {"data": base64.b64encode(certificate.encode()).decode()}
        cluster.access_config = {
            "authenticationMode": access.get("authenticationMode", "CONFIG_MAP"),
            "bootstrapClusterCreatorAdminPermissions": access.get("bootstrapClusterCreatorAdminPermissions", True),
        }
        cluster.upgrade_policy = body.get("upgradePolicy") or {"supportType": "EXTENDED"}
        cluster.deletion_protection = bool(body.get("deletionProtection", False))
        if body.get("zonalShiftConfig"):
            cluster.zonal_shift_config = body["zonalShiftConfig"]
        self._add_creator_entry(cluster)

    def _add_creator_entry(self, cluster: Cluster) -> None:
        """Give the creator admin access, which EKS does unless it is switched off."""
        access = cluster.access_config
        if access["bootstrapClusterCreatorAdminPermissions"] and access["authenticationMode"] != "CONFIG_MAP":
            entry = self._new_entry(cluster, {"principalArn": self._caller_arn()})
            entry["policies"][CREATOR_POLICY] = {"type": "cluster"}

    def update_cluster_version(self) -> ActionResult:
        """UpdateClusterVersion: one minor version up, done at once."""
        cluster, wanted = self._cluster(self._name()), self._body()["version"]
        present = tuple(int(part) for part in str(cluster.version).split("."))
        if tuple(int(part) for part in wanted.split(".")) != (present[0], present[1] + 1):
            raise InvalidParameterException(
                message=f"Unsupported Kubernetes minor version update from {cluster.version} to {wanted}"
            )
        cluster.version = wanted
        return ActionResult(self._update("VersionUpdate"))

    def update_cluster_config(self) -> ActionResult:
        """UpdateClusterConfig: one kind of setting a request, done at once."""
        cluster, body = self._cluster(self._name()), self._body()
        if "logging" in body:
            cluster.logging = _merged_logging(cluster.logging or {}, body["logging"])
        if "resourcesVpcConfig" in body:
            cluster.resources_vpc_config = {**cluster.resources_vpc_config, **body["resourcesVpcConfig"]}
        if "accessConfig" in body:
            cluster.access_config["authenticationMode"] = body["accessConfig"]["authenticationMode"]
        if "upgradePolicy" in body:
            cluster.upgrade_policy = body["upgradePolicy"]
        if "deletionProtection" in body:
            cluster.deletion_protection = body["deletionProtection"]
        if "zonalShiftConfig" in body:
            cluster.zonal_shift_config = body["zonalShiftConfig"]
        return ActionResult(self._update("ConfigUpdate"))

    def _update(self, kind: str) -> dict[str, Any]:
        update = {"id": secrets.token_hex(16), "status": "Successful", "type": kind, "params": [], "errors": []}
        return {"update": {**update, "createdAt": utcnow()}}

    # --------------------------------------------------------------------- tags

    def tag_resource(self) -> ActionResult:
        """TagResource of a cluster or of what belongs to one."""
        tags = self._tags_of(self._extract_arn_from_path())
        if tags is None:
            return super().tag_resource()
        tags.update(self._body()["tags"])
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        """UntagResource of a cluster or of what belongs to one."""
        tags = self._tags_of(self._extract_arn_from_path())
        if tags is None:
            return super().untag_resource()
        for key in self.querystring.get("tagKeys", []):
            tags.pop(key, None)
        return EmptyResult()

    def list_tags_for_resource(self) -> ActionResult:
        """ListTagsForResource of a cluster or of what belongs to one."""
        tags = self._tags_of(self._extract_arn_from_path())
        return super().list_tags_for_resource() if tags is None else ActionResult({"tags": tags})

    def _tags_of(self, arn: str) -> dict[str, str] | None:
        for cluster in self.eks_backend.clusters.values():
            if cluster.arn == arn:
                cluster.tags = cluster.tags or {}
                return cluster.tags
            for kind, key in (("addons", "addonArn"), ("access_entries", "accessEntryArn"),
                              ("pod_identities", "associationArn")):  # fmt: skip
                for entry in store_of(cluster, kind).values():
                    if entry[key] == arn:
                        return entry["tags"]
        return None

    # ----------------------------------------------------------- access entries

    def create_access_entry(self) -> ActionResult:
        """CreateAccessEntry; its principal must exist and have no entry yet."""
        cluster, body = self._cluster(self._name()), self._body()
        self._require_access_api(cluster)
        return ActionResult({"accessEntry": self._shown_entry(self._new_entry(cluster, body))})

    def describe_access_entry(self) -> ActionResult:
        """DescribeAccessEntry."""
        return ActionResult({"accessEntry": self._shown_entry(self._entry())})

    def list_access_entries(self) -> ActionResult:
        """ListAccessEntries."""
        return ActionResult({"accessEntries": list(store_of(self._cluster(self._name()), "access_entries"))})

    def update_access_entry(self) -> ActionResult:
        """UpdateAccessEntry."""
        entry, body = self._entry(), self._body()
        changed = {key: body[key] for key in ("kubernetesGroups", "username") if key in body}
        entry.update(changed, modifiedAt=utcnow())
        return ActionResult({"accessEntry": self._shown_entry(entry)})

    def delete_access_entry(self) -> ActionResult:
        """DeleteAccessEntry."""
        entry = self._entry()
        del store_of(self._cluster(self._name()), "access_entries")[entry["principalArn"]]
        return EmptyResult()

    def associate_access_policy(self) -> ActionResult:
        """AssociateAccessPolicy; only entries of type STANDARD carry policies."""
        entry, body = self._entry(), self._body()
        if entry["type"] != "STANDARD":
            raise InvalidParameterException(
                message=f"The access entry type {entry['type']} does not support access policies"
            )
        entry["policies"][body["policyArn"]] = body["accessScope"]
        shown = self._shown_policy(body["policyArn"], body["accessScope"])
        return ActionResult(
            {
                "clusterName": entry["clusterName"],
                "principalArn": entry["principalArn"],
                "associatedAccessPolicy": shown,
            }
        )

    def list_associated_access_policies(self) -> ActionResult:
        """ListAssociatedAccessPolicies."""
        entry = self._entry()
        return ActionResult(
            {
                "clusterName": entry["clusterName"],
                "principalArn": entry["principalArn"],
                "associatedAccessPolicies": [self._shown_policy(*item) for item in entry["policies"].items()],
            }
        )

    def disassociate_access_policy(self) -> ActionResult:
        """DisassociateAccessPolicy."""
        self._entry()["policies"].pop(self.uri_match["policyArn"], None)
        return EmptyResult()

    def _new_entry(self, cluster: Cluster, body: dict[str, Any]) -> dict[str, Any]:
        principal = body["principalArn"]
        entries = store_of(cluster, "access_entries")
        if principal in entries:
            raise ResourceInUseException(
                clusterName=cluster.name,
                message="The specified access entry resource is already in use on this cluster.",
            )
        if ":role/" in principal and not lookup.role_exists(self.current_account, self.region, principal):
            raise InvalidParameterException(
                message="The specified principalArn is invalid: invalid principal.", clusterName=cluster.name
            )
        now = utcnow()
        entries[principal] = {
            "clusterName": cluster.name,
            "principalArn": principal,
            "kubernetesGroups": body.get("kubernetesGroups") or [],
            "accessEntryArn": self._arn(f"access-entry/{cluster.name}/{secrets.token_hex(16)}"),
            "createdAt": now,
            "modifiedAt": now,
            "tags": body.get("tags") or {},
            "username": body.get("username") or principal,
            "type": body.get("type") or "STANDARD",
            "policies": {},
        }
        return entries[principal]

    def _entry(self) -> dict[str, Any]:
        entries = store_of(self._cluster(self._name()), "access_entries")
        principal = self.uri_match["principalArn"]
        if principal not in entries:
            raise ResourceNotFoundException(
                message=f"The specified principalArn could not be found. You can view your available access "
                f"entries with 'list-access-entries'. ({principal})"
            )
        return entries[principal]

    def _shown_entry(self, entry: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in entry.items() if key != "policies"}

    def _shown_policy(self, arn: str, scope: dict[str, Any]) -> dict[str, Any]:
        now = utcnow()
        return {"policyArn": arn, "accessScope": scope, "associatedAt": now, "modifiedAt": now}

    # ------------------------------------------------------------ pod identities

    def create_pod_identity_association(self) -> ActionResult:
        """CreatePodIdentityAssociation; one a namespace and service account."""
        cluster = self._cluster(self._name())
        return ActionResult({"association": self._new_association(cluster, self._body())})

    def describe_pod_identity_association(self) -> ActionResult:
        """DescribePodIdentityAssociation."""
        return ActionResult({"association": self._association()})

    def list_pod_identity_associations(self) -> ActionResult:
        """ListPodIdentityAssociations."""
        associations = store_of(self._cluster(self._name()), "pod_identities").values()
        return ActionResult({"associations": list(associations)})

    def update_pod_identity_association(self) -> ActionResult:
        """UpdatePodIdentityAssociation: another role for the service account."""
        entry, body = self._association(), self._body()
        if body.get("roleArn"):
            self._require_role(body["roleArn"])
            entry.update(roleArn=body["roleArn"], modifiedAt=utcnow())
        return ActionResult({"association": entry})

    def delete_pod_identity_association(self) -> ActionResult:
        """DeletePodIdentityAssociation."""
        association = self._association()
        del store_of(self._cluster(self._name()), "pod_identities")[association["associationId"]]
        return ActionResult({"association": association})

    def _association(self) -> dict[str, Any]:
        associations = store_of(self._cluster(self._name()), "pod_identities")
        identifier = self.uri_match["associationId"]
        if identifier not in associations:
            raise ResourceNotFoundException(message=f"No pod identity association found: {identifier}")
        return associations[identifier]

    # ------------------------------------------------------------------ checks

    def _caller_arn(self) -> str:
        return f"arn:{self.partition}:sts::{self.current_account}:user/moto"

    def _require_groups(self, group_ids: list[str]) -> None:
        for group_id in group_ids:
            if not lookup.security_group_exists(self.current_account, self.region, group_id):
                raise InvalidParameterException(
                    message=f"Error in security groups: The security group ID '{group_id}' does not exist"
                )

    def _subnets(self, subnet_ids: list[str]) -> list[Any]:
        found = []
        for subnet_id in subnet_ids:
            subnet = lookup.subnet(self.current_account, self.region, subnet_id)
            if subnet is None:
                raise InvalidParameterException(message=f"The subnet ID '{subnet_id}' does not exist")
            found.append(subnet)
        if len({subnet.availability_zone for subnet in found}) < 2:
            raise InvalidParameterException(message="Subnets specified must be in at least two different AZs")
        return found

    def _require_access_api(self, cluster: Cluster) -> None:
        if cluster.access_config["authenticationMode"] == "CONFIG_MAP":
            raise InvalidParameterException(
                message="The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] "
                "to perform this operation."
            )


def _merged_logging(present: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    setups = [*(present.get("clusterLogging") or []), *(wanted.get("clusterLogging") or [])]
    states: dict[str, bool] = {}
    for setup in setups:
        states |= dict.fromkeys(setup["types"], setup["enabled"])
    merged = [
        {"types": [kind for kind, on in states.items() if on == state], "enabled": state} for state in (True, False)
    ]
    return {"clusterLogging": [setup for setup in merged if setup["types"]]}
