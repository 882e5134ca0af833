"""The CloudFormation operations that change a stack which exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.core.responses import ActionResult, EmptyResult

from . import change_sets, stack_policy
from .changes import changes_between
from .engine import UpdateOrder
from .errors import validation_error
from .request_parts import RequestParts

if TYPE_CHECKING:
    from .stacks import Revision, Stack


class UpdateOperations(RequestParts):
    """UpdateStack and what belongs to it."""

    def update_stack(self) -> ActionResult:
        """UpdateStack; the same token again asks for nothing more."""
        with self.store().lock:
            stack, token = self.stack(), self.params.get("ClientRequestToken")
            if token and token in stack.update_tokens:
                return ActionResult({"StackId": stack.id})
            change_sets.check_updatable(stack)
            revision = self.engine.revise(stack, self.revised_template(stack), self.revised_options(stack))
            override = self.policy_text("StackPolicyDuringUpdate")
            stack_policy.parse(override)
            self._set_policy(self.policy_text("StackPolicy"))
            changes = changes_between(self.engine, stack, revision)
            if not (change_sets.is_change(stack, revision, changes) or self._changes_options(stack, revision)):
                raise validation_error("No updates are to be performed.")
            change_sets.retire_others(None, stack)
            if token:
                stack.update_tokens.add(token)
            order = UpdateOrder(token, override, bool(self.params.get("DisableRollback")))
            self.engine.update(stack, revision, order)
        return ActionResult({"StackId": stack.id})

    @staticmethod
    def _changes_options(stack: Stack, revision: Revision) -> bool:
        """Whether topics, alarms or the role change: the direct call takes these alone, a change set does not."""
        before, after = stack.options, revision.options
        return any(
            getattr(before, name) != getattr(after, name)
            for name in ("notification_arns", "rollback_configuration", "role_arn")
        )

    def cancel_update_stack(self) -> ActionResult:
        """CancelUpdateStack: back to what was before."""
        self.engine.cancel_update(self.stack(), self.params.get("ClientRequestToken"))
        return EmptyResult()

    def continue_update_rollback(self) -> ActionResult:
        """ContinueUpdateRollback, with resources to leave as they are."""
        skipped = frozenset(self.params.get("ResourcesToSkip") or ())
        self.engine.continue_rollback(self.stack(), self.params.get("ClientRequestToken"), skipped)
        return EmptyResult()

    def set_stack_policy(self) -> ActionResult:
        """SetStackPolicy."""
        self._set_policy(self.policy_text("StackPolicy"))
        return EmptyResult()

    def get_stack_policy(self) -> ActionResult:
        """GetStackPolicy."""
        policy = self.stack().policy
        return ActionResult({"StackPolicyBody": policy} if policy is not None else {})

    def _set_policy(self, text: str | None) -> None:
        if text is not None:
            stack_policy.parse(text)
            self.stack().policy = text
