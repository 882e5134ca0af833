"""The CloudFormation operations on change sets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from . import change_sets, imports, parameters
from .change_sets import ChangeSet
from .engine import UpdateOrder
from .errors import RequestError, validation_error
from .request_parts import RequestParts
from .stacks import Stack
from .template import parse

_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]{0,127}")


class ChangeSetOperations(RequestParts):
    """CreateChangeSet to ExecuteChangeSet."""

    def create_change_set(self) -> ActionResult:
        """CreateChangeSet; the changes are worked out in the background."""
        name, kind = self.params["ChangeSetName"], self.params.get("ChangeSetType") or "UPDATE"
        if not _NAME.fullmatch(name):
            raise validation_error(
                f"1 validation error detected: Value '{name}' at 'changeSetName' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
            )
        store = self.store()
        with store.lock:
            present = store.stacks.get(self.params["StackName"]) or store.active(self.params["StackName"])
            repeated = self._repeated(present, name)
            if repeated:
                return ActionResult({"Id": repeated.id, "StackId": repeated.stack.id})
            stack = self._stack_for(kind, present)
            change_set = self._new_change_set(stack, name, kind)
            stack.change_sets[name] = change_set
        self.engine.begin_change_set(change_set)
        return ActionResult({"Id": change_set.id, "StackId": stack.id})

    def describe_change_set(self) -> ActionResult:
        """DescribeChangeSet, its changes page by page."""
        change_set = self._change_set()
        changes, token = self.page(change_set.changes)
        with_values = bool(self.params.get("IncludePropertyValues"))
        revision = change_set.revision
        shown = {
            **_summary(change_set),
            "Parameters": parameters.shown(revision.template, revision.parameters),
            "NotificationARNs": list(revision.options.notification_arns),
            "RollbackConfiguration": revision.options.rollback_configuration,
            "Capabilities": list(revision.options.capabilities),
            "Tags": [{"Key": key, "Value": value} for key, value in revision.options.tags.items()],
            "OnStackFailure": change_set.on_stack_failure,
            "Changes": [change.described(with_values=with_values) for change in changes],
            "NextToken": token,
        }
        return ActionResult({key: value for key, value in shown.items() if value is not None})

    def list_change_sets(self) -> ActionResult:
        """ListChangeSets of a stack, the newest first."""
        entries = sorted(self.stack().change_sets.values(), key=lambda entry: entry.created, reverse=True)
        page, token = self.page([_summary(entry) for entry in entries])
        return ActionResult({"Summaries": page, "NextToken": token})

    def execute_change_set(self) -> ActionResult:
        """ExecuteChangeSet; the same token again asks for nothing more."""
        with self.store().lock:
            change_set, token = self._change_set(), self.params.get("ClientRequestToken")
            if token and change_set.execution_token == token:
                return EmptyResult()
            self._check_executable(change_set)
            if self.params.get("DisableRollback") is not None and change_set.on_stack_failure:
                raise validation_error("You may specify either DisableRollback or OnStackFailure, but not both.")
            disable = bool(self.params.get("DisableRollback"))
            if disable:
                options = replace(change_set.revision.options, on_failure="DO_NOTHING")
                change_set.revision = replace(change_set.revision, options=options)
            disable = disable or change_set.on_stack_failure == "DO_NOTHING"
            order = UpdateOrder(token=token, disable_rollback=disable, imports=change_set.to_import)
            self.engine.execute(change_set, order)
        return EmptyResult()

    def delete_change_set(self) -> ActionResult:
        """DeleteChangeSet; one that is not there is no error."""
        try:
            change_set = self._change_set()
        except RequestError as error:
            if error.code == "ChangeSetNotFound":
                return EmptyResult()
            raise
        if change_set.execution_status == "EXECUTE_IN_PROGRESS":
            raise RequestError(
                "InvalidChangeSetStatus",
                f"ChangeSet [{change_set.id}] cannot be deleted in its current execution status of "
                f"[{change_set.shown_execution_status}]",
            )
        change_set.stack.change_sets.pop(change_set.name, None)
        return EmptyResult()

    # ------------------------------------------------------------------- parts

    def _change_set(self) -> ChangeSet:
        return change_sets.find(self.store(), self.params["ChangeSetName"], self.params.get("StackName"))

    def _repeated(self, stack: Stack | None, name: str) -> ChangeSet | None:
        """Return the change set that this very request made before; refuse another one of the name."""
        present = stack.change_sets.get(name) if stack else None
        if present is None:
            return None
        token = self.params.get("ClientToken")
        if token and present.token == token:
            return present
        raise RequestError("AlreadyExistsException", f"ChangeSet {name} already exists")

    def _stack_for(self, kind: str, present: Stack | None) -> Stack:
        name = self.params["StackName"]
        if kind == "UPDATE":
            if present is None:
                raise validation_error(f"Stack [{name}] does not exist")
            change_sets.check_updatable(present)
            return present
        if present is not None and present.status == "REVIEW_IN_PROGRESS":
            return present
        if kind == "IMPORT" and present is not None:
            change_sets.check_updatable(present)
            return present
        if present is not None:
            change_set = self.params["ChangeSetName"]
            raise validation_error(
                f"Stack [{name}] already exists and cannot be created again with the changeSet [{change_set}]."
            )
        template = parse(self.template_text(), self.region)
        return self.engine.begin_review(self.current_account, self.region, name, template, self._new_options())

    def _new_options(self) -> Any:
        on_failure = self.params.get("OnStackFailure") or "ROLLBACK"
        return replace(self.options(), on_failure=on_failure, token=self.params.get("ClientToken"))

    def _new_change_set(self, stack: Stack, name: str, kind: str) -> ChangeSet:
        is_new = stack.status == "REVIEW_IN_PROGRESS"
        options = self._new_options() if is_new else self.revised_options(stack)
        template = parse(self.template_text(), self.region) if is_new else self.revised_template(stack)
        return ChangeSet(
            stack,
            name,
            kind,
            self.engine.revise(stack, template, options),
            description=self.params.get("Description"),
            token=self.params.get("ClientToken"),
            on_stack_failure=self.params.get("OnStackFailure"),
            include_nested=bool(self.params.get("IncludeNestedStacks")),
            import_existing=kind != "IMPORT" and bool(self.params.get("ImportExistingResources")),
            to_import=imports.targets(self.region, self.params.get("ResourcesToImport") or []),
        )

    def _check_executable(self, change_set: ChangeSet) -> None:
        if change_set.status != "CREATE_COMPLETE":
            raise RequestError(
                "InvalidChangeSetStatus",
                f"ChangeSet [{change_set.id}] cannot be executed in its current status of [{change_set.status}]",
            )
        if change_set.execution_status != "AVAILABLE":
            raise RequestError(
                "InvalidChangeSetStatus",
                f"ChangeSet [{change_set.id}] cannot be executed in its current execution status of "
                f"[{change_set.shown_execution_status}]",
            )
        if change_set.stack.status != "REVIEW_IN_PROGRESS":
            change_sets.check_updatable(change_set.stack)


def _summary(change_set: ChangeSet) -> dict[str, Any]:
    shown = {
        "StackId": change_set.stack.id,
        "StackName": change_set.stack.name,
        "ChangeSetId": change_set.id,
        "ChangeSetName": change_set.name,
        "ExecutionStatus": change_set.shown_execution_status,
        "Status": change_set.status,
        "StatusReason": change_set.reason,
        "CreationTime": change_set.created,
        "Description": change_set.description,
        "IncludeNestedStacks": change_set.include_nested,
        "ImportExistingResources": change_set.import_existing,
    }
    return {key: value for key, value in shown.items() if value is not None}
