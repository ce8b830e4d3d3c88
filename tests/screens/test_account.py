"""The account: what stands where, at which size, and what it warns of."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from rich.style import Style

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.core.settings import Settings
from tui.sandbox.world import World
from tui.screens.account import AccountScreen
from tui.store import facts
from tui.store.account import merge_rules, merge_statistics, save_account
from tui.store.rows import AccountFacts, DailyStatistics, Rule
from tui.widgets.day_chart import DayChart

SIZES = [(80, 24), (120, 40)]
NARROW = (80, 24)


def has_account(app: ConsoleApp) -> bool:
    store = app.services.store
    return bool(store.account() and store.fact(facts.RECEIPT_RULES) and store.statistics())


def account(console: Console) -> AccountFacts:
    found = console.app.services.store.account()
    assert found is not None
    return found


async def change(console: Console, **fields: Any) -> None:
    """Let the store know another account than the sandbox told."""
    await console.app.services.store.write(save_account, replace(account(console), **fields))


def chart(console: Console) -> DayChart:
    screen = console.app.screen
    assert isinstance(screen, AccountScreen)
    return screen.query_one(DayChart)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_on_view(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="account", ready=has_account) as console:
        await console.until(lambda: console.app.screen.query(DayChart), "the chart")
        await console.shows(
            "A$1,117.46", "Your low-credit mark is A$50.00.", "Account", "Sending and receiving"
        )
        await console.shows(
            "demo@acme.example", "AU · Australia/Sydney", "✓ active", "6 parts, the rest is cut"
        )
        await console.shows("✓ POLL rule, 1 of 1", "Last 30 days", "sent ↑", "received ↓", "spent", "█")
        assert console.app.screen.query_one("#account-body").max_scroll_y == 0
        beside = console.app.screen.query_one("#chart-pane").region.x > 0
        assert beside is (size == (120, 40))


async def test_a_small_terminal_scrolls_to_the_chart(start: Start) -> None:
    async with start((60, 20), mode="account", ready=has_account) as console:
        await console.until(lambda: console.app.screen.query(DayChart), "the chart")
        await console.shows("demo@acme.example")
        await console.press("pagedown")
        await console.shows("Last 30", "▌")


@pytest.mark.parametrize("size", SIZES)
async def test_a_low_balance_is_told_with_what_to_do(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="account", ready=has_account) as console:
        await change(console, balance=Decimal("49.990000"))
        await console.shows("! Below your low-credit mark of A$50.00.", "Top up in the ClickSend dashboard")
        await change(console, balance=Decimal("-3.100000"))
        await console.shows("! No credit: ClickSend refuses to send.", "-A$3.10")


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"active": False}, "! not active"),
        ({"banned": True}, "! banned"),
        ({"on_trial": True}, "! on trial"),
    ],
)
async def test_an_account_that_may_not_be_used_says_so(
    start: Start, extra: dict[str, bool], words: str
) -> None:
    async with start(NARROW, mode="account", ready=has_account) as console:
        await change(console, extra={**account(console).extra, **extra})
        await console.shows(words)


async def test_unicode_switched_off_is_a_warning(start: Start) -> None:
    async with start(NARROW, mode="account", ready=has_account) as console:
        await change(console, unicode_on=False)
        await console.shows("! off: emoji are lost")


async def test_rules_that_are_missing_or_late_are_warned_of(start: Start) -> None:
    async with start(NARROW, mode="account", ready=has_account) as console:
        store = console.app.services.store
        poll = Rule(1, "inbound", action="POLL")
        others = [Rule(100 + n, "inbound", action="EMAIL_USER", position=n) for n in range(10)]
        await store.write(merge_rules, "inbound", [*others[:9], poll._replace(position=9)])
        await console.shows("✓ POLL rule, 10 of 10")
        await store.write(merge_rules, "inbound", [*others, poll._replace(position=10)])
        await console.shows("! POLL rule is number 11", "only the first 10 fire")
        await store.write(merge_rules, "inbound", [poll._replace(enabled=False)])
        await store.write(merge_rules, "receipt", [])
        await console.shows("! no POLL rule", "1, then P creates it", "states come late")


async def test_sums_up_the_last_30_days_alone(start: Start) -> None:
    async with start((120, 40), mode="account", ready=has_account) as console:
        store = console.app.services.store
        today = datetime.fromtimestamp(console.app.services.now(), UTC).astimezone().date()
        await store.write(
            merge_statistics,
            [
                *(DailyStatistics(row.day, 0, 0, Decimal(0)) for row in store.statistics()),
                DailyStatistics(today.isoformat(), 1200, 34, Decimal("84.5600")),
                DailyStatistics((today - timedelta(days=29)).isoformat(), 5, 1, None),
                DailyStatistics((today - timedelta(days=30)).isoformat(), 7000, 7000, Decimal(900)),
            ],
        )
        await console.shows("1,205 sent ↑", "35 received ↓", "A$84.56 spent")


async def test_y_copies_the_balance(start: Start) -> None:
    async with start(NARROW, mode="account", ready=has_account) as console:
        await console.press("y")
        assert console.app.clipboard == "A$1,117.46"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_facts_are_shown_as_text(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="account", ready=has_account) as console:
        await change(console, name="[/b]Acme", email="[@click=app.quit]a@b", currency_code="[red]")
        await console.shows("[/b]Acme", "[@click=app.quit]a@b", "[red]")


async def test_ascii_alone_when_the_settings_ask(start: Start) -> None:
    async with start(NARROW, mode="account", ready=has_account, settings=Settings(ascii=True)) as console:
        await console.until(lambda: console.app.screen.query(DayChart), "the chart")
        await console.shows("1,117.46", "v POLL rule, 1 of 1", "sent ^", "#")
        assert console.text.isascii()


class TestOfANewAccount:
    """Nothing was ever sent or received."""

    @pytest.fixture
    def world(self) -> World:
        return World(messages=0)

    async def test_empty_days_are_a_sentence(self, start: Start) -> None:
        ready = lambda app: app.services.store.account()  # noqa: E731
        async with start(NARROW, mode="account", ready=ready) as console:
            await console.shows("Nothing was sent or received in this time.", "! no POLL rule")


async def test_the_chart_takes_the_colours_of_the_theme(start: Start) -> None:
    async with start((120, 40), mode="account", ready=has_account) as console:
        await console.until(lambda: console.app.screen.query(DayChart), "the chart")
        colours = set()
        for theme in ("clicksend-dark", "clicksend-light", "ansi-dark"):
            console.app.theme = theme
            await console.pilot.pause()
            spans = chart(console).render().spans
            colours.add(frozenset(str(style.color) for *_, style in spans if isinstance(style, Style)))
        assert len(colours) == 3
        assert all(len(used) == 2 for used in colours), "one for what was sent, one for all else"


def test_plotext_is_loaded_by_the_screen_alone() -> None:
    code = "import tui.app, tui.screens.account, sys; print('plotext' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
