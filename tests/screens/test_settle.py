"""The verdict on a message whose answer was lost: given once it could be read."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Start
from tui.screens import confirm
from tui.screens.settle import SettleScreen, Verdict


async def test_the_key_that_opened_the_question_gives_no_verdict(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirm, "UNREAD_SECONDS", 60)
    async with start((80, 24)) as console:
        told: list[Verdict | None] = []
        await console.app.push_screen(SettleScreen(()), told.append)
        await console.press("enter", "enter")
        assert isinstance(console.app.screen, SettleScreen)
        assert "Enter choose" not in console.text
        await console.press("escape")
        assert told == [None]
