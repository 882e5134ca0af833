"""Changing a resource in place: its handler's own update, and its tags through the service that owns it."""

from __future__ import annotations

from typing import Any

from ..errors import ProvisioningError
from . import handler_for
from .base import Request
from .tagging import retag


def update_resource(
    request: Request, physical_id: str, previous: Request, attributes: dict[str, Any]
) -> dict[str, Any]:
    """Make the resource what `request` asks for; return its attributes afterwards."""
    names = set(request.properties) | set(previous.properties)
    changed = {name for name in names if request.properties.get(name) != previous.properties.get(name)}
    if changed - {"Tags"}:
        update = getattr(handler_for(request.type_name), "update", None)
        if update is None:
            raise ProvisioningError(
                f"The local AWS does not implement updating {', '.join(sorted(changed))} of {request.type_name}"
            )
        attributes = {**attributes, **(update(request, physical_id, previous) or {})}
    if request.tag_map() != previous.tag_map():
        retag(request, physical_id, attributes, previous.tag_map())
    return attributes
