"""SimulatePrincipalPolicy: whether an identity's policies allow actions, and denials that tests ask for."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from .iam import load_managed_policy

DENIED: dict[str, str] = {}
"""Patterns of actions that every simulation denies, each with the decision to give."""


def install() -> None:
    """Add the operation to moto's IAM."""
    IamResponse.simulate_principal_policy = simulate_principal_policy  # type: ignore[attr-defined]


def simulate_principal_policy(self: IamResponse) -> ActionResult:
    """SimulatePrincipalPolicy; the account's root and identities without any policy of their own may do all."""
    arn = self.params["PolicySourceArn"]
    statements = _statements(self.backend, arn)
    resources = self.params.get("ResourceArns") or ["*"]
    results = []
    for action in self.params["ActionNames"]:
        for resource in resources:
            decision = _decision(statements, action, resource)
            results.append(
                {
                    "EvalActionName": action,
                    "EvalResourceName": resource,
                    "EvalDecision": decision,
                    "MatchedStatements": [],
                    "MissingContextValues": [],
                }
            )
    size = int(self.params.get("MaxItems") or 100)
    start = int(self.params.get("Marker") or 0)
    more = start + size < len(results)
    answer: dict[str, Any] = {"EvaluationResults": results[start : start + size], "IsTruncated": more}
    return ActionResult({**answer, "Marker": str(start + size)} if more else answer)


def _decision(statements: list[dict[str, Any]] | None, action: str, resource: str) -> str:
    for pattern, decision in DENIED.items():
        if fnmatchcase(action.lower(), pattern.lower()):
            return decision
    if statements is None:
        return "allowed"
    effects = {entry["Effect"] for entry in statements if _applies(entry, action, resource)}
    if "Deny" in effects:
        return "explicitDeny"
    return "allowed" if "Allow" in effects else "implicitDeny"


def _applies(statement: dict[str, Any], action: str, resource: str) -> bool:
    if "Action" in statement:
        acts = _matches(statement["Action"], action.lower(), lower=True)
    else:
        acts = not _matches(statement.get("NotAction", []), action.lower(), lower=True)
    if "Resource" in statement:
        meant = resource == "*" or _matches(statement["Resource"], resource)
    else:
        meant = not _matches(statement.get("NotResource", []), resource)
    return acts and meant


def _matches(patterns: str | list[str], value: str, *, lower: bool = False) -> bool:
    wanted = [patterns] if isinstance(patterns, str) else patterns
    return any(fnmatchcase(value, pattern.lower() if lower else pattern) for pattern in wanted)


def _statements(backend: IAMBackend, arn: str) -> list[dict[str, Any]] | None:
    """Return the statements of an identity's policies; None for one that has none or is not IAM's."""
    kind, _, path = arn.split(":", 5)[5].partition("/")
    name = path.rsplit("/", 1)[-1]
    known = {"role": backend.roles.values(), "user": backend.users.values()}.get(kind, ())
    identity = next((entry for entry in known if getattr(entry, "name", None) == name), None)
    if identity is None:
        return None
    documents = list(identity.policies.values())
    for policy_arn, policy in identity.managed_policies.items():
        load_managed_policy(backend, policy_arn)
        documents.append(policy.document)
    if not documents:
        return None
    found: list[dict[str, Any]] = []
    for document in documents:
        parsed = json.loads(document) if isinstance(document, str) else document
        statement = parsed["Statement"]
        found += statement if isinstance(statement, list) else [statement]
    return found
