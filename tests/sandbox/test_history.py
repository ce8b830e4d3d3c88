"""The history: pages, order, filters, files, and the archive behind it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.core.parts import measure
from tui.sandbox.archive import Archive
from tui.sandbox.clock import ManualClock
from tui.sandbox.files import as_csv, rows_of
from tui.sandbox.message import Identity
from tui.sandbox.world import World

DAY = 86_400


def pages(caller: Caller, **query: object) -> list[dict[str, object]]:
    """All rows, page by page."""
    first = caller.get("/sms/history", **query)
    rows = first["data"]
    for number in range(2, first["last_page"] + 1):
        rows += caller.get("/sms/history", page=number, **query)["data"]
    return rows


def test_the_default_order_is_oldest_first(caller: Caller, world: World) -> None:
    rows = pages(caller, limit=100)
    assert len(rows) == len(world.messages)
    dates = [row["date"] for row in rows]
    assert dates == sorted(dates)
    assert pages(caller, limit=100, order_by="date:desc") == rows[::-1]


@pytest.mark.parametrize(("limit", "size"), [(None, 15), (1, 15), (40, 40), (1000, 100), ("x", 15)])
def test_a_page_has_15_to_100_rows(caller: Caller, limit: object, size: int) -> None:
    query = {} if limit is None else {"limit": limit}
    page = caller.get("/sms/history", **query)
    assert (len(page["data"]), page["per_page"]) == (size, size)


def test_pages_say_where_they_are(caller: Caller, world: World) -> None:
    total = len(world.messages)
    last = -(-total // 15)
    middle = caller.get("/sms/history", page=2)
    assert [middle[name] for name in ("total", "current_page", "last_page", "from", "to")] == [
        total,
        2,
        last,
        16,
        30,
    ]
    assert (middle["next_page_url"], middle["prev_page_url"]) == ("/?page=3", "/?page=1")
    end = caller.get("/sms/history", page=last)
    assert (end["next_page_url"], end["to"]) == (None, total)
    beyond = caller.get("/sms/history", page=last + 1)
    assert (beyond["data"], beyond["from"], beyond["to"], beyond["last_page"]) == ([], None, None, last)


@pytest.mark.parametrize("field", ["from", "to", "status", "body"])
def test_other_orders(caller: Caller, field: str) -> None:
    values = [str(row[field]).lower() for row in pages(caller, limit=100, order_by=f"{field}:asc")]
    assert values == sorted(values)


def test_an_unknown_order_is_refused(caller: Caller) -> None:
    assert caller.ask("GET", "/sms/history", order_by="price:asc").status_code == 400


def test_filters(caller: Caller, world: World) -> None:
    everything = pages(caller, limit=100)
    number = next(row["to"] for row in everything if row["direction"] == "out")
    for field, value in (("to", number), ("from", number), ("from", "+61481070206"), ("status", "failed")):
        found = pages(caller, limit=100, q=f"{field}:{value}")
        assert found == [row for row in everything if str(row[field]).lower() == value]
        assert found
    wanted = everything[40]["message_id"]
    assert [row["message_id"] for row in pages(caller, q=f"message_id:{wanted}")] == [wanted]
    assert pages(caller, q="to:+61400000000") == []
    account = f"subaccount_id:{world.account.subaccount_id}"
    assert len(pages(caller, limit=100, q=account)) == len(everything)
    assert pages(caller, q="subaccount_id:1") == []


def test_filters_and_dates_combine(caller: Caller, clock: ManualClock) -> None:
    everything = pages(caller, limit=100)
    since, until = int(clock.now()) - 5 * DAY, int(clock.now()) - DAY
    found = pages(caller, limit=100, q="status:Received", date_from=since, date_to=until)
    assert found == [
        row for row in everything if row["status"] == "Received" and since <= row["date"] <= until
    ]
    assert found


def test_history_is_kept_for_four_months(caller: Caller, clock: ManualClock, world: World) -> None:
    caller.send("+61491570198")
    clock.advance(121 * DAY)
    assert len(caller.history("+61491570198")) == 1
    clock.advance(2 * DAY)
    assert caller.history("+61491570198") == []


def test_an_export_is_a_file_that_anybody_can_fetch(caller: Caller) -> None:
    caller.send(body="Line 1\nLine 2, with comma")
    made = caller.get("/sms/history/export", filename="mine.csv", q=f"to:{CUSTOMER}")
    assert made["url"].endswith("?filename=mine.csv")
    answer = caller.fetch(made["url"])
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(StringIO(answer.text))
    assert (row["to"], row["body"]) == (CUSTOMER, "Line 1\nLine 2, with comma")
    assert caller.fetch(made["url"].replace("files/", "files/0")).status_code == 404


def test_an_export_is_cut_off_as_clicksends_are() -> None:
    text = as_csv(["n"], ([number] for number in range(60_000)))
    assert len(rows_of(text)) == 1 + 50_000


def test_a_contact_is_named_in_history(caller: Caller) -> None:
    list_id = caller.get("/lists")["data"][0]["list_id"]
    contact = caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER, first_name="Ada")
    caller.send()
    row = caller.history()[0]
    assert (row["first_name"], row["contact_id"]) == ("Ada", str(contact["contact_id"]))
    caller.delete(f"/lists/{list_id}/contacts/{contact['contact_id']}")
    assert caller.history()[0]["first_name"] is None


# The archive


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(20_000, end=1_790_000_000, days=96, seed=3, first_person=200)


def test_the_archive_is_in_order_and_before_its_end(archive: Archive) -> None:
    times = [message.at for message in archive]
    assert times == sorted(times)
    assert times[0] > 1_790_000_000 - 98 * DAY
    assert times[-1] < 1_790_000_000


def test_the_archive_finds_a_number_without_walking(archive: Archive) -> None:
    for position in (0, 1, 255, 256, 9_999, 19_999):
        number = archive[position].number
        walked = [message.position for message in archive if message.number == number]
        assert archive.with_number(number) == walked
    assert archive.with_number("+61400000000") == []


def test_every_archived_text_takes_one_part(archive: Archive) -> None:
    """Its price is counted without measuring."""
    assert {measure(message.body).parts for message in archive if message.outbound} == {1}


def test_archived_answers_belong_to_the_message_before_them(archive: Archive) -> None:
    answers = [message for message in archive if message.original is not None]
    assert len(answers) > 5_000
    for answer in answers:
        asked = archive[answer.original or 0]
        assert asked.outbound
        assert (asked.number, asked.position < answer.position) == (answer.number, True)


@pytest.mark.parametrize("seed", [0, 1, 77, -5])
def test_an_id_tells_its_position_and_nothing_else_is_one(seed: int) -> None:
    identity = Identity(seed)
    ids = {identity.of(position) for position in range(3_000)}
    assert len(ids) == 3_000
    for position in (0, 1, 2_999, 1_000_000):
        assert identity.position(identity.of(position)) == position
        assert identity.position(identity.of(position).lower()) == position
        assert identity.position(identity.of(position)[:-1] + "x") is None
    assert identity.position("") is None
    assert identity.position("C557B56E-83C0-4070-A74C-9BF05474B418") is None


def test_a_large_world_pages_and_finds_as_a_small_one(
    stage_url: str, stage: object, clock: ManualClock
) -> None:
    world = World(messages=1_000_000, clock=clock, traffic=False)
    stage.play(world)  # type: ignore[attr-defined]
    caller = Caller(stage_url)
    deep = caller.get("/sms/history", page=9_000, limit=100, order_by="date:desc")
    assert (deep["total"], len(deep["data"])) == (1_000_000, 100)
    row = deep["data"][50]
    number = row["to"] if row["direction"] == "out" else row["from"]
    assert row in caller.history(number)
    assert caller.get(
        f"/sms/receipts/{next(r for r in deep['data'] if r['direction'] == 'out')['message_id']}"
    )
    caller.close()
