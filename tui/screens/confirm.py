"""The questions before anything is sent, spent or lost: on every screen the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, Static

from tui.core.errors import ConsoleError
from tui.widgets.send_facts import country_facts
from tui.widgets.sheet import Fact, Facts, SheetScreen
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from tui.sending.quote import Confirmation, Quote  # noqa: F401  named in a base class

WORDS_LINES = 3
"""What the line for words takes, with what stands above it."""
SEND_KEYS = "ctrl+j,f9"


class Words(Input):
    """A line in which a word must be typed before the sheet goes on."""

    DEFAULT_CSS = (
        "Words { height: 1; border: none; padding: 0 1; margin: 1 0 0 0; &:focus { border: none; } }"
    )

    def __init__(self, words: str) -> None:
        super().__init__(placeholder=f"type: {words}")
        self.cursor_blink = False
        self.words = words

    @property
    def typed(self) -> bool:
        return self.value.strip().casefold() == self.words.casefold()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question that is not about a price: what will happen, what is lost, and a word to type if much is."""

    title: str
    text: str
    verb: str
    facts: Sequence[Fact] = ()
    words: str = ""


class ConfirmScreen(SheetScreen["bool | None"]):
    """Yes or no to a Sheet; typed words where something cannot be had back."""

    CSS_PATH = "confirm.tcss"
    BINDINGS = [(SEND_KEYS, "confirm", "confirm")]

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.title_words = sheet.title

    def compose_body(self) -> Iterable[Widget]:
        if self.sheet.facts:
            facts = Facts(self.sheet.facts)
            facts.styles.margin = (0, 0, 1, 0)
            yield facts
        yield Static(self.sheet.text, markup=False)
        if self.sheet.words:
            yield Words(self.sheet.words)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Ctrl+J", self.sheet.verb))

    def on_input_submitted(self) -> None:
        self.action_confirm()

    def action_confirm(self) -> None:
        words = self.query_one_optional(Words)
        if words is not None and not words.typed:
            self.notify(f"Type {self.sheet.words} to go on, or Esc to leave it.", markup=False)
            words.focus()
            return
        self.dismiss(True)


class ConfirmSendScreen(SheetScreen["Confirmation | None"]):
    """A quote as it will be paid: recipients, sender, parts, price, balance after. Ctrl+J sends."""

    CSS_PATH = "confirm.tcss"
    BINDINGS = [(SEND_KEYS, "send", "send")]
    foot_lines = 2

    def __init__(
        self,
        quote: Quote,
        facts: Sequence[Fact],
        title: str,
        verb: str = "send",
        *,
        warnings: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.warnings = warnings
        self.quote = quote
        self.verb = verb
        self.facts = facts
        self.title_words = title
        if self._wants_words:
            self.foot_lines += WORDS_LINES

    def compose_body(self) -> Iterable[Widget]:
        # First, so that a long message does not push them out of sight.
        if self.quote.refusal:
            yield Static(f"✗ {self.quote.refusal}", classes="warning", markup=False)
        for warning in (*self.quote.beyond, *self.warnings, *self.quote.warnings):
            yield Static(f"! {warning}", classes="warning", markup=False)
        yield Facts(self._facts())

    @property
    def _wants_words(self) -> bool:
        return bool(self.quote.words and not self.quote.refusal)

    def compose_foot(self) -> Iterable[Widget]:
        # Nobody sends without having had the price before their eyes, however long the message; nor looks
        # for where a word is to be typed.
        if self._wants_words:
            how = "without knowing the price" if self.quote.total is None else "all the same"
            yield Static(f"To {self.verb} it {how}:", classes="no-price", markup=False)
            words = Words(self.quote.words)
            words.styles.margin = 0
            yield words
        yield Facts(self._price())

    def _facts(self) -> list[Fact]:
        """What each country costs stands above the text, which may be long."""
        facts = list(self.facts)
        place = next((number for number, (label, _) in enumerate(facts) if label == "Message"), len(facts))
        facts[place:place] = country_facts(self.quote)
        return facts

    def _price(self) -> list[Fact]:
        quote, money = self.quote, self.quote.currency
        line = [Span(money.price(quote.total), "bright" if quote.total is not None else "warn")]
        if quote.balance_after is not None:
            low = quote.balance_after < 0
            line += [Span("      balance after  ", "muted")]
            line += [Span(money.balance(quote.balance_after), "bad" if low else "normal")]
        return [("", ((),)), ("Price", (line,))]

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), *(() if self.quote.refusal else (("Ctrl+J", self.verb),)))

    def on_input_submitted(self) -> None:
        self.action_send()

    def action_send(self) -> None:
        words = self.query_one_optional(Words)
        try:
            self.dismiss(self.quote.confirm(words.value if words else ""))
        except ConsoleError as error:
            self.notify(str(error), severity="warning", markup=False)
            if words is not None:
                words.focus()
