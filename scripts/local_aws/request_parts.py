"""What every CloudFormation operation reads from its request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from moto.core.responses import BaseResponse

from . import template_source
from .engine import Engine
from .errors import validation_error
from .settings import SETTINGS
from .stacks import Stack, StackOptions, StackStore
from .template import INLINE_LIMIT, Template, parse


class RequestParts(BaseResponse):
    """The parts of a CloudFormation request."""

    engine: ClassVar[Engine]

    def store(self) -> StackStore:
        """Return the stacks of the request's account and region."""
        return StackStore.of(self.current_account, self.region)

    def stack(self) -> Stack:
        """Return the stack that the request names."""
        return self.store().find(self.params["StackName"])

    def stack_of(self, physical_id: str) -> Stack:
        """Return the stack that holds a physical id."""
        for stack in self.store().stacks.values():
            if any(resource.physical_id == physical_id for resource in stack.resources.values()):
                return stack
        raise validation_error(f"Stack for {physical_id} does not exist")

    def page(self, entries: Sequence[Any]) -> tuple[Sequence[Any], str | None]:
        """Return one page of entries, and the token of the next."""
        start = int(self.params.get("NextToken") or 0)
        following = start + SETTINGS.timing.page_size
        return entries[start:following], str(following) if following < len(entries) else None

    def template_text(self) -> str:
        """Return the template's text, from the request or its bucket."""
        text, url = self.params.get("TemplateBody"), self.params.get("TemplateURL")
        if bool(text) == bool(url):
            raise validation_error("Either Template URL or Template Body must be specified.")
        if url:
            return template_source.fetch(self.engine.clients(self.current_account, self.region), url)
        if len(text.encode()) > INLINE_LIMIT:
            raise validation_error(
                "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
                f"Member must have length less than or equal to {INLINE_LIMIT}"
            )
        return text

    def options(self) -> StackOptions:
        """Return the request's options for a stack."""
        given, tags = self.params.get("Parameters") or [], self.params.get("Tags") or []
        if len(tags) > 50 or any(tag["Key"].startswith("aws:") for tag in tags):
            raise validation_error("Stack tags: at most 50, and no key may begin with aws:")
        if self.params.get("OnFailure") and self.params.get("DisableRollback") is not None:
            raise validation_error("You may specify either DisableRollback or OnFailure, but not both.")
        on_failure = self.params.get("OnFailure") or (
            "DO_NOTHING" if self.params.get("DisableRollback") else "ROLLBACK"
        )
        return StackOptions(
            parameters={entry["ParameterKey"]: entry.get("ParameterValue", "") for entry in given},
            tags={tag["Key"]: tag["Value"] for tag in tags},
            capabilities=tuple(self.params.get("Capabilities") or ()),
            on_failure=on_failure,
            token=self.params.get("ClientRequestToken"),
            role_arn=self.params.get("RoleARN"),
            notification_arns=tuple(self.params.get("NotificationARNs") or ()),
            termination_protection=bool(self.params.get("EnableTerminationProtection")),
            timeout_minutes=self.params.get("TimeoutInMinutes"),
            rollback_configuration=self.params.get("RollbackConfiguration") or {},
        )

    def revised_options(self, stack: Stack) -> StackOptions:
        """Return the options of an update: what the request leaves out stays, `UsePreviousValue` included."""
        given = self.options()
        present = stack.options
        kept = {
            entry["ParameterKey"]: stack.parameters[entry["ParameterKey"]]
            for entry in self.params.get("Parameters") or []
            if entry.get("UsePreviousValue") and entry["ParameterKey"] in stack.parameters
        }
        return replace(
            present,
            parameters={**given.parameters, **kept},
            tags=given.tags if self.params.get("Tags") is not None else present.tags,
            capabilities=given.capabilities,
            token=given.token,
            role_arn=given.role_arn or present.role_arn,
            notification_arns=(
                given.notification_arns
                if self.params.get("NotificationARNs") is not None
                else present.notification_arns
            ),
            rollback_configuration=given.rollback_configuration or present.rollback_configuration,
        )

    def revised_template(self, stack: Stack) -> Template:
        """Return the template of an update, the present one with `UsePreviousTemplate`."""
        if self.params.get("UsePreviousTemplate"):
            return stack.template
        return parse(self.template_text(), self.region)

    def policy_text(self, name: str) -> str | None:
        """Return a stack policy given as `<name>Body` or `<name>URL`."""
        url = self.params.get(f"{name}URL")
        if url:
            return template_source.fetch(self.engine.clients(self.current_account, self.region), url)
        return self.params.get(f"{name}Body")
