"""Resource types, one module a service. Importing this package registers them all."""

from ..registry import is_custom
from . import custom, eks, fsx, iam, monitoring, nested, network, sagemaker, security_groups, storage, waiting
from .base import HANDLERS, Handler
from .fallback import MotoModelHandler

__all__ = ["handler_for"]

_MODULES = (custom, eks, fsx, iam, monitoring, nested, network, sagemaker, security_groups, storage, waiting)


def handler_for(type_name: str) -> Handler:
    """Return what creates resources of the type: ours, or moto's own model of it."""
    if is_custom(type_name):
        return HANDLERS["AWS::CloudFormation::CustomResource"]
    return HANDLERS.get(type_name) or MotoModelHandler()
