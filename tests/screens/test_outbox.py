"""What was sent and bought from here: always to be found again, and settled where the answer was lost."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.screens.conftest import Console, Start
from tui.api.operation import catalogue
from tui.api.uploading import Uploads
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens import settle
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.operation_form import OperationFormScreen
from tui.screens.outbox import OutboxScreen, give_back
from tui.screens.row import RowScreen
from tui.screens.settle import SettleScreen

SIZES = [(80, 24), (120, 40)]
PICTURE = "https://acme.example/pictures/spring.jpg"


async def on_view(console: Console, screen: type[Any]) -> Any:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()
    return console.app.screen


async def send_picture(
    console: Console, fault: Fault | None = None, picture: str = PICTURE
) -> OperationFormScreen:
    """Confirm the sending of a picture message."""
    console.app.open_operation(catalogue()["mms.send"])
    sheet: OperationFormScreen = await on_view(console, OperationFormScreen)
    typed = {"to": "+61421000111", "subject": "Spring", "body": "All green"}
    for key, value in {"media_file": picture, **{f"messages.1.{k}": v for k, v in typed.items()}}.items():
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
        await console.press("escape", "ctrl+o")
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
        await console.shows("? 1 of unknown outcome: Ctrl+O")
        assert console.app.services.drafts.text("operation mms.send") == ""
        await console.press("ctrl+o")
        await on_view(console, OutboxScreen)
        await console.shows("? unknown", "Send MMS")
        await console.press("enter")
        await on_view(console, SettleScreen)
        await console.shows("All green", "+61421000111", "A$0.4752")
        await console.press("j", "enter")
        await console.shows("✗ not done")
        assert "All green" in console.app.services.drafts.text("operation mms.send")
        assert before - world.account.balance == Decimal("0.4752")
        await console.press("escape")
        await console.until(lambda: "unknown outcome" not in console.text)


async def test_a_file_is_given_back_as_it_was_typed(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "spring.jpg"
    path.write_bytes(b"\xff\xd8\xff" + b"green" * 20)
    async with start((80, 24), mode="actions") as console:
        await send_picture(console, Fault.ANSWER_LOST, f"@{path}")
        await console.until(lambda: console.app.services.store.outbox_unknown() == 1, "a lost answer")
        (item,) = console.app.services.store.outbox()
        services = console.app.services
        await console.until(lambda: not services.drafts.text("operation mms.send"), "the form to be over")
        services._uploads = Uploads(services.client, services.clock)  # as after a restart
        give_back(services, item)
        typed = json.loads(services.drafts.text("operation mms.send"))
        assert typed["media_file"] == f"@{path}"
        services.drafts.save("operation mms.send", '{"media_file": "@other.jpg"}')
        give_back(services, item)
        assert services.drafts.text("operation mms.send") == '{"media_file": "@other.jpg"}'


async def test_a_text_is_given_back_before_what_was_begun_since(start: Start) -> None:
    async with start((80, 24)) as console:
        services = console.app.services
        for _ in range(2):
            settle.give_back(services, "+61411111111", "Yes, at nine")
            assert services.drafts.text("+61411111111") == "Yes, at nine"
        services.drafts.save("+61411111111", "Or at ten")
        settle.give_back(services, "+61411111111", "Yes, at nine")
        assert services.drafts.text("+61411111111") == "Yes, at nine\nOr at ten"


async def test_nothing_sent_yet_says_so(start: Start) -> None:
    async with start((80, 24), mode="actions") as console:
        await console.press("ctrl+o")
        await console.shows("Nothing was sent or bought from here yet.")
