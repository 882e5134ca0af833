"""Stack policies: which updates of which resources are allowed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from .errors import ProvisioningError, validation_error


@dataclass(frozen=True)
class StackPolicy:
    """The statements of a policy; without any, everything is allowed."""

    statements: tuple[dict[str, Any], ...] = ()

    def check(self, action: str, logical_id: str, type_name: str) -> None:
        """Raise `ProvisioningError` when the policy does not allow `action`, such as `Update:Replace`."""
        if not self.statements:
            return
        allowed = False
        for number, statement in enumerate(self.statements, start=1):
            if not _applies(statement, action, logical_id, type_name):
                continue
            if statement["Effect"] == "Deny":
                raise ProvisioningError(
                    f"Action denied by stack policy: Statement [#{number}] does not allow [{action}] "
                    f"for resource [{logical_id}]; No statement allows [{action}]"
                )
            allowed = True
        if not allowed:
            raise ProvisioningError(f"Action not allowed by stack policy: No statement allows [{action}]")


def parse(text: str | None) -> StackPolicy:
    """Read a policy; refuse text that is none."""
    if text is None:
        return StackPolicy()
    try:
        statements = json.loads(text)["Statement"]
        statements = statements if isinstance(statements, list) else [statements]
        well_formed = all(
            entry["Effect"] in ("Allow", "Deny")
            and ("Action" in entry or "NotAction" in entry)
            and ("Resource" in entry or "NotResource" in entry)
            and entry.get("Principal") == "*"
            for entry in statements
        )
    except (ValueError, KeyError, TypeError):
        well_formed = False
    if not well_formed:
        raise validation_error("Error validating stack policy: Invalid stack policy")
    return StackPolicy(tuple(statements))


def _applies(statement: dict[str, Any], action: str, logical_id: str, type_name: str) -> bool:
    target = f"LogicalResourceId/{logical_id}"
    if "Action" in statement:
        acts = _matches(statement["Action"], action)
    else:
        acts = not _matches(statement["NotAction"], action)
    if "Resource" in statement:
        meant = _matches(statement["Resource"], target)
    else:
        meant = not _matches(statement["NotResource"], target)
    return acts and meant and _condition_holds(statement.get("Condition") or {}, type_name)


def _condition_holds(condition: dict[str, Any], type_name: str) -> bool:
    for operator, entries in condition.items():
        wanted = entries.get("ResourceType", [])
        wanted = wanted if isinstance(wanted, list) else [wanted]
        if operator == "StringEquals" and type_name not in wanted:
            return False
        if operator == "StringLike" and not any(fnmatchcase(type_name, pattern) for pattern in wanted):
            return False
    return True


def _matches(patterns: str | list[str], value: str) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))
