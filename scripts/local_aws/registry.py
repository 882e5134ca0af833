"""The CloudFormation registry: which types a region has, their attributes, and property checks.

The facts are the published resource schemas that cfn-lint carries, one set a region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cfnlint.schema import ResourceNotFoundError
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from .errors import ProvisioningError

CUSTOM_TYPE = "AWS::CloudFormation::CustomResource"
STACK_TYPE = "AWS::CloudFormation::Stack"


def is_custom(type_name: str) -> bool:
    """Whether the type is backed by a template author's own function."""
    return type_name == CUSTOM_TYPE or type_name.startswith("Custom::")


def exists(region: str, type_name: str) -> bool:
    """Whether CloudFormation in `region` knows the resource type."""
    return is_custom(type_name) or _schema(region, type_name) is not None


def supports_attribute(region: str, type_name: str, attribute: str) -> bool:
    """Whether `Fn::GetAtt` accepts the attribute for this type."""
    if is_custom(type_name):
        return True
    if type_name == STACK_TYPE:
        return attribute.startswith("Outputs.")
    known = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, type_name).get_atts
    return known.get(attribute) is not None


def takes_system_tags(region: str, type_name: str) -> bool:
    """Whether the type's schema lets CloudFormation add its own `aws:cloudformation:` tags."""
    schema = _schema(region, type_name) or {}
    tagging = schema.get("tagging")
    if tagging is None:
        return "Tags" in schema.get("properties", {})
    return bool(tagging.get("cloudFormationSystemTags", tagging.get("taggable", False)))


def is_taggable(region: str, type_name: str) -> bool:
    """Whether a stack's own tags reach resources of this type."""
    schema = _schema(region, type_name) or {}
    return "Tags" in schema.get("properties", {}) and bool((schema.get("tagging") or {}).get("taggable", True))


def recreation(region: str, type_name: str, path: str) -> str:
    """Return whether a difference at `/Properties/…` replaces the resource: Always, Conditionally or Never.

    A path that only begins an immutable one counts: its difference may be there.
    """
    schema = _schema(region, type_name) or {}
    for keyword, answer in (("createOnlyProperties", "Always"), ("conditionalCreateOnlyProperties", "Conditionally")):
        if any(_covers(pointer, path) for pointer in schema.get(keyword) or ()):
            return answer
    return "Always" if is_custom(type_name) and path == "/Properties/ServiceToken" else "Never"


def _covers(pointer: str, path: str) -> bool:
    immutable = pointer.removeprefix("/properties/").replace("/properties/", "/").split("/")
    given = path.removeprefix("/Properties/").split("/")
    return all(mine in ("*", other) for mine, other in zip(immutable, given, strict=False))


def identifiers(region: str, type_name: str) -> list[list[str]]:
    """Return the property names of each way to name a resource of the type, the primary one first."""
    schema = _schema(region, type_name) or {}
    pointers = [schema.get("primaryIdentifier") or [], *(schema.get("additionalIdentifiers") or [])]
    return [[pointer.rsplit("/", 1)[-1] for pointer in names] for names in pointers if names]


def settable_properties(region: str, type_name: str) -> set[str]:
    """Return the names of the properties that a template can set."""
    schema = _schema(region, type_name) or {}
    fixed = {pointer.rsplit("/", 1)[-1] for pointer in schema.get("readOnlyProperties") or ()}
    return set(schema.get("properties", {})) - fixed


def coerce(region: str, type_name: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties with scalars turned into the schema's type, as CloudFormation does.

    A template's `"1200"` becomes 1200 where the schema wants an integer, and `true` becomes `"true"`
    where it wants a string.
    """
    schema = _schema(region, type_name)
    if schema is None or is_custom(type_name):
        return properties
    return _coerced(properties, schema, schema)


def problems(region: str, type_name: str, properties: dict[str, Any]) -> list[str]:
    """Return what the schema finds wrong, worded as in CloudFormation's events, in document order."""
    schema = _schema(region, type_name)
    if schema is None or is_custom(type_name):
        return []
    errors = _PropertyValidator(schema).iter_errors(properties)
    return list(dict.fromkeys(message for error in errors for message in _messages(error)))


def check_properties(region: str, type_name: str, logical_id: str, properties: dict[str, Any]) -> None:
    """Raise `ProvisioningError` with what the schema finds wrong, as CloudFormation words it."""
    found = problems(region, type_name, properties)
    if found:
        details = "\n".join(found)
        raise ProvisioningError(f"Properties validation failed for resource {logical_id} with message:\n{details}")


def check_rename(region: str, type_name: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Raise `ProvisioningError` when a replacement would need a name that the old resource still has."""
    for names in identifiers(region, type_name):
        if all(name in after and before.get(name) == after[name] for name in names):
            called = "|".join(str(after[name]) for name in names)
            raise ProvisioningError(
                "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                f"Rename {called} and update the stack again."
            )


@lru_cache(maxsize=4096)
def _schema(region: str, type_name: str) -> Mapping[str, Any] | None:
    try:
        return PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, type_name).schema
    except ResourceNotFoundError:
        return None


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, str):
        return
    try:
        matches = re.search(pattern, instance) is not None
    except re.error:
        return  # Written for another regular-expression dialect: such a pattern cannot be judged here.
    if not matches:
        yield ValidationError("pattern")


_PropertyValidator = extend(Draft7Validator, {"pattern": _pattern})


def _messages(error: ValidationError) -> Iterator[str]:
    if error.context and error.validator in ("anyOf", "oneOf"):
        # The branch that got furthest into the value is the one the author meant.
        best = max(error.context, key=lambda branch: len(branch.absolute_path))
        yield from _messages(best)
        return
    where = "#" + "".join(f"/{part}" for part in error.absolute_path)
    if error.validator == "additionalProperties":
        allowed = set(error.schema.get("properties", {}))
        patterns = error.schema.get("patternProperties", {})
        for key in error.instance:
            if key not in allowed and not any(re.search(pattern, key) for pattern in patterns):
                yield f"{where}: extraneous key [{key}] is not permitted"
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield f"{where}: required key [{key}] not found"
    elif error.validator == "enum":
        yield f"{where}: {error.instance} is not a valid enum value"
    elif error.validator == "type":
        yield f"{where}: expected type: {error.validator_value}, found: {type(error.instance).__name__}"
    else:
        yield f"{where}: failed validation constraint for keyword [{error.validator}]"


def _coerced(value: Any, schema: Any, root: Mapping[str, Any]) -> Any:
    schema = _dereferenced(schema, root)
    if not isinstance(schema, Mapping):
        return value
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {key: _coerced(item, known.get(key), root) for key, item in value.items()}
    if isinstance(value, list):
        return [_coerced(item, schema.get("items"), root) for item in value]
    types = schema.get("type")
    return _coerced_scalar(value, {types} if isinstance(types, str) else set(types or ()))


def _dereferenced(schema: Any, root: Mapping[str, Any]) -> Any:
    while isinstance(schema, Mapping) and "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target.get(part, {}) if isinstance(target, Mapping) else {}
        schema = target
    return schema


def _coerced_scalar(value: Any, types: set[str]) -> Any:
    if not types:
        return value
    if isinstance(value, str) and "string" not in types:
        return _parsed(value, types)
    if isinstance(value, bool):
        return value if "boolean" in types or "string" not in types else str(value).lower()
    if isinstance(value, (int, float)) and types.isdisjoint({"number", "integer"}) and "string" in types:
        return str(value)
    return value


def _parsed(text: str, types: set[str]) -> Any:
    if "boolean" in types and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if "integer" in types and re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    if "number" in types:
        try:
            return float(text)
        except ValueError:
            return text
    return text
