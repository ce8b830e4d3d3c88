"""Campaigns: looking at them, writing one, sending it through every outcome, and cancelling."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.campaigns import CampaignsScreen
from tui.screens.compose import ComposeScreen
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.store.rows import Campaign

DRAFT = "compose sms campaign"
SIZES = [(80, 24), (120, 40)]
TEXT = "Hi (First Name), we are closed on Friday. Reply STOP to opt out"


def has_campaigns(app: ConsoleApp) -> bool:
    store = app.services.store
    return bool(store.campaigns().count() and store.contacts().count() and store.account())


def sent(world: World, name: str) -> list[Any]:
    return [campaign for campaign in world.campaigns if campaign["name"] == name]


def stored(console: Console, name: str) -> Campaign | None:
    rows = console.app.services.store.campaigns(name).page(0)
    return next((row for row in rows if row.name == name), None)


async def compose(console: Console, *, name: str = "Closed", when: str = "", text: str = TEXT) -> None:
    """Fill in the form for a campaign to the list VIP."""
    await console.press("n")
    await console.until(lambda: isinstance(console.app.screen, ComposeScreen))
    await console.press("tab", "=vip", "enter")
    await console.until(lambda: console.app.screen.form.values["list_id"] == "429")
    form = console.app.screen.form
    form.field("name").query_one(Input).value = name
    form.field("schedule").query_one(Input).value = when
    form.field("body").query_one(TextArea).text = text
    form.field("body").focus_control()
    await console.pilot.pause()


async def confirm(console: Console) -> None:
    """Go on to the confirm screen, and say yes."""
    await console.press("ctrl+j")
    await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
    await console.press("ctrl+j")


@pytest.mark.parametrize("size", SIZES)
async def test_lists_campaigns_and_shows_one(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="campaigns", ready=has_campaigns) as console:
        await console.shows("Pruning workshop", "◷ scheduled", "✗ cancelled", "105")
        await console.press("enter")
        await console.shows(
            "Waits for its time.", "Customers · 105 contacts", "98 characters · GSM-7 · 1 part"
        )
        assert ("Loyalty survey" in console.text) is (size == (120, 40))
        await console.press("escape")
        await console.shows("Loyalty survey")
        assert isinstance(console.app.screen, CampaignsScreen)


async def test_search_narrows_and_escape_clears(start: Start) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await console.press("/", "=loyalty", "enter")
        await console.until(lambda: "Pruning" not in console.text)
        await console.shows("Loyalty survey", "Found 1")
        await console.press("escape")
        await console.shows("Pruning workshop", "All campaigns 6")


@pytest.mark.parametrize("size", SIZES)
async def test_schedules_a_campaign(start: Start, world: World, size: tuple[int, int]) -> None:
    async with start(size, mode="campaigns", ready=has_campaigns) as console:
        await compose(console, when="tomorrow 9am")
        await console.shows("09:00 · in", "A$1.6802 → A$1,115.78")
        await console.press("ctrl+j")
        await console.shows(
            "Schedule an SMS campaign", "VIP · 22 contacts", "chosen by ClickSend", "A$1.6802", "A$1,115.78"
        )
        assert not sent(world, "Closed"), "nothing may leave before it is confirmed"
        await console.press("ctrl+j")
        await console.until(lambda: stored(console, "Closed"), "the campaign in the store")
        [campaign] = sent(world, "Closed")
        assert campaign["status"] == "Scheduled"
        assert (campaign["list_id"], campaign["body"]) == (429, TEXT)
        row = stored(console, "Closed")
        assert row is not None
        assert (row.schedule, row.recipients) == (campaign["schedule"], 22)
        [item] = console.app.services.store.outbox()
        assert (item.kind, item.state) == ("sms campaign", "accepted")
        assert Decimal(item.quote["total"]) == Decimal("1.6802")
        await console.until(lambda: not console.app.services.store.draft(DRAFT), "the draft to go")
        await console.until(lambda: console.app.screen.campaign == row, "the cursor on it")


async def test_says_what_is_missing_where_it_is_missing(start: Start) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await console.press("n", "ctrl+j")
        await console.shows("Give it a name", "Choose the list", "Write the message")
        form = console.app.screen.form
        assert console.app.focused is form.field("name").query_one(Input)
        form.field("schedule").query_one(Input).value = "the day after"
        await console.press("ctrl+j")
        await console.shows('"the day after" is not a time I can read.')
        await console.press("=X")
        await console.until(lambda: "Give it a name" not in console.text)


async def test_a_sender_that_cannot_be_one_is_told_at_its_field(start: Start, world: World) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await compose(console)
        console.app.screen.form.field("sender").query_one(Input).value = "no such sender"
        await console.press("ctrl+j")
        await console.shows('"no such sender" cannot be a sender.')
        assert isinstance(console.app.screen, ComposeScreen)


async def test_warns_of_a_text_without_a_way_out(start: Start) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await compose(console, text="We never stop growing.")
        await console.shows("No way out for the reader")
        console.app.screen.editor.insert(" Reply STOP to opt out")
        await console.until(lambda: "No way out" not in console.text)


async def test_escape_keeps_the_form_and_ctrl_r_starts_over(start: Start) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await compose(console, when="in 3 days")
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, CampaignsScreen))
        await console.until(lambda: TEXT in console.app.services.store.draft(DRAFT), "the draft on disk")
        await console.press("n")
        await console.until(lambda: isinstance(console.app.screen, ComposeScreen))
        form = console.app.screen.form
        assert dict(form.values) == {
            "name": "Closed", "list_id": "429", "sender": "", "schedule": "in 3 days", "clock": "",
            "body": TEXT, "url_to_shorten": "",
        }  # fmt: skip
        await console.press("ctrl+r")
        assert not any(form.values.values())
        await console.press("escape")
        await console.until(lambda: not console.app.services.store.draft(DRAFT), "the draft to go")


async def test_a_refused_send_comes_back_with_its_text(start: Start, world: World) -> None:
    world.faults.add("sms_campaigns.send", Fault.LEGACY)
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await compose(console)
        await confirm(console)
        await console.shows("! Not sent.", "What you typed is still here.")
        form = console.app.screen.form
        assert form.values["body"] == TEXT
        assert not sent(world, "Closed")
        await console.until(lambda: TEXT in console.app.services.store.draft(DRAFT))
        await confirm(console)
        await console.until(lambda: stored(console, "Closed"), "the second try in the store")
        assert len(sent(world, "Closed")) == 1


async def test_a_lost_answer_is_unknown_and_never_sent_again(start: Start, world: World) -> None:
    world.faults.add("sms_campaigns.send", Fault.ANSWER_LOST)
    async with start((120, 40), mode="campaigns", ready=has_campaigns) as console:
        await compose(console)
        await confirm(console)
        await console.shows("It is not known whether Closed was sent.")
        assert isinstance(console.app.screen, CampaignsScreen)
        [item] = console.app.services.store.outbox()
        assert item.state == "unknown"
        assert len(sent(world, "Closed")) == 1
        await console.until(lambda: not console.app.services.store.draft(DRAFT))
        await compose(console)
        await console.press("ctrl+j")
        await console.shows("! The same went to the same people", "unknown")


async def test_without_a_price_words_are_wanted(start: Start, world: World) -> None:
    async with start((120, 40), mode="campaigns", ready=has_campaigns) as console:
        await compose(console)
        await console.shows("A$1.6802")
        world.faults.add("sms_campaigns.price", Fault.FAILS)
        await confirm(console)
        await console.shows("price unknown")
        assert isinstance(console.app.screen, ConfirmSendScreen)
        assert not sent(world, "Closed")
        await console.press("=price unknown", "ctrl+j")
        await console.until(lambda: sent(world, "Closed"))


async def test_an_answer_is_told_although_the_sheet_was_closed(
    start: Start, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start((120, 40), mode="campaigns", ready=has_campaigns) as console:
        sender, go_on = console.app.services.sender, asyncio.Event()
        send = sender.send

        async def slow(*arguments: Any) -> Any:
            await go_on.wait()
            return await send(*arguments)

        monkeypatch.setattr(sender, "send", slow)
        await compose(console)
        await confirm(console)
        await console.until(lambda: isinstance(console.app.screen, ComposeScreen))
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, CampaignsScreen))
        go_on.set()
        await console.shows("Accepted: Closed is on its way.")
        await console.until(lambda: stored(console, "Closed"))
        assert not console.app.services.drafts.text(DRAFT)


async def test_cancelling_wants_the_name(start: Start, world: World) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await console.press("X")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen))
        await console.press("=pruning", "ctrl+j")
        assert isinstance(console.app.screen, ConfirmScreen)
        assert sent(world, "Pruning workshop")[0]["status"] == "Scheduled"
        await console.press("= workshop", "ctrl+j")
        await console.until(lambda: sent(world, "Pruning workshop")[0]["status"] == "Cancelled")
        await console.shows("✗ cancelled")
        await console.until(lambda: stored(console, "Pruning workshop").status == "Cancelled")


async def test_only_a_scheduled_campaign_can_be_cancelled(start: Start) -> None:
    async with start((80, 24), mode="campaigns", ready=has_campaigns) as console:
        await console.press("G", "X")
        await console.shows("Only a scheduled campaign can be cancelled; this one is cancelled.")
        assert isinstance(console.app.screen, CampaignsScreen)


async def test_read_only_offers_neither(start: Start) -> None:
    async with start((120, 40), mode="campaigns", ready=has_campaigns, read_only=True) as console:
        assert "new campaign" not in console.text
        await console.press("n")
        await console.shows("Read-only mode")
        await console.press("X")
        assert isinstance(console.app.screen, CampaignsScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_only_text(start: Start, world: World, size: tuple[int, int]) -> None:
    evil = "[/b] [@click=app.quit]boom[/] \x1b]52;c;AAAA\x07"
    listed = world.add_list(f"{evil} list")
    world.contacts.add(listed["list_id"], {"phone_number": "+61491570156"}, int(world.now))
    world.campaigns.restore(
        {"name": f"{evil} name", "list_id": listed["list_id"], "from": "", "body": evil, "schedule": 0,
         "url_to_shorten": ""}, "[red]Odd", int(world.now),
    )  # fmt: skip
    async with start(size, mode="campaigns", ready=has_campaigns) as console:
        await console.shows("[/b] [@click=app.quit]")
        await console.press("enter")
        await console.shows("[/b] [@click=app.quit]boom[/]", "? [red]Odd")
        await console.press("n", "tab", "enter")
        await console.shows("[@click=app.quit]boom[/]")
        assert "\x1b" not in console.text
