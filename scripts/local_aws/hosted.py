"""Stand-ins for what AWS publishes for HyperPod, under the real bucket names and keys."""

from __future__ import annotations

import re
from pathlib import Path

from .clients import Clients

HOSTED_ACCOUNT = "999999999999"
"""The account that owns the published buckets, so that they are not among the user's own."""

HELM_TEMPLATE_KEY = "templates/helm-chart-template.yaml"
MAIN_TEMPLATE_KEY = "1/templates/main-stack-eks-based-template.yaml"
HYPERPOD_REGIONS = (
    "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
    "ap-southeast-3", "ap-southeast-4", "ca-central-1", "eu-central-1", "eu-north-1", "eu-south-2", "eu-west-1",
    "eu-west-2", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
)  # fmt: skip
_BUCKET = re.compile(r"aws-sagemaker-hyperpod-cluster-setup-(?P<region>[a-z0-9-]+)-prod")


def bucket_name(region: str) -> str:
    """Return the name of the published bucket of a region."""
    return f"aws-sagemaker-hyperpod-cluster-setup-{region}-prod"


def is_hosted_bucket(name: str) -> bool:
    """Whether the bucket is one that AWS publishes."""
    match = _BUCKET.fullmatch(name)
    return bool(match) and match["region"] in HYPERPOD_REGIONS


def publish(endpoint: str) -> None:
    """Put the stand-ins into the published bucket of every HyperPod region, readable by anyone."""
    folder = Path(__file__).parent / "hosted_templates"
    objects = {key: (folder / Path(key).name).read_bytes() for key in (HELM_TEMPLATE_KEY, MAIN_TEMPLATE_KEY)}
    s3 = Clients(endpoint, HOSTED_ACCOUNT, "us-east-1")["s3"]
    for region in HYPERPOD_REGIONS:
        location = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=bucket_name(region), **({} if region == "us-east-1" else location))
        for key, body in objects.items():
            s3.put_object(Bucket=bucket_name(region), Key=key, Body=body, ACL="public-read")
