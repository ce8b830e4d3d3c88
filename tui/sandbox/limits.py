"""ClickSend's undocumented rate limit: so many calls a minute for one endpoint and source address."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

WINDOW = 60
LIMITS = {"account.get": 20}
"""The only limit that was ever measured."""


@dataclass(slots=True)
class _Window:
    ends: float
    calls: int = 0


class RateLimit:
    """Counts calls. Those that fail to sign in share the allowance."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], _Window] = {}

    def count(self, operation_id: str, source: str, now: float) -> tuple[bool, dict[str, str]]:
        """Whether the call may go on, and the headers that tell of the limit."""
        limit = LIMITS.get(operation_id)
        if limit is None:
            return True, {}
        window = self._windows.get((operation_id, source))
        if window is None or window.ends <= now:
            window = self._windows[operation_id, source] = _Window(now + WINDOW)
        window.calls += 1
        allowed, reset = window.calls <= limit, str(ceil(window.ends - now))
        headers = {
            "x-ratelimit-limit": str(limit),
            "x-ratelimit-remaining": str(max(0, limit - window.calls)),
            "ratelimit-reset": reset,
        }
        return allowed, headers if allowed else headers | {"retry-after": reset}
