"""Questions that one service asks of another's store, in process."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.s3.models import s3_backends
from moto.utilities.utils import get_partition


def role_exists(account: str, region: str, arn: str) -> bool:
    """Whether IAM has the role; a role of another account cannot be known and counts as existing."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[2] != "iam" or not parts[5].startswith("role/"):
        return False
    if parts[4] != account:
        return True
    roles = iam_backends[account][get_partition(region)].roles.values()
    return any(role.arn == arn for role in roles)


def subnet(account: str, region: str, subnet_id: str) -> Any | None:
    """Return moto's subnet of that id in the region, or None."""
    subnets = ec2_backends[account][region].subnets.values()
    return next((zone[subnet_id] for zone in subnets if subnet_id in zone), None)


def security_group_exists(account: str, region: str, group_id: str) -> bool:
    """Whether EC2 has the security group in the region."""
    groups = ec2_backends[account][region].groups.values()
    return any(group_id in group_map for group_map in groups)


def bucket_exists(name: str) -> bool:
    """Whether a bucket of that name exists in any account."""
    return name in s3_backends.bucket_accounts


def object_exists(bucket: str, key: str) -> bool:
    """Whether the bucket exists and holds the key."""
    if bucket not in s3_backends.bucket_accounts:
        return False
    partition, account = s3_backends.bucket_accounts[bucket]
    return key in s3_backends[account][partition].buckets[bucket].keys
