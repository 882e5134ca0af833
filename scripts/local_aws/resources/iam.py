"""AWS::IAM roles and policies."""

from __future__ import annotations

import json
from typing import Any

from .base import Created, Request, handles


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

    def delete(self, request: Request, physical_id: str) -> None:
        """Detach the policy everywhere and delete it."""
        iam = request.clients["iam"]
        for role in request.properties.get("Roles") or []:
            iam.detach_role_policy(RoleName=role, PolicyArn=physical_id)
        iam.delete_policy(PolicyArn=physical_id)
