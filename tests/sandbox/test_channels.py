"""What picture messages, calls and faxes have in common, from being judged to being found in history."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

DEAD, SILENT, TEST = "+61491570199", "+61491570198", "+61411111111"
PICTURE = "https://acme.example/sale.jpg"
DAY = 86_400


@dataclass(frozen=True)
class Kind:
    """One channel: its path, and a request that it takes."""

    path: str
    message: dict[str, Any]
    batch: dict[str, Any] = field(default_factory=dict)
    free: str = TEST
    many: str = "phone_number"
    rules: str = ""

    def request(self, *to: str, **more: Any) -> dict[str, Any]:
        return {**self.batch, "messages": [{**self.message, "to": number, **more} for number in to]}

    def __repr__(self) -> str:
        return self.path


MMS = Kind("mms", {"subject": "Sale", "body": "Hello"}, {"media_file": PICTURE}, rules="receipt_rules")
VOICE = Kind("voice", {"body": "Hello", "lang": "en-au", "voice": "female"}, rules="voice_receipt_rules")
FAX = Kind(
    "fax",
    {},
    {"file_url": "https://acme.example/form.pdf"},
    free="+61261111111",
    many="fax_number",
    rules="fax_receipt_rules",
)
each = pytest.mark.parametrize("kind", [MMS, VOICE, FAX], ids=repr)
cancellable = pytest.mark.parametrize("kind", [MMS, VOICE], ids=repr)


def send(caller: Caller, kind: Kind, *to: str, **more: Any) -> list[dict[str, Any]]:
    return caller.post(f"/{kind.path}/send", **kind.request(*to or (CUSTOMER,), **more))["messages"]


def find(caller: Caller, kind: Kind, message_id: str) -> dict[str, Any]:
    (row,) = caller.get(f"/{kind.path}/history", q=f"message_id:{message_id}")["data"]
    return row


def unread(caller: Caller, kind: Kind) -> list[str]:
    return [row["message_id"] for row in caller.get(f"/{kind.path}/receipts", limit=100)["data"]]


@each
def test_a_price_costs_nothing_and_is_what_a_send_costs(caller: Caller, world: World, kind: Kind) -> None:
    before, sent = world.account.balance, len(world.channels[kind.path].messages)
    price = caller.post(f"/{kind.path}/price", **kind.request(CUSTOMER, "+6421555123"))
    assert (world.account.balance, len(world.channels[kind.path].messages)) == (before, sent)
    answer = caller.post(f"/{kind.path}/send", **kind.request(CUSTOMER, "+6421555123"))
    assert [row["message_price"] for row in answer["messages"]] == [
        row["message_price"] for row in price["messages"]
    ]
    total = Decimal(str(answer["total_price"]))
    assert total == Decimal(str(price["total_price"])) == before - world.account.balance > 0
    assert (answer["total_count"], answer["queued_count"]) == (2, 2)
    assert answer["_currency"]["currency_name_short"] == "AUD"
    assert {row["message_id"] for row in price["messages"]}.isdisjoint(
        row["message_id"] for row in answer["messages"]
    )


@each
def test_each_message_is_taken_or_refused_by_itself(caller: Caller, world: World, kind: Kind) -> None:
    before = len(world.channels[kind.path].messages)
    rows = send(caller, kind, "123", "", "+8613812345678", CUSTOMER, CUSTOMER, custom_string="note")
    assert [row["status"] for row in rows] == [
        "INVALID_RECIPIENT",
        "MISSING_REQUIRED_FIELDS",
        "COUNTRY_NOT_ENABLED",
        "SUCCESS",
        "THROTTLED",
    ]
    assert all(row["custom_string"] == "note" and row["message_id"] for row in rows)
    assert len(world.channels[kind.path].messages) == before + 1
    assert [row["status"] for row in send(caller, kind, schedule=10**10)] == ["INVALID_SCHEDULE"]


@each
def test_a_list_is_sent_to_contact_by_contact(caller: Caller, kind: Kind) -> None:
    list_id = caller.post("/lists", list_name="Two")["list_id"]
    for name, number in (("Ada", CUSTOMER), ("Alan", "+61491570157")):
        contact = {"first_name": name, kind.many: number, "email": f"{name}@example.com"}
        caller.post(f"/lists/{list_id}/contacts", **contact)
    caller.post(f"/lists/{list_id}/contacts", first_name="Nobody", email="nobody@example.com")
    rows = send(caller, kind, "", list_id=list_id)
    assert [(row["to"], row["first_name"]) for row in rows] == [(CUSTOMER, "Ada"), ("+61491570157", "Alan")]
    assert {row["list_id"] for row in rows} == {str(list_id)}


@each
def test_more_than_a_thousand_recipients_are_refused_together(caller: Caller, kind: Kind) -> None:
    answer = caller.ask("POST", f"/{kind.path}/price", kind.request(*[CUSTOMER] * 1001))
    assert answer.status_code == 400


@each
def test_what_cannot_be_paid_is_not_sent(caller: Caller, world: World, kind: Kind) -> None:
    world.account.balance = Decimal("0.01")
    assert [row["status"] for row in send(caller, kind)] == ["INSUFFICIENT_CREDIT"]
    assert world.account.balance == Decimal("0.01")


@each
def test_test_numbers_are_free_and_never_reported(
    caller: Caller, world: World, clock: ManualClock, kind: Kind
) -> None:
    before = world.account.balance
    (row,) = send(caller, kind, kind.free)
    clock.advance(600)
    assert (row["status"], row["message_price"], world.account.balance) == ("SUCCESS", "0.0000", before)
    assert find(caller, kind, row["message_id"])["status"] == "Completed"
    assert row["message_id"] not in unread(caller, kind)


@each
def test_prices_can_be_hidden(caller: Caller, world: World, kind: Kind) -> None:
    world.account.hides_prices = True
    answer = caller.post(f"/{kind.path}/price", **kind.request(CUSTOMER))
    assert (answer["total_price"], answer["messages"][0]["message_price"]) == (None, None)


@each
def test_a_message_travels_until_its_end_is_reported(caller: Caller, clock: ManualClock, kind: Kind) -> None:
    good, dead, silent = (row["message_id"] for row in send(caller, kind, CUSTOMER, DEAD, SILENT))
    assert find(caller, kind, good)["status_code"] is None
    clock.advance(120)
    assert [find(caller, kind, one)["status"] for one in (good, dead)] == ["Sent", "Failed"]
    assert [find(caller, kind, one)["status_code"] for one in (good, dead)] == ["201", "301"]
    assert find(caller, kind, silent)["status_code"] != "201"
    receipts = {row["message_id"]: row for row in caller.get(f"/{kind.path}/receipts", limit=100)["data"]}
    assert (receipts[good]["status_code"], receipts[good]["error_text"]) == ("201", None)
    assert receipts[dead]["status_code"] == "301"
    assert "Absent subscriber" in receipts[dead]["error_text"]
    assert receipts[good]["message_type"] == kind.path
    assert silent not in receipts


@each
def test_receipts_wait_only_where_a_rule_wants_them(
    caller: Caller, world: World, clock: ManualClock, kind: Kind
) -> None:
    rules = getattr(world, kind.rules)
    for rule in list(rules):
        rules.delete(rule["receipt_rule_id"])
    (row,) = send(caller, kind)
    clock.advance(120)
    assert row["message_id"] not in unread(caller, kind)
    rules.create({"action": "POLL", "match_type": 1})
    (good, dead) = send(caller, kind, CUSTOMER, DEAD)
    clock.advance(120)
    assert good["message_id"] not in unread(caller, kind)
    assert unread(caller, kind)[0] == dead["message_id"]


@each
def test_marking_takes_what_is_older_than_the_bound(caller: Caller, clock: ManualClock, kind: Kind) -> None:
    (first,) = send(caller, kind)
    clock.advance(600)
    between = int(clock.now())
    (second,) = send(caller, kind)
    clock.advance(600)
    caller.put(f"/{kind.path}/receipts-read", date_before=between)
    assert unread(caller, kind) == [second["message_id"]]
    assert first["message_id"] != second["message_id"]
    caller.put(f"/{kind.path}/receipts-read")
    assert unread(caller, kind) == []


@each
def test_history_is_paged_ordered_bounded_and_searched(
    caller: Caller, world: World, clock: ManualClock, kind: Kind
) -> None:
    start = int(clock.now())
    for number in range(17):
        clock.advance(10)
        send(caller, kind, CUSTOMER if number % 2 else "+61491570157", custom_string=f"n{number}")
    path = f"/{kind.path}/history"
    first = caller.get(path, date_from=start + 1, order_by="date_added:desc")
    assert (first["total"], first["last_page"], len(first["data"])) == (17, 2, 15)
    assert first["data"][0]["custom_string"] == "n16"
    second = caller.get(path, date_from=start + 1, page=2, order_by="date_added:desc")
    assert [row["custom_string"] for row in second["data"]] == ["n1", "n0"]
    assert caller.get(path, date_from=start + 1, date_to=start + 20)["total"] == 2
    found = caller.get(path, q=f"to:{CUSTOMER}", date_from=start + 1)
    assert found["total"] == 8
    assert caller.ask("GET", path, order_by="nonsense:asc").status_code == 400
    clock.advance(130 * DAY)
    assert caller.get(path)["data"] == []


@each
def test_history_comes_as_a_file(caller: Caller, kind: Kind) -> None:
    (row,) = send(caller, kind, custom_string="in the file")
    url = caller.get(f"/{kind.path}/history/export", filename="out.csv")["url"]
    rows = list(csv.DictReader(StringIO(caller.fetch(url).text)))
    assert (rows[-1]["message_id"], rows[-1]["custom_string"]) == (row["message_id"], "in the file")
    assert len(rows) == caller.get(f"/{kind.path}/history")["total"]


@cancellable
def test_a_scheduled_message_waits_and_can_be_cancelled(
    caller: Caller, world: World, clock: ManualClock, kind: Kind
) -> None:
    before, later = world.account.balance, int(clock.now()) + 900
    (row,) = send(caller, kind, schedule=later)
    assert find(caller, kind, row["message_id"])["status"] == "Scheduled"
    assert world.account.balance < before
    caller.put(f"/{kind.path}/{row['message_id']}/cancel")
    assert world.account.balance == before
    clock.advance(1_000)
    assert find(caller, kind, row["message_id"])["status"] == "Cancelled"
    assert caller.ask("PUT", f"/{kind.path}/{row['message_id']}/cancel").status_code == 404


@cancellable
def test_all_scheduled_messages_are_cancelled_at_once(
    caller: Caller, world: World, clock: ManualClock, kind: Kind
) -> None:
    before, later = world.account.balance, int(clock.now()) + 900
    send(caller, kind, CUSTOMER, "+61491570157", schedule=later)
    assert caller.put(f"/{kind.path}/cancel-all") == {"count": 2}
    assert (caller.put(f"/{kind.path}/cancel-all"), world.account.balance) == ({"count": 0}, before)


@each
def test_a_scheduled_message_goes_at_its_time(caller: Caller, clock: ManualClock, kind: Kind) -> None:
    (row,) = send(caller, kind, schedule=int(clock.now()) + 900)
    clock.advance(899)
    assert find(caller, kind, row["message_id"])["status"] == "Scheduled"
    clock.advance(121)
    assert find(caller, kind, row["message_id"])["status_code"] == "201"


@each
def test_an_example_account_has_history_and_a_new_one_none(
    caller: Caller, stage: Any, clock: ManualClock, kind: Kind
) -> None:
    assert caller.get(f"/{kind.path}/history")["total"] > 1
    assert unread(caller, kind)
    stage.play(World(messages=0, clock=clock))
    assert caller.get(f"/{kind.path}/history")["data"] == []
    assert unread(caller, kind) == []


@pytest.mark.parametrize("path", ["mms", "voice", "fax", "email"])
@pytest.mark.parametrize(
    "junk", ["x", "", -1, 10**30, 1.5, True, [], [1], [{}], {}, {"a": 1}, "\x00é"], ids=repr
)
def test_junk_in_a_message_breaks_nothing(caller: Caller, path: str, junk: object) -> None:
    fields = {
        "to",
        "body",
        "from",
        "subject",
        "schedule",
        "custom_string",
        "list_id",
        "country",
        "lang",
        "voice",
    }
    email = {"from": {"email_address_id": 6}, "subject": "S", "body": "B", "to": [{"email": "a@b.cd"}]}
    for name in sorted(fields | {"cc", "attachments", "from_email", "require_input"}):
        message = {"to": CUSTOMER, "body": "Hi", "subject": "S", "lang": "en-au", "voice": "male"} | {
            name: junk
        }
        batch = {"media_file": PICTURE, "file_url": "https://acme.example/a.pdf", "messages": [message]}
        body = email | {name: junk} if path == "email" else batch
        for act in ("price", "send"):
            answer = caller.ask("POST", f"/{path}/{act}", body)
            assert answer.status_code < 500, (name, answer.text)
