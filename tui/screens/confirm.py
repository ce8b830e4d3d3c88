"""The questions before anything is sent, spent or lost: on every screen the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.core.errors import ConsoleError
from tui.widgets.send_facts import country_facts
from tui.widgets.sheet import Fact, Facts, KeyHints, SheetScreen
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from tui.sending.quote import Confirmation, Quote  # noqa: F401  named in a base class

WORDS_LINES = 3
"""What the line for words takes, with what stands above it."""
YES_KEYS = "ctrl+j,f9"
UNREAD_SECONDS = 0.7
"""How long a question stands before a yes counts: longer than terminals wait before a held key repeats."""
Answer = TypeVar("Answer")


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


class QuestionScreen(SheetScreen[Answer]):
    """A sheet with a yes, which counts once it could be read: the key that led here may still be down."""

    CSS_PATH = "confirm.tcss"
    BINDINGS = [(YES_KEYS, "yes", "yes")]
    verb = ""
    """What yes does; empty where there is no yes."""
    _unread: Timer | None = None

    def __init__(self) -> None:
        super().__init__()
        self._could_be_read = not UNREAD_SECONDS

    def on_mount(self) -> None:
        if not self._could_be_read:
            self._unread = self.set_timer(UNREAD_SECONDS, self._let_answer)

    def _let_answer(self) -> None:
        self._could_be_read = True
        self.query_one(KeyHints).show(self.hints())

    def hints(self) -> Sequence[tuple[str, str]]:
        yes = (("Ctrl+J", self.verb),) if self.verb and self._could_be_read else ()
        return (("Esc", "back"), *yes)

    def on_input_submitted(self) -> None:
        self.action_yes()

    def action_yes(self) -> None:
        if self._could_be_read:
            self.say_yes()
        elif self._unread is not None:
            self._unread.reset()

    def say_yes(self) -> None:
        """Leave the sheet with its yes, or say what is missing."""
        raise NotImplementedError


class ConfirmScreen(QuestionScreen["bool | None"]):
    """Yes or no to a Sheet; typed words where something cannot be had back."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.verb = sheet.verb
        self.title_words = sheet.title

    def compose_body(self) -> Iterable[Widget]:
        if self.sheet.facts:
            facts = Facts(self.sheet.facts)
            facts.styles.margin = (0, 0, 1, 0)
            yield facts
        yield Static(self.sheet.text, markup=False)
        if self.sheet.words:
            yield Words(self.sheet.words)

    def say_yes(self) -> None:
        words = self.query_one_optional(Words)
        if words is not None and not words.typed:
            self.notify(f"Type {self.sheet.words} to go on, or Esc to leave it.", markup=False)
            words.focus()
            return
        self.dismiss(True)


class ConfirmSendScreen(QuestionScreen["Confirmation | None"]):
    """A quote as it will be paid: recipients, sender, parts, price, balance after. Ctrl+J sends."""

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
        self.verb = "" if quote.refusal else verb
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

    def say_yes(self) -> None:
        words = self.query_one_optional(Words)
        try:
            self.dismiss(self.quote.confirm(words.value if words else ""))
        except ConsoleError as error:
            self.notify(str(error), severity="warning", markup=False)
            if words is not None:
                words.focus()
