"""AWS::Lambda functions, and custom resources that really run them."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any

from .. import lambda_runner
from ..errors import ProvisioningError
from ..intrinsics import scalar_text
from .base import Created, CreationFailed, Request, handles


@handles("AWS::Lambda::Function")
class Function:
    """A function whose code is inline or in a bucket; `Ref` gives its name."""

    def create(self, request: Request) -> Created:
        """Create the function; inline code becomes the file `index.py` (or `index.js`) of its archive."""
        properties = request.properties
        options = request.without("Code", "Tags", "FunctionName")
        name = properties.get("FunctionName") or request.generated_name(64)
        made = request.clients["lambda"].create_function(
            FunctionName=name, Code=_code(properties), Tags=request.tag_map(), **options
        )
        return Created(name, {"Arn": made["FunctionArn"]})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Change code and configuration."""
        functions = request.clients["lambda"]
        if request.properties["Code"] != previous.properties["Code"]:
            functions.update_function_code(FunctionName=physical_id, **_code(request.properties))
        functions.update_function_configuration(
            FunctionName=physical_id,
            **request.pick("Description", "Environment", "Handler", "MemorySize", "Role", "Runtime", "Timeout"),
        )
        return {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the function."""
        request.clients["lambda"].delete_function(FunctionName=physical_id)


def _code(properties: dict[str, Any]) -> dict[str, Any]:
    code = dict(properties["Code"])
    text = code.get("ZipFile")
    if text is None:
        return code
    suffix = "js" if str(properties.get("Runtime", "")).startswith("nodejs") else "py"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(f"index.{suffix}", text)
    return {"ZipFile": archive.getvalue()}


@handles("AWS::CloudFormation::CustomResource")
class CustomResource:
    """A resource made by a function of the template's author; `Ref` gives the id the function answers."""

    def create(self, request: Request) -> Created:
        """Run the function with `Create`; its answer decides."""
        answer = self._ask(request, "Create", None)
        physical_id = answer.get("PhysicalResourceId") or f"{request.stack.name}{request.logical_id}{uuid.uuid4().hex}"
        if answer.get("Status") != "SUCCESS":
            raise CreationFailed(_failure(answer), physical_id)
        return Created(physical_id, answer.get("Data") or {})

    def update(self, request: Request, physical_id: str, previous: Request) -> dict[str, Any]:
        """Run the function with `Update`; it sees the old properties too."""
        answer = self._ask(request, "Update", physical_id, previous)
        if answer.get("Status") != "SUCCESS":
            raise ProvisioningError(_failure(answer))
        return answer.get("Data") or {}

    def delete(self, request: Request, physical_id: str) -> None:
        """Run the function with `Delete`."""
        answer = self._ask(request, "Delete", physical_id)
        if answer.get("Status") != "SUCCESS":
            raise ProvisioningError(_failure(answer))

    def _ask(
        self, request: Request, kind: str, physical_id: str | None, previous: Request | None = None
    ) -> dict[str, Any]:
        properties = {key: _as_text(value) for key, value in request.properties.items() if key != "ServiceTimeout"}
        event = {
            "RequestType": kind,
            "RequestId": str(uuid.uuid4()),
            "StackId": request.stack.id,
            "LogicalResourceId": request.logical_id,
            "ResourceType": request.type_name,
            "ServiceToken": request.properties.get("ServiceToken", ""),
            "ResourceProperties": properties,
        }
        if physical_id is not None:
            event["PhysicalResourceId"] = physical_id
        if previous is not None:
            event["OldResourceProperties"] = {key: _as_text(value) for key, value in previous.properties.items()}
        return lambda_runner.ask(request, event)


def _as_text(value: Any) -> Any:
    """CloudFormation hands every scalar property to a function as text."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return value if value is None else scalar_text(value)


def _failure(answer: dict[str, Any]) -> str:
    if answer.get("Status") == "FAILED":
        return (
            f"Received response status [FAILED] from custom resource. Message returned: {answer.get('Reason', '')} "
            f"(RequestId: {answer.get('RequestId', '')})"
        )
    return str(answer.get("Reason", "Invalid response object from the custom resource"))
