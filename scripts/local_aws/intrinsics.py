"""Evaluating the intrinsic functions of a template."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import validation_error

PSEUDO_PARAMETERS = frozenset(
    f"AWS::{name}"
    for name in ("AccountId", "NoValue", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix")
)
_SUB_PLACEHOLDER = re.compile(r"\$\{([^!{}][^{}]*)\}")
_NO_VALUE = object()


@dataclass
class Scope:
    """What names mean while a template is evaluated.

    `references` maps parameters, pseudo parameters and created resources to what `Ref` gives;
    `attribute` answers `Fn::GetAtt` of a created resource.
    """

    references: dict[str, Any]
    mappings: Mapping[str, Any]
    condition_declarations: Mapping[str, Any]
    attribute: Callable[[str, str], Any]
    zones: Callable[[str], list[str]]
    exports: Callable[[str], str]
    _conditions: dict[str, bool] = field(default_factory=dict)

    def condition(self, name: str) -> bool:
        """Return the value of a named condition."""
        if name not in self.condition_declarations:
            raise validation_error(f"Template format error: Unresolved condition dependency {name}")
        if name not in self._conditions:
            self._conditions[name] = bool(evaluate(self.condition_declarations[name], self))
        return self._conditions[name]


def evaluate(node: Any, scope: Scope) -> Any:
    """Return `node` with every function replaced by its value; `AWS::NoValue` entries vanish."""
    value = _evaluate(node, scope)
    return None if value is _NO_VALUE else value


def sub_names(text: str) -> list[str]:
    """Return the names inside `${…}` of an `Fn::Sub` text, without the escaped `${!…}`."""
    return [name.strip() for name in _SUB_PLACEHOLDER.findall(text)]


def function_of(node: Any) -> str | None:
    """Return the function a node calls, or None when it is plain data."""
    if isinstance(node, dict) and len(node) == 1:
        name = next(iter(node))
        # `Condition` is also a key of IAM policy statements, where it holds a map.
        if name in _FUNCTIONS and not (name == "Condition" and not isinstance(node[name], str)):
            return name
    return None


def attribute_parts(argument: Any) -> tuple[str, Any]:
    """Split the argument of `Fn::GetAtt` into the logical id and the attribute."""
    if isinstance(argument, str):
        argument = argument.split(".", 1)
    if not isinstance(argument, list) or len(argument) < 2:
        raise validation_error("Template error: every Fn::GetAtt object requires two non-empty parameters")
    attribute = argument[1] if len(argument) == 2 else ".".join(argument[1:])
    return argument[0], attribute


def _evaluate(node: Any, scope: Scope) -> Any:
    function = function_of(node)
    if function:
        return _FUNCTIONS[function](node[function], scope)
    if isinstance(node, dict):
        entries = ((key, _evaluate(value, scope)) for key, value in node.items())
        return {key: value for key, value in entries if value is not _NO_VALUE}
    if isinstance(node, list):
        return [value for value in (_evaluate(item, scope) for item in node) if value is not _NO_VALUE]
    return node


def _ref(name: str, scope: Scope) -> Any:
    if name == "AWS::NoValue":
        return _NO_VALUE
    if name not in scope.references:
        raise validation_error(f"Template format error: Unresolved resource dependencies [{name}]")
    return scope.references[name]


def _get_att(argument: Any, scope: Scope) -> Any:
    logical_id, attribute = attribute_parts(argument)
    return scope.attribute(logical_id, evaluate(attribute, scope))


def _sub(argument: Any, scope: Scope) -> str:
    text, variables = argument if isinstance(argument, list) else (argument, {})
    values = {name: evaluate(value, scope) for name, value in variables.items()}

    def replacement(match: re.Match[str]) -> str:
        name = match.group(1).strip()
        if name in values:
            return scalar_text(values[name])
        if "." in name:
            return scalar_text(scope.attribute(*name.split(".", 1)))
        return scalar_text(_ref(name, scope))

    return _SUB_PLACEHOLDER.sub(replacement, text).replace("${!", "${")


def scalar_text(value: Any) -> str:
    """Write a value as CloudFormation writes it into text: booleans in lower case, lists with commas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(scalar_text(item) for item in value)
    return str(value)


def _join(argument: Any, scope: Scope) -> str:
    separator, items = argument
    return separator.join(scalar_text(item) for item in evaluate(items, scope))


def _select(argument: Any, scope: Scope) -> Any:
    index, items = evaluate(argument[0], scope), evaluate(argument[1], scope)
    items = items.split(",") if isinstance(items, str) else items
    if not 0 <= int(index) < len(items):
        raise validation_error("Template error: Fn::Select cannot select nonexistent value at index " + str(index))
    return items[int(index)]


def _split(argument: Any, scope: Scope) -> list[str]:
    return scalar_text(evaluate(argument[1], scope)).split(argument[0])


def _if(argument: Any, scope: Scope) -> Any:
    name, then, otherwise = argument
    return _evaluate(then if scope.condition(name) else otherwise, scope)


def _find_in_map(argument: Any, scope: Scope) -> Any:
    found: Any = scope.mappings
    keys = evaluate(argument[:3], scope)
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise validation_error(f"Template error: Unable to get mapping for {'::'.join(map(str, keys))}")
        found = found[key]
    return found


def _base64(argument: Any, scope: Scope) -> str:
    return base64.b64encode(scalar_text(evaluate(argument, scope)).encode()).decode()


def _cidr(argument: Any, scope: Scope) -> list[str]:
    block, count, *bits = evaluate(argument, scope)
    network = ipaddress.ip_network(block)
    host_bits = int(bits[0]) if bits else 8
    subnets = network.subnets(new_prefix=network.max_prefixlen - host_bits)
    return [str(subnet) for subnet, _ in zip(subnets, range(int(count)), strict=False)]


def _get_azs(argument: Any, scope: Scope) -> list[str]:
    return scope.zones(evaluate(argument, scope) or scope.references["AWS::Region"])


def _import_value(argument: Any, scope: Scope) -> str:
    return scope.exports(scalar_text(evaluate(argument, scope)))


def _condition_operand(node: Any, scope: Scope) -> bool:
    value = evaluate(node, scope)
    return value.lower() == "true" if isinstance(value, str) else bool(value)


_FUNCTIONS: dict[str, Callable[[Any, Scope], Any]] = {
    "Ref": _ref,
    "Condition": lambda name, scope: scope.condition(name),
    "Fn::And": lambda items, scope: all(_condition_operand(item, scope) for item in items),
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::Equals": lambda pair, scope: scalar_text(evaluate(pair[0], scope)) == scalar_text(evaluate(pair[1], scope)),
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _get_azs,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Length": lambda items, scope: len(evaluate(items, scope)),
    "Fn::Not": lambda items, scope: not _condition_operand(items[0], scope),
    "Fn::Or": lambda items, scope: any(_condition_operand(item, scope) for item in items),
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": lambda value, scope: json.dumps(evaluate(value, scope), separators=(",", ":")),
}
