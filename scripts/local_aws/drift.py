"""Drift: what a stack's resources are told to be, against what their services have."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .changes import changed_paths, live_resources
from .errors import is_not_found
from .resources import handler_for
from .resources.base import Request
from .settings import SETTINGS
from .stacks import ResourceState, Stack

if TYPE_CHECKING:
    from .engine import Engine


class Detection:
    """One drift detection of a stack."""

    def __init__(self, stack: Stack, wanted: frozenset[str]) -> None:
        """Prepare to look at the `wanted` resources."""
        self.id = str(uuid.uuid4())
        self._stack = stack
        self._wanted = wanted
        self._status = "DETECTION_IN_PROGRESS"
        self._reason: str | None = None
        self._started = datetime.now(UTC)

    def run(self, engine: Engine) -> None:
        """Read every resource; end in DETECTION_COMPLETE, or in DETECTION_FAILED when one could not be read."""
        self._stack.interrupt.wait(SETTINGS.timing.service_seconds)
        failed = []
        for name, resource in live_resources(self._stack).items():
            if name not in self._wanted:
                continue
            try:
                self._stack.drift.resources[name] = compare(engine, self._stack, resource)
            except Exception as error:  # noqa: BLE001  a resource that cannot be read fails the detection
                failed.append(f"{name}: {error}")
        statuses = {entry["StackResourceDriftStatus"] for entry in self._stack.drift.resources.values()}
        self._stack.drift.status = "DRIFTED" if statuses & {"MODIFIED", "DELETED"} else "IN_SYNC"
        self._stack.drift.checked = datetime.now(UTC)
        if failed:
            self._reason = f"Failed to detect drift on resources: {'; '.join(failed)}"
        self._status = "DETECTION_FAILED" if failed else "DETECTION_COMPLETE"

    def described(self) -> dict[str, Any]:
        """Return the answer of DescribeStackDriftDetectionStatus."""
        shown: dict[str, Any] = {
            "StackId": self._stack.id,
            "StackDriftDetectionId": self.id,
            "DetectionStatus": self._status,
            "DetectionStatusReason": self._reason,
            "Timestamp": self._started,
        }
        if self._status != "DETECTION_IN_PROGRESS":
            found = self._stack.drift.resources.values()
            drifted = [entry for entry in found if entry["StackResourceDriftStatus"] in ("MODIFIED", "DELETED")]
            shown |= {"StackDriftStatus": self._stack.drift.status, "DriftedStackResourceCount": len(drifted)}
        return {key: value for key, value in shown.items() if value is not None}


def compare(engine: Engine, stack: Stack, resource: ResourceState) -> dict[str, Any]:
    """Return the `StackResourceDrift` of one resource; a type that cannot be read is NOT_CHECKED."""
    entry: dict[str, Any] = {
        "StackId": stack.id,
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type_name,
        "StackResourceDriftStatus": "NOT_CHECKED",
        "Timestamp": datetime.now(UTC),
    }
    read = getattr(handler_for(resource.type_name), "read", None)
    if read is None:
        return entry
    try:
        live = read(Request.of(engine, stack, resource), resource.physical_id).properties
    except Exception as error:
        if is_not_found(error):
            return {**entry, "StackResourceDriftStatus": "DELETED"}
        raise
    expected = {name: value for name, value in resource.properties.items() if name in live}
    actual = {name: live[name] for name in expected}
    differences = [_difference(*found) for found in changed_paths(expected, actual, "")]
    return {
        **entry,
        "ExpectedProperties": _json(expected),
        "ActualProperties": _json(actual),
        "PropertyDifferences": differences,
        "StackResourceDriftStatus": "MODIFIED" if differences else "IN_SYNC",
    }


def _difference(path: str, expected: Any, actual: Any) -> dict[str, str]:
    kind = "ADD" if expected is None else "REMOVE" if actual is None else "NOT_EQUAL"
    return {
        "PropertyPath": path,
        "ExpectedValue": _text(expected),
        "ActualValue": _text(actual),
        "DifferenceType": kind,
    }


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), default=str)


def _text(value: Any) -> str:
    return "null" if value is None else value if isinstance(value, str) else _json(value)
