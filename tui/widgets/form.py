"""A form: fields one under the other, their values, and the way to the first one that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.core.errors import ApiError, ConsoleError, InvalidInput, Refused
from tui.widgets.field import Field
from tui.widgets.header import content
from tui.widgets.spans import Span


class _More(Widget, can_focus=True):
    """The line that opens the fields which are seldom needed."""

    BINDINGS = [("enter,space", "open", "open")]
    DEFAULT_CSS = """
    _More {
        height: 1; margin: 1 0 0 0;
        &:focus { background: $cursor-background; }
        &:focus:ansi { background: ansi_default; text-style: reverse; }
    }
    """

    @dataclass
    class Opened(Message):
        """The rest is wanted."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def render(self) -> Content:
        return content([Span("+ ", "accent"), Span("more", "normal"), Span(f"   {self.words}", "muted")])

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def on_click(self) -> None:
        self.action_open()


class Trouble(Widget):
    """What went wrong with the whole form: what happened, what to do, and ClickSend's own words, muted."""

    DEFAULT_CSS = "Trouble { height: auto; margin: 1 0 0 0; display: none; &.-shown { display: block; } }"
    words: reactive[tuple[Span, ...]] = reactive((), layout=True)

    def show(self, error: ConsoleError) -> None:
        """Show an error."""
        spans = [Span(f"! {error.message}", "bad")]
        if error.hint:
            spans.append(Span(f" {error.hint}", "normal"))
        if isinstance(error, ApiError) and error.detail and error.detail not in error.message:
            spans.append(Span(f"\nClickSend: {error.detail}", "muted"))
        self.words = tuple(spans)
        self.scroll_visible(animate=False)

    def watch_words(self) -> None:
        self.set_class(bool(self.words), "-shown")

    def render(self) -> Content:
        return content(list(self.words))


class Form(Vertical):
    """Fields one under the other; those seldom needed are mounted when they are asked for."""

    DEFAULT_CSS = """
    Form { height: auto; & > .form-heading { margin: 1 0 0 0; color: $foreground; text-style: bold; } }
    """

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        more: Sequence[Field] = (),
        more_words: str = "",
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """`headings` are the names of groups of fields, by the key of the first field in each."""
        super().__init__()
        self._headings = headings or {}
        self.fields: tuple[Field, ...] = (*fields, *more)
        self._shown = list(fields)
        self._more = list(more)
        self._more_words = more_words
        if any(field.value for field in more):
            self._shown, self._more = [*fields, *more], []

    def compose(self) -> ComposeResult:
        yield from self._headed(self._shown)
        if self._more:
            yield _More(self._more_words)
        yield Trouble()

    def _headed(self, fields: Sequence[Field]) -> Iterator[Widget]:
        for field in fields:
            if field.key in self._headings:
                yield Static(self._headings[field.key], classes="form-heading", markup=False)
            yield field

    @on(_More.Opened)
    async def _open(self, event: _More.Opened) -> None:
        event.stop()
        await self.show_all()

    async def show_all(self, focus: Field | None = None) -> None:
        """Mount the fields that are seldom needed, and go to the first of them."""
        if self._more:
            added, self._more = self._more, []
            await self.query(_More).remove()
            await self.mount_all(self._headed(added), before=self.query_one(Trouble))
            focus = focus or added[0]
        if focus is not None:
            focus.focus_control()

    @property
    def values(self) -> Mapping[str, str]:
        """What every field holds, on view or not, without white space around it."""
        return {field.key: field.value.strip() for field in self.fields}

    def field(self, key: str) -> Field:
        """The field of this name, on view or not."""
        return next(field for field in self.fields if field.key == key)

    async def examine(self) -> bool:
        """Whether every value can be used; else each field says why, and the first has the cursor."""
        self.query_one(Trouble).words = ()
        bad = [field for field in self.fields if not field.examine()]
        if bad:
            await self._go_to(bad[0])
        return not bad

    async def show_error(self, error: ConsoleError) -> None:
        """Say what went wrong: at the field that it is about, or beneath all of them."""
        field = self._blamed(error)
        if field is None:
            self.query_one(Trouble).show(error)
            return
        field.problem = str(error)
        await self._go_to(field)

    def _blamed(self, error: ConsoleError) -> Field | None:
        if isinstance(error, InvalidInput):
            return next((field for field in self.fields if field.key == error.field), None)
        if not isinstance(error, Refused):
            return None
        # ClickSend names fields in its sentences, with or without the underscore.
        said = f"{error.message} {error.detail}".casefold().replace("_", " ")
        named = [field for field in self.fields if field.key.casefold().replace("_", " ") in said]
        return max(named, key=lambda field: len(field.key), default=None)

    async def _go_to(self, field: Field) -> None:
        if field in self._more:
            await self.show_all(field)
        else:
            field.focus_control()
