"""The rows of a large send before anything is asked: how many are good, and why the others are not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import work
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.errors import ConsoleError
from tui.screens.confirm import ConfirmSendScreen
from tui.sending.preparing import INVALID, OPTED_OUT, TWICE, UNFILLED
from tui.widgets.header import content
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import Fact, KeyHints, SheetScreen
from tui.widgets.spans import Line, Span, Tone
from tui.widgets.table_columns import Column, columns

if TYPE_CHECKING:
    from tui.sending.bulk import BulkSender
    from tui.sending.prepared import Prepared
    from tui.sending.quote import Confirmation, Quote
    from tui.store.rows import OutboxMessage

Prepare = Callable[[Callable[[int, int], None]], Awaitable["Prepared"]]
"""Reads the source into the store, telling how far it is."""
FactsOf = Callable[["Quote"], Sequence[Fact]]
WarningsOf = Callable[["Quote"], Awaitable[Sequence[str]]]
HandOver = Callable[["Confirmation"], Awaitable[None]]
"""Lets it go. Raises ConsoleError where it must not."""
KINDS: Mapping[str, str] = {
    TWICE: "there twice: the first one counts",
    OPTED_OUT: "opted out",
    INVALID: "invalid",
    UNFILLED: "without a value for the text",
}
"""Why rows are left out -> how that is said."""


class Standing(Widget):
    """How many rows are good and how many are not, or what is going on."""

    DEFAULT_CSS = "Standing { height: auto; margin: 0 0 1 0; }"
    lines: reactive[Sequence[Line]] = reactive[Sequence[Line]]((), layout=True)

    def render(self) -> Content:
        return Content("\n").join(content(list(line)) for line in self.lines)


class BulkCheckScreen(SheetScreen["str | None"]):
    """Ctrl+J prices the good rows, asks for the last word and lets them go; w saves the others, to be mended.
    The result is the id of the send.
    """

    BINDINGS = [("ctrl+j,f9", "go_on", "go on"), ("w", "save", "save")]
    DEFAULT_CSS = """
    BulkCheckScreen {
        & #sheet { width: 88; }
        & PagedTable { background: $surface; height: 10; }
    }
    """
    AUTO_FOCUS = "PagedTable"

    def __init__(
        self,
        title: str,
        deed: Callable[[Quote], str],
        prepare: Prepare,
        bulk: BulkSender,
        facts: FactsOf,
        warnings: WarningsOf,
        hand_over: HandOver,
    ) -> None:
        """`deed` titles the question before it is sent; `facts` and `warnings` are those of the question."""
        super().__init__()
        self.title_words = title
        self._deed = deed
        self._prepare = prepare
        self._bulk = bulk
        self._facts = facts
        self._warnings = warnings
        self._hand_over = hand_over
        self.prepared: Prepared | None = None
        self._is_busy = True
        self._is_leaving = False
        """Whether what was said yes to is about to leave."""

    def compose_body(self) -> Iterable[Widget]:
        yield Standing()
        paint, heading = columns(
            (
                Column["OutboxMessage"](
                    "Line", lambda row: Span(f"{row.line:,}", "muted"), width=7, right=True
                ),
                Column["OutboxMessage"]("Recipient", lambda row: Span(row.recipient or row.name), width=22),
                Column["OutboxMessage"]("Left out because", lambda row: Span(_reason(row), "muted")),
            )
        )
        table = PagedTable["OutboxMessage"](paint, heading=heading)
        table.display = False
        yield table

    def hints(self) -> Sequence[tuple[str, str]]:
        save = (("w", "save left-out rows"),) if self.prepared and self.prepared.left_out else ()
        has_rows = self._is_busy or (self.prepared and self.prepared.ready)
        return (*save, ("Esc", "back"), *((("Ctrl+J", "check price"),) if has_rows else ()))

    @property
    def table(self) -> PagedTable[OutboxMessage]:
        return cast("PagedTable[OutboxMessage]", self.query_one(PagedTable))

    def on_mount(self) -> None:
        self._tell("Reading")
        self._read()

    def on_resize(self, event: object) -> None:
        super().on_resize(event)  # type: ignore[arg-type]
        self.table.styles.height = max(4, min(14, self.app.size.height - 14))

    def _tell(self, words: str, done: int = 0, size: int = 0) -> None:
        share = f" · {min(99, 100 * done // size)} %" if size else ""
        self.query_one(Standing).lines = ((Span(words, "normal"), Span(share, "muted")),)

    # Reading

    @work(exclusive=True, group="read", exit_on_error=False)
    async def _read(self) -> None:
        """A file is read once, on one of the sheet's own: leaving it gives up what was read."""
        problem: ConsoleError | None = None
        try:
            self.prepared = await self._prepare(lambda done, size: self._tell("Reading", done, size))
        except ConsoleError as error:
            problem = error
        finally:
            self._is_busy = False
        if problem is None:
            self._show()
        else:
            self._show_problem(problem)

    def _show(self) -> None:
        found = self.prepared
        assert found is not None
        kinds = self.app.services.store.sends.codes(found.outbox_id, "left out")
        lines: list[Line] = [(Span(f"{found.ready:>9,}  ", "bright"), Span("good", "good"))]
        for code, words in KINDS.items():
            if count := kinds.pop(code, 0):
                lines.append((Span(f"{count:>9,}  ", "normal"), Span(words, "muted")))
        if rest := sum(kinds.values()):
            lines.append((Span(f"{rest:>9,}  ", "normal"), Span("that ClickSend would reject", "muted")))
        lines += [(Span(f"! {note}", "warn"),) for note in found.notes]
        self.query_one(Standing).lines = lines
        self.query_one(KeyHints).show(self.hints())
        self.table.display = bool(found.left_out)
        self.table.show(self.app.services.store.sends.messages(found.outbox_id, ("left out",)))
        if found.left_out:
            self.table.focus()

    def _show_problem(self, error: ConsoleError) -> None:
        tone: Tone = "bad"
        lines: list[Line] = [(Span(f"! {error.message}", tone),)]
        if error.hint:
            lines.append((Span(error.hint, "normal"),))
        self.query_one(Standing).lines = lines
        self.query_one(KeyHints).show(self.hints())

    # The rows to mend

    @work(exit_on_error=False)
    async def action_save(self) -> None:
        """Save what was left out as it stood in the file, with line and reason."""
        from tui.screens.save_as import SaveAsScreen

        found = self.prepared
        if found is None or not found.left_out:
            self.notify("No row was left out.", markup=False)
            return
        suggested = Path.cwd() / "left-out.csv"
        path = await self.app.push_screen_wait(SaveAsScreen(suggested, ends=(".csv",)))
        if path is None:
            return
        try:
            count = await self._bulk.left_out(found.outbox_id, path)
        except ConsoleError as error:
            self.app.tell_problem(error)
        else:
            self.notify(f"Saved {count:,} rows: {path}", markup=False, timeout=6)

    # On

    def action_go_on(self) -> None:
        """Price what is good, and ask for the last word."""
        found = self.prepared
        if self._is_busy:
            self.notify("Not yet: wait until that is done.", markup=False)
        elif found is None:
            self.notify("It could not be read. Esc goes back to what you wrote.", markup=False)
        elif not found.ready:
            self.notify("There is nobody to send to. Mend the file, and choose it again.", markup=False)
        else:
            self._is_busy = True
            self._price(found)

    @work(exclusive=True, group="price", exit_on_error=False)
    async def _price(self, found: Prepared) -> None:
        try:
            self._tell(f"Pricing {found.ready:,}")
            quote = await self._bulk.price(
                found.outbox_id,
                progress=lambda done, size: self._tell(f"Pricing {found.ready:,}", done, size),
            )
        except ConsoleError as error:
            self._show_problem(error)
            return
        finally:
            self._is_busy = False
        self._show()
        warnings = await self._warnings(quote)
        sheet = ConfirmSendScreen(quote, self._facts(quote), self._deed(quote), warnings=warnings)
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is not None:
            await self._let_go(confirmation)

    async def _let_go(self, confirmation: Confirmation) -> None:
        """What is refused stays here, to be priced again or left for the form it was written on."""
        self._is_busy = self._is_leaving = True
        try:
            await self._hand_over(confirmation)
        except ConsoleError as error:
            self._show_problem(not_sent(error))
        else:
            self.dismiss(confirmation.quote.id)
        finally:
            self._is_busy = self._is_leaving = False

    def action_leave(self) -> None:
        """Nothing was confirmed: what was read is forgotten."""
        if self._is_leaving:
            return
        if self.prepared is not None:
            self.app.run_worker(self._bulk.discard(self.prepared.outbox_id), exit_on_error=False)
        self.dismiss(None)


def not_sent(error: ConsoleError) -> ConsoleError:
    """The refusal of what was said yes to, which says first that nothing left."""
    said = "Nothing was sent"
    message = error.message if error.message.startswith(said) else f"{said}: {error.message}"
    return ConsoleError(message, hint=error.hint)


def _reason(row: OutboxMessage) -> str:
    """Without the recipient, which stands beside it."""
    words = row.reason.removeprefix(row.recipient).removeprefix(f'"{row.recipient}"').strip()
    return words[:1].upper() + words[1:]
