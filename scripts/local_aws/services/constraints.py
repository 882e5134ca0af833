"""The constraints of a service's own model: required members, lengths, ranges, patterns and enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import botocore.session


def violations(service: str, operation: str, request: dict[str, Any]) -> list[str]:
    """Return what the request breaks of the operation's input, worded as the service words it."""
    shape = _model(service).operation_model(operation).input_shape
    return list(_checked(request, shape, "")) if shape else []


def message(found: list[str]) -> str:
    """Return the text of a ValidationException for what was found."""
    plural = "s" if len(found) > 1 else ""
    return f"{len(found)} validation error{plural} detected: {'; '.join(found)}"


@lru_cache(maxsize=8)
def _model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


def _checked(value: Any, shape: Any, path: str) -> Iterator[str]:
    if shape.type_name == "structure":
        yield from _checked_members(value, shape, path)
    elif shape.type_name == "list":
        yield from _checked_range(value, len(value), shape, path, "length")
        for index, item in enumerate(value, start=1):
            yield from _checked(item, shape.member, f"{path}.{index}.member")
    elif shape.type_name == "string":
        yield from _checked_range(value, len(value), shape, path, "length")
        yield from _checked_text(value, shape, path)
    elif shape.type_name in ("integer", "long", "float", "double") and not isinstance(value, bool):
        yield from _checked_range(value, value, shape, path, "value")


def _checked_members(value: dict[str, Any], shape: Any, path: str) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield _violation("null", _below(path, name), "Member must not be null")
    for name, item in value.items():
        if name in shape.members and item is not None:
            yield from _checked(item, shape.members[name], _below(path, name))


def _checked_range(value: Any, size: float, shape: Any, path: str, what: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        yield _violation(value, path, f"Member must have {what} greater than or equal to {low}")
    if high is not None and size > high:
        yield _violation(value, path, f"Member must have {what} less than or equal to {high}")


def _checked_text(value: str, shape: Any, path: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield _violation(value, path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    pattern = shape.metadata.get("pattern")
    if pattern and not _matches(pattern, value):
        yield _violation(value, path, f"Member must satisfy regular expression pattern: {pattern}")


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True  # Written for another regular-expression dialect: such a pattern cannot be judged here.


def _below(path: str, name: str) -> str:
    member = name[:1].lower() + name[1:]
    return f"{path}.{member}" if path else member


def _violation(value: Any, path: str, constraint: str) -> str:
    return f"Value '{value}' at '{path}' failed to satisfy constraint: {constraint}"
