"""The polls: each asks ClickSend for one kind of thing and merges the answer into the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.api import account, automations, contacts, sms, sms_campaigns, statistics, templates
from tui.api.models.base import Page, Row
from tui.api.models.contacts import Contact, ContactList
from tui.api.models.sms import Receipt
from tui.store import facts
from tui.store.account import fact, merge_rules, merge_statistics, save_account, set_fact
from tui.store.campaigns import merge_campaigns, merge_templates
from tui.store.contacts import keep_contacts, merge_contacts, merge_lists
from tui.store.messages import merge_messages, merge_receipts
from tui.store.rows import FIRING_RULES
from tui.sync import records
from tui.sync.endpoint import PAGE_SIZE, Endpoints
from tui.sync.queue import UnreadList

if TYPE_CHECKING:
    from tui.store.database import Store
    from tui.store.rows import Rule
    from tui.store.transaction import Transaction

OVERLAP_SECONDS = 60
"""How far incremental reading goes back behind the last time, for clocks that differ."""


class Polls:
    """What is asked for, by the names that intervals have."""

    def __init__(self, endpoints: Endpoints, store: Store) -> None:
        self._endpoints = endpoints
        self._store = store
        self._inbound = UnreadList(self._inbound_page, self._merge_inbound, records.id_of, records.arrival_of)
        self._inbound_is_first = True
        self._receipts = UnreadList(
            self._receipts_page,
            self._merge_receipts,
            lambda row: (row.message_id, row.status_code),
            lambda row: row.timestamp or 0,
        )
        self._campaigns_are_first = True

    async def account(self) -> None:
        """The balance and what else the account says of itself."""
        found = await self._endpoints.call(account.get())
        now = self._endpoints.server_now()
        await self._store.write(save_account, records.account_facts(found, now))

    # Inbound messages

    async def inbound(self) -> None:
        """Messages that nobody has marked read at ClickSend. Looking at them does not."""
        await self._inbound.poll()
        self._inbound_is_first = False

    async def _inbound_page(self, number: int) -> Page[Row]:
        return await self._endpoints.call(sms.inbound_list().plain().at(number, PAGE_SIZE))

    async def _merge_inbound(self, found: Sequence[Row]) -> None:
        await self._store.write(_bring_inbound, found, rings=not self._inbound_is_first)

    # Receipts

    async def receipts(self) -> None:
        """Delivery receipts that nobody has marked read."""
        await self._receipts.poll()

    async def _receipts_page(self, number: int) -> Page[Receipt]:
        return await self._endpoints.call(sms.receipts_list().at(number, PAGE_SIZE))

    async def _merge_receipts(self, found: Sequence[Receipt]) -> None:
        await self._store.write(_bring_receipts, found)

    # What changes seldom

    async def campaigns(self) -> None:
        """Campaigns from the newest on, until nothing changed and none that is under way is left."""
        request = sms_campaigns.list_(order_by="date_added:desc")
        waiting = set(self._store.active_campaigns())
        async for page in self._endpoints.pages(request):
            rows = [records.campaign(record) for record in page.items]
            changed = await self._store.write(merge_campaigns, rows)
            waiting -= {row.id for row in rows}
            if not (changed or waiting or self._campaigns_are_first):
                break
        self._campaigns_are_first = False

    async def contacts(self) -> None:
        """Lists, and of each list the contacts that changed; all of them when their number is not right."""
        found = [
            record async for page in self._endpoints.pages(contacts.lists_list()) for record in page.items
        ]
        await self._store.write(merge_lists, [records.contact_list(record) for record in found])
        for record in found:
            await self._contacts_of(record)

    async def _contacts_of(self, found: ContactList) -> None:
        name = facts.CONTACTS_READ.format(found.list_id)
        known, began = json.loads(self._store.fact(name) or "{}"), self._endpoints.server_now()
        if known:
            since = max(0, known["at"] - OVERLAP_SECONDS)
            async for page in self._endpoints.pages(contacts.list_(found.list_id, updated_after=since)):
                await self._store.write(_bring_contacts, found.list_id, page.items)
        if not known or self._missing(found) != known["missing"]:
            await self._all_contacts(found.list_id)
        known = {"at": began, "missing": self._missing(found)}
        await self._store.write(set_fact, name, json.dumps(known))

    def _missing(self, found: ContactList) -> int:
        """By how many contacts ClickSend's count differs; it may be late, and then differs for a while."""
        return (found.contacts_count or 0) - self._store.contacts(found.list_id).count()

    async def _all_contacts(self, list_id: int) -> None:
        ids: set[int] = set()
        async for page in self._endpoints.pages(contacts.list_(list_id)):
            ids.update(record.contact_id for record in page.items)
            await self._store.write(_bring_contacts, list_id, page.items)
        await self._store.write(keep_contacts, list_id, ids)

    async def templates(self) -> None:
        """SMS templates."""
        pages = self._endpoints.pages(templates.sms_list())
        rows = [records.template(record) async for page in pages for record in page.items]
        await self._store.write(merge_templates, rows)

    async def rules(self) -> None:
        """Rules for inbound messages and receipts: without a POLL rule nothing arrives."""
        inbound = self._endpoints.pages(automations.sms_inbound_list())
        rules = records.inbound_rules([record async for page in inbound for record in page.items])
        await self._store.write(_bring_rules, rules)
        receipts = self._endpoints.pages(automations.sms_receipts_list())
        rules = records.receipt_rules([record async for page in receipts for record in page.items])
        await self._store.write(_bring_receipt_rules, rules)

    async def statistics(self) -> None:
        """The last thirty days in figures."""
        found = await self._endpoints.call(statistics.sms())
        await self._store.write(merge_statistics, records.daily_statistics(found))


def _bring_inbound(tx: Transaction, found: Sequence[Row], *, rings: bool) -> None:
    rows = [records.message_of_inbound(record) for record in reversed(found)]
    rows = [row for row in rows if row.id]
    merge_messages(
        tx, rows, numbers=records.numbers_of(tx, rows), listed=True, ring_after=-1 if rings else None
    )


def _bring_receipts(tx: Transaction, found: Sequence[Receipt]) -> None:
    merge_receipts(tx, [records.receipt(record) for record in reversed(found) if record.message_id])
    newest = max((record.timestamp or 0 for record in found), default=0)
    if newest > int(fact(tx, facts.RECEIPTS_NEWEST) or 0):
        set_fact(tx, facts.RECEIPTS_NEWEST, str(newest))


def _bring_contacts(tx: Transaction, list_id: int, found: Sequence[Contact]) -> None:
    merge_contacts(tx, list_id, [records.contact(record, list_id) for record in found])


def _bring_rules(tx: Transaction, rules: Sequence[Rule]) -> None:
    merge_rules(tx, "inbound", rules)
    polling = [rule.position for rule in rules if rule.enabled and rule.action == "POLL"]
    finding = "missing" if not polling else "ok" if min(polling) < FIRING_RULES else "late"
    set_fact(tx, facts.RULES, finding)


def _bring_receipt_rules(tx: Transaction, rules: Sequence[Rule]) -> None:
    merge_rules(tx, "receipt", rules)
    has_poll = any(rule.enabled and rule.action == "POLL" for rule in rules)
    set_fact(tx, facts.RECEIPT_RULES, "ok" if has_poll else "missing")
