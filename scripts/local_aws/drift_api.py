"""The CloudFormation operations on drift."""

from __future__ import annotations

import threading
from typing import Any

from moto.core.responses import ActionResult

from . import drift
from .drift import Detection
from .errors import validation_error
from .request_parts import RequestParts

_DETECTABLE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED",
               "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE")  # fmt: skip


class DriftOperations(RequestParts):
    """DetectStackDrift and its answers."""

    def detect_stack_drift(self) -> ActionResult:
        """DetectStackDrift; the resources are read in the background."""
        stack = self.stack()
        if stack.status not in _DETECTABLE:
            raise validation_error(
                f"Drift detection cannot be performed on stack [{stack.id}] while in {stack.status} status"
            )
        detection = Detection(stack, frozenset(self.params.get("LogicalResourceIds") or stack.resources))
        self._detections()[detection.id] = detection
        threading.Thread(target=detection.run, args=(self.engine,), name="drift", daemon=True).start()
        return ActionResult({"StackDriftDetectionId": detection.id})

    def describe_stack_drift_detection_status(self) -> ActionResult:
        """DescribeStackDriftDetectionStatus."""
        identifier = self.params["StackDriftDetectionId"]
        if identifier not in self._detections():
            raise validation_error(f"Drift detection with id [{identifier}] does not exist")
        return ActionResult(self._detections()[identifier].described())

    def detect_stack_resource_drift(self) -> ActionResult:
        """DetectStackResourceDrift: one resource, answered at once."""
        stack, logical_id = self.stack(), self.params["LogicalResourceId"]
        if logical_id not in stack.resources:
            raise validation_error(f"Resource {logical_id} does not exist for stack {stack.name}")
        found = drift.compare(self.engine, stack, stack.resources[logical_id])
        stack.drift.resources[logical_id] = found
        return ActionResult({"StackResourceDrift": found})

    def describe_stack_resource_drifts(self) -> ActionResult:
        """DescribeStackResourceDrifts, page by page, filtered by status."""
        wanted = self.params.get("StackResourceDriftStatusFilters")
        found = [
            entry
            for entry in self.stack().drift.resources.values()
            if not wanted or entry["StackResourceDriftStatus"] in wanted
        ]
        page, token = self.page(found)
        return ActionResult({"StackResourceDrifts": page, "NextToken": token})

    def _detections(self) -> dict[str, Any]:
        return self.store().detections
