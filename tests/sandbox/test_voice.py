"""Calls: languages, voices, parts, keys that are pressed and machines that answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock

CALL = {"to": CUSTOMER, "body": "Hello", "lang": "en-au", "voice": "female"}


def send(caller: Caller, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = caller.post("/voice/send", messages=[CALL | fields])["messages"][0]
    return row


@pytest.mark.parametrize(
    ("lang", "voice", "status"),
    [
        ("en-au", "male", "SUCCESS"),
        ("fr-ca", "female", "SUCCESS"),
        ("fr-ca", "male", "INVALID_VOICE"),
        ("pt-pt", "female", "INVALID_VOICE"),
        ("en-au", "robot", "INVALID_VOICE"),
        ("en-au", "", "INVALID_VOICE"),
        ("xx-xx", "female", "INVALID_LANG"),
        ("", "female", "INVALID_LANG"),
    ],
)
def test_every_language_has_its_voices(caller: Caller, lang: str, voice: str, status: str) -> None:
    assert send(caller, lang=lang, voice=voice)["status"] == status


def test_the_languages_are_listed_and_all_work(caller: Caller, clock: ManualClock) -> None:
    listed = caller.get("/voice/lang")
    assert len(listed) == 23
    voices = {row["code"]: row["gender"] for row in listed}
    assert (voices["en-us"], voices["fr-ca"], voices["pt-pt"]) == (["female", "male"], "female", "male")
    for code, gender in voices.items():
        clock.advance(6)
        voice = gender if isinstance(gender, str) else gender[-1]
        assert send(caller, lang=code, voice=voice)["status"] == "SUCCESS"


@pytest.mark.parametrize(
    ("letter", "length", "parts", "read"),
    [("a", 300, 1, 300), ("a", 301, 2, 301), ("a", 1300, 4, 1200), ("я", 150, 1, 150), ("я", 700, 4, 600)],
)
def test_a_call_is_paid_by_parts(caller: Caller, letter: str, length: int, parts: int, read: int) -> None:
    row = send(caller, body=letter * length)
    assert (row["message_parts"], len(row["body"])) == (parts, read)
    assert float(row["message_price"]) == pytest.approx(parts * 0.1584)


def test_a_landline_costs_less(caller: Caller) -> None:
    row = send(caller, to="+61255501230")
    assert (row["to_type"], row["message_price"]) == ("landline", "0.0554")
    assert send(caller, to="+12025550143")["to_type"] == "mobile"


def test_a_list_goes_before_a_number(caller: Caller) -> None:
    list_id = caller.post("/lists", list_name="One")["list_id"]
    caller.post(f"/lists/{list_id}/contacts", first_name="Ada", phone_number="+61491570157")
    assert send(caller, list_id=list_id, body="Hi (First Name)")["to"] == "+61491570157"


def test_keys_and_machines_are_told_where_they_are_asked_for(caller: Caller, clock: ManualClock) -> None:
    numbers = [f"+6149157{number}" for number in range(1000, 1060)]
    asked = {"require_input": 1, "machine_detection": 1}
    messages = [CALL | asked | {"to": number} for number in numbers]
    messages.append(CALL | {"to": CUSTOMER})
    ids = [row["message_id"] for row in caller.post("/voice/send", messages=messages)["messages"]]
    clock.advance(60)
    receipts = [caller.get(f"/voice/receipts/{message_id}") for message_id in ids]
    assert receipts.pop()["digits"] is None
    pressed = [receipt["digits"] for receipt in receipts]
    assert "" in pressed
    assert set(pressed) - {""} <= set("12345")
    assert len(set(pressed)) > 2
    made = {row["message_id"]: row for row in caller.get("/voice/history", limit=100)["data"]}
    machines = [made[message_id] for message_id in ids[:-1] if made[message_id]["machine_detected"]]
    assert 0 < len(machines) < len(numbers)
    assert {row["digits"] for row in machines} == {""}


def test_there_is_no_receipt_before_the_end(caller: Caller, clock: ManualClock) -> None:
    message_id = send(caller, custom_string="c")["message_id"]
    assert caller.ask("GET", f"/voice/receipts/{message_id}").status_code == 404
    clock.advance(60)
    assert caller.get(f"/voice/receipts/{message_id}")["custom_string"] == "c"


@pytest.mark.parametrize("path", ["voice", "fax"])
def test_a_test_receipt_can_be_polled(caller: Caller, clock: ManualClock, path: str) -> None:
    caller.put(f"/{path}/receipts-read", date_before=int(clock.now()) + 1)
    assert caller.post(f"/{path}/receipts", url="https://acme.example/x")["status_code"] == "201"
    assert caller.get(f"/{path}/receipts")["data"] == []
    told = caller.post(f"/{path}/receipts", url="poll")
    assert caller.get(f"/{path}/receipts")["data"] == [told]
