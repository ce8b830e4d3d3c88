"""A field for the address of a file, in which a file of this machine can be typed or picked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.widgets import Input

from tui import local_files
from tui.core.errors import InvalidInput
from tui.widgets.choose_sheet import Choice
from tui.widgets.text_field import TextField


class FileField(TextField):
    """Tab completes a path (`@` or `~` or `/` begins one), the down key shows its folder."""

    BINDINGS = [("tab", "complete", "complete")]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = self._folder

    async def _folder(self) -> Sequence[Choice]:
        typed = local_files.as_path(self._last)
        begun = typed if typed.startswith("@") else "@"
        return [Choice(*found) for found in await asyncio.to_thread(local_files.inside, begun)]

    @property
    def _last(self) -> str:
        """The path that is being typed: of several, the last one."""
        return self.value.rpartition(",")[2].strip() if self.several else self.value.strip()

    async def action_complete(self) -> None:
        """Complete the path, or show what it may be; where nothing is left open, go on to the next field."""
        last = self._last
        try:
            whole, found = await asyncio.to_thread(_looked_at, last)
        except InvalidInput:
            whole, found = last, 0
        if last and whole != last:
            line = self.query_one(Input)
            line.value = self.value.removesuffix(last) + whole
            line.cursor_position = len(line.value)
        elif last and found > 1:
            self.action_choose()
        else:
            self.screen.focus_next()

    def pick(self, choice: Choice | None) -> None:
        """Take a file, or go into a folder."""
        if choice is not None and choice.value.endswith("/"):
            self.query_one(Input).value = self.value.removesuffix(self._last) + choice.value
            self.changed(self.query_one(Input).value)
            self.action_choose()
            return
        if choice is not None and self.several:
            self.value = self.value.removesuffix(self._last)
        super().pick(choice)


def _looked_at(typed: str) -> tuple[str, int]:
    """The path as far as the files agree, and how many there are."""
    path = local_files.as_path(typed)
    found = len(local_files.inside(path)) if path.startswith("@") else 0
    return local_files.complete(typed), found
