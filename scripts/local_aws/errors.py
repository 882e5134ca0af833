"""Errors of the local AWS."""

from botocore.exceptions import BotoCoreError, ClientError
from moto.core.exceptions import ServiceException

_NOT_FOUND = ("NotFound", "NoSuch", "does not exist")
_EXISTS = ("AlreadyExists", "Duplicate", "ResourceInUse", "Conflict")


class RequestError(ServiceException):
    """A CloudFormation request is refused; nothing was created."""

    def __init__(self, code: str, message: str) -> None:
        """Answer with HTTP 400, `code` (such as `ValidationError`) and `message`."""
        super().__init__(code, message)


def validation_error(message: str) -> RequestError:
    """Return the error with which CloudFormation refuses a malformed template or parameter."""
    return RequestError("ValidationError", message)


class ProvisioningError(Exception):
    """A resource could not be created or deleted; the text is the event's reason."""


def provisioning_reason(error: Exception) -> str:
    """Word a failed service call as CloudFormation's resource handlers do in stack events."""
    if isinstance(error, ClientError):
        detail = error.response.get("Error", {})
        code = detail.get("Code", "Unknown")
        service = error.operation_name
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        message = f"{detail.get('Message', code)} (Operation: {service}, Status Code: {status}, Error: {code})"
        return f'Resource handler returned message: "{message}" (HandlerErrorCode: {_handler_code(code)})'
    if isinstance(error, BotoCoreError):
        return f'Resource handler returned message: "{error}" (HandlerErrorCode: InvalidRequest)'
    if isinstance(error, ProvisioningError):
        return str(error)
    return f'Resource handler returned message: "{type(error).__name__}: {error}" (HandlerErrorCode: InternalFailure)'


def is_not_found(error: Exception) -> bool:
    """Whether a service answered that the resource is gone: then a delete has nothing left to do."""
    if not isinstance(error, ClientError):
        return False
    code = error.response.get("Error", {}).get("Code", "")
    message = error.response.get("Error", {}).get("Message", "")
    return code == "404" or any(mark in code for mark in _NOT_FOUND) or "Could not find" in message


def _handler_code(code: str) -> str:
    if any(mark in code for mark in _EXISTS):
        return "AlreadyExists"
    if any(mark in code for mark in _NOT_FOUND):
        return "NotFound"
    return "InvalidRequest"
