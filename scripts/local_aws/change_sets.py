"""Change sets: created in the background, described page by page, executed once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from . import imports
from .changes import Change, changes_between
from .errors import RequestError, validation_error
from .settings import SETTINGS
from .stacks import Revision, Stack, StackStore

if TYPE_CHECKING:
    from .engine import Engine

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
UPDATABLE = (
    "CREATE_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE", "UPDATE_COMPLETE", "UPDATE_FAILED",
    "UPDATE_ROLLBACK_COMPLETE",
)  # fmt: skip


@dataclass
class ChangeSet:
    """One change set of a stack; its status moves in a thread of its own."""

    stack: Stack
    name: str
    kind: str
    revision: Revision
    description: str | None = None
    token: str | None = None
    on_stack_failure: str | None = None
    include_nested: bool = False
    to_import: dict[str, imports.ImportTarget] = field(default_factory=dict)
    import_existing: bool = False
    id: str = ""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = "CREATE_PENDING"
    reason: str | None = None
    execution_status: str = "UNAVAILABLE"
    changes: list[Change] = field(default_factory=list)
    execution_token: str | None = None

    def __post_init__(self) -> None:
        """Give the change set its id."""
        stack = self.stack
        prefix = f"arn:{stack.partition}:cloudformation:{stack.region}:{stack.account}:changeSet"
        self.id = f"{prefix}/{self.name}/{uuid.uuid4()}"

    @property
    def shown_execution_status(self) -> str:
        """Where its execution stands, which the stack's own status tells."""
        if self.execution_status != "EXECUTE_IN_PROGRESS" or self.stack.status.endswith("_IN_PROGRESS"):
            return self.execution_status
        ended_well = self.stack.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
        return "EXECUTE_COMPLETE" if ended_well else "EXECUTE_FAILED"

    def work_out(self, engine: Engine) -> None:
        """Find the changes; end in CREATE_COMPLETE, or in FAILED with the reason."""
        self.status = "CREATE_IN_PROGRESS"
        if self.stack.interrupt.wait(SETTINGS.timing.change_set_seconds):
            return
        injected = engine.failures.take("CHANGESET", self.stack.name, self.name)
        try:
            if self.import_existing:
                self.to_import = imports.existing(engine, self.stack, self.revision)
            physical_ids = {name: target.physical_id for name, target in self.to_import.items()}
            self.changes = changes_between(engine, self.stack, self.revision, physical_ids)
            reason = injected or self._objection(engine)
        except RequestError as error:
            reason = error.message
        if reason:
            self.reason, self.status = reason, "FAILED"
        else:
            self.execution_status = "AVAILABLE"
            self.status = "CREATE_COMPLETE"

    def _objection(self, engine: Engine) -> str | None:
        if self.kind == "IMPORT":
            return imports.objection(engine, self.stack, self.revision, self.to_import, self.changes)
        return None if is_change(self.stack, self.revision, self.changes) else NO_CHANGES


def is_change(stack: Stack, revision: Revision, changes: list[Change]) -> bool:
    """Whether there is anything to do: a resource, an output, or a change of the stack's own tags."""
    if changes or stack.plan is None:
        return True
    before, after = stack.options, revision.options
    return stack.plan.outputs != revision.plan.outputs or before.tags != after.tags


def check_updatable(stack: Stack) -> None:
    """Refuse a stack that cannot be updated in its present state."""
    if stack.status not in UPDATABLE:
        raise validation_error(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")


def find(store: StackStore, name_or_id: str, stack_name: str | None) -> ChangeSet:
    """Return a change set by id, or by name within a stack."""
    stacks = store.stacks.values() if stack_name is None else _named(store, stack_name)
    for stack in stacks:
        for change_set in stack.change_sets.values():
            if name_or_id == change_set.id or (stack_name is not None and name_or_id == change_set.name):
                return change_set
    if stack_name is None and not name_or_id.startswith("arn:"):
        raise validation_error("StackName must be specified if ChangeSetName is not specified as an ARN.")
    raise RequestError("ChangeSetNotFound", f"ChangeSet [{name_or_id}] does not exist")


def _named(store: StackStore, name: str) -> list[Stack]:
    stack = store.stacks.get(name) or store.active(name)
    return [stack] if stack else []


def retire_others(executed: ChangeSet | None, stack: Stack) -> None:
    """Drop the change sets that a stack's update made worthless; the executed one stays readable."""
    stack.change_sets = {name: entry for name, entry in stack.change_sets.items() if entry is executed}
