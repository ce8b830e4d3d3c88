"""What becomes of sent messages as the clock turns: states, receipts, schedules and cancelling."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

DEAD, SILENT = "+61491570199", "+61491570198"


def state(caller: Caller, number: str = CUSTOMER) -> tuple[str, str | None]:
    row = caller.get("/sms/history", q=f"to:{number}")["data"][-1]
    return row["status"], row["status_code"]


def test_a_message_is_queued_then_sent_then_delivered(caller: Caller, clock: ManualClock) -> None:
    message_id = caller.send(custom_string="order 7")["message_id"]
    seen = [state(caller)]
    for _ in range(10):
        clock.advance(1)
        seen.append(state(caller))
    assert list(dict.fromkeys(seen)) == [("Queued", None), ("Sent", "200"), ("Sent", "201")]
    receipt = caller.get(f"/sms/receipts/{message_id}")
    assert (receipt["status_code"], receipt["custom_string"], receipt["error_text"]) == (201, "order 7", None)
    assert receipt["timestamp_send"] < receipt["timestamp"] <= clock.now()


def test_there_is_no_receipt_before_the_network_reports(caller: Caller) -> None:
    message_id = caller.send()["message_id"]
    assert caller.ask("GET", f"/sms/receipts/{message_id}").status_code == 404


def test_a_dead_number_fails(caller: Caller, clock: ManualClock) -> None:
    message_id = caller.send(DEAD)["message_id"]
    clock.advance(60)
    assert state(caller, DEAD) == ("Failed", "301")
    receipt = caller.get(f"/sms/receipts/{message_id}")
    assert (receipt["status_code"], receipt["error_code"]) == (301, 12)
    assert "Absent subscriber" in receipt["error_text"]


def test_a_silent_number_never_comes_to_an_end(caller: Caller, clock: ManualClock) -> None:
    caller.send(SILENT)
    clock.advance(86_400)
    assert state(caller, SILENT) == ("Sent", "200")


def test_the_clock_may_jump(caller: Caller, clock: ManualClock) -> None:
    caller.send()
    clock.advance(3_600)
    rows = caller.history()
    assert [row["direction"] for row in rows] == ["out", "in"]
    assert rows[0]["date"] < rows[1]["date"] < clock.now() - 3_000


def test_a_scheduled_message_waits_for_its_time(caller: Caller, clock: ManualClock) -> None:
    at = int(clock.now()) + 600
    row = caller.send(schedule=at)
    assert (row["status"], row["schedule"]) == ("SUCCESS", at)
    assert state(caller) == ("Scheduled", None)
    clock.advance(599)
    assert state(caller) == ("Scheduled", None)
    clock.advance(20)
    assert state(caller) == ("Sent", "201")
    assert caller.get(f"/sms/receipts/{row['message_id']}")["timestamp"] > at


@pytest.mark.parametrize("schedule", [None, 0, "", 1_700_000_000])
def test_blank_and_past_times_mean_now(caller: Caller, clock: ManualClock, schedule: object) -> None:
    row = caller.send(schedule=schedule)
    assert row["schedule"] == int(clock.now())
    assert state(caller) == ("Queued", None)


def test_a_cancelled_message_is_not_sent_and_its_price_comes_back(caller: Caller, clock: ManualClock) -> None:
    before = caller.get("/account")["balance"]
    message_id = caller.send(schedule=int(clock.now()) + 600)["message_id"]
    assert Decimal(caller.get("/account")["balance"]) == Decimal(before) - Decimal("0.0792")
    caller.put(f"/sms/{message_id}/cancel")
    assert caller.get("/account")["balance"] == before
    clock.advance(900)
    assert state(caller) == ("Cancelled", None)
    assert len(caller.history()) == 1


def test_only_what_waits_can_be_cancelled(caller: Caller, clock: ManualClock) -> None:
    sent = caller.send()["message_id"]
    waiting = caller.send(body="Later", schedule=int(clock.now()) + 600)["message_id"]
    caller.put(f"/sms/{waiting}/cancel")
    for message_id in (sent, waiting, "00000000-0000-0000-0000-000000000000", "nonsense"):
        answer = caller.ask("PUT", f"/sms/{message_id}/cancel")
        assert (answer.status_code, answer.json()["response_code"]) == (404, "NOT_FOUND")


def test_cancel_all_can_be_kept_to_one_reference(caller: Caller, clock: ManualClock) -> None:
    at = int(clock.now()) + 600
    for number, reference in enumerate(("a", "a", "b")):
        caller.send(body=f"Later {number}", schedule=at, custom_string=reference)
    assert caller.put("/sms/cancel-all", custom_string="a") == {"count": 2}
    statuses = [row["status"] for row in caller.history()]
    assert statuses == ["Cancelled", "Cancelled", "Scheduled"]
    workshop = next(c for c in caller.get("/sms-campaigns")["data"] if c["status"] == "Scheduled")
    assert caller.put("/sms/cancel-all") == {"count": 1 + workshop["_total_count"]}
    assert caller.get(f"/sms-campaigns/{workshop['sms_campaign_id']}")["status"] == "Cancelled"


def test_receipts_wait_until_they_are_marked(caller: Caller, clock: ManualClock) -> None:
    first, second = caller.send()["message_id"], caller.send(DEAD)["message_id"]
    clock.advance(60)
    unread = caller.get("/sms/receipts")
    assert {row["message_id"] for row in unread["data"][:2]} == {first, second}
    times = [row["timestamp"] for row in unread["data"]]
    assert times == sorted(times, reverse=True)
    caller.put("/sms/receipts-read", date_before=times[0])
    assert [row["timestamp"] for row in caller.get("/sms/receipts")["data"]] == [times[0]]
    caller.put("/sms/receipts-read")
    assert caller.get("/sms/receipts") == {
        "total": 0,
        "per_page": 15,
        "current_page": 1,
        "last_page": 0,
        "next_page_url": None,
        "prev_page_url": None,
        "from": None,
        "to": None,
        "data": [],
    }
    assert caller.get(f"/sms/receipts/{first}")["message_id"] == first


@pytest.mark.parametrize(("match_type", "reported"), [(0, {CUSTOMER, DEAD}), (1, {DEAD}), (2, {CUSTOMER})])
def test_a_receipt_rule_takes_all_or_only_failed_or_only_delivered(
    caller: Caller, clock: ManualClock, world: World, match_type: int, reported: set[str]
) -> None:
    (rule,) = caller.get("/automations/sms/receipts")["data"]
    caller.put(f"/automations/sms/receipts/{rule['receipt_rule_id']}", **rule | {"match_type": match_type})
    caller.put("/sms/receipts-read")
    ids = {caller.send(number)["message_id"]: number for number in (CUSTOMER, DEAD)}
    clock.advance(60)
    assert {ids[row["message_id"]] for row in caller.get("/sms/receipts")["data"]} == reported


def test_without_a_poll_rule_no_receipt_is_put_aside(caller: Caller, clock: ManualClock) -> None:
    (rule,) = caller.get("/automations/sms/receipts")["data"]
    caller.delete(f"/automations/sms/receipts/{rule['receipt_rule_id']}")
    caller.put("/sms/receipts-read")
    caller.send()
    clock.advance(60)
    assert caller.get("/sms/receipts")["total"] == 0


def test_a_test_receipt_can_be_polled(caller: Caller) -> None:
    caller.put("/sms/receipts-read")
    assert caller.post("/sms/receipts", url="http://example.com")["status_code"] == 201
    assert caller.get("/sms/receipts")["total"] == 0
    made = caller.post("/sms/receipts", url="poll")
    assert caller.get("/sms/receipts")["data"] == [made]


def test_a_text_with_a_url_waits_for_approval(caller: Caller, clock: ManualClock) -> None:
    caller.send(body="See https://acme.example")
    assert state(caller) == ("WaitApproval", None)
    clock.advance(19)
    assert state(caller) == ("WaitApproval", None)
    clock.advance(30)
    assert state(caller) == ("Sent", "201")
