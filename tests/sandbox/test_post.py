"""Letters, postcards, their return addresses, and direct mail."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

LETTER = "https://example.com/letter.pdf"
CARDS = ["https://example.com/front.pdf", "https://example.com/back.pdf"]
RETURN = {
    "address_name": "Acme",
    "address_line_1": "12 King Street",
    "address_city": "Newtown",
    "address_postal_code": "2042",
    "address_country": "au",
}


def pdf(pages: int) -> str:
    """A PDF of so many pages, in base64."""
    kids = b"".join(b"<< /Type /Page >>\n" for _ in range(pages))
    return b64encode(b"%PDF-1.4\n<< /Type /Pages >>\n" + kids).decode()


@pytest.fixture
def ada(caller: Caller) -> dict[str, Any]:
    """A recipient with a return address of her own."""
    made = caller.post("/post/return-addresses", **RETURN)
    return {
        "address_name": "Ada Lovelace",
        "address_line_1": "1 Test Street",
        "address_city": "Perth",
        "address_state": "WA",
        "address_postal_code": "6000",
        "address_country": "AU",
        "return_address_id": made["return_address_id"],
    }


def balance(caller: Caller) -> Decimal:
    return Decimal(caller.get("/account")["balance"])


def letters(caller: Caller, *recipients: dict[str, Any], **more: object) -> dict[str, Any]:
    answer: dict[str, Any] = caller.post("/post/letters/send", file_url=LETTER, recipients=recipients, **more)
    return answer


def test_a_return_address_lives_until_it_is_deleted(caller: Caller) -> None:
    made = caller.post("/post/return-addresses", **RETURN)
    assert (made["address_country"], made["address_line_2"], made["address_state"]) == ("AU", "", "")
    path = f"/post/return-addresses/{made['return_address_id']}"
    changed = caller.put(path, **RETURN | {"address_postal_code": 2043, "address_state": "NSW"})
    assert (changed["address_postal_code"], changed["address_state"]) == ("2043", "NSW")
    assert changed in caller.get("/post/return-addresses")["data"]
    assert caller.delete(path) == []
    assert caller.ask("GET", path).status_code == 404


@pytest.mark.parametrize("name", RETURN)
def test_a_return_address_needs_all_its_parts(caller: Caller, name: str) -> None:
    for given in ({}, {name: ""}):
        body = {field: value for field, value in RETURN.items() if field != name} | given
        refused = caller.ask("POST", "/post/return-addresses", body)
        assert (refused.status_code, list(refused.json()["data"])) == (400, [name])
    unknown = caller.ask("POST", "/post/return-addresses", RETURN | {"address_country": "XX"})
    assert (unknown.status_code, list(unknown.json()["data"])) == (400, ["address_country"])


@pytest.mark.parametrize(("colour", "price"), [(0, "1.4700"), (1, "1.9500")])
def test_a_letter_is_paid_by_its_pages(caller: Caller, ada: dict[str, Any], colour: int, price: str) -> None:
    url = caller.post("/uploads", content=pdf(3), convert="post")["_url"]
    before = balance(caller)
    quote = caller.post("/post/letters/price", file_url=url, recipients=[ada], colour=colour)
    (row,) = quote["recipients"]
    assert (row["status"], row["post_pages"], row["post_price"]) == ("SUCCESS", 3, price)
    assert (quote["total_price"], balance(caller)) == (float(price), before)
    sent = caller.post("/post/letters/send", file_url=url, recipients=[ada], colour=colour)
    assert sent["total_price"] == float(price)
    assert balance(caller) == before - Decimal(price)
    (row,) = sent["recipients"]
    assert (row["_file_url"], row["colour"], row["duplex"]) == (url, colour, 0)
    assert row["_return_address"]["address_line_1"] == "12 King Street"


def test_a_letter_is_posted_a_while_later(caller: Caller, clock: ManualClock, ada: dict[str, Any]) -> None:
    number = letters(caller, ada | {"custom_string": "invoice 7"})["recipients"][0]["message_id"]
    seen = []
    for _ in range(300):
        clock.advance(60)
        seen.append(found(caller, number)["status"])
    assert list(dict.fromkeys(seen)) == ["Queued", "Queued:Stamped", "Sent"]
    row = found(caller, number)
    assert (row["address_name"], row["custom_string"]) == ("Ada Lovelace", "invoice 7")
    export = caller.fetch(caller.get("/post/letters/history/export", filename="l.csv")["url"]).text
    assert number in export


def found(caller: Caller, number: str, kind: str = "letters") -> dict[str, Any]:
    row: dict[str, Any] = caller.get(f"/post/{kind}/history", q=f"message_id:{number}")["data"][0]
    return row


def test_a_scheduled_letter_waits(caller: Caller, clock: ManualClock, ada: dict[str, Any]) -> None:
    at = int(clock.now()) + 3_600
    (row,) = letters(caller, ada | {"schedule": at})["recipients"]
    assert row["schedule"] == at
    clock.advance(3_599)
    assert found(caller, row["message_id"])["status"] == "Scheduled"
    clock.advance(86_400)
    assert found(caller, row["message_id"])["status"] == "Sent"


def test_letters_to_test_postal_codes_cost_nothing(caller: Caller, ada: dict[str, Any]) -> None:
    before = balance(caller)
    test = [ada | {"address_postal_code": code} for code in ("11111", 22222, "33333")]
    sent = letters(caller, *test)
    assert (sent["total_count"], sent["total_price"]) == (3, 0)
    assert balance(caller) == before
    assert found(caller, sent["recipients"][0]["message_id"])["status"] == "Completed"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"address_name": ""}, "MISSING_REQUIRED_FIELDS"),
        ({"address_line_1": None}, "MISSING_REQUIRED_FIELDS"),
        ({"address_state": ""}, "MISSING_REQUIRED_FIELDS"),
        ({"address_country": "XX"}, "INVALID_RECIPIENT"),
        ({"return_address_id": 1}, "MISSING_REQUIRED_FIELDS"),
        ({"return_address_id": None}, "MISSING_REQUIRED_FIELDS"),
        ({"schedule": "soon"}, "INVALID_SCHEDULE"),
        ({"address_line_2": ""}, "SUCCESS"),
    ],
)
def test_each_recipient_is_judged_alone(
    caller: Caller, ada: dict[str, Any], change: dict[str, object], status: str
) -> None:
    before = balance(caller)
    grace = ada | {"address_name": "Grace Hopper"}
    sent = letters(caller, ada | change, grace)
    assert [row["status"] for row in sent["recipients"]] == [status, "SUCCESS"]
    assert before - balance(caller) == Decimal(str(sent["total_price"]))
    assert sent["queued_count"] == (2 if status == "SUCCESS" else 1)


@pytest.mark.parametrize("url", ["https://example.com/letter.docx", "letter", "ftp://example.com/a.pdf"])
def test_only_pdfs_are_printed(caller: Caller, ada: dict[str, Any], url: str) -> None:
    sent = caller.post("/post/letters/send", file_url=url, recipients=[ada])
    assert (sent["recipients"][0]["status"], sent["total_price"]) == ("INVALID_MEDIA_FILE", 0)


def test_a_letter_that_cannot_be_paid_is_not_sent(caller: Caller, world: World, ada: dict[str, Any]) -> None:
    world.account.balance = Decimal(1)
    assert letters(caller, ada)["recipients"][0]["status"] == "INSUFFICIENT_CREDIT"
    assert balance(caller) == 1


def test_postcards_are_paid_by_the_card(caller: Caller, clock: ManualClock, ada: dict[str, Any]) -> None:
    before = balance(caller)
    body = {"file_urls": CARDS, "recipients": [ada]}
    assert caller.post("/post/postcards/price", **body)["total_price"] == 10
    (row,) = caller.post("/post/postcards/send", **body)["recipients"]
    assert (row["status"], row["post_price"]) == ("SUCCESS", "10.0000")
    assert balance(caller) == before - 10
    clock.advance(86_400)
    assert found(caller, row["message_id"], "postcards")["status"] == "Sent"
    assert caller.get("/post/letters/history", q=f"message_id:{row['message_id']}")["total"] == 0
    export = caller.fetch(caller.get("/post/postcards/history/export", filename="p.csv")["url"]).text
    assert row["message_id"] in export


@pytest.mark.parametrize(
    ("urls", "status"), [([], 400), (CARDS * 2, 400), ("x", 400), ([""], 400), (CARDS[:1], 200)]
)
def test_a_postcard_has_one_or_two_files(
    caller: Caller, ada: dict[str, Any], urls: object, status: int
) -> None:
    answer = caller.ask("POST", "/post/postcards/price", {"file_urls": urls, "recipients": [ada]})
    assert answer.status_code == status


@pytest.mark.parametrize(("pages", "status"), [(1, "INVALID_MEDIA_FILE"), (2, "SUCCESS")])
def test_a_postcard_in_one_file_has_two_pages(
    caller: Caller, ada: dict[str, Any], pages: int, status: str
) -> None:
    url = caller.post("/uploads", content=pdf(pages), convert="postcard")["_url"]
    answer = caller.post("/post/postcards/price", file_urls=[url], recipients=[ada])
    assert answer["recipients"][0]["status"] == status


@pytest.mark.parametrize(
    ("text", "city", "state", "code", "country"),
    [
        ("Ada Lovelace, 1 Test Street, Perth WA 6000", "Perth", "WA", "6000", "AU"),
        ("Ada Lovelace\n1 Test Street\nPerth\nWA 6000\nAustralia", "Perth", "WA", "6000", "AU"),
        ("Ada\n1 Test Street\nDenver CO 80202\nUS", "Denver", "CO", "80202", "US"),
        ("Ada\n1 Test Street\nBristol BS1 4DJ\nUnited Kingdom", "Bristol", "", "BS1 4DJ", "GB"),
    ],
)
def test_an_address_is_taken_apart(
    caller: Caller, text: str, city: str, state: str, code: str, country: str
) -> None:
    lines = "".join(f"({line}) Tj\n" for line in text.replace(", ", "\n").splitlines())
    content = b64encode(f"%PDF-1.4\n{lines}".encode()).decode()
    for given in ({"address": text}, {"content": content}):
        address = caller.post("/post/letters/detect-address", **given)
        assert address["address_line_1"] == "1 Test Street"
        assert (address["address_city"], address["address_state"]) == (city, state)
        assert (address["address_postal_code"], address["address_country"]) == (code, country)


@pytest.mark.parametrize("body", [{}, {"address": "hello"}, {"content": "%"}, {"content": pdf(1)}])
def test_what_is_no_address_is_refused(caller: Caller, body: dict[str, str]) -> None:
    assert caller.ask("POST", "/post/letters/detect-address", body).status_code == 400


def flyers(*quantities: object, **more: object) -> dict[str, Any]:
    areas = [{"location_id": number, "quantity": n} for number, n in enumerate(quantities, start=1)]
    return {"name": "Flyers", "size": "A5", "file_urls": CARDS, "areas": areas, **more}


def test_areas_are_found_by_country(caller: Caller) -> None:
    path = "/post/direct-mail/locations/search"
    perth = caller.get(f"{path}/au", q="perth")["data"]
    assert {row["place_name"] for row in perth} == {"Perth", "Northbridge, Perth"}
    assert {row["postal_code"] for row in caller.get(f"{path}/AU", q="600")["data"]} == {"6000", "6003"}
    assert caller.get(f"{path}/NZ", q="perth")["total"] == 0
    assert caller.ask("GET", f"{path}/AU").status_code == 400


def test_direct_mail_is_paid_by_the_piece(caller: Caller, clock: ManualClock) -> None:
    price = caller.post("/post/direct-mail/campaigns/price", **flyers(3_000, 2_000))
    assert (price["total_quantity"], price["total_price"]) == (5_000, 600)
    assert [row["price"] for row in price["data"]["_areas"]] == ["360.00", "240.00"]
    before = balance(caller)
    sent = caller.post("/post/direct-mail/campaigns/send", **flyers(3_000, 2_000))
    assert (sent["total_price"], sent["data"]["status"]) == (600, "Queued")
    clock.advance(60)
    assert balance(caller) == before - 600
    row = caller.get("/post/direct-mail/campaigns")["data"][-1]
    assert (row["campaign_id"], row["status"]) == (sent["data"]["campaign_id"], "Sent")
    assert (row["_total_quantity"], {area["status"] for area in row["_areas"]}) == ("5000", {"Sent"})


def test_direct_mail_can_be_scheduled(caller: Caller, clock: ManualClock) -> None:
    at = int(clock.now()) + 3_600
    sent = caller.post("/post/direct-mail/campaigns/send", **flyers(5_000, schedule=at))
    assert (sent["data"]["status"], sent["data"]["schedule"]) == ("Scheduled", at)


@pytest.mark.parametrize(
    "change",
    [
        {"size": "A4"},
        {"file_urls": []},
        {"areas": [{"location_id": 1, "quantity": 4_999}]},
        {"areas": [{"location_id": 999, "quantity": 5_000}]},
        {"areas": [{"location_id": 1, "quantity": "many"}]},
        {"areas": [{"location_id": 1}]},
        {"areas": "everywhere"},
    ],
)
def test_what_direct_mail_needs(caller: Caller, change: dict[str, object]) -> None:
    for path in ("price", "send"):
        refused = caller.ask("POST", f"/post/direct-mail/campaigns/{path}", flyers(5_000) | change)
        assert (refused.status_code, list(refused.json()["data"])) == (400, list(change))


def test_the_world_has_post_of_its_own_and_a_new_account_none(caller: Caller, clock: ManualClock) -> None:
    paths = ("letters/history", "postcards/history", "return-addresses", "direct-mail/campaigns")
    assert all(caller.get(f"/post/{path}")["total"] > 0 for path in paths)
    world = World(messages=0, clock=clock)
    assert (len(world.return_addresses), len(world.direct_mail), len(world.channels)) == (0, 0, 0)
