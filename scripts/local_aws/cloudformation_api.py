"""The CloudFormation API in front of the stack engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import moto.cloudformation.urls
from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

from . import parameters, registry, template_source
from .engine import Engine
from .errors import RequestError, validation_error
from .stacks import ResourceState, Stack, StackOptions, StackStore
from .template import INLINE_LIMIT, Template, parse

_PAGE = 100
_STACK_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]{0,127}")


def install(engine: Engine) -> None:
    """Serve CloudFormation requests from `engine`. Call once, before the first request is served."""
    CloudFormationApi.engine = engine
    moto.cloudformation.urls.url_paths.clear()
    moto.cloudformation.urls.url_paths["{0}/$"] = CloudFormationApi.dispatch


class CloudFormationApi(BaseResponse):
    """CloudFormation requests; every operation not here answers that it is not implemented."""

    engine: ClassVar[Engine]

    def __init__(self) -> None:
        """Parse requests by the service's model."""
        super().__init__(service_name="cloudformation")
        self.automated_parameter_parsing = True

    def serialized(self, action_result: ActionResult) -> TYPE_RESPONSE:
        """Write the response so that carriage returns survive: XML readers drop those that are not escaped."""
        status, headers, body = super().serialized(action_result)
        return status, headers, body.replace("\r", "&#13;") if isinstance(body, str) else body

    def call_action(self) -> TYPE_RESPONSE:
        """Answer an operation that is not here with an error that clients can read."""
        try:
            return super().call_action()
        except NotImplementedError:
            action = self._get_action()
            error = RequestError("UnsupportedOperation", f"The local AWS does not implement {action}")
            return self.serialized(ActionResult(error))

    # ----------------------------------------------------------------- changes

    def create_stack(self) -> ActionResult:
        """CreateStack."""
        name = self.params["StackName"]
        if not _STACK_NAME.fullmatch(name):
            raise validation_error(
                f"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
            )
        template = parse(self._template_text(), self.region)
        stack = self.engine.create(self.current_account, self.region, name, template, self._options())
        return ActionResult({"StackId": stack.id})

    def delete_stack(self) -> ActionResult:
        """DeleteStack; a stack that does not exist is no error."""
        try:
            stack = self._stack()
        except RequestError:
            return EmptyResult()
        self.engine.delete(stack, self.params.get("ClientRequestToken"))
        return EmptyResult()

    def update_termination_protection(self) -> ActionResult:
        """UpdateTerminationProtection."""
        stack = self._stack()
        stack.termination_protection = bool(self.params["EnableTerminationProtection"])
        return ActionResult({"StackId": stack.id})

    # ------------------------------------------------------------------- reads

    def describe_stacks(self) -> ActionResult:
        """DescribeStacks: one stack, or all that are not deleted."""
        if self.params.get("StackName"):
            return ActionResult({"Stacks": [_described(self._stack())]})
        stacks = [stack for stack in self._store().stacks.values() if not stack.is_deleted]
        page, token = self._page(stacks[::-1])
        return ActionResult({"Stacks": [_described(stack) for stack in page], "NextToken": token})

    def list_stacks(self) -> ActionResult:
        """ListStacks, deleted ones included, filtered by status."""
        wanted = self.params.get("StackStatusFilter")
        stacks = [stack for stack in self._store().stacks.values() if not wanted or stack.status in wanted]
        page, token = self._page(stacks[::-1])
        return ActionResult({"StackSummaries": [_described(stack) for stack in page], "NextToken": token})

    def describe_stack_events(self) -> ActionResult:
        """DescribeStackEvents, newest first."""
        page, token = self._page(self._stack().events[::-1])
        return ActionResult({"StackEvents": page, "NextToken": token})

    def describe_stack_resources(self) -> ActionResult:
        """DescribeStackResources, by stack or by physical id."""
        stack = self._stack() if self.params.get("StackName") else self._stack_of(self.params["PhysicalResourceId"])
        wanted = self.params.get("LogicalResourceId")
        found = [_resource(stack, entry) for entry in stack.resources.values() if wanted in (None, entry.logical_id)]
        return ActionResult({"StackResources": found})

    def describe_stack_resource(self) -> ActionResult:
        """DescribeStackResource."""
        stack, logical_id = self._stack(), self.params["LogicalResourceId"]
        if logical_id not in stack.resources:
            raise validation_error(f"Resource {logical_id} does not exist for stack {stack.name}")
        return ActionResult({"StackResourceDetail": _resource(stack, stack.resources[logical_id])})

    def list_stack_resources(self) -> ActionResult:
        """ListStackResources."""
        stack = self._stack()
        page, token = self._page([_resource(stack, entry) for entry in stack.resources.values()])
        return ActionResult({"StackResourceSummaries": page, "NextToken": token})

    def get_template(self) -> ActionResult:
        """GetTemplate: the very text that was submitted."""
        return ActionResult({"TemplateBody": self._stack().template.text, "StagesAvailable": ["Original", "Processed"]})

    def get_template_summary(self) -> ActionResult:
        """GetTemplateSummary of a text, an address or a stack."""
        named = self.params.get("StackName")
        template = self._stack().template if named else parse(self._template_text(), self.region)
        types = list(dict.fromkeys(resource.type_name for resource in template.resources.values()))
        return ActionResult({**_validated(template), "ResourceTypes": types, "Version": "2010-09-09"})

    def validate_template(self) -> ActionResult:
        """ValidateTemplate: shape, resource types and the capabilities needed."""
        return ActionResult(_validated(parse(self._template_text(), self.region)))

    def list_exports(self) -> ActionResult:
        """ListExports."""
        exports = [
            {"Name": name, "ExportingStackId": stack_id, "Value": value}
            for name, (stack_id, value) in self._store().exports.items()
        ]
        page, token = self._page(exports)
        return ActionResult({"Exports": page, "NextToken": token})

    def describe_type(self) -> ActionResult:
        """DescribeType of a resource type, as the region's registry has it."""
        name = self.params.get("TypeName") or ""
        if not registry.exists(self.region, name):
            raise RequestError("TypeNotFoundException", f"The type '{name}' cannot be found.")
        return ActionResult(
            {
                "Arn": f"arn:{self.partition}:cloudformation:{self.region}::type/resource/{name.replace('::', '-')}",
                "Type": "RESOURCE",
                "TypeName": name,
                "Visibility": "PUBLIC",
                "DeprecatedStatus": "LIVE",
                "ProvisioningType": "FULLY_MUTABLE",
            }
        )

    # ------------------------------------------------------------------- parts

    def _store(self) -> StackStore:
        return StackStore.of(self.current_account, self.region)

    def _stack(self) -> Stack:
        return self._store().find(self.params["StackName"])

    def _stack_of(self, physical_id: str) -> Stack:
        for stack in self._store().stacks.values():
            if any(resource.physical_id == physical_id for resource in stack.resources.values()):
                return stack
        raise validation_error(f"Stack for {physical_id} does not exist")

    def _page(self, entries: Sequence[Any]) -> tuple[Sequence[Any], str | None]:
        start = int(self.params.get("NextToken") or 0)
        following = start + _PAGE
        return entries[start:following], str(following) if following < len(entries) else None

    def _template_text(self) -> str:
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

    def _options(self) -> StackOptions:
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
        )


def _described(stack: Stack) -> dict[str, Any]:
    options = stack.options
    shown = {
        "StackId": stack.id,
        "StackName": stack.name,
        "Description": stack.template.description,
        "TemplateDescription": stack.template.description,
        "Parameters": parameters.shown(stack.template, stack.parameters),
        "CreationTime": stack.created,
        "DeletionTime": stack.deleted,
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason,
        "DisableRollback": options.on_failure == "DO_NOTHING",
        "NotificationARNs": list(options.notification_arns),
        "TimeoutInMinutes": options.timeout_minutes,
        "Capabilities": list(options.capabilities),
        "Outputs": list(stack.outputs),
        "RoleARN": options.role_arn,
        "Tags": [{"Key": key, "Value": value} for key, value in options.tags.items()],
        "EnableTerminationProtection": stack.termination_protection,
        "ParentId": options.parent_id,
        "RootId": options.root_id,
        "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
    }
    return {key: value for key, value in shown.items() if value is not None}


def _resource(stack: Stack, resource: ResourceState) -> dict[str, Any]:
    shown = {
        "StackId": stack.id,
        "StackName": stack.name,
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type_name,
        "Timestamp": resource.timestamp,
        "LastUpdatedTimestamp": resource.timestamp,
        "ResourceStatus": resource.status,
        "ResourceStatusReason": resource.reason,
        "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
    }
    return {key: value for key, value in shown.items() if value is not None}


def _validated(template: Template) -> dict[str, Any]:
    capabilities = template.required_capabilities()
    reason = f"The following resource(s) require capabilities: [{', '.join(capabilities)}]" if capabilities else None
    declared = [
        {
            "ParameterKey": name,
            "DefaultValue": str(entry["Default"]) if "Default" in entry else None,
            "NoEcho": bool(entry.get("NoEcho", False)),
            "Description": entry.get("Description"),
            "ParameterType": entry.get("Type", "String"),
        }
        for name, entry in template.parameters.items()
    ]
    return {
        "Description": template.description,
        "Parameters": declared,
        "Capabilities": capabilities,
        "CapabilitiesReason": reason,
    }
