"""One conversation: who it is with, what was said, and the answer that is being written."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui.core.clock import coming_time
from tui.core.people import short_name
from tui.widgets.spans import Span
from tui.widgets.thread import Thread
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.screens.reply_editor import ReplyEditor
    from tui.services import Services
    from tui.store.rows import Conversation


class ConversationPane(Vertical):
    """The thread with `counterpart` (empty: none), and its editor while an answer is written."""

    if TYPE_CHECKING:
        app: ConsoleApp

    class WritingChanged(Message):
        """The keyboard went into the editor, or the editor is gone."""

    def __init__(self, services: Services, *, id: str) -> None:
        super().__init__(id=id)
        self.services = services
        self.counterpart = ""
        """Set at once, while the editor of another conversation may still be on its way out."""
        self._shown = ""
        self._changing = Lock()

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield Thread(self.services.now, self.services.price_of, self.services.store.who)

    @property
    def thread(self) -> Thread:
        return self.query_one(Thread)

    @property
    def editor(self) -> ReplyEditor | None:
        """The editor, while an answer is written."""
        editors = self.query("ReplyEditor")
        return cast("ReplyEditor", editors.first()) if editors else None

    @property
    def writing(self) -> bool:
        """Whether the keyboard is in the editor."""
        return self.editor is not None and self.editor.has_focus_within

    @property
    def title_words(self) -> str:
        """Who it is with."""
        row = self.services.store.conversation(self.counterpart)
        return row.title if row else self.counterpart

    async def open(self, counterpart: str) -> None:
        """Show a conversation; of two that are asked for at once, the one that was asked for last.

        The answer to another that is being written stays behind as a draft.
        """
        self.counterpart = counterpart
        async with self._changing:
            if self.editor is not None and self.editor.counterpart != self.counterpart:
                await self.editor.remove()
            if counterpart == self.counterpart != self._shown:
                self._shown, store = counterpart, self.services.store
                self.thread.show(store.thread(counterpart), lambda: store.notes(counterpart))
                self.show_title()

    def show_title(self) -> None:
        """Name, number and what is known of them."""
        title = self.query_one(TitleLine)
        row = self.services.store.conversation(self.counterpart) if self.counterpart else None
        if row is None:
            title.line = title.right = ()
            return
        number = row.number if row.title != row.number else ""
        title.line = (Span(row.title, "bright"), Span("   "), Span(number, "muted"))
        facts = list(self._facts(row))
        title.right = [part for fact in facts for part in (Span(" · ", "muted"), fact)][1:]

    def _facts(self, row: Conversation) -> Iterator[Span]:
        """What is to be known before anything is answered, then how it stands."""
        me, now = self.services.store.who, self.services.now()
        if row.attention == "stop":
            yield Span("STOP", "warn")
        for other in self.services.store.others(now).get(row.counterpart, ()):
            doing = "is writing" if other.writing else "is here"
            yield Span(f"{short_name(other.who, me)} {doing}", "warn")
        if row.assignee:
            yield Span("mine" if row.assignee == me else f"@{short_name(row.assignee, me)}", "muted")
        if row.standing == "snoozed":
            yield Span(f"◷ {coming_time(row.snoozed_until, now)}", "muted")
        elif row.standing != "open":
            yield Span("spam" if row.standing == "blocked" else "done", "muted")
        if row.muted:
            yield Span("muted", "muted")
        for label in row.labels:
            yield Span(f"#{label}", "muted")

    async def reply(self) -> None:
        """Open the editor with what was written before, or go back to it."""
        async with self._changing:
            if (editor := self.editor) is None:
                from tui.screens.reply_editor import ReplyEditor

                editor = ReplyEditor(self.services, self.counterpart, self.title_words)
                await self.mount(editor)
            editor.focus_text()
        self.post_message(self.WritingChanged())

    async def on_reply_editor_closed(self) -> None:
        async with self._changing:
            if self.editor is not None:
                await self.editor.remove()
        self.screen.set_focus(self.thread)
        self.post_message(self.WritingChanged())
