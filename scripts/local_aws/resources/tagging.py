"""Changing the tags of a resource through the service that owns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .base import Request

_Retag = Callable[[Request, str, dict[str, str], list[str]], None]


def retag(request: Request, physical_id: str, attributes: dict[str, Any], before: dict[str, str]) -> None:
    """Give the resource the tags of `request` and take away those that it has no more."""
    service = request.type_name.split("::")[1]
    change = _SERVICES.get(service)
    if change is None:
        return  # The type carries no tags that the local AWS keeps.
    after = request.tag_map(system=service in ("EC2", "EKS", "FSx", "Lambda", "SageMaker"))
    target = _target(request, physical_id, attributes)
    change(request, target, after, [key for key in before if key not in after])


def _target(request: Request, physical_id: str, attributes: dict[str, Any]) -> str:
    """Return what the service's tagging calls want: most take an ARN."""
    service = request.type_name.split("::")[1]
    if request.type_name == "AWS::EC2::EIP":
        return str(attributes["AllocationId"])
    if service in ("EC2", "S3", "IAM", "KMS"):
        return physical_id
    names = ("Arn", "AccessEntryArn", "AssociationArn", "ResourceARN", "ClusterArn")
    found = next((attributes[name] for name in names if name in attributes), physical_id)
    if service == "SageMaker":
        return physical_id
    return str(found).removesuffix(":*")


def _ec2(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    ec2 = request.clients["ec2"]
    if gone:
        ec2.delete_tags(Resources=[target], Tags=[{"Key": key} for key in gone])
    if tags:
        ec2.create_tags(Resources=[target], Tags=_pairs(tags))


def _s3(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    s3 = request.clients["s3"]
    if tags:
        s3.put_bucket_tagging(Bucket=target, Tagging={"TagSet": _pairs(tags)})
    elif gone:
        s3.delete_bucket_tagging(Bucket=target)


def _iam(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    if request.type_name != "AWS::IAM::Role":
        return
    iam = request.clients["iam"]
    if gone:
        iam.untag_role(RoleName=target, TagKeys=gone)
    if tags:
        iam.tag_role(RoleName=target, Tags=_pairs(tags))


def _kms(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    kms = request.clients["kms"]
    if gone:
        kms.untag_resource(KeyId=target, TagKeys=gone)
    if tags:
        kms.tag_resource(KeyId=target, Tags=[{"TagKey": key, "TagValue": value} for key, value in tags.items()])


def _fsx(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    fsx = request.clients["fsx"]
    if gone:
        fsx.untag_resource(ResourceARN=target, TagKeys=gone)
    if tags:
        fsx.tag_resource(ResourceARN=target, Tags=_pairs(tags))


def _sagemaker(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    sagemaker = request.clients["sagemaker"]
    if gone:
        sagemaker.delete_tags(ResourceArn=target, TagKeys=gone)
    if tags:
        sagemaker.add_tags(ResourceArn=target, Tags=_pairs(tags))


def _eks(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    eks = request.clients["eks"]
    if gone:
        eks.untag_resource(resourceArn=target, tagKeys=gone)
    if tags:
        eks.tag_resource(resourceArn=target, tags=tags)


def _logs(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    logs = request.clients["logs"]
    if gone:
        logs.untag_resource(resourceArn=target, tagKeys=gone)
    if tags:
        logs.tag_resource(resourceArn=target, tags=tags)


def _lambda(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    functions = request.clients["lambda"]
    if gone:
        functions.untag_resource(Resource=target, TagKeys=gone)
    if tags:
        functions.tag_resource(Resource=target, Tags=tags)


def _aps(request: Request, target: str, tags: dict[str, str], gone: list[str]) -> None:
    amp = request.clients["amp"]
    if gone:
        amp.untag_resource(resourceArn=target, tagKeys=gone)
    if tags:
        amp.tag_resource(resourceArn=target, tags=tags)


def _pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


_SERVICES: dict[str, _Retag] = {
    "APS": _aps,
    "EC2": _ec2,
    "EKS": _eks,
    "FSx": _fsx,
    "IAM": _iam,
    "KMS": _kms,
    "Lambda": _lambda,
    "Logs": _logs,
    "S3": _s3,
    "SageMaker": _sagemaker,
}
