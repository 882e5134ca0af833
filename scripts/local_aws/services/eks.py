"""Amazon EKS: moto's clusters, made whole, with add-ons, access entries and pod identities."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

import moto.eks.urls
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.eks.exceptions import InvalidParameterException, ResourceInUseException, ResourceNotFoundException
from moto.eks.models import Cluster
from moto.eks.responses import EKSResponse

from . import lookup

CREATOR_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
AUTHENTICATION_MODES = ("API", "API_AND_CONFIG_MAP", "CONFIG_MAP")


def install() -> None:
    """Serve EKS requests with `EksService`."""
    service = EksService()
    moto.eks.urls.url_paths.clear()
    moto.eks.urls.url_paths["{0}/clusters$"] = service.dispatch
    moto.eks.urls.url_paths["{0}/clusters/(?P<rest>.+)$"] = service.dispatch
    moto.eks.urls.url_paths["{0}/tags/(?P<resourceArn>.+)$"] = service.dispatch


def store_of(cluster: Cluster, name: str) -> dict[str, Any]:
    """Return a store of ours that lives and dies with moto's cluster."""
    return cluster.__dict__.setdefault(f"stackgen_{name}", {})


class EksService(EKSResponse):
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

    # ------------------------------------------------------------------ add-ons

    def create_addon(self) -> ActionResult:
        """CreateAddon; the add-on is active at once."""
        body, cluster = self._body(), self._cluster(self._name())
        addons, name = store_of(cluster, "addons"), body["addonName"]
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
            "status": "ACTIVE",
            "addonVersion": body.get("addonVersion") or "v1.0.0-eksbuild.1",
            "health": {"issues": []},
            "addonArn": self._arn(f"addon/{cluster.name}/{name}/{secrets.token_hex(18)}"),
            "createdAt": now,
            "modifiedAt": now,
            "tags": body.get("tags") or {},
            "podIdentityAssociations": [entry["associationArn"] for entry in associations],
            **{key: body[key] for key in ("serviceAccountRoleArn", "configurationValues") if body.get(key)},
        }
        return ActionResult({"addon": addons[name]})

    def describe_addon(self) -> ActionResult:
        """DescribeAddon."""
        return ActionResult({"addon": self._addon()})

    def list_addons(self) -> ActionResult:
        """ListAddons."""
        return ActionResult({"addons": list(store_of(self._cluster(self._name()), "addons"))})

    def update_addon(self) -> ActionResult:
        """UpdateAddon; done at once."""
        body, addon = self._body(), self._addon()
        fields = ("addonVersion", "configurationValues", "serviceAccountRoleArn")
        changed = {key: body[key] for key in fields if key in body}
        addon.update(changed, modifiedAt=utcnow())
        return ActionResult({"update": {"id": secrets.token_hex(16), "status": "Successful", "type": "AddonUpdate"}})

    def delete_addon(self) -> ActionResult:
        """DeleteAddon, with the pod identities it owns."""
        cluster, addon = self._cluster(self._name()), self._addon()
        del store_of(cluster, "addons")[addon["addonName"]]
        associations = store_of(cluster, "pod_identities")
        for identifier, entry in list(associations.items()):
            if entry["associationArn"] in addon["podIdentityAssociations"]:
                del associations[identifier]
        return ActionResult({"addon": {**addon, "status": "DELETING"}})

    def _addon(self) -> dict[str, Any]:
        cluster, name = self._cluster(self._name()), self.uri_match["addonName"]
        addons = store_of(cluster, "addons")
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

    def delete_pod_identity_association(self) -> ActionResult:
        """DeletePodIdentityAssociation."""
        association = self._association()
        del store_of(self._cluster(self._name()), "pod_identities")[association["associationId"]]
        return ActionResult({"association": association})

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

    def _association(self) -> dict[str, Any]:
        associations = store_of(self._cluster(self._name()), "pod_identities")
        identifier = self.uri_match["associationId"]
        if identifier not in associations:
            raise ResourceNotFoundException(message=f"No pod identity association found: {identifier}")
        return associations[identifier]

    # ------------------------------------------------------------------ checks

    def _body(self) -> dict[str, Any]:
        return json.loads(self.body or "{}")

    def _name(self) -> str:
        return self.uri_match.get("clusterName") or self.uri_match["name"]

    def _cluster(self, name: str) -> Cluster:
        return self.eks_backend.describe_cluster(name)

    def _arn(self, resource: str) -> str:
        return f"arn:{self.partition}:eks:{self.region}:{self.current_account}:{resource}"

    def _caller_arn(self) -> str:
        return f"arn:{self.partition}:sts::{self.current_account}:user/moto"

    def _require_role(self, arn: str) -> None:
        if not lookup.role_exists(self.current_account, self.region, arn):
            raise InvalidParameterException(
                message=f"Role with arn: {arn}, could not be assumed because it does not exist "
                "or the trusted entity is not correct"
            )

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
