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
