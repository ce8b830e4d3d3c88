"""Calls the servers that rules name, in the background, and only those on this machine."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from tui.core.settings import is_loopback

_PATIENCE = 5.0
"""Seconds a server has to answer."""


class Outcome(NamedTuple):
    """What came of a call: the HTTP status, or 0 and why there is none."""

    url: str
    status: int
    problem: str = ""


class Webhooks:
    """Calls one after the other. The thread that makes them lives while there are some to make."""

    def __init__(self) -> None:
        self.outcomes: deque[Outcome] = deque(maxlen=1000)
        """What came of the latest calls."""
        self._waiting: deque[httpx.Request] = deque()
        self._calling = False
        self._lock = threading.Lock()

    def call(self, url: str, values: Mapping[str, Any], kind: str = "post") -> bool:
        """Tell a server these values in a form, a query ("get") or "json"; False if it may not be called."""
        request = _request(url, values, kind)
        if request is None:
            return False
        with self._lock:
            self._waiting.append(request)
            if self._calling:
                return True
            self._calling = True
        threading.Thread(target=self._call_all, name="webhooks", daemon=True).start()
        return True

    def _call_all(self) -> None:
        # Without verification: whoever listens on this machine has no certificate that anybody vouches for.
        with httpx.Client(timeout=_PATIENCE, trust_env=False, verify=False) as http:  # noqa: S501
            while request := self._next():
                url = str(request.url.copy_with(query=None))
                try:
                    self.outcomes.append(Outcome(url, http.send(request).status_code))
                except httpx.HTTPError as failure:
                    self.outcomes.append(Outcome(url, 0, str(failure)))

    def _next(self) -> httpx.Request | None:
        with self._lock:
            self._calling = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None


def _request(url: str, values: Mapping[str, Any], kind: str) -> httpx.Request | None:
    """The call as a request; None for what is not an address on this machine."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        return None
    if address.scheme not in ("http", "https") or not is_loopback(address.host):
        return None
    texts = {name: "" if value is None else str(value) for name, value in values.items()}
    match kind:
        case "get":
            return httpx.Request("GET", address.copy_merge_params(texts))
        case "json":
            return httpx.Request("POST", address, json=dict(values))
    return httpx.Request("POST", address, data=texts)
