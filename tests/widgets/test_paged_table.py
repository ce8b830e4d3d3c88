"""The table on windows: what it reads, where its cursor stays, what it paints."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from tests.store.build import NOON, inbound
from tui.store.database import Store
from tui.store.messages import merge_messages
from tui.store.transaction import Source
from tui.store.windows import Listing, SearchWindow
from tui.widgets import themes
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Line, Span
from tui.widgets.table_columns import Column, columns


class Numbers:
    """A window on names; notes which pages are asked for."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self.asked: list[int] = []

    def count(self) -> int:
        return len(self.rows)

    def page(self, number: int, size: int = 100) -> Sequence[str]:
        self.asked.append(number)
        return self.rows[number * size : (number + 1) * size]

    def index_of(self, key: str) -> int | None:
        return self.rows.index(key) if key in self.rows else None

    def key(self, row: str) -> str:
        return row


class TableApp(App[None]):
    def __init__(self, window: Numbers) -> None:
        super().__init__()
        self.window = window
        self.opened: list[object] = []

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | themes.own_tokens(self.current_theme, variables)

    def compose(self) -> ComposeResult:
        paint, heading = columns(
            [
                Column[str]("Name", lambda row: Span(row)),
                Column[str](
                    "Size", lambda row: Span(str(len(row)), "muted"), width=5, right=True, from_width=60
                ),
            ]
        )
        yield PagedTable[str](paint, heading=heading)

    def on_mount(self) -> None:
        self.table.show(self.window)
        self.table.focus()

    @property
    def table(self) -> PagedTable[str]:
        return self.query_one(PagedTable)

    def on_paged_table_opened(self, event: PagedTable.Opened) -> None:
        self.opened.append(event.row)

    @property
    def lines(self) -> list[str]:
        return [
            "".join(segment.text for segment in strip).rstrip()
            for strip in self.screen._compositor.render_strips()
        ]


def names(count: int) -> list[str]:
    return [f"row {number:05}" for number in range(count)]


async def test_reads_only_the_pages_on_view() -> None:
    app = TableApp(Numbers(names(20_000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        assert app.table.row == "row 19999"
        assert set(app.window.asked) <= {0, 199}
        assert "row 19999" in app.lines[-1]


async def test_a_row_above_does_not_move_the_cursor_off_its_row() -> None:
    app = TableApp(Numbers(names(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            await pilot.press("pagedown")
        row, line = app.table.row, app.table.cursor - round(app.table.scroll_y)
        app.window.rows.insert(0, "new")
        app.table.reload()
        await pilot.pause()
        assert app.table.row == row
        assert app.table.cursor - round(app.table.scroll_y) == line


async def test_a_new_row_is_seen_when_the_list_stands_at_its_top() -> None:
    app = TableApp(Numbers(names(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.window.rows.insert(0, "new")
        app.table.reload()
        await pilot.pause()
        assert app.table.row == "row 00000"
        assert any("new" in line for line in app.lines)


async def test_a_row_that_goes_leaves_the_cursor_on_the_next() -> None:
    app = TableApp(Numbers(names(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        app.window.rows.remove("row 00002")
        app.table.reload()
        assert app.table.row == "row 00003"
        for row in list(app.window.rows):
            app.window.rows.remove(row)
        app.table.reload()
        assert app.table.row is None
        await pilot.press("j", "k", "enter", "G", "g")
        assert app.opened == []


async def test_enter_opens_the_row_under_the_cursor() -> None:
    app = TableApp(Numbers(names(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter")
        assert app.opened == ["row 00001"]


async def test_an_empty_table_says_what_would_be_here() -> None:
    app = TableApp(Numbers([]))
    async with app.run_test(size=(80, 24)):
        app.table.empty = "No lists yet. C makes one."
        assert any("No lists yet. C makes one." in line for line in app.lines)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (200, 60)])
async def test_every_line_is_as_wide_as_the_terminal(size: tuple[int, int]) -> None:
    app = TableApp(
        Numbers(["漢字と絵文字 👩‍👩‍👧 " * 20, "[/b] [@click=app.quit]boom[/]", "عربى", "e\u0301" * 90])
    )
    async with app.run_test(size=size):
        for strip in app.screen._compositor.render_strips():
            assert sum(segment.cell_length for segment in strip) == size[0]
        assert any("[/b] [@click=app.quit]boom[/]"[: size[0] - 12] in line for line in app.lines)


async def test_while_rows_stream_in_the_cursor_stays_on_the_first_until_it_is_moved() -> None:
    app = TableApp(Numbers(names(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.follow_top = True
        app.window.rows.insert(0, "newer")
        app.table.reload()
        assert app.table.row == "newer"
        await pilot.press("j")
        app.window.rows.insert(0, "newest")
        app.table.reload()
        assert app.table.row == "row 00000"


async def test_a_step_paints_the_row_it_leaves_and_the_one_it_comes_to() -> None:
    app = TableApp(Numbers(names(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painter, painted = app.table.painter, []

        def counting(row: str, cells: int) -> Sequence[Line]:
            painted.append(row)
            return painter(row, cells)

        app.table.painter = counting
        await pilot.press("j")
        await pilot.pause()
        assert sorted(set(painted)) == ["row 00000", "row 00001"]


async def test_a_step_beyond_the_edge_brings_a_third_of_a_screen() -> None:
    app = TableApp(Numbers(names(300)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown")
        top = round(app.table.scroll_y)
        await pilot.press("j")
        assert round(app.table.scroll_y) == top + 1 + 23 // 3
        assert "row 00024" in app.lines[23 - 23 // 3]
        app.table.cursor = round(app.table.scroll_y)
        await pilot.press("k")
        assert round(app.table.scroll_y) == top


async def test_what_changes_in_a_row_is_painted_when_the_table_is_read_again() -> None:
    app = TableApp(Numbers(names(5)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.window.rows[1] = "renamed"
        app.table.reload()
        await pilot.pause()
        assert any("renamed" in line for line in app.lines)
        assert not any("row 00001" in line for line in app.lines)


async def test_a_wider_terminal_has_wider_rows() -> None:
    app = TableApp(Numbers(names(5)))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.resize_terminal(100, 20)
        async with asyncio.timeout(20):
            while {strip.cell_length for strip in app.screen._compositor.render_strips()} != {100}:
                await pilot.pause(0.01)


class Found:
    """Searches of a store with 300 people, each of which finds all of them when it is let."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path)
        rows = [inbound(f"M{n}", NOON + n, f"+{n}") for n in range(300)]
        self.store.write_now(merge_messages, rows)

    def window(self, may_go_on: threading.Event, slice: int = 1000) -> SearchWindow[str]:
        def search(source: Source) -> Iterator[Sequence[int]]:
            may_go_on.wait()
            ids = [row[0] for row in source.rows("SELECT id FROM conversation ORDER BY id")]
            for start in range(0, len(ids), slice):
                yield ids[start : start + slice]

        people = Listing[str](
            "conversation",
            "id",
            "counterpart",
            lambda row: str(row[0]),
            lambda row: row,
            "counterpart = :key",
        )
        return SearchWindow(self.store._reader, self.store._background, people, search)


async def until_found(table: PagedTable[str]) -> None:
    await table._looks._over.wait()


async def test_while_a_search_goes_on_no_row_is_offered_and_then_it_is_said(tmp_path: Path) -> None:
    found, may_go_on = Found(tmp_path / "store.db"), threading.Event()
    app = TableApp(Numbers(["Ada", "Ben"]))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.table.row == "Ada"
        app.table.show(found.window(may_go_on))
        assert (app.table.row, app.table.row_at(0)) == (None, "Ada")
        while not app.table.is_looking:
            await pilot.pause(0.01)
        assert app.table.total == 0
        assert any("Looking." in app.table.render_line(y).text for y in range(24))
        may_go_on.set()
        await until_found(app.table)
        assert (app.table.row, app.table.total) == ("+0", 300)
        found.store.close()


async def test_only_the_search_that_is_wanted_last_is_shown(tmp_path: Path) -> None:
    found, never, at_once = Found(tmp_path / "store.db"), threading.Event(), threading.Event()
    at_once.set()
    app = TableApp(Numbers(["Ada"]))
    async with app.run_test(size=(80, 24)):
        outdated, wanted = found.window(never), found.window(at_once)
        app.table.show(outdated)
        await asyncio.sleep(0)
        app.table.show(wanted)
        never.set()
        await until_found(app.table)
        assert app.table.window is wanted
        app.table.show(found.window(at_once))
        app.table.show(Numbers(["Ben"]))  # type: ignore[arg-type]
        await until_found(app.table)
        assert app.table.row == "Ben"
        found.store.close()


async def test_near_the_end_of_what_was_found_it_looks_further(tmp_path: Path) -> None:
    found, may_go_on = Found(tmp_path / "store.db"), threading.Event()
    may_go_on.set()
    app = TableApp(Numbers(["Ada"]))
    async with app.run_test(size=(80, 24)) as pilot:
        window = found.window(may_go_on, slice=60)
        app.table.show(window)
        await until_found(app.table)
        assert (app.table.total, window.more) == (60, True)
        app.table.cursor = 9
        await until_found(app.table)
        assert app.table.total == 60
        totals = []
        while window.more:
            await pilot.press("G")
            await until_found(app.table)
            totals.append(app.table.total)
        assert totals[-1] == 300
        assert len(totals) > 2
        found.store.close()


async def test_what_changes_meanwhile_is_looked_for_again(tmp_path: Path) -> None:
    found, may_go_on = Found(tmp_path / "store.db"), threading.Event()
    may_go_on.set()
    app = TableApp(Numbers(["Ada"]))
    async with app.run_test(size=(80, 24)):
        app.table.show(found.window(may_go_on))
        await until_found(app.table)
        found.store.write_now(merge_messages, [inbound("NEW", NOON + 999, "+999")])
        app.table.reload()
        await app.table.settled()
        await until_found(app.table)
        assert app.table.total == 301
        found.store.close()
