"""Taking one existing resource into a stack: nothing of it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import imports, registry
from .errors import ProvisioningError
from .imports import ImportTarget
from .intrinsics import Scope, evaluate
from .stacks import ResourceState, Stack
from .template import ResourceDeclaration

if TYPE_CHECKING:
    from .engine import Engine

STARTED, COMPLETED = "Resource import started.", "Resource import completed."


def take(
    engine: Engine,
    stack: Stack,
    declared: ResourceDeclaration,
    state: ResourceState,
    target: ImportTarget,
    scope: Scope,
) -> None:
    """Give `state` the properties of the template and the attributes of the service; raise when there is nothing."""
    state.physical_id = target.physical_id
    injected = engine.failures.take("IMPORT", stack.name, state.logical_id)
    if injected:
        raise ProvisioningError(injected)
    evaluated = evaluate(declared.properties, scope)
    state.properties = registry.coerce(stack.region, state.type_name, evaluated)
    live = imports.read(engine, stack, target)
    if live is None:
        raise ProvisioningError(f"Resource {state.physical_id} does not exist")
    state.attributes = live.attributes
