"""The answer screen: tables, records, JSON, pages, copies and files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.screens.conftest import Console, Start
from tui.api.operation import catalogue
from tui.sandbox.world import World
from tui.screens.answer import AnswerScreen

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


async def ask(console: Console, operation_id: str, **arguments: Any) -> AnswerScreen:
    """Call an operation and look at its answer."""
    request = catalogue()[operation_id].bind(arguments)
    screen = AnswerScreen(request, await console.app.services.ask(request))
    await console.app.push_screen(screen)
    await console.pilot.pause()
    return screen


@SIZES
async def test_a_listing_is_a_table_and_its_next_page_comes_beneath(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size) as console:
        screen = await ask(console, "sms.history", limit=15)
        total = screen.reply.result.total
        await console.shows("SMS history", f"15 of {total:,}", "Status", "Body", "next page")
        await console.press("n")
        await console.shows(f"30 of {total:,}")
        assert len({row.message_id for row in screen.rows}) == 30
        await console.press("G", "enter")
        await console.shows("SMS history · 30", "Direction")
        await console.press("escape", "escape")
        assert console.app.screen is not screen


@SIZES
async def test_a_record_shows_what_there_is_with_its_keys_masked(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as console:
        await ask(console, "account.get")
        await console.shows("Account", "Username", "demo")
        assert console.world.account.record()["balance"] == "1117.461060"
        await console.press("J")
        await console.shows('"username": "demo"')
        await console.press("G", "escape")
        await console.shows("Username")


@pytest.mark.parametrize("world", [0], indirect=True)
async def test_an_empty_listing_says_so(start: Start, world: World) -> None:
    async with start((80, 24)) as console:
        await ask(console, "contacts.lists_list")
        await console.shows("Nothing is listed.")
        await console.press("n")
        await console.shows("There are no more rows.")


async def test_saving_as_it_came_as_rows_and_never_over_a_file(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start((80, 24)) as console:
        await ask(console, "contacts.lists_list")
        await console.press("w", "ctrl+j")
        await console.shows("Saved")
        saved = json.loads((tmp_path / "contacts.lists_list.json").read_text())
        assert [row["list_name"] for row in saved][:2] == ["Customers", "VIP"]
        await console.press("w")
        await console.shows("Save as")
        await console.press("ctrl+j")
        await console.shows("There is a file of that name.")
        field = console.app.screen.query_one("Input")
        field.value = str(tmp_path / "lists.csv")  # type: ignore[attr-defined]
        await console.press("ctrl+j")
        await console.until((tmp_path / "lists.csv").exists)
        rows = list(csv.DictReader((tmp_path / "lists.csv").read_text().splitlines()))
        assert rows[0]["list_name"] == "Customers"


async def test_an_export_is_fetched_to_a_file(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start((80, 24)) as console:
        await ask(console, "sms.history_export", filename="history.csv")
        await console.shows("fetch the file")
        await console.press("d", "ctrl+j")
        await console.shows("Saved")
        rows = list(csv.reader((tmp_path / "history.csv").read_text().splitlines()))
        assert len(rows) > 10


async def test_copying_a_row_and_the_record(start: Start) -> None:
    async with start((80, 24)) as console:
        await ask(console, "contacts.lists_list")
        await console.press("j", "y")
        assert json.loads(console.app.clipboard)["list_name"] == "VIP"
        await console.press("q")
        await ask(console, "account.get")
        await console.press("y")
        assert json.loads(console.app.clipboard)["_subaccount"]["api_key"] == "••••"


async def test_what_answers_nothing_is_done(start: Start) -> None:
    async with start((80, 24)) as console:
        made = await console.app.services.ask(
            catalogue()["templates.sms_create"].bind({"template_name": "a", "body": "b"})
        )
        await ask(console, "templates.sms_delete", template_id=made.result.template_id)
        await console.shows("✓ Done.")


async def test_hostile_text_is_only_text(start: Start) -> None:
    async with start((80, 24)) as console:
        hostile = "[@click=app.quit]boom[/] [/b] \x1b]0;title\x07 \u202edorp"
        await console.app.services.ask(
            catalogue()["templates.sms_create"].bind({"template_name": hostile, "body": hostile})
        )
        await ask(console, "templates.sms_list")
        await console.shows("[@click=app.quit]boom[/] [/b]")
        assert "\u202e" not in console.text
        await console.press("G", "enter")
        await console.shows("boom")
        await console.press("escape", "J", "G")
        assert "\x1b" not in console.text


async def test_keys_of_the_answer_are_told(start: Start) -> None:
    async with start((80, 24)) as console:
        await ask(console, "account.get")
        await console.press("question_mark")
        await console.shows("Answers", "Ask ClickSend for the rows after these.")
