"""A list of any length as a window on the store: only the rows on view are read and painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.actions import bindings
from tui.store.windows import SearchWindow
from tui.widgets.list_window import PAGE, EmptyWindow
from tui.widgets.looks import Looks
from tui.widgets.spans import TONES, Line, Span, Tone, strip, wrapped

if TYPE_CHECKING:
    from tui.store.windows import Window

Row = TypeVar("Row")
Painter = Callable[[Row, int], Sequence[Line]]
"""A row and the cells of width it has -> its lines, `row_height` of them."""

KEPT_PAGES = 8
KEPT_ROWS = 400
"""Painted rows that are kept: those of some screens, so that a scrolled list paints what is new in it."""
AHEAD = 50
"""Rows from the end of what a search has found so far where it looks for more."""


class PagedTable(ScrollView, Generic[Row], can_focus=True):
    """Rows of a `Window`, one cursor, an optional heading line. Moving the cursor repaints two rows."""

    BINDINGS = bindings("list")
    COMPONENT_CLASSES = {
        *(f"paged-table--{tone}" for tone in TONES),
        "paged-table--cursor",
        "paged-table--cursor-idle",
        "paged-table--heading",
        "paged-table--fresh",
    }
    DEFAULT_CSS = """
    PagedTable {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        overflow-y: auto;
        & > .paged-table--normal { color: $foreground; }
        & > .paged-table--bright { color: $bright; text-style: bold; }
        & > .paged-table--muted { color: $muted; text-style: $muted-style; }
        & > .paged-table--accent { color: $accent; }
        & > .paged-table--good { color: $success; }
        & > .paged-table--warn { color: $warning; }
        & > .paged-table--bad { color: $error; }
        & > .paged-table--cursor { background: $cursor-background; }
        & > .paged-table--cursor-idle { background: $cursor-idle-background; }
        /* Sixteen colours have none to lay under every text colour. */
        &:ansi > .paged-table--cursor { background: ansi_default; text-style: reverse; }
        &:ansi > .paged-table--cursor-idle { background: ansi_default; text-style: bold; }
        & > .paged-table--heading { color: $muted; }
        & > .paged-table--fresh { background: $panel; color: $bright; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row under the cursor; 0 in an empty table."""
    empty: reactive[str] = reactive("")
    """What is said in place of rows when there are none."""

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or on none."""

        table: PagedTable[Any]
        row: object | None

        @property
        def control(self) -> PagedTable[Any]:
            return self.table

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, PagedTable.Highlighted) and message.table is self.table

    @dataclass
    class Opened(Message):
        """Enter was pressed, or the row clicked twice."""

        table: PagedTable[Any]
        row: object

        @property
        def control(self) -> PagedTable[Any]:
            return self.table

    @dataclass
    class Found(Message):
        """A search has found rows, or looks on for so long that it is worth saying."""

        table: PagedTable[Any]

        @property
        def control(self) -> PagedTable[Any]:
            return self.table

    def __init__(
        self,
        painter: Painter[Row],
        *,
        row_height: int = 1,
        heading: Callable[[int], Line] | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.painter = painter
        self.row_height = row_height
        self.heading = heading
        self.window: Window[Row] = EmptyWindow()
        self.total = 0
        self.fresh: frozenset[str] = frozenset()
        """Keys of rows that have just arrived, painted brighter."""
        self._looks = Looks(self)
        self._pages: dict[int, Sequence[Row]] = {}
        self._cursor_key = ""
        self.follow_top = False
        """While rows stream in for the first time: the cursor stays on the first until it is moved."""
        self._moved = False
        self._painted: dict[tuple[int, int, Style], Sequence[Strip]] = {}
        self._tones: dict[Tone, Style] = {}
        self._ground = Style.null()

    # Content

    def show(self, window: Window[Row], *, keep_cursor: bool = False) -> None:
        """Show another window; the cursor goes to the first row, or stays on its row if it is still there.

        A search is shown when it has found something. Until then no row is under the cursor.
        """
        self._looks.stop()
        if isinstance(window, SearchWindow) and not window.has_looked:
            self._looks.begin(window, lambda: self._show(window, keep_cursor))
        else:
            self._show(window, keep_cursor)

    def _show(self, window: Window[Row], keep_cursor: bool) -> None:
        is_new, self.window = window is not self.window, window
        if is_new and not keep_cursor:
            self._cursor_key, self._moved = "", False
            self.set_reactive(PagedTable.cursor, 0)
            self.scroll_to(y=0, animate=False, immediate=True)
        self._read_again()

    def reload(self) -> None:
        """Read again what is on view. The row under the cursor keeps its place on the screen.

        Of a search it is read how the rows stand that were found, and looked for others.
        """
        window = self.window
        if isinstance(window, SearchWindow) and not (window.is_current or self._waits_for_another):
            self._looks.begin(window, self._read_again)
        self._read_again()

    async def settled(self) -> None:
        """Wait for what a search finds, but not for long: so that the next key meets the list as it is."""
        await self._looks.settled()

    @property
    def is_looking(self) -> bool:
        """Whether a search has looked for so long that it is worth saying."""
        return self._looks.is_long

    @property
    def _waits_for_another(self) -> bool:
        return self._looks.window not in (None, self.window)

    def tell_found(self) -> None:
        """Let the screen know what was found."""
        self.post_message(self.Found(self))

    def _read_again(self) -> None:
        self._pages.clear()
        self.total = self.window.count()
        stays = self._cursor_key and (self._moved or not self.follow_top)
        index = self.window.index_of(self._cursor_key) if stays else None
        was = self.cursor
        at_top = round(self.scroll_y) == 0
        target = index if index is not None else min(was, max(0, self.total - 1))
        self.virtual_size = Size(0, self.total * self.row_height + self._heading_rows)
        if index is not None and index != was and not (at_top and self._rows_on_view > index):
            self.scroll_to(y=self.scroll_y + (index - was) * self.row_height, animate=False, immediate=True)
        self.set_reactive(PagedTable.cursor, target)
        self.refresh()
        self._announce(force=index is None and bool(stays))
        if isinstance(self.window, SearchWindow):
            self.tell_found()

    def set_row_height(self, lines: int) -> None:
        """Give each row another number of lines; the cursor stays on its row."""
        if lines != self.row_height:
            self.row_height = lines
            self.reload()
            self._scroll_to_cursor()

    def select(self, key: str) -> bool:
        """Put the cursor on the row with this key; False if it is not in this window."""
        index = self.window.index_of(key)
        if index is None:
            return False
        self.cursor = index
        return True

    def row_at(self, index: int) -> Row | None:
        """One row, from the page that holds it."""
        if not 0 <= index < self.total:
            return None
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self.window.page(number, PAGE)
            if len(self._pages) >= KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[number] = page
        return page[offset] if offset < len(page) else None

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return None if self._waits_for_another else self.row_at(self.cursor)

    # Cursor

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        if old != new:
            self._moved = True
            self._repaint_row(old)
            self._repaint_row(new)
            # A step beyond the edge brings a third of a screen: most steps then repaint two rows alone.
            self._scroll_to_cursor(self._rows_on_view // 3 if abs(new - old) == 1 else 0)
            self._announce()
            self._look_further()

    def _look_further(self) -> None:
        """Near the end of what a search has found so far, look for more."""
        window = self.window
        near = self.cursor >= self.total - AHEAD
        if near and isinstance(window, SearchWindow) and window.more and not self._waits_for_another:
            self._looks.begin(window, self._read_again, further=True)

    def _announce(self, *, force: bool = False) -> None:
        row = self.row
        key = self.window.key(row) if row is not None else ""
        if force or key != self._cursor_key or row is None:
            self._cursor_key = key
            self.post_message(self.Highlighted(self, row))

    def _scroll_to_cursor(self, ahead: int = 0) -> None:
        """Bring the cursor on view, with so many rows beyond it when it was not."""
        top, view = round(self.scroll_y), self._lines_on_view
        first, beyond = self.cursor * self.row_height, ahead * self.row_height
        if first < top:
            self.scroll_to(y=max(0, first - beyond), animate=False, immediate=True)
        elif first + self.row_height > top + view:
            self.scroll_to(y=first + self.row_height - view + beyond, animate=False, immediate=True)

    @property
    def _heading_rows(self) -> int:
        return 1 if self.heading else 0

    @property
    def _lines_on_view(self) -> int:
        return max(1, self.size.height - self._heading_rows)

    @property
    def _rows_on_view(self) -> int:
        return max(1, self._lines_on_view // self.row_height)

    def act_down(self) -> None:
        self.cursor += 1

    def act_up(self) -> None:
        self.cursor -= 1

    def act_page_down(self) -> None:
        self.cursor += self._rows_on_view

    def act_page_up(self) -> None:
        self.cursor -= self._rows_on_view

    def act_first(self) -> None:
        self.cursor = 0

    def act_last(self) -> None:
        self.cursor = self.total - 1

    def act_open(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Opened(self, row))

    def action_act(self, action_id: str) -> None:
        """Run one of the list actions."""
        getattr(self, "act_" + action_id.partition(".")[2])()

    def on_click(self, event: events.Click) -> None:
        index = (event.y + round(self.scroll_y) - self._heading_rows) // self.row_height
        if event.y >= self._heading_rows and 0 <= index < self.total:
            self.cursor = index
            if event.chain > 1:
                self.act_open()

    # Painting

    def on_resize(self) -> None:
        self.virtual_size = Size(0, self.total * self.row_height + self._heading_rows)
        self._scroll_to_cursor()

    def on_focus(self) -> None:
        self._repaint_row(self.cursor)

    def on_blur(self) -> None:
        self._repaint_row(self.cursor)

    def notify_style_update(self) -> None:
        self._tones = {}
        self._painted.clear()
        super().notify_style_update()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """As of any widget. Without regions, every row is painted anew: it may look different now."""
        if not regions:
            self._painted.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _repaint_row(self, index: int) -> None:
        y = index * self.row_height - round(self.scroll_y) + self._heading_rows
        if -self.row_height < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, self.row_height))

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        if not self._tones:
            self._ground = self.rich_style
            self._tones = {
                tone: Style(color=style.color, bold=style.bold or None, dim=style.dim)
                for tone in TONES
                if (style := self.get_component_rich_style(f"paged-table--{tone}"))
            }
        if self.heading and y == 0:
            return strip(self.heading(cells), cells, self._tones, self._background("heading"))
        index, line = divmod(y + round(self.scroll_y) - self._heading_rows, self.row_height)
        row = self.row_at(index)
        if row is None:
            return self._empty_line(y, cells) if not self.total else Strip.blank(cells, self._ground)
        return self._row_strips(index, row, cells)[line]

    def _row_strips(self, index: int, row: Row, cells: int) -> Sequence[Strip]:
        """The lines of a row, painted now or before."""
        under = self._under(index, row)
        strips = self._painted.get((index, cells, under))
        if strips is None:
            # Reversed, a colour becomes a block behind the word; the words and glyphs say it as well.
            plain = {tone: Style(bold=style.bold) for tone, style in self._tones.items()}
            tones = plain if under.reverse else self._tones
            strips = [strip(line, cells, tones, under) for line in self.painter(row, cells)]
            if len(self._painted) >= KEPT_ROWS:
                self._painted.clear()
            self._painted[index, cells, under] = strips
        return strips

    def _empty_line(self, y: int, cells: int) -> Strip:
        lines = wrapped("Looking." if self.is_looking else self.empty, max(10, min(60, cells - 4)))
        number = y - max(1, (self.size.height - len(lines)) // 3)
        words = lines[number] if 0 <= number < len(lines) else ""
        margin = max(0, (cells - len(words)) // 2)
        return strip((Span(" " * margin), Span(words, "muted")), cells, self._tones, self._ground)

    def _under(self, index: int, row: Row) -> Style:
        if index == self.cursor:
            return self._background("cursor" if self.has_focus else "cursor-idle")
        if self.fresh and self.window.key(row) in self.fresh:
            return self._background("fresh")
        return self._ground

    def _background(self, name: str) -> Style:
        return self._ground + self.get_component_rich_style(f"paged-table--{name}", partial=True)
