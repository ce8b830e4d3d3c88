"""What was sent and bought from here, and what became of it; what is not known can be settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from textual import on, work
from textual.widget import Widget

from tui.core.clock import exact_time
from tui.core.money import Currency
from tui.core.phone import display
from tui.store.outbox import outbox_settle
from tui.widgets.list_window import ListWindow
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, Tone, spread

if TYPE_CHECKING:
    from tui.services import Services
    from tui.store.rows import OutboxItem, OutboxState

MOST = 200
"""Rows: those that wait for a verdict, and the newest of the others."""
_STATES: dict[OutboxState, tuple[str, Tone]] = {
    "draft": ("○ draft", "muted"),
    "quoted": ("○ priced", "muted"),
    "confirmed": ("◷ confirmed", "normal"),
    "paused": ("! paused", "warn"),
    "sending": ("◷ on its way", "normal"),
    "accepted": ("✓ accepted", "normal"),
    "rejected": ("✗ rejected", "bad"),
    "not sent": ("✗ not done", "bad"),
    "unknown": ("? unknown", "warn"),
}


_GOING: tuple[OutboxState, ...] = ("draft", "quoted", "confirmed", "sending", "paused")
"""States of a large send in which its progress is what there is to see."""


class OutboxScreen(SheetScreen[None]):
    """Enter shows one in full, or asks what became of it where that is not known."""

    DEFAULT_CSS = """
    OutboxScreen {
        & #sheet { width: 88; }
        & PagedTable { background: $surface; }
    }
    """
    AUTO_FOCUS = "PagedTable"
    title_words = "Sent and bought from here"

    def compose_body(self) -> Iterable[Widget]:
        yield PagedTable["OutboxItem"](self._paint)

    def on_mount(self) -> None:
        self.table.empty = "Nothing was sent or bought from here yet."
        self._show()
        self.app.store_changed.subscribe(
            self, lambda change: self._show() if change.topics & {"outbox", "receipts"} else None
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Enter", "open, or settle what is unknown"))

    @property
    def table(self) -> PagedTable[OutboxItem]:
        return cast("PagedTable[OutboxItem]", self.query_one(PagedTable))

    def _show(self) -> None:
        items = self.app.services.store.outbox_newest(MOST)
        self.table.styles.height = max(3, min(len(items), self.app.size.height - 8))
        self.table.show(ListWindow(items, lambda item: item.id), keep_cursor=True)

    def _paint(self, item: OutboxItem, cells: int) -> Sequence[Line]:
        words, tone = state_of(item, self.app.services)
        time = self.app.services.clock_time(item.created_at)
        left = (Span(f" {time:>7}  ", "muted"), Span(f"{words:<13}", tone), Span(title_of(item), "normal"))
        return (spread(left, (Span(f"  {price_of(item)} ", "muted"),), cells),)

    @on(PagedTable.Opened)
    @work(exit_on_error=False)
    async def _open(self, event: PagedTable.Opened) -> None:
        from tui.screens.row import RowScreen
        from tui.screens.settle import SettleScreen

        item = cast("OutboxItem", event.row)
        if "source" in item.draft and item.state in _GOING:
            await self._open_large(item)
            return
        if item.kind != "operation":
            await self._open_sent(item)
            return
        if item.state != "unknown":
            self.app.push_screen(RowScreen(title_of(item), facts_of(item)))
            return
        facts = [(label, [(Span(line),) for line in text.split("\n")]) for label, text in facts_of(item)]
        verdict = await self.app.push_screen_wait(SettleScreen(facts))
        if verdict is None:
            return
        services = self.app.services
        await services.store.write(outbox_settle, item.id, was_sent=verdict == "sent")
        if verdict == "not sent":
            give_back(services, item)

    async def _open_sent(self, item: OutboxItem) -> None:
        """What became of each message of it."""
        from tui.screens.sent import SentScreen

        await self.app.push_screen(SentScreen(item))

    async def _open_large(self, item: OutboxItem) -> None:
        """One of many messages: how far it is. One that was never confirmed can be forgotten."""
        from tui.screens.bulk_progress import BulkProgressScreen
        from tui.screens.confirm import ConfirmScreen, Sheet

        if item.state in ("draft", "quoted"):
            text = "It was read and never confirmed: nothing was sent. What was read is forgotten."
            if await self.app.push_screen_wait(ConfirmScreen(Sheet(title_of(item), text, "forget it"))):
                await self.app.services.bulk.discard(item.id)
            return
        await self.app.push_screen(BulkProgressScreen(item.id))


def state_of(item: OutboxItem, services: Services) -> tuple[str, Tone]:
    """What became of a send, as a glyph and a word; of a scheduled one, whether it still waits."""
    if item.state == "accepted" and item.schedule:
        if is_cancelled(item, services):
            return "✗ cancelled", "muted"
        if item.schedule > services.clock.now():
            return "◷ scheduled", "normal"
    return _STATES[item.state]


def is_cancelled(item: OutboxItem, services: Services) -> bool:
    """Whether all of a send is seen to be cancelled."""
    return set(services.store.sends.summary(item.id).became) == {"cancelled"}


def title_of(item: OutboxItem) -> str:
    """What was done, and to whom or what if one thing says it."""
    from tui.api.operation import catalogue
    from tui.sending.products import title

    if item.kind != "operation":
        source = item.draft.get("source") or {}
        whole = (
            source.get("list") or source.get("file", "").rpartition("/")[2] or item.draft.get("name") or ""
        )
        to = item.draft.get("to") or [whole]
        first = display(to[0] if isinstance(to[0], str) else to[0]["name"] or to[0]["to"])
        return f"{title(item.kind)} · {first}" + (" and others" if len(to) > 1 else "")
    operation = catalogue().get(str(item.draft["operation"]))
    return operation.title if operation else str(item.draft["operation"])


def price_of(item: OutboxItem) -> str:
    """The price that was confirmed."""
    total = item.quote.get("total")
    return Currency(str(item.quote.get("currency") or "")).price(Decimal(str(total)) if total else None)


def facts_of(item: OutboxItem) -> Sequence[tuple[str, str]]:
    """Everything that is known of a send."""
    typed = _typed(item)
    return [
        ("What", title_of(item)),
        *((name, text) for name, text in typed.items()),
        ("Price", price_of(item)),
        ("Left at", exact_time(item.created_at)),
        ("Became", f"{_STATES[item.state][0]}. {item.detail}".removesuffix(" ")),
    ]


def _typed(item: OutboxItem) -> dict[str, str]:
    """What was sent, by the labels of the form."""
    from tui.api.layout import as_typed, slots
    from tui.api.operation import catalogue

    if item.kind != "operation":
        return {"Message": str(item.draft.get("body") or "")}
    operation = catalogue()[str(item.draft["operation"])]
    labels = {slot.key: slot.field.label for slot in slots(operation.arguments)}
    typed = as_typed(operation.arguments, _arguments(item))
    return {labels.get(key, key.rpartition(".")[2]): text for key, text in typed.items()}


def _arguments(item: OutboxItem) -> dict[str, Any]:
    """The arguments of an operation as they were given: local files and not what they were uploaded to."""
    from tui.sending.draft_files import restored

    return {**item.draft["arguments"], **restored(item.draft.get("files", {}))}


def give_back(services: Services, item: OutboxItem) -> None:
    """Put what was typed back where it was typed, but for keys and contents of files, which are not kept.

    What stands in the form of an operation is left alone: begun since, or what was typed, if the console
    ended before the answer.
    """
    from tui.api.layout import as_typed, slots, spread
    from tui.api.models.base import MASK
    from tui.api.operation import catalogue
    from tui.screens.settle import give_back as give_back_text

    if item.kind == "sms" and len(item.draft["to"]) == 1 and isinstance(item.draft["to"][0], str):
        give_back_text(services, item.draft["to"][0], item.draft["body"])
    elif item.kind == "operation" and not services.drafts.text(f"operation {item.draft['operation']}"):
        operation = catalogue()[str(item.draft["operation"])]
        typed = as_typed(operation.arguments, _arguments(item))
        kept = {key: text for key, text in typed.items() if text != MASK and not text.endswith("of a file)")}
        fields = {key: text for key, text in spread(tuple(slots(operation.arguments)), kept).items() if text}
        services.drafts.save(f"operation {operation.id}", json.dumps(fields, ensure_ascii=False))
