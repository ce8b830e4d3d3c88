"""What was sent and bought from here: always to be found again, and settled where the answer was lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.screens.conftest import Console, Start
from tui.api.operation import catalogue
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.operation_form import OperationFormScreen
from tui.screens.outbox import OutboxScreen
from tui.screens.row import RowScreen
from tui.screens.settle import SettleScreen

SIZES = [(80, 24), (120, 40)]
PICTURE = "https://acme.example/pictures/spring.jpg"


async def on_view(console: Console, screen: type[Any]) -> Any:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()
    return console.app.screen


async def send_picture(console: Console, fault: Fault | None = None) -> OperationFormScreen:
    """Confirm the sending of a picture message."""
    console.app.open_operation(catalogue()["mms.send"])
    sheet: OperationFormScreen = await on_view(console, OperationFormScreen)
    typed = {"to": "+61421000111", "subject": "Spring", "body": "All green"}
    for key, value in {"media_file": PICTURE, **{f"messages.1.{k}": v for k, v in typed.items()}}.items():
        sheet.arguments.field(key).put(value)
    if fault is not None:
        console.world.faults.add("mms.send", fault)
    await console.press("ctrl+j")
    await on_view(console, ConfirmSendScreen)
    await console.press("ctrl+j")
    return sheet


@pytest.mark.parametrize("size", SIZES)
async def test_a_send_is_found_again_with_what_was_typed(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="actions") as console:
        await send_picture(console)
        await on_view(console, AnswerScreen)
        await console.press("escape", "o")
        await on_view(console, OutboxScreen)
        await console.shows("✓ accepted", "Send MMS", "A$0.4752")
        await console.press("enter")
        await on_view(console, RowScreen)
        await console.shows("+61421000111", "All green", "1 accepted")


@pytest.mark.parametrize("size", SIZES)
async def test_a_lost_answer_is_told_kept_and_settled(
    start: Start, world: World, size: tuple[int, int]
) -> None:
    async with start(size, mode="actions") as console:
        before = world.account.balance
        sheet = await send_picture(console, Fault.ANSWER_LOST)
        await console.until(lambda: not sheet.is_attached, "the form to close")
        await console.shows("It is not known whether “Send MMS” was done")
        await console.wave_away()
        await console.shows("? 1 of unknown outcome: o")
        assert console.app.services.draft("operation mms.send") == ""
        await console.press("o")
        await on_view(console, OutboxScreen)
        await console.shows("? unknown", "Send MMS")
        await console.press("enter")
        await on_view(console, SettleScreen)
        await console.shows("All green", "+61421000111", "A$0.4752")
        await console.press("j", "enter")
        await console.shows("✗ not done")
        assert "All green" in console.app.services.draft("operation mms.send")
        assert before - world.account.balance == Decimal("0.4752")
        await console.press("escape")
        await console.until(lambda: "unknown outcome" not in console.text)


async def test_nothing_sent_yet_says_so(start: Start) -> None:
    async with start((80, 24), mode="actions") as console:
        await console.press("o")
        await console.shows("Nothing was sent or bought from here yet.")
