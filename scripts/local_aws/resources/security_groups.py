"""AWS::EC2 security groups and their rules."""

from __future__ import annotations

from typing import Any

from .base import Created, Live, Request, handles
from .network import tag_specifications


@handles("AWS::EC2::SecurityGroup")
class SecurityGroup:
    """A security group with the rules declared inside it; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the group; egress rules of its own replace the one that allows everything."""
        ec2 = request.clients["ec2"]
        properties = request.properties
        group_id = ec2.create_security_group(
            GroupName=properties.get("GroupName") or request.generated_name(255),
            Description=properties["GroupDescription"],
            **request.pick("VpcId"),
            TagSpecifications=tag_specifications(request, "security-group"),
        )["GroupId"]
        ingress = [_permission(rule, "Source") for rule in properties.get("SecurityGroupIngress") or []]
        if ingress:
            ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=ingress)
        egress = [_permission(rule, "Destination") for rule in properties.get("SecurityGroupEgress") or []]
        if egress:
            group = ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0]
            ec2.revoke_security_group_egress(GroupId=group_id, IpPermissions=group["IpPermissionsEgress"])
            ec2.authorize_security_group_egress(GroupId=group_id, IpPermissions=egress)
        return Created(group_id, {"GroupId": group_id, "Id": group_id, "VpcId": properties.get("VpcId", "")})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Replace the rules declared inside the group by the new ones; rules of others stay."""
        ec2 = request.clients["ec2"]
        calls = (
            ("SecurityGroupIngress", "Source", ec2.revoke_security_group_ingress, ec2.authorize_security_group_ingress),
            (
                "SecurityGroupEgress",
                "Destination",
                ec2.revoke_security_group_egress,
                ec2.authorize_security_group_egress,
            ),
        )
        for name, peer, revoke, authorize in calls:
            old = [_permission(rule, peer) for rule in previous.properties.get(name) or []]
            new = [_permission(rule, peer) for rule in request.properties.get(name) or []]
            gone, added = [rule for rule in old if rule not in new], [rule for rule in new if rule not in old]
            if gone:
                revoke(GroupId=physical_id, IpPermissions=gone)
            if added:
                authorize(GroupId=physical_id, IpPermissions=added)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return description, VPC, tags, and those of the declared rules that are there."""
        group = request.clients["ec2"].describe_security_groups(GroupIds=[physical_id])["SecurityGroups"][0]
        properties: dict[str, Any] = {
            "GroupDescription": group["Description"],
            "VpcId": group.get("VpcId", ""),
            "Tags": request.own_tags(group.get("Tags")),
        }
        for name, peer, key in (
            ("SecurityGroupIngress", "Source", "IpPermissions"),
            ("SecurityGroupEgress", "Destination", "IpPermissionsEgress"),
        ):
            declared = request.properties.get(name) or []
            properties[name] = [rule for rule in declared if _is_there(_permission(rule, peer), group[key])]
        return Live(properties, {"GroupId": physical_id, "Id": physical_id, "VpcId": group.get("VpcId", "")})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the group."""
        request.clients["ec2"].delete_security_group(GroupId=physical_id)


@handles("AWS::EC2::SecurityGroupIngress")
class SecurityGroupIngress:
    """One inbound rule of a group; `Ref` gives the rule's id."""

    def create(self, request: Request) -> Created:
        """Add the rule."""
        answer = request.clients["ec2"].authorize_security_group_ingress(
            GroupId=request.properties["GroupId"], IpPermissions=[_permission(request.properties, "Source")]
        )
        return _created_rule(answer)

    def delete(self, request: Request, physical_id: str) -> None:
        """Remove the rule."""
        request.clients["ec2"].revoke_security_group_ingress(
            GroupId=request.properties["GroupId"], IpPermissions=[_permission(request.properties, "Source")]
        )


@handles("AWS::EC2::SecurityGroupEgress")
class SecurityGroupEgress:
    """One outbound rule of a group; `Ref` gives the rule's id."""

    def create(self, request: Request) -> Created:
        """Add the rule."""
        answer = request.clients["ec2"].authorize_security_group_egress(
            GroupId=request.properties["GroupId"], IpPermissions=[_permission(request.properties, "Destination")]
        )
        return _created_rule(answer)

    def delete(self, request: Request, physical_id: str) -> None:
        """Remove the rule."""
        request.clients["ec2"].revoke_security_group_egress(
            GroupId=request.properties["GroupId"], IpPermissions=[_permission(request.properties, "Destination")]
        )


def _created_rule(answer: dict[str, Any]) -> Created:
    rule_id = answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    return Created(rule_id, {"Id": rule_id})


def _is_there(rule: dict[str, Any], permissions: list[dict[str, Any]]) -> bool:
    """Whether one of the group's permissions covers the rule's protocol, ports and peer."""
    place = ("IpProtocol", "FromPort", "ToPort")
    peers = (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6"), ("UserIdGroupPairs", "GroupId"))
    peers = (*peers, ("PrefixListIds", "PrefixListId"))
    for permission in permissions:
        if any(rule.get(name) != permission.get(name) for name in place):
            continue
        found = {entry.get(key) for kind, key in peers for entry in permission.get(kind) or []}
        if {entry[key] for kind, key in peers for entry in rule.get(kind) or []} <= found:
            return True
    return False


def _permission(rule: dict[str, Any], peer: str) -> dict[str, Any]:
    """Return a rule in EC2's `IpPermission` shape; `peer` is `Source` or `Destination`."""
    permission: dict[str, Any] = {"IpProtocol": str(rule["IpProtocol"])}
    permission |= {name: rule[name] for name in ("FromPort", "ToPort") if name in rule}
    note = {"Description": rule["Description"]} if rule.get("Description") else {}
    if "CidrIp" in rule:
        permission["IpRanges"] = [{"CidrIp": rule["CidrIp"], **note}]
    if "CidrIpv6" in rule:
        permission["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **note}]
    if f"{peer}SecurityGroupId" in rule:
        permission["UserIdGroupPairs"] = [{"GroupId": rule[f"{peer}SecurityGroupId"], **note}]
    if f"{peer}PrefixListId" in rule:
        permission["PrefixListIds"] = [{"PrefixListId": rule[f"{peer}PrefixListId"], **note}]
    return permission
