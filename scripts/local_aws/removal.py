"""Taking a stack's resources away again: deletion, and rollback of a failed creation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ProvisioningError, is_not_found, provisioning_reason
from .resources import handler_for
from .resources.base import Request
from .stacks import ResourceState, Stack, StackStore

if TYPE_CHECKING:
    from .engine import Engine


class Removal:
    """Deletes what exists of a stack, dependents first; what a failed deletion still needs stays."""

    def __init__(self, engine: Engine, stack: Stack) -> None:
        """Prepare to remove the resources of `stack`."""
        self._engine = engine
        self._stack = stack
        self._failed: list[str] = []
        self._kept: set[str] = set()

    def delete(self) -> None:
        """Delete the stack; ends in DELETE_COMPLETE or DELETE_FAILED."""
        self._stack.set_status("DELETE_IN_PROGRESS", "User Initiated")
        self._remove_resources(rolling_back=False)
        if self._failed:
            names = ", ".join(self._failed)
            self._stack.set_status("DELETE_FAILED", f"The following resource(s) failed to delete: [{names}]. ")
            return
        StackStore.of(self._stack.account, self._stack.region).drop_exports(self._stack)
        self._stack.set_status("DELETE_COMPLETE")

    def roll_back(self, reason: str) -> None:
        """Undo a failed creation; ends in ROLLBACK_COMPLETE or ROLLBACK_FAILED."""
        self._stack.set_status("ROLLBACK_IN_PROGRESS", reason)
        self._remove_resources(rolling_back=True)
        StackStore.of(self._stack.account, self._stack.region).drop_exports(self._stack)
        self._stack.outputs.clear()
        if self._failed:
            names = ", ".join(self._failed)
            self._stack.set_status("ROLLBACK_FAILED", f"The following resource(s) failed to delete: [{names}]. ")
        else:
            self._stack.set_status("ROLLBACK_COMPLETE")

    def _remove_resources(self, *, rolling_back: bool) -> None:
        plan = self._stack.plan
        if plan is None:
            return
        existing = {name for name, resource in self._stack.resources.items() if resource.status not in _GONE}
        for name in plan.deletion_order(existing):
            resource = self._stack.resources[name]
            if self._kept & plan.dependents(name):
                self._kept.add(name)
                continue
            if not self._is_to_stay(resource, rolling_back=rolling_back):
                self._remove(resource)

    def _is_to_stay(self, resource: ResourceState, *, rolling_back: bool) -> bool:
        declared = self._stack.plan.resources[resource.logical_id] if self._stack.plan else None
        policy = declared.deletion_policy if declared else "Delete"
        # What was there before the stack is none of a rollback's business.
        imported = rolling_back and resource.logical_id in self._stack.imports
        if imported or policy == "Retain" or (policy == "RetainExceptOnCreate" and not rolling_back):
            self._stack.set_resource(resource, "DELETE_SKIPPED")
            return True
        return False

    def remove_unless_kept(self, resource: ResourceState, policy: str) -> None:
        """Delete one resource that an update leaves behind, unless its policy keeps it."""
        if policy in ("Retain", "RetainExceptOnCreate"):
            self._stack.set_resource(resource, "DELETE_SKIPPED")
        else:
            self._remove(resource)

    def _remove(self, resource: ResourceState) -> None:
        self._stack.set_resource(resource, "DELETE_IN_PROGRESS")
        try:
            self._deprovision(resource)
        except Exception as error:  # noqa: BLE001  any failure of a resource is an event of its stack
            if not is_not_found(error):
                self._failed.append(resource.logical_id)
                self._kept.add(resource.logical_id)
                self._stack.set_resource(resource, "DELETE_FAILED", provisioning_reason(error))
                return
        self._stack.set_resource(resource, "DELETE_COMPLETE")

    def _deprovision(self, resource: ResourceState) -> None:
        injected = self._engine.failures.take("DELETE", self._stack.name, resource.logical_id)
        if injected:
            raise ProvisioningError(injected)
        if not resource.physical_id:
            return  # Its creation never came far enough to leave anything.
        request = Request.of(self._engine, self._stack, resource)
        handler_for(resource.type_name).delete(request, resource.physical_id)


_GONE = ("DELETE_COMPLETE", "DELETE_SKIPPED")
