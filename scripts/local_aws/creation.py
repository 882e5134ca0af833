"""Creating a stack: resources in dependency order, events as on AWS, rollback when one fails."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from . import registry
from .errors import ProvisioningError, RequestError, provisioning_reason, validation_error
from .graph import Plan
from .intrinsics import Scope, evaluate, scalar_text
from .removal import Removal
from .resources import handler_for
from .resources.base import Created, CreationFailed, Request
from .stacks import ResourceState, Stack, StackStore
from .taking import COMPLETED, STARTED, take

if TYPE_CHECKING:
    from .engine import Engine


class Creation:
    """One run over a stack's plan.

    Every resource whose needs are met is begun before any of them completes, as CloudFormation begins
    them side by side, so that a failure finds others in progress and cancels them.
    """

    def __init__(self, engine: Engine, stack: Stack) -> None:
        """Prepare to create `stack`, whose plan is made."""
        if stack.plan is None:
            raise ProvisioningError("the stack has no plan")
        self._engine = engine
        self._stack = stack
        self._plan = stack.plan
        self._scope = engine.scope(stack)
        self._initiated: deque[tuple[float, ResourceState]] = deque()
        self._completed: set[str] = set()
        self._failed: list[str] = []

    def run(self) -> None:
        """Create everything; end in CREATE_COMPLETE or in what the request's OnFailure asks for."""
        self._create_resources()
        if self._stack.interrupt.is_set():
            return
        reason = failure_reason(dict.fromkeys(self._failed, "create")) if self._failed else self._publish_outputs()
        if reason is None:
            self._stack.set_status("CREATE_COMPLETE")
        else:
            self._handle_failure(reason)

    def _create_resources(self) -> None:
        while not self._failed:
            self._begin_ready()
            if self._failed or not self._initiated:
                break
            self._complete_next()
        for _, resource in self._initiated:
            self._cancel(resource)

    def _begin_ready(self) -> None:
        ready = [
            ResourceState(name, declared.type_name, "CREATE_IN_PROGRESS", self._stack.created)
            for name, declared in self._plan.resources.items()
            if name not in self._stack.resources and self._plan.dependencies[name] <= self._completed
        ]
        for resource in ready:
            self._stack.resources[resource.logical_id] = resource
            if resource.logical_id in self._stack.imports:
                self._stack.set_resource(resource, "IMPORT_IN_PROGRESS", STARTED)
            else:
                self._stack.set_resource(resource, "CREATE_IN_PROGRESS")
        for resource in ready:
            if self._failed or self._stack.interrupt.is_set():
                self._cancel(resource)
            else:
                self._begin(resource)

    def _begin(self, resource: ResourceState) -> None:
        deadline = time.monotonic() + self._engine.delay
        target = self._stack.imports.get(resource.logical_id)
        try:
            if target:
                declared = self._plan.resources[resource.logical_id]
                take(self._engine, self._stack, declared, resource, target, self._scope)
                self._initiated.append((deadline, resource))
                return
            created = self._provision(resource)
        except Exception as error:  # noqa: BLE001  any failure of a resource is an event of its stack
            if isinstance(error, CreationFailed):
                resource.physical_id = error.physical_id
            self._failed.append(resource.logical_id)
            self._stack.set_resource(resource, "IMPORT_FAILED" if target else "CREATE_FAILED", reason_of(error))
            return
        resource.physical_id = created.physical_id
        resource.attributes = created.attributes
        self._stack.set_resource(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated")
        self._initiated.append((deadline, resource))

    def _provision(self, resource: ResourceState) -> Created:
        injected = self._engine.failures.take("CREATE", self._stack.name, resource.logical_id)
        if injected:
            raise ProvisioningError(injected)
        declared = self._plan.resources[resource.logical_id]
        evaluated = evaluate(declared.properties, self._scope)
        resource.properties = registry.coerce(self._stack.region, declared.type_name, evaluated)
        registry.check_properties(self._stack.region, declared.type_name, resource.logical_id, resource.properties)
        return handler_for(resource.type_name).create(Request.of(self._engine, self._stack, resource))

    def _complete_next(self) -> None:
        deadline, resource = self._initiated.popleft()
        if self._stack.interrupt.wait(max(0.0, deadline - time.monotonic())):
            self._cancel(resource)
            return
        self._scope.references[resource.logical_id] = resource.physical_id
        self._completed.add(resource.logical_id)
        if resource.logical_id in self._stack.imports:
            self._stack.set_resource(resource, "IMPORT_COMPLETE", COMPLETED)
        else:
            self._stack.set_resource(resource, "CREATE_COMPLETE")

    def _cancel(self, resource: ResourceState) -> None:
        self._failed.append(resource.logical_id)
        self._stack.set_resource(resource, "CREATE_FAILED", "Resource creation cancelled")

    def _publish_outputs(self) -> str | None:
        """Evaluate outputs and exports; return why that failed, or None."""
        try:
            self._stack.outputs = published_outputs(self._stack, self._plan, self._scope)
        except RequestError as error:
            return f"{error.message}. "
        return None

    def _handle_failure(self, reason: str) -> None:
        on_failure = self._stack.options.on_failure
        if on_failure == "DO_NOTHING":
            self._stack.set_status("CREATE_FAILED", reason)
        elif on_failure == "DELETE":
            self._stack.set_status("CREATE_FAILED", f"{reason}Delete requested by user.")
            Removal(self._engine, self._stack).delete()
        else:
            Removal(self._engine, self._stack).roll_back(f"{reason}Rollback requested by user.")


def failure_reason(failed: dict[str, str]) -> str:
    """Word the reason of a stack from the ids that failed, each with `create` or `update`."""
    sentences = []
    for verb in ("create", "update"):
        names = sorted(name for name, operation in failed.items() if operation == verb)
        if names:
            sentences.append(f"The following resource(s) failed to {verb}: [{', '.join(names)}]. ")
    return "".join(sentences)


def published_outputs(stack: Stack, plan: Plan, scope: Scope) -> list[dict[str, str]]:
    """Evaluate a stack's outputs and publish its exports in place of those it had."""
    store = StackStore.of(stack.account, stack.region)
    outputs, exports = [], {}
    for name, declared in plan.outputs.items():
        value = scalar_text(evaluate(declared.get("Value"), scope))
        export = evaluate((declared.get("Export") or {}).get("Name"), scope)
        if export in exports or (export in store.exports and store.exports[export][0] != stack.id):
            raise validation_error(f"Export with name {export} is already exported by another stack")
        entry = {"OutputKey": name, "OutputValue": value}
        entry |= {"Description": declared["Description"]} if declared.get("Description") else {}
        if export:
            exports[export] = (stack.id, value)
            entry["ExportName"] = export
        outputs.append(entry)
    store.drop_exports(stack)
    store.exports |= exports
    return outputs


def reason_of(error: Exception) -> str:
    """Word why a resource failed as its stack event does."""
    if isinstance(error, RequestError):
        return error.message
    return str(error) if isinstance(error, CreationFailed) else provisioning_reason(error)
