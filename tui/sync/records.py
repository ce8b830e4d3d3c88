"""ClickSend's records as rows of the store. Every text is cleaned here, before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tui.api.models import account as account_models
from tui.api.models import automations, contacts, sms, sms_campaigns, statistics, templates
from tui.api.models.base import Row, seconds, text, whole
from tui.core.money import decimal
from tui.core.phone import display
from tui.core.text import clean, clean_line
from tui.store.conversations import numbered
from tui.store.rows import (
    AccountFacts,
    Campaign,
    Contact,
    ContactList,
    DailyStatistics,
    Message,
    Receipt,
    Rule,
    Template,
)
from tui.store.transaction import Source
from tui.sync.states import state_of

_CONTACT_ROWS = {
    "contact_id",
    "list_id",
    "list_name",
    "phone_number",
    "first_name",
    "last_name",
    "email",
    "organization_name",
}
_ACCOUNT_ROWS = {
    "username",
    "user_email",
    "account_name",
    "balance",
    "low_credit_amount",
    "country",
    "timezone",
    "setting_unicode_sms",
    "setting_sms_message_char_limit",
    "currency",
    "subaccount",
}


_END_OF_TIME = 1 << 35

NOBODY = "unknown"
"""Who a message is from or to when ClickSend does not say."""


def message_of_history(record: Row, *, read_until: int) -> Message:
    """A message as history tells it. An inbound one no later than `read_until` counts as read: whether
    anybody has read it, history does not say.
    """
    told = record.get
    is_inbound = text(told("direction")).lower() == "in"
    sender, recipient = _line(told("from", told("sender"))), _line(told("to"))
    theirs, ours = (sender, recipient) if is_inbound else (recipient, sender)
    status, code = text(told("status")), text(told("status_code"))
    at = _moment(seconds(told("date")))
    if not is_inbound:
        at = max(at, _moment(seconds(told("schedule"))))
    return Message(
        id=id_of(record),
        counterpart=theirs or NOBODY,
        direction="in" if is_inbound else "out",
        body=clean(text(told("body"))),
        at=at,
        state=state_of(status, code, "in" if is_inbound else "out"),
        state_text=_line(told("status_text")) or clean_line(status),
        code=clean_line(code),
        error_text=_line(told("error_text")) or _error_number(_line(told("error_code"))),
        price=None if is_inbound else decimal(told("message_price")),
        parts=whole(told("message_parts")),
        sender=ours,
        read=not is_inbound or at <= read_until,
        custom_string=_line(told("custom_string")),
    )


def id_of(record: Row) -> str:
    """ClickSend's id of a message, or ""."""
    return _line(record.get("message_id"))


def date_of(record: Row) -> int:
    """The moment by which history orders a message, or 0."""
    return seconds(record.get("date")) or 0


def arrival_of(record: Row) -> int:
    """The moment at which a row of the list of unread messages was put there, or 0."""
    return seconds(record.get("timestamp", record.get("timestamp_send"))) or 0


def message_of_inbound(record: Row) -> Message:
    """A message from ClickSend's list of unread ones."""
    told = record.get
    return Message(
        id=id_of(record),
        counterpart=_line(told("from", told("sender"))) or NOBODY,
        direction="in",
        body=clean(text(told("body"))),
        at=_moment(arrival_of(record)),
        state="received",
        sender=_line(told("to")),
        read=False,
        custom_string=_line(told("custom_string")),
    )


def numbers_of(source: Source, messages: Sequence[Message]) -> dict[str, str]:
    """How people write the counterparts of these messages, of those for which the store does not know it."""
    counterparts = {message.counterpart for message in messages}
    return {key: display(key) for key in counterparts - numbered(source, counterparts)}


def receipt(record: sms.Receipt) -> Receipt:
    """What became of a message."""
    code = record.status_code
    return Receipt(
        message_id=clean_line(record.message_id),
        state=state_of("", code),
        state_text=clean_line(record.status_text),
        code=clean_line(code),
        error_text=clean_line(record.error_text or _error_number(record.error_code)),
        custom_string=clean_line(record.custom_string),
    )


def account_facts(record: account_models.Account, at: int) -> AccountFacts:
    """The account, without what names its keys."""
    currency = record.currency
    person = f"{record.user_first_name} {record.user_last_name}"
    return AccountFacts(
        username=clean_line(record.username),
        name=clean_line(record.account_name) or clean_line(person),
        balance=record.balance,
        low_credit=record.low_credit_amount,
        currency_code=clean_line(currency.code) if currency else "",
        currency_symbol=clean_line(currency.symbol) if currency else "",
        country=clean_line(record.country or record.default_country_sms),
        timezone=clean_line(record.timezone),
        message_part_limit=record.setting_sms_message_char_limit,
        unicode_on=record.setting_unicode_sms,
        email=clean_line(record.user_email),
        at=at,
        extra=_plain(record.model_dump(mode="json", exclude=_ACCOUNT_ROWS)),
    )


def contact_list(record: contacts.ContactList) -> ContactList:
    """A list of contacts."""
    return ContactList(record.list_id, clean_line(record.list_name), record.contacts_count or 0)


def contact(record: contacts.Contact, list_id: int) -> Contact:
    """A contact of a list."""
    return Contact(
        id=record.contact_id,
        list_id=list_id,
        first_name=clean_line(record.first_name),
        last_name=clean_line(record.last_name),
        phone=clean_line(record.phone_number),
        email=clean_line(record.email),
        organization=clean_line(record.organization_name),
        fields=_plain(record.model_dump(mode="json", exclude=_CONTACT_ROWS)),
    )


def campaign(record: sms_campaigns.Campaign) -> Campaign:
    """An SMS campaign."""
    return Campaign(
        id=record.sms_campaign_id,
        name=clean_line(record.name),
        list_id=record.list_id,
        list_name=clean_line(record.list_name),
        sender=clean_line(record.sender),
        body=clean(record.body),
        status=clean_line(record.status),
        schedule=_moment(record.schedule) or None,
        added_at=_moment(record.date_added),
        recipients=record.total_count,
    )


def template(record: templates.SmsTemplate) -> Template:
    """An SMS template."""
    return Template(record.template_id, clean_line(record.template_name), clean(record.body))


def inbound_rules(records: Sequence[automations.InboundRule]) -> list[Rule]:
    """Automations for inbound messages. They fire in the order in which they were made: by id."""
    ordered = sorted(records, key=lambda record: record.inbound_rule_id)
    return [
        Rule(
            id=record.inbound_rule_id,
            kind="inbound",
            name=clean_line(record.rule_name),
            number=clean_line(record.dedicated_number),
            action=clean_line(record.action),
            address=clean_line(record.action_address),
            enabled=record.enabled,
            position=position,
        )
        for position, record in enumerate(ordered)
    ]


def receipt_rules(records: Sequence[automations.ReceiptRule]) -> list[Rule]:
    """Automations for delivery receipts."""
    ordered = sorted(records, key=lambda record: record.receipt_rule_id)
    return [
        Rule(
            id=record.receipt_rule_id,
            kind="receipt",
            name=clean_line(record.rule_name),
            action=clean_line(record.action),
            address=clean_line(record.action_address),
            enabled=record.enabled,
            position=position,
        )
        for position, record in enumerate(ordered)
    ]


def daily_statistics(record: statistics.SmsStatistics) -> list[DailyStatistics]:
    """The days that ClickSend counts, without those that it does not date."""
    return [
        DailyStatistics(
            day=datetime.fromtimestamp(_moment(day.date), UTC).date().isoformat(),
            sent=(day.outbound and day.outbound.count) or 0,
            received=(day.inbound and day.inbound.count) or 0,
            price=day.outbound.price if day.outbound else None,
        )
        for day in record.days
        if _moment(day.date)
    ]


def _line(raw: object) -> str:
    """A value as one clean line. Most are not told, and those that are, are texts."""
    return "" if raw is None else clean_line(text(raw))


def _moment(seconds: int | None) -> int:
    """Unix seconds, or 0 for a time that is not told or not of this age."""
    return seconds if seconds is not None and 0 < seconds < _END_OF_TIME else 0


def _error_number(code: str) -> str:
    return f"error {code}" if code and code != "0" else ""


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """The simple values among fields, cleaned."""
    texts = {name: clean_line(value) for name, value in fields.items() if isinstance(value, str)}
    others = {name: value for name, value in fields.items() if isinstance(value, bool | int | float)}
    return {name: value for name, value in (texts | others).items() if value != ""}
