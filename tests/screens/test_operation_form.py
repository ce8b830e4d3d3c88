"""The form of an operation: what is typed, chosen and confirmed, and what ClickSend then has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from tests.screens.conftest import Console, Start
from tui.api.operation import catalogue
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.screens.json_sheet import JsonSheet
from tui.screens.operation_form import OperationFormScreen, loses_much
from tui.widgets.argument_sheet import RowSheet
from tui.widgets.choose_sheet import ChooseSheet

SIZES = [(80, 24), (120, 40)]
VIP = 429
TEST_NUMBER = "+61411111111"


async def opened(console: Console, operation_id: str) -> OperationFormScreen:
    """The form of an operation, on view."""
    console.app.open_operation(catalogue()[operation_id])
    return await on_view(console, OperationFormScreen)


async def on_view(console: Console, screen: type[Any]) -> Any:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()
    return console.app.screen


def put(sheet: Any, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        sheet.arguments.field(key).put(value)


@pytest.mark.parametrize("size", SIZES)
async def test_reading_shows_the_answer_and_keeps_the_form(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as console:
        await opened(console, "contacts.lists_get")
        await console.press("=429", "ctrl+j")
        await on_view(console, AnswerScreen)
        await console.shows("VIP", "429")
        await console.press("escape")
        sheet = await on_view(console, OperationFormScreen)
        assert sheet.arguments.values["list_id"] == "429"


async def test_what_needs_nothing_is_read_at_once(start: Start) -> None:
    async with start((80, 24)) as console:
        before = console.app.screen
        console.app.open_operation(catalogue()["account.get"])
        await on_view(console, AnswerScreen)
        await console.press("escape")
        assert console.app.screen is before


async def test_writing_says_so_and_forgets_the_draft(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        await opened(console, "contacts.lists_create")
        await console.press("=Night shift", "ctrl+j")
        await on_view(console, AnswerScreen)
        assert "Night shift" in [row["list_name"] for row in world.lists]
        await console.shows("Done: Create contact list.", "all keys")
        assert console.app.services.drafts.text("operation contacts.lists_create") == ""


async def test_a_missing_value_is_asked_for_and_nothing_is_sent(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        await opened(console, "contacts.lists_create")
        await console.press("ctrl+j")
        await console.shows("! Name is missing.")
        assert len(world.lists) == 4


async def test_what_deletes_much_wants_a_word(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        await opened(console, "contacts.lists_delete")
        await console.press("=429", "ctrl+j")
        await on_view(console, ConfirmScreen)
        await console.shows("The list and every contact on it are gone", "type: delete", "429")
        await console.press("ctrl+j")
        assert VIP in [row["list_id"] for row in world.lists]
        await console.press("=delete", "ctrl+j")
        await console.until(lambda: VIP not in [row["list_id"] for row in world.lists])


async def test_escape_from_the_confirmation_goes_back_to_the_form(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "templates.sms_delete")
        await console.press("=632", "ctrl+j")
        await on_view(console, ConfirmScreen)
        assert "type:" not in console.text
        await console.press("escape")
        assert await on_view(console, OperationFormScreen) is sheet
        assert sheet.arguments.values["template_id"] == "632"


@pytest.mark.parametrize(
    ("operation_id", "much"),
    [
        ("contacts.lists_delete", True),
        ("contacts.lists_remove_duplicates", True),
        ("contacts.delete", False),
        ("sms.inbound_mark_read", False),
        ("sms.cancel_all", True),
    ],
)
def test_much_is_more_than_one_record(operation_id: str, much: bool) -> None:
    operation = catalogue()[operation_id]
    assert operation.loses
    assert loses_much(operation) is much


async def test_a_send_is_priced_and_confirmed(start: Start, world: World) -> None:
    async with start((120, 40)) as console:
        sheet = await opened(console, "sms.send")
        put(sheet, {"messages.1.to": "+61 421 000 111", "messages.1.body": "On our way"})
        await console.press("ctrl+j")
        confirm = await on_view(console, ConfirmSendScreen)
        assert confirm.quote.total
        await console.shows("Send SMS", "+61 421 000 111", "On our way", "1 accepted", "balance after")
        assert not sent(world, "On our way")
        await console.press("ctrl+j")
        await console.until(lambda: sent(world, "On our way"), "the message")
        await on_view(console, AnswerScreen)
        assert [item.kind for item in console.app.services.store.outbox(("accepted",))] == ["operation"]


async def test_a_send_that_is_not_confirmed_does_not_leave(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        await opened(console, "sms.send")
        await console.press(f"={TEST_NUMBER}", "tab", "=Not this")
        await console.press("ctrl+j")
        await on_view(console, ConfirmSendScreen)
        await console.press("escape", "escape")
        assert not sent(world, "Not this")
        assert "Not this" in console.app.services.drafts.text("operation sms.send")


def sent(world: World, body: str) -> list[Any]:
    return [message for message in world.messages if message.body == body]


async def test_what_clicksend_refuses_is_said_and_nothing_typed_is_lost(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.create")
        put(sheet, {"list_id": "77777", "phone_number": TEST_NUMBER})
        await console.press("ctrl+j")
        await console.shows("!")
        await console.until(lambda: "ClickSend" in console.text)
        assert sheet.arguments.values["phone_number"] == TEST_NUMBER


async def test_an_answer_that_is_lost_leaves_the_form(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.lists_create")
        world.faults.add("contacts.lists_create", Fault.ANSWER_LOST)
        await console.press("=Twice", "ctrl+j")
        await console.shows("the connection broke before the answer")
        assert sheet.arguments.values["list_name"] == "Twice"
        assert [row["list_name"] for row in world.lists].count("Twice") == 1


async def test_what_was_typed_survives_escape_but_no_secret(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "account.create")
        await console.press("=ada", "tab", "=pass-5309")
        assert sheet.arguments.values["password"] == "pass-5309"
        assert "pass-5309" not in console.text
        await console.press("escape")
        kept = console.app.services.drafts.text("operation account.create")
        assert "ada" in kept
        assert "pass-5309" not in kept
        sheet = await opened(console, "account.create")
        assert sheet.arguments.values["username"] == "ada"
        assert sheet.arguments.values["password"] == ""


async def test_help_follows_the_cursor(start: Start) -> None:
    async with start((80, 24)) as console:
        await opened(console, "contacts.lists_export")
        await console.shows("A contact list.")
        await console.press("tab")
        await console.shows("Ends in .csv.")


async def test_time_and_number_are_shown_as_understood(start: Start) -> None:
    async with start((120, 40)) as console:
        sheet = await opened(console, "sms.send")
        await console.press("=0411 111 111", "tab")
        await console.shows("+61 411 111 111")
        sheet.arguments.field("messages.1.schedule").focus_control()
        await console.press("=2031-11-01 9:00")
        await console.shows("Sat 1 Nov 2031 09:00")


# Choosing


async def test_a_listing_offers_what_can_be_typed(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.get")
        await console.press("enter")
        await on_view(console, ChooseSheet)
        await console.shows("Customers", "VIP")
        await console.press("=vip", "enter")
        await on_view(console, OperationFormScreen)
        assert sheet.arguments.values["list_id"] == "429"
        await console.shows("VIP")
        await console.press("down")
        picker = await on_view(console, ChooseSheet)
        await console.until(lambda: picker.choices, "the contacts of the list")
        assert len(picker.choices) == 22
        await console.press("enter")
        await on_view(console, OperationFormScreen)
        assert sheet.arguments.values["contact_id"] == picker.choices[0].value


async def test_a_listing_that_needs_another_value_says_so(start: Start) -> None:
    async with start((80, 24)) as console:
        await opened(console, "contacts.get")
        await console.press("tab", "down")
        await console.shows("List is not filled in yet.")


async def test_a_listing_that_fails_says_why_and_typing_goes_on(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "templates.sms_get")
        world.faults.add("templates.sms_list", Fault.LEGACY)
        await console.press("down")
        await console.shows("did not accept the user name and key", "Enter takes what you typed.")
        await console.press("=632", "enter")
        await on_view(console, OperationFormScreen)
        assert sheet.arguments.values["template_id"] == "632"


async def test_several_choices_are_added_one_by_one(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.lists_remove_duplicates")
        sheet.arguments.field("fields").focus_control()
        for word in ("=phone", "=last"):
            await console.press("down")
            await on_view(console, ChooseSheet)
            await console.press(word, "enter")
            await on_view(console, OperationFormScreen)
        put(sheet, {"list_id": "429"})
        assert sheet.given() == {"list_id": "429", "fields": ["phone_number", "last_name"]}


# Rows


async def test_more_rows_are_written_on_a_sheet_of_their_own(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "sms.send")
        put(sheet, {"messages.1.to": TEST_NUMBER, "messages.1.body": "One"})
        sheet.arguments.field("messages").focus_control()
        await console.press("enter")
        row = await on_view(console, RowSheet)
        put(row, {"messages.2.to": "+61422222222", "messages.2.body": "Two"})
        await console.press("ctrl+j")
        await on_view(console, OperationFormScreen)
        await console.shows("+61422222222 · Two", "+ add another")
        given = sheet.given()
        assert given == {
            "messages": [{"to": TEST_NUMBER, "body": "One"}, {"to": "+61422222222", "body": "Two"}]
        }
        await console.press("enter")
        row = await on_view(console, RowSheet)
        assert row.arguments.values["messages.2.body"] == "Two"
        put(row, {"messages.2.body": "Three"})
        await console.press("ctrl+j")
        await on_view(console, OperationFormScreen)
        await console.shows("+61422222222 · Three")
        await console.press("delete")
        assert sheet.given() == {"messages": [{"to": TEST_NUMBER, "body": "One"}]}


async def test_everything_can_be_pasted_as_json(start: Start) -> None:
    async with start((80, 24)) as console:
        sheet = await opened(console, "sms.send")
        put(sheet, {"messages.1.body": "Before"})
        await console.press("ctrl+o")
        await on_view(console, JsonSheet)
        area = console.app.screen.query_one(TextArea)
        assert json.loads(area.text) == {"messages": [{"body": "Before"}]}
        area.text = '{"messages": [{"to": "x", "mood": "good"}]}'
        await console.press("ctrl+j")
        await console.shows("There is no argument messages.1.mood.")
        rows = [{"to": f"+6142000000{number}", "body": "Hi", "from": "Acme"} for number in range(3)]
        area.text = json.dumps({"messages": rows, "shorten_urls": True})
        await console.press("ctrl+j")
        await on_view(console, OperationFormScreen)
        assert sheet.given() == {
            "messages": [{"to": row["to"], "body": "Hi", "sender": "Acme"} for row in rows],
            "shorten_urls": True,
        }


# Files


async def test_tab_completes_a_path_and_the_folder_is_shown(start: Start, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("+61411111111\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "vip.csv").write_text("+61411111111,Ada\n")
    async with start((120, 40)) as console:
        sheet = await opened(console, "contacts.lists_import_preview")
        sheet.arguments.field("list_id").put("429")
        field = sheet.arguments.field("file_url")
        field.focus_control()
        field.query_one(Input).value = f"{tmp_path}/peo"
        await console.press("tab")
        await console.until(lambda: field.value == f"@{tmp_path}/people.csv")
        await console.press("tab")
        await console.shows("people.csv · 13 bytes · from this machine, uploaded")
        field.focus_control()
        field.query_one(Input).value = f"{tmp_path}/"
        await console.press("down")
        await console.shows("inner/", "people.csv")
        await console.press("=inner", "enter")
        await console.shows("vip.csv")
        await console.press("=vip", "enter")
        await console.until(lambda: field.value == f"@{tmp_path}/inner/vip.csv")


async def test_a_local_file_is_uploaded_for_its_use(start: Start, world: World, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("+61411111111,Ada\n")
    async with start((80, 24)) as console:
        sheet = await opened(console, "contacts.lists_import_preview")
        put(sheet, {"list_id": "429", "file_url": f"{tmp_path}/people.csv"})
        await console.press("ctrl+j")
        screen = await on_view(console, AnswerScreen)
        assert screen.reply.result.row == ["+61411111111", "Ada"]
        assert world.files.count == 1
        await console.press("escape")
        await on_view(console, OperationFormScreen)
        await console.press("ctrl+j")
        await on_view(console, AnswerScreen)
        assert world.files.count == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.csv", "There is no file"),
        ("notes.txt", "is no file of a type that can be used. Usable: .csv."),
        ("empty.csv", "is empty"),
    ],
)
async def test_a_file_that_cannot_be_used_is_not_uploaded(
    start: Start, world: World, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "notes.txt").write_text("Call them")
    (tmp_path / "empty.csv").write_text("")
    async with start((120, 40)) as console:
        sheet = await opened(console, "contacts.lists_import_preview")
        put(sheet, {"list_id": "429", "file_url": f"@{tmp_path}/{name}"})
        await console.press("ctrl+j")
        await console.until(lambda: says in sheet.arguments.field("file_url").problem, says)
        assert world.files.count == 0


async def test_read_only_mode_changes_nothing(start: Start, world: World) -> None:
    async with start((80, 24), read_only=True) as console:
        await opened(console, "contacts.lists_create")
        await console.press("=Nobody", "ctrl+j")
        await console.shows("Read-only mode")
        assert len(world.lists) == 4
