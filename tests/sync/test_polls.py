"""What changes at ClickSend comes into the store, once, and nothing that was better known is lost."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.sync.desk import ANA, BOB, OURS, Desk, desk
from tui.api.operation import Effect, Request, catalogue
from tui.sandbox import limits
from tui.sandbox.faults import Fault
from tui.store import facts
from tui.store.account import set_fact
from tui.store.contacts import merge_contacts
from tui.store.messages import local_id
from tui.store.outbox import outbox_add, outbox_update
from tui.store.rows import Contact, Message, OutboxItem


async def test_a_new_message_arrives_and_rings_once(quiet: Desk) -> None:
    await quiet.start()
    quiet.arrive(ANA, "Hi\x1b[31m there\u202e")
    await quiet.turn(12)
    message = quiet.thread()[0]
    assert (message.body, message.read, message.sender[:1]) == ("Hi there", False, "+")
    row = quiet.store.conversation(ANA)
    assert row is not None
    assert (row.number, row.unread) == ("+61 411 222 333", 1)
    assert quiet.told("arrived") == {ANA}
    quiet.changes.clear()
    await quiet.turn(60)
    assert quiet.told("arrived") == set()


async def test_several_poll_rules_make_one_message(quiet: Desk) -> None:
    for _ in range(3):
        quiet.world.inbound_rules.create({"action": "POLL"})
    await quiet.start()
    quiet.arrive()
    await quiet.turn(12)
    assert len(quiet.world.inbound.unread()) == 4
    assert len(quiet.thread()) == 1
    assert quiet.store.conversation(ANA).unread == 1  # type: ignore[union-attr]


async def test_a_message_marked_read_elsewhere_stays_unread_here(quiet: Desk) -> None:
    await quiet.start()
    quiet.arrive()
    await quiet.turn(12)
    quiet.world.inbound.mark(None)
    await quiet.turn(60)
    assert [message.read for message in quiet.thread()] == [False]


async def test_a_message_that_another_program_took_first_arrives_by_history(quiet: Desk) -> None:
    await quiet.start()
    quiet.time.turn(1)
    quiet.arrive()
    quiet.world.inbound.mark(None)
    await quiet.turn(40)
    assert [message.read for message in quiet.thread()] == [False]
    assert quiet.told("arrived") == {ANA}


async def test_looking_marks_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=300) as found:
        await found.start()
        waiting = found.world.inbound.unread(), found.world.receipts.unread()
        await found.turn(700)
        await found.refresh()
        assert (found.world.inbound.unread(), found.world.receipts.unread()) == waiting
        assert {call.operation.effect for call in found.client.calls} == {Effect.READ}


async def test_stop_is_seen(quiet: Desk) -> None:
    await quiet.start()
    quiet.arrive(ANA, "Stop")
    await quiet.turn(12)
    assert quiet.store.stopped(ANA)


async def test_a_message_sent_elsewhere_goes_its_way(quiet: Desk) -> None:
    await quiet.start()
    quiet.leave(ANA)
    states = []
    for _ in range(4):
        await quiet.refresh("history")
        states.append(quiet.thread()[0].state)
        await quiet.turn(3)
    assert states[0] == "accepted"
    assert states[-1] == "delivered"


async def test_a_receipt_is_not_undone_by_history(quiet: Desk) -> None:
    quiet.leave(ANA)
    await quiet.start()
    await quiet.turn(30)
    assert quiet.thread()[0].state == "delivered"
    sent = quiet.world.messages[-1]
    sent.status, sent.status_code = "Sent", 200
    await quiet.refresh("history")
    assert quiet.thread()[0].state == "delivered"


async def test_receipts_alone_tell_what_became_of_older_messages(quiet: Desk) -> None:
    quiet.leave(ANA)
    for number in range(150):
        quiet.leave(f"+614990000{number:02}")
    await quiet.start()
    await quiet.turn(17)
    assert quiet.store.receipts("delivered").count() > 100
    assert quiet.thread()[0].state == "delivered"


async def test_without_receipts_history_is_searched_for_what_is_not_final(quiet: Desk) -> None:
    for rule in list(quiet.world.receipt_rules):
        quiet.world.receipt_rules.delete(rule["receipt_rule_id"])
    quiet.leave(ANA)
    for number in range(150):
        quiet.leave(f"+614990000{number:02}")
    await quiet.start()
    assert quiet.thread()[0].state != "delivered"
    await quiet.turn(40)
    await quiet.turn(700)
    assert quiet.thread()[0].state == "delivered"


async def test_what_came_while_nobody_was_looking_is_read(quiet: Desk) -> None:
    await quiet.start()
    await quiet.sync.stop()
    for number in range(250):
        quiet.time.turn(10)
        quiet.leave(f"+61499000{number:03}")
    quiet.new_sync()
    await quiet.start()
    assert quiet.kept() == quiet.there()


async def test_an_interrupted_catching_up_leaves_no_gap(quiet: Desk) -> None:
    await quiet.start()
    await quiet.sync.stop()
    for number in range(350):
        quiet.time.turn(10)
        quiet.leave(f"+61499000{number:03}")

    def fail_later(request: Request[Any]) -> None:
        if request.operation.id == "sms.history" and request.query["page"] == "2":
            quiet.world.faults.add("sms.history", Fault.FAILS)

    quiet.client.before = fail_later
    quiet.new_sync()
    await quiet.start()
    assert quiet.kept() < quiet.there()
    await quiet.sync.stop()
    quiet.client.before = lambda request: None
    quiet.new_sync()
    await quiet.start()
    assert quiet.kept() == quiet.there()


async def test_an_idle_account_costs_one_call_each(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=400) as found:
        await found.start()
        await found.turn(40)
        found.client.calls.clear()
        await found.turn(34)
        assert len(found.client.of("sms.history")) == 1
        assert len(found.client.of("sms.receipts_list")) <= 1
        assert len(found.client.of("sms.inbound_list")) == 1


async def test_receipts_of_what_history_told_before_cost_one_call(quiet: Desk) -> None:
    for number in range(150):
        quiet.leave(f"+614990000{number:02}")
    await quiet.start()
    await quiet.turn(20)
    await quiet.refresh("receipts")
    assert len(quiet.world.receipts.unread()) > 140
    quiet.leave(ANA)
    quiet.time.turn(9)
    await quiet.refresh("history")
    assert quiet.thread()[0].state == "delivered"
    quiet.client.calls.clear()
    await quiet.turn(17)
    assert [call.query["page"] for call in quiet.client.of("sms.receipts_list")] == ["1"]


async def test_a_count_of_contacts_that_is_wrong_for_good_is_not_counted_again(quiet: Desk) -> None:
    now = int(quiet.time.now()) - 1000
    staff = quiet.world.add_list("Staff")
    for number in range(120):
        quiet.world.contacts.add(staff["list_id"], {"phone_number": f"+6141122{number:04}"}, now)
    await quiet.start()
    known = quiet.store.fact(facts.CONTACTS_READ.format(staff["list_id"]))
    await quiet.store.write(
        set_fact, facts.CONTACTS_READ.format(staff["list_id"]), known.replace(": 0", ": 7")
    )
    for calls in ([None, "1", "2"], [None]):
        quiet.client.calls.clear()
        await quiet.refresh("contacts")
        asked = [call.query for call in quiet.client.of("contacts.list")]
        assert [None if "updated_after" in query else query["page"] for query in asked] == calls


async def test_one_call_at_a_time_for_an_operation_that_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, messages=600, rate_limit=True) as found:
        monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(catalogue(), 1000))
        found.sync.start()
        for _ in range(20):
            found.sync.refresh()
            found.client.answered.clear()
            await found.client.answered.wait()
        await found.rest()
        assert set(found.client.most_at_once.values()) == {1}


async def test_history_settles_a_send_whose_answer_was_lost(quiet: Desk) -> None:
    await quiet.start()
    reference, now = local_id("box", 0), int(quiet.time.now())
    message = Message(
        reference, ANA, "out", "Sure", now, "sending", sender=OURS, custom_string=reference, outbox_id="box"
    )
    item = OutboxItem("box", now, "sms", {"body": "Sure"}, {}, "sending")
    await quiet.store.write(outbox_add, item, [message])
    await quiet.store.write(outbox_update, "box", "unknown")
    guid = quiet.leave(ANA, "Sure", reference=reference)
    await quiet.refresh("outbox")
    assert [(row.id, row.outbox_id) for row in quiet.thread()] == [(guid, "box")]
    assert quiet.store.outbox_item("box").state == "accepted"  # type: ignore[union-attr]


async def test_a_scheduled_message_shows_when_it_goes_and_is_not_the_last_word(quiet: Desk) -> None:
    quiet.arrive(ANA, "See you")
    at = int(quiet.time.now()) + 3600
    quiet.leave(ANA, "Tomorrow!", schedule=at)
    await quiet.start()
    assert [(row.state, row.at) for row in quiet.thread()][-1] == ("scheduled", at)
    assert quiet.store.conversation(ANA).preview == "See you"  # type: ignore[union-attr]


# Rules


@pytest.mark.parametrize(
    ("actions", "finding"),
    [
        ([], "missing"),
        (["URL", "EMAIL_USER"], "missing"),
        (["POLL"], "ok"),
        (["URL"] * 9 + ["POLL"], "ok"),
        (["URL"] * 10 + ["POLL"], "late"),
    ],
)
async def test_what_is_wrong_with_the_rules_is_found(
    tmp_path: Path, actions: list[str], finding: str
) -> None:
    async with desk(tmp_path, rules=False) as found:
        for action in actions:
            found.world.inbound_rules.create({"action": action})
        await found.start()
        assert found.store.fact(facts.RULES) == finding
        assert found.store.fact(facts.RECEIPT_RULES) == "missing"
        assert [rule.action for rule in found.store.rules("inbound")] == actions


async def test_a_rule_that_is_switched_off_is_no_rule(quiet: Desk) -> None:
    rule = next(iter(quiet.world.inbound_rules))
    rule["enabled"] = 0
    await quiet.start()
    assert quiet.store.fact(facts.RULES) == "missing"
    rule["enabled"] = 1
    await quiet.refresh("rules")
    assert quiet.store.fact(facts.RULES) == "ok"


# Contacts


async def test_contacts_follow_additions_changes_and_removals(quiet: Desk) -> None:
    world, now = quiet.world, int(quiet.time.now()) - 1000
    staff = world.add_list("Staff")["list_id"]
    ids = [
        world.contacts.add(staff, {"phone_number": f"+6141122{n:04}", "first_name": f"P{n}"}, now)[
            "contact_id"
        ]
        for n in range(230)
    ]
    quiet.arrive("+61411220000")
    await quiet.start()
    assert quiet.store.contacts(staff).count() == 230
    assert quiet.store.conversation("+61411220000").name == "P0"  # type: ignore[union-attr]

    quiet.client.calls.clear()
    quiet.time.turn(100)
    await quiet.refresh("contacts")
    assert [call.query.get("page") for call in quiet.client.of("contacts.list")] == ["1"]

    world.contacts.update(ids[0], {"first_name": "Ada"}, date_updated=int(quiet.time.now()))
    world.contacts.delete(ids[7])
    world.contacts.add(staff, {"phone_number": ANA, "first_name": "New"}, int(quiet.time.now()))
    await quiet.refresh("lists")
    assert quiet.store.contacts(staff).count() == 230
    assert quiet.store.contact(staff, ids[7]) is None
    assert quiet.store.contact_by_phone(ANA).first_name == "New"  # type: ignore[union-attr]
    assert quiet.store.conversation("+61411220000").name == "Ada"  # type: ignore[union-attr]


async def test_a_list_that_is_deleted_goes(quiet: Desk) -> None:
    staff = quiet.world.add_list("Staff")["list_id"]
    await quiet.start()
    await quiet.store.write(merge_contacts, staff, [Contact(1, staff, "Ada")])
    quiet.world.lists.delete(staff)
    await quiet.refresh("contacts")
    assert quiet.store.lists() == []
    assert quiet.store.contacts(None).count() == 0


# Whatever happens, in whatever order


@pytest.mark.parametrize("seed", range(4))
async def test_any_changes_between_any_polls_end_in_the_same_store(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with desk(tmp_path) as found:
        found.world.inbound_rules.create({"action": "POLL"})
        people = [ANA, BOB, *(f"+6149988{number:04}" for number in range(40))]

        def change(request: Request[Any]) -> None:
            for _ in range(chance.randrange(40)):
                found.time._now += chance.random()
                if chance.random() < 0.5:
                    found.arrive(chance.choice(people))
                else:
                    found.leave(chance.choice(people))
            if chance.random() < 0.2:
                found.world.inbound.mark(int(found.time.now()) - chance.randrange(60))
            if chance.random() < 0.2:
                found.world.receipts.mark(int(found.time.now()) - chance.randrange(60))

        found.client.before = change
        await found.start()
        for _ in range(8):
            await found.turn(chance.choice([5, 11, 17, 35]))
        found.client.before = lambda request: None
        for _ in range(3):
            await found.turn(700)
        assert found.kept() == found.there()
        for message in found.world.messages:
            kept = found.store.message(found.world.messages.id_of(message))
            assert kept is not None
            assert kept.state == ("delivered" if message.outbound else "received")
            assert kept.body == message.body
        known = {found.world.messages.id_of(found.world.messages[i]) for i in found.world.inbound.unread()}
        kept_unread = {m.id for person in people for m in found.thread(person) if not m.read}
        assert known <= kept_unread
