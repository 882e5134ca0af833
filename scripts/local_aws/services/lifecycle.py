"""Objects whose status takes time: work in progress becomes its end when its time has come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from ..failures import TABLE
from ..settings import SETTINGS


@dataclass
class Work:
    """Work on one object: the status while it lasts, and what it ends in."""

    operation: str
    name: str
    during: str
    success: str
    failure: str
    problem: str | None = None
    due: float = 0.0
    outcome: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set when it ends, and whether a test asked for its failure."""
        self.due = time.monotonic() + SETTINGS.timing.service_seconds
        self.problem = TABLE.take(self.operation.upper(), "", self.name) or self.problem

    @property
    def is_done(self) -> bool:
        """Whether its time has come."""
        return time.monotonic() >= self.due

    @property
    def status(self) -> str:
        """The status that the object shows now."""
        if not self.is_done:
            return self.during
        return self.failure if self.problem else self.success
