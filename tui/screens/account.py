"""The account: its balance, who it is, what holds for sending, and the last 30 days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from tui.actions import Action, Context, bindings
from tui.core.clock import exact_time
from tui.screens.account_facts import account_facts, balance_words, rule_facts, setting_facts
from tui.store import facts
from tui.widgets.header import content
from tui.widgets.mode_screen import ModeScreen
from tui.widgets.sheet import Fact, Facts
from tui.widgets.spans import Span
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.store.rows import AccountFacts, DailyStatistics
    from tui.widgets.day_chart import Day, DayChart

DAYS = 30


class _Facts(Facts):
    """Facts of two columns, or of one, aligned with each other."""

    LABEL = 14


class AccountScreen(ModeScreen):
    """Everything fits 80x24; with room for two columns, facts stand left and the chart right."""

    MODE = "account"
    CONTEXT: ClassVar[Context] = "account"
    TOPICS = frozenset({"account", "rules", "statistics", "progress"})
    POLLS = ("account", "rules", "statistics")
    BINDINGS = bindings("account")
    CSS_PATH = "account.tcss"
    AUTO_FOCUS = "#account-body"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (72, "-narrow"), (100, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self._chart: DayChart | None = None

    def compose_body(self) -> Iterable[Widget]:
        with VerticalScroll(id="account-body"):
            with Vertical(id="facts-pane"):
                with Container(id="balance", classes="-plain" if self.ascii else ""):
                    yield Static("", id="balance-prefix", markup=False)
                    # The digits are drawn with glyphs that have no ASCII twins.
                    yield Static("", id="balance-plain") if self.ascii else Digits("", id="balance-digits")
                    yield Static("", id="balance-words")
                with Vertical(id="facts"):
                    with Vertical():
                        yield TitleLine(id="account-title")
                        yield _Facts((), id="account-facts")
                    with Vertical():
                        yield TitleLine(id="setting-title")
                        yield _Facts((), id="setting-facts")
            with Vertical(id="chart-pane"):
                yield TitleLine(id="chart-title")
                yield Static("", id="chart-words", markup=False)

    @property
    def ascii(self) -> bool:
        """Whether the terminal is to be given ASCII alone."""
        return self.services.launch.settings.ascii

    def on_mount(self) -> None:
        self.call_after_refresh(self._open_chart)

    async def _open_chart(self) -> None:
        # plotext takes long to load and only this screen draws with it.
        from tui.widgets.day_chart import DayChart

        self._chart = DayChart(ascii=self.ascii)
        await self.query_one("#chart-pane").mount(self._chart)
        self._show_days()

    def on_screen_resume(self) -> None:
        self._show_account()

    def reload(self, topics: frozenset[str]) -> None:
        self._show_account()
        self._show_days()

    def say_why_empty(self) -> None:
        if self.services.store.account() is None:
            self._show_account()

    # The account

    def _show_account(self) -> None:
        account, store = self.services.store.account(), self.services.store
        self._show_balance(account)
        rules = (
            rule_facts(store.rules("inbound"), store.rules("receipt"))
            if store.fact(facts.RECEIPT_RULES)
            else ()
        )
        settings = (*(setting_facts(account) if account else ()), *rules)
        self._show_facts("account", "Account", account_facts(account) if account else ())
        self._show_facts("setting", "Sending and receiving", settings)

    def _show_facts(self, id: str, title: str, facts: Sequence[Fact]) -> None:
        self.query_one(f"#{id}-title", TitleLine).line = (Span(title if facts else "", "bright"),)
        self.query_one(f"#{id}-facts", Facts).show(facts)

    def _show_balance(self, account: AccountFacts | None) -> None:
        money = self.services.currency
        shown = money.balance(account.balance) if account else ""
        prefix, amount = _split(shown) if account and account.balance is not None else ("", "")
        self.query_one("#balance").set_class(not amount, "-unknown")
        self.query_one("#balance").set_class(account is not None and account.is_low, "-low")
        self.query_one("#balance-prefix", Static).update(prefix)
        if self.ascii:
            self.query_one("#balance-plain", Static).update(Content(amount))
        else:
            self.query_one(Digits).update(amount)
        words = balance_words(account, money) if account else ((Span(self._why_unknown(), "muted"),),)
        seen = ((Span(f"as of {exact_time(account.at)}", "muted"),),) if account else ()
        self.query_one("#balance-words", Static).update(
            Content("\n").join(content(line) for line in (*words, *seen))
        )

    def _why_unknown(self) -> str:
        return self.services.why_unread("account") or "Asking ClickSend for the account."

    # The last 30 days

    def _show_days(self) -> None:
        rows = self.services.store.statistics()
        days = self._days(rows)
        used = any(day.sent or day.received for day in days)
        title = self.query_one("#chart-title", TitleLine)
        title.line = (Span(f"Last {DAYS} days", "bright"),)
        title.right = self._totals(rows, days[0].day) if used else ()
        words = self.query_one("#chart-words", Static)
        words.update(
            "" if used else "Nothing was sent or received in this time." if rows else "No statistics yet."
        )
        words.display = not used
        self.query_one("#chart-pane").set_class(not used, "-empty")
        if self._chart is not None:
            self._chart.display = used
            self._chart.show(days)

    def _days(self, rows: Sequence[DailyStatistics]) -> Sequence[Day]:
        """The last days, those without traffic too. ClickSend may be a day ahead of this machine."""
        from tui.widgets.day_chart import Day

        known = {row.day: row for row in rows}
        today = datetime.fromtimestamp(self.services.now(), UTC).astimezone().date()
        last = max([today, *(date.fromisoformat(row.day) for row in rows[-1:])])
        days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
        found = [(day, known.get(day.isoformat())) for day in days]
        return [Day(day, row.sent, row.received) if row else Day(day) for day, row in found]

    def _totals(self, rows: Sequence[DailyStatistics], first: date) -> Sequence[Span]:
        shown = [row for row in rows if row.day >= first.isoformat()]
        sent, received = sum(row.sent for row in shown), sum(row.received for row in shown)
        spent = sum((row.price for row in shown if row.price is not None), Decimal(0))
        return (
            Span(f"{sent:,} sent ↑", "accent"),
            Span(f"   {received:,} received ↓   "),
            Span(f"{self.services.currency.balance(spent)} spent", "muted"),
        )

    # What can be done here

    def why_not(self, action: Action) -> str:
        if action.id == "account.copy" and self._balance() is None:
            return "The balance is not known yet."
        return super().why_not(action)

    def act_copy(self) -> None:
        self.app.copy(self.services.currency.balance(self._balance()), "the balance")

    def _balance(self) -> Decimal | None:
        account = self.services.store.account()
        return account.balance if account else None


def _split(balance: str) -> tuple[str, str]:
    """A balance as its currency and its digits: "-A$3.10" is "A$" and "-3.10"."""
    sign, unsigned = ("-", balance[1:]) if balance.startswith("-") else ("", balance)
    first = next((place for place, char in enumerate(unsigned) if char.isdigit()), 0)
    return unsigned[:first].strip(), sign + unsigned[first:]
