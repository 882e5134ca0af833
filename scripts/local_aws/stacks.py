"""Stacks as CloudFormation shows them: status, resources, events in order, and where they are kept."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from moto.cloudformation.models import cloudformation_backends

from .errors import validation_error
from .graph import Plan
from .template import Template

if TYPE_CHECKING:
    from .change_sets import ChangeSet
    from .imports import ImportTarget
    from .update import UnfinishedRollback

STACK_TYPE = "AWS::CloudFormation::Stack"
SYSTEM_TAG_PREFIX = "aws:cloudformation:"


@dataclass
class ResourceState:
    """What became of one resource of a stack."""

    logical_id: str
    type_name: str
    status: str
    timestamp: datetime
    physical_id: str = ""
    reason: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class DriftState:
    """What the last drift detection of a stack found."""

    status: str = "NOT_CHECKED"
    checked: datetime | None = None
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class StackOptions:
    """The parts of a CreateStack request that are not the template."""

    parameters: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    capabilities: tuple[str, ...] = ()
    on_failure: str = "ROLLBACK"
    token: str | None = None
    role_arn: str | None = None
    notification_arns: tuple[str, ...] = ()
    termination_protection: bool = False
    timeout_minutes: int | None = None
    rollback_configuration: dict[str, Any] = field(default_factory=dict)
    parent_id: str | None = None
    root_id: str | None = None


@dataclass(frozen=True)
class Revision:
    """What a stack is told to be: a template with its parameters' values and the plan made of both."""

    template: Template
    options: StackOptions
    parameters: dict[str, str]
    plan: Plan


class Stack:
    """One stack. Written by the thread that works on it, read by any request."""

    def __init__(
        self, *, account: str, partition: str, region: str, name: str, template: Template, options: StackOptions
    ) -> None:
        """Make a stack that has not begun; its id holds a fresh UUID, as on AWS."""
        self.account = account
        self.partition = partition
        self.region = region
        self.name = name
        self.id = f"arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{uuid.uuid4()}"
        self.template = template
        self.options = options
        self.termination_protection = options.termination_protection
        self.parameters: dict[str, str] = {}
        self.plan: Plan | None = None
        self.status = "CREATE_IN_PROGRESS"
        self.reason: str | None = None
        self.created = datetime.now(UTC)
        self.deleted: datetime | None = None
        self.resources: dict[str, ResourceState] = {}
        self.outputs: list[dict[str, str]] = []
        self.events: list[dict[str, Any]] = []
        self.updated: datetime | None = None
        self.change_sets: dict[str, ChangeSet] = {}
        self.change_set_id: str | None = None
        self.policy: str | None = None
        self.drift = DriftState()
        self.unfinished_rollback: UnfinishedRollback | None = None
        self.operation_token = options.token
        self.imports: dict[str, ImportTarget] = {}
        self.update_tokens: set[str] = set()
        self.cancelled = threading.Event()
        self.interrupt = threading.Event()
        self.thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def uuid(self) -> str:
        """The last part of the stack's id."""
        return self.id.rsplit("/", 1)[1]

    @property
    def revision(self) -> Revision | None:
        """What the stack is, or is becoming; None before its plan is made."""
        return Revision(self.template, self.options, self.parameters, self.plan) if self.plan else None

    @revision.setter
    def revision(self, revision: Revision) -> None:
        self.template, self.options = revision.template, revision.options
        self.parameters, self.plan = revision.parameters, revision.plan

    @property
    def is_deleted(self) -> bool:
        """Whether the stack is gone and can be found by its id only."""
        return self.status == "DELETE_COMPLETE"

    def set_status(self, status: str, reason: str | None = None) -> None:
        """Move the stack to a status and record the event of it."""
        self._record(self.name, self.id, STACK_TYPE, status, reason)
        self.status, self.reason = status, reason
        if status == "DELETE_COMPLETE":
            self.deleted = datetime.now(UTC)

    def set_resource(self, resource: ResourceState, status: str, reason: str | None = None) -> None:
        """Move a resource of the stack to a status and record the event of it."""
        event = self._record(resource.logical_id, resource.physical_id, resource.type_name, status, reason)
        resource.status, resource.reason, resource.timestamp = status, reason, event["Timestamp"]

    def system_tags(self, logical_id: str) -> dict[str, str]:
        """Return the tags that CloudFormation itself puts on a resource."""
        return {
            f"{SYSTEM_TAG_PREFIX}stack-name": self.name,
            f"{SYSTEM_TAG_PREFIX}stack-id": self.id,
            f"{SYSTEM_TAG_PREFIX}logical-id": logical_id,
        }

    def _record(
        self, logical_id: str, physical_id: str, type_name: str, status: str, reason: str | None
    ) -> dict[str, Any]:
        with self._lock:
            event = {
                "StackId": self.id,
                "StackName": self.name,
                "EventId": str(uuid.uuid4()) if type_name == STACK_TYPE else f"{logical_id}-{status}-{uuid.uuid4()}",
                "LogicalResourceId": logical_id,
                "PhysicalResourceId": physical_id,
                "ResourceType": type_name,
                "Timestamp": self._next_timestamp(),
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
                "ClientRequestToken": self.operation_token,
            }
            self.events.append({key: value for key, value in event.items() if value is not None})
        return event

    def _next_timestamp(self) -> datetime:
        """Return the time, moved on where the clock's resolution would give two events one millisecond."""
        now = datetime.now(UTC)
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        if self.events:
            now = max(now, self.events[-1]["Timestamp"] + timedelta(milliseconds=1))
        return now


class StackStore:
    """The stacks and exports of one account and region. A reset of moto empties it."""

    def __init__(self) -> None:
        """Start empty."""
        self.stacks: dict[str, Stack] = {}
        self.exports: dict[str, tuple[str, str]] = {}
        self.detections: dict[str, Any] = {}
        self.lock = threading.RLock()

    @classmethod
    def of(cls, account: str, region: str) -> StackStore:
        """Return the store of an account and region, kept on moto's own backend for them."""
        backend = cloudformation_backends[account][region]
        return backend.__dict__.setdefault("stackgen_stacks", cls())

    def active(self, name: str) -> Stack | None:
        """Return the stack of that name that is not deleted."""
        return next((stack for stack in self.stacks.values() if stack.name == name and not stack.is_deleted), None)

    def find(self, name_or_id: str) -> Stack:
        """Return a stack by id, or by name when it is not deleted; refuse unknown ones."""
        stack = self.stacks.get(name_or_id) or self.active(name_or_id)
        if stack is None:
            raise validation_error(f"Stack with id {name_or_id} does not exist")
        return stack

    def export(self, name: str) -> str:
        """Return an exported value for `Fn::ImportValue`."""
        if name not in self.exports:
            raise validation_error(f"No export named {name} found.")
        return self.exports[name][1]

    def drop_exports(self, stack: Stack) -> None:
        """Forget what a stack exported."""
        self.exports = {name: entry for name, entry in self.exports.items() if entry[0] != stack.id}
