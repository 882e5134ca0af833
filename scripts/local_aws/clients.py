"""boto3 clients that talk to the local endpoint."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import boto3
from botocore.config import Config

_CONFIG = Config(
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    max_pool_connections=32,
    read_timeout=960,
)


class Clients:
    """The service clients of one account and region at one endpoint; created on first use and kept."""

    _cache: ClassVar[dict[tuple[str, str, str, str], Any]] = {}
    _lock = threading.Lock()

    def __init__(self, endpoint: str, account: str, region: str) -> None:
        """Bind to `endpoint` (`http://host:port`), a 12-digit `account` and a `region` name."""
        self.endpoint = endpoint
        self.account = account
        self.region = region

    def __getitem__(self, service: str) -> Any:
        """Return the client of `service`, named as botocore names it."""
        key = (service, self.endpoint, self.account, self.region)
        # Creating clients shares loader state inside a session, which is not safe from several threads.
        with self._lock:
            if key not in self._cache:
                self._cache[key] = self._make(service)
            return self._cache[key]

    def _make(self, service: str) -> Any:
        client = boto3.session.Session(
            aws_access_key_id="local", aws_secret_access_key="local", region_name=self.region
        ).client(service, endpoint_url=self.endpoint, config=_CONFIG)
        client.meta.events.register("before-sign.*.*", self._add_account)
        return client

    def _add_account(self, request: Any, **_: Any) -> None:
        request.headers["x-moto-account-id"] = self.account
