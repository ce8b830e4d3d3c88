"""Statistics and usage add up with what was sent and received."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

DAY = 86_400


def summed(caller: Caller) -> dict[str, tuple[int, Decimal]]:
    """Count and price of each kind, added up from the days."""
    kinds: dict[str, tuple[int, Decimal]] = {}
    for day in caller.get("/statistics/sms")["stats"]:
        for kind in ("outbound", "inbound", "bounced"):
            count, price = kinds.get(kind, (0, Decimal(0)))
            kinds[kind] = count + day[kind]["count"], price + Decimal(str(day[kind]["price"]))
    return kinds


def from_history(caller: Caller, world: World, since: int) -> dict[str, tuple[int, Decimal]]:
    rows: list[dict[str, Any]] = []
    page: dict[str, Any] = {"current_page": 0, "last_page": 1}
    while page["current_page"] < page["last_page"]:
        page = caller.get("/sms/history", page=page["current_page"] + 1, limit=100, date_from=since)
        rows += page["data"]
    out = [row for row in rows if row["direction"] == "out" and row["status"] != "Cancelled"]
    return {
        "outbound": (len(out), sum((Decimal(row["message_price"]) for row in out), Decimal(0))),
        "inbound": (len(rows) - len([row for row in rows if row["direction"] == "out"]), Decimal(0)),
        "bounced": (sum(row["status"] == "Failed" for row in out), Decimal(0)),
    }


def test_thirty_days_add_up_with_history(caller: Caller, clock: ManualClock, world: World) -> None:
    caller.send("+61491570199")
    cancelled = caller.send(schedule=int(clock.now()) + 900)["message_id"]
    caller.put(f"/sms/{cancelled}/cancel")
    clock.advance(60)
    days = caller.get("/statistics/sms")["stats"]
    today = int(clock.now()) // DAY * DAY
    assert [day["date"] for day in days] == [today - n * DAY for n in range(29, -1, -1)]
    assert summed(caller) == from_history(caller, world, days[0]["date"])
    total = caller.get("/statistics/sms")["total"]
    assert {kind: value["count"] for kind, value in total.items()} == {
        kind: count for kind, (count, _) in summed(caller).items()
    }
    assert total["bounced"]["count"] >= 2


def test_the_archive_counts_as_well(caller: Caller, stage: Any, clock: ManualClock) -> None:
    world = World(messages=3_000, clock=clock, traffic=False)
    stage.play(world)
    since = caller.get("/statistics/sms")["stats"][0]["date"]
    assert since < world.messages[len(world.messages.archive)].at
    assert summed(caller) == from_history(caller, world, since)


def test_usage_of_a_month_is_what_was_sent_in_it(caller: Caller, clock: ManualClock, world: World) -> None:
    now = datetime.fromtimestamp(clock.now(), UTC)
    used = caller.get(f"/account/usage/{now.year}/{now.month}/subaccount")
    start = int(datetime(now.year, now.month, 1, tzinfo=UTC).timestamp())
    count, price = from_history(caller, world, start)["outbound"]
    (row,) = used["sms"]
    assert (row["total_count"], Decimal(str(row["total_price"]))) == (f"{count}.00", price)
    assert used["sms_total"] == {"count": count, "price": float(price)}
    assert used["postcards_total"] == {"count": 0, "price": 0}
    assert caller.get("/account/usage/2019/12/subaccount")["sms"] == []


def calls(caller: Caller) -> tuple[int, Decimal, int]:
    """How many calls were made, what they cost, and how many failed."""
    voice = caller.get("/statistics/voice")
    assert len(voice["stats"]) == 30
    total, days = voice["total"], [day["outbound"]["count"] for day in voice["stats"]]
    assert sum(days) == total["outbound"]["count"]
    return total["outbound"]["count"], Decimal(str(total["outbound"]["price"])), total["bounced"]["count"]


def test_calls_are_counted(caller: Caller, clock: ManualClock) -> None:
    now = datetime.fromtimestamp(clock.now(), UTC)
    count, price, failed = calls(caller)
    used = caller.get(f"/account/usage/{now.year}/{now.month}/subaccount")
    call = {"body": "Hello", "lang": "en-au", "voice": "female"}
    messages = [call | {"to": "+61491570156"}, call | {"to": "+61491570199"}]
    sent = caller.post("/voice/send", messages=messages)
    clock.advance(60)
    assert calls(caller) == (count + 2, price + Decimal(str(sent["total_price"])), failed + 1)
    after = caller.get(f"/account/usage/{now.year}/{now.month}/subaccount")
    assert after["voice_total"]["count"] == used["voice_total"]["count"] + 2
    assert [row["username"] for row in after["voice"]] == ["demo"]
