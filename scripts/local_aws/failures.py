"""Failures injected for tests: the next creation or deletion of a logical id fails with a given reason."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass

ENVIRONMENT_VARIABLE = "STACKGEN_LOCAL_AWS_FAIL"


@dataclass(frozen=True)
class InjectedFailure:
    """What is to fail, and the reason that the stack event gives."""

    logical_id: str
    reason: str
    operation: str = "CREATE"
    stack_name: str | None = None

    def matches(self, operation: str, stack_name: str, logical_id: str) -> bool:
        """Whether this failure is meant for the step at hand."""
        return self.operation == operation and self.logical_id == logical_id and self.stack_name in (None, stack_name)


class FailureTable:
    """Injected failures. One from the control endpoint happens once; one from the environment, always."""

    def __init__(self) -> None:
        """Read `LogicalId=reason` from the environment variable STACKGEN_LOCAL_AWS_FAIL, if set."""
        self._once: list[InjectedFailure] = []
        self._lock = threading.Lock()
        logical_id, _, reason = os.environ.get(ENVIRONMENT_VARIABLE, "").partition("=")
        self._always = InjectedFailure(logical_id, reason or "Injected failure") if logical_id else None

    def add(self, failure: InjectedFailure) -> None:
        """Let the next matching step fail."""
        with self._lock:
            self._once.append(failure)

    def clear(self) -> None:
        """Forget every failure that has not happened yet."""
        with self._lock:
            self._once.clear()

    def take(self, operation: str, stack_name: str, logical_id: str) -> str | None:
        """Return the reason when the step is to fail, and forget that failure."""
        with self._lock:
            for failure in self._once:
                if failure.matches(operation, stack_name, logical_id):
                    self._once.remove(failure)
                    return failure.reason
        if self._always and self._always.matches(operation, stack_name, logical_id):
            return self._always.reason
        return None


TABLE = FailureTable()
"""The injected failures of this server."""
