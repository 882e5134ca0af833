"""Executing an import: existing resources become a stack's, nothing of them is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .creation import published_outputs, reason_of
from .errors import RequestError
from .graph import Plan
from .imports import ImportTarget
from .stacks import ResourceState, Revision, Stack
from .taking import COMPLETED, STARTED, take

if TYPE_CHECKING:
    from .engine import Engine

Targets = dict[str, ImportTarget]


class Import:
    """One import into a stack, which holds the new revision already."""

    def __init__(self, engine: Engine, stack: Stack, before: Revision | None, targets: Targets) -> None:
        """Prepare; `before` is what the stack was, None when it is new."""
        self._engine = engine
        self._stack = stack
        self._before = before
        self._targets = targets
        self._scope = engine.scope(stack)

    def run(self) -> None:
        """Import everything; end in IMPORT_COMPLETE or IMPORT_ROLLBACK_COMPLETE."""
        plan = self._stack.plan
        if plan is None:
            return
        taken: list[ResourceState] = []
        reason = self._take_all(plan, taken)
        if reason is None:
            try:
                self._stack.outputs = published_outputs(self._stack, plan, self._scope)
            except RequestError as error:
                reason = error.message
        if reason is None:
            self._stack.set_status("IMPORT_COMPLETE")
        else:
            self._roll_back(taken, reason)

    def _take_all(self, plan: Plan, taken: list[ResourceState]) -> str | None:
        for name in reversed(plan.deletion_order(set(plan.resources))):
            present = self._stack.resources.get(name)
            if present is None:
                state = ResourceState(
                    name,
                    plan.resources[name].type_name,
                    "IMPORT_IN_PROGRESS",
                    self._stack.created,
                    physical_id=self._targets[name].physical_id,
                )
                self._stack.resources[name] = present = state
                taken.append(state)
                self._stack.set_resource(state, "IMPORT_IN_PROGRESS", STARTED)
                try:
                    take(self._engine, self._stack, plan.resources[name], state, self._targets[name], self._scope)
                except Exception as error:  # noqa: BLE001  any failure of a resource is an event of its stack
                    self._stack.set_resource(state, "IMPORT_FAILED", reason_of(error))
                    return f"The following resource(s) failed to import: [{name}]. "
                self._stack.set_resource(state, "IMPORT_COMPLETE", COMPLETED)
            self._scope.references[name] = present.physical_id
        return None

    def _roll_back(self, taken: list[ResourceState], reason: str) -> None:
        stack = self._stack
        stack.set_status("IMPORT_ROLLBACK_IN_PROGRESS", reason)
        for state in reversed(taken):
            stack.set_resource(state, "IMPORT_ROLLBACK_IN_PROGRESS")
            stack.set_resource(state, "IMPORT_ROLLBACK_COMPLETE", "Resource import rollback completed.")
            del stack.resources[state.logical_id]
        if self._before is not None:
            stack.revision = self._before
        stack.set_status("IMPORT_ROLLBACK_COMPLETE")
