"""Control addresses that make the services answer as an account in trouble would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.sagemaker.models import sagemaker_backends

from .services import quotas, simulation

_DECISIONS = ("implicitDeny", "explicitDeny")
_NODE_STATUSES = (
    "DeepHealthCheckInProgress", "Failure", "NotFound", "Pending", "Running", "ShuttingDown", "SystemUpdating",
)  # fmt: skip


def deny(wanted: dict[str, Any]) -> dict[str, Any]:
    """Deny actions to whoever is simulated: `{"action": "ec2:*", "decision": "explicitDeny"}`."""
    decision = wanted.get("decision") or "implicitDeny"
    if not isinstance(wanted.get("action"), str) or decision not in _DECISIONS:
        raise ValueError(f"action is required, and decision is one of {', '.join(_DECISIONS)}")
    simulation.DENIED[wanted["action"]] = decision
    return {"denied": simulation.DENIED}


def allow(_: dict[str, Any]) -> dict[str, Any]:
    """Forget every denial."""
    simulation.DENIED.clear()
    return {"denied": {}}


def quota(wanted: dict[str, Any]) -> dict[str, Any]:
    """Change a quota: `{"service": "vpc", "quota": code or name, "value": 3}`."""
    if not all(isinstance(wanted.get(name), str) for name in ("service", "quota")):
        raise ValueError("service and quota are required")
    value = wanted.get("value")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("value is a number")
    quotas.set_value(*_place(wanted), wanted["service"], wanted["quota"], float(value))
    return {"quota": wanted["quota"], "value": value}


def node_status(wanted: dict[str, Any]) -> dict[str, Any]:
    """Give nodes a status: `{"cluster": name, "status": "Failure", "group": …, "node": id, "message": …}`."""
    if wanted.get("status") not in _NODE_STATUSES:
        raise ValueError(f"status is one of {', '.join(_NODE_STATUSES)}")
    account, region = _place(wanted)
    cluster = sagemaker_backends[account][region].clusters.get(wanted.get("cluster"))
    if cluster is None:
        raise ValueError(f"no cluster named {wanted.get('cluster')}")
    count = cluster.set_node_status(
        wanted.get("group"), wanted.get("node"), wanted["status"], str(wanted.get("message") or "")
    )
    return {"nodes": count}


def reset() -> None:
    """Forget what the stores of moto do not hold."""
    simulation.DENIED.clear()


def _place(wanted: dict[str, Any]) -> tuple[str, str]:
    return str(wanted.get("account") or DEFAULT_ACCOUNT_ID), str(wanted.get("region") or "us-east-1")


COMMANDS: dict[tuple[str, str], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("POST", "deny"): deny,
    ("DELETE", "deny"): allow,
    ("POST", "quota"): quota,
    ("POST", "node-status"): node_status,
}
"""The commands by method and path."""
