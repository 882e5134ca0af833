"""Updating a stack: changed resources in dependency order, cleanup, and the way back when one fails."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from . import registry, stack_policy
from .changes import changed_paths, live_resources
from .creation import failure_reason, published_outputs, reason_of
from .errors import ProvisioningError, RequestError
from .intrinsics import evaluate
from .removal import Removal
from .resources import handler_for
from .resources.base import CreationFailed, Request
from .resources.updating import update_resource
from .stacks import ResourceState, Revision, Stack
from .taking import COMPLETED, STARTED, take
from .template import ResourceDeclaration

if TYPE_CHECKING:
    from .engine import Engine

_REPLACING = "Requested update requires the creation of a new physical resource; hence creating one."


@dataclass
class UnfinishedRollback:
    """What a failed rollback of an update has still to do."""

    before: Revision
    after: Revision
    to_restore: list[ResourceState] = field(default_factory=list)
    to_remove: list[ResourceState] = field(default_factory=list)


class Update:
    """One update of a stack to another revision."""

    def __init__(
        self, engine: Engine, stack: Stack, before: Revision, policy: str | None, *, disable_rollback: bool
    ) -> None:
        """Prepare; the stack holds the new revision already, `before` is the one to go back to."""
        self._engine = engine
        self._stack = stack
        self._before = before
        self._after = stack.revision or before
        self._policy = stack_policy.parse(policy)
        self._disable_rollback = disable_rollback
        self._scope = engine.scope(stack)
        self._initiated: deque[tuple[float, ResourceState]] = deque()
        self._completed: set[str] = set()
        self._begun: set[str] = set()
        self._failed: dict[str, str] = {}
        self._superseded: list[ResourceState] = []
        self._undo: list[ResourceState] = []
        self._added: list[ResourceState] = []

    def run(self) -> None:
        """Update everything; end in UPDATE_COMPLETE, UPDATE_ROLLBACK_COMPLETE or what went wrong there."""
        self._update_resources()
        if self._stack.interrupt.is_set():
            return
        reason = self._reason()
        if reason is None:
            try:
                self._stack.outputs = published_outputs(self._stack, self._after.plan, self._scope)
            except RequestError as error:
                reason = f"{error.message}. "
        if reason is None:
            self._clean_up()
        elif self._disable_rollback:
            self._stack.set_status("UPDATE_FAILED", reason)
        else:
            self._stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", reason)
            Rollback(self._engine, self._stack, self._unfinished()).run()

    def _reason(self) -> str | None:
        if self._stack.cancelled.is_set():
            return "User Initiated"
        return failure_reason(self._failed) if self._failed else None

    def _unfinished(self) -> UnfinishedRollback:
        fresh = [self._stack.resources[state.logical_id] for state in self._superseded]
        return UnfinishedRollback(self._before, self._after, self._undo, [*self._added, *fresh])

    # --------------------------------------------------------------- going forward

    def _update_resources(self) -> None:
        while not self._stops():
            self._begin_ready()
            if self._stops() or not self._initiated:
                break
            self._complete_next()
        for _, resource in self._initiated:
            self._cancel(resource)

    def _stops(self) -> bool:
        return bool(self._failed) or self._stack.cancelled.is_set() or self._stack.interrupt.is_set()

    def _begin_ready(self) -> None:
        plan = self._after.plan
        advanced = True
        while advanced and not self._stops():
            # What did not change completes at once and may set others free.
            advanced = False
            for name, declared in plan.resources.items():
                if name not in self._begun and plan.dependencies[name] <= self._completed and not self._stops():
                    self._begun.add(name)
                    advanced = not self._begin(declared) or advanced

    def _begin(self, declared: ResourceDeclaration) -> bool:
        """Begin one resource; return whether there is anything to wait for."""
        name = declared.logical_id
        present = live_resources(self._stack).get(name)
        deadline = time.monotonic() + self._engine.delay
        state = present
        try:
            properties = registry.coerce(
                self._stack.region, declared.type_name, evaluate(declared.properties, self._scope)
            )
            if present is None:
                state = self._create(declared, properties)
            elif declared.type_name == present.type_name and self._is_same(declared, present, properties):
                self._complete(present)
                return False
            else:
                state = self._modify(declared, present, properties)
        except Exception as error:  # noqa: BLE001  any failure of a resource is an event of its stack
            self._fail(declared, error)
            return True
        self._initiated.append((deadline, state))
        return True

    def _is_same(self, declared: ResourceDeclaration, present: ResourceState, properties: dict[str, object]) -> bool:
        if properties != present.properties:
            return False
        same_tags = self._before.options.tags == self._after.options.tags
        return same_tags or not registry.is_taggable(self._stack.region, declared.type_name)

    def _create(self, declared: ResourceDeclaration, properties: dict[str, object]) -> ResourceState:
        state = ResourceState(
            declared.logical_id, declared.type_name, "CREATE_IN_PROGRESS", self._stack.created, properties=properties
        )
        self._stack.resources[state.logical_id] = state
        self._added.append(state)
        target = self._stack.imports.get(state.logical_id)
        if target:
            self._stack.set_resource(state, "IMPORT_IN_PROGRESS", STARTED)
            take(self._engine, self._stack, declared, state, target, self._scope)
            return state
        self._stack.set_resource(state, "CREATE_IN_PROGRESS")
        self._provision(state, "CREATE")
        self._stack.set_resource(state, "CREATE_IN_PROGRESS", "Resource creation Initiated")
        return state

    def _modify(
        self, declared: ResourceDeclaration, present: ResourceState, properties: dict[str, object]
    ) -> ResourceState:
        replaced = _is_replaced(self._stack.region, declared, present, properties)
        self._undo.append(replace(present))
        self._stack.set_resource(present, "UPDATE_IN_PROGRESS", _REPLACING if replaced else None)
        self._policy.check("Update:Replace" if replaced else "Update:Modify", declared.logical_id, declared.type_name)
        if replaced:
            return self._replace(declared, present, properties)
        _change(self._engine, self._stack, present, properties, self._before)
        return present

    def _replace(
        self, declared: ResourceDeclaration, present: ResourceState, properties: dict[str, object]
    ) -> ResourceState:
        fresh = ResourceState(
            declared.logical_id, declared.type_name, "UPDATE_IN_PROGRESS", self._stack.created, properties=properties
        )
        registry.check_rename(self._stack.region, present.type_name, present.properties, properties)
        self._superseded.append(replace(present))
        self._stack.resources[fresh.logical_id] = fresh
        self._provision(fresh, "UPDATE")
        self._stack.set_resource(fresh, "UPDATE_IN_PROGRESS", "Resource creation Initiated")
        return fresh

    def _provision(self, state: ResourceState, operation: str) -> None:
        injected = self._engine.failures.take(operation, self._stack.name, state.logical_id)
        if injected:
            raise ProvisioningError(injected)
        registry.check_properties(self._stack.region, state.type_name, state.logical_id, state.properties)
        try:
            created = handler_for(state.type_name).create(Request.of(self._engine, self._stack, state))
        except CreationFailed as error:
            state.physical_id = error.physical_id
            raise
        state.physical_id, state.attributes = created.physical_id, created.attributes

    def _complete_next(self) -> None:
        deadline, resource = self._initiated.popleft()
        while not self._stack.interrupt.is_set() and not self._stack.cancelled.is_set():
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                self._finish(resource)
                return
            self._stack.cancelled.wait(min(remaining, 0.2))
        self._cancel(resource)

    def _finish(self, resource: ResourceState) -> None:
        added = any(resource is state for state in self._added)
        self._complete(resource)
        if added and resource.logical_id in self._stack.imports:
            self._stack.set_resource(resource, "IMPORT_COMPLETE", COMPLETED)
        else:
            self._stack.set_resource(resource, "CREATE_COMPLETE" if added else "UPDATE_COMPLETE")

    def _complete(self, resource: ResourceState) -> None:
        self._scope.references[resource.logical_id] = resource.physical_id
        self._completed.add(resource.logical_id)

    def _fail(self, declared: ResourceDeclaration, error: Exception) -> None:
        name = declared.logical_id
        state = self._stack.resources.get(name)
        if state is None:
            state = ResourceState(name, declared.type_name, "CREATE_FAILED", self._stack.created)
            self._stack.resources[name] = state
            self._added.append(state)
        added = any(state is other for other in self._added)
        self._failed[name] = "create" if added else "update"
        self._stack.set_resource(state, "CREATE_FAILED" if added else "UPDATE_FAILED", reason_of(error))

    def _cancel(self, resource: ResourceState) -> None:
        added = any(resource is state for state in self._added)
        self._failed[resource.logical_id] = "create" if added else "update"
        verb = "creation" if added else "update"
        self._stack.set_resource(resource, "CREATE_FAILED" if added else "UPDATE_FAILED", f"Resource {verb} cancelled")

    # -------------------------------------------------------------------- cleanup

    def _clean_up(self) -> None:
        self._stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        live = live_resources(self._stack)
        dropped = {name for name in live if name not in self._after.plan.resources}
        replaced = {state.logical_id: state for state in self._superseded}
        removal = Removal(self._engine, self._stack)
        for name in self._before.plan.deletion_order(dropped | set(replaced)):
            declared = self._before.plan.resources[name]
            if name in replaced:
                removal.remove_unless_kept(replaced[name], declared.update_replace_policy)
                continue
            try:
                self._policy.check("Update:Delete", name, declared.type_name)
            except ProvisioningError as error:
                self._stack.set_resource(live[name], "DELETE_FAILED", str(error))
            else:
                removal.remove_unless_kept(live[name], declared.deletion_policy)
            del self._stack.resources[name]
        self._stack.set_status("UPDATE_COMPLETE")


class Rollback:
    """The way back from a failed update, also continued after it failed itself."""

    def __init__(self, engine: Engine, stack: Stack, work: UnfinishedRollback) -> None:
        """Prepare to undo `work`."""
        self._engine = engine
        self._stack = stack
        self._work = work

    def run(self, skipped: frozenset[str] = frozenset()) -> None:
        """Restore what changed, then delete what the update made; end in UPDATE_ROLLBACK_COMPLETE or _FAILED."""
        failed = []
        for state in list(reversed(self._work.to_restore)):
            if state.logical_id in skipped:
                self._stack.set_resource(
                    self._stack.resources[state.logical_id], "UPDATE_COMPLETE", "Resource update skipped by user"
                )
            elif not self._restore(state):
                failed.append(state.logical_id)
                continue
            self._work.to_restore.remove(state)
        if failed:
            self._stack.unfinished_rollback = self._work
            names = ", ".join(sorted(failed))
            self._stack.set_status("UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{names}]. ")
            return
        self._finish()

    def _restore(self, state: ResourceState) -> bool:
        present = self._stack.resources[state.logical_id]
        self._stack.set_resource(present, "UPDATE_IN_PROGRESS")
        try:
            if present.physical_id != state.physical_id:
                present = self._stack.resources[state.logical_id] = state
            else:
                _change(self._engine, self._stack, present, state.properties, self._work.after, self._work.before)
        except Exception as error:  # noqa: BLE001  any failure of a resource is an event of its stack
            self._stack.set_resource(present, "UPDATE_FAILED", reason_of(error))
            return False
        self._stack.set_resource(present, "UPDATE_COMPLETE")
        return True

    def _finish(self) -> None:
        stack, plan = self._stack, self._work.after.plan
        stack.set_status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        doomed = {state.logical_id: state for state in self._work.to_remove}
        removal = Removal(self._engine, stack)
        for name in plan.deletion_order(set(doomed)):
            # What was there before the stack is none of a rollback's business.
            removal.remove_unless_kept(doomed[name], "Retain" if name in stack.imports else "Delete")
            if stack.resources.get(name) is doomed[name]:
                del stack.resources[name]
        stack.revision = self._work.before
        stack.unfinished_rollback = None
        stack.set_status("UPDATE_ROLLBACK_COMPLETE")


def _is_replaced(
    region: str, declared: ResourceDeclaration, present: ResourceState, properties: dict[str, object]
) -> bool:
    if declared.type_name != present.type_name:
        return True
    paths = (path for path, _, _ in changed_paths(present.properties, properties))
    return any(registry.recreation(region, declared.type_name, path) == "Always" for path in paths)


def _change(
    engine: Engine,
    stack: Stack,
    state: ResourceState,
    properties: dict[str, object],
    before: Revision,
    after: Revision | None = None,
) -> None:
    """Change one resource in place, tags included."""
    injected = engine.failures.take("UPDATE", stack.name, state.logical_id)
    if injected:
        raise ProvisioningError(injected)
    registry.check_properties(stack.region, state.type_name, state.logical_id, properties)
    wanted = replace(state, properties=properties)
    present = Request.of(engine, stack, state, tags=before.options.tags)
    request = Request.of(engine, stack, wanted, tags=(after.options if after else stack.options).tags)
    state.attributes = update_resource(request, state.physical_id, present, state.attributes)
    state.properties = properties
