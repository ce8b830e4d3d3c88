"""Compose: every channel by keys, drafts, prefilled recipients, what is wrong said where it is."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.screens.composing import choose_channel, fill, form_of, go_on, paste, send
from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.core.limits import Limits
from tui.core.settings import Settings
from tui.sandbox.world import World
from tui.screens.compose import ComposeScreen
from tui.screens.compose_channel import ChannelSheet
from tui.screens.compose_facts import at_night
from tui.screens.confirm import ConfirmSendScreen
from tui.sending.draft import CampaignDraft, MessageDraft
from tui.widgets.choice_field import ChoiceField

ADA = "Ada Lovelace, 1 Test Street, Perth, WA, 6000, AU"
PHONE, OTHER = "+61491570156", "+61491570157"


def has_everything(app: ConsoleApp) -> bool:
    store = app.services.store
    return bool(store.contacts().count() and store.account() and store.conversations().count())


def logged(world: World, channel: str) -> list[Any]:
    """What the sandbox has of a channel, oldest first."""
    if channel == "sms":
        return list(world.messages[:])
    campaigns = {
        "sms campaign": world.campaigns,
        "mms campaign": world.mms_campaigns,
        "email campaign": world.email_campaigns,
        "direct mail campaign": world.direct_mail,
    }
    if channel in campaigns:
        return list(campaigns[channel])
    name = {"email": "email_transactional", "letter": "post", "postcard": "postcards"}.get(channel, channel)
    return list(world.channels[name].messages)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    picture, paper = tmp_path / "sale.jpg", tmp_path / "paper.pdf"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 3000)
    paper.write_bytes(b"%PDF-1.4\n" + b"0" * 3000)
    return {"picture": str(picture), "paper": str(paper)}


async def test_each_channel_is_priced_confirmed_and_sent(
    start: Start, world: World, files: dict[str, str]
) -> None:
    picture, paper = files["picture"], files["paper"]
    channels: dict[str, tuple[str, dict[str, str], str]] = {
        "sms": ("SMS", {"to": PHONE, "body": "Ready today"}, "Send 1 SMS"),
        "mms": (
            "MMS",
            {"to": PHONE, "media_file": picture, "subject": "Sale", "body": "Look"},
            "Send 1 MMS",
        ),
        "voice": ("voice", {"to": PHONE, "body": "Hello"}, "Send 1 call"),
        "fax": ("fax", {"to": "+61261111111", "file_url": paper}, "Send 1 fax"),
        "email": (
            "one e-mail",
            {"to": "ada@example.com", "sender.name": "Acme", "subject": "Hi", "body": "Yo", "files": paper},
            "Send an e-mail",
        ),
        "letter": ("letter", {"to": ADA, "file_url": paper}, "Send 1 letter"),
        "postcard": ("postcard", {"to": ADA, "file_urls": f"{paper}, {paper}"}, "Send 1 postcard"),
    }
    async with start((80, 24), ready=has_everything) as console:
        for number, (channel, (words, values, title)) in enumerate(channels.items()):
            before, balance = len(logged(world, channel)), world.account.balance
            sheet = await choose_channel(console, words)
            assert sheet.asked.key == channel
            sheet.form.field("to").put("")
            await console.until(lambda sheet=sheet: _is_loaded(sheet), "the listings")
            _choose_first(sheet)
            sheet.form.fields[0].focus_control()
            await fill(console, values)
            shown = await go_on(console)
            assert title in shown
            quoted = console.app.screen.quote.total
            assert (await send(console, number)) == "accepted"
            assert len(logged(world, channel)) == before + 1
            assert balance - world.account.balance == quoted
            assert not console.app.services.drafts.text(sheet.draft_key)
        await _campaigns(console, world, picture, paper)


async def _campaigns(console: Console, world: World, picture: str, paper: str) -> None:
    area = '[{"location_id": "1", "quantity": "5000"}]'
    channels: dict[str, tuple[dict[str, str], dict[str, str]]] = {
        "mms campaign": (
            {"list_id": "429"},
            {"name": "M", "media_file": picture, "subject": "Sale", "body": "STOP"},
        ),
        "email campaign": (
            {"list_id": "429"},
            {"name": "E", "from_name": "Acme", "subject": "Hi", "body": "Hi, unsubscribe"},
        ),
        "direct mail campaign": (
            {"size": "A5", "areas": area},
            {"name": "D", "file_urls": f"{paper}, {paper}"},
        ),
    }
    for channel, (chosen, typed) in channels.items():
        sent = len(console.app.services.store.outbox())
        before = len(logged(world, channel))
        words = "direct" if "direct" in channel else channel.replace("email", "e-mail")
        sheet = await choose_channel(console, words)
        assert sheet.asked.key == channel
        await console.until(lambda sheet=sheet: _is_loaded(sheet), "the listings")
        _choose_first(sheet)
        for key, value in chosen.items():
            sheet.form.field(key).put(value)
        sheet.form.fields[0].focus_control()
        await fill(console, typed)
        await go_on(console)
        assert await send(console, sent) == "accepted"
        assert len(logged(world, channel)) == before + 1


def _is_loaded(sheet: ComposeScreen) -> bool:
    return all(field.choices for field in _listed(sheet))


def _listed(sheet: ComposeScreen) -> list[Any]:
    names = ("sender.email_address_id", "from_email_address_id", "return_address_id", "lang")
    return [field for field in sheet.form.fields if field.key in names]


def _choose_first(sheet: ComposeScreen) -> None:
    for field in _listed(sheet):
        if not field.value:
            field.choose_silently(field.choices[0])


async def test_several_by_name_list_and_number(start: Start, world: World) -> None:
    """Names are completed from the contacts, a placeholder is shown for each, the last channel is first."""
    async with start((80, 24), mode="contacts", ready=has_everything) as console:
        person = next(row for row in console.app.services.store.contacts().page(0) if row.phone)
        await choose_channel(console, "SMS")
        await paste(console, person.name[:6])
        await console.until(lambda: console.app.screen.query_one("Matches").choices, "the matches")
        match = next(
            number
            for number, choice in enumerate(console.app.screen.query_one("Matches").choices)
            if person.phone in choice.value
        )
        await console.press(*["down"] * (match + 1), "enter")
        await console.until(lambda: person.phone in form_of(console).form.values["to"], "the contact")
        await paste(console, f"Grace Hopper <{OTHER}>")
        await fill(console, {"body": "Hi (First Name), it is “ready”"})
        await console.shows(f"Hi {person.first_name}, it is", "1 of 2", "Unicode", "Ctrl+G")
        await console.press("ctrl+n")
        await console.shows("Hi Grace, it is", "2 of 2")
        await console.press("ctrl+g")
        await console.until(lambda: '"ready"' in form_of(console).editor.text, "plain letters")
        await console.shows("GSM-7")
        shown = await go_on(console)
        assert "Send 2 SMS" in shown
        before = len(logged(world, "sms"))
        assert await send(console, 0) == "accepted"
        bodies = {each.number: each.body for each in logged(world, "sms")[before:]}
        assert bodies == {
            person.phone: f'Hi {person.first_name}, it is "ready"',
            OTHER: 'Hi Grace, it is "ready"',
        }
        await console.press("c")
        await console.until(lambda: isinstance(console.app.screen, ChannelSheet))
        assert console.app.screen.table.row.value == "sms"


async def test_a_draft_goes_to_whom_it_was_written(start: Start) -> None:
    """Also after another conversation has been under the cursor."""
    async with start((80, 24), ready=has_everything) as console:
        await console.until(lambda: console.app.screen.counterpart, "a conversation")
        first = console.app.screen.counterpart
        sheet = await choose_channel(console, "SMS")
        assert first in sheet.form.values["to"]
        await fill(console, {"body": "Half a thought"})
        await console.press("escape")
        await console.shows("What you typed is kept")
        await console.until(lambda: "Half" in console.app.services.store.draft(sheet.draft_key), "the draft")
        await console.press("j")
        await console.until(lambda: console.app.screen.counterpart != first)
        second = console.app.screen.counterpart
        sheet = await choose_channel(console, "SMS")
        assert (first in sheet.form.values["to"], sheet.form.values["body"]) == (True, "Half a thought")
        await console.shows("your draft")
        await console.press("ctrl+r")
        assert second in sheet.form.values["to"]
        assert not sheet.form.values["body"]


async def test_what_is_wrong_is_said_where_it_is(start: Start, files: dict[str, str]) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        await console.press("ctrl+j")
        await console.shows("! Type a phone number or a name.", "! Write the message.")
        to = sheet.form.field("to")
        assert to.has_class("-active")
        for typed, words in (
            ("0411", "has too few digits for Australia"),
            ("nobody at all", "and no contact is"),
            (f"{PHONE}, VIP (list)", "stands among others."),
            ("/no/such/file.csv", "There is no file /no/such/file.csv."),
            ("/tmp", "/tmp is a folder."),
            (f"/{'x' * 300}/a.csv", "cannot be read: File name too long."),
            ("~nobody-like-this/a.csv", "cannot be read:"),
        ):
            to.put(typed)
            await console.press("ctrl+j")
            await console.until(lambda words=words: words in " ".join(console.text.split()), words)
            assert to.has_class("-active")
        to.put(PHONE)
        sheet.form.field("body").put("Hello")
        to.put(files["paper"])
        sheet.form.field("body").put("Hello")
        await console.press("ctrl+j")
        await console.until(lambda: "paper.pdf is no text file." in to.problem, "what the file is")
        to.put(PHONE)
        for key, typed, words in (
            ("schedule", "yesterday 9am", "is not a time"),
            ("schedule", "2027-11-24 9:00", "More than 4 months ahead"),
            ("sender", "two words", "cannot be a sender"),
        ):
            sheet.form.field(key).put(typed)
            await console.press("ctrl+j")
            await console.shows(words)
            assert sheet.form.field(key).has_class("-active")
            sheet.form.field(key).put("")
        await console.press("escape")
        sheet = await choose_channel(console, "MMS")
        await fill(console, {"media_file": files["paper"], "subject": "x" * 21})
        await console.press("ctrl+j")
        await console.shows("is no file of a type that can be used")
        assert "at most 20 characters" in sheet.form.field("subject").problem


async def test_what_is_pasted_has_no_escape_sequences(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        bad = "\x1b]52;c;aGk=\x07\x1b[31mAcme\u202e"
        for key in ("to", "sender", "body"):
            await fill(console, {key: ""})
            await paste(console, bad)
            await console.until(lambda key=key: sheet.form.field(key).value == "Acme", "what is left of it")
        assert not {"\x1b", "\u202e"} & set(console.text)


async def test_nothing_that_is_pasted_is_lost_and_little_of_it_repeated(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        long = "x" * 900
        await fill(console, {"to": long, "sender": long, "schedule": long})
        await console.press("tab")
        for key in ("to", "sender", "schedule"):
            field = sheet.form.field(key)
            assert field.value == long
            assert len(str(field.query_one(".field-words").render())) < 300
        assert "Type it like" in sheet.form.field("schedule").problem


async def test_commas_alone_are_nobody(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        for typed in (",", " ;, \n,"):
            await fill(console, {"to": typed})
            await console.press("tab", "shift+tab")
            assert sheet.form.field("to").problem == "Type a phone number or a name."
            await console.press("ctrl+a", "delete")


async def test_their_time(start: Start) -> None:
    async with start((80, 24), ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put("+447400123456")
        await fill(console, {"schedule": "tomorrow 9am"})
        await console.press("tab", "t")
        await console.shows("09:00 in London")
        sheet.form.field("to").put("+447400123456, +61491570156")
        await console.press("m", "t")
        await console.shows("They are in 2 time zones")


async def test_read_only_writes_nothing(start: Start) -> None:
    async with start((80, 24), ready=has_everything, read_only=True) as console:
        await console.press("c")
        await console.shows("Read-only mode")
        assert len(console.app.screen_stack) == 1


async def test_escape_at_the_price_keeps_everything(start: Start, world: World) -> None:
    async with start((80, 24), ready=has_everything) as console:
        before = len(logged(world, "sms"))
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(PHONE)
        await fill(console, {"body": "Never mind"})
        await go_on(console)
        assert isinstance(console.app.screen, ConfirmSendScreen)
        await console.press("escape")
        await console.until(lambda: console.app.screen is sheet)
        assert sheet.form.values["body"] == "Never mind"
        assert len(logged(world, "sms")) == before


async def test_what_was_confirmed_is_taken_back_by_a_key(start: Start, world: World) -> None:
    async with start((80, 24), mode="account", ready=has_everything, settings=Settings()) as console:
        before = len(logged(world, "sms"))
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(PHONE)
        await fill(console, {"body": "Too early"})
        await go_on(console)
        await console.press("ctrl+j")
        await console.shows("Leaves in 5 s · z takes it back")
        assert len(console.app.screen_stack) == 1
        await console.press("z")
        await console.until(lambda: isinstance(console.app.screen, ComposeScreen), "the form again")
        assert form_of(console).form.values["body"] == "Too early"
        assert PHONE in form_of(console).form.values["to"]
        [item] = console.app.services.store.outbox()
        assert (item.state, len(logged(world, "sms"))) == ("not sent", before)


async def test_nothing_is_said_of_somebody_who_is_no_longer_typed(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        await fill(console, {"to": "+447400123456"})
        await console.press("tab", "shift+tab")
        await console.shows("there")
        await console.press("ctrl+u")
        await paste(console, PHONE)
        assert sheet.form.field("to").note == ""


async def test_starting_over_leaves_nothing_of_before(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "Voice")
        language = sheet.form.field("lang")
        await console.until(lambda: bool(language.value), "a language")
        usual = language.value
        assert not console.app.services.drafts.text(sheet.draft_key)
        await fill(console, {"to": PHONE, "schedule": "tomorrow 9am", "body": "Hello"})
        assert sheet.form.field("clock").display
        await console.press("ctrl+r")
        assert not sheet.form.field("clock").display
        assert language.value == usual
        await console.press("ctrl+r")
        assert sheet.form.field("clock").display
        assert sheet.form.values["body"] == "Hello"


async def test_a_name_is_said_once(start: Start, files: dict[str, str]) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "Postcard")
        back = sheet.form.field("return_address_id")
        assert isinstance(back, ChoiceField)
        await console.until(lambda: bool(back.choices), "the return addresses")
        back.put(back.choices[0].value)
        await fill(console, {"to": ADA, "file_urls": files["paper"]})
        await paste(console, f", {files['paper']}")
        confirm = await go_on(console)
        assert confirm.count("Ada Lovelace") == 1


async def test_the_line_for_words_is_on_view_however_long_the_text(start: Start) -> None:
    settings = Settings(limits=Limits(per_message=Decimal("0.01")))
    async with start((80, 24), mode="account", ready=has_everything, settings=settings) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(PHONE)
        await fill(console, {"body": "\n".join(["https://example.com/sale"] * 12)})
        await go_on(console)
        await console.shows("your limit is", "type: send anyway", "Price", "Ctrl+J send")


async def test_a_campaign_by_night_is_warned_of(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        services = console.app.services
        listed = next(row for row in services.store.lists() if row.name == "Northern Beaches")
        await console.until(
            lambda: services.store.contacts(listed.id).count() == listed.count, "its contacts"
        )
        noon, midnight = 1_793_062_800, 1_793_019_600
        for at, warned in ((noon, 0), (midnight, 1)):
            draft = CampaignDraft("Sale", listed.id, "", "Hello", at)
            found = any("92 of" in words or "18 of" in words for words in at_night(draft, services))
            assert found == bool(warned)


async def test_each_of_two_sends_is_taken_back_newest_first(start: Start, world: World) -> None:
    settings = Settings(undo_seconds=60.0)
    async with start((80, 24), mode="account", ready=has_everything, settings=settings) as console:
        services, before = console.app.services, len(logged(world, "sms"))
        for to in (PHONE, OTHER):
            services.hand_over((await services.sender.quote(MessageDraft.sms((to,), "Too early"))).confirm())
            await console.until(lambda to=to: services.store.thread(to).count(), "it to be held back")
        await console.press("z")
        held = services.store.outbox
        await console.until(lambda: [item.state for item in held(("confirmed",))] == ["confirmed"])
        assert held(("confirmed",))[0].draft["to"] == [PHONE]
        await console.press("z")
        await console.until(lambda: {item.state for item in held()} == {"not sent"}, "both to be taken back")
        assert len(logged(world, "sms")) == before


async def test_a_moment_too_late_nothing_else_is_undone(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start((80, 24), ready=has_everything) as console:
        undone: list[str] = []

        async def undo() -> None:
            undone.append("something else")

        monkeypatch.setattr(console.app.screen, "act_undo", undo)
        console.app._tell_leaving("left", console.app.services.clock.now())
        await console.press("z")
        await console.shows("Too late: it has left already.")
        assert undone == []
        await console.press("z")
        assert undone == ["something else"]


async def test_a_large_document_is_said_at_its_field_and_before_the_yes(
    start: Start, files: dict[str, str]
) -> None:
    os.truncate(files["paper"], 11_000_000)
    async with start((80, 24), ready=has_everything) as console:
        await choose_channel(console, "fax")
        await fill(console, {"to": "+61261111111", "file_url": files["paper"]})
        await console.press("tab")
        await console.shows("! paper.pdf · 11.0 MB", "which may be refused")
        assert "which may be refused" in " ".join((await go_on(console)).replace("▌", "").split())


async def test_an_own_number_is_said_not_to_reach_the_us(start: Start, world: World) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put("+12025550123")
        sheet.form.field("sender").put("+61491570110")
        await fill(console, {"body": "Hello over there"})
        assert "A number of your own does not work to the US" in " ".join((await go_on(console)).split())
