"""The operations that channels have in common: price, send, cancel, history, export and delivery receipts.

Each function answers `<prefix>price` and so on for one channel; a channel registers those that it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from tui.sandbox import delivery
from tui.sandbox.answers import Answer, not_found
from tui.sandbox.collection import Record
from tui.sandbox.files import as_csv
from tui.sandbox.message import FREE, guid
from tui.sandbox.outgoing import Channel, Outgoing
from tui.sandbox.prices import CURRENCY, amount, money
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected
from tui.sandbox.world import World

KEPT = 122 * 86_400
"""Seconds that ClickSend keeps history: four months."""
BLOCKED = frozenset({"COUNTRY_NOT_ENABLED"})
"""Rejections that ClickSend counts as blocked; it lists all of them."""
POLL = "poll"


def serve_sends(prefix: str, channel: Channel, sent: str = "Messages queued for delivery.") -> None:
    """Answer `<prefix>price` and `<prefix>send`."""

    @answers(f"{prefix}price")
    def price(call: Call) -> Answer:
        found = channel.offers(call.world, call.body)
        rows = [_priced(call.world, channel, message) for message in found]
        return Answer(shown(call.world, _answer(channel, found, rows)), "Here is some pricing.")

    @answers(f"{prefix}send")
    def send(call: Call) -> Answer:
        found = channel.offers(call.world, call.body)
        rows = [_taken(call.world, channel, message) for message in found]
        return Answer(_answer(channel, found, rows), sent)


def serve_cancels(prefix: str, channel: Channel, *, one: str, several: str, done: Any) -> None:
    """Answer `<prefix>cancel` and `<prefix>cancel_all`: `one` and `several` are cancelled.

    `done` is the data of the first answer.
    """

    @answers(f"{prefix}cancel")
    def cancel(call: Call) -> Answer:
        message = channel.log(call.world).find(call.path["message_id"])
        if message is None or not delivery.is_scheduled(message):
            raise not_found("Scheduled message record not found.")
        delivery.cancel(call.world, message)
        return Answer(done, f"{one} been cancelled.")

    @answers(f"{prefix}cancel_all")
    def cancel_all(call: Call) -> Answer:
        scheduled = list(filter(delivery.is_scheduled, channel.log(call.world).messages))
        for message in scheduled:
            delivery.cancel(call.world, message)
        return Answer({"count": len(scheduled)}, f"{len(scheduled)} {several} have been cancelled.")


def serve_history(prefix: str, channel: Channel) -> None:
    """Answer `<prefix>history` and `<prefix>history_export`."""

    @answers(f"{prefix}history")
    def history(call: Call) -> Answer:
        return Answer(call.page(_history(call, channel), dict), "Here is your history.")

    @answers(f"{prefix}history_export")
    def history_export(call: Call) -> Answer:
        rows = _history(call, channel)
        heading = list(rows[0]) if rows else ["date", "to", "from", "status"]
        text = as_csv(heading, (list(row.values()) for row in rows))
        path = call.world.files.add(text, call.query["filename"])
        return Answer({"url": call.on_host(path)}, "Download your file here.")


def serve_receipts(prefix: str, channel: Channel) -> None:
    """Answer `<prefix>receipts_list` and `<prefix>receipts_mark_read`."""

    @answers(f"{prefix}receipts_list")
    def receipts_list(call: Call) -> Answer:
        log = channel.log(call.world)
        unread = [log.messages[position] for position in log.receipts.unread()]
        rows = call.page(unread, partial(channel.receipt, call.world))
        return Answer(rows, "Here are your delivery receipts.")

    @answers(f"{prefix}receipts_mark_read")
    def receipts_mark_read(call: Call) -> Answer:
        """Without a moment, everything is marked: also what came since the caller looked."""
        channel.log(call.world).receipts.mark(call.number("date_before") or None)
        return Answer(None, "Receipts have been marked as read.")


def sent_message(call: Call, channel: Channel) -> Outgoing:
    """The message that the path names. Refuses with 404."""
    message = channel.log(call.world).find(call.path["message_id"])
    if message is None:
        raise not_found("Receipt record not found.")
    return message


def tested_receipt(call: Call, channel: Channel) -> Record:
    """With "poll" the latest concluded message is reported once more; else a server here is told."""
    world, now = call.world, int(call.world.now)
    latest = next((sent for sent in reversed(channel.log(world).messages) if sent.final_at), None)
    if call.body["url"] == POLL and latest:
        channel.report(world, latest, now)
        return channel.receipt(world, latest)
    made_up = Outgoing({}, "", message_id=new_id(world), at=now, schedule=now)
    made_up.subaccount_id = world.account.subaccount_id
    row = channel.receipt(world, made_up)
    if call.body["url"] != POLL:
        world.webhooks.call(str(call.body["url"]), row)
    return row


def shown(world: World, priced: Record) -> Record:
    """An answer to a price question as the account may see it: with or without prices."""
    if not world.account.hides_prices:
        return priced
    rows = {
        name: [shown(world, row) for row in value] if isinstance(value, list) else value
        for name, value in priced.items()
    }
    return {name: None if name == "price" or name.endswith("_price") else rows[name] for name in rows}


def totals(judged: Iterable[tuple[str, Decimal]]) -> Record:
    """What stands above the rows of a price or a send, from their statuses and prices."""
    found = list(judged)
    accepted = [price for status, price in found if status == "SUCCESS"]
    return {
        "total_price": amount(sum(accepted, FREE)),
        "total_count": len(found),
        "queued_count": len(accepted),
        "blocked_count": sum(status in BLOCKED for status, _ in found),
    }


def rejected(world: World, status: str, request: Mapping[str, Any], **known: Any) -> Record:
    """ClickSend says little of what it rejects, but gives it an id."""
    row = {
        **known,
        "from": str(request.get("from") or ""),
        "schedule": "",
        "message_id": new_id(world),
        "custom_string": str(request.get("custom_string") or ""),
        "status": status,
    }
    return row | ({"message_parts": 0, "message_price": money(FREE)} if status in BLOCKED else {})


def new_id(world: World) -> str:
    """The id of what is not kept."""
    return guid(world.chance.getrandbits(128))


def _answer(channel: Channel, found: list[Outgoing], rows: list[Record]) -> Record:
    judged = ((message.verdict, message.price) for message in found)
    return totals(judged) | {channel.rows_under: rows, "_currency": CURRENCY}


def _priced(world: World, channel: Channel, message: Outgoing) -> Record:
    if message.verdict != "SUCCESS":
        return _refused(world, message)
    row = channel.row(world, message) | {"message_id": new_id(world), "status": message.verdict}
    return row | {"schedule": str(message.request.get("schedule") or "")}


def _taken(world: World, channel: Channel, message: Outgoing) -> Record:
    channel.take(world, message)
    if message.verdict != "SUCCESS":
        return _refused(world, message)
    return channel.row(world, message) | {"status": message.verdict}


def _refused(world: World, message: Outgoing) -> Record:
    return rejected(world, message.verdict, message.request, to=message.to, **message.details)


def _history(call: Call, channel: Channel) -> list[Mapping[str, Any]]:
    """What was asked for, oldest first unless another order is."""
    start = max(call.number("date_from"), int(call.world.now) - KEPT)
    end = call.number("date_to") or call.world.now
    kept = (message for message in channel.log(call.world).messages if start <= message.at <= end)
    rows = (channel.history_row(call.world, message) for message in kept)
    return selected(rows, call.query, order="date_added:asc")
