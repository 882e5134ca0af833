"""AWS::IAM roles and policies."""

from __future__ import annotations

import json
from typing import Any

from .base import Created, Live, Request, handles


def _document(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@handles("AWS::IAM::Role")
class Role:
    """A role with its inline and attached policies; `Ref` gives its name."""

    def create(self, request: Request) -> Created:
        """Create the role, then attach and put its policies."""
        iam, properties = request.clients["iam"], request.properties
        name = properties.get("RoleName") or request.generated_name(64)
        role = iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=_document(properties["AssumeRolePolicyDocument"]),
            Tags=request.tag_list(system=False),
            **request.pick("Path", "Description", "MaxSessionDuration", "PermissionsBoundary"),
        )["Role"]
        for arn in properties.get("ManagedPolicyArns") or []:
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)
        for policy in properties.get("Policies") or []:
            iam.put_role_policy(
                RoleName=name, PolicyName=policy["PolicyName"], PolicyDocument=_document(policy["PolicyDocument"])
            )
        return Created(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change trust policy, description and session length, and the policies that the template names."""
        iam, properties, old = request.clients["iam"], request.properties, previous.properties
        iam.update_assume_role_policy(
            RoleName=physical_id, PolicyDocument=_document(properties["AssumeRolePolicyDocument"])
        )
        iam.update_role(RoleName=physical_id, **request.pick("Description", "MaxSessionDuration"))
        wanted, present = properties.get("ManagedPolicyArns") or [], old.get("ManagedPolicyArns") or []
        for arn in (arn for arn in present if arn not in wanted):
            iam.detach_role_policy(RoleName=physical_id, PolicyArn=arn)
        for arn in (arn for arn in wanted if arn not in present):
            iam.attach_role_policy(RoleName=physical_id, PolicyArn=arn)
        inline = {policy["PolicyName"]: policy["PolicyDocument"] for policy in properties.get("Policies") or []}
        for policy in old.get("Policies") or []:
            if policy["PolicyName"] not in inline:
                iam.delete_role_policy(RoleName=physical_id, PolicyName=policy["PolicyName"])
        for name, document in inline.items():
            iam.put_role_policy(RoleName=physical_id, PolicyName=name, PolicyDocument=_document(document))
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return name, trust policy, attached policies and tags."""
        iam = request.clients["iam"]
        role = iam.get_role(RoleName=physical_id)["Role"]
        attached = iam.list_attached_role_policies(RoleName=physical_id)["AttachedPolicies"]
        arns = [policy["PolicyArn"] for policy in attached]
        declared = [arn for arn in request.properties.get("ManagedPolicyArns") or [] if arn in arns]
        properties = {
            "RoleName": physical_id,
            "AssumeRolePolicyDocument": role["AssumeRolePolicyDocument"],
            "ManagedPolicyArns": declared + [arn for arn in arns if arn not in declared],
            "Tags": request.own_tags(role.get("Tags")),
        }
        return Live(properties, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Detach and delete the role's own policies, then the role; policies put by others block it."""
        iam = request.clients["iam"]
        for arn in request.properties.get("ManagedPolicyArns") or []:
            iam.detach_role_policy(RoleName=physical_id, PolicyArn=arn)
        for policy in request.properties.get("Policies") or []:
            iam.delete_role_policy(RoleName=physical_id, PolicyName=policy["PolicyName"])
        iam.delete_role(RoleName=physical_id)


@handles("AWS::IAM::Policy")
class Policy:
    """An inline policy put on roles; `Ref` gives the policy's name."""

    def create(self, request: Request) -> Created:
        """Put the policy on every role."""
        properties = request.properties
        for role in properties.get("Roles") or []:
            request.clients["iam"].put_role_policy(
                RoleName=role,
                PolicyName=properties["PolicyName"],
                PolicyDocument=_document(properties["PolicyDocument"]),
            )
        return Created(properties["PolicyName"], {"Id": properties["PolicyName"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Put the policy on the roles named now, take it off the others."""
        gone = [role for role in previous.properties.get("Roles") or [] if role not in request.properties["Roles"]]
        for role in gone:
            request.clients["iam"].delete_role_policy(RoleName=role, PolicyName=previous.properties["PolicyName"])
        self.create(request)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Take the policy off every role."""
        for role in request.properties.get("Roles") or []:
            request.clients["iam"].delete_role_policy(RoleName=role, PolicyName=request.properties["PolicyName"])


@handles("AWS::IAM::RolePolicy")
class RolePolicy:
    """An inline policy of one role; `Ref` gives `<policy name>|<role name>`."""

    def create(self, request: Request) -> Created:
        """Put the policy on the role."""
        properties = request.properties
        request.clients["iam"].put_role_policy(
            RoleName=properties["RoleName"],
            PolicyName=properties["PolicyName"],
            PolicyDocument=_document(properties.get("PolicyDocument", {})),
        )
        return Created(f"{properties['PolicyName']}|{properties['RoleName']}")

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Put the policy anew."""
        self.create(request)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Take the policy off the role."""
        request.clients["iam"].delete_role_policy(**request.pick("RoleName", "PolicyName"))


@handles("AWS::IAM::OIDCProvider")
class OidcProvider:
    """An OpenID Connect provider; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the provider."""
        arn = request.clients["iam"].create_open_id_connect_provider(
            **request.pick("Url", "ThumbprintList"),
            **({"ClientIDList": request.properties["ClientIdList"]} if "ClientIdList" in request.properties else {}),
            Tags=request.tag_list(system=False),
        )["OpenIDConnectProviderArn"]
        return Created(arn, {"Arn": arn})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Replace the thumbprints."""
        request.clients["iam"].update_open_id_connect_provider_thumbprint(
            OpenIDConnectProviderArn=physical_id, ThumbprintList=request.properties.get("ThumbprintList") or []
        )
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the provider."""
        request.clients["iam"].delete_open_id_connect_provider(OpenIDConnectProviderArn=physical_id)


@handles("AWS::IAM::ManagedPolicy")
class ManagedPolicy:
    """A managed policy attached to roles; `Ref` gives its ARN."""

    def create(self, request: Request) -> Created:
        """Create the policy and attach it."""
        iam, properties = request.clients["iam"], request.properties
        policy = iam.create_policy(
            PolicyName=properties.get("ManagedPolicyName") or request.generated_name(128),
            PolicyDocument=_document(properties["PolicyDocument"]),
            **request.pick("Path", "Description"),
        )["Policy"]
        for role in properties.get("Roles") or []:
            iam.attach_role_policy(RoleName=role, PolicyArn=policy["Arn"])
        return Created(policy["Arn"], {"PolicyArn": policy["Arn"], "PolicyId": policy["PolicyId"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Make the new document the default version."""
        iam = request.clients["iam"]
        if request.properties["PolicyDocument"] != previous.properties["PolicyDocument"]:
            for version in iam.list_policy_versions(PolicyArn=physical_id)["Versions"]:
                if not version["IsDefaultVersion"]:
                    iam.delete_policy_version(PolicyArn=physical_id, VersionId=version["VersionId"])
            document = _document(request.properties["PolicyDocument"])
            iam.create_policy_version(PolicyArn=physical_id, PolicyDocument=document, SetAsDefault=True)
        wanted, present = request.properties.get("Roles") or [], previous.properties.get("Roles") or []
        for role in (role for role in present if role not in wanted):
            iam.detach_role_policy(RoleName=role, PolicyArn=physical_id)
        for role in (role for role in wanted if role not in present):
            iam.attach_role_policy(RoleName=role, PolicyArn=physical_id)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Detach the policy everywhere and delete it."""
        iam = request.clients["iam"]
        for role in request.properties.get("Roles") or []:
            iam.detach_role_policy(RoleName=role, PolicyArn=physical_id)
        iam.delete_policy(PolicyArn=physical_id)
