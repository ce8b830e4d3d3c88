"""The field of a picture, which shows it where the terminal can."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from textual.color import Color
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui import local_files
from tui.core.errors import InvalidInput
from tui.pictures import Picture, look
from tui.widgets.file_field import FileField

HALF = "▀"
"""Two dots in one cell: the upper in the colour of the text, the lower in that of its background."""
BROADEST, TALLEST = 36, 8
"""Cells of a picture: it tells which one it is, and a slow link has to carry it."""


class PictureView(Widget):
    """A picture in cells of two dots."""

    DEFAULT_CSS = """
    PictureView { width: auto; height: auto; margin: 0 0 0 1; display: none; &.-shown { display: block; } }
    """
    picture: reactive[Picture | None] = reactive[Picture | None](None, layout=True)

    def watch_picture(self) -> None:
        self.set_class(bool(self.picture and self.picture.rows), "-shown")

    def render(self) -> Content:
        rows = self.picture.rows if self.picture else ()
        lines = [
            Content.assemble(
                *(
                    (HALF, Style(foreground=Color(*above), background=Color(*below)))
                    for above, below in zip(upper, lower, strict=True)
                )
            )
            for upper, lower in zip(rows[::2], rows[1::2], strict=True)
        ]
        return Content("\n").join(lines)


class PictureField(FileField):
    """Once a picture of this machine is given, its size in pixels stands beside it, and it is shown.

    It is decoded in a thread: the keyboard does not wait for it.
    """

    DEFAULT_CSS = """
    PictureField {
        & .field-picture { height: auto; }
        & .field-words { width: 1fr; }
    }
    """

    def compose_words(self) -> Iterable[Widget]:
        with Horizontal(classes="field-picture"):
            yield PictureView()
            yield from super().compose_words()

    def on_mount(self) -> None:
        if self.value.strip():
            self.examine()

    @property
    def view(self) -> PictureView:
        return self.query_one(PictureView)

    def watch_value(self) -> None:
        for view in self.query(PictureView):
            view.picture = None

    def examine(self) -> bool:
        good = super().examine()
        typed = local_files.as_path(self.value.strip())
        if good and typed.startswith("@") and self.is_mounted:
            self._look(Path(typed[1:]).expanduser(), self.value, self.note)
        return good

    def _look(self, path: Path, value: str, note: str) -> None:
        async def worker() -> None:
            try:
                found = await asyncio.to_thread(look, path, *self._room())
            except InvalidInput as error:
                self._tell(value, f"! {error} Phones may not show it.", None)
            else:
                size = f"{path.name} · {found.width} x {found.height}"
                self._tell(value, note.replace(path.name, size, 1), found)

        # Of the screen, which tells what fails.
        self.screen.run_worker(worker(), group=f"picture {self.key}", exclusive=True, exit_on_error=False)

    def _tell(self, value: str, words: str, picture: Picture | None) -> None:
        """Say so of the value, if it is still there and can be used."""
        if self.is_attached and self.value == value and not self.problem:
            self.note, self.view.picture = words, picture

    def _room(self) -> tuple[int, int]:
        """Dots across and down for which there is room; none where they would have no colours."""
        if not self.app.shows_pictures:  # type: ignore[attr-defined]
            return 0, 0
        lines = max(4, min(TALLEST, self.screen.size.height // 2 - 8))
        return min(BROADEST, max(4, (self.size.width - self.label_width) // 2)), 2 * lines
