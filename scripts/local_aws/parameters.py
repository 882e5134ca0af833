"""Stack parameters: what was given, checked against what the template declares."""

from __future__ import annotations

import re
from typing import Any

from .errors import validation_error
from .template import Template


def resolve(template: Template, given: dict[str, str]) -> dict[str, str]:
    """Return the text value of every declared parameter; refuse missing, unknown and disallowed ones."""
    unknown = sorted(set(given) - set(template.parameters))
    if unknown:
        raise validation_error(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    values, missing = {}, []
    for name, declaration in template.parameters.items():
        if name in given:
            values[name] = given[name]
        elif "Default" in declaration:
            values[name] = _text(declaration["Default"])
        else:
            missing.append(name)
    if missing:
        raise validation_error(f"Parameters: [{', '.join(missing)}] must have values")
    for name, value in values.items():
        _check(name, value, template.parameters[name])
    return values


def typed(template: Template, values: dict[str, str]) -> dict[str, Any]:
    """Return the values as `Ref` gives them: list types become lists."""
    return {
        name: [item.strip() for item in value.split(",")] if _is_list(template.parameters[name]) else value
        for name, value in values.items()
    }


def shown(template: Template, values: dict[str, str]) -> list[dict[str, str]]:
    """Return the values as DescribeStacks shows them: `NoEcho` ones masked."""
    return [
        {"ParameterKey": name, "ParameterValue": "****" if _no_echo(template.parameters[name]) else value}
        for name, value in values.items()
    ]


def _check(name: str, value: str, declaration: dict[str, Any]) -> None:
    allowed = declaration.get("AllowedValues")
    candidates = value.split(",") if _is_list(declaration) else [value]
    if allowed is not None and any(item.strip() not in map(_text, allowed) for item in candidates):
        raise validation_error(f"Parameter '{name}' must be one of AllowedValues")
    pattern = declaration.get("AllowedPattern")
    if pattern and not re.fullmatch(pattern, value):
        raise validation_error(declaration.get("ConstraintDescription", f"Parameter '{name}' must match {pattern}"))
    if "MinLength" in declaration and len(value) < int(declaration["MinLength"]):
        raise validation_error(f"Parameter '{name}' must contain at least {declaration['MinLength']} characters")
    if "MaxLength" in declaration and len(value) > int(declaration["MaxLength"]):
        raise validation_error(f"Parameter '{name}' must contain at most {declaration['MaxLength']} characters")
    if declaration.get("Type") == "Number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise validation_error(f"Parameter '{name}' must be a number.")


def _is_list(declaration: dict[str, Any]) -> bool:
    kind = declaration.get("Type", "String")
    return kind == "CommaDelimitedList" or kind.startswith("List<")


def _no_echo(declaration: dict[str, Any]) -> bool:
    return str(declaration.get("NoEcho", False)).lower() == "true"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
