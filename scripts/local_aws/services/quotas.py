"""Service Quotas: the values that a HyperPod cluster is checked against, and changes that tests make."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from typing import Any

import botocore.session
import moto.servicequotas.urls
from moto.core.exceptions import JsonRESTError
from moto.servicequotas.models import servicequotas_backends
from moto.servicequotas.responses import ServiceQuotasResponse

from ..settings import SETTINGS

_FIXED = {
    "ec2": [("L-0263D0A3", "EC2-VPC Elastic IPs", 5.0)],
    "vpc": [
        ("L-F678F1CE", "VPCs per Region", 5.0),
        ("L-A4707A72", "Internet gateways per Region", 5.0),
        ("L-FE5A380F", "NAT gateways per Availability Zone", 5.0),
        ("L-DF5E4CA3", "Network interfaces per Region", 5000.0),
        ("L-0EA8095F", "Inbound or outbound rules per security group", 60.0),
    ],
    "eks": [("L-1194D53C", "Clusters", 100.0)],
}
_HYPERPOD = {
    "Maximum number of instances allowed per SageMaker HyperPod cluster": 1000.0,
    "Total number of instances allowed across SageMaker HyperPod clusters": 5000.0,
    "Maximum size of EBS volume in GB for a SageMaker HyperPod cluster instance": 16384.0,
}


def install() -> None:
    """Serve Service Quotas requests with `QuotaService`."""
    moto.servicequotas.urls.url_paths["{0}/$"] = QuotaService.dispatch


class NoSuchResource(JsonRESTError):
    """A service or quota that Service Quotas does not know."""

    def __init__(self, message: str) -> None:
        super().__init__("NoSuchResourceException", message)


class QuotaService(ServiceQuotasResponse):
    """GetServiceQuota, ListServiceQuotas and the defaults."""

    def get_service_quota(self) -> str:
        """GetServiceQuota."""
        wanted = json.loads(self.body)
        return json.dumps({"Quota": self._quota(wanted["ServiceCode"], wanted["QuotaCode"])})

    def get_aws_default_service_quota(self) -> str:
        """GetAWSDefaultServiceQuota."""
        wanted = json.loads(self.body)
        return json.dumps({"Quota": self._quota(wanted["ServiceCode"], wanted["QuotaCode"])})

    def list_service_quotas(self) -> str:
        """ListServiceQuotas, page by page."""
        return self._listed()

    def list_aws_default_service_quotas(self) -> str:
        """ListAWSDefaultServiceQuotas, page by page."""
        return self._listed()

    def _listed(self) -> str:
        wanted = json.loads(self.body)
        entries = self._entries(wanted["ServiceCode"])
        start = int(wanted.get("NextToken") or 0)
        following = start + min(wanted.get("MaxResults") or 100, SETTINGS.timing.page_size)
        quotas = [self._shown(wanted["ServiceCode"], *entry) for entry in entries[start:following]]
        token = {"NextToken": str(following)} if following < len(entries) else {}
        return json.dumps({"Quotas": quotas, **token})

    def _entries(self, service: str) -> list[tuple[str, str, float]]:
        if service == "sagemaker":
            return _hyperpod_quotas()
        if service not in _FIXED:
            raise NoSuchResource(f"The service {service} is not known")
        return _FIXED[service]

    def _quota(self, service: str, code: str) -> dict[str, Any]:
        for entry in self._entries(service):
            if entry[0] == code:
                return self._shown(service, *entry)
        raise NoSuchResource(f"The quota {code} of {service} is not known")

    def _shown(self, service: str, code: str, name: str, value: float) -> dict[str, Any]:
        changed: dict[str, float] = self.backend.__dict__.get("stackgen_values", {})
        return {
            "ServiceCode": service,
            "ServiceName": service,
            "QuotaArn": f"arn:{self.partition}:servicequotas:{self.region}:{self.current_account}:{service}/{code}",
            "QuotaCode": code,
            "QuotaName": name,
            "Value": changed.get(f"{service}/{name}", changed.get(f"{service}/{code}", value)),
            "Unit": "None",
            "Adjustable": True,
            "GlobalQuota": False,
        }


@lru_cache(maxsize=1)
def _hyperpod_quotas() -> list[tuple[str, str, float]]:
    """Return SageMaker's quotas; their codes are made up here, as tools find these quotas by name."""
    model = botocore.session.get_session().get_service_model("sagemaker")
    types = model.shape_for("ClusterInstanceType").enum
    values = {**_HYPERPOD, **dict.fromkeys((f"{name} for cluster usage" for name in types), 100.0)}
    return [(f"L-{zlib.crc32(name.encode()):08X}", name, value) for name, value in values.items()]


def set_value(account: str, region: str, service: str, quota: str, value: float) -> None:
    """Change a quota, named by its code or name."""
    backend = servicequotas_backends[account][region]
    backend.__dict__.setdefault("stackgen_values", {})[f"{service}/{quota}"] = value
