"""Countries: all of them, those that the account sends to, and their rules."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock

GERMAN, CZECH = "+4915112345678", "+420601123456"


def ids(caller: Caller, *codes: str) -> list[int]:
    known = {row["code"]: row["id"] for row in caller.get("/country-list")}
    return [known[code] for code in codes]


def codes(rows: list[dict[str, object]]) -> set[object]:
    return {row["code"] for row in rows}


def test_every_country_can_be_selected_by_its_number(caller: Caller) -> None:
    rows = caller.get("/country-list")
    assert len({row["id"] for row in rows}) == len(rows) == len(caller.get("/countries"))
    regions = {row["code"]: row["region"] for row in rows}
    assert [regions[code] for code in ("AU", "SG", "DE", "US", "BR", "KE", "JP")] == [
        *("Oceania", "Asia", "Europe", "Americas", "Americas", "Africa", "Asia")
    ]


def test_a_selection_replaces_the_one_before(caller: Caller) -> None:
    before = caller.get("/user-countries")
    assert {"AU", "DE", "NZ"} < codes(before)
    after = caller.post("/user-countries", country_list_ids=ids(caller, "AU", "CZ"))
    assert codes(after) == codes(caller.get("/user-countries")) == {"AU", "CZ"}


def test_messages_go_to_selected_countries_alone(caller: Caller) -> None:
    assert caller.send(GERMAN)["status"] == "SUCCESS"
    assert caller.send(CZECH)["status"] == "COUNTRY_NOT_ENABLED"
    caller.post("/user-countries", country_list_ids=ids(caller, "AU", "CZ"))
    assert [caller.send(number, "New")["status"] for number in (CUSTOMER, GERMAN, CZECH)] == [
        *("SUCCESS", "COUNTRY_NOT_ENABLED", "SUCCESS")
    ]
    priced = caller.post("/sms/price", messages=[{"to": GERMAN, "body": "x"}], show_summary=True)
    assert priced["blocked_count"] == 1
    assert priced["_summary"]["countries"][0]["country"]["selected"] is False


@pytest.mark.parametrize("wrong", [[0], [99_999], ["AU"], "1", {"1": 1}, [[1]]])
def test_what_is_no_selection_changes_nothing(caller: Caller, wrong: object) -> None:
    before = caller.get("/user-countries")
    assert caller.ask("POST", "/user-countries", {"country_list_ids": wrong}).status_code == 400
    assert caller.ask("POST", "/user-countries", {}).status_code == 400
    assert caller.get("/user-countries") == before


def test_the_rules_of_a_new_country_wait_for_agreement(caller: Caller, clock: ManualClock) -> None:
    caller.post("/user-countries", country_list_ids=ids(caller, "AU", "CZ"))
    agreed = {row["code"]: row["agreed_at"] for row in caller.get("/user-countries")}
    assert agreed["AU"] < clock.now()
    assert agreed["CZ"] is None
    after = {row["code"]: row["agreed_at"] for row in caller.post("/user-countries/agree")}
    assert after == agreed | {"CZ": int(clock.now())}


def test_time_zones_are_names_of_places(caller: Caller) -> None:
    zones = caller.get("/timezones")
    assert {"Australia/Sydney", "Europe/Berlin"} < set(zones)
    assert zones == sorted(zones)
    assert not any(zone.startswith("Etc/") or "/" not in zone for zone in zones)
