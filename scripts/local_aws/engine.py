"""The stack engine: accepts requests at once and works on each stack in a thread of its own."""

from __future__ import annotations

import os
import threading
from typing import Any

from moto.utilities.utils import get_partition

from . import parameters
from .clients import Clients
from .creation import Creation
from .errors import RequestError, validation_error
from .failures import FailureTable
from .graph import make_plan
from .intrinsics import Scope
from .removal import Removal
from .stacks import Stack, StackOptions, StackStore
from .template import Template

DELAY_VARIABLE = "STACKGEN_LOCAL_AWS_DELAY"
_IN_PROGRESS_OF_DELETE = ("DELETE_IN_PROGRESS", "DELETE_COMPLETE")


class Engine:
    """Creates and deletes stacks on one local endpoint."""

    def __init__(self, endpoint: str, delay: float | None = None) -> None:
        """Work on `endpoint`. `delay`: seconds a resource takes; from STACKGEN_LOCAL_AWS_DELAY, else 0."""
        self.endpoint = endpoint
        self.delay = float(os.environ.get(DELAY_VARIABLE) or 0) if delay is None else delay
        self.failures = FailureTable()
        self._working: set[Stack] = set()
        self._lock = threading.Lock()

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
        missing = sorted(set(template.required_capabilities()) - _granted(options.capabilities))
        if missing:
            raise RequestError("InsufficientCapabilitiesException", f"Requires capabilities : [{', '.join(missing)}]")
        stack = Stack(
            account=account,
            partition=get_partition(region),
            region=region,
            name=name,
            template=template,
            options=options,
        )
        stack.parameters = parameters.resolve(template, options.parameters)
        stack.plan = make_plan(template, self.scope(stack), region)
        return stack

    def create_nested(self, stack: Stack) -> None:
        """Create a prepared stack in the caller's thread."""
        store = StackStore.of(stack.account, stack.region)
        store.stacks[stack.id] = stack
        stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
        Creation(self, stack).run()

    def delete(self, stack: Stack, token: str | None = None) -> None:
        """Begin deleting a stack; a creation that is still going on is stopped first."""
        if stack.status in _IN_PROGRESS_OF_DELETE:
            return
        if stack.termination_protection:
            raise validation_error(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        stack.interrupt.set()
        previous, stack.delete_token = stack.thread, token
        stack.status = "DELETE_IN_PROGRESS"
        self._begin(stack, lambda: self._delete_after(previous, stack))

    def delete_nested(self, stack: Stack) -> None:
        """Delete a stack in the caller's thread."""
        Removal(self, stack).delete()

    def reset(self) -> None:
        """Stop every creation and deletion and wait for them, so that no thread outlives its stores."""
        with self._lock:
            working = list(self._working)
        for stack in working:
            stack.interrupt.set()
        for stack in working:
            if stack.thread:
                stack.thread.join(timeout=30)
        self.failures.clear()

    def scope(self, stack: Stack) -> Scope:
        """Return what names mean in the stack's template before any resource exists."""
        store = StackStore.of(stack.account, stack.region)
        references: dict[str, Any] = {
            **parameters.typed(stack.template, stack.parameters),
            "AWS::AccountId": stack.account,
            "AWS::NotificationARNs": list(stack.options.notification_arns),
            "AWS::Partition": stack.partition,
            "AWS::Region": stack.region,
            "AWS::StackId": stack.id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": "amazonaws.com.cn" if stack.partition == "aws-cn" else "amazonaws.com",
        }
        return Scope(
            references=references,
            mappings=stack.template.tree.get("Mappings") or {},
            condition_declarations=stack.template.tree.get("Conditions") or {},
            attribute=lambda logical_id, name: attribute_of(stack, logical_id, name),
            zones=lambda region: self._zones(stack.account, region),
            exports=store.export,
        )

    def _zones(self, account: str, region: str) -> list[str]:
        answer = self.clients(account, region)["ec2"].describe_availability_zones()
        return [zone["ZoneName"] for zone in answer["AvailabilityZones"]]

    def _begin(self, stack: Stack, work: Any) -> None:
        def run() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._working.discard(stack)

        stack.thread = threading.Thread(target=run, name=stack.name, daemon=True)
        with self._lock:
            self._working.add(stack)
        stack.thread.start()

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
