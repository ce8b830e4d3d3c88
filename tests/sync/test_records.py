"""Wire records as rows: words for states, odd and missing fields, and text that nobody should trust."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.api.models import account, automations, contacts, sms, sms_campaigns, statistics, templates
from tui.api.models.base import AnswerModel
from tui.sync import records
from tui.sync.states import state_of

HOSTILE = "\x1b]0;gotcha\x07\u202eabc\x00"


def history(**fields: Any) -> dict[str, Any]:
    return {
        "message_id": "GUID",
        "direction": "out",
        "to": "+61411222333",
        "from": "Acme",
        "date": "1700000000",
    } | fields


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        ("Sent", "201", "delivered"),
        ("Sent", "200", "sent"),
        ("Completed", "", "accepted"),
        ("Completed", "201", "delivered"),
        ("Queued", "200", "accepted"),
        ("Queued:WaitSend", "", "accepted"),
        ("WaitApproval", "200", "accepted"),
        ("Scheduled", "200", "scheduled"),
        ("Failed", "301", "failed"),
        ("Failed", "300", "failed"),
        ("Sent", "300", "sent"),
        ("Sent", "301", "failed"),
        ("Sent", "302", "sent"),
        ("Cancelled", "200", "cancelled"),
        ("CancelledAfterReview", "", "cancelled"),
        ("Undelivered", "", "failed"),
        ("SUCCESS", "", "accepted"),
        ("INVALID_RECIPIENT", "", "rejected"),
        ("", "201", "delivered"),
        ("", "Completed", "accepted"),
        ("200", "", "sent"),
        ("Teleported", "", "accepted"),
        ("Teleported", "201", "delivered"),
        ("", "", "accepted"),
    ],
)
def test_words_for_states(status: str, code: str, state: str) -> None:
    assert state_of(status, code) == state
    assert state_of(status, code, "in") == "received"


def test_a_sent_message() -> None:
    row = records.message_of_history(
        history(
            body="Hi",
            status="Failed",
            status_code=301,
            status_text="Failure",
            error_code="12",
            message_price="0.070000",
            message_parts="2.00",
            custom_string="box-0",
            schedule="1700000009",
        ),
        read_until=0,
    )
    assert (row.counterpart, row.sender, row.direction) == ("+61411222333", "Acme", "out")
    assert (row.state, row.code, row.state_text, row.error_text) == ("failed", "301", "Failure", "error 12")
    assert (row.price, row.parts, row.at) == (Decimal("0.070000"), 2, 1_700_000_009)
    assert (row.read, row.custom_string) == (True, "box-0")


_TEXTS = st.text(max_size=12) | st.sampled_from([HOSTILE, "in", "out", "Sent", "201", "\xa0a  b ", "\ud800"])
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 1 << 36),
    st.integers(0, 1 << 36).map(str),
    st.decimals(allow_nan=False),
    st.sampled_from(["0.0700", "1E+999999", "NaN", "1.00", Decimal("NaN")]),
    _TEXTS,
    st.lists(st.integers(), max_size=1),
    st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
)
_NAMES = [*sms.HistoryRecord.model_fields, "from", "timestamp_send", "unheard_of"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*_NAMES, *sms.InboundSms.model_fields]), _VALUES, max_size=12))
def test_a_row_says_what_its_model_says(row: dict[str, Any]) -> None:
    assert records.message_of_history(row, read_until=9**9) == records.message_of_history(
        _understood(sms.HistoryRecord, row), read_until=9**9
    )
    assert records.message_of_inbound(row) == records.message_of_inbound(_understood(sms.InboundSms, row))


def _understood(kind: type[AnswerModel], row: dict[str, Any]) -> dict[str, Any]:
    model = kind.model_validate(row)
    return {name: getattr(model, name) for name in kind.model_fields}


@pytest.mark.parametrize(("read_until", "read"), [(1_700_000_000, True), (1_699_999_999, False)])
def test_a_received_message(read_until: int, read: bool) -> None:
    row = records.message_of_history(history(direction="in", message_price="0.01"), read_until=read_until)
    assert (row.counterpart, row.sender, row.state, row.read) == ("Acme", "+61411222333", "received", read)
    assert row.price is None


@pytest.mark.parametrize("date", [None, "", "soon", 10**30, -5, {"date": "2026"}])
def test_a_time_that_makes_no_sense_is_none(date: Any) -> None:
    assert records.message_of_history(history(date=date, schedule=date), read_until=0).at == 0
    assert records.message_of_inbound({"message_id": "GUID", "timestamp": date}).at == 0


def test_every_text_is_cleaned() -> None:
    fields = {
        name: HOSTILE
        for name in ("body", "to", "from", "status", "status_text", "error_text", "custom_string")
    }
    row = records.message_of_history(history(**fields), read_until=0)
    assert {row.body, row.counterpart, row.sender, row.state_text, row.error_text, row.custom_string} == {
        "abc"
    }
    inbound = records.message_of_inbound({"message_id": "GUID", "body": "a\r\nb\x9b31m", "from": HOSTILE})
    assert (inbound.body, inbound.counterpart, inbound.read) == ("a\nb", "abc", False)
    contact = records.contact(
        contacts.Contact.model_validate(
            {
                "contact_id": "5",
                "first_name": "A\nB" + HOSTILE,
                "custom_1": HOSTILE,
                "later": HOSTILE,
                "n": None,
            }
        ),
        9,
    )
    assert (contact.id, contact.list_id, contact.first_name) == (5, 9, "A Babc")
    assert contact.fields == {"custom_1": "abc", "later": "abc"}
    campaign = records.campaign(
        sms_campaigns.Campaign.model_validate({"sms_campaign_id": 1, "name": HOSTILE, "body": HOSTILE})
    )
    assert (campaign.name, campaign.body) == ("abc", "abc")
    template = records.template(
        templates.SmsTemplate.model_validate({"template_id": 1, "template_name": HOSTILE, "body": HOSTILE})
    )
    assert (template.name, template.body) == ("abc", "abc")
    rule = records.inbound_rules(
        [
            automations.InboundRule.model_validate(
                {"inbound_rule_id": 1, "rule_name": HOSTILE, "action": "POLL"}
            )
        ]
    )[0]
    assert rule.name == "abc"


def test_the_account_without_its_keys() -> None:
    facts = records.account_facts(
        account.Account.model_validate(
            {
                "user_id": 1,
                "username": "ana",
                "user_first_name": "Ana",
                "user_last_name": "Diaz",
                "balance": "-3.100000",
                "active": 1,
                "setting_sms_message_char_limit": "8",
                "setting_unicode_sms": 1,
                "_currency": {"currency_name_short": "AUD", "currency_prefix_d": "$"},
                "_subaccount": {"subaccount_id": 2, "api_key": "SECRET"},
                "later": HOSTILE,
            }
        ),
        7,
    )
    assert (facts.name, str(facts.balance), facts.message_part_limit) == ("Ana Diaz", "-3.100000", 8)
    assert (facts.currency_code, facts.unicode_on, facts.at) == ("AUD", True, 7)
    assert facts.extra["active"] is True
    assert facts.extra["later"] == "abc"
    assert "SECRET" not in repr(facts)


def test_rules_stand_in_the_order_in_which_they_fire() -> None:
    rules = records.receipt_rules(
        [
            automations.ReceiptRule.model_validate({"receipt_rule_id": id, "action": "POLL", "enabled": "1"})
            for id in (9, 3)
        ]
    )
    assert [(rule.id, rule.position, rule.enabled) for rule in rules] == [(3, 0, True), (9, 1, True)]


def test_days_without_a_date_are_left_out() -> None:
    found = statistics.SmsStatistics.model_validate(
        {
            "stats": [
                {"date": 1_762_128_000, "outbound": {"count": "5", "price": "0.35"}, "inbound": {"count": 2}},
                {"date": None, "outbound": {"count": 1}},
                {"date": 10**20},
                {"date": 1_762_214_400},
            ]
        }
    )
    days = records.daily_statistics(found)
    assert [(day.day, day.sent, day.received, day.price) for day in days] == [
        ("2025-11-03", 5, 2, Decimal("0.35")),
        ("2025-11-04", 0, 0, None),
    ]
