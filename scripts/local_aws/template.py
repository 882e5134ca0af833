"""Reading a CloudFormation template: text to a tree, and the checks that need no evaluation."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from . import registry
from .errors import validation_error

INLINE_LIMIT = 51_200
URL_LIMIT = 1_000_000
_COMPARED = ("Metadata", "CreationPolicy", "UpdatePolicy", "DeletionPolicy", "UpdateReplacePolicy")
_SECTIONS = {
    "AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs",
    "Parameters", "Resources", "Rules", "Transform",
}  # fmt: skip
_IAM_TYPES = {
    "AWS::IAM::AccessKey", "AWS::IAM::Group", "AWS::IAM::GroupPolicy", "AWS::IAM::InstanceProfile",
    "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::RolePolicy", "AWS::IAM::User",
    "AWS::IAM::UserPolicy", "AWS::IAM::UserToGroupAddition",
}  # fmt: skip
_IAM_NAMES = {"RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"}
_NAMED_TYPES = {
    "AWS::IAM::Group", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::IAM::User",
}  # fmt: skip


@dataclass(frozen=True)
class ResourceDeclaration:
    """One entry of `Resources`, with its intrinsic functions not yet evaluated."""

    logical_id: str
    type_name: str
    properties: dict[str, Any]
    depends_on: tuple[str, ...]
    condition: str | None
    deletion_policy: str
    update_replace_policy: str = "Delete"
    attributes: dict[str, Any] = field(default_factory=dict)
    """What else the entry holds of what a change set compares: `Metadata`, `UpdatePolicy` and the like."""


@dataclass(frozen=True)
class Template:
    """A template that parsed and has the right shape."""

    text: str
    tree: dict[str, Any]
    resources: dict[str, ResourceDeclaration] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, Any]:
        """The declared parameters."""
        return self.tree.get("Parameters") or {}

    @property
    def outputs(self) -> dict[str, Any]:
        """The declared outputs."""
        return self.tree.get("Outputs") or {}

    @property
    def description(self) -> str | None:
        """The template's description."""
        return self.tree.get("Description")

    def required_capabilities(self) -> list[str]:
        """Return the capabilities that CreateStack must be given for this template."""
        found = set()
        for resource in self.resources.values():
            if resource.type_name in _IAM_TYPES:
                named = resource.type_name in _NAMED_TYPES and not _IAM_NAMES.isdisjoint(resource.properties)
                found.add("CAPABILITY_NAMED_IAM" if named else "CAPABILITY_IAM")
        if "CAPABILITY_NAMED_IAM" in found:
            found.discard("CAPABILITY_IAM")
        if self.tree.get("Transform"):
            found.add("CAPABILITY_AUTO_EXPAND")
        return sorted(found)


def parse(text: str, region: str) -> Template:
    """Read JSON or YAML template text; refuse with CloudFormation's wording what it would refuse."""
    tree = _load(text)
    unknown = sorted(set(tree) - _SECTIONS)
    if unknown:
        raise validation_error(f"Invalid template property or properties [{', '.join(unknown)}]")
    declared = tree.get("Resources")
    if not isinstance(declared, dict) or not declared:
        raise _format_error("At least one Resources member must be defined.")
    _check_limits(tree)
    resources = {name: _declaration(name, entry) for name, entry in declared.items()}
    unrecognized = sorted({r.type_name for r in resources.values() if not registry.exists(region, r.type_name)})
    if unrecognized:
        raise _format_error(f"Unrecognized resource types: [{', '.join(unrecognized)}]")
    return Template(text, tree, resources)


def _load(text: str) -> dict[str, Any]:
    try:
        tree = _loaded(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        kind = "JSON" if text.lstrip().startswith("{") else "YAML"
        raise _format_error(f"{kind} not well-formed.{place}") from error
    except yaml.YAMLError as error:
        raise _format_error(f"YAML not well-formed. ({error})") from error
    if not isinstance(tree, dict):
        raise _format_error("unsupported structure.")
    return tree


def _loaded(text: str) -> Any:
    if text.lstrip().startswith("{"):
        # JSON allows tabs where YAML does not; YAML's flow style may begin with a brace too.
        with suppress(json.JSONDecodeError):
            return json.loads(text)
    return yaml.load(text, Loader=_TemplateLoader)


def _check_limits(tree: dict[str, Any]) -> None:
    for section, limit in (("Resources", 500), ("Outputs", 200), ("Parameters", 200), ("Mappings", 200)):
        count = len(tree.get(section) or {})
        if count > limit:
            raise _format_error(f"Number of {section.lower()}, {count}, is greater than maximum allowed, {limit}")
    if len(str(tree.get("Description") or "").encode()) > 1024:
        raise _format_error("'Description' length is greater than 1024.")


def _declaration(name: str, entry: Any) -> ResourceDeclaration:
    if not re.fullmatch(r"[A-Za-z0-9]{1,255}", str(name)):
        raise _format_error(f"Resource name {name} is non alphanumeric.")
    if not isinstance(entry, dict):
        raise _format_error(f"[/Resources/{name}] resource definition is malformed")
    if not isinstance(entry.get("Type"), str):
        raise _format_error(f"[/Resources/{name}] Every Resources object must contain a Type member.")
    depends = entry.get("DependsOn") or ()
    return ResourceDeclaration(
        logical_id=name,
        type_name=entry["Type"],
        properties=entry.get("Properties") or {},
        depends_on=(depends,) if isinstance(depends, str) else tuple(depends),
        condition=entry.get("Condition"),
        deletion_policy=entry.get("DeletionPolicy", "Delete"),
        update_replace_policy=entry.get("UpdateReplacePolicy", "Delete"),
        attributes={name: entry[name] for name in _COMPARED if name in entry},
    )


def _format_error(message: str) -> Exception:
    return validation_error(f"Template format error: {message}")


class _TemplateLoader(yaml.SafeLoader):
    """YAML as CloudFormation reads it: short function tags, and dates that stay text."""


_TemplateLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _construct_function(loader: _TemplateLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_TemplateLoader.add_multi_constructor("!", _construct_function)
