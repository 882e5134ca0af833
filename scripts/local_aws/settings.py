"""What a test may change while the server runs: how long things take and how long pages are."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, fields, replace

DELAY_VARIABLE = "STACKGEN_LOCAL_AWS_DELAY"


@dataclass(frozen=True)
class Timing:
    """Seconds that work takes, and entries on a page of CloudFormation's answers."""

    resource_seconds: float = 0.0
    change_set_seconds: float = 0.0
    service_seconds: float = 0.0
    page_size: int = 100


class Settings:
    """The settings in force; requests of any thread read them."""

    def __init__(self, resource_seconds: float | None = None) -> None:
        """Begin with `resource_seconds`; without it, with STACKGEN_LOCAL_AWS_DELAY, else 0."""
        seconds = float(os.environ.get(DELAY_VARIABLE) or 0) if resource_seconds is None else resource_seconds
        self._initial = Timing(resource_seconds=seconds, change_set_seconds=seconds)
        self._lock = threading.Lock()
        self.timing = self._initial

    def change(self, wanted: dict[str, object]) -> Timing:
        """Take over the named settings; refuse unknown ones and what is no number of at least 0."""
        known = {field.name: field.type for field in fields(Timing)}
        unknown = sorted(set(wanted) - set(known))
        if unknown:
            raise ValueError(f"no such setting: {', '.join(unknown)}; there are {', '.join(known)}")
        for name, value in wanted.items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value < (name == "page_size"):
                raise ValueError(f"{name}: a number of seconds or entries is needed, not {value!r}")
        with self._lock:
            self.timing = replace(self.timing, **wanted)
            return self.timing

    def reset(self) -> None:
        """Go back to the settings of the start."""
        with self._lock:
            self.timing = self._initial


SETTINGS = Settings()
"""The settings of this server."""
