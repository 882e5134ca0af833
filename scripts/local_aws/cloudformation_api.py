"""The CloudFormation API in front of the stack engine."""

from __future__ import annotations

import re

import moto.cloudformation.urls
from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult, EmptyResult

from . import change_sets, registry, stack_policy
from .change_set_api import ChangeSetOperations
from .drift_api import DriftOperations
from .engine import Engine
from .errors import RequestError, validation_error
from .shapes import described, resource_shown, validated
from .template import parse
from .update_api import UpdateOperations

_STACK_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]{0,127}")


def install(engine: Engine) -> None:
    """Serve CloudFormation requests from `engine`. Call once, before the first request is served."""
    CloudFormationApi.engine = engine
    moto.cloudformation.urls.url_paths.clear()
    moto.cloudformation.urls.url_paths["{0}/$"] = CloudFormationApi.dispatch


class CloudFormationApi(ChangeSetOperations, UpdateOperations, DriftOperations):
    """The CloudFormation operations of the local AWS; any other is answered with `UnsupportedOperation`."""

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
            error = RequestError("UnsupportedOperation", f"The local AWS does not have {action}")
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
        template, policy = parse(self.template_text(), self.region), self.policy_text("StackPolicy")
        stack_policy.parse(policy)
        stack = self.engine.create(self.current_account, self.region, name, template, self.options())
        stack.policy = policy if policy is not None else stack.policy
        return ActionResult({"StackId": stack.id})

    def delete_stack(self) -> ActionResult:
        """DeleteStack; a stack that does not exist is no error."""
        try:
            stack = self.stack()
        except RequestError:
            return EmptyResult()
        self.engine.delete(stack, self.params.get("ClientRequestToken"))
        return EmptyResult()

    def update_termination_protection(self) -> ActionResult:
        """UpdateTerminationProtection."""
        stack = self.stack()
        stack.termination_protection = bool(self.params["EnableTerminationProtection"])
        return ActionResult({"StackId": stack.id})

    # ------------------------------------------------------------------- reads

    def describe_stacks(self) -> ActionResult:
        """DescribeStacks: one stack, or all that are not deleted."""
        if self.params.get("StackName"):
            return ActionResult({"Stacks": [described(self.stack())]})
        stacks = [stack for stack in self.store().stacks.values() if not stack.is_deleted]
        page, token = self.page(stacks[::-1])
        return ActionResult({"Stacks": [described(stack) for stack in page], "NextToken": token})

    def list_stacks(self) -> ActionResult:
        """ListStacks, deleted ones included, filtered by status."""
        wanted = self.params.get("StackStatusFilter")
        stacks = [stack for stack in self.store().stacks.values() if not wanted or stack.status in wanted]
        page, token = self.page(stacks[::-1])
        return ActionResult({"StackSummaries": [described(stack) for stack in page], "NextToken": token})

    def describe_stack_events(self) -> ActionResult:
        """DescribeStackEvents, newest first."""
        page, token = self.page(self.stack().events[::-1])
        return ActionResult({"StackEvents": page, "NextToken": token})

    def describe_stack_resources(self) -> ActionResult:
        """DescribeStackResources, by stack or by physical id."""
        named = self.params.get("StackName")
        stack = self.stack() if named else self.stack_of(self.params["PhysicalResourceId"])
        wanted = self.params.get("LogicalResourceId")
        found = [
            resource_shown(stack, entry) for entry in stack.resources.values() if wanted in (None, entry.logical_id)
        ]
        return ActionResult({"StackResources": found})

    def describe_stack_resource(self) -> ActionResult:
        """DescribeStackResource."""
        stack, logical_id = self.stack(), self.params["LogicalResourceId"]
        if logical_id not in stack.resources:
            raise validation_error(f"Resource {logical_id} does not exist for stack {stack.name}")
        return ActionResult({"StackResourceDetail": resource_shown(stack, stack.resources[logical_id])})

    def list_stack_resources(self) -> ActionResult:
        """ListStackResources."""
        stack = self.stack()
        page, token = self.page([resource_shown(stack, entry) for entry in stack.resources.values()])
        return ActionResult({"StackResourceSummaries": page, "NextToken": token})

    def get_template(self) -> ActionResult:
        """GetTemplate: the very text that was submitted, of the stack or of a change set."""
        if self.params.get("ChangeSetName"):
            found = change_sets.find(self.store(), self.params["ChangeSetName"], self.params.get("StackName"))
            text = found.revision.template.text
        else:
            text = self.stack().template.text
        return ActionResult({"TemplateBody": text, "StagesAvailable": ["Original", "Processed"]})

    def get_template_summary(self) -> ActionResult:
        """GetTemplateSummary of a text, an address or a stack."""
        named = self.params.get("StackName")
        template = self.stack().template if named else parse(self.template_text(), self.region)
        types = list(dict.fromkeys(resource.type_name for resource in template.resources.values()))
        return ActionResult({**validated(template), "ResourceTypes": types, "Version": "2010-09-09"})

    def validate_template(self) -> ActionResult:
        """ValidateTemplate: shape, resource types and the capabilities needed."""
        return ActionResult(validated(parse(self.template_text(), self.region)))

    def list_exports(self) -> ActionResult:
        """ListExports."""
        exports = [
            {"Name": name, "ExportingStackId": stack_id, "Value": value}
            for name, (stack_id, value) in self.store().exports.items()
        ]
        page, token = self.page(exports)
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
