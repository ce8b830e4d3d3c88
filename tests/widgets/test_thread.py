"""The thread: its end is on view, whatever changes above, below or in it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.store.build import NOON
from tui.store.rows import Message
from tui.widgets import themes
from tui.widgets.list_window import ListWindow
from tui.widgets.thread import Thread

HEIGHT = 20


class ThreadApp(App[None]):
    """A thread, under which an editor can be opened."""

    CSS = "#editor { height: 10; }"

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | themes.own_tokens(self.current_theme, variables)

    def compose(self) -> ComposeResult:
        yield Thread(lambda: NOON, lambda message: "", "ana")

    @property
    def thread(self) -> Thread:
        return self.query_one(Thread)

    @property
    def last_line(self) -> str:
        """The line above the bottom, which is blank."""
        return self.thread.render_line(self.thread.size.height - 3).text.strip()


def messages(count: int) -> ListWindow[Message]:
    rows = [
        Message(str(number), "+61411111111", "in", f"message {number}", NOON, "delivered")
        for number in range(count)
    ]
    return ListWindow(rows, lambda row: row.id)


async def test_a_long_thread_after_a_short_one_is_shown_from_its_end() -> None:
    app = ThreadApp()
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        app.thread.show(messages(1), tuple)
        await pilot.pause()
        app.thread.show(messages(12), tuple)
        await pilot.pause()
        assert app.last_line == "message 11"


async def test_a_message_more_than_fits_leaves_the_end_on_view() -> None:
    app = ThreadApp()
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        app.thread.show(messages(6), tuple)
        await pilot.pause()
        assert not app.thread.show_vertical_scrollbar
        app.thread.window = messages(7)
        app.thread.reload()
        await pilot.pause()
        assert app.last_line == "message 6"


async def test_an_editor_opened_below_never_hides_the_end() -> None:
    app = ThreadApp()
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        app.thread.show(messages(2), tuple)
        await pilot.pause()
        app.screen.mount(Static(id="editor"))
        # Whoever asks between a change and its layout where a widget is has all of them measured, and then
        # the layout finds nothing resized.
        app.screen._compositor.reflow_visible(app.screen, app.screen.size)
        assert app.screen._compositor.full_map[app.thread].region.height == HEIGHT - 10
        await pilot.pause()
        assert app.thread.size.height == HEIGHT - 10
        assert app.last_line == "message 1"


async def test_what_is_being_read_stays_where_it_is_when_a_message_comes() -> None:
    app = ThreadApp()
    async with app.run_test(size=(60, HEIGHT)) as pilot:
        app.thread.show(messages(60), tuple)
        await pilot.pause()
        app.thread.act_page_up()
        await pilot.pause()
        before = [app.thread.render_line(y).text for y in range(HEIGHT)]
        app.thread.window = messages(63)
        app.thread.reload()
        await pilot.pause()
        assert [app.thread.render_line(y).text for y in range(HEIGHT)] == before
