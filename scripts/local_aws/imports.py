"""Importing resources that exist into a stack: which they are, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import registry
from .changes import Change, live_resources
from .errors import RequestError, is_not_found, validation_error
from .resources import handler_for
from .resources.base import Request
from .stacks import ResourceState, Revision, Stack, StackStore
from .template import ResourceDeclaration

if TYPE_CHECKING:
    from .engine import Engine


@dataclass(frozen=True)
class ImportTarget:
    """A resource named in `ResourcesToImport`."""

    logical_id: str
    type_name: str
    physical_id: str


def targets(region: str, given: list[dict[str, Any]]) -> dict[str, ImportTarget]:
    """Read `ResourcesToImport`; refuse identifiers that the type does not have."""
    found = {}
    for entry in given:
        type_name, identifier = entry["ResourceType"], entry["ResourceIdentifier"]
        ways = registry.identifiers(region, type_name)
        if not any(set(identifier) == set(names) for names in ways):
            expected = ", ".join(ways[0]) if ways else "none"
            raise validation_error(
                f"Resource identifier for resource {entry['LogicalResourceId']} of type {type_name} "
                f"must consist of [{expected}]"
            )
        physical_id = "|".join(identifier[name] for name in next(n for n in ways if set(n) == set(identifier)))
        found[entry["LogicalResourceId"]] = ImportTarget(entry["LogicalResourceId"], type_name, physical_id)
    return found


def objection(
    engine: Engine, stack: Stack, revision: Revision, wanted: dict[str, ImportTarget], changes: list[Change]
) -> str | None:
    """Return why the import cannot be, or None."""
    others = [change.logical_id for change in changes if change.action != "Import"]
    if others:
        return f"As part of the import operation, you cannot modify or add [Resources]: [{', '.join(others)}]"
    for name, target in wanted.items():
        declared = revision.plan.resources.get(name)
        if declared is None or declared.type_name != target.type_name:
            return f"Resource [{name}] of type [{target.type_name}] to import is not in the template"
        if "DeletionPolicy" not in declared.attributes:
            return f"Resources to import [{name}] must have a DeletionPolicy attribute specified in the template."
        if not hasattr(handler_for(target.type_name), "read"):
            return f"ResourceType [{target.type_name}] is not supported for import by the local AWS"
        if not exists(engine, stack, target):
            return f"Resource {target.physical_id} of type {target.type_name} does not exist"
    return None


def existing(engine: Engine, stack: Stack, revision: Revision) -> dict[str, ImportTarget]:
    """Return what `ImportExistingResources` takes in: what exists under a name that the template writes out."""
    found, losable = {}, []
    for name, declared in revision.plan.resources.items():
        target = _written_out(stack.region, declared)
        if name in live_resources(stack) or target is None or not exists(engine, stack, target):
            continue
        owner = _owner(stack, target)
        if owner:
            raise validation_error(f"{target.physical_id} already exists in stack {owner}")
        found[name] = target
        if declared.deletion_policy not in ("Retain", "RetainExceptOnCreate"):
            losable.append(name)
    if losable:
        raise RequestError(
            "ValidationError",
            "CloudFormation is attempting to import some resources because they already exist in your account. The "
            "resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the "
            f"template for successful import. The affected resources are {', '.join(losable)}",
        )
    return found


def _written_out(region: str, declared: ResourceDeclaration) -> ImportTarget | None:
    """Return the resource that a declaration names without any function; None when it names none."""
    ways = registry.identifiers(region, declared.type_name)
    values = [declared.properties.get(name) for name in ways[0]] if ways else []
    if not values or not all(isinstance(value, str) for value in values):
        return None
    if not hasattr(handler_for(declared.type_name), "read"):
        return None
    return ImportTarget(declared.logical_id, declared.type_name, "|".join(values))


def _owner(stack: Stack, target: ImportTarget) -> str | None:
    """Return the stack that has the resource already."""
    for other in StackStore.of(stack.account, stack.region).stacks.values():
        held = live_resources(other).values()
        if any(r.type_name == target.type_name and r.physical_id == target.physical_id for r in held):
            return other.id
    return None


def exists(engine: Engine, stack: Stack, target: ImportTarget) -> bool:
    """Whether the service has the resource."""
    return read(engine, stack, target) is not None


def read(engine: Engine, stack: Stack, target: ImportTarget) -> Any | None:
    """Return the live resource's properties and attributes, or None when there is none."""
    state = ResourceState(target.logical_id, target.type_name, "IMPORT_IN_PROGRESS", stack.created, target.physical_id)
    try:
        return handler_for(target.type_name).read(Request.of(engine, stack, state), target.physical_id)
    except Exception as error:
        if is_not_found(error):
            return None
        raise
