"""The whole cluster of Cases/full-cluster.yaml, seen through the services' own APIs."""

from __future__ import annotations

from typing import Any

from conftest import LocalAWS

NAME, EKS, BUCKET = "ml-cluster", "ml-cluster-eks", "sagemaker-ml-cluster-123456789012"


def tags_of(entries: list[dict[str, str]]) -> dict[str, str]:
    """Return a tag list as a map."""
    return {tag["Key"]: tag["Value"] for tag in entries}


def test_full_cluster(aws: LocalAWS) -> None:
    """One creation serves all checks: it is the slow part."""
    stack_id = aws.create("full-cluster.yaml", Tags=[{"Key": "team", "Value": "ml"}])
    stack = aws.settle(stack_id)
    assert stack["StackStatus"] == "CREATE_COMPLETE", [e for e in aws.events(stack_id) if "FAIL" in e["ResourceStatus"]]
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in stack["Outputs"]}
    resources = {
        entry["LogicalResourceId"]: entry["PhysicalResourceId"]
        for entry in aws.client("cloudformation").describe_stack_resources(StackName=stack_id)["StackResources"]
    }
    assert "Skipped" not in resources
    check_network(aws, resources)
    check_security_group(aws, resources)
    check_eks(aws, resources)
    check_storage(aws, resources, outputs)
    check_hyperpod(aws, resources, outputs)
    check_governance(aws, outputs)
    check_helm(aws, resources, outputs)
    check_deletion(aws, stack_id)


def check_network(aws: LocalAWS, resources: dict[str, str]) -> None:
    ec2 = aws.client("ec2")
    vpc = ec2.describe_vpcs(VpcIds=[resources["Vpc"]])["Vpcs"][0]
    assert [entry["CidrBlock"] for entry in vpc["CidrBlockAssociationSet"]] == ["10.192.0.0/16", "10.1.0.0/16"]
    tags = tags_of(vpc["Tags"])
    assert tags["team"] == "ml"
    assert tags["Name"] == "ml-cluster-vpc"
    assert tags["aws:cloudformation:logical-id"] == "Vpc"
    attribute = ec2.describe_vpc_attribute(VpcId=resources["Vpc"], Attribute="enableDnsHostnames")
    assert attribute["EnableDnsHostnames"]["Value"] is True
    subnets = {
        entry["SubnetId"]: entry
        for entry in ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [resources["Vpc"]]}])["Subnets"]
    }
    zones = {
        name: subnets[resources[name]]["AvailabilityZoneId"] for name in ("PublicSubnet", "EksSubnet2", "NodeSubnet")
    }
    assert zones == {"PublicSubnet": "use1-az4", "EksSubnet2": "use1-az6", "NodeSubnet": "use1-az6"}
    assert subnets[resources["PublicSubnet"]]["CidrBlock"] == "10.192.0.0/24"
    nat = ec2.describe_nat_gateways(NatGatewayIds=[resources["NatGateway"]])["NatGateways"][0]
    assert (nat["State"], nat["SubnetId"]) == ("available", resources["PublicSubnet"])
    routes = ec2.describe_route_tables(RouteTableIds=[resources["NodeRoutes"]])["RouteTables"][0]["Routes"]
    targets = {
        route["DestinationCidrBlock"]: route.get("NatGatewayId") for route in routes if "DestinationCidrBlock" in route
    }
    assert targets["0.0.0.0/0"] == resources["NatGateway"]
    endpoint = ec2.describe_vpc_endpoints(VpcEndpointIds=[resources["S3Endpoint"]])["VpcEndpoints"][0]
    assert endpoint["RouteTableIds"] == [resources["NodeRoutes"]]


def check_security_group(aws: LocalAWS, resources: dict[str, str]) -> None:
    group = aws.client("ec2").describe_security_groups(GroupIds=[resources["NodeGroup"]])["SecurityGroups"][0]
    mine = resources["NodeGroup"]
    assert peers(group["IpPermissions"]) == {("-1", None, mine), ("tcp", 988, mine)}
    assert peers(group["IpPermissionsEgress"]) == {("-1", None, "0.0.0.0/0"), ("-1", None, mine)}


def peers(permissions: list[dict[str, Any]]) -> set[tuple[str, int | None, str]]:
    """Return protocol, first port and peer of every rule."""
    found = set()
    for entry in permissions:
        others = [pair["GroupId"] for pair in entry["UserIdGroupPairs"]] + [r["CidrIp"] for r in entry["IpRanges"]]
        found |= {(entry["IpProtocol"], entry.get("FromPort"), other) for other in others}
    return found


def check_eks(aws: LocalAWS, resources: dict[str, str]) -> None:
    eks = aws.client("eks")
    assert eks.list_clusters()["clusters"] == [EKS]
    cluster = eks.describe_cluster(name=EKS)["cluster"]
    assert cluster["version"] == "1.33"
    assert cluster["accessConfig"]["authenticationMode"] == "API_AND_CONFIG_MAP"
    assert cluster["resourcesVpcConfig"]["vpcId"] == resources["Vpc"]
    assert cluster["logging"]["clusterLogging"] == [{"types": ["api", "audit"], "enabled": True}]
    assert cluster["tags"]["team"] == "ml"
    expected = {"vpc-cni", "eks-pod-identity-agent", "aws-fsx-csi-driver", "amazon-sagemaker-hyperpod-taskgovernance"}
    assert set(eks.list_addons(clusterName=EKS)["addons"]) == expected
    assert eks.describe_addon(clusterName=EKS, addonName="vpc-cni")["addon"]["status"] == "ACTIVE"
    entries = eks.list_access_entries(clusterName=EKS)["accessEntries"]
    role = aws.client("iam").get_role(RoleName="ml-cluster-nodes")["Role"]["Arn"]
    assert role in entries
    node_entry = eks.describe_access_entry(clusterName=EKS, principalArn=role)["accessEntry"]
    assert node_entry["type"] == "HYPERPOD_LINUX"
    admin = resources["Admin"].split("|")[0]
    policies = eks.list_associated_access_policies(clusterName=EKS, principalArn=admin)["associatedAccessPolicies"]
    assert [policy["accessScope"]["type"] for policy in policies] == ["cluster"]
    associations = eks.list_pod_identity_associations(clusterName=EKS)["associations"]
    assert [entry["serviceAccount"] for entry in associations] == ["fsx-csi-controller-sa"]


def check_storage(aws: LocalAWS, resources: dict[str, str], outputs: dict[str, str]) -> None:
    system = aws.client("fsx").describe_file_systems()["FileSystems"][0]
    assert system["FileSystemId"] == resources["Lustre"]
    assert (system["StorageCapacity"], system["Lifecycle"], system["FileSystemTypeVersion"]) == (
        1200,
        "AVAILABLE",
        "2.15",
    )
    assert system["LustreConfiguration"]["PerUnitStorageThroughput"] == 250
    assert system["LustreConfiguration"]["MountName"] == outputs["FsxMountName"]
    assert system["DNSName"] == outputs["FsxDnsName"]
    assert tags_of(system["Tags"])["team"] == "ml"
    links = aws.client("fsx").describe_data_repository_associations(
        Filters=[{"Name": "file-system-id", "Values": [resources["Lustre"]]}]
    )["Associations"]
    assert [link["DataRepositoryPath"] for link in links] == [f"s3://{BUCKET}/data/"]
    assert links[0]["S3"]["AutoImportPolicy"]["Events"] == ["NEW", "CHANGED", "DELETED"]
    s3 = aws.client("s3")
    assert s3.get_object(Bucket=BUCKET, Key="scripts/on_create.sh")["Body"].read() == b'#!/bin/bash\necho "ready"\n'
    rules = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == [BUCKET]
    printed = aws.client("logs").filter_log_events(logGroupName="/aws/lambda/ml-cluster-uploader")["events"]
    assert "done scripts/on_create.sh" in [event["message"] for event in printed]


def check_hyperpod(aws: LocalAWS, resources: dict[str, str], outputs: dict[str, str]) -> None:
    sagemaker = aws.client("sagemaker")
    assert [entry["ClusterName"] for entry in sagemaker.list_clusters()["ClusterSummaries"]] == [NAME]
    cluster = sagemaker.describe_cluster(ClusterName=outputs["ClusterArn"])
    assert len(outputs["ClusterArn"].rsplit("/", 1)[1]) == 12
    groups = {group["InstanceGroupName"]: group for group in cluster["InstanceGroups"]}
    assert {name: group["CurrentCount"] for name, group in groups.items()} == {"gpu-workers": 4, "system": 6}
    assert groups["gpu-workers"]["OverrideVpcConfig"]["Subnets"] == [resources["NodeSubnet"]]
    assert groups["gpu-workers"]["InstanceStorageConfigs"][0]["EbsVolumeConfig"]["VolumeSizeInGB"] == 500
    assert cluster["Orchestrator"]["Eks"]["ClusterArn"].endswith(f"cluster/{EKS}")
    nodes = sagemaker.list_cluster_nodes(ClusterName=NAME)["ClusterNodeSummaries"]
    assert len(nodes) == 10
    node = sagemaker.describe_cluster_node(ClusterName=NAME, NodeId=nodes[0]["InstanceId"])["NodeDetails"]
    assert node["InstanceType"] == "ml.g5.12xlarge"
    assert tags_of(sagemaker.list_tags(ResourceArn=outputs["ClusterArn"])["Tags"])["team"] == "ml"


def check_governance(aws: LocalAWS, outputs: dict[str, str]) -> None:
    sagemaker = aws.client("sagemaker")
    scheduler = sagemaker.list_cluster_scheduler_configs()["ClusterSchedulerConfigSummaries"][0]
    described = sagemaker.describe_cluster_scheduler_config(
        ClusterSchedulerConfigId=scheduler["ClusterSchedulerConfigId"]
    )
    assert described["SchedulerConfig"]["PriorityClasses"][0] == {"Name": "inference", "Weight": 90}
    assert described["ClusterArn"] == outputs["ClusterArn"]
    quota = sagemaker.list_compute_quotas(ClusterArn=outputs["ClusterArn"])["ComputeQuotaSummaries"][0]
    described = sagemaker.describe_compute_quota(ComputeQuotaId=quota["ComputeQuotaId"])
    assert described["ComputeQuotaTarget"] == {"TeamName": "team-a", "FairShareWeight": 10}
    assert described["ComputeQuotaConfig"]["ResourceSharingConfig"] == {"Strategy": "LendAndBorrow", "BorrowLimit": 100}


def check_helm(aws: LocalAWS, resources: dict[str, str], outputs: dict[str, str]) -> None:
    nested = aws.client("cloudformation").describe_stacks(StackName=resources["Helm"])["Stacks"][0]
    assert nested["StackStatus"] == "CREATE_COMPLETE"
    assert nested["ParentId"] == nested["RootId"]
    assert outputs["HelmStatus"] == "HelmChartDeploymentComplete"
    parameters = {entry["ParameterKey"]: entry["ParameterValue"] for entry in nested["Parameters"]}
    assert parameters["EKSClusterName"] == EKS


def check_deletion(aws: LocalAWS, stack_id: str) -> None:
    stack = aws.delete(stack_id)
    assert stack["StackStatus"] == "DELETE_COMPLETE", [e for e in aws.events(stack_id) if "FAIL" in e["ResourceStatus"]]
    assert aws.client("sagemaker").list_clusters()["ClusterSummaries"] == []
    assert aws.client("eks").list_clusters()["clusters"] == []
    assert aws.client("fsx").describe_file_systems()["FileSystems"] == []
    assert aws.client("s3").list_buckets()["Buckets"] == []
    assert aws.client("iam").list_roles()["Roles"] == []
    assert [vpc for vpc in aws.client("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]] == []


def test_further_types(aws: LocalAWS) -> None:
    stack_id = aws.create("further-types.yaml")
    stack = aws.settle(stack_id)
    assert stack["StackStatus"] == "CREATE_COMPLETE", [e for e in aws.events(stack_id) if "FAIL" in e["ResourceStatus"]]
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in stack["Outputs"]}
    logs = aws.client("logs")
    assert [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]] == [outputs["LogGroup"]]
    messages = [event["message"] for event in logs.filter_log_events(logGroupName=outputs["LogGroup"])["events"]]
    assert "hello 3!" in messages
    assert "aps-workspaces" in outputs["Endpoint"]
    assert aws.client("ssm").get_parameter(Name=outputs["Parameter"])["Parameter"]["Value"] == "greeting"
    assert aws.delete(stack_id)["StackStatus"] == "DELETE_COMPLETE"
    assert logs.describe_log_groups()["logGroups"] == []
    assert aws.client("amp").list_workspaces()["workspaces"] == []
