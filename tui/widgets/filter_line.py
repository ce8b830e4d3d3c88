"""The line above a list: which part of it is on view, and the search."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.widgets.header import content
from tui.widgets.spans import Span, spread, width

Choice = tuple[str, "int | None", bool]
"""Title, count (or None), whether it is the one on view."""


class _Choices(Widget):
    DEFAULT_CSS = "_Choices { height: 1; padding: 0 1; background: $background; }"

    choices: reactive[tuple[Choice, ...]] = reactive[tuple[Choice, ...]](())
    note: reactive[str] = reactive("")

    def render(self) -> Content:
        note = Span(f"  {self.note}" if self.note else "", "muted")
        room = self.size.width - width((note,)) - 1
        spans = [_choice(*choice) for choice in self.choices]
        # However many there are, the one on view is.
        here = next((at for at, (_, _, active) in enumerate(self.choices) if active), 0)
        first = 0
        while first < here and sum(map(width, spans[first : here + 1])) > room:
            first += 1
        before = [Span("… ", "muted")] if first else []
        line = [*before, *(span for choice in spans[first:] for span in choice)][:-1]
        return content(spread(line, [note], self.size.width))


def _choice(title: str, count: int | None, active: bool) -> list[Span]:
    spans = [Span(title, "accent" if active else "muted")]
    if count is not None:
        spans.append(Span(f" {count:,}", "normal" if active else "muted"))
    return [*spans, Span("   ")]


class SearchInput(Input):
    """Escape leaves it and clears it; Enter leaves it and keeps what was found."""

    KEYS = (("Enter", "to what was found", True), ("Esc", "clear the search", True))
    """What the key bar says while the words are typed: every letter is one of them."""

    def __init__(self, text: str) -> None:
        super().__init__(text, placeholder="search", select_on_focus=False)
        self.cursor_blink = False


class _Search(Horizontal):
    """The words that are searched for, behind the key that asked for them."""

    DEFAULT_CSS = """
    _Search {
        height: 1; padding: 0 1; background: $surface;
        & Static { width: 2; color: $accent; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        & Input:focus { border: none; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Static("/")
        yield SearchInput(self._text)


class _Problem(Static):
    DEFAULT_CSS = "_Problem { height: auto; padding: 0 1; background: $surface; }"


class FilterLine(Vertical):
    """The choices of a list, and beneath them the search while there is one."""

    DEFAULT_CSS = "FilterLine { height: auto; background: $background; }"

    choices: reactive[tuple[Choice, ...]] = reactive[tuple[Choice, ...]](())
    note: reactive[str] = reactive("")
    problem: reactive[str] = reactive("")
    """Why the words that were typed cannot be understood, and what to type."""

    @dataclass
    class Searched(Message):
        """The words to search for; `done` when the typing is over."""

        filter_line: FilterLine
        text: str
        done: bool

    def compose(self) -> ComposeResult:
        yield _Choices()

    def watch_problem(self, problem: str) -> None:
        self.query(_Problem).remove()
        if problem and self.is_mounted:
            self.mount(_Problem(content([Span(f"! {problem}", "bad")])))

    def watch_choices(self, choices: tuple[Choice, ...]) -> None:
        if self.is_mounted:
            self.query_one(_Choices).choices = choices

    def watch_note(self, note: str) -> None:
        if self.is_mounted:
            self.query_one(_Choices).note = note

    def on_mount(self) -> None:
        self.watch_choices(self.choices)
        self.watch_note(self.note)

    @property
    def room(self) -> int:
        """Cells that the choices and the note share."""
        return self.query_one(_Choices).size.width

    @property
    def searching(self) -> bool:
        """Whether the search field is open."""
        return bool(self.query(_Search))

    async def start_search(self, text: str = "") -> None:
        """Open the search field with what was searched for last."""
        if not self.searching:
            await self.mount(_Search(text))
        self.query_one(SearchInput).focus()

    def close_search(self) -> None:
        """Close the search field without a word."""
        self.query(_Search).remove()

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("escape", "enter") or not self.searching:
            return
        event.stop()
        text = self.query_one(SearchInput).value.strip() if event.key == "enter" else ""
        if not text:
            self.close_search()
        # Straight to the screen: what is typed next is about what was found, and must not come before it.
        self.screen.post_message(self.Searched(self, text, done=True))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.searching:
            # As it is now: Enter may have been quicker than this.
            self.post_message(self.Searched(self, event.input.value.strip(), done=False))
