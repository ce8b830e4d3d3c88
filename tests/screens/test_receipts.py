"""Receipts: what is on view, in which order, in how many words, and what marking read touches."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.inbox import InboxScreen
from tui.screens.receipts import ReceiptsScreen
from tui.store import facts
from tui.store.account import set_fact
from tui.store.messages import merge_messages
from tui.store.outbox import outbox_add
from tui.store.rows import Message, OutboxItem
from tui.widgets.detail import Detail

SIZES = [(80, 24), (120, 40)]
NARROW = (80, 24)
DAY = 86_400


def has_receipts(app: ConsoleApp) -> bool:
    store = app.services.store
    return bool(store.fact(facts.RECEIPTS_NEWEST) and store.fact(facts.RECEIPT_RULES))


def message(app: ConsoleApp, id: str, ago: int = 60, **fields: object) -> Message:
    """An outgoing message, delivered unless it is said otherwise."""
    plain = Message(
        id=id,
        counterpart="+61491570156",
        direction="out",
        body=f"Text of {id}",
        at=app.services.now() - ago,
        state="delivered",
        state_text="Success: Message received on handset.",
        code="201",
        price=Decimal("0.0700"),
        parts=1,
        sender="+61444444444",
    )
    return plain._replace(**fields)


ABSENT = {"state": "failed", "state_text": "Failure", "code": "301", "error_text": "Absent subscriber"}


async def given(console: Console, *rows: Message) -> ReceiptsScreen:
    """Put messages into the store and wait until the screen lists the first of them."""
    await console.app.services.store.write(merge_messages, rows, numbers={"+61491570156": "+61 491 570 156"})
    screen = receipts(console)
    await console.until(lambda: screen.table.window.index_of(rows[0].id) is not None and not screen._stale)
    await console.pilot.pause()
    return screen


def receipts(console: Console) -> ReceiptsScreen:
    assert isinstance(console.app.screen, ReceiptsScreen)
    return console.app.screen


def ids(screen: ReceiptsScreen) -> list[str]:
    return [row.id for row in screen.table.window.page(0, 100)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_says_first_why_it_needs_attention(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="receipts", ready=has_receipts) as console:
        await given(console, message(console.app, "m1", -5, **ABSENT))
        await console.shows("✗  failed", "+61 491 570 156", "phone switched off  Text of m1", "✓✓ delivered")
        await console.press("g")
        assert ("What to do" in console.text) is (size == (120, 40))


@pytest.mark.parametrize("size", SIZES)
async def test_enter_tells_all_in_plain_words_and_escape_returns(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "m1", -5, **ABSENT))
        await console.press("g", "enter")
        await console.shows(
            "State", "✗ failed", "The phone was switched off", "A$0.0700 · 1 part", "+61 444 444 444"
        )
        await console.shows("Failure · 301", "Absent subscriber", "m1")
        assert console.app.focused is screen.query_one(Detail)
        await console.press("escape")
        await console.until(lambda: console.app.focused is screen.table)
        await console.shows("✓✓ delivered")


async def test_views_by_state_and_their_counts(start: Start) -> None:
    async with start((120, 40), mode="receipts", ready=has_receipts) as console:
        delivered = console.app.services.store.receipts("delivered").count()
        screen = await given(
            console,
            message(console.app, "waits", state="accepted", state_text="Queued", code="200"),
            message(console.app, "failed", **ABSENT),
            message(console.app, "rejected", state="rejected", state_text="INVALID_RECIPIENT", code=""),
            message(console.app, "lost", state="unknown", state_text="", code=""),
        )
        await console.shows("Waiting 1", "Failed 2", "Unknown 1")
        seen = {}
        for _ in range(5):
            seen[screen.view.title] = ids(screen)
            await console.press("right_square_bracket")
        assert screen.view.title == "All"
        assert len(seen["All"]) == delivered + 4
        assert len(seen["Delivered"]) == delivered
        assert seen["Waiting"] == ["waits"]
        assert set(seen["Failed"]) == {"failed", "rejected"}
        assert seen["Unknown"] == ["lost"]
        await console.press("left_square_bracket")
        await console.shows("no clear answer")


async def test_failures_first_and_back(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "old", 90 * DAY, **ABSENT))
        assert ids(screen)[0] != "old"
        await console.press("o")
        assert ids(screen)[0] == "old"
        await console.shows("failures first")
        await console.press("o")
        assert ids(screen)[0] != "old"


async def test_d_goes_round_the_periods(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        ages = {"now": 0, "days": 3 * DAY, "weeks": 20 * DAY, "months": 90 * DAY}
        screen = await given(console, *(message(console.app, id, ago) for id, ago in ages.items()))
        expected = [
            ("today", {"now"}),
            ("7 days", {"now", "days"}),
            ("30 days", {"now", "days", "weeks"}),
            ("", set(ages)),
        ]
        for note, shown in expected:
            await console.press("d")
            await console.shows(note)
            assert {id for id in ids(screen) if id in ages} == shown


async def test_a_period_without_anything_says_how_to_see_more(start: Start, world: World) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        await console.press("right_square_bracket", "d")
        await console.shows("Nothing waits for a receipt today.", "d shows a longer time.")


async def test_search_finds_texts_and_numbers_and_escape_clears(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "zebra", counterpart="+447700900123"))
        everything = screen.table.total
        await console.press("/", "=zebra", "enter")
        await console.until(lambda: ids(screen) == ["zebra"])
        await console.shows("All 1")
        await console.press("/")
        await console.press(*["backspace"] * 5, "=7700 9001", "enter")
        await console.until(lambda: ids(screen) == ["zebra"])
        await console.press("escape")
        await console.until(lambda: screen.table.total == everything)


async def test_the_cursor_stays_on_its_message_when_others_arrive(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "mine", -10))
        assert screen.table.select("mine")
        await given(console, message(console.app, "newer", -20))
        assert screen.row is not None
        assert screen.row.id == "mine"


# Marking read


async def test_marks_read_up_to_the_newest_receipt_and_not_beyond(start: Start, world: World) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        await given(console, message(console.app, "failed", DAY, **ABSENT))
        until = int(console.app.services.store.fact(facts.RECEIPTS_NEWEST))
        later = world.messages[-1]
        world.receipts.put(later, until + 60, 1)
        await console.until(lambda: console.app.services.store.counts().failed_receipts == 1)
        await console.press("M")
        await console.shows("Mark receipts read", "leave the receipts list for everybody", "Ctrl+J mark read")
        assert len(world.receipts.unread()) > 1, "nothing is marked before it is confirmed"
        await console.press("ctrl+j")
        await console.until(lambda: console.app.services.store.fact(facts.RECEIPTS_READ_UNTIL) == str(until))
        assert later.position in world.receipts.unread()
        assert all(at >= until for at, _ in world.receipts._unread)
        assert console.app.services.store.counts().failed_receipts == 0


async def test_escape_marks_nothing(start: Start, world: World) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        before = world.receipts.unread()
        await console.press("M")
        await console.shows("Mark receipts read")
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, ReceiptsScreen))
        assert world.receipts.unread() == before
        assert console.app.services.store.fact(facts.RECEIPTS_READ_UNTIL) == ""


async def test_the_bound_is_no_later_than_what_the_view_shows(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "failed", 20 * DAY, **ABSENT))
        newest = int(console.app.services.store.fact(facts.RECEIPTS_NEWEST))
        assert screen._newest_shown() == newest
        await console.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        row = screen.row
        assert row is not None
        assert (row.id, screen._newest_shown()) == ("failed", row.at)


async def test_a_scheduled_message_never_moves_the_bound_into_the_future(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "later", -30 * DAY, state="scheduled", code=""))
        assert screen._newest_shown() <= console.app.services.now()


async def test_a_refused_marking_is_told_and_nothing_is_noted(start: Start, world: World) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        world.faults.add("sms.receipts_mark_read", Fault.FAILS)
        await console.press("M")
        await console.shows("Mark receipts read")
        await console.press("ctrl+j")
        await console.shows("No receipt was marked read.")
        assert console.app.services.store.fact(facts.RECEIPTS_READ_UNTIL) == ""


async def test_read_only_refuses_to_mark(start: Start, world: World) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts, read_only=True) as console:
        before = world.receipts.unread()
        assert "mark read" not in console.text
        await console.press("M")
        await console.shows("Read-only mode")
        assert world.receipts.unread() == before


# What it says


async def test_a_missing_rule_is_told_above_the_list(start: Start, world: World) -> None:
    for rule in list(world.receipt_rules):
        world.receipt_rules.delete(rule["receipt_rule_id"])
    ready = lambda app: app.services.store.fact(facts.RECEIPT_RULES)  # noqa: E731
    async with start(NARROW, mode="receipts", ready=ready) as console:
        await console.shows("! No POLL rule for receipts: states come late, and only from history.")


class TestOfANewAccount:
    """Nothing was ever sent."""

    @pytest.fixture
    def world(self) -> World:
        return World(messages=0)

    @pytest.mark.parametrize("size", SIZES)
    async def test_the_empty_list_says_what_would_be_here(self, start: Start, size: tuple[int, int]) -> None:
        ready = lambda app: app.services.store.fact(facts.RECEIPT_RULES)  # noqa: E731
        async with start(size, mode="receipts", ready=ready) as console:
            await console.shows(
                "Nothing was sent from this account yet.", "There is no POLL rule for receipts"
            )
            await console.press("M")
            await console.shows("There is no delivery receipt on view to mark read.")
            await console.press("r")
            await console.shows("There is no message under the cursor.")


async def test_a_sender_put_in_place_of_ours_is_told(start: Start) -> None:
    async with start((120, 40), mode="receipts", ready=has_receipts) as console:
        row = message(console.app, "out-0", -5, outbox_id="out", custom_string="out-0")
        item = OutboxItem("out", row.at, "sms", {"sender": "ACME"}, {}, "accepted")
        await console.app.services.store.write(outbox_add, item, [row])
        screen = receipts(console)
        await console.until(lambda: screen.table.window.index_of("out-0") is not None)
        screen.table.reload()
        assert screen.table.select("out-0")
        await console.shows("+61 444 444 444", "! asked for ACME")


async def test_r_opens_the_conversation_and_y_copies(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "m1", -5, **ABSENT))
        screen.table.select("m1")
        await console.press("y")
        assert console.app.clipboard.startswith("+61491570156 failed ")
        assert "301 Absent subscriber m1" in console.app.clipboard
        await console.press("r")
        await console.until(lambda: isinstance(console.app.screen, InboxScreen))
        await console.until(lambda: console.app.screen.counterpart == "+61491570156")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_text(start: Start, size: tuple[int, int]) -> None:
    body = "[/b] [@click=app.quit]x[/] \\[red]\ttab\nsecond 👨‍👩‍👧 שלום"
    async with start(size, mode="receipts", ready=has_receipts) as console:
        hostile = message(console.app, "[bold]id", -5, body=body, **ABSENT | {"error_text": "[/] [red]odd"})
        screen = await given(console, hostile._replace(custom_string="[/x]", sender="[/s]"))
        screen.table.select("[bold]id")
        await console.shows("not delivered  [/b] [@click=")
        await console.press("enter")
        await console.shows("[/b] [@click=app.quit]x[/]", "[/] [red]odd", "[bold]id", "[/x]", "[/s]")
        assert console.app.is_running


async def test_an_old_date_fits_its_column(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        screen = await given(console, message(console.app, "old", 700 * DAY))
        screen.table.select("old")
        row = screen.row
        assert row is not None
        assert len(screen._time(row).text) <= 6


async def test_no_rule_is_missed_before_the_rules_are_known(start: Start) -> None:
    async with start(NARROW, mode="receipts", ready=has_receipts) as console:
        await console.app.services.store.write(set_fact, facts.RECEIPT_RULES, "")
        receipts(console).reload(frozenset({"progress"}))
        await console.pilot.pause()
        assert "No POLL rule" not in console.text
