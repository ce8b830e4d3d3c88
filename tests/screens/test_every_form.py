"""The form of every operation: it can be filled in with the examples of its fields, and they are taken."""

from __future__ import annotations

import pathlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from unittest.mock import AsyncMock

import pytest
from textual.screen import Screen

from tui.api.entry import LocalFile
from tui.api.layout import Slot, rows_value, slots
from tui.api.operation import SECTIONS, Operation, catalogue
from tui.api.types import Kind
from tui.app import ConsoleApp
from tui.core.settings import Launch
from tui.screens.operation_form import OperationFormScreen


def in_section(section: str) -> Sequence[Operation[..., Any]]:
    return [operation for operation in catalogue().values() if operation.section == section]


def example(slot: Slot, file: pathlib.Path) -> str:
    """What the declaration says could be typed here; the path of a file where its content is wanted."""
    field = slot.field
    if slot.is_rows:
        inner = [each for each in slots(field.type) if not each.is_rows]
        return rows_value([{each.key: example(each, file) for each in inner if each.field.required}])
    if field.is_content:
        return f"@{file}"
    if field.kind is Kind.SCHEDULE:
        return "tomorrow 9am"
    return field.example or next(iter(field.choices), "") or "yes"


@pytest.mark.parametrize("section", [section for section in SECTIONS if in_section(section)])
async def test_every_form_takes_its_examples(
    section: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ConsoleApp, "connect", AsyncMock())
    launch = Launch(profile="test", base_url="", database=tmp_path / "store.db", log=tmp_path / "log")
    (file := tmp_path / "file").write_text("Hello")
    app = ConsoleApp(launch)
    async with app.run_test(size=(80, 24)) as pilot:
        # An empty screen beneath: to paint the inbox around every form takes as long as the form.
        await app.push_screen(Screen())
        for operation in in_section(section):
            await app.push_screen(sheet := OperationFormScreen(operation))
            await pilot.pause()
            for slot in sheet.places:
                sheet.arguments.field(slot.key).put(example(slot, file))
            problems = await problems_of(sheet)
            assert not problems, f"{operation.id}: {problems}"
            assert operation.bind(read_in(sheet.given())), operation.id
            await app.pop_screen()


def read_in(value: Any) -> Any:
    """Arguments as they are once a local file in them was read."""
    if isinstance(value, LocalFile):
        return b64encode(value.path.read_bytes()).decode()
    if isinstance(value, list):
        return [read_in(item) for item in value]
    return {name: read_in(item) for name, item in value.items()} if isinstance(value, dict) else value


async def problems_of(sheet: OperationFormScreen) -> dict[str, str]:
    await sheet.arguments.examine()
    return {field.key: field.problem for field in sheet.arguments.fields if field.problem}
