"""AWS::EC2 network resources: VPC, subnets, gateways, routes and endpoints."""

from __future__ import annotations

import json
from typing import Any

from ..errors import ProvisioningError
from .base import Created, Live, Request, handles


def tag_specifications(request: Request, kind: str) -> list[dict[str, Any]]:
    """Return EC2's `TagSpecifications` for a resource of the EC2 `kind`, such as `vpc`."""
    tags = request.tag_list()
    return [{"ResourceType": kind, "Tags": tags}] if tags else []


@handles("AWS::EC2::VPC")
class Vpc:
    """A VPC; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the VPC and set its DNS attributes."""
        ec2 = request.clients["ec2"]
        vpc = ec2.create_vpc(
            **request.pick("CidrBlock", "InstanceTenancy"), TagSpecifications=tag_specifications(request, "vpc")
        )["Vpc"]
        vpc_id = vpc["VpcId"]
        for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
            if attribute in request.properties:
                ec2.modify_vpc_attribute(VpcId=vpc_id, **{attribute: {"Value": request.properties[attribute]}})
        mine = [{"Name": "vpc-id", "Values": [vpc_id]}]
        groups = ec2.describe_security_groups(Filters=mine)["SecurityGroups"]
        acls = ec2.describe_network_acls(Filters=mine)["NetworkAcls"]
        return Created(
            vpc_id,
            {
                "VpcId": vpc_id,
                "CidrBlock": vpc["CidrBlock"],
                "CidrBlockAssociations": [entry["AssociationId"] for entry in vpc["CidrBlockAssociationSet"]],
                "DefaultSecurityGroup": groups[0]["GroupId"] if groups else "",
                "DefaultNetworkAcl": acls[0]["NetworkAclId"] if acls else "",
                "Ipv6CidrBlocks": [],
            },
        )

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Set the DNS attributes."""
        for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
            if attribute in request.properties:
                request.clients["ec2"].modify_vpc_attribute(
                    VpcId=physical_id, **{attribute: {"Value": request.properties[attribute]}}
                )
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return range, DNS attributes and tags."""
        ec2 = request.clients["ec2"]
        vpc = ec2.describe_vpcs(VpcIds=[physical_id])["Vpcs"][0]
        dns = {
            name: ec2.describe_vpc_attribute(VpcId=physical_id, Attribute=name[:1].lower() + name[1:])[name]["Value"]
            for name in ("EnableDnsSupport", "EnableDnsHostnames")
        }
        properties = {"CidrBlock": vpc["CidrBlock"], **dns, "Tags": request.own_tags(vpc.get("Tags"))}
        return Live(properties, {"VpcId": physical_id, "CidrBlock": vpc["CidrBlock"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the VPC."""
        request.clients["ec2"].delete_vpc(VpcId=physical_id)


@handles("AWS::EC2::VPCCidrBlock")
class VpcCidrBlock:
    """A secondary range of a VPC; `Ref` gives the association's id."""

    def create(self, request: Request) -> Created:
        """Associate the range."""
        answer = request.clients["ec2"].associate_vpc_cidr_block(
            **request.pick("VpcId", "CidrBlock", "AmazonProvidedIpv6CidrBlock")
        )
        association = answer.get("CidrBlockAssociation") or answer["Ipv6CidrBlockAssociation"]
        return Created(association["AssociationId"], {"Id": association["AssociationId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Disassociate the range."""
        request.clients["ec2"].disassociate_vpc_cidr_block(AssociationId=physical_id)


@handles("AWS::EC2::InternetGateway")
class InternetGateway:
    """An Internet gateway; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the gateway, attached to nothing."""
        gateway = request.clients["ec2"].create_internet_gateway(
            TagSpecifications=tag_specifications(request, "internet-gateway")
        )["InternetGateway"]
        return Created(gateway["InternetGatewayId"], {"InternetGatewayId": gateway["InternetGatewayId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the gateway."""
        request.clients["ec2"].delete_internet_gateway(InternetGatewayId=physical_id)


@handles("AWS::EC2::VPCGatewayAttachment")
class VpcGatewayAttachment:
    """An Internet gateway's place in a VPC; `Ref` gives `IGW|<vpc id>`."""

    def create(self, request: Request) -> Created:
        """Attach the gateway."""
        request.clients["ec2"].attach_internet_gateway(**request.pick("InternetGatewayId", "VpcId"))
        return Created(f"IGW|{request.properties['VpcId']}", {"AttachmentType": "IGW"})

    def delete(self, request: Request, physical_id: str) -> None:
        """Detach the gateway."""
        request.clients["ec2"].detach_internet_gateway(**request.pick("InternetGatewayId", "VpcId"))


@handles("AWS::EC2::Subnet")
class Subnet:
    """A subnet in the zone that its name or zone id asks for; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the subnet and set whether instances get public addresses."""
        ec2 = request.clients["ec2"]
        subnet = ec2.create_subnet(
            **request.pick("VpcId", "CidrBlock", "AvailabilityZone", "AvailabilityZoneId"),
            TagSpecifications=tag_specifications(request, "subnet"),
        )["Subnet"]
        subnet_id = subnet["SubnetId"]
        if request.properties.get("MapPublicIpOnLaunch"):
            ec2.modify_subnet_attribute(SubnetId=subnet_id, MapPublicIpOnLaunch={"Value": True})
        shown = ("AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "SubnetId", "VpcId")
        return Created(subnet_id, {name: subnet[name] for name in shown})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Set whether instances get public addresses."""
        request.clients["ec2"].modify_subnet_attribute(
            SubnetId=physical_id, MapPublicIpOnLaunch={"Value": bool(request.properties.get("MapPublicIpOnLaunch"))}
        )
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return place, range and tags."""
        subnet = request.clients["ec2"].describe_subnets(SubnetIds=[physical_id])["Subnets"][0]
        names = ("AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "MapPublicIpOnLaunch", "SubnetId", "VpcId")
        shown = {name: subnet[name] for name in names}
        return Live({**shown, "Tags": request.own_tags(subnet.get("Tags"))}, shown)

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the subnet."""
        request.clients["ec2"].delete_subnet(SubnetId=physical_id)


@handles("AWS::EC2::EIP")
class ElasticIp:
    """An elastic address; `Ref` gives the address itself."""

    def create(self, request: Request) -> Created:
        """Allocate the address."""
        address = request.clients["ec2"].allocate_address(
            Domain="vpc", TagSpecifications=tag_specifications(request, "elastic-ip")
        )
        return Created(address["PublicIp"], {"AllocationId": address["AllocationId"], "PublicIp": address["PublicIp"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Release the address."""
        ec2 = request.clients["ec2"]
        for address in ec2.describe_addresses(PublicIps=[physical_id])["Addresses"]:
            ec2.release_address(AllocationId=address["AllocationId"])


@handles("AWS::EC2::NatGateway")
class NatGateway:
    """A NAT gateway; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the gateway in its subnet."""
        gateway = request.clients["ec2"].create_nat_gateway(
            **request.pick("SubnetId", "AllocationId", "ConnectivityType"),
            TagSpecifications=tag_specifications(request, "natgateway"),
        )["NatGateway"]
        return Created(gateway["NatGatewayId"], {"NatGatewayId": gateway["NatGatewayId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the gateway."""
        request.clients["ec2"].delete_nat_gateway(NatGatewayId=physical_id)


@handles("AWS::EC2::RouteTable")
class RouteTable:
    """A route table; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the table with its local routes."""
        table = request.clients["ec2"].create_route_table(
            **request.pick("VpcId"), TagSpecifications=tag_specifications(request, "route-table")
        )["RouteTable"]
        return Created(table["RouteTableId"], {"RouteTableId": table["RouteTableId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the table."""
        request.clients["ec2"].delete_route_table(RouteTableId=physical_id)


@handles("AWS::EC2::Route")
class Route:
    """A route; `Ref` gives `<table id>|<destination>`."""

    def create(self, request: Request) -> Created:
        """Create the route; a gateway that is not attached to the VPC is refused, as on AWS."""
        ec2 = request.clients["ec2"]
        self._check_gateway(request)
        ec2.create_route(**request.properties)
        destination = next(
            request.properties[name]
            for name in ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
            if name in request.properties
        )
        return Created(f"{request.properties['RouteTableId']}|{destination}", {"CidrBlock": destination})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Give the route another target."""
        request.clients["ec2"].replace_route(**request.properties)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the route."""
        names = ("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
        request.clients["ec2"].delete_route(**request.pick(*names))

    def _check_gateway(self, request: Request) -> None:
        gateway_id = request.properties.get("GatewayId", "")
        if not gateway_id.startswith("igw-"):
            return
        ec2 = request.clients["ec2"]
        table = ec2.describe_route_tables(RouteTableIds=[request.properties["RouteTableId"]])["RouteTables"][0]
        gateway = ec2.describe_internet_gateways(InternetGatewayIds=[gateway_id])["InternetGateways"][0]
        if table["VpcId"] not in {entry["VpcId"] for entry in gateway["Attachments"]}:
            raise ProvisioningError(
                f"route table {table['RouteTableId']} and network gateway {gateway_id} belong to different networks "
                "(Service: Ec2, Status Code: 400, Error: InvalidParameterValue)"
            )


@handles("AWS::EC2::SubnetRouteTableAssociation")
class SubnetRouteTableAssociation:
    """A subnet's route table; `Ref` gives the association's id."""

    def create(self, request: Request) -> Created:
        """Associate the table with the subnet."""
        association = request.clients["ec2"].associate_route_table(**request.pick("RouteTableId", "SubnetId"))
        return Created(association["AssociationId"], {"Id": association["AssociationId"]})

    def delete(self, request: Request, physical_id: str) -> None:
        """Disassociate the table."""
        request.clients["ec2"].disassociate_route_table(AssociationId=physical_id)


@handles("AWS::EC2::VPCEndpoint")
class VpcEndpoint:
    """A gateway or interface endpoint; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the endpoint."""
        properties = request.without("Tags")
        if isinstance(properties.get("PolicyDocument"), dict):
            properties["PolicyDocument"] = json.dumps(properties["PolicyDocument"])
        endpoint = request.clients["ec2"].create_vpc_endpoint(
            **properties, TagSpecifications=tag_specifications(request, "vpc-endpoint")
        )["VpcEndpoint"]
        dns = [f"{entry.get('HostedZoneId', '')}:{entry['DnsName']}" for entry in endpoint.get("DnsEntries", [])]
        return Created(endpoint["VpcEndpointId"], {"Id": endpoint["VpcEndpointId"], "DnsEntries": dns})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change the endpoint's policy, tables, subnets and groups."""
        options: dict[str, Any] = {}
        for name in ("RouteTableIds", "SubnetIds", "SecurityGroupIds"):
            wanted, present = request.properties.get(name) or [], previous.properties.get(name) or []
            added, gone = [i for i in wanted if i not in present], [i for i in present if i not in wanted]
            options |= {f"Add{name}": added} if added else {}
            options |= {f"Remove{name}": gone} if gone else {}
        if isinstance(request.properties.get("PolicyDocument"), dict):
            options["PolicyDocument"] = json.dumps(request.properties["PolicyDocument"])
        request.clients["ec2"].modify_vpc_endpoint(VpcEndpointId=physical_id, **options)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the endpoint."""
        request.clients["ec2"].delete_vpc_endpoints(VpcEndpointIds=[physical_id])
