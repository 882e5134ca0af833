"""AWS::CloudFormation::WaitConditionHandle: a resource that is only a URL."""

from __future__ import annotations

import uuid

from .base import Created, Request, handles


@handles("AWS::CloudFormation::WaitConditionHandle")
class WaitConditionHandle:
    """A handle; `Ref` gives a URL."""

    def create(self, request: Request) -> Created:
        """Make a URL nobody else has."""
        return Created(f"{request.engine.endpoint}/stackgen-local/wait/{uuid.uuid4()}")

    def delete(self, request: Request, physical_id: str) -> None:
        """Nothing exists besides the URL."""
