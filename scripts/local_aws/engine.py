"""The stack engine: accepts requests at once and works on each stack in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from moto.utilities.utils import get_partition

from . import parameters
from .change_sets import ChangeSet, retire_others
from .clients import Clients
from .creation import Creation
from .errors import RequestError, validation_error
from .failures import TABLE
from .graph import make_plan
from .importing import Import, Targets
from .intrinsics import Scope
from .removal import Removal
from .settings import SETTINGS
from .stacks import Revision, Stack, StackOptions, StackStore
from .template import Template
from .update import Rollback, Update

_IN_PROGRESS_OF_DELETE = ("DELETE_IN_PROGRESS", "DELETE_COMPLETE")


@dataclass
class UpdateOrder:
    """How an update is to be done."""

    token: str | None = None
    policy: str | None = None
    disable_rollback: bool = False
    before: Revision | None = None
    imports: Targets = field(default_factory=dict)


class Engine:
    """Creates and deletes stacks on one local endpoint."""

    def __init__(self, endpoint: str) -> None:
        """Work on `endpoint`."""
        self.endpoint = endpoint
        self.failures = TABLE
        self._working: dict[threading.Thread, Stack] = {}
        self._lock = threading.Lock()

    @property
    def delay(self) -> float:
        """Seconds that a resource takes."""
        return SETTINGS.timing.resource_seconds

    def clients(self, account: str, region: str) -> Clients:
        """Return the service clients of an account and region."""
        return Clients(self.endpoint, account, region)

    def create(self, account: str, region: str, name: str, template: Template, options: StackOptions) -> Stack:
        """Check the request, record the stack and begin creating it.

        The same name with the same client request token gives the stack of the first request.
        Raises `RequestError` with the code that CloudFormation answers with.
        """
        store = StackStore.of(account, region)
        with store.lock:
            existing = store.active(name)
            if existing and options.token and existing.options.token == options.token:
                return existing
            if existing:
                raise RequestError("AlreadyExistsException", f"Stack [{name}] already exists")
            stack = self.prepare(account, region, name, template, options)
            store.stacks[stack.id] = stack
            stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
        self._begin(stack, Creation(self, stack).run)
        return stack

    def prepare(self, account: str, region: str, name: str, template: Template, options: StackOptions) -> Stack:
        """Return a stack whose request is valid and whose plan is made, not yet stored or begun."""
        stack = Stack(
            account=account,
            partition=get_partition(region),
            region=region,
            name=name,
            template=template,
            options=options,
        )
        stack.revision = self.revise(stack, template, options)
        return stack

    def revise(self, stack: Stack, template: Template, options: StackOptions) -> Revision:
        """Check what a stack is to become and return it with its plan.

        Raises `RequestError` with the code that CloudFormation answers with.
        """
        missing = sorted(set(template.required_capabilities()) - _granted(options.capabilities))
        if missing:
            raise RequestError("InsufficientCapabilitiesException", f"Requires capabilities : [{', '.join(missing)}]")
        values = parameters.resolve(template, options.parameters)
        scope = self._scope(stack, template, values, options)
        return Revision(template, options, values, make_plan(template, scope, stack.region))

    def create_nested(self, stack: Stack) -> None:
        """Create a prepared stack in the caller's thread."""
        store = StackStore.of(stack.account, stack.region)
        store.stacks[stack.id] = stack
        stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
        Creation(self, stack).run()

    def update(self, stack: Stack, revision: Revision, order: UpdateOrder) -> None:
        """Begin updating a stack to a revision."""
        self._start_update(stack, revision, order)
        self._begin(stack, lambda: self._run_update(stack, order))

    def update_nested(self, stack: Stack, revision: Revision) -> None:
        """Update a stack in the caller's thread."""
        order = UpdateOrder()
        self._start_update(stack, revision, order)
        self._run_update(stack, order)

    def _start_update(self, stack: Stack, revision: Revision, order: UpdateOrder) -> None:
        stack.cancelled.clear()
        order.before = stack.revision
        stack.revision, stack.operation_token, stack.imports = revision, order.token, order.imports
        stack.updated = datetime.now(UTC)
        stack.set_status("UPDATE_IN_PROGRESS", "User Initiated")

    def _run_update(self, stack: Stack, order: UpdateOrder) -> None:
        before = order.before or stack.revision
        if before is not None:
            Update(self, stack, before, order.policy or stack.policy, disable_rollback=order.disable_rollback).run()

    def cancel_update(self, stack: Stack, token: str | None) -> None:
        """Stop an update and begin its rollback."""
        if stack.status != "UPDATE_IN_PROGRESS":
            raise validation_error("CancelUpdateStack cannot be called from current stack status")
        stack.operation_token = token or stack.operation_token
        stack.cancelled.set()

    def continue_rollback(self, stack: Stack, token: str | None, skipped: frozenset[str]) -> None:
        """Begin again the rollback of an update that failed itself."""
        work = stack.unfinished_rollback
        if stack.status != "UPDATE_ROLLBACK_FAILED" or work is None:
            raise validation_error(
                f"Stack:{stack.id} is in {stack.status} state and can not continue rolling back the update."
            )
        unknown = sorted(skipped - {state.logical_id for state in work.to_restore})
        if unknown:
            raise validation_error(f"ResourcesToSkip: [{', '.join(unknown)}] are not in UPDATE_FAILED state")
        stack.operation_token = token
        stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
        self._begin(stack, lambda: Rollback(self, stack, work).run(skipped))

    def import_resources(self, stack: Stack, revision: Revision, order: UpdateOrder, targets: Targets) -> None:
        """Begin taking existing resources into a stack."""
        before, stack.revision = stack.revision, revision
        stack.operation_token = order.token
        stack.set_status("IMPORT_IN_PROGRESS", "User Initiated")
        self._begin(stack, Import(self, stack, before, targets).run)

    def begin_review(self, account: str, region: str, name: str, template: Template, options: StackOptions) -> Stack:
        """Record a stack that has nothing yet but a change set to come."""
        stack = Stack(
            account=account,
            partition=get_partition(region),
            region=region,
            name=name,
            template=template,
            options=options,
        )
        self.revise(stack, template, options)
        StackStore.of(account, region).stacks[stack.id] = stack
        stack.set_status("REVIEW_IN_PROGRESS", "User Initiated")
        return stack

    def begin_change_set(self, change_set: ChangeSet) -> None:
        """Begin finding out what a change set changes."""
        self._begin(change_set.stack, lambda: change_set.work_out(self), owns_stack=False)

    def execute(self, change_set: ChangeSet, order: UpdateOrder) -> None:
        """Begin what the change set holds: a creation, an update or an import."""
        stack = change_set.stack
        change_set.execution_status, change_set.execution_token = "EXECUTE_IN_PROGRESS", order.token
        stack.change_set_id = change_set.id
        retire_others(change_set, stack)
        if change_set.kind == "IMPORT":
            self.import_resources(stack, change_set.revision, order, change_set.to_import)
        elif stack.status == "REVIEW_IN_PROGRESS":
            stack.revision, stack.operation_token, stack.imports = change_set.revision, order.token, order.imports
            stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
            self._begin(stack, Creation(self, stack).run)
        else:
            self.update(stack, change_set.revision, order)

    def delete(self, stack: Stack, token: str | None = None) -> None:
        """Begin deleting a stack; a creation that is still going on is stopped first."""
        if stack.status in _IN_PROGRESS_OF_DELETE:
            return
        if stack.termination_protection:
            raise validation_error(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        if stack.status.startswith(("UPDATE_", "IMPORT_")) and stack.status.endswith("_IN_PROGRESS"):
            raise validation_error(f"Stack [{stack.name}] cannot be deleted while in status {stack.status}")
        stack.interrupt.set()
        previous, stack.operation_token = stack.thread, token
        stack.status = "DELETE_IN_PROGRESS"
        self._begin(stack, lambda: self._delete_after(previous, stack))

    def delete_nested(self, stack: Stack) -> None:
        """Delete a stack in the caller's thread."""
        Removal(self, stack).delete()

    def reset(self) -> None:
        """Stop every creation and deletion and wait for them, so that no thread outlives its stores."""
        with self._lock:
            working = dict(self._working)
        for stack in working.values():
            stack.interrupt.set()
        for thread in working:
            thread.join(timeout=30)
        self.failures.clear()
        SETTINGS.reset()

    def scope(self, stack: Stack, revision: Revision | None = None) -> Scope:
        """Return what names mean in a revision, the stack's own by default, before any resource exists."""
        if revision is None:
            return self._scope(stack, stack.template, stack.parameters, stack.options)
        return self._scope(stack, revision.template, revision.parameters, revision.options)

    def attribute(self, stack: Stack, logical_id: str, name: str) -> Any:
        """Return an attribute of a created resource."""
        return attribute_of(stack, logical_id, name)

    def _scope(self, stack: Stack, template: Template, values: dict[str, str], options: StackOptions) -> Scope:
        store = StackStore.of(stack.account, stack.region)
        references: dict[str, Any] = {
            **parameters.typed(template, values),
            "AWS::AccountId": stack.account,
            "AWS::NotificationARNs": list(options.notification_arns),
            "AWS::Partition": stack.partition,
            "AWS::Region": stack.region,
            "AWS::StackId": stack.id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": "amazonaws.com.cn" if stack.partition == "aws-cn" else "amazonaws.com",
        }
        return Scope(
            references=references,
            mappings=template.tree.get("Mappings") or {},
            condition_declarations=template.tree.get("Conditions") or {},
            attribute=lambda logical_id, name: attribute_of(stack, logical_id, name),
            zones=lambda region: self._zones(stack.account, region),
            exports=store.export,
        )

    def _zones(self, account: str, region: str) -> list[str]:
        answer = self.clients(account, region)["ec2"].describe_availability_zones()
        return [zone["ZoneName"] for zone in answer["AvailabilityZones"]]

    def _begin(self, stack: Stack, work: Callable[[], None], *, owns_stack: bool = True) -> None:
        def run() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._working.pop(thread, None)

        thread = threading.Thread(target=run, name=stack.name, daemon=True)
        if owns_stack:
            stack.thread = thread
        with self._lock:
            self._working[thread] = stack
        thread.start()

    def _delete_after(self, previous: threading.Thread | None, stack: Stack) -> None:
        if previous and previous.is_alive():
            previous.join()
        Removal(self, stack).delete()


def attribute_of(stack: Stack, logical_id: str, name: str) -> Any:
    """Return an attribute of a created resource; properties serve as attributes of the same name."""
    resource = stack.resources.get(logical_id)
    if resource:
        for values in (resource.attributes, resource.properties):
            if name in values:
                return values[name]
    raise validation_error(
        f"Template error: resource {logical_id} does not support attribute type {name} in Fn::GetAtt"
    )


def _granted(capabilities: tuple[str, ...]) -> set[str]:
    granted = set(capabilities)
    if "CAPABILITY_NAMED_IAM" in granted:
        granted.add("CAPABILITY_IAM")
    return granted
