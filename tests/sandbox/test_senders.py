"""Alpha tags, own numbers and default senders: asked for, approved, used, and gone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tests.sandbox.stage import Stage
from tui.api import numbers
from tui.api.client import ApiClient
from tui.api.operation import Request
from tui.core.errors import Refused
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

PHONE = "+61491570158"
DAY = 86_400
BUSINESS: dict[str, Any] = {
    "country": "AU",
    "business_name": "Acme Pty Ltd",
    "business_relationship": "PRIMARY",
    "business_info": {"website": "https://acme.example", "phone_number": "+61411111111"},
    "business_address": {"addr_line1": "1 Test Street", "city": "Perth", "state": "WA", "postal": "6000"},
    "representative": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@acme.example"},
    "abn": "51824753556",
}
PARTNER: dict[str, Any] = {
    "partner_business_name": "Partner",
    "partner_abn": "51824753556",
    "partner_business_info": BUSINESS["business_info"],
    "partner_business_address": BUSINESS["business_address"],
    "partner_representative": {**BUSINESS["representative"], "title": "Director"},
}


def bare(caller: Caller, method: str, path: str, body: object = None, **query: object) -> Any:
    """The answer of an operation that has no envelope."""
    answer = caller.ask(method, path, body, **query)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert "response_code" not in found
    return found


async def all_of(caller: Caller, request: Request[Any]) -> list[Any]:
    """The rows of every page, by the cursors of the answers."""
    rows: list[Any] = []
    following: Request[Any] | None = request
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        while following is not None:
            page = await client.call(following)
            rows += page.items
            following = following.after(page)
    return rows


def test_an_alpha_tag_is_reviewed(caller: Caller, clock: ManualClock) -> None:
    made = bare(caller, "POST", "/alpha-tags", {"alpha_tag": "Garden+", "reason": "Trademark"})
    assert (made["status"], made["created_timestamp"]) == ("PENDING", "2026-11-03T03:00:00Z")
    clock.advance(300)
    found = bare(caller, "GET", f"/alpha-tags/{made['id']}")
    assert (found["alpha_tag"], found["status"], found["reason"]) == ("Garden+", "APPROVED", "Trademark")
    assert found["updated_timestamp"] > made["updated_timestamp"]


def test_a_name_that_could_be_anybodys_is_rejected(caller: Caller, clock: ManualClock) -> None:
    made = bare(caller, "POST", "/alpha-tags", {"alpha_tag": "info"})
    clock.advance(300)
    assert bare(caller, "GET", f"/alpha-tags/{made['id']}")["status"] == "REJECTED"


def test_an_alpha_tag_can_be_given_up(caller: Caller) -> None:
    made = bare(caller, "POST", "/alpha-tags", {"alpha_tag": "Garden"})
    again = caller.ask("POST", "/alpha-tags", {"alpha_tag": "GARDEN"})
    assert (again.status_code, again.json()["response_code"]) == (400, "ALREADY_EXISTS")
    bare(caller, "DELETE", f"/alpha-tags/{made['id']}")
    assert caller.ask("GET", f"/alpha-tags/{made['id']}").status_code == 404
    assert caller.ask("DELETE", f"/alpha-tags/{made['id']}").status_code == 404
    assert bare(caller, "POST", "/alpha-tags", {"alpha_tag": "Garden"})["id"] != made["id"]


@pytest.mark.parametrize("tag", ["", "ab", "123456", "with space", "Twelve1Chars", "naïve"])
def test_what_is_no_alpha_tag_is_refused(caller: Caller, tag: str) -> None:
    answer = caller.ask("POST", "/alpha-tags", {"alpha_tag": tag})
    assert (answer.status_code, [*answer.json()["data"]]) == (400, ["alpha_tag"])


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"reason": "Because"}, ["reason"]),
        ({"countries": ["NZ"], "businesses": [BUSINESS]}, ["countries"]),
        ({"countries": ["AU"]}, ["businesses"]),
        ({"countries": ["AU"], "businesses": [BUSINESS, BUSINESS]}, ["businesses"]),
        (
            {"countries": ["AU"], "businesses": [BUSINESS | {"abn": "x", "representative": {}}]},
            [
                "businesses.0.representative.first_name",
                "businesses.0.representative.last_name",
                "businesses.0.representative.email",
                "businesses.0.abn",
            ],
        ),
        (
            {"countries": ["AU"], "businesses": [BUSINESS | {"partner_abn": "51824753556"}]},
            ["businesses.0.partner_abn"],
        ),
        (
            {
                "countries": ["AU"],
                "businesses": [BUSINESS | {"business_relationship": "ENTITY_ASSOCIATE"}],
            },
            [f"businesses.0.{name}" for name in PARTNER],
        ),
    ],
)
def test_australia_wants_to_know_whose_a_name_is(
    caller: Caller, more: dict[str, object], wrong: list[str]
) -> None:
    answer = caller.ask("POST", "/alpha-tags", {"alpha_tag": "Garden", **more})
    assert (answer.status_code, [*answer.json()["data"]]) == (400, wrong)


@pytest.mark.parametrize(
    "business", [BUSINESS, BUSINESS | PARTNER | {"business_relationship": "ENTITY_ASSOCIATE"}]
)
def test_a_name_is_taken_with_all_that_australia_wants(caller: Caller, business: dict[str, object]) -> None:
    body = {"alpha_tag": "Garden", "countries": ["AU"], "businesses": [business]}
    assert bare(caller, "POST", "/alpha-tags", body)["countries"] == ["AU"]


async def test_cursors_lead_through_all_alpha_tags(caller: Caller) -> None:
    names = [f"Garden{letter}" for letter in "ABCDE"]
    for name in names:
        bare(caller, "POST", "/alpha-tags", {"alpha_tag": name})
    rows = await all_of(caller, numbers.alpha_tags_list(page_size=2))
    assert [row.alpha_tag for row in rows] == ["ACME", "ACMEGarden", *names]
    newest = await all_of(caller, numbers.alpha_tags_list(sort_direction="desc", page_size=3))
    assert {row.alpha_tag for row in newest} == {row.alpha_tag for row in rows}
    assert newest[-1].alpha_tag == "ACME"
    assert rows[0].created == newest[-1].created


def verify(caller: Caller, code: str, number: str = PHONE, **more: object) -> tuple[str, int]:
    """Have a code sent and enter one; the id of the own number and the status of the answer."""
    begun = bare(caller, "POST", "/own-numbers/verifications", {"phone_number": number, **more})
    body = {"phone_number": number, "code": code}
    answer = caller.ask("POST", f"/own-numbers/verifications/{begun['id']}/verify", body)
    return begun["own_number_id"], answer.status_code


def test_a_phone_is_verified_by_a_code(caller: Caller) -> None:
    number_id, code = verify(caller, PHONE[-6:], label="Ada")
    assert code == 200
    found = bare(caller, "GET", f"/own-numbers/{number_id}")
    assert (found["status"], found["phone_number"], found["country"]) == ("APPROVED", PHONE, "AU")
    assert (found["label"], found["is_nearing_expiration"]) == ("Ada", False)
    assert found["verified_timestamp"] == "2026-11-03T03:00:00Z"


def test_only_three_codes_may_be_tried(caller: Caller) -> None:
    begun = bare(caller, "POST", "/own-numbers/verifications", {"phone_number": "0491 570 158"})
    path, body = f"/own-numbers/verifications/{begun['id']}/verify", {"phone_number": PHONE}
    assert (begun["status"], begun["remaining_attempts"]) == ("PENDING", 3)
    for _ in range(3):
        assert caller.ask("POST", path, body | {"code": "000000"}).status_code == 400
    assert caller.ask("POST", path, body | {"code": PHONE[-6:]}).status_code == 400
    assert bare(caller, "GET", f"/own-numbers/{begun['own_number_id']}")["status"] == "REJECTED"
    assert verify(caller, PHONE[-6:]) == (begun["own_number_id"], 200)


def test_a_code_does_not_last(caller: Caller, clock: ManualClock) -> None:
    begun = bare(caller, "POST", "/own-numbers/verifications", {"phone_number": PHONE})
    clock.advance(700)
    body = {"phone_number": PHONE, "code": PHONE[-6:]}
    path = f"/own-numbers/verifications/{begun['id']}/verify"
    assert caller.ask("POST", path, body).status_code == 400
    assert caller.ask("POST", "/own-numbers/verifications/unknown/verify", body).status_code == 404


def test_messages_come_from_a_verified_phone_and_answers_go_there(caller: Caller, clock: ManualClock) -> None:
    number_id, _ = verify(caller, "000000")
    assert caller.send(**{"from": PHONE})["from"] != PHONE
    verify(caller, PHONE[-6:])
    assert caller.send("+61491570157", "Hello", **{"from": PHONE})["from"] == PHONE
    assert caller.send("+14165550123", **{"from": PHONE})["from"] != PHONE
    clock.advance(600)
    assert [row["direction"] for row in caller.history("+61491570157")] == ["out"]
    bare(caller, "DELETE", f"/own-numbers/{number_id}")
    assert caller.send(body="Once more", **{"from": PHONE})["from"] != PHONE
    assert caller.ask("GET", f"/own-numbers/{number_id}").status_code == 404


def test_a_phone_can_be_labelled(caller: Caller) -> None:
    number_id, _ = verify(caller, PHONE[-6:])
    path = f"/own-numbers/{number_id}"
    assert bare(caller, "PATCH", path, {"label": "Ada"})["label"] == "Ada"
    assert bare(caller, "PATCH", path, {})["label"] == "Ada"
    for label in ("", "x" * 201):
        assert caller.ask("PATCH", path, {"label": label}).status_code == 400
    assert bare(caller, "GET", path)["label"] == "Ada"


def test_a_verification_nears_its_end_after_eleven_months(caller: Caller, clock: ManualClock) -> None:
    number_id, _ = verify(caller, PHONE[-6:])
    clock.advance(300 * DAY)
    assert bare(caller, "GET", f"/own-numbers/{number_id}")["is_nearing_expiration"] is False
    clock.advance(40 * DAY)
    assert bare(caller, "GET", f"/own-numbers/{number_id}")["is_nearing_expiration"] is True
    verify(caller, PHONE[-6:])
    assert bare(caller, "GET", f"/own-numbers/{number_id}")["is_nearing_expiration"] is False


async def test_own_numbers_are_filtered_by_status_and_paged(caller: Caller) -> None:
    for digit in range(5):
        verify(caller, "000000", f"+6149157020{digit}")
    waiting = await all_of(caller, numbers.own_numbers_list(status=["PENDING"], page_size=2))
    assert [row.phone_number[-1] for row in waiting[1:]] == ["0", "1", "2", "3", "4"]
    both = await all_of(caller, numbers.own_numbers_list(status=["PENDING", "APPROVED"], page_size=4))
    assert len(both) == len(waiting) + 1
    assert caller.ask("GET", "/own-numbers", **{"filter[status][0]": "LOST"}).status_code == 400
    for query in ({"offset": "x"}, {"page_size": 0}, {"page_size": 501}, {"sort_by": "x"}):
        assert caller.ask("GET", "/own-numbers", **query).status_code == 400


def strategy(kind: str, sender: str, **more: object) -> dict[str, object]:
    return {"sender_type": kind, "sender_id": sender, **more}


def default(caller: Caller, country: str, chosen: dict[str, object]) -> Any:
    return caller.post(
        "/senders/default-senders",
        country_code=country,
        product_type="SMS",
        default_sender_strategies=[chosen],
    )


def test_a_default_sender_is_used_when_none_is_named(caller: Caller) -> None:
    made = default(caller, "NZ", strategy("alpha_tag", "ACME", note="For the shop"))
    assert caller.send("+6421555123")["from"] == "ACME"
    assert caller.send("+6421555123", "Other", **{"from": "SHOP"})["from"] == "SHOP"
    path = f"/senders/default-senders/{made['id']}"
    shared = strategy("shared_longcode", "")
    changed = caller.ask("PATCH", path, {"default_sender_strategies": [shared]}).json()["data"]
    assert changed == caller.get(path) != made
    assert changed["default_sender_strategies"][0]["priority"] == 1
    assert caller.send("+6421555123", "Third")["from"] == "+64210280040"
    answer = caller.ask("DELETE", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert caller.ask("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("country", "chosen", "field"),
    [
        ("XX", strategy("alpha_tag", "ACME"), "country_code"),
        ("FJ", strategy("alpha_tag", "ACME"), "country_code"),
        ("NZ", strategy("pigeon", "ACME"), "default_sender_strategies[0].sender_type"),
        ("US", strategy("alpha_tag", "ACME"), "default_sender_strategies[0].sender_type"),
        ("NZ", strategy("alpha_tag", "A"), "default_sender_strategies[0].sender_id"),
        ("NZ", strategy("alpha_tag", "NotMine"), "default_sender_strategies[0].sender_id"),
        ("NZ", strategy("alpha_tag", "ACMEGarden"), "default_sender_strategies[0].sender_id"),
        ("AU", strategy("shortcode", "12"), "default_sender_strategies[0].sender_id"),
        (
            "AU",
            strategy("own_number", "+61491570313", sender_country_code="AU"),
            "default_sender_strategies[0].sender_id",
        ),
        ("AU", strategy("longcode", "+61481070206"), "default_sender_strategies[0].sender_country_code"),
        ("NZ", strategy("alpha_tag", "ACME", note="x" * 201), "default_sender_strategies[0].note"),
    ],
)
def test_what_is_wrong_with_a_default_sender_is_said_field_by_field(
    caller: Caller, country: str, chosen: dict[str, object], field: str
) -> None:
    body = {"country_code": country, "product_type": "SMS", "default_sender_strategies": [chosen]}
    before = caller.get("/senders/default-senders")
    answer = caller.ask("POST", "/senders/default-senders", body)
    assert answer.status_code == 400
    assert [item["field"] for item in answer.json()["details"]] == [field]
    assert caller.get("/senders/default-senders") == before


async def test_the_console_says_what_is_wrong_with_a_default_sender(caller: Caller) -> None:
    request = numbers.default_senders_create("NZ", [strategy("alpha_tag", "NotMine")])
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        with pytest.raises(Refused) as refused:
            await client.call(request)
    assert "[0].sender_id: The sender ID is not yours or not ready to use" in str(refused.value)


@pytest.mark.parametrize("chosen", [[], [strategy("alpha_tag", "ACME")] * 2, "ACME", [1]])
def test_there_is_exactly_one_strategy(caller: Caller, chosen: object) -> None:
    body = {"country_code": "NZ", "product_type": "SMS", "default_sender_strategies": chosen}
    assert caller.ask("POST", "/senders/default-senders", body).status_code == 400


async def test_default_senders_are_paged_by_cursors(caller: Caller) -> None:
    for country in ("NZ", "SG", "IE"):
        default(caller, country, strategy("alpha_tag", "ACME"))
    default(caller, "AU", strategy("longcode", "+61481070206", sender_country_code="AU"))
    rows = await all_of(caller, numbers.default_senders_list(per_page=2))
    assert [row.country_code for row in rows] == ["FJ", "NZ", "SG", "IE", "AU"]
    sorted_rows = await all_of(caller, numbers.default_senders_list(sort_by="country_code", per_page=3))
    assert [row.country_code for row in sorted_rows] == ["AU", "FJ", "IE", "NZ", "SG"]


async def test_the_console_deletes_a_default_sender(caller: Caller, world: World) -> None:
    (known,) = world.default_senders
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        await client.call(numbers.default_senders_delete(known["id"]))
    assert len(world.default_senders) == 0


async def test_countries_allow_different_kinds_of_sender(caller: Caller) -> None:
    request = numbers.compliant_sender_types("SMS", ["US", "AU"])
    assert request.query == {
        "filter[product_type]": "SMS",
        "filter[country_code][0]": "US",
        "filter[country_code][1]": "AU",
    }
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        america, australia = (await client.call(request)).countries
        everywhere = await client.call(numbers.compliant_sender_types("SMS"))
    assert "alpha_tag" in america.blocked
    assert {kind.sender_type for kind in america.allowed} == {"10DLC", "tollfree", "shortcode"}
    origins = {kind.sender_type: kind.allowed_sender_countries for kind in australia.allowed}
    assert origins["alpha_tag"] is not None
    assert origins["alpha_tag"].everywhere
    assert origins["longcode"] is not None
    assert origins["longcode"].country_codes == ["AU"]
    assert len(everywhere.countries) > 200
    for wrong in (
        {"filter[product_type]": "FAX"},
        {},
        {"filter[product_type]": "SMS", "filter[country_code][0]": "X"},
    ):
        assert caller.ask("GET", "/senders/compliant-sender-types", **wrong).status_code == 400


def test_a_new_account_has_none(caller: Caller, stage: Stage) -> None:
    stage.play(World(messages=0))
    assert bare(caller, "GET", "/alpha-tags")["alpha_tags"] == []
    assert bare(caller, "GET", "/own-numbers")["own_numbers"] == []
    assert caller.get("/senders/default-senders")["data"] == []
    assert caller.send(CUSTOMER)["is_shared_system_number"]
