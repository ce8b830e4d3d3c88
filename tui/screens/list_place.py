"""Where a conversation stood when it was opened: an answer takes it to the top, not the cursor."""

from __future__ import annotations

from tui.store.rows import Conversation
from tui.widgets.paged_table import PagedTable


class ListPlace:
    """The conversation that was opened last, and the one that followed it."""

    def __init__(self) -> None:
        self._opened = ""
        self._last_at = 0
        self._following = ""

    def remember(self, table: PagedTable[Conversation]) -> None:
        """The row under the cursor is opened."""
        here, following = table.row, table.row_at(table.cursor + 1)
        if here is not None:
            self._opened, self._last_at = here.counterpart, here.last_at
            self._following = following.counterpart if following else ""

    def go_on(self, table: PagedTable[Conversation], read: str) -> None:
        """It was read: if it has moved since or is gone, the cursor goes to the one that followed."""
        row = table.row
        stands = row is not None and (row.counterpart, row.last_at) == (self._opened, self._last_at)
        if not stands and read == self._opened and self._following:
            table.select(self._following)
