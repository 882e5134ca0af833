"""Which resource needs which: the dependency graph of a template, checked before anything is created."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import registry
from .errors import validation_error
from .intrinsics import PSEUDO_PARAMETERS, Scope, attribute_parts, function_of, sub_names
from .template import ResourceDeclaration, Template


@dataclass(frozen=True)
class Plan:
    """The resources to create, in template order, and the ids each must come after."""

    resources: dict[str, ResourceDeclaration]
    dependencies: dict[str, frozenset[str]]
    outputs: dict[str, Any]

    def deletion_order(self, existing: set[str]) -> list[str]:
        """Return the existing resources so that each comes before everything it needs."""
        order: list[str] = []
        remaining = [name for name in reversed(self.resources) if name in existing]
        while remaining:
            needed = {name for other in remaining for name in self.dependencies[other]}
            free = [name for name in remaining if name not in needed]
            order += free
            remaining = [name for name in remaining if name not in free]
        return order

    def dependents(self, name: str) -> set[str]:
        """Return the resources that directly need `name`."""
        return {other for other, needed in self.dependencies.items() if name in needed}


def make_plan(template: Template, scope: Scope, region: str) -> Plan:
    """Drop what conditions switch off, resolve every reference, and refuse cycles."""
    _check_names(template)
    resources = {
        name: resource
        for name, resource in template.resources.items()
        if resource.condition is None or scope.condition(resource.condition)
    }
    outputs = {
        name: output
        for name, output in template.outputs.items()
        if not output.get("Condition") or scope.condition(output["Condition"])
    }
    known = set(resources) | set(template.parameters) | PSEUDO_PARAMETERS
    dependencies = {
        name: frozenset(_needs(resource, resources, known, scope, region)) for name, resource in resources.items()
    }
    _check_outputs(outputs, resources, known, scope, region)
    _check_cycles(dependencies)
    return Plan(resources, dependencies, outputs)


def _check_names(template: Template) -> None:
    """Refuse names that exist nowhere in the template, also in branches that conditions switch off."""
    known = set(template.resources) | set(template.parameters) | PSEUDO_PARAMETERS
    missing = set()
    for resource in template.resources.values():
        named = {name for name, _ in references(resource.properties, None)} | set(resource.depends_on)
        missing |= named - known
    _refuse_unresolved(missing, "Resources")
    named = {name for output in template.outputs.values() for name, _ in references(output, None)}
    _refuse_unresolved(named - known, "Outputs")


def _needs(
    resource: ResourceDeclaration,
    resources: dict[str, ResourceDeclaration],
    known: set[str],
    scope: Scope,
    region: str,
) -> set[str]:
    found = list(references(resource.properties, scope))
    _refuse_unresolved({name for name, _ in found} - known, "Resources")
    _check_attributes(found, resources, region)
    named = {name for name, _ in found} | set(resource.depends_on)
    return {name for name in named if name in resources}


def _check_outputs(
    outputs: dict[str, Any],
    resources: dict[str, ResourceDeclaration],
    known: set[str],
    scope: Scope,
    region: str,
) -> None:
    found = [reference for output in outputs.values() for reference in references(output, scope)]
    _refuse_unresolved({name for name, _ in found} - known, "Outputs")
    _check_attributes(found, resources, region)


def _check_attributes(
    found: list[tuple[str, str | None]], resources: dict[str, ResourceDeclaration], region: str
) -> None:
    for name, attribute in found:
        if attribute is None:
            continue
        if name not in resources:
            raise validation_error(f"Template error: instance of Fn::GetAtt references undefined resource {name}")
        if not registry.supports_attribute(region, resources[name].type_name, attribute):
            raise validation_error(
                f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt"
            )


def _refuse_unresolved(names: set[str], block: str) -> None:
    if names:
        raise validation_error(
            f"Template format error: Unresolved resource dependencies [{', '.join(sorted(names))}] "
            f"in the {block} block of the template"
        )


def _check_cycles(dependencies: dict[str, frozenset[str]]) -> None:
    remaining = dict(dependencies)
    while remaining:
        free = [name for name, needed in remaining.items() if not any(other in remaining for other in needed)]
        if not free:
            raise validation_error(f"Circular dependency between resources: [{', '.join(sorted(remaining))}]")
        for name in free:
            del remaining[name]


def references(node: Any, scope: Scope | None) -> Iterator[tuple[str, str | None]]:
    """Yield every name a tree refers to, with the attribute where one is asked for.

    With a scope only the branch that an `Fn::If` takes is followed; without one, both are.
    """
    function = function_of(node)
    if function == "Ref":
        yield node["Ref"], None
    elif function == "Fn::GetAtt":
        logical_id, attribute = attribute_parts(node[function])
        yield logical_id, attribute if isinstance(attribute, str) else None
        yield from references(attribute, scope)
    elif function == "Fn::Sub":
        yield from _sub_references(node[function], scope)
    elif function == "Fn::If" and scope is not None:
        name, then, otherwise = node[function]
        yield from references(then if scope.condition(name) else otherwise, scope)
    elif isinstance(node, dict):
        for value in node.values():
            yield from references(value, scope)
    elif isinstance(node, list):
        for item in node:
            yield from references(item, scope)


def _sub_references(argument: Any, scope: Scope | None) -> Iterator[tuple[str, str | None]]:
    text, variables = argument if isinstance(argument, list) else (argument, {})
    yield from references(variables, scope)
    for name in sub_names(text):
        if name not in variables:
            logical_id, _, attribute = name.partition(".")
            yield logical_id, attribute or None
