"""AWS::S3 buckets, AWS::Logs log groups and AWS::KMS keys."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from ..errors import ProvisioningError
from .base import Created, Live, Request, handles, missing


@handles("AWS::S3::Bucket")
class Bucket:
    """A bucket with encryption, versioning, public access block and tags; `Ref` gives its name."""

    def create(self, request: Request) -> Created:
        """Create the bucket; one that exists, also in this account, is refused as by CloudFormation."""
        s3, properties = request.clients["s3"], request.properties
        name = properties.get("BucketName") or request.generated_name(63).lower()
        if name in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
            raise ProvisioningError(f"{name} already exists")
        location = {"LocationConstraint": request.region}
        s3.create_bucket(
            Bucket=name,
            **({} if request.region == "us-east-1" else {"CreateBucketConfiguration": location}),
        )
        self._configure(s3, name, properties)
        tags = request.tag_list(system=False)
        if tags:
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
        return Created(name, _bucket_attributes(request, name))

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Configure the bucket anew."""
        s3 = request.clients["s3"]
        self._configure(s3, physical_id, request.properties)
        if "PublicAccessBlockConfiguration" not in request.properties:
            s3.delete_public_access_block(Bucket=physical_id)
        if "LifecycleConfiguration" in previous.properties and "LifecycleConfiguration" not in request.properties:
            s3.delete_bucket_lifecycle(Bucket=physical_id)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return name, versioning, encryption, public access and tags."""
        s3 = request.clients["s3"]
        s3.head_bucket(Bucket=physical_id)
        properties: dict[str, Any] = {"BucketName": physical_id}
        versioning = s3.get_bucket_versioning(Bucket=physical_id).get("Status")
        if "VersioningConfiguration" in request.properties or versioning:
            properties["VersioningConfiguration"] = {"Status": versioning or "Suspended"}
        block = _answer_or_none(s3.get_public_access_block, physical_id)
        properties["PublicAccessBlockConfiguration"] = block and block["PublicAccessBlockConfiguration"]
        tagging = _answer_or_none(s3.get_bucket_tagging, physical_id)
        properties["Tags"] = request.own_tags(tagging and tagging["TagSet"])
        return Live(properties, _bucket_attributes(request, physical_id))

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the bucket; one that holds anything is refused by the service."""
        request.clients["s3"].delete_bucket(Bucket=physical_id)

    def _configure(self, s3: Any, name: str, properties: dict[str, Any]) -> None:
        if "PublicAccessBlockConfiguration" in properties:
            s3.put_public_access_block(
                Bucket=name, PublicAccessBlockConfiguration=properties["PublicAccessBlockConfiguration"]
            )
        if "VersioningConfiguration" in properties:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=properties["VersioningConfiguration"])
        rules = (properties.get("BucketEncryption") or {}).get("ServerSideEncryptionConfiguration")
        if rules:
            configuration = {"Rules": [_encryption_rule(rule) for rule in rules]}
            s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=configuration)
        if "LifecycleConfiguration" in properties:
            lifecycle = [_lifecycle_rule(rule) for rule in properties["LifecycleConfiguration"]["Rules"]]
            s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": lifecycle})
        controls = properties.get("OwnershipControls")
        if controls:
            s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=controls)


def _bucket_attributes(request: Request, name: str) -> dict[str, Any]:
    return {
        "Arn": f"arn:{request.stack.partition}:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "DualStackDomainName": f"{name}.s3.dualstack.{request.region}.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{request.region}.amazonaws.com",
        "WebsiteURL": f"http://{name}.s3-website-{request.region}.amazonaws.com",
    }


def _answer_or_none(ask: Any, bucket: str) -> dict[str, Any] | None:
    """Return the bucket's configuration, None where it has none of the kind."""
    try:
        return ask(Bucket=bucket)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code", "").startswith("NoSuch"):
            return None
        raise


def _encryption_rule(rule: dict[str, Any]) -> dict[str, Any]:
    renamed = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}
    return {renamed.get(key, key): value for key, value in rule.items()}


def _lifecycle_rule(rule: dict[str, Any]) -> dict[str, Any]:
    """Return a rule in S3's shape; CloudFormation writes id, prefix and plain expiry differently."""
    renamed: dict[str, Any] = {"ID": rule.get("Id", ""), "Status": rule["Status"]}
    renamed["Filter"] = {"Prefix": rule.get("Prefix", "")}
    if "ExpirationInDays" in rule:
        renamed["Expiration"] = {"Days": rule["ExpirationInDays"]}
    for key in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if key in rule:
            renamed[key] = rule[key]
    if "NoncurrentVersionExpirationInDays" in rule:
        renamed["NoncurrentVersionExpiration"] = {"NoncurrentDays": rule["NoncurrentVersionExpirationInDays"]}
    return renamed


@handles("AWS::S3::BucketPolicy")
class BucketPolicy:
    """The policy of a bucket; `Ref` gives the bucket's name."""

    def create(self, request: Request) -> Created:
        """Put the policy."""
        bucket = request.properties["Bucket"]
        request.clients["s3"].put_bucket_policy(Bucket=bucket, Policy=json.dumps(request.properties["PolicyDocument"]))
        return Created(bucket)

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Put the new policy."""
        self.create(request)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the policy."""
        request.clients["s3"].delete_bucket_policy(Bucket=physical_id)


@handles("AWS::Logs::LogGroup")
class LogGroup:
    """A log group; `Ref` gives its name."""

    def create(self, request: Request) -> Created:
        """Create the group and set its retention."""
        logs, properties = request.clients["logs"], request.properties
        name = properties.get("LogGroupName") or request.generated_name(512)
        options = {"kmsKeyId": properties["KmsKeyId"]} if "KmsKeyId" in properties else {}
        logs.create_log_group(logGroupName=name, tags=request.tag_map(system=False), **options)
        if "RetentionInDays" in properties:
            logs.put_retention_policy(logGroupName=name, retentionInDays=properties["RetentionInDays"])
        return Created(name, {"Arn": request.arn("logs", f"log-group:{name}:*")})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Set the retention."""
        logs, days = request.clients["logs"], request.properties.get("RetentionInDays")
        if days is None:
            logs.delete_retention_policy(logGroupName=physical_id)
        else:
            logs.put_retention_policy(logGroupName=physical_id, retentionInDays=days)
        return {}

    def read(self, request: Request, physical_id: str) -> Live:
        """Return name and retention."""
        groups = request.clients["logs"].describe_log_groups(logGroupNamePrefix=physical_id)["logGroups"]
        group = next((group for group in groups if group["logGroupName"] == physical_id), None)
        if group is None:
            raise missing("DescribeLogGroups", f"The specified log group does not exist: {physical_id}")
        properties = {"LogGroupName": physical_id, "RetentionInDays": group.get("retentionInDays")}
        return Live(properties, {"Arn": request.arn("logs", f"log-group:{physical_id}:*")})

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the group with all its streams."""
        request.clients["logs"].delete_log_group(logGroupName=physical_id)


@handles("AWS::KMS::Key")
class Key:
    """A KMS key; `Ref` gives its id."""

    def create(self, request: Request) -> Created:
        """Create the key."""
        kms, properties = request.clients["kms"], request.properties
        tags = [{"TagKey": key, "TagValue": value} for key, value in request.tag_map(system=False).items()]
        options = request.pick("Description", "KeyUsage", "KeySpec", "MultiRegion")
        if "KeyPolicy" in properties:
            options["Policy"] = json.dumps(properties["KeyPolicy"])
        key = kms.create_key(Tags=tags, **options)["KeyMetadata"]
        if properties.get("EnableKeyRotation"):
            kms.enable_key_rotation(KeyId=key["KeyId"])
        return Created(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Set policy, description and rotation."""
        kms, properties = request.clients["kms"], request.properties
        if "KeyPolicy" in properties:
            kms.put_key_policy(KeyId=physical_id, PolicyName="default", Policy=json.dumps(properties["KeyPolicy"]))
        kms.update_key_description(KeyId=physical_id, Description=properties.get("Description", ""))
        change = kms.enable_key_rotation if properties.get("EnableKeyRotation") else kms.disable_key_rotation
        change(KeyId=physical_id)
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Schedule the key's deletion."""
        window = request.properties.get("PendingWindowInDays", 30)
        request.clients["kms"].schedule_key_deletion(KeyId=physical_id, PendingWindowInDays=window)
