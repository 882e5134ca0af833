"""Types that only moto models: created through moto's own CloudFormation models."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.parsing import get_model_map

from ..errors import ProvisioningError
from .base import Created, Request


class MotoModelHandler:
    """Creates a resource with moto's model of its type."""

    def create(self, request: Request) -> Created:
        """Create the resource; a type that moto does not model either fails the resource."""
        model = get_model_map().get(request.type_name)
        if model is None:
            raise ProvisioningError(f"The local AWS does not implement {request.type_name}")
        name_property = model.cloudformation_name_type()
        properties = dict(request.properties)
        name = properties.get(name_property) if name_property else None
        name = name or request.generated_name()
        if name_property:
            properties.setdefault(name_property, name)
        if "Tags" in properties or request.tags:
            properties["Tags"] = request.tag_list(system=False)
        made = model.create_from_cloudformation_json(
            name, {"Properties": properties, "Type": request.type_name}, request.stack.account, request.region
        )
        return Created(str(made.physical_resource_id), _Attributes(made))

    def delete(self, request: Request, physical_id: str) -> None:
        """Delete the resource with moto's model."""
        get_model_map()[request.type_name].delete_from_cloudformation_json(
            physical_id,
            {"Properties": request.properties, "Type": request.type_name},
            request.stack.account,
            request.region,
        )


class _Attributes(dict[str, Any]):
    """The attributes of a moto model, asked for when `Fn::GetAtt` asks."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self._made = made

    def __contains__(self, name: object) -> bool:
        return self._read(name) is not None

    def __getitem__(self, name: str) -> Any:
        return self._read(name)

    def _read(self, name: object) -> Any:
        try:
            return self._made.get_cfn_attribute(name)
        except Exception:  # noqa: BLE001  moto raises several types for an attribute it does not know
            return None
