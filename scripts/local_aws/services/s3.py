"""Bucket policies: conditions decide whether a statement applies, and the local endpoint counts as TLS.

moto denies a request as soon as a statement has a condition that is not met, whatever the statement's
effect. A bucket whose policy denies requests without TLS would then deny all of them.
"""

from __future__ import annotations

from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

_CONTEXT = {"aws:securetransport": "true", "s3:tlsversion": "1.3"}


def install() -> None:
    """Evaluate conditions of resource policies before moto evaluates the statement."""
    original = IAMPolicyStatement.is_action_permitted

    def is_action_permitted(
        self: Any,
        action: str,
        resource: str = "*",
        principal: str | None = None,
        incoming_condition_values: dict[str, str] | None = None,
    ) -> PermissionResult:
        condition = self._statement.get("Condition")
        # Trust policies bring the values to compare with; moto handles those.
        if not condition or incoming_condition_values:
            return original(self, action, resource, principal, incoming_condition_values)
        if not _applies(condition, denies=self._statement["Effect"] == "Deny"):
            return PermissionResult.NEUTRAL
        unconditional = {key: value for key, value in self._statement.items() if key != "Condition"}
        return original(IAMPolicyStatement(unconditional), action, resource, principal)

    IAMPolicyStatement.is_action_permitted = is_action_permitted


def _applies(condition: dict[str, dict[str, Any]], *, denies: bool) -> bool:
    """Whether all conditions hold; one about anything but transport security counts in the request's favour."""
    for operator, entries in condition.items():
        for key, expected in entries.items():
            actual = _CONTEXT.get(key.lower())
            if actual is None:
                if denies:
                    return False
                continue
            values = expected if isinstance(expected, list) else [expected]
            if not any(_holds(operator, actual, str(value).lower()) for value in values):
                return False
    return True


def _holds(operator: str, actual: str, expected: str) -> bool:
    name = operator.removesuffix("IfExists")
    if name == "NumericLessThan":
        return float(actual) < float(expected)
    if name == "NumericGreaterThanEquals":
        return float(actual) >= float(expected)
    return (actual == expected) != ("Not" in name)
