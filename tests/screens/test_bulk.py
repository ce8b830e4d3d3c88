"""A file or a list from its columns to its report, with the sandbox's own record as the judge."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.screens.composing import choose_channel, fill, paste
from tests.screens.conftest import Console, Start
from tests.screens.test_compose import has_everything, logged
from tui.core.limits import Limits
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.bulk_check import BulkCheckScreen
from tui.screens.bulk_mapping import MappingScreen
from tui.screens.bulk_progress import BulkProgressScreen
from tui.screens.compose import ComposeScreen
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.screens.save_as import SaveAsScreen
from tui.screens.sent import SentScreen
from tui.sending.draft import MessageDraft
from tui.store.outbox import outbox_add
from tui.store.rows import OutboxItem

GOOD = 12


def write(path: Path, good: int = GOOD) -> Path:
    """A file: good rows from line 2 on, then one that is there twice, one without a number, one empty."""
    rows = [("Handset", "Known as", "Owing")]
    rows += [(f"0491 57{number:04}", f"Person{number}", f"{number}.50") for number in range(good)]
    rows += [("+61 491 570 000", "Again", "1"), ("0411", "Short", "2"), ("", "Nobody", "3")]
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def save(console: Console, path: Path) -> None:
    """`w`, and the place where it is to be saved."""
    await console.press("w")
    await console.until(lambda: isinstance(console.app.screen, SaveAsScreen))
    await console.press("ctrl+a", "ctrl+k")
    await paste(console, str(path))
    await console.press("enter")
    await console.until(path.exists, "the file")


async def test_a_file_from_its_columns_to_its_report(start: Start, world: World, tmp_path: Path) -> None:
    source = write(tmp_path / "owing.csv")
    async with start((80, 24), ready=has_everything) as console:
        before, balance = len(logged(world, "sms")), world.account.balance
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put("")
        sheet.form.fields[0].focus_control()
        await paste(console, str(source))
        await fill(console, {"body": "Hi (First Name), you owe (Owing)."})
        await console.shows("a file: its columns come next", "priced after the check")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, MappingScreen))
        await console.shows("semicolons", "Handset", "(Owing)", "As sent to", "+61 491 570 000", "owe 0.50")
        assert "Hi (First Name)" in console.text, "nothing is known of first names until a column is chosen"
        console.app.screen.form.field("first_name").choose_silently(
            console.app.screen.form.field("first_name").choices[2]
        )
        await console.shows("Hi Person0, you owe 0.50.")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
        await console.shows("12  good", "1  there twice", "2  invalid", "14", "same recipient as in line 2")
        await save(console, tmp_path / "mend.csv")
        mend = read(tmp_path / "mend.csv")
        assert [row["line"] for row in mend] == ["14", "15", "16"]
        assert [row["Handset"] for row in mend[1:]] == ["0411", ""]
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.shows("Send 12 SMS", "owing.csv · 12 recipients", "Hi Person0, you owe 0.50.")
        quoted = console.app.screen.quote.total
        assert len(logged(world, "sms")) == before, "nothing may leave before it is confirmed"
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, BulkProgressScreen))
        await console.shows("✓ done", "12 of 12", "✓ 12")
        assert {each.body for each in logged(world, "sms")[before:]} == {
            f"Hi Person{number}, you owe {number}.50." for number in range(GOOD)
        }
        assert balance - world.account.balance == quoted
        assert not console.app.services.drafts.text(sheet.draft_key)
        await save(console, tmp_path / "report.csv")
        states = [row["state"] for row in read(tmp_path / "report.csv")]
        assert sorted(states) == ["accepted"] * 12 + ["left out"] * 3
        await console.press("escape", "ctrl+o", "enter")
        await console.until(lambda: isinstance(console.app.screen, SentScreen), "it from the outbox")


async def to_confirm(console: Console) -> None:
    """A text to the list VIP, as far as the confirm screen."""
    sheet = await choose_channel(console, "SMS")
    sheet.form.field("to").put("VIP (list)")
    await fill(console, {"body": "Thank you"})
    await console.press("ctrl+j")
    await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
    await console.shows("good")
    await console.press("ctrl+j")
    await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))


async def test_a_list_left_paused_cancelled_and_resumed(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_everything) as console:
        before, outbox = len(logged(world, "sms")), console.app.services.store.outbox
        await to_confirm(console)
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
        await console.press("escape")
        await console.until(lambda: not outbox(), "what was read to be forgotten")
        assert console.app.screen.form.values["body"] == "Thank you"
        await console.press("escape")
        await to_confirm(console)
        world.faults.add("sms.send", Fault.LEGACY)
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, BulkProgressScreen))
        await console.shows("! paused", "p go on")
        await console.press("escape", "ctrl+o", "enter")
        await console.until(lambda: isinstance(console.app.screen, BulkProgressScreen), "it from the outbox")
        await console.press("X")
        await console.until(lambda: isinstance(console.app.screen, ConfirmScreen))
        await console.press("ctrl+j")
        await console.shows("cancelled")
        assert len(logged(world, "sms")) == before
        await console.press("escape", "escape")
        await to_confirm(console)
        world.faults.add("sms.send", Fault.LEGACY)
        await console.press("ctrl+j")
        await console.shows("! paused", "p go on")
        await console.press("p")
        await console.shows("✓ done")
        assert len(logged(world, "sms")) == before + console.app.screen.progress.total


async def picture_to_confirm(console: Console, source: Path, picture: Path) -> ComposeScreen:
    """A picture to everybody in a file, as far as the confirm screen."""
    sheet = await choose_channel(console, "MMS")
    sheet.form.field("to").put(str(source))
    await fill(console, {"media_file": str(picture), "subject": "Sale", "body": "Look"})
    await console.press("ctrl+j")
    for screen in (MappingScreen, BulkCheckScreen):
        await console.until(lambda screen=screen: isinstance(console.app.screen, screen))
        if screen is BulkCheckScreen:
            await console.shows("good")
        await console.press("ctrl+j")
    await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
    return sheet


async def test_a_file_that_was_changed_since_the_price_is_not_sent(
    start: Start, world: World, tmp_path: Path
) -> None:
    source, picture = write(tmp_path / "owing.csv"), tmp_path / "sale.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 3000)
    async with start((80, 24), ready=has_everything) as console:
        services, before = console.app.services, world.files.count
        sheet = await picture_to_confirm(console, source, picture)
        assert world.files.count == before + 1, "it was uploaded once, for the form and for the send"
        picture.write_bytes(b"\xff\xd8\xff\xe0" + b"1" * 3000)
        await console.press("ctrl+j")
        await console.shows("Nothing was sent:", "is not what it was when it was priced", "Ctrl+J")
        assert isinstance(console.app.screen, BulkCheckScreen)
        assert [item.state for item in services.store.outbox()] == ["quoted"]
        await console.press("escape")
        await console.until(lambda: console.app.screen is sheet, "the form")
        await console.until(lambda: not services.store.outbox(), "what was read to be forgotten")
        assert sheet.form.values["subject"] == "Sale"
        assert services.drafts.text(sheet.draft_key)


async def test_what_is_refused_after_the_yes_keeps_its_rows_and_its_form(start: Start, world: World) -> None:
    async with start((80, 24), ready=has_everything) as console:
        services, before = console.app.services, len(logged(world, "sms"))
        await to_confirm(console)
        # As if that had been the limit all along: with what leaves meanwhile it is beyond.
        services.bulk._limits = Limits(per_day=console.app.screen.quote.total)
        other = MessageDraft.sms(("+61491570158", "+61491570159", "+61491570110"), "Meanwhile")
        await services.sender.send((await services.sender.quote(other)).confirm())
        await console.press("ctrl+j")
        await console.shows("Nothing was sent: with what was sent since", "your limit for a day")
        assert len(logged(world, "sms")) == before + 3
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.shows("type: send anyway")
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, ComposeScreen))
        assert console.app.screen.form.values["body"] == "Thank you"
        assert services.drafts.text(console.app.screen.draft_key)


async def test_an_own_number_is_said_not_to_reach_the_us_for_many(start: Start, tmp_path: Path) -> None:
    source = tmp_path / "abroad.csv"
    source.write_text("Mobile,Name\n+12025550123,Ann\n+61491570156,Bo\n")
    async with start((80, 24), ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(str(source))
        sheet.form.field("sender").put("+61491570110")
        await fill(console, {"body": "Hello over there"})
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, MappingScreen))
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
        await console.shows("good")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        said = " ".join(console.text.replace("▌", "").split())
        assert "A number of your own does not work to the US and Canada (1 of 2 recipients)" in said


async def test_the_same_file_with_the_same_text_is_warned_of(start: Start) -> None:
    async with start((80, 24), mode="contacts", ready=has_everything) as console:
        for times in range(2):
            await to_confirm(console)
            said = " ".join(console.text.replace("▌", "").split())
            assert ("The same went to as many people from it" in said) == bool(times)
            if not times:  # ClickSend would refuse the same within seconds.
                await console.press("ctrl+j")
                await console.shows("✓ done")
                await console.press("escape")


async def test_what_stops_the_text_is_said_before_columns_are_mapped(start: Start, tmp_path: Path) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(str(write(tmp_path / "owing.csv")))
        await fill(console, {"schedule": "2027-11-24 9:00", "body": "Hello"})
        await console.press("ctrl+j")
        await console.shows("More than 4 months ahead")
        assert console.app.screen is sheet
        assert sheet.form.field("schedule").has_class("-active")


async def test_an_address_in_capitals_is_the_same_address(start: Start, tmp_path: Path) -> None:
    source = tmp_path / "mails.csv"
    source.write_text("E-mail\nada@example.com\nADA@Example.com\nnobody\n")
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "one e-mail")
        await console.until(lambda: sheet.form.field("sender.email_address_id").choices, "the addresses")
        choices = sheet.form.field("sender.email_address_id").choices
        sheet.form.field("sender.email_address_id").choose_silently(choices[0])
        sheet.form.field("to").put(str(source))
        await fill(console, {"sender.name": "Acme", "subject": "Hi", "body": "Hello"})
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, MappingScreen))
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, BulkCheckScreen))
        await console.shows("1  good", "1  there twice", "1  invalid", "Is no e-mail address.")


async def test_where_nobody_is_left_no_price_is_offered(start: Start, tmp_path: Path) -> None:
    source = tmp_path / "short.csv"
    source.write_text("Mobile\n0411\n")
    async with start((80, 24), mode="account", ready=has_everything) as console:
        sheet = await choose_channel(console, "SMS")
        sheet.form.field("to").put(str(source))
        await fill(console, {"body": "Hello"})
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, MappingScreen))
        await console.press("ctrl+j")
        await console.shows("0  good", "w save left-out rows")
        assert "check price" not in console.text


async def test_one_that_was_left_paused_is_told_of_at_the_start(start: Start) -> None:
    async with start((80, 24), mode="account", ready=has_everything) as console:
        store = console.app.services.store
        draft = MessageDraft.sms((), "Doors open at nine").record() | {"source": {"file": "owing.csv"}}
        item = OutboxItem("box", console.app.services.now(), "sms", draft, {}, "paused")
        await store.write(outbox_add, item)
        await console.app.connect()
        await console.shows("A large send is paused. Ctrl+O shows it.")
        await console.press("ctrl+o", "enter")
        await console.until(lambda: isinstance(console.app.screen, BulkProgressScreen), "it")
        await console.shows("SMS · owing.csv", "! paused", "p go on")
