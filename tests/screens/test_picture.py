"""A picture of this machine in the form that it is sent with: told of, and shown where the terminal can."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.screens.composing import choose_channel, fill
from tests.screens.conftest import Console, Start
from tests.screens.test_compose import PHONE, has_everything
from tui.core.settings import Settings
from tui.widgets.picture_field import HALF, PictureField


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "sale.png"
    Image.new("RGB", (640, 480), (200, 30, 30)).save(path)
    return str(path)


async def given(console: Console, path: str) -> PictureField:
    """The MMS form with this picture, left with Tab."""
    sheet = await choose_channel(console, "MMS")
    await fill(console, {"to": PHONE, "media_file": path})
    await console.press("tab", "tab")
    field = sheet.form.field("media_file")
    assert isinstance(field, PictureField)
    return field


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_it_is_shown_beneath_its_field(
    start: Start, picture: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with start(size, mode="account", ready=has_everything) as console:
        field = await given(console, picture)
        await console.shows("sale.png · 640 x 480 · ", HALF * 4)
        field.put("")
        await console.until(lambda: not field.view.display, "it to be gone with its path")


@pytest.mark.parametrize(
    ("colours", "settings"),
    [("truecolor", Settings(undo_seconds=0.0, ascii=True)), ("", Settings(undo_seconds=0.0))],
)
async def test_where_it_could_not_be_recognised_its_size_is_told(
    start: Start, picture: str, colours: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", colours)
    monkeypatch.setenv("TERM", "xterm")
    async with start((80, 24), mode="account", ready=has_everything, settings=settings) as console:
        field = await given(console, picture)
        await console.until(lambda: "640 x 480" in field.note, "its size")
        assert not field.view.display


async def test_a_damaged_one_is_told_of_and_can_be_sent(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "sale.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 3000)
    async with start((80, 24), mode="account", ready=has_everything) as console:
        field = await given(console, str(path))
        await console.until(lambda: "Phones may not show it." in field.note, "what is wrong with it")
        assert field.note.startswith("! sale.jpg is")
        assert not field.problem
