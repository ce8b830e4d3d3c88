"""What people do with the forms, to its end: what is picked, changed, kept, priced and told once."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.screens.conftest import Console, Start
from tui.api import automations
from tui.api.operation import catalogue
from tui.api.uploading import LIFETIME
from tui.sandbox.world import World
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.screens.operation_form import OperationFormScreen
from tui.sending.draft import Draft
from tui.sending.quote import Quote
from tui.widgets.choose_sheet import ChooseSheet

SIZES = [(80, 24), (120, 40)]


async def on_view(console: Console, screen: type[Any]) -> Any:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()
    return console.app.screen


async def opened(console: Console, operation_id: str) -> OperationFormScreen:
    console.app.open_operation(catalogue()[operation_id])
    sheet: OperationFormScreen = await on_view(console, OperationFormScreen)
    return sheet


async def pick(console: Console, *keys: str) -> None:
    """Choose in the field that has the cursor."""
    await console.press("down")
    sheet = await on_view(console, ChooseSheet)
    await console.until(lambda: sheet.choices, "choices")
    await console.press(*keys, "enter")
    await on_view(console, OperationFormScreen)


async def create_rule(console: Console, name: str) -> None:
    await opened(console, "automations.sms_inbound_create")
    await console.press(f"={name}", "tab")
    await pick(console, "=e-mail user")
    await console.press("ctrl+j")
    await on_view(console, AnswerScreen)
    await console.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_a_rule_is_changed_from_what_it_is(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as console:
        await create_rule(console, "To our shop")
        sheet = await opened(console, "automations.sms_inbound_update")
        await pick(console, "=shop")
        assert sheet.arguments.values["rule_name"] == "To our shop"
        assert sheet.arguments.values["action"] == "EMAIL_USER"
        assert sheet.arguments.values["enabled"] == "yes"
        sheet.arguments.field("rule_name").put("To the depot")
        await console.press("ctrl+j")
        await on_view(console, AnswerScreen)
        await console.shows("To the depot", "EMAIL_USER")
        await console.press("escape")
        sheet = await opened(console, "automations.sms_inbound_delete")
        await pick(console, "=depot")
        await console.press("ctrl+j")
        await on_view(console, ConfirmScreen)
        await console.press("ctrl+j")
        await console.until(lambda: not sheet.is_attached, "the rule to be deleted")
        rules = await console.app.services.call(automations.sms_inbound_list())
        assert [rule.rule_name for rule in rules.items] == ["Poll inbound"]


async def test_another_pick_replaces_what_was_filled_in_and_nothing_that_was_typed(start: Start) -> None:
    async with start((80, 24)) as console:
        await create_rule(console, "To our shop")
        sheet = await opened(console, "automations.sms_inbound_update")
        await pick(console, "=poll")
        assert sheet.arguments.values["action"] == "POLL"
        sheet.arguments.field("message_search_term").put("STOP")
        sheet.arguments.field("inbound_rule_id").focus_control()
        await pick(console, "=shop")
        values = sheet.arguments.values
        assert (values["rule_name"], values["action"]) == ("To our shop", "EMAIL_USER")
        assert values["message_search_term"] == "STOP"


async def test_a_text_that_may_be_empty_says_how(start: Start) -> None:
    async with start((120, 40)) as console:
        await opened(console, "automations.sms_inbound_update")
        await console.press("ctrl+j")
        await console.shows('Words is missing. Type "" to leave it empty.', "Name is missing.")


async def test_what_was_created_can_be_picked_at_once(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.lists_get")
        await pick(console, "=vip")
        await opened(console, "contacts.lists_create")
        await console.press("=Night shift", "ctrl+j")
        await on_view(console, AnswerScreen)
        await console.press("escape")
        assert await on_view(console, OperationFormScreen) is sheet
        sheet.arguments.field("list_id").put("")
        sheet.arguments.field("list_id").focus_control()
        await pick(console, "=night")
        assert sheet.arguments.values["list_id"] not in ("", "429")


async def test_the_columns_of_an_import_are_picked(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.lists_import")
        await pick(console, "=vip")
        sheet.arguments.field("field_order").focus_control()
        await pick(console, "=last")
        await pick(console, "=phone")
        assert sheet.arguments.values["field_order"] == "last_name, phone"


async def test_what_was_begun_narrows_the_choices(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "numbers.search")
        await console.press("=new z")
        await pick(console)
        assert sheet.arguments.values["country"] == "NZ"


async def test_starting_over_can_be_taken_back(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.create")
        await console.press("=429", "tab", "=+61411111111", "ctrl+r")
        assert set(sheet.arguments.values.values()) == {""}
        await console.shows("Ctrl+R puts it back.")
        await console.press("ctrl+r")
        assert sheet.arguments.values["phone_number"] == "+61411111111"
        assert "+61411111111" in console.app.services.drafts.text("operation contacts.create")


async def send_picture(console: Console, path: Path) -> OperationFormScreen:
    sheet = await opened(console, "mms.send")
    typed = {"messages.1.to": "+61421000111", "messages.1.subject": "Spring", "messages.1.body": "Green"}
    for key, value in {"media_file": str(path), **typed}.items():
        sheet.arguments.field(key).put(value)
    await console.press("ctrl+j")
    await on_view(console, ConfirmSendScreen)
    return sheet


async def test_a_picture_whose_upload_ran_out_is_uploaded_and_priced_again(
    start: Start, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture \xff\xd9")
    async with start((80, 24)) as console:
        before = world.account.balance
        sheet = await send_picture(console, tmp_path / "photo.jpg")
        assert world.files.count == 1
        clock, later = console.app.services.clock, LIFETIME
        now = clock.now
        monkeypatch.setattr(clock, "now", lambda: now() + later)
        await console.press("ctrl+j")
        assert await on_view(console, OperationFormScreen) is sheet
        await console.shows("Nothing was sent", "Ctrl+J checks the price again.")
        assert (world.files.count, world.account.balance) == (2, before)
        later = 0
        await console.press("ctrl+j")
        await on_view(console, ConfirmSendScreen)
        await console.press("ctrl+j")
        await on_view(console, AnswerScreen)
        assert world.files.count == 2
        assert before - world.account.balance == Decimal("0.4752")


async def test_credit_is_bought_with_a_package_that_is_picked(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        before = world.account.balance
        await opened(console, "recharge.purchase")
        await pick(console, "=2000")
        await console.press("ctrl+j")
        await on_view(console, ConfirmSendScreen)
        await console.shows("A$2,000.0000", "balance after  A$3,117.46", "buy")
        await console.press("ctrl+j")
        await on_view(console, AnswerScreen)
        assert world.account.balance == before + 2000


async def test_what_cannot_be_bought_says_so_and_offers_no_key(start: Start) -> None:
    async with start((80, 24)) as console:
        await opened(console, "recharge.purchase")
        await console.press("=77", "ctrl+j")
        await on_view(console, ConfirmSendScreen)
        await console.shows("✗ ClickSend does not offer 77 any more. Choose another.")
        assert "Ctrl+J" not in console.text
        assert "type: price unknown" not in console.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_key_is_shown_once_and_kept_nowhere(
    start: Start, world: World, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with start(size) as console:
        await opened(console, "subaccounts.regen_api_key")
        await pick(console, "=okafor")
        await console.press("ctrl+j")
        await on_view(console, ConfirmScreen)
        await console.press("=renew", "ctrl+j")
        answer = await on_view(console, AnswerScreen)
        key = answer.reply.result.api_key.get_secret_value()
        await console.shows(key, "It is shown this once")
        await console.until(lambda: "Done: Renew API key." in console.text)
        assert key in console.text
        await console.press("y")
        assert console.app.clipboard == key
        await console.press("escape")
        await console.shows("Esc again leaves.")
        assert console.app.screen is answer
        await console.press("escape")
        assert console.app.screen is not answer
        console.app.services.drafts.flush()
    assert holding(tmp_path, "SQLite format")
    assert not holding(tmp_path, key)


def holding(folder: Path, text: str) -> list[str]:
    """Files with this text in them, byte by byte: no deleted row and no journal hides it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if text.encode() in path.read_bytes()]


async def test_a_form_that_was_left_while_it_was_priced_asks_nothing(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start((80, 24), mode="actions") as console:
        sender, go = console.app.services.sender, asyncio.Event()
        quote = sender.quote

        async def late(draft: Draft) -> Quote:
            await go.wait()
            return await quote(draft)

        monkeypatch.setattr(sender, "quote", late)
        sheet = await opened(console, "sms.send")
        sheet.arguments.field("messages.1.to").put("+61421000111")
        sheet.arguments.field("messages.1.body").put("Hello")
        await console.press("ctrl+j", "escape")
        await console.until(lambda: not sheet.is_attached, "the form to close")
        go.set()
        await console.until(lambda: not sheet._going_on or isinstance(console.app.screen, ConfirmSendScreen))
        await console.pilot.pause()
        assert not isinstance(console.app.screen, ConfirmSendScreen)
        assert "went wrong" not in console.text
