"""A large send on its way: how far it is, what it has cost, and the keys that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.core.errors import ConsoleError
from tui.screens.outbox import title_of
from tui.widgets.header import content
from tui.widgets.sheet import Fact, Facts, KeyHints, SheetScreen
from tui.widgets.spans import Line, Span, Tone

if TYPE_CHECKING:
    from tui.store.outbox_batches import Progress
    from tui.store.rows import OutboxState

PAUSE = 0.5
"""Seconds between two looks at the rows while they change: a repaint that can be read."""
_STATES: dict[OutboxState, tuple[str, Tone]] = {
    "confirmed": ("◷ about to leave", "normal"),
    "sending": ("◷ sending", "normal"),
    "paused": ("! paused", "warn"),
    "accepted": ("✓ done", "good"),
    "rejected": ("✗ rejected", "bad"),
    "unknown": ("? some unknown", "warn"),
    "not sent": ("✗ cancelled", "muted"),
}
_GOING: tuple[OutboxState, ...] = ("confirmed", "sending")


class Bar(Widget):
    """How much is done."""

    DEFAULT_CSS = "Bar { height: 1; margin: 0 0 1 0; }"
    share: reactive[float] = reactive(0.0)

    def render(self) -> Content:
        cells = self.size.width
        done = round(cells * self.share)
        return content([Span("━" * done, "accent"), Span("─" * (cells - done), "muted")])


class BulkProgressScreen(SheetScreen[None]):
    """It goes on when this is left; the outbox opens it again."""

    BINDINGS = [("p", "pause", "pause"), ("X", "cancel_rest", "cancel the rest"), ("w", "report", "report")]
    DEFAULT_CSS = "BulkProgressScreen #sheet { width: 72; }"

    def __init__(self, outbox_id: str) -> None:
        super().__init__()
        self.outbox_id = outbox_id
        item = self.app.services.store.outbox_item(outbox_id)
        self.title_words = title_of(item) if item else "Large send"
        self._pause: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield Bar()
        yield Facts(())

    def hints(self) -> Sequence[tuple[str, str]]:
        found = self.progress
        state = found.state if found else "accepted"
        if state in _GOING:
            return (("w", "report"), ("X", "cancel rest"), ("Esc", "leave it going"), ("p", "pause"))
        if state == "paused":
            return (("w", "report"), ("X", "cancel rest"), ("Esc", "leave it"), ("p", "go on"))
        return (("w", "save the report"), ("Esc", "back"))

    def on_mount(self) -> None:
        self._show()
        self.app.store_changed.subscribe(self, lambda change: self._later() if change.of("outbox") else None)

    def _later(self) -> None:
        """Many rows change in a second: look twice in it."""
        if self._pause is None:
            self._pause = self.set_timer(PAUSE, self._show)

    @property
    def progress(self) -> Progress | None:
        """How far it is."""
        services = self.app.services
        return services.store.sends.progress(self.outbox_id, services.clock.now())

    def _show(self) -> None:
        self._pause = None
        found = self.progress
        if found is None:
            return
        self.query_one(Bar).share = found.done / found.total if found.total else 1.0
        self.query_one(Facts).show(self._facts(found))
        self.query_one(KeyHints).show(self.hints())

    def _facts(self, found: Progress) -> Sequence[Fact]:
        words, tone = _STATES.get(found.state, (found.state, "normal"))
        state: list[Span] = [Span(words, tone)]
        if found.detail and found.state not in _GOING and found.detail.rstrip(".").lower() not in words:
            state.append(Span(f" · {found.detail}", "muted"))
        done = [Span(f"{found.done:,}", "bright"), Span(f" of {found.total:,}", "muted")]
        if found.rate and found.state in _GOING:
            left = found.seconds_left
            time = f" · {_duration(left)} left" if left else ""
            done.append(Span(f" · {found.rate:,.0f} a second{time}", "muted"))
        money = self.app.services.currency
        facts: list[Fact] = [
            ("State", (state,)),
            ("Sent", (done,)),
            ("Accepted", ((Span(f"✓ {found.accepted:,}", "normal"),),)),
            ("Rejected", (_count("✗", found.rejected, "bad"),)),
            ("Unknown", (_count("?", found.unknown, "warn"),)),
            (
                "Cost",
                (
                    (
                        Span(money.price(found.spent), "bright"),
                        Span(" so far" if found.state in _GOING else "", "muted"),
                    ),
                ),
            ),
        ]
        return facts

    # Keys

    @work(exit_on_error=False)
    async def action_pause(self) -> None:
        """Hold it after the batches that are under way, or let it go on."""
        services = self.app.services
        found = self.progress
        if found is not None and (found.state == "paused" or self._is_stuck(found)):
            services.resume_bulk(self.outbox_id)
        elif found is not None and found.state in _GOING:
            await services.bulk.pause(self.outbox_id)
        else:
            self.notify("It has ended.", markup=False)
        self._show()

    def _is_stuck(self, found: Progress) -> bool:
        """Whether a person said yes to it, and it could not begin."""
        return found.state == "confirmed" and self.outbox_id not in self.app.services.bulk.going

    @work(exit_on_error=False)
    async def action_cancel_rest(self) -> None:
        """Take back what has not left, after a question."""
        from tui.screens.confirm import ConfirmScreen, Sheet

        found = self.progress
        if found is None or found.state not in (*_GOING, "paused"):
            self.notify("It has ended: there is no rest to cancel.", markup=False)
            return
        services = self.app.services
        if found.state in _GOING:
            await services.bulk.pause(self.outbox_id)
        left = found.total - found.done
        text = f"About {left:,} have not left yet and are not sent any more. What was sent stays sent."
        if await self.app.push_screen_wait(ConfirmScreen(Sheet("Cancel the rest", text, "cancel the rest"))):
            count = await services.bulk.cancel_rest(self.outbox_id)
            self.notify(f"Cancelled: {count:,} were not sent.", markup=False, timeout=6)
        self._show()

    @work(exit_on_error=False)
    async def action_report(self) -> None:
        """Save what became of every recipient."""
        from tui.screens.save_as import SaveAsScreen

        path = await self.app.push_screen_wait(SaveAsScreen(Path.cwd() / "report.csv", ends=(".csv",)))
        if path is None:
            return
        try:
            count = await self.app.services.bulk.report(self.outbox_id, path)
        except ConsoleError as error:
            self.app.tell_problem(error)
        else:
            self.notify(f"Saved {count:,} rows: {path}", markup=False, timeout=6)


def _count(glyph: str, count: int, tone: Tone) -> Line:
    return (Span(f"{glyph} {count:,}", tone),) if count else (Span("none", "muted"),)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
