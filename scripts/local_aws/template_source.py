"""Reading a template from the address given as TemplateURL."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlparse

from botocore.exceptions import ClientError

from .clients import Clients
from .errors import validation_error
from .hosted import HOSTED_ACCOUNT, is_hosted_bucket
from .template import URL_LIMIT

_VIRTUAL_HOST = re.compile(r"(?P<bucket>.+?)\.s3[.-](?:dualstack\.)?(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?")
_PATH_HOST = re.compile(r"s3[.-](?:dualstack\.)?(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?")


def fetch(clients: Clients, url: str) -> str:
    """Return the text of the template at `url`, an https address in S3 or a path on the local endpoint.

    Raises `RequestError` (ValidationError) when the address is not one of S3 or nothing can be read there.
    """
    bucket, key, version = _location(url, clients.endpoint)
    if is_hosted_bucket(bucket):
        clients = Clients(clients.endpoint, HOSTED_ACCOUNT, clients.region)
    options = {"VersionId": version} if version else {}
    try:
        body: bytes = clients["s3"].get_object(Bucket=bucket, Key=key, **options)["Body"].read()
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise validation_error(
            f"S3 error: {'Access Denied' if code == 'NoSuchKey' else code}\n"
            "For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"
        ) from error
    if len(body) > URL_LIMIT:
        raise validation_error(f"Template may not exceed {URL_LIMIT} bytes in size.")
    return body.decode("utf-8")


def _location(url: str, endpoint: str) -> tuple[str, str, str | None]:
    parts = urlparse(url)
    version = parse_qs(parts.query).get("versionId", [None])[0]
    path = unquote(parts.path.lstrip("/"))
    virtual = _VIRTUAL_HOST.fullmatch(parts.netloc)
    is_local = parts.netloc == urlparse(endpoint).netloc
    if parts.scheme == "https" and virtual:
        return virtual.group("bucket"), path, version
    if is_local or (parts.scheme == "https" and _PATH_HOST.fullmatch(parts.netloc)):
        bucket, _, key = path.partition("/")
        return bucket, key, version
    raise validation_error("TemplateURL must be a supported URL.")
