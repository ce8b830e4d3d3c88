"""Large sends: a file becomes rows, these are priced and sent, and any batch may fail or be interrupted."""

from __future__ import annotations

import asyncio
import csv
import itertools
import threading
from collections import Counter
from contextlib import AsyncExitStack, closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.sending import faulty
from tests.sending.conftest import ADA, BOB, NOW, PATIENCE, TurnableClock
from tests.sending.faulty import Fault, FaultyClickSend
from tests.sending.test_faults import expected_state
from tests.store.build import inbound
from tui.api.client import ApiClient
from tui.core.errors import InvalidInput, SendRefused, StoreError
from tui.core.limits import Limits
from tui.sending import bulk_journal
from tui.sending.bulk import BulkSender
from tui.sending.draft import MessageDraft
from tui.sending.prepared import Prepared
from tui.sending.preparing import FileSource, ListSource
from tui.sending.retrying import evidence
from tui.sending.table import look
from tui.store import outbox_batches
from tui.store.contacts import merge_contacts, merge_lists
from tui.store.database import Store
from tui.store.messages import local_id, merge_messages
from tui.store.outbox import outbox_settle_one
from tui.store.rows import Contact, ContactList, Message

SIZE = 10
"""Messages of a batch here."""
TEXT = "Hi (Name), order (Order)"


@pytest.fixture
def bulk(client: ApiClient, store: Store, clock: TurnableClock) -> BulkSender:
    return BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep)


def written(path: Path, *rows: str) -> FileSource:
    path.write_text("\n".join(("Name;Mobile;Order", *rows)))
    return FileSource(look(path))


def people(path: Path, count: int) -> FileSource:
    return written(path, *(f"Ann{number};0412 345 {number:03};{number}" for number in range(count)))


async def prepared(bulk: BulkSender, source: FileSource | ListSource, text: str = TEXT) -> Prepared:
    return await bulk.prepare(source, MessageDraft("sms", (), text), country="AU")


async def sent(bulk: BulkSender, path: Path, count: int = 3 * SIZE) -> str:
    """A file, read, priced and sent as far as it goes; the id of the send."""
    found = await prepared(bulk, people(path, count))
    quote = await bulk.price(found.outbox_id)
    await bulk.send(quote.confirm(quote.words))
    return found.outbox_id


def check_truth(store: Store, clicksend: FaultyClickSend, id: str) -> Counter[str]:
    """What the store says of each message against what ClickSend did with it."""
    found: Counter[str] = Counter()
    for row in store.sends.messages(id).page(0, 10_000):
        times = clicksend.sent[local_id(id, row.number)]
        found[row.state] += 1
        if row.state == "unknown":
            assert times <= 1
        else:
            assert times == (row.state == "accepted"), row
    return found


async def test_what_cannot_be_sent_to_is_left_out_by_line(
    bulk: BulkSender, store: Store, tmp_path: Path
) -> None:
    store.write_now(merge_messages, [inbound("I1", NOW, ADA, "STOP")])
    store.write_now(merge_lists, [ContactList(7, "Opted out", 1)])
    store.write_now(merge_contacts, 7, [Contact(1, 7, phone=BOB)])
    rows = (
        *("Ann;0412 345 678;1", "Bo;call me;2", "Cy;+61412345678;3"),
        *(f"Ada;{ADA};4", f"Bob;{BOB};5", "Di;;6", "Ed;0412 345 679;", '"F\ng";0412 345 670;7'),
    )
    found = await prepared(bulk, written(tmp_path / "people.csv", *rows))
    left = {row.line: row.reason for row in store.sends.messages(found.outbox_id, ("left out",)).page(0)}
    assert left == {
        3: '"call me" has no digits.',
        4: "The same recipient as in line 2.",
        5: "They asked not to be written to.",
        6: "They asked not to be written to.",
        7: "There is no phone number.",
        8: "There is nothing for (Order) in the text.",
    }
    ready = store.sends.messages(found.outbox_id, ("draft",)).page(0)
    assert [(row.line, row.recipient) for row in ready] == [(2, "+61412345678"), (9, "+61412345670")]
    assert (found.ready, found.left_out) == (2, 6)


async def test_an_address_in_capitals_is_the_same_address(
    bulk: BulkSender, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    rows = ("Élise Doe;1 Test St;Perth;WA;6000;AU", "ÉLISE DOE;1 TEST ST;PERTH;WA;6000;AU")
    path.write_text("\n".join(("Full name;Address;City;State;Postcode;Country", *rows)))
    content = {"file_url": "https://files.example/a.pdf", "return_address_id": 1}
    found = await bulk.prepare(FileSource(look(path)), MessageDraft("letter", (), content=content))
    assert (found.ready, found.left_out) == (1, 1)
    (left,) = store.sends.messages(found.outbox_id, ("left out",)).page(0)
    assert (left.line, left.reason) == (3, "The same recipient as in line 2.")


async def test_left_out_rows_are_written_to_be_mended(bulk: BulkSender, tmp_path: Path) -> None:
    source = written(tmp_path / "people.csv", "Ann;0412 345 678;1", "=HYPERLINK(0);+;-3", "@x;-;+1")
    found = await prepared(bulk, source)
    assert await bulk.left_out(found.outbox_id, tmp_path / "left.csv") == 2
    with (tmp_path / "left.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Name", "Mobile", "Order", "line", "reason"]
    assert [row[:4] for row in rows[1:]] == [["'=HYPERLINK(0)", "'+", "-3", "3"], ["'@x", "'-", "+1", "4"]]
    again = await prepared(bulk, FileSource(look(tmp_path / "left.csv")))
    assert (again.ready, again.left_out) == (0, 2)


async def test_each_gets_a_text_of_their_own(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    id = await sent(bulk, tmp_path / "people.csv", 25)
    bodies = {row["custom_string"]: row["body"] for body in clicksend.bodies for row in body["messages"]}
    assert bodies == {local_id(id, number): f"Hi Ann{number}, order {number}" for number in range(25)}
    assert [len(body["messages"]) for body in clicksend.bodies] == [10, 10, 5]
    progress = store.sends.progress(id, NOW)
    assert progress is not None
    assert (progress.state, progress.total, progress.done, progress.accepted) == ("accepted", 25, 25, 25)
    assert str(progress.spent) == "1.9800"
    assert store.audit().page(0)[0].outcome == "done"
    assert await bulk.report(id, tmp_path / "report.csv") == 25
    report = (tmp_path / "report.csv").read_text("utf-8-sig").splitlines()
    assert report[1].startswith("2,+61412345000,,AU,accepted,accepted,,ID-")


async def test_a_quote_is_good_for_one_send_and_voided_by_the_next(bulk: BulkSender, tmp_path: Path) -> None:
    found = await prepared(bulk, people(tmp_path / "people.csv", 3))
    first = await bulk.price(found.outbox_id)
    second = await bulk.price(found.outbox_id)
    # The clock stands still: the quotes differ by nothing but that one was voided.
    assert (second.accepted_count, str(second.total)) == (3, "0.2376")
    await bulk.send(second.confirm())
    with pytest.raises(SendRefused, match="sent before"):
        await bulk.send(first.confirm())
    with pytest.raises(SendRefused, match="confirmed before"):
        await bulk.price(found.outbox_id)
    with pytest.raises(SendRefused):
        await bulk.resume(found.outbox_id)


async def test_a_quote_counts_countries_and_says_what_is_beyond_a_limit(
    client: ApiClient, store: Store, clock: TurnableClock, tmp_path: Path
) -> None:
    bulk = BulkSender(client, store, clock, most=SIZE, limits=Limits(per_send=Decimal("0.90")))
    found = await prepared(bulk, people(tmp_path / "people.csv", 12))
    quote = await bulk.price(found.outbox_id)
    (country,) = quote.by_country
    assert (country.country, country.recipients, country.parts, str(country.total)) == (
        "AU",
        12,
        12,
        "0.9504",
    )
    assert quote.beyond == ("It costs A$0.9504: your limit for one send is A$0.9000.",)
    with pytest.raises(SendRefused, match='Type "send anyway"'):
        quote.confirm()
    await bulk.send(quote.confirm("Send anyway"))


async def test_paused_it_waits_and_resumed_it_goes_to_its_end(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    found = await prepared(bulk, people(tmp_path / "people.csv", 3 * SIZE))
    quote = await bulk.price(found.outbox_id)
    clicksend.hold.clear()
    going = asyncio.create_task(bulk.send(quote.confirm()))
    await clicksend.arrived.wait()
    assert await bulk.pause(found.outbox_id)
    clicksend.hold.set()
    await going
    assert check_truth(store, clicksend, found.outbox_id) == {"accepted": SIZE, "confirmed": 2 * SIZE}
    assert store.outbox_item(found.outbox_id).state == "paused"  # type: ignore[union-attr]
    await bulk.resume(found.outbox_id)
    assert check_truth(store, clicksend, found.outbox_id) == {"accepted": 3 * SIZE}
    assert store.outbox_item(found.outbox_id).state == "accepted"  # type: ignore[union-attr]


async def test_the_rest_can_be_cancelled_for_good(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    clicksend.faults = [Fault.NONE, Fault.REFUSED]
    id = await sent(bulk, tmp_path / "people.csv")
    assert await bulk.cancel_rest(id) > 0
    found = check_truth(store, clicksend, id)
    assert found.keys() == {"accepted", "not sent"}
    with pytest.raises(SendRefused):
        await bulk.resume(id)
    again = await bulk.retry(id)
    assert again.ready == found["not sent"]
    quote = await bulk.price(again.outbox_id)
    await bulk.send(quote.confirm())
    assert check_truth(store, clicksend, again.outbox_id) == {"accepted": again.ready}
    assert (
        Counter(row["to"] for body in clicksend.bodies for row in body["messages"]).most_common(1)[0][1] <= 2
    )


@pytest.mark.parametrize("fault", Fault)
async def test_a_batch_that_meets_a_fault_leaves_the_truth(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path, fault: Fault
) -> None:
    clicksend.faults = [Fault.NONE, fault]
    id = await sent(bulk, tmp_path / "people.csv")
    check_truth(store, clicksend, id)
    item = store.outbox_item(id)
    assert item
    if expected_state(fault) == "not sent":
        assert item.state == "paused"
        assert item.detail
    while item.state == "paused":
        await bulk.resume(id)
        item = store.outbox_item(id)
        assert item
    found = check_truth(store, clicksend, id)
    assert sum(found.values()) == 3 * SIZE
    assert found.keys() <= {"accepted", "rejected", "unknown"}
    assert (found["unknown"] > 0) == (expected_state(fault) == "unknown")


async def test_a_console_that_died_leaves_it_paused_and_its_batch_unknown(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    bulk = BulkSender(client, store, clock, most=SIZE)
    found = await prepared(bulk, people(tmp_path / "people.csv", 3 * SIZE))
    quote = await bulk.price(found.outbox_id)
    clicksend.hold.clear()
    going = asyncio.create_task(bulk.send(quote.confirm()))
    await clicksend.arrived.wait()
    dead = f"{store.session.split(':')[0]}:99999999:gone"
    store.write_now(lambda tx: tx.execute("UPDATE outbox SET session = ?", (dead,)))
    other = BulkSender(client, store, clock, most=SIZE)
    assert await other.recover() == [found.outbox_id]
    assert store.sends.counts(found.outbox_id) == {"unknown": SIZE, "confirmed": 2 * SIZE}
    clicksend.hold.set()
    await going
    assert check_truth(store, clicksend, found.outbox_id)["accepted"] == SIZE
    await other.resume(found.outbox_id)
    assert check_truth(store, clicksend, found.outbox_id) == {"accepted": 3 * SIZE}


async def test_what_nobody_confirmed_is_forgotten_with_its_console(
    bulk: BulkSender, store: Store, tmp_path: Path
) -> None:
    found = await prepared(bulk, people(tmp_path / "people.csv", 3))
    assert await bulk.recover() == []
    assert store.sends.messages(found.outbox_id).count() == 3
    dead = f"{store.session.split(':')[0]}:99999999:gone"
    store.write_now(lambda tx: tx.execute("UPDATE outbox SET session = ?", (dead,)))
    assert await bulk.recover() == []
    assert (store.outbox(), store.sends.messages(found.outbox_id).count()) == ([], 0)


async def test_reading_that_is_given_up_leaves_nothing(
    bulk: BulkSender, store: Store, tmp_path: Path
) -> None:
    source = people(tmp_path / "people.csv", 999)
    reading = asyncio.create_task(prepared(bulk, source))
    begun = asyncio.Event()
    store.subscribe(lambda _change: begun.set())
    await begun.wait()
    reading.cancel()
    await asyncio.wait([reading])
    # The next large send is read by the same thread, after what was left of the first.
    again = await prepared(bulk, people(tmp_path / "others.csv", 1))
    rows = store.sends.source.rows("SELECT DISTINCT outbox_id FROM outbox_message")
    assert rows == [(again.outbox_id,)]
    assert [item.id for item in store.outbox()] == [again.outbox_id]


def how_far(store: Store, id: str) -> tuple[int, int, str]:
    """Accepted, unknown and spent, as the progress of a send shows them."""
    found = store.sends.progress(id, NOW)
    assert found
    return found.accepted, found.unknown, str(found.spent)


async def test_an_unknown_message_is_settled_by_history_or_by_a_person(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    clicksend.faults = [Fault.RESET_DONE]
    id = await sent(bulk, tmp_path / "people.csv", SIZE)
    assert store.sends.counts(id) == {"unknown": SIZE}
    known = Message(
        "GUID", "+61412345003", "out", "Hi Ann3, order 3", NOW, "sent", custom_string=local_id(id, 3)
    )
    assert evidence(store.sends.source, id, 3).certain is None
    store.write_now(merge_messages, [known._replace(price=Decimal("0.0792"))])
    assert store.sends.counts(id) == {"unknown": SIZE - 1, "accepted": 1}
    assert how_far(store, id) == (1, SIZE - 1, "0.0792")
    proof = evidence(store.sends.source, id, 3)
    assert proof.certain is not None
    assert [message.id for message in proof.alike] == ["GUID"]
    for number in range(SIZE):
        assert store.write_now(outbox_settle_one, id, number, was_sent=number < 5) == (number != 3)
    assert store.sends.counts(id) == {"accepted": 5, "not sent": SIZE - 5}
    assert store.outbox_item(id).state == "accepted"  # type: ignore[union-attr]
    assert how_far(store, id) == (5, 0, "0.0792")
    summary = store.sends.summary(id)
    assert (summary.became, str(summary.cost)) == ({"sent": 1, "accepted": 4}, "0.3960")


async def test_a_list_is_read_from_the_store(bulk: BulkSender, store: Store) -> None:
    store.write_now(merge_lists, [ContactList(3, "VIP", 2)])
    contacts = [Contact(1, 3, "Ann", "Lee", "+61412345678"), Contact(2, 3, "Bo", phone="")]
    store.write_now(merge_contacts, 3, contacts)
    found = await prepared(bulk, ListSource(3, "VIP", 2), "Hi (First Name)")
    assert (found.ready, found.reasons) == (1, (("There is no phone number.", 1),))
    (row,) = store.sends.messages(found.outbox_id, ("draft",)).page(0)
    assert (row.recipient, row.name, row.fields["first_name"]) == ("+61412345678", "Ann Lee", "Ann")


async def test_a_draft_that_cannot_be_sent_is_refused_before_the_file_is_read(
    bulk: BulkSender, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        await prepared(bulk, people(tmp_path / "people.csv", 1), " ")
    table = look(tmp_path / "people.csv").mapped({"first_name": 0})
    with pytest.raises(InvalidInput, match="No column"):
        await prepared(bulk, FileSource(table))
    assert store.outbox() == []


async def test_a_batch_that_could_not_be_recorded_is_unknown_and_the_rest_can_go_on(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object) -> bool:
        raise StoreError("No room on the disk.")

    with monkeypatch.context() as patch:
        patch.setattr(bulk_journal, "settle", full)
        with pytest.raises(StoreError):
            await sent(bulk, tmp_path / "people.csv")
    (item,) = store.outbox()
    assert item.state == "paused"
    lost = check_truth(store, clicksend, item.id)
    assert lost.keys() == {"unknown", "confirmed"}
    await asyncio.wait_for(bulk.resume(item.id), 10)
    found = check_truth(store, clicksend, item.id)
    assert found == {"unknown": lost["unknown"], "accepted": lost["confirmed"]}
    assert store.outbox_item(item.id).state == "unknown"  # type: ignore[union-attr]


async def test_a_batch_that_fails_here_leaves_the_others_to_be_answered(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first batch goes alone; of the next ones, which go together, one cannot be noted."""
    loop, take, calls = asyncio.get_running_loop(), outbox_batches.take, itertools.count(1)
    second_arrived = threading.Event()

    def second(_body: object) -> None:
        if clicksend.sends == 2:
            clicksend.hold.clear()
            second_arrived.set()

    def failing(*args: Any) -> Any:
        if next(calls) < 3:
            return take(*args)
        assert second_arrived.wait(10)
        loop.call_soon_threadsafe(clicksend.hold.set)
        raise StoreError("No room on the disk.")

    clicksend.on_send = second
    with monkeypatch.context() as patch:
        patch.setattr(outbox_batches, "take", failing)
        with pytest.raises(StoreError):
            await sent(bulk, tmp_path / "people.csv")
    (item,) = store.outbox()
    assert item.state == "paused"
    assert check_truth(store, clicksend, item.id) == {"accepted": 2 * SIZE, "confirmed": SIZE}


async def test_a_send_that_cannot_be_paused_is_waited_for_on_the_way_out(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object) -> bool:
        clicksend.hold.set()
        raise StoreError("No room on the disk.")

    clicksend.hold.clear()
    going = asyncio.create_task(sent(bulk, tmp_path / "people.csv"))
    await clicksend.arrived.wait()
    with monkeypatch.context() as patch:
        patch.setattr(outbox_batches, "pause", full)
        assert await bulk.drain(10)
        await asyncio.gather(going, return_exceptions=True)
    (item,) = store.outbox()
    assert check_truth(store, clicksend, item.id) == {"accepted": 3 * SIZE}


async def test_a_batch_that_cannot_be_put_together_has_not_left(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> None:
        raise InvalidInput("Nothing of the kind.")

    monkeypatch.setattr(bulk, "_request", refuse)
    with pytest.raises(InvalidInput):
        await sent(bulk, tmp_path / "people.csv")
    (item,) = store.outbox()
    assert (item.state, clicksend.sends) == ("paused", 0)
    assert store.sends.counts(item.id) == {"confirmed": 3 * SIZE}


async def test_a_time_that_passed_meanwhile_is_not_sent_at_once(
    bulk: BulkSender, store: Store, clock: TurnableClock, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    draft = MessageDraft("sms", (), TEXT, schedule=NOW + 600)
    found = await bulk.prepare(people(tmp_path / "people.csv", 3 * SIZE), draft, country="AU")
    quote = await bulk.price(found.outbox_id)
    clock.at = NOW + 700
    with pytest.raises(SendRefused, match="past"):
        await bulk.send(quote.confirm())
    clock.at = NOW
    clicksend.faults = [Fault.REFUSED]
    await bulk.send(quote.confirm())
    clock.at, sends = NOW + 700, clicksend.sends
    with pytest.raises(SendRefused, match="past"):
        await bulk.resume(found.outbox_id)
    assert clicksend.sends == sends
    assert store.outbox_item(found.outbox_id).state == "paused"  # type: ignore[union-attr]


async def test_a_quote_of_a_later_time_is_not_fresh(
    bulk: BulkSender, clock: TurnableClock, tmp_path: Path
) -> None:
    found = await prepared(bulk, people(tmp_path / "people.csv", 1))
    quote = await bulk.price(found.outbox_id)
    clock.at = NOW - 3600
    with pytest.raises(SendRefused, match="fresh"):
        await bulk.send(quote.confirm())


async def test_sends_that_end_while_all_are_paused_do_not_stop_the_way_out(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clicksend.hold.clear()
    going = []
    for name in ("one.csv", "two.csv"):
        found = await prepared(bulk, people(tmp_path / name, 1))
        quote = await bulk.price(found.outbox_id)
        going.append(asyncio.create_task(bulk.send(quote.confirm())))
    while len(bulk.going) < 2:
        await store.write(lambda _tx: None)
    write = store.write

    async def late(function: Any, *args: Any) -> Any:
        if function is outbox_batches.pause:
            clicksend.hold.set()
            await asyncio.gather(*going)
        return await write(function, *args)

    monkeypatch.setattr(store, "write", late)
    assert await bulk.drain(10)
    assert {item.state for item in store.outbox()} == {"accepted"}


async def test_what_is_confirmed_while_the_console_closes_waits(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    found = await prepared(bulk, people(tmp_path / "people.csv", SIZE))
    quote = await bulk.price(found.outbox_id)
    going = asyncio.create_task(bulk.send(quote.confirm()))
    await asyncio.sleep(0)  # it waits for the store to note the yes
    assert bulk.going == ()
    assert await bulk.drain(10)
    await going
    assert clicksend.sends == 0
    item = store.outbox_item(found.outbox_id)
    assert item
    assert (item.state, item.detail) == ("paused", "The console was closed.")


async def test_many_are_warned_of_who_would_be_woken(
    bulk: BulkSender, tmp_path: Path, clock: TurnableClock
) -> None:
    clock.at = 1_793_021_400  # 00:30 in Sydney.
    found = await prepared(bulk, written(tmp_path / "a.csv", "Ada;0411 111 111;1", "Bob;0422 222 222;2"))
    quote = await bulk.price(found.outbox_id)
    assert [words for words in quote.warnings if words.startswith("Night")] == [
        "Night for 2 of 2 recipients: 00:30 there for +61 411 111 111. Send at another time if it can wait."
    ]


async def test_a_large_send_counts_on_the_day_on_which_it_is_confirmed(
    client: ApiClient, store: Store, clock: TurnableClock, tmp_path: Path
) -> None:
    bulk = BulkSender(client, store, clock, limits=Limits(per_day=Decimal("0.3000")))
    one, two = [await prepared(bulk, people(tmp_path / f"{name}.csv", 2)) for name in ("one", "two")]
    clock.at = NOW + 86_400
    quote, late = await bulk.price(one.outbox_id), await bulk.price(two.outbox_id)
    await bulk.send(quote.confirm())
    assert store.outbox_item(one.outbox_id).created_at == clock.at  # type: ignore[union-attr]
    with pytest.raises(SendRefused, match="limit for a day"):
        await bulk.send(late.confirm())
    assert (await bulk.price(two.outbox_id)).beyond


async def test_of_two_consoles_that_let_a_paused_send_go_on_one_sends(
    store: Store, clicksend: FaultyClickSend, clock: TurnableClock, tmp_path: Path
) -> None:
    clicksend.faults = [Fault.NONE, Fault.REFUSED]
    async with AsyncExitStack() as stack:
        consoles = []
        for _ in range(2):
            other = stack.enter_context(closing(Store(tmp_path / "store.db")))
            client = await stack.enter_async_context(
                ApiClient("ada", "KEY", base_url=clicksend.url, timeout=PATIENCE, clock=clock)
            )
            consoles.append(BulkSender(client, other, clock, most=SIZE, sleep=clock.sleep))
        here, there = consoles
        id = await sent(here, tmp_path / "people.csv", 6 * SIZE)
        assert store.outbox_item(id).state == "paused"  # type: ignore[union-attr]
        left = store.sends.counts(id)["confirmed"]
        for _ in range(3):
            resumed = await asyncio.gather(here.resume(id), there.resume(id), return_exceptions=True)
            refusals = [each for each in resumed if each is not None]
            assert all(isinstance(each, SendRefused) for each in refusals), refusals
            assert len(refusals) >= 1
        assert left
        assert check_truth(store, clicksend, id) == {"accepted": 6 * SIZE}
        assert max(clicksend.sent.values()) == 1


async def test_a_paused_send_that_goes_on_elsewhere_is_not_resumed_here(
    store: Store, clicksend: FaultyClickSend, clock: TurnableClock, client: ApiClient, tmp_path: Path
) -> None:
    here = BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep)
    clicksend.faults = [Fault.REFUSED]
    id = await sent(here, tmp_path / "people.csv")
    with closing(Store(tmp_path / "store.db")) as elsewhere:
        there = BulkSender(client, elsewhere, clock, most=SIZE, sleep=clock.sleep)
        clicksend.hold.clear()
        clicksend.arrived.clear()
        going = asyncio.create_task(there.resume(id))
        await clicksend.arrived.wait()
        for _ in range(2):
            with pytest.raises(SendRefused, match="another console sends it"):
                await here.resume(id)
        assert await here.cancel_rest(id) == 2 * SIZE
        clicksend.hold.set()
        await going
    assert check_truth(store, clicksend, id) == {"accepted": SIZE, "not sent": 2 * SIZE}


@pytest.mark.parametrize("reshape", [lambda rows: rows[1:-1], lambda rows: [*rows, *rows], lambda rows: []])
async def test_an_answer_with_fewer_or_more_rows_than_asked_leaves_the_truth(
    bulk: BulkSender,
    store: Store,
    clicksend: FaultyClickSend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reshape: Any,
) -> None:
    whole = faulty._sent

    def reshaped(body: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
        told = whole(body, overrides)
        is_send = body["messages"][0].get("custom_string")
        return told | {"messages": reshape(told["messages"])} if is_send else told

    monkeypatch.setattr(faulty, "_sent", reshaped)
    id = await sent(bulk, tmp_path / "people.csv")
    found = check_truth(store, clicksend, id)
    told = len(reshape([*range(SIZE)]))
    assert found["accepted"] == (3 * told if told < SIZE else 0)
    assert found["unknown"] == 3 * SIZE - found["accepted"]
    assert max(clicksend.sent.values()) == 1
    assert store.outbox_item(id).state == "unknown"  # type: ignore[union-attr]


async def test_a_name_as_the_sender_of_many_is_said_not_to_reach_the_us(
    bulk: BulkSender, tmp_path: Path
) -> None:
    source = written(tmp_path / "people.csv", "Ann;0412 345 678;1", "Bo;+12025550123;2", "Cy;+16475550123;3")
    found = await bulk.prepare(source, MessageDraft("sms", (), TEXT, "Acme"), country="AU")
    quote = await bulk.price(found.outbox_id)
    assert any("does not work to the US and Canada (2 of 3 recipients)" in each for each in quote.warnings)


async def test_what_history_brings_before_the_answer_is_lost_is_not_unknown(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    clicksend.faults = [Fault.RESET_DONE]

    def seen(body: dict[str, Any]) -> None:
        row = body["messages"][3]
        there = Message("GUID", row["to"], "out", row["body"], NOW, "sent", price=Decimal("0.0792"))
        store.write_now(merge_messages, [there._replace(custom_string=row["custom_string"])])

    clicksend.on_send = seen
    id = await sent(bulk, tmp_path / "people.csv", SIZE)
    assert check_truth(store, clicksend, id) == {"unknown": SIZE - 1, "accepted": 1}
    assert how_far(store, id) == (1, SIZE - 1, "0.0792")


async def test_what_history_brought_of_a_batch_whose_console_died_is_not_unknown(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    bulk = BulkSender(client, store, clock, most=SIZE)
    found = await prepared(bulk, people(tmp_path / "people.csv", 2 * SIZE))
    quote = await bulk.price(found.outbox_id)
    clicksend.hold.clear()
    going = asyncio.create_task(bulk.send(quote.confirm()))
    await clicksend.arrived.wait()
    there = Message(
        "GUID", "+61412345003", "out", "Hi", NOW, "sent", custom_string=local_id(found.outbox_id, 3)
    )
    store.write_now(merge_messages, [there])
    dead = f"{store.session.split(':')[0]}:99999999:gone"
    store.write_now(lambda tx: tx.execute("UPDATE outbox SET session = ?", (dead,)))
    assert await BulkSender(client, store, clock).recover() == [found.outbox_id]
    assert store.sends.counts(found.outbox_id) == {"accepted": 1, "unknown": SIZE - 1, "confirmed": SIZE}
    assert how_far(store, found.outbox_id)[:2] == (1, SIZE - 1)
    clicksend.hold.set()
    await going
