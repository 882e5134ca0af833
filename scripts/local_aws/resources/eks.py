"""AWS::EKS clusters, add-ons, access entries and pod identity associations."""

from __future__ import annotations

import time
from typing import Any

from .base import Created, CreationFailed, Live, Request, handles

# Maps whose keys are the user's own, which must not be rewritten.
_USER_KEYED = {"tags", "labels"}


def camel(value: Any) -> Any:
    """Return CloudFormation's PascalCase keys as EKS's API writes them."""
    if isinstance(value, dict):
        renamed = {key[:1].lower() + key[1:]: item for key, item in value.items()}
        return {key: item if key in _USER_KEYED else camel(item) for key, item in renamed.items()}
    if isinstance(value, list):
        return [camel(item) for item in value]
    return value


@handles("AWS::EKS::Cluster")
class Cluster:
    """A control plane; `Ref` gives its name."""

    def create(self, request: Request) -> Created:
        """Create the cluster."""
        properties = camel(request.without("Tags", "Logging", "Name"))
        logging = (request.properties.get("Logging") or {}).get("ClusterLogging", {}).get("EnabledTypes")
        if logging is not None:
            types = [entry["Type"] for entry in logging]
            properties["logging"] = {"clusterLogging": [{"types": types, "enabled": True}]}
        name = request.properties.get("Name") or request.generated_name(100)
        made = request.clients["eks"].create_cluster(name=name, tags=request.tag_map(), **properties)["cluster"]
        return Created(name, _attributes(name, made))

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change version, logging and access, each with a call of its own as EKS wants it."""
        eks, new, old = request.clients["eks"], request.properties, previous.properties
        if new.get("Version") != old.get("Version"):
            eks.update_cluster_version(name=physical_id, version=new["Version"])
        if new.get("Logging") != old.get("Logging"):
            eks.update_cluster_config(name=physical_id, logging=_logging(new, old))
        vpc, before = (camel(entry.get("ResourcesVpcConfig") or {}) for entry in (new, old))
        if vpc != before:
            eks.update_cluster_config(name=physical_id, resourcesVpcConfig=vpc)
        if new.get("AccessConfig") != old.get("AccessConfig"):
            mode = (new.get("AccessConfig") or {}).get("AuthenticationMode")
            eks.update_cluster_config(name=physical_id, accessConfig={"authenticationMode": mode})
        for name, option in (("UpgradePolicy", "upgradePolicy"), ("DeletionProtection", "deletionProtection"),
                             ("ZonalShiftConfig", "zonalShiftConfig")):  # fmt: skip
            if name in new and new[name] != old.get(name):
                eks.update_cluster_config(name=physical_id, **{option: camel(new[name])})
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return version, logging, authentication mode and tags."""
        found = request.clients["eks"].describe_cluster(name=physical_id)["cluster"]
        enabled = [
            kind
            for entry in (found.get("logging") or {}).get("clusterLogging") or []
            if entry["enabled"]
            for kind in entry["types"]
        ]
        access = request.properties.get("AccessConfig") or {}
        properties: dict[str, Any] = {
            "Name": physical_id,
            "Version": found["version"],
            "RoleArn": found["roleArn"],
            "AccessConfig": {**access, "AuthenticationMode": found["accessConfig"]["authenticationMode"]},
            "Tags": request.own_tags(found.get("tags")),
        }
        if "Logging" in request.properties:
            properties["Logging"] = {"ClusterLogging": {"EnabledTypes": [{"Type": kind} for kind in enabled]}}
        return Live(properties, _attributes(physical_id, found))

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the cluster."""
        request.clients["eks"].delete_cluster(name=physical_id)


def _attributes(name: str, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "Arn": found["arn"],
        "CertificateAuthorityData": found["certificateAuthority"]["data"],
        "ClusterSecurityGroupId": found["resourcesVpcConfig"]["clusterSecurityGroupId"],
        "EncryptionConfigKeyArn": "",
        "Endpoint": found["endpoint"],
        "Id": name,
        "OpenIdConnectIssuerUrl": found["identity"]["oidc"]["issuer"],
    }


def _log_types(properties: dict[str, Any]) -> list[str]:
    enabled = (properties.get("Logging") or {}).get("ClusterLogging", {}).get("EnabledTypes") or []
    return [entry["Type"] for entry in enabled]


def _logging(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    wanted = _log_types(new)
    gone = [kind for kind in _log_types(old) if kind not in wanted]
    setup = [{"types": wanted, "enabled": True}] if wanted else []
    return {"clusterLogging": setup + ([{"types": gone, "enabled": False}] if gone else [])}


@handles("AWS::EKS::Addon")
class Addon:
    """An add-on; `Ref` gives `<cluster>|<add-on>`."""

    def create(self, request: Request) -> Created:
        """Create the add-on."""
        properties = camel(request.without("Tags", "PreserveOnDelete"))
        made = request.clients["eks"].create_addon(tags=request.tag_map(), **properties)["addon"]
        while made["status"] == "CREATING":
            time.sleep(0.05)
            place = {"clusterName": made["clusterName"], "addonName": made["addonName"]}
            made = request.clients["eks"].describe_addon(**place)["addon"]
        if made["status"] != "ACTIVE":
            issues = "; ".join(issue["message"] for issue in made["health"]["issues"])
            raise CreationFailed(f"{made['status']}: {issues}", f"{made['clusterName']}|{made['addonName']}")
        return Created(f"{made['clusterName']}|{made['addonName']}", {"Arn": made["addonArn"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change version, configuration and role."""
        cluster, name = physical_id.split("|")
        options = camel(
            request.pick("AddonVersion", "ConfigurationValues", "ServiceAccountRoleArn", "ResolveConflicts")
        )
        if options.get("resolveConflicts") == "NONE":
            del options["resolveConflicts"]
        request.clients["eks"].update_addon(clusterName=cluster, addonName=name, **options)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return version, configuration and tags."""
        cluster, name = physical_id.split("|")
        found = request.clients["eks"].describe_addon(clusterName=cluster, addonName=name)["addon"]
        properties = {
            "ClusterName": cluster,
            "AddonName": name,
            "AddonVersion": found["addonVersion"],
            "ConfigurationValues": found.get("configurationValues"),
            "ServiceAccountRoleArn": found.get("serviceAccountRoleArn"),
            "Tags": request.own_tags(found.get("tags")),
        }
        return Live(properties, {"Arn": found["addonArn"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the add-on."""
        cluster, name = physical_id.split("|")
        request.clients["eks"].delete_addon(clusterName=cluster, addonName=name)


@handles("AWS::EKS::AccessEntry")
class AccessEntry:
    """A principal's access to a cluster; `Ref` gives `<principal ARN>|<cluster>`."""

    def create(self, request: Request) -> Created:
        """Create the entry and associate its policies."""
        eks, properties = request.clients["eks"], request.properties
        place = {"clusterName": properties["ClusterName"], "principalArn": properties["PrincipalArn"]}
        entry = eks.create_access_entry(**camel(request.without("Tags", "AccessPolicies")), tags=request.tag_map())[
            "accessEntry"
        ]
        for policy in properties.get("AccessPolicies") or []:
            eks.associate_access_policy(
                **place, policyArn=policy["PolicyArn"], accessScope=camel(policy["AccessScope"])
            )
        physical_id = f"{properties['PrincipalArn']}|{properties['ClusterName']}"
        return Created(physical_id, {"AccessEntryArn": entry["accessEntryArn"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change groups, user name and policies."""
        eks, properties = request.clients["eks"], request.properties
        place = {"clusterName": properties["ClusterName"], "principalArn": properties["PrincipalArn"]}
        eks.update_access_entry(**place, **camel(request.pick("KubernetesGroups", "Username")))
        wanted = {policy["PolicyArn"]: policy["AccessScope"] for policy in properties.get("AccessPolicies") or []}
        for policy in previous.properties.get("AccessPolicies") or []:
            if policy["PolicyArn"] not in wanted:
                eks.disassociate_access_policy(**place, policyArn=policy["PolicyArn"])
        for arn, scope in wanted.items():
            eks.associate_access_policy(**place, policyArn=arn, accessScope=camel(scope))
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the entry."""
        principal, cluster = physical_id.split("|")
        request.clients["eks"].delete_access_entry(clusterName=cluster, principalArn=principal)


@handles("AWS::EKS::PodIdentityAssociation")
class PodIdentityAssociation:
    """A service account's role; `Ref` gives the association's ARN."""

    def create(self, request: Request) -> Created:
        """Create the association."""
        properties = camel(request.without("Tags"))
        made = request.clients["eks"].create_pod_identity_association(tags=request.tag_map(), **properties)
        association = made["association"]
        return Created(
            association["associationArn"],
            {"AssociationArn": association["associationArn"], "AssociationId": association["associationId"]},
        )

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Give the service account another role."""
        request.clients["eks"].update_pod_identity_association(
            clusterName=request.properties["ClusterName"],
            associationId=physical_id.rsplit("/", 1)[-1],
            roleArn=request.properties["RoleArn"],
        )
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the association."""
        request.clients["eks"].delete_pod_identity_association(
            clusterName=request.properties["ClusterName"], associationId=physical_id.rsplit("/", 1)[-1]
        )
