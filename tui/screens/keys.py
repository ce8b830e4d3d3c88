"""Every key of the screen it was asked on, with what it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.actions import Context, in_context
from tui.widgets.sheet import Fact, Facts, SheetScreen
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from tui.app import ConsoleApp

TITLES = {
    "console": "Everywhere",
    "list": "Lists and threads",
    "inbox": "Inbox",
    "compose": "Writing",
    "campaigns": "Campaigns",
    "contacts": "Contacts",
    "receipts": "Receipts",
    "account": "Account",
    "actions": "Actions",
    "answer": "Answers",
}


class KeysScreen(SheetScreen[None]):
    """Scrolls with the arrow keys; any of Escape, q and ? leaves it."""

    BINDINGS = [
        ("question_mark,q", "leave", "back"),
        ("j,down", "scroll_body(1)", "down"),
        ("k,up", "scroll_body(-1)", "up"),
        ("pagedown,space", "scroll_body(12)", "page down"),
        ("pageup", "scroll_body(-12)", "page up"),
    ]
    title_words = "Keys"

    if TYPE_CHECKING:
        app: ConsoleApp

    def __init__(self, contexts: Sequence[Context]) -> None:
        super().__init__()
        self.contexts = contexts

    def compose_body(self) -> Iterable[Widget]:
        facts: list[Fact] = []
        for context in (*self.contexts, "list", "console"):
            facts.append((TITLES[context], ((),)))
            for action in in_context(context):
                if keys := self.app.keys_of(action):
                    facts.append((f"  {keys}", ((Span(action.help, "normal"),),)))
            facts.append(("", ((),)))
        yield Facts(facts[:-1])

    def action_scroll_body(self, lines: int) -> None:
        self.query_one("#sheet-body").scroll_relative(y=lines, animate=False)
