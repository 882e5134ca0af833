"""What a stack of the matrix stands in: made once, with boto3, past the proxy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REGION = "us-east-2"


def configuration(aws: Any) -> str:
    """Make network, EKS cluster, role and bucket; return the configuration that names them."""
    names = {**_network(aws), "role": _role(aws)}
    aws.client("eks", REGION).create_cluster(
        name="platform",
        version="1.34",
        roleArn=names["role"],
        resourcesVpcConfig={"subnetIds": [names["first_subnet"], names["second_subnet"]]},
        accessConfig={"authenticationMode": "API_AND_CONFIG_MAP"},
    )
    s3 = aws.client("s3", REGION)
    s3.create_bucket(Bucket="sagemaker-scripts", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="sagemaker-scripts", Key="base/on_create.sh", Body=b"#!/bin/bash\n")
    return (Path(__file__).parent / "config.yaml").read_text().format(**names)


def _network(aws: Any) -> dict[str, str]:
    ec2 = aws.client("ec2", REGION)
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{index}.0/24", AvailabilityZoneId=zone)["Subnet"]["SubnetId"]
        for index, zone in enumerate(("use2-az1", "use2-az2"))
    ]
    group = ec2.create_security_group(GroupName="nodes", Description="nodes", VpcId=vpc)["GroupId"]
    return {"vpc": vpc, "first_subnet": subnets[0], "second_subnet": subnets[1], "group": group}


def _role(aws: Any) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    role = aws.client("iam").create_role(RoleName="nodes", AssumeRolePolicyDocument=json.dumps(trust))
    return role["Role"]["Arn"]
