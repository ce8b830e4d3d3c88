"""Sub-accounts: their life, their keys, what each may do, and what is done in whose name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.api import subaccounts
from tui.api.client import ApiClient
from tui.api.models.base import MASK
from tui.api.operation import SECTIONS, catalogue
from tui.sandbox import permissions
from tui.sandbox.clock import ManualClock
from tui.sandbox.subaccounts import AREAS
from tui.sandbox.world import World

DETAILS = {
    "api_username": "ada",
    "password": "engine",
    "email": "ada@example.com",
    "phone_number": "0491 570 156",
    "first_name": "Ada",
    "last_name": "Lovelace",
}
SignIn = Callable[..., Caller]


@pytest.fixture
def sign_in(caller: Caller) -> Iterator[SignIn]:
    """Somebody with a new sub-account that may do this and nothing else."""
    opened: list[Caller] = []

    def sign_in(*areas: str, **more: object) -> Caller:
        flags = {f"access_{area}": int(area in areas) for area in AREAS}
        username = f"user{len(opened)}"
        made = caller.post("/subaccounts", **{**DETAILS, **flags, "api_username": username, **more})
        opened.append(Caller(caller.url, username, made["api_key"]))
        return opened[-1]

    yield sign_in
    for one in opened:
        one.close()


def flags(record: dict[str, Any]) -> set[str]:
    return {name for name, value in record.items() if name.startswith("access_") and value}


def test_a_subaccount_is_created_listed_changed_and_deleted(caller: Caller) -> None:
    made = caller.post("/subaccounts", **DETAILS, access_billing=0, hide_pricing=1, notes="Engines")
    assert (made["phone_number"], made["is_main"], made["notes"]) == (CUSTOMER, 0, "Engines")
    assert flags(made) == {f"access_{area}" for area in AREAS} - {"access_billing"}
    assert "password" not in made
    path = f"/subaccounts/{made['subaccount_id']}"
    assert caller.get(path) == made == caller.get("/subaccounts")["data"][-1]
    changed = caller.put(path, access_billing=1, access_sms="0", first_name="Augusta")
    assert changed == made | {"access_billing": 1, "access_sms": 0, "first_name": "Augusta"}
    assert caller.delete(path) is True
    for method, body in (("GET", None), ("PUT", {"notes": "x"}), ("DELETE", None)):
        assert caller.ask(method, path, body).status_code == 404
    assert made not in caller.get("/subaccounts")["data"]


def test_the_main_subaccount_is_listed_first_and_stays(caller: Caller, world: World) -> None:
    main = caller.get("/subaccounts")["data"][0]
    assert (main["is_main"], main["api_username"]) == (1, "demo")
    assert main == caller.get("/account")["_subaccount"]
    assert caller.ask("DELETE", f"/subaccounts/{main['subaccount_id']}").status_code == 400
    assert caller.get("/subaccounts")["data"][0] == main


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "ada"}, "BAD_REQUEST"),
        ({"phone_number": "call me"}, "BAD_REQUEST"),
        ({"access_sms": 2}, "BAD_REQUEST"),
        ({"api_username": "demo"}, "ALREADY_EXISTS"),
        ({"api_username": "nocredit"}, "ALREADY_EXISTS"),
        ({"api_username": ""}, "BAD_REQUEST"),
        ({"last_name": ""}, "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_is_refused(caller: Caller, world: World, wrong: dict[str, object], code: str) -> None:
    before = list(world.account.subaccounts)
    answer = caller.ask("POST", "/subaccounts", {**DETAILS, **wrong})
    assert (answer.status_code, answer.json()["response_code"]) == (400, code)
    assert list(world.account.subaccounts) == before


def test_a_user_name_is_only_taken_by_others(caller: Caller, sign_in: SignIn) -> None:
    sign_in("sms")
    other = caller.post("/subaccounts", **DETAILS)
    path = f"/subaccounts/{other['subaccount_id']}"
    assert caller.put(path, api_username="ada", notes="same")["notes"] == "same"
    assert caller.ask("PUT", path, {"api_username": "user0"}).json()["response_code"] == "ALREADY_EXISTS"


def test_a_subaccount_signs_in_with_key_or_password_until_it_is_deleted(caller: Caller) -> None:
    made = caller.post("/subaccounts", **DETAILS)
    for secret in (made["api_key"], "engine"):
        ada = Caller(caller.url, "ada", secret)
        account = ada.get("/account")
        assert (account["username"], account["_subaccount"]) == ("demo", made)
        ada.close()
    caller.put(f"/subaccounts/{made['subaccount_id']}", api_username="augusta")
    assert status(caller.url, "ada", "engine") == 401
    assert status(caller.url, "augusta", "engine") == 200
    caller.delete(f"/subaccounts/{made['subaccount_id']}")
    assert status(caller.url, "augusta", "engine") == 401


def test_a_new_key_replaces_the_one_before_at_once(caller: Caller, world: World) -> None:
    made = caller.post("/subaccounts", **DETAILS)
    renewed = caller.put(f"/subaccounts/{made['subaccount_id']}/regen-api-key")["api_key"]
    assert renewed != made["api_key"]
    assert status(caller.url, "ada", made["api_key"]) == 401
    assert status(caller.url, "ada", renewed) == 200
    main = world.account.main["subaccount_id"]
    own = caller.put(f"/subaccounts/{main}/regen-api-key")["api_key"]
    assert (status(caller.url, "demo", "demo"), status(caller.url, "demo", own)) == (401, 200)
    assert world.account.key == own


async def test_the_console_shows_a_key_once_and_masks_it_otherwise(caller: Caller, world: World) -> None:
    number, before = world.account.main["subaccount_id"], world.account.key
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        listed = (await client.call(subaccounts.list_())).items
        told = await client.call(subaccounts.regen_api_key(number))
    assert {one.api_key for one in listed} == {MASK}
    assert told.api_key.get_secret_value() == world.account.key != before
    assert world.account.key not in f"{told!r} {told.model_dump_json()}"


def status(url: str, username: str, secret: str) -> int:
    caller = Caller(url, username, secret)
    try:
        return caller.ask("GET", "/account").status_code
    finally:
        caller.close()


@pytest.mark.parametrize(
    ("area", "method", "path"),
    [
        ("billing", "GET", "/recharge/transactions"),
        ("billing", "PUT", "/recharge/purchase/1"),
        ("users", "GET", "/subaccounts"),
        ("reporting", "GET", "/statistics/sms"),
        ("reporting", "GET", "/sms/history/export"),
        ("contacts", "GET", "/lists"),
        ("settings", "GET", "/automations/sms/inbound"),
        ("settings", "GET", "/sms/templates"),
        ("sms", "GET", "/sms/history"),
        ("reseller", "GET", "/reseller"),
    ],
)
def test_a_permission_opens_what_it_is_for_and_nothing_else_does(
    sign_in: SignIn, area: str, method: str, path: str
) -> None:
    allowed, everything_else = sign_in(area), sign_in(*(one for one in AREAS if one != area))
    assert allowed.ask(method, path, filename="a.csv").status_code == 200
    refused = everything_else.ask(method, path, filename="a.csv")
    assert (refused.status_code, refused.json()["response_code"]) == (403, "FORBIDDEN")
    assert f"access_{area}" in refused.json()["response_msg"]


def test_without_billing_no_credit_is_bought(sign_in: SignIn, world: World) -> None:
    before = world.account.balance
    assert sign_in("sms", "users").ask("PUT", "/recharge/purchase/1").status_code == 403
    assert (world.account.balance, len(world.billing.payments)) == (before, 4)


def test_a_permission_counts_from_when_it_is_given(caller: Caller, sign_in: SignIn) -> None:
    ada = sign_in()
    number = ada.get("/account")["_subaccount"]["subaccount_id"]
    assert ada.ask("GET", "/lists").status_code == 403
    caller.put(f"/subaccounts/{number}", access_contacts=1)
    assert ada.ask("GET", "/lists").status_code == 200


def test_every_section_says_what_it_needs() -> None:
    areas = set(permissions.NEEDED.values()) - {""}
    assert areas == set(AREAS) - {"smpp"}
    assert set(SECTIONS) <= set(permissions.NEEDED)
    for operation in catalogue().values():
        assert permissions.flag_for(operation) in {"", *(f"access_{area}" for area in AREAS)}
        if operation.public:
            assert operation.effect.value != "spend"


def test_the_balance_is_shared_and_messages_tell_who_sent_them(
    caller: Caller, sign_in: SignIn, world: World, clock: ManualClock
) -> None:
    ada, before = sign_in("sms", "reporting", "contacts"), world.account.balance
    number = ada.get("/account")["_subaccount"]["subaccount_id"]
    sent = ada.send(CUSTOMER, "From Ada")
    assert sent["subaccount_id"] == number
    caller.send(CUSTOMER, "From the owner")
    assert world.account.balance == before - 2 * Decimal("0.0792")
    clock.advance(60)
    rows = {row["body"]: row for row in caller.history() if row["direction"] == "out"}
    assert (rows["From Ada"]["subaccount_id"], rows["From Ada"]["_api_username"]) == (number, "user0")
    assert rows["From the owner"]["_api_username"] == "demo"
    (found,) = caller.get("/sms/history", q=f"subaccount_id:{number}")["data"]
    assert found["body"] == "From Ada"
    assert caller.get(f"/sms/receipts/{sent['message_id']}")["subaccount_id"] == number


def test_a_campaign_belongs_to_who_planned_it(caller: Caller, sign_in: SignIn, clock: ManualClock) -> None:
    list_id = caller.post("/lists", list_name="One")["list_id"]
    caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER)
    ada = sign_in("sms")
    later = int(clock.now()) + 60
    made = ada.post("/sms-campaigns/send", list_id=list_id, name="Hi", body="Hello", schedule=later)
    clock.advance(300)
    row = next(row for row in caller.history() if row["direction"] == "out")
    assert (row["subaccount_id"], row["_api_username"]) == (made["subaccount_id"], "user0")


def test_usage_is_told_by_subaccount(caller: Caller, sign_in: SignIn, clock: ManualClock) -> None:
    now = datetime.fromtimestamp(clock.now(), UTC)
    path = f"/account/usage/{now.year}/{now.month}/subaccount"
    before = caller.get(path)
    ada = sign_in("sms")
    for _ in range(2):
        ada.send(CUSTOMER, f"Hello {_}")
    after = caller.get(path)
    by_name = {row["username"]: row["total_count"] for row in after["sms"]}
    assert by_name["user0"] == "2.00"
    assert by_name["demo"] == before["sms"][0]["total_count"]
    assert after["sms_total"]["count"] == before["sms_total"]["count"] + 2


def test_hidden_prices_are_left_out_of_quotes_for_that_subaccount_alone(
    caller: Caller, sign_in: SignIn
) -> None:
    messages = [{"to": CUSTOMER, "body": "Hi"}]
    hidden = sign_in("sms", hide_pricing=1).post("/sms/price", messages=messages)
    assert (hidden["total_price"], hidden["messages"][0]["message_price"]) == (None, None)
    assert caller.post("/sms/price", messages=messages)["total_price"] == 0.0792


def test_a_new_account_has_its_main_subaccount_alone(clock: ManualClock) -> None:
    world = World(messages=0, clock=clock)
    assert [one["is_main"] for one in world.account.subaccounts] == [1]
    assert (world.billing.card, world.billing.payments, world.reseller.settings) == (None, [], None)
    assert (len(world.referrals), world.reseller.customers, world.notices) == (0, {}, [])
