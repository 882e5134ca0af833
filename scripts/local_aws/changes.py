"""What a change set would do to a stack: each resource's action, whether it is replaced, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from . import registry
from .graph import references
from .intrinsics import evaluate
from .stacks import STACK_TYPE, ResourceState, Revision, Stack
from .template import ResourceDeclaration

if TYPE_CHECKING:
    from .engine import Engine

UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}"
"""What a change set shows in place of a value that exists only after it is executed."""


@dataclass(frozen=True)
class Detail:
    """One difference of one resource, and what causes it."""

    attribute: str
    path: str
    recreation: str
    evaluation: str
    source: str
    cause: str | None = None
    before: str | None = None
    after: str | None = None

    def described(self, *, with_values: bool) -> dict[str, Any]:
        """Return a `ResourceChangeDetail`; values and paths only where they are asked for."""
        target: dict[str, Any] = {"Attribute": self.attribute}
        if self.attribute == "Properties":
            target |= {"Name": self.path.split("/")[2], "RequiresRecreation": self.recreation}
        else:
            target |= {"RequiresRecreation": self.recreation}
        if with_values:
            kind = "Add" if self.before is None else "Remove" if self.after is None else "Modify"
            target |= {"Path": self.path, "AttributeChangeType": kind}
            target |= {"BeforeValue": self.before} if self.before is not None else {}
            target |= {"AfterValue": self.after} if self.after is not None else {}
        shown = {"Target": target, "Evaluation": self.evaluation, "ChangeSource": self.source}
        return {**shown, "CausingEntity": self.cause} if self.cause else shown


@dataclass(frozen=True)
class Change:
    """What happens to one resource."""

    action: str
    logical_id: str
    type_name: str
    physical_id: str = ""
    replacement: str | None = None
    policy_action: str | None = None
    details: tuple[Detail, ...] = ()
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = field(default=None)

    def described(self, *, with_values: bool) -> dict[str, Any]:
        """Return the `Change` of DescribeChangeSet."""
        shown: dict[str, Any] = {
            "PolicyAction": self.policy_action,
            "Action": self.action,
            "LogicalResourceId": self.logical_id,
            "PhysicalResourceId": self.physical_id or None,
            "ResourceType": self.type_name,
            "Replacement": self.replacement,
            "Scope": sorted({detail.attribute for detail in self.details}),
            "Details": _without_repetition(detail.described(with_values=with_values) for detail in self.details),
        }
        if with_values:
            shown |= {
                "BeforeContext": _context(self.before), "AfterContext": _context(self.after),
            }  # fmt: skip
        return {
            "Type": "Resource",
            "ResourceChange": {key: value for key, value in shown.items() if value is not None},
        }


def changes_between(
    engine: Engine, stack: Stack, revision: Revision, imported: dict[str, str] | None = None
) -> list[Change]:
    """Return what executing `revision` does to the stack, in template order, removals last.

    `imported` maps the logical ids of resources to import to their physical ids.
    """
    return _Comparison(engine, stack, revision, imported or {}).run()


def live_resources(stack: Stack) -> dict[str, ResourceState]:
    """Return the resources that exist in the stack."""
    gone = ("DELETE_COMPLETE", "DELETE_SKIPPED")
    return {name: resource for name, resource in stack.resources.items() if resource.status not in gone}


def changed_paths(before: Any, after: Any, path: str = "/Properties") -> Iterator[tuple[str, Any, Any]]:
    """Yield path, old and new value of every innermost difference; None stands for what is not there."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from changed_paths(before.get(key), after.get(key), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from changed_paths(old, new, f"{path}/{index}")
    elif before != after:
        yield path, before, after


class _Comparison:
    """One run over the resources of a revision, those that others need first."""

    def __init__(self, engine: Engine, stack: Stack, revision: Revision, imported: dict[str, str]) -> None:
        self._engine = engine
        self._stack = stack
        self._revision = revision
        self._imported = imported
        self._live = live_resources(stack)
        self._scope = replace(engine.scope(stack, revision), attribute=self._attribute)
        self._found: dict[str, Change] = {}
        self._changed_parameters = {
            name for name, value in revision.parameters.items() if stack.parameters.get(name) != value
        }

    def run(self) -> list[Change]:
        plan = self._revision.plan
        for name in reversed(plan.deletion_order(set(plan.resources))):
            change = self._compared(plan.resources[name])
            if change:
                self._found[name] = change
            known = name in self._live and not (change and change.replacement == "True")
            self._scope.references[name] = self._live[name].physical_id if known else UNKNOWN
        ordered = [self._found[name] for name in plan.resources if name in self._found]
        return ordered + [self._removal(name) for name in self._live if name not in plan.resources]

    def _attribute(self, logical_id: str, name: str) -> Any:
        change = self._found.get(logical_id)
        if logical_id not in self._live or (change and change.replacement == "True"):
            return UNKNOWN
        return self._engine.attribute(self._stack, logical_id, name)

    def _compared(self, declared: ResourceDeclaration) -> Change | None:
        name = declared.logical_id
        after = registry.coerce(self._stack.region, declared.type_name, evaluate(declared.properties, self._scope))
        if name in self._imported:
            return Change("Import", name, declared.type_name, self._imported[name], after=after)
        present = self._live.get(name)
        if present is None:
            return Change("Add", name, declared.type_name, after=after)
        if declared.type_name != present.type_name:
            detail = Detail("Properties", "/Properties/Type", "Always", "Static", "DirectModification")
            return self._modification(declared, present, [detail], after)
        details = [
            *self._property_details(declared, present, after),
            *self._indirect_details(declared),
            *self._tag_details(declared),
            *self._attribute_details(declared),
        ]
        return self._modification(declared, present, details, after) if details else None

    def _modification(
        self, declared: ResourceDeclaration, present: ResourceState, details: list[Detail], after: dict[str, Any]
    ) -> Change:
        replacement = _replacement(details)
        policy = "Retain" if declared.update_replace_policy == "Retain" else "Delete"
        return Change(
            "Modify",
            declared.logical_id,
            declared.type_name,
            present.physical_id,
            replacement,
            f"ReplaceAnd{policy}" if replacement == "True" else None,
            tuple(details),
            before=present.properties,
            after=after,
        )

    def _removal(self, name: str) -> Change:
        present, old = self._live[name], self._stack.plan
        declared = old.resources.get(name) if old else None
        policy = declared.deletion_policy if declared else "Delete"
        kept = policy in ("Retain", "RetainExceptOnCreate")
        return Change(
            "Remove",
            name,
            present.type_name,
            present.physical_id,
            policy_action="Retain" if kept else "Delete",
            before=present.properties,
        )

    def _property_details(
        self, declared: ResourceDeclaration, present: ResourceState, after: dict[str, Any]
    ) -> Iterator[Detail]:
        before = {key: value for key, value in present.properties.items() if key != "Tags"}
        wanted = {key: value for key, value in after.items() if key != "Tags"}
        for path, old, new in changed_paths(before, wanted):
            source, cause, evaluation = self._cause(declared, path.split("/")[2])
            recreation = registry.recreation(self._stack.region, declared.type_name, path)
            yield Detail("Properties", path, recreation, evaluation, source, cause, _text(old), _text(new))
        for _, old, new in changed_paths(present.properties.get("Tags"), after.get("Tags"), "/Properties/Tags"):
            yield Detail(
                "Tags", "/Properties/Tags", "Never", "Static", "DirectModification", None, _text(old), _text(new)
            )

    def _cause(self, declared: ResourceDeclaration, name: str) -> tuple[str, str | None, str]:
        """Return source, causing entity and evaluation of a property that differs."""
        node = declared.properties.get(name)
        for entity, attribute in references(node, self._scope):
            if entity in self._changed_parameters:
                return "ParameterReference", entity, "Static"
            change = self._found.get(entity)
            if change and change.replacement == "True":
                if attribute is None:
                    return "ResourceReference", entity, "Static"
                return "ResourceAttribute", f"{entity}.{attribute}", "Dynamic"
            if change and change.action in ("Add", "Import"):
                return ("ResourceAttribute", f"{entity}.{attribute}", "Dynamic") if attribute else (
                    "ResourceReference", entity, "Dynamic"
                )  # fmt: skip
        return "DirectModification", None, "Static"

    def _indirect_details(self, declared: ResourceDeclaration) -> Iterator[Detail]:
        """Yield what may change because a resource that it refers to changes in place."""
        for name, node in declared.properties.items():
            for entity, attribute in references(node, self._scope):
                change = self._found.get(entity)
                if change is None or change.action != "Modify" or change.replacement == "True":
                    continue
                recreation = registry.recreation(self._stack.region, declared.type_name, f"/Properties/{name}")
                if attribute and change.type_name != STACK_TYPE:
                    cause = f"{entity}.{attribute}"
                    yield Detail("Properties", f"/Properties/{name}", recreation, "Dynamic", "ResourceAttribute", cause)
                elif change.replacement == "Conditional" and not attribute:
                    yield Detail(
                        "Properties", f"/Properties/{name}", recreation, "Dynamic", "ResourceReference", entity
                    )

    def _tag_details(self, declared: ResourceDeclaration) -> Iterator[Detail]:
        if self._stack.options.tags == self._revision.options.tags:
            return
        if registry.is_taggable(self._stack.region, declared.type_name):
            yield Detail("Tags", "/Properties/Tags", "Never", "Static", "DirectModification")

    def _attribute_details(self, declared: ResourceDeclaration) -> Iterator[Detail]:
        old = self._stack.plan.resources.get(declared.logical_id) if self._stack.plan else None
        for attribute in ("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy"):
            before, after = (old.attributes if old else {}).get(attribute), declared.attributes.get(attribute)
            if before != after:
                yield Detail(
                    attribute, f"/{attribute}", "Never", "Static", "DirectModification", None,
                    _text(before), _text(after),
                )  # fmt: skip


def _replacement(details: list[Detail]) -> str:
    if any(detail.recreation == "Always" and detail.evaluation == "Static" for detail in details):
        return "True"
    return "Conditional" if any(detail.recreation != "Never" for detail in details) else "False"


def _without_repetition(entries: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for entry in entries:
        if entry not in kept:
            kept.append(entry)
    return kept


def _context(properties: dict[str, Any] | None) -> str | None:
    return None if properties is None else json.dumps({"Properties": properties}, separators=(",", ":"), default=str)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), default=str)
