"""What a send answers: prices, parts, senders, and rejections inside an HTTP 200."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

DEDICATED_AU = "+61481070206"


def balance(caller: Caller) -> Decimal:
    return Decimal(caller.get("/account")["balance"])


def test_the_balance_falls_by_the_price(caller: Caller) -> None:
    assert balance(caller) == Decimal("1117.461060")
    answer = caller.post(
        "/sms/send", messages=[{"to": CUSTOMER, "body": "a" * 161}, {"to": "+12025550143", "body": "b"}]
    )
    prices = [(row["message_parts"], row["message_price"]) for row in answer["messages"]]
    assert prices == [(2, "0.1584"), (1, "0.0187")]
    assert answer["total_price"] == 0.1771
    assert balance(caller) == Decimal("1117.461060") - Decimal("0.1771")


@pytest.mark.parametrize(
    ("to", "price"),
    [
        ("+61491570156", "0.0792"),
        ("+6421555123", "0.1250"),
        ("+12025550143", "0.0187"),
        ("+447400123456", "0.0628"),
    ],
)
def test_each_country_has_its_price(caller: Caller, to: str, price: str) -> None:
    assert caller.send(to)["message_price"] == price


@pytest.mark.parametrize("number", ["+61411111111", "+14055555555", "+447777777777"])
def test_test_numbers_are_free_and_never_reported(caller: Caller, clock: ManualClock, number: str) -> None:
    before = balance(caller)
    row = caller.send(number)
    clock.advance(3_600)
    assert (row["status"], row["message_price"], balance(caller)) == ("SUCCESS", "0.0000", before)
    assert [(sent["status"], sent["status_code"]) for sent in caller.history(number)] == [("Completed", None)]
    missing = caller.ask("GET", f"/sms/receipts/{row['message_id']}")
    assert (missing.status_code, missing.json()["response_msg"]) == (404, "Receipt record not found.")


def test_total_price_of_free_messages_is_an_integer_zero(caller: Caller) -> None:
    answer = caller.ask("POST", "/sms/send", {"messages": [{"to": "+61411111111", "body": "Hi"}]})
    assert '"total_price":0,' in answer.text


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"to": "123", "body": "Hi"}, "INVALID_RECIPIENT"),
        ({"to": CUSTOMER, "body": "  "}, "EMPTY_MESSAGE"),
        ({"body": "Hi"}, "MISSING_REQUIRED_FIELDS"),
        ({"to": "+8613812345678", "body": "Hi"}, "COUNTRY_NOT_ENABLED"),
        ({"to": "+8615555555555", "body": "Hi"}, "COUNTRY_NOT_ENABLED"),
        ({"to": CUSTOMER, "body": "Hi", "from": "A*"}, "INVALID_SENDER_ID"),
        ({"to": CUSTOMER, "body": "Hi", "schedule": 1_793_674_800 + 140 * 86_400}, "INVALID_SCHEDULE"),
    ],
)
def test_a_rejected_message_is_listed_with_little_said(
    caller: Caller, world: World, message: dict[str, object], status: str
) -> None:
    before = len(world.messages)
    answer = caller.post("/sms/send", messages=[message | {"custom_string": "note"}])
    row = answer["messages"][0]
    assert row["status"] == status
    assert {"to", "body", "from", "message_id", "custom_string"} <= set(row)
    assert (row["schedule"], row["custom_string"]) == ("", "note")
    assert not {"date", "country", "carrier", "direction"} & set(row)
    blocked = status == "COUNTRY_NOT_ENABLED"
    assert (answer["total_count"], answer["queued_count"], answer["blocked_count"]) == (1, 0, int(blocked))
    assert ("message_price" in row) is blocked
    assert len(world.messages) == before


def test_good_messages_go_although_others_are_rejected(caller: Caller) -> None:
    answer = caller.post("/sms/send", messages=[{"to": "123", "body": "Hi"}, {"to": CUSTOMER, "body": "Hi"}])
    assert [row["status"] for row in answer["messages"]] == ["INVALID_RECIPIENT", "SUCCESS"]
    assert len(caller.history()) == 1


def test_credit_that_runs_out_rejects_the_rest(caller: Caller, world: World) -> None:
    world.account.balance = Decimal("0.1000")
    messages = [{"to": CUSTOMER, "body": body} for body in ("one", "two")]
    rows = caller.post("/sms/send", messages=messages)["messages"]
    assert [row["status"] for row in rows] == ["SUCCESS", "INSUFFICIENT_CREDIT"]
    assert balance(caller) == Decimal("0.0208")


def test_the_same_text_to_the_same_person_is_throttled_for_five_seconds(
    caller: Caller, clock: ManualClock
) -> None:
    assert caller.send()["status"] == "SUCCESS"
    clock.advance(4)
    assert caller.send()["status"] == "THROTTLED"
    assert caller.send(body="Other")["status"] == "SUCCESS"
    clock.advance(1)
    assert caller.send()["status"] == "SUCCESS"


def test_a_text_beyond_the_limit_is_cut_off(caller: Caller, world: World) -> None:
    world.account.part_limit = 2
    row = caller.send(body="x" * 400)
    assert (row["message_parts"], row["body"]) == (2, "x" * 306)
    assert caller.history()[0]["body"] == "x" * 306


@pytest.mark.parametrize(
    ("body", "parts"), [("a" * 160, 1), ("a" * 161, 2), ("ā" * 70, 1), ("ā" * 71, 2), ("a" * 158 + "\nb", 2)]
)
def test_parts_are_counted_as_clicksend_does(caller: Caller, body: str, parts: int) -> None:
    assert caller.send(body=body)["message_parts"] == parts


@pytest.mark.parametrize(
    ("asked", "to", "granted", "shared"),
    [
        ("", CUSTOMER, DEDICATED_AU, False),
        (DEDICATED_AU, CUSTOMER, DEDICATED_AU, False),
        (DEDICATED_AU, "+6421555123", "+64210280040", True),
        ("+61400000001", CUSTOMER, "+61447100250", True),
        ("ACME", CUSTOMER, "ACME", False),
        ("ACME", "+12025550143", "+61447100251", True),
    ],
)
def test_a_sender_that_cannot_be_had_is_silently_replaced(
    caller: Caller, asked: str, to: str, granted: str, shared: bool
) -> None:
    row = caller.send(to, **{"from": asked})
    assert (row["from"], row["is_shared_system_number"]) == (granted, shared)


def test_senders_are_asked_for_by_country(caller: Caller) -> None:
    answer = caller.post(
        "/sms/send",
        messages=[{"to": CUSTOMER, "body": "Hi"}, {"to": "+447400123456", "body": "Hi"}],
        senders=[{"recipient_country_code": "GB", "sender_id": "ACMEUK", "sender_type": "alpha_tag"}],
    )
    assert [row["from"] for row in answer["messages"]] == [DEDICATED_AU, "ACMEUK"]


def test_a_list_gets_one_message_for_each_member_with_its_name(caller: Caller) -> None:
    list_id = caller.post("/lists", list_name="Two")["list_id"]
    for name, number in (("Ada", CUSTOMER), ("Alan", "+61491570157")):
        caller.post(f"/lists/{list_id}/contacts", first_name=name, phone_number=number)
    caller.post(f"/lists/{list_id}/contacts", first_name="No phone", email="x@example.com")
    answer = caller.post("/sms/send", messages=[{"list_id": list_id, "body": "Hi (First Name)"}])
    assert [row["body"] for row in answer["messages"]] == ["Hi Ada", "Hi Alan"]
    assert {row["list_id"] for row in answer["messages"]} == {str(list_id)}
    row = caller.history()[0]
    assert (row["first_name"], row["list_id"]) == ("Ada", str(list_id))


def test_more_than_a_thousand_recipients_are_too_many(caller: Caller, world: World) -> None:
    before = len(world.messages)
    messages = [{"to": f"+6149157{number:04d}", "body": "Hi"} for number in range(1_001)]
    answer = caller.ask("POST", "/sms/send", {"messages": messages})
    assert (answer.status_code, answer.json()["response_code"]) == (400, "TOO_MANY_RECIPIENTS")
    assert len(world.messages) == before


def test_a_price_looks_like_a_send_and_does_nothing(caller: Caller, world: World) -> None:
    before, money = len(world.messages), balance(caller)
    body = {"messages": [{"to": CUSTOMER, "body": "Hi"}, {"to": "123", "body": "Hi"}]}
    quote = caller.post("/sms/price", **body)
    assert [row["status"] for row in quote["messages"]] == ["SUCCESS", "INVALID_RECIPIENT"]
    assert (quote["messages"][0]["message_price"], quote["total_price"]) == ("0.0792", 0.0792)
    assert quote["messages"][0]["message_id"]
    assert (len(world.messages), balance(caller)) == (before, money)
    assert caller.send(body="Hi")["status"] == "SUCCESS"


def test_a_price_tells_of_the_countries_when_asked(caller: Caller) -> None:
    messages = [{"to": "+12025550143", "body": "Hi"}, {"to": "+8613812345678", "body": "Hi"}]
    assert "_summary" not in caller.post("/sms/price", messages=messages)
    quote = caller.post("/sms/price", messages=messages, show_summary=True)
    found = [entry["country"] for entry in quote["_summary"]["countries"]]
    assert [(c["name"], c["selected"], c["registration_type"]) for c in found] == [
        ("China", False, 0),
        ("United States", True, 1),
    ]


def test_an_account_may_hide_its_prices(caller: Caller, world: World) -> None:
    world.account.hides_prices = True
    assert caller.get("/account")["_subaccount"]["hide_pricing"] == 1
    quote = caller.post("/sms/price", messages=[{"to": CUSTOMER, "body": "Hi"}])
    assert (quote["total_price"], quote["messages"][0]["message_price"]) == (None, None)
    list_id = caller.get("/lists")["data"][0]["list_id"]
    campaign = caller.post("/sms-campaigns/price", list_id=list_id, name="A", body="Hi")
    assert campaign["total_price"] is None


def test_one_url_is_shortened_and_its_visits_counted(caller: Caller, clock: ManualClock) -> None:
    text = "See https://acme.example/a-very-long-page and https://acme.example/other"
    answer = caller.post("/sms/send", messages=[{"to": CUSTOMER, "body": text}], shorten_urls=True)
    row = answer["messages"][0]
    assert row["body"].startswith("See smsu.io/")
    assert row["body"].endswith("https://acme.example/other")
    clock.advance(86_400)
    (link,) = caller.ask("GET", f"/short-url/statistics/quick_sms/{row['message_id']}").json()["data"]
    assert link["links"]["total"] == 1
    assert link["links"]["opened_unique"] + link["links"]["unopened"] == 1
    tracked = caller.ask("GET", f"/short-url/tracking/{link['long_url_id']}").json()
    assert [visit["contact"]["phone_number"] for visit in tracked["data"]] == [CUSTOMER]
