"""One conversation: who it is with, what was said, and the answer that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui.widgets.spans import Span
from tui.widgets.thread import Thread
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.screens.reply_editor import ReplyEditor
    from tui.services import Services


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

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield Thread(self.services.now, self.services.price_of)

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
        """Show another conversation. An answer that is being written stays behind as a draft."""
        if self.editor is not None:
            await self.editor.remove()
        self.counterpart = counterpart
        self.thread.show(self.services.store.thread(counterpart))
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
        title.right = (Span("STOP", "warn"),) if row.attention == "stop" else ()

    async def reply(self) -> None:
        """Open the editor with what was written before, or go back to it."""
        if (editor := self.editor) is None:
            from tui.screens.reply_editor import ReplyEditor

            editor = ReplyEditor(self.services, self.counterpart, self.title_words)
            await self.mount(editor)
        editor.focus_text()
        self.post_message(self.WritingChanged())

    async def on_reply_editor_closed(self) -> None:
        if self.editor is not None:
            await self.editor.remove()
        self.screen.set_focus(self.thread)
        self.post_message(self.WritingChanged())
