"""Which call of AWS a request is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

_SCOPE = re.compile(r"Credential=[^/]+/\d{8}/[^/]+/(?P<service>[^/]+)/aws4_request")
_EKS = (
    (re.compile(r"/clusters/[^/]+/addons/[^/]+"), "Addon"),
    (re.compile(r"/clusters/[^/]+/addons"), "Addons"),
    (re.compile(r"/clusters/[^/]+"), "Cluster"),
    (re.compile(r"/clusters"), "Clusters"),
)


@dataclass(frozen=True)
class Call:
    """One arrival at the proxy: the call's name, and how many calls of that name came before it, plus one."""

    name: str
    number: int

    def __str__(self) -> str:
        """Write it as tables do: `cloudformation:CreateStack#1`."""
        return f"{self.name}#{self.number}"


def name_of(method: str, path: str, headers: dict[str, str], body: bytes) -> str:
    """Return `service:Action` of a request; REST services are named by method and kind of resource."""
    scope = _SCOPE.search(headers.get("Authorization", ""))
    service = scope["service"] if scope else "unsigned"
    target = headers.get("X-Amz-Target", "")
    if target:
        return f"{service}:{target.rsplit('.', 1)[-1]}"
    if headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        action = parse_qs(body.decode("utf-8", "replace")).get("Action", ["?"])[0]
        return f"{service}:{action}"
    if service == "eks":
        kind = next((name for pattern, name in _EKS if pattern.fullmatch(path)), "Resource")
        return f"eks:{method}{kind}"
    if service == "s3":
        return f"s3:{method}{'Object' if path.strip('/').count('/') else 'Bucket'}"
    return f"{service}:{method}"
