"""Contacts, campaigns, templates, rules, statistics, account and facts: kept as seen, told when different."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.store.build import ANA, BOB
from tui.store.account import merge_rules, merge_statistics, save_account, set_fact
from tui.store.campaigns import merge_campaigns, merge_templates
from tui.store.contacts import keep_contacts, merge_contacts, merge_lists
from tui.store.database import Change, Store
from tui.store.rows import (
    AccountFacts,
    Campaign,
    Contact,
    ContactList,
    DailyStatistics,
    Rule,
    Template,
)

ADA = Contact(1, 9, "Ada", "Lovelace", ANA, "ada@acme.example", "Acme", {"custom_1": "gold", "date_added": 5})
BO = Contact(2, 9, "bo", "Ångström", BOB)
CY = Contact(3, 9, organization="Zeta Ltd")
ACCOUNT = AccountFacts(
    username="ana",
    name="Acme",
    balance=Decimal("1117.461060"),
    low_credit=Decimal("-3.10"),
    currency_code="AUD",
    currency_symbol="$",
    country="AU",
    timezone="Australia/Sydney",
    message_part_limit=6,
    unicode_on=False,
    email="ana@acme.example",
    at=7,
    extra={"active": True, "on_trial": False},
)


def names(store: Store, list_id: int | None = None, search: str = "") -> list[str]:
    return [row.name for row in store.contacts(list_id, search).page(0)]


def test_contacts_stand_by_last_name_whatever_the_case(store: Store) -> None:
    store.write_now(merge_contacts, 9, [CY, BO, ADA])
    assert names(store, 9) == ["Ada Lovelace", "Zeta Ltd", "bo Ångström"]
    assert store.contact(9, 1) == ADA
    assert store.contact(8, 1) is None
    window = store.contacts(9)
    assert [window.index_of(window.key(row)) for row in window.page(0)] == [0, 1, 2]


def test_contacts_of_one_list_or_of_all(store: Store) -> None:
    store.write_now(merge_contacts, 9, [ADA])
    store.write_now(merge_contacts, 8, [replace(ADA, list_id=8), replace(BO, list_id=8)])
    assert store.contacts(8).count() == 2
    assert store.contacts(9).count() == 1
    assert store.contacts(None).count() == 3
    assert store.contacts(9).index_of("8/1") is None


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ADA LOVE", ["Ada Lovelace"]),
        ("acme", ["Ada Lovelace"]),
        ("gold", ["Ada Lovelace"]),
        ("0422 222", ["bo Ångström"]),
        ("zeta", ["Zeta Ltd"]),
        ("%", []),
        ("Ångström", ["bo Ångström"]),
    ],
)
def test_contacts_are_found_by_anything_in_them(store: Store, search: str, found: list[str]) -> None:
    store.write_now(merge_contacts, 9, [ADA, BO, CY])
    assert names(store, None, search) == found
    assert names(store, 9, search) == found
    assert names(store, 7, search) == []


def test_contacts_that_are_gone_go_only_when_all_were_read(store: Store) -> None:
    store.write_now(merge_contacts, 9, [ADA, BO, CY])
    store.write_now(merge_contacts, 9, [ADA])
    assert store.contacts(9).count() == 3
    store.write_now(keep_contacts, 9, [1, 2])
    assert store.contacts(9).count() == 2
    store.write_now(merge_contacts, 9, [replace(ADA, first_name="Augusta")], complete=True)
    assert names(store, 9) == ["Augusta Lovelace"]


def test_a_list_that_is_gone_takes_its_contacts_along(store: Store) -> None:
    store.write_now(merge_lists, [ContactList(9, "staff", 1), ContactList(8, "Customers", 1)])
    store.write_now(merge_contacts, 9, [ADA])
    assert [row.name for row in store.lists()] == ["Customers", "staff"]
    store.write_now(merge_lists, [ContactList(8, "Clients", 2)])
    assert store.lists() == [ContactList(8, "Clients", 2)]
    assert store.contacts(None).count() == 0


async def test_only_what_differs_is_told(store: Store) -> None:
    told: list[Change] = []
    rule = Rule(1, "inbound", "All", "*", "POLL", "", True, 0)
    campaign = Campaign(1, "Sale", 9, "Staff", "Acme", "20% off", "Sent", None, 5, 100)
    day = DailyStatistics("2026-11-03", 5, 6, Decimal("0.5"))

    async def write_all() -> list[Change]:
        told.clear()
        await store.write(merge_contacts, 9, [ADA])
        await store.write(merge_lists, [ContactList(9, "Staff", 1)])
        await store.write(merge_campaigns, [campaign])
        await store.write(merge_templates, [Template(1, "Late", "We are late")])
        await store.write(merge_rules, "inbound", [rule])
        await store.write(merge_statistics, [day])
        await store.write(save_account, replace(ACCOUNT, at=len(told)))
        await store.write(set_fact, "rules", "ok")
        return told

    store.subscribe(told.append)
    topics = [set(change.topics) for change in await write_all()]
    assert topics == [
        {"contacts"},
        {"lists"},
        {"campaigns"},
        {"templates"},
        {"rules"},
        {"statistics"},
        {"account"},
        {"progress"},
    ]
    assert await write_all() == []


def test_campaigns_stand_newest_first_and_are_never_forgotten(store: Store) -> None:
    old = Campaign(1, "Sale", 9, "Staff", "Acme", "20% off", "Sent", None, 5, 100)
    new = Campaign(2, "News", None, "", "", "We moved", "Scheduled", 99, 6, None)
    assert store.write_now(merge_campaigns, [old, new]) == 2
    assert store.write_now(merge_campaigns, [new._replace(status="WaitApproval")]) == 1
    assert [row.id for row in store.campaigns().page(0)] == [2, 1]
    assert store.campaign(1) == old
    assert store.campaign(3) is None
    assert [row.id for row in store.campaigns("20%").page(0)] == [1]
    assert store.campaigns("staff").index_of("1") == 0
    assert store.active_campaigns() == [2]
    assert store.counts().campaigns_active == 1


def test_templates_and_rules_are_as_last_seen(store: Store) -> None:
    store.write_now(
        merge_templates, [Template(2, "late", "We are late"), Template(1, "Early", "We are early")]
    )
    assert [row.name for row in store.templates()] == ["Early", "late"]
    store.write_now(merge_templates, [Template(2, "late", "Sorry")])
    assert store.templates() == [Template(2, "late", "Sorry")]
    first, second = Rule(7, "inbound", position=0), Rule(3, "inbound", enabled=False, position=1)
    store.write_now(merge_rules, "inbound", [second, first])
    store.write_now(merge_rules, "receipt", [Rule(7, "receipt", action="POLL")])
    assert store.rules("inbound") == [first, second]
    store.write_now(merge_rules, "inbound", [])
    assert store.rules("inbound") == []
    assert [rule.action for rule in store.rules("receipt")] == ["POLL"]


def test_days_that_are_not_told_any_more_stay(store: Store) -> None:
    days = [DailyStatistics(f"2026-11-0{n}", n, 2 * n, Decimal("0.07")) for n in range(1, 4)]
    store.write_now(merge_statistics, days[:2])
    store.write_now(merge_statistics, [days[1]._replace(sent=9), days[2]._replace(price=None)])
    assert store.statistics() == [days[0], days[1]._replace(sent=9), days[2]._replace(price=None)]


def test_money_of_the_account_keeps_every_digit(store: Store) -> None:
    store.write_now(save_account, ACCOUNT)
    found = store.account()
    assert found == ACCOUNT
    assert str(found.balance) == "1117.461060"  # type: ignore[union-attr]
    store.write_now(save_account, AccountFacts("ana"))
    assert store.account() == AccountFacts("ana")


def test_a_fact_can_be_forgotten(store: Store) -> None:
    store.write_now(set_fact, "progress", "100/200")
    assert store.fact("progress") == "100/200"
    store.write_now(set_fact, "progress", "")
    assert store.fact("progress") == ""
    assert store.write_now(lambda tx: tx.rows("SELECT * FROM fact")) == []
