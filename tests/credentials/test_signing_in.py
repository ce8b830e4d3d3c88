"""What a key meets when it is tried."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.traceback import Traceback

from tui.api.client import ApiClient
from tui.credentials import Credentials, Secret
from tui.signing_in import ask_whose

KEY = "5ECRET-KEY"


async def test_a_traceback_with_local_values_does_not_show_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_given: object, **_more: object) -> None:
        raise ValueError("not foreseen")

    monkeypatch.setattr(ApiClient, "call", broken)
    with pytest.raises(ValueError, match="not foreseen") as caught:
        await ask_whose(Credentials("ada", Secret(KEY), "a test"), "http://127.0.0.1:1/v3")
    shown = Traceback.from_exception(caught.type, caught.value, caught.tb, show_locals=True)
    told = "".join(segment.text for segment in Console(width=200).render(shown))
    assert "credentials = Credentials" in told
    assert KEY not in told
