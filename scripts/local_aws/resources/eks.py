"""AWS::EKS clusters, add-ons, access entries and pod identity associations."""

from __future__ import annotations

from typing import Any

from .base import Created, Request, handles

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
        return Created(
            name,
            {
                "Arn": made["arn"],
                "CertificateAuthorityData": made["certificateAuthority"]["data"],
                "ClusterSecurityGroupId": made["resourcesVpcConfig"]["clusterSecurityGroupId"],
                "EncryptionConfigKeyArn": "",
                "Endpoint": made["endpoint"],
                "Id": name,
                "OpenIdConnectIssuerUrl": made["identity"]["oidc"]["issuer"],
            },
        )

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the cluster."""
        request.clients["eks"].delete_cluster(name=physical_id)


@handles("AWS::EKS::Addon")
class Addon:
    """An add-on; `Ref` gives `<cluster>|<add-on>`."""

    def create(self, request: Request) -> Created:
        """Create the add-on."""
        properties = camel(request.without("Tags", "PreserveOnDelete"))
        made = request.clients["eks"].create_addon(tags=request.tag_map(), **properties)["addon"]
        return Created(f"{made['clusterName']}|{made['addonName']}", {"Arn": made["addonArn"]})

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

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the association."""
        request.clients["eks"].delete_pod_identity_association(
            clusterName=request.properties["ClusterName"], associationId=physical_id.rsplit("/", 1)[-1]
        )
