"""AWS::CloudFormation::Stack: a stack inside a stack."""

from __future__ import annotations

from typing import Any

from .. import template_source
from ..errors import ProvisioningError, RequestError
from ..intrinsics import scalar_text
from ..stacks import StackOptions, StackStore
from ..template import parse
from .base import Created, CreationFailed, Request, handles


@handles("AWS::CloudFormation::Stack")
class NestedStack:
    """A nested stack from a TemplateURL; `Ref` gives its id, `Outputs.X` its outputs."""

    def create(self, request: Request) -> Created:
        """Create the nested stack to its end; its failure fails this resource."""
        engine, parent, properties = request.engine, request.stack, request.properties
        text = template_source.fetch(request.clients, properties["TemplateURL"])
        try:
            child = engine.prepare(
                parent.account,
                parent.region,
                request.generated_name(128),
                parse(text, parent.region),
                self._options(request),
            )
        except RequestError as error:
            raise ProvisioningError(error.message) from error
        child.interrupt = parent.interrupt
        engine.create_nested(child)
        if child.status != "CREATE_COMPLETE":
            raise CreationFailed(
                f"Embedded stack {child.id} was not successfully created: {_first_cause(child)}", child.id
            )
        return Created(child.id, {f"Outputs.{entry['OutputKey']}": entry["OutputValue"] for entry in child.outputs})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Update the nested stack to its end; its failure fails this resource."""
        engine, parent = request.engine, request.stack
        child = StackStore.of(parent.account, parent.region).find(physical_id)
        text = template_source.fetch(request.clients, request.properties["TemplateURL"])
        try:
            revision = engine.revise(child, parse(text, parent.region), self._options(request))
        except RequestError as error:
            raise ProvisioningError(error.message) from error
        if revision.parameters != child.parameters or text != child.template.text:
            engine.update_nested(child, revision)
            if child.status != "UPDATE_COMPLETE":
                raise ProvisioningError(
                    f"Embedded stack {child.id} was not successfully updated. {_first_cause(child)}"
                )
        return {f"Outputs.{entry['OutputKey']}": entry["OutputValue"] for entry in child.outputs}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the nested stack."""
        child = StackStore.of(request.stack.account, request.region).stacks.get(physical_id)
        if child is None or child.is_deleted:
            return
        request.engine.delete_nested(child)
        if not child.is_deleted:
            raise ProvisioningError(f"Embedded stack {child.id} was not successfully deleted: {child.reason}")

    def _options(self, request: Request) -> StackOptions:
        parent, properties = request.stack, request.properties
        given: dict[str, Any] = properties.get("Parameters") or {}
        return StackOptions(
            parameters={name: scalar_text(value) for name, value in given.items()},
            tags=request.tag_map(system=False),
            capabilities=parent.options.capabilities,
            notification_arns=tuple(properties.get("NotificationARNs") or ()),
            parent_id=parent.id,
            root_id=parent.options.root_id or parent.id,
        )


def _first_cause(child: Any) -> str:
    for event in child.events:
        if event["ResourceStatus"] == "ROLLBACK_IN_PROGRESS":
            return str(event.get("ResourceStatusReason", "")).removesuffix("Rollback requested by user.").strip()
    return str(child.reason)
