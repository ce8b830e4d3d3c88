"""What became of a send whose answer was lost: the evidence, and the user's verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, cast

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from tui.core.clock import exact_time
from tui.screens.confirm import QuestionScreen
from tui.store.rows import Message
from tui.widgets.list_window import ListWindow
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import Fact, Facts
from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from tui.services import Services

Verdict = Literal["sent", "not sent"]
CHOICES: dict[Verdict, str] = {
    "sent": "It was done: keep it as accepted",
    "not sent": "It was not done: give me what I typed back as a draft",
}


class SettleScreen(QuestionScreen["Verdict | None"]):
    """Enter gives the verdict under the cursor, once it could be read; Escape leaves the message unknown."""

    CSS_PATH = "settle.tcss"
    title_words = "Was this done?"

    def __init__(self, facts: Sequence[Fact]) -> None:
        super().__init__()
        self.facts = facts

    def compose_body(self) -> Iterable[Widget]:
        yield Facts(self.facts)
        yield Static(
            "Its absence from ClickSend's history proves nothing: it may come late. "
            "Nothing is sent by what you choose here.",
            markup=False,
        )
        yield PagedTable[Verdict](_paint)

    @property
    def table(self) -> PagedTable[Verdict]:
        return cast("PagedTable[Verdict]", self.query_one(PagedTable))

    def on_mount(self) -> None:
        self.table.show(ListWindow(tuple(CHOICES), str))
        self.table.focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        choose = (("Enter", "choose"),) if self._could_be_read else ()
        return (("Esc", "leave it unknown"), *choose)

    @on(PagedTable.Opened)
    def _chosen(self) -> None:
        self.action_yes()

    def say_yes(self) -> None:
        self.dismiss(self.table.row)


def give_back(services: Services, counterpart: str, body: str) -> None:
    """Put the text of a message that was not sent back where it was written, before what was begun since."""
    begun = services.drafts.take_up(counterpart)
    if body not in begun:
        services.drafts.save(counterpart, f"{body}\n{begun}".rstrip("\n"))


def message_facts(message: Message, history_read: str) -> Sequence[Fact]:
    """A message whose answer was lost, and the evidence."""
    return (
        ("Message", [(Span(line, "normal"),) for line in message.body.split("\n")]),
        ("Left at", ((Span(exact_time(message.at), "normal"),),)),
        ("Answer", ((Span(message.state_text or "none came back", "warn"),),)),
        ("History", ((Span(history_read, "muted"),),)),
    )


def _paint(verdict: Verdict, cells: int) -> Sequence[Line]:
    return ((Span(f" {CHOICES[verdict]}", "normal"),),)
