"""How stacks, their resources and templates are shown in answers."""

from __future__ import annotations

from typing import Any

from . import parameters
from .stacks import ResourceState, Stack
from .template import Template


def described(stack: Stack) -> dict[str, Any]:
    """Return a stack as DescribeStacks shows it."""
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
        "ChangeSetId": stack.change_set_id,
        "LastUpdatedTime": stack.updated,
        "RollbackConfiguration": options.rollback_configuration,
        "DriftInformation": {
            "StackDriftStatus": stack.drift.status,
            **({"LastCheckTimestamp": stack.drift.checked} if stack.drift.checked else {}),
        },
    }
    return {key: value for key, value in shown.items() if value is not None}


def resource_shown(stack: Stack, resource: ResourceState) -> dict[str, Any]:
    """Return a resource as DescribeStackResources shows it."""
    drift = stack.drift.resources.get(resource.logical_id, {})
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
        "DriftInformation": {
            "StackResourceDriftStatus": drift.get("StackResourceDriftStatus", "NOT_CHECKED"),
            **({"LastCheckTimestamp": drift["Timestamp"]} if drift else {}),
        },
    }
    return {key: value for key, value in shown.items() if value is not None}


def validated(template: Template) -> dict[str, Any]:
    """Return what ValidateTemplate tells of a template."""
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
