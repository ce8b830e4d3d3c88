"""Texts, campaigns, lists and contacts through ClickSend's older client."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.contract.older import Older
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


def message(older: Older, **fields: object) -> Any:
    one = older.model("SmsMessage", source="contract", body="Hello", to=CUSTOMER, **fields)
    return older.model("SmsMessageCollection", messages=[one])


def test_a_text_is_priced_sent_delivered_and_answered(older: Older, world: World, clock: ManualClock) -> None:
    before, now = world.account.balance, datetime.fromtimestamp(clock.now(), UTC)
    used, counted = older("account.usage", now.year, now.month), older("statistics.sms")["total"]
    assert older("sms.price", sms_messages=message(older))["total_price"] == 0.0792
    assert world.account.balance == before
    (sent,) = older("sms.send", sms_messages=message(older, custom_string="c"))["messages"]
    assert (sent["status"], sent["custom_string"]) == ("SUCCESS", "c")
    assert world.account.balance < before
    clock.advance(60)
    assert older("sms.receipts_get", sent["message_id"])["status_code"] == 201
    after = older("account.usage", now.year, now.month)
    assert after["sms_total"]["count"] == used["sms_total"]["count"] + 1
    assert older("statistics.sms")["total"]["outbound"]["count"] == counted["outbound"]["count"] + 1
    assert older("sms.history", q=f"to:{CUSTOMER}")["data"][0]["message_id"] == sent["message_id"]


def test_scheduled_texts_are_cancelled_one_and_all(older: Older, world: World, clock: ManualClock) -> None:
    before, later = world.account.balance, int(clock.now()) + 600
    first, second = (
        older("sms.send", sms_messages=message(older, schedule=later + n, custom_string=str(n)))["messages"][
            0
        ]
        for n in range(2)
        if not clock.advance(10)
    )
    older("sms.cancel", first["message_id"])
    assert older("sms.cancel_all")["count"] >= 1
    assert world.account.balance >= before
    for one in (first, second):
        found = world.messages.find(one["message_id"])
        assert found is not None
        assert found.status == "Cancelled"


def test_queues_are_marked_up_to_a_moment(older: Older, world: World, clock: ManualClock) -> None:
    bound = older.model("DateBefore", date_before=clock.now() + 1)
    one = older("sms.inbound_list")["data"][0]["message_id"]
    older("sms.inbound_mark_read_one", one)
    assert one not in {row["message_id"] for row in older("sms.inbound_list")["data"]}
    older("sms.inbound_mark_read", date_before=bound)
    older("sms.receipts_mark_read", date_before=bound)
    assert (world.inbound.unread(), world.receipts.unread()) == ([], [])
    older("sms.inbound_test", url=older.model("Url", url="poll"))
    older("sms.receipts_test", url=older.model("Url", url="poll"))
    assert (len(world.inbound.unread()), len(world.receipts.unread())) == (1, 1)


def new_list(older: Older, name: str) -> int:
    made = older("contacts.lists_create", contact_list=older.model("ContactList", list_name=name))
    return int(made["list_id"])


def test_a_campaign_is_priced_planned_changed_and_cancelled(
    older: Older, world: World, clock: ManualClock
) -> None:
    list_id = new_list(older, "One")
    older("contacts.create", list_id, contact=older.model("Contact", phone_number=CUSTOMER, custom_1="x"))
    later = int(clock.now()) + 600

    def campaign(body: str) -> Any:
        return older.model("SmsCampaign", list_id=list_id, name="One", body=body, schedule=later)

    assert older("sms_campaigns.price", campaign=campaign("Hi"))["total_price"] == "0.0792"
    number = older("sms_campaigns.send", campaign=campaign("Hi"))["sms_campaign_id"]
    older("sms_campaigns.update", number, campaign=campaign("Hello"))
    kept = world.campaigns.get(number)
    assert (kept["body"], kept["status"]) == ("Hello", "Scheduled")
    older("sms_campaigns.cancel", number)
    assert kept["status"] == "Cancelled"


def test_lists_and_contacts_live_and_end(older: Older, world: World) -> None:
    one, two = new_list(older, "One"), new_list(older, "Two")
    older("contacts.lists_update", two, contact_list=older.model("ContactList", list_name="Deux"))
    assert world.lists.get(two)["list_name"] == "Deux"

    def contact(**more: str) -> Any:
        return older.model("Contact", phone_number=CUSTOMER, custom_1="VIP", **more)

    ada, double = (
        older("contacts.create", one, contact=contact(first_name="Ada"))["contact_id"] for _ in range(2)
    )
    older("contacts.update", one, ada, contact=contact(first_name="Ada", last_name="Lovelace"))
    older("contacts.copy", one, ada, two)
    fields = older.model("FieldsFields", phone_number="1", first_name="1")
    assert older("contacts.lists_remove_duplicates", one, fields=older.model("Fields", fields=fields)) == {
        "deleted": 1
    }
    assert [contact["last_name"] for contact in world.contacts.on_list(one)] == ["Lovelace"]
    older("contacts.transfer", one, ada, two)
    assert (len(world.contacts.on_list(one)), len(world.contacts.on_list(two))) == (0, 2)
    older("contacts.delete", two, ada)
    older("contacts.create", one, contact=contact())
    assert older("contacts.lists_remove_opted_out", one, two) == {"deleted": 1}
    older("contacts.lists_delete", two)
    assert two not in {record["list_id"] for record in world.lists}
    assert double not in {record["contact_id"] for record in world.contacts}


def test_a_list_is_filled_from_a_file(older: Older, world: World, clock: ManualClock, stage_url: str) -> None:
    list_id = new_list(older, "One")
    url = stage_url.removesuffix("/v3") + world.files.add(f"{CUSTOMER},Ada\n")
    file = older.model("ContactListImport", file_url=url, field_order=["phone", "first_name"])
    older("contacts.lists_import", list_id, file=file)
    clock.advance(5)
    (contact,) = older("contacts.list", list_id)["data"]
    assert (contact["first_name"], contact["phone_number"]) == ("Ada", CUSTOMER)
