"""From a conversation: canned replies, somebody else's answer, their contact and lists, and a copy of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.screens.conftest import Console, Start, all_read
from tests.screens.test_triage import SIZES, first, inbox, store_of
from tui.sandbox.world import World
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.store.database import Store
from tui.store.decisions import add_note
from tui.store.kept_texts import keep_text
from tui.store.messages import merge_messages
from tui.store.presence import be_present
from tui.store.rows import Message


def editor_text(console: Console) -> str:
    editor = inbox(console).pane.editor
    return editor.text if editor is not None else ""


def on_lists(console: Console, counterpart: str) -> set[int]:
    return {contact.list_id for contact in store_of(console).contacts_by_phone(counterpart)}


def named(console: Console) -> str:
    """An open conversation with somebody who has a first name and is on one list."""
    store = store_of(console)
    return next(
        each.counterpart
        for each in store.conversations("open").page(0)
        if len(store.contacts_by_phone(each.counterpart)) == 1
    )


@pytest.mark.parametrize("size", SIZES)
async def test_a_canned_reply_of_ones_own_is_made_filled_and_inserted(
    start: Start, world: World, size: tuple[int, int]
) -> None:
    async with start(size, ready=all_read) as console:
        here = named(console)
        contact = store_of(console).contact_by_phone(here)
        assert contact is not None
        inbox(console).table.select(here)
        await console.press("t")
        await console.shows("Insert a canned reply", "ClickSend", "Ready to collect")
        await console.press("n", "=Aaa thanks", "tab", "=Thank you (First Name), (Cust. 4)", "ctrl+j")
        await console.until(
            lambda: [each.name for each in store_of(console).kept_texts("reply")] == ["Aaa thanks"], "kept"
        )
        await console.shows("own")
        await console.press("enter")
        await console.until(lambda: editor_text(console) != "", "the text")
        assert editor_text(console) == f"Thank you {contact.first_name}, (Cust. 4)"
        await console.press("ctrl+j")
        await console.shows("Nothing is known for (Cust. 4)")
        assert not [each for each in world.messages[:] if each.body.startswith("Thank you")]


async def test_ones_own_canned_replies_are_changed_and_deleted(start: Start) -> None:
    async with start(ready=all_read) as console:
        store = store_of(console)
        await store.write(keep_text, "reply", "Aaa", "first")
        await console.press("t")
        await console.shows("Aaa")
        await console.press("e", "tab", "= words", "ctrl+j")
        await console.until(lambda: store.kept_texts("reply")[0].text != "first", "changed")
        await console.press("D")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen), "the question")
        await console.press("escape")
        assert store.kept_texts("reply")
        await console.press("D")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen), "the question")
        await console.press("ctrl+j")
        await console.until(lambda: store.kept_texts("reply") == [], "deleted")


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_that_somebody_else_gave_meanwhile_is_shown_before_sending(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size, ready=all_read) as console:
        (here,) = first(console, 1)
        await console.press("r", "=Mine")
        now = console.app.services.now()
        theirs = Message("elsewhere", here, "out", "I have told them already", now + 1, "sent")
        await store_of(console).write(merge_messages, [theirs])
        other = Store(store_of(console).path, who="ana@elsewhere")
        await other.write(be_present, here, now, writing=True)
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen), "the question")
        await console.shows("since you began", "I have told them already", "ana@elsewhere is writing")
        other.close()


async def test_an_answer_from_before_is_no_news(start: Start) -> None:
    async with start(ready=all_read) as console:
        await console.press("r", "=Mine", "ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen), "the question")
        assert "since you began" not in console.text


async def test_their_contact_is_opened_and_changed(start: Start, world: World) -> None:
    async with start(ready=all_read) as console:
        here = named(console)
        inbox(console).table.select(here)
        await console.press("C")
        await console.shows("Change a contact")
        await console.press("=X", "ctrl+j")
        await console.until(lambda: "X" in store_of(console).contacts_by_phone(here)[0].first_name, "changed")


@pytest.mark.parametrize("size", SIZES)
async def test_onto_a_list_and_off_again(start: Start, size: tuple[int, int]) -> None:
    async with start(size, ready=all_read) as console:
        here = named(console)
        inbox(console).table.select(here)
        before = on_lists(console, here)
        other = next(
            each for each in store_of(console).lists() if each.id not in before and "pt-out" not in each.name
        )
        await console.press("plus", f"={other.name}", "enter")
        await console.until(lambda: on_lists(console, here) == before | {other.id}, "on two lists")
        await console.press("minus", f"={other.name}", "enter")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen), "the question")
        await console.shows("with all that was noted on", other.name)
        assert on_lists(console, here) == before | {other.id}
        await console.press("ctrl+j")
        await console.until(lambda: on_lists(console, here) == before, "on one list")


async def test_opting_out_moves_them_off_every_list(start: Start, world: World) -> None:
    async with start(ready=all_read) as console:
        here = named(console)
        inbox(console).table.select(here)
        await console.press("O")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen), "the question")
        await console.shows("Opt-out", "Leaves")
        await console.press("ctrl+j")
        await console.until(lambda: on_lists(console, here) == {world.opt_out_list}, "opted out")
        await console.press("O")
        await console.shows("on the opt-out list already")


async def test_read_only_offers_none_of_it(start: Start) -> None:
    async with start(ready=all_read, read_only=True) as console:
        for key in ("C", "plus", "O", "t"):
            await console.press(key)
            await console.shows("Read-only mode")
            assert inbox(console)


@pytest.mark.parametrize("end", [".txt", ".md", ".json"])
async def test_a_conversation_becomes_a_file(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start(ready=all_read) as console:
        (here,) = first(console, 1)
        store = store_of(console)
        await store.write(add_note, [here], "prefers *mornings*", console.app.services.now())
        thread = store.thread(here)
        bodies = [message.body for message in thread.page(0, thread.count())]
        await console.press("w")
        await console.shows("Save as")
        await console.press(*["backspace"] * 4, f"={end}", "ctrl+j")
        path = tmp_path / f"{here.removeprefix('+')}{end}"
        await console.until(path.exists, "the file")
        await console.shows("Saved")
        text = path.read_text(encoding="utf-8")
        if end == ".json":
            whole = json.loads(text)
            assert [each["body"] for each in whole["messages"]] == bodies
            assert [each["text"] for each in whole["notes"]] == ["prefers *mornings*"]
        else:
            assert ("prefers \\*mornings\\*" if end == ".md" else "prefers *mornings*") in text
            assert bodies[0].split()[0] in text


async def test_a_file_of_another_kind_is_refused_with_the_way_out(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start(ready=all_read) as console:
        await console.press("w", *["backspace"] * 4, "=.doc", "ctrl+j")
        await console.shows("The end of the name says")
        assert "Saved" not in console.text


async def test_where_nothing_was_said_yet_nothing_is_copied_saved_or_decided(start: Start) -> None:
    async with start((80, 24), ready=all_read) as console:
        await inbox(console).open_conversation("+61499999999")
        for key in ("y", "w", "a", "e", "l"):
            await console.wave_away()
            await console.press(key)
            await console.shows("Nothing was said in this conversation yet.")
            assert console.app.screen is inbox(console)
