"""What a resource type has to offer so that a stack can hold it."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from botocore.exceptions import ClientError

from .. import registry
from ..clients import Clients
from ..stacks import ResourceState, Stack

if TYPE_CHECKING:
    from ..engine import Engine


@dataclass(frozen=True)
class Created:
    """A resource that exists now: what `Ref` gives and what `Fn::GetAtt` can ask for."""

    physical_id: str
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """A resource as its service has it: the properties that can be told, and what `Fn::GetAtt` can ask for."""

    properties: dict[str, Any]
    attributes: dict[str, Any] = field(default_factory=dict)


class CreationFailed(Exception):
    """A creation that failed but left something that a rollback has to delete."""

    def __init__(self, reason: str, physical_id: str) -> None:
        """Carry the event's `reason` and the `physical_id` to delete."""
        super().__init__(reason)
        self.physical_id = physical_id


@dataclass(frozen=True)
class Request:
    """One resource to create or delete, its properties evaluated and checked."""

    engine: Engine
    stack: Stack
    clients: Clients
    logical_id: str
    type_name: str
    properties: dict[str, Any]
    tags: dict[str, str]

    @classmethod
    def of(
        cls, engine: Engine, stack: Stack, resource: ResourceState, *, tags: dict[str, str] | None = None
    ) -> Request:
        """Return the request for a resource of a stack, whose properties are evaluated.

        `tags` are the stack's own, those of its options unless others are given.
        """
        return cls(
            engine=engine,
            stack=stack,
            clients=engine.clients(stack.account, stack.region),
            logical_id=resource.logical_id,
            type_name=resource.type_name,
            properties=resource.properties,
            tags=stack.options.tags if tags is None else tags,
        )

    @property
    def region(self) -> str:
        """The region of the stack."""
        return self.stack.region

    def arn(self, service: str, resource: str, *, region: bool = True) -> str:
        """Return the ARN of a resource of the stack's account."""
        place = self.region if region else ""
        return f"arn:{self.stack.partition}:{service}:{place}:{self.stack.account}:{resource}"

    def pick(self, *names: str) -> dict[str, Any]:
        """Return those of the named properties that are set."""
        return {name: self.properties[name] for name in names if name in self.properties}

    def without(self, *names: str) -> dict[str, Any]:
        """Return the properties except the named ones."""
        return {name: value for name, value in self.properties.items() if name not in names}

    def tag_map(self, *, system: bool = True) -> dict[str, str]:
        """Return the tags for the resource: the stack's, its own, and CloudFormation's where the type takes them."""
        tags = dict(self.tags)
        own = self.properties.get("Tags") or []
        tags.update(own if isinstance(own, dict) else {tag["Key"]: tag["Value"] for tag in own})
        if system and registry.takes_system_tags(self.region, self.type_name):
            tags.update(self.stack.system_tags(self.logical_id))
        return tags

    def tag_list(self, *, system: bool = True) -> list[dict[str, str]]:
        """Return the same tags as a list of `Key` and `Value`."""
        return [{"Key": key, "Value": value} for key, value in self.tag_map(system=system).items()]

    def own_tags(self, live: list[dict[str, str]] | dict[str, str] | None) -> list[dict[str, str]] | dict[str, str]:
        """Return a live resource's tags without the stack's and CloudFormation's, in the template's form and order."""
        entries = live or {}
        found = dict(entries) if isinstance(entries, dict) else {tag["Key"]: tag["Value"] for tag in entries}
        declared = self.properties.get("Tags") or []
        names = list(declared) if isinstance(declared, dict) else [tag["Key"] for tag in declared]
        others = [key for key in found if key not in names and key not in self.tags and not key.startswith("aws:")]
        kept = {key: found[key] for key in [*names, *others] if key in found}
        return kept if isinstance(declared, dict) else [{"Key": key, "Value": value} for key, value in kept.items()]

    def generated_name(self, limit: int = 64) -> str:
        """Return a physical name for a resource that the template does not name."""
        suffix = "".join(random.choices(string.ascii_uppercase + string.digits, k=12))
        room = (limit - len(suffix) - 2) // 2
        return f"{self.stack.name[:room]}-{self.logical_id[:room]}-{suffix}"


def missing(operation: str, message: str) -> ClientError:
    """Return the error of a resource that a listing does not have."""
    return ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": message}}, operation)


class Handler(Protocol):
    """Creates and deletes resources of one type through the service's own API.

    Two methods more are optional. `update(request, physical_id, previous)` changes a resource in place,
    where `previous` is the request that it stands for now, and returns attributes that are new.
    `read(request, physical_id)` returns what the service has: a `Live`.
    """

    def create(self, request: Request) -> Created:
        """Create the resource; raise what the service raised when it refuses."""

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the resource; a resource that is already gone may raise the service's not-found error."""


HANDLERS: dict[str, Handler] = {}
_H = TypeVar("_H", bound=type)


def handles(*type_names: str) -> Callable[[_H], _H]:
    """Register a handler class for resource types."""

    def register(cls: _H) -> _H:
        for type_name in type_names:
            HANDLERS[type_name] = cls()
        return cls

    return register
