"""Quotes: what a price answer means, and what the person is told before saying yes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.sending.conftest import NOW, account
from tui.api import sms
from tui.core.errors import SendRefused
from tui.core.money import Currency
from tui.sending.draft import MessageDraft
from tui.sending.message import MessageChannel
from tui.sending.pricing import judge
from tui.sending.quote import Quote
from tui.store.rows import AccountFacts

ADA, BOB = "+61491570156", "+61491570157"
DRAFT = MessageDraft.sms((ADA, BOB), "Hello")
AUD = {"currency_name_short": "AUD", "currency_prefix_d": "$"}


def row(to: str, **fields: Any) -> dict[str, Any]:
    return {
        "to": to,
        "message_price": "0.0792",
        "message_parts": 1,
        "status": "SUCCESS",
        "country": "AU",
    } | fields


def quoted(
    rows: list[dict[str, Any]],
    draft: MessageDraft = DRAFT,
    facts: AccountFacts | None = account(),  # noqa: B008
    **fields: Any,
) -> Quote:
    answer = sms.price.parse({"messages": rows, "_currency": AUD} | fields)
    return judge(draft, MessageChannel().read_price(draft, answer), facts, NOW)


def test_prices_are_added_exactly() -> None:
    # ClickSend's own example rounds the total: 0.0792 comes with 0.079.
    quote = quoted([row(ADA), row(BOB)], total_price=Decimal("0.158"))
    assert (quote.total, quote.balance_after, quote.warnings) == (Decimal("0.1584"), Decimal("99.841600"), ())
    assert [(line.to, line.country, line.parts, line.price) for line in quote.lines] == [
        (ADA, "AU", 1, Decimal("0.0792")),
        (BOB, "AU", 1, Decimal("0.0792")),
    ]


def test_a_total_that_is_more_than_its_prices_counts_and_is_told() -> None:
    quote = quoted([row(ADA), row(BOB)], total_price=Decimal("0.5"))
    assert quote.total == Decimal("0.5")
    assert quote.warnings == ("The prices add up to 0.1584, and ClickSend states 0.5 in total.",)


def test_a_total_alone_is_enough() -> None:
    quote = quoted([row(ADA, message_price=None), row(BOB, message_price="")], total_price="0.1584")
    assert (quote.total, quote.warnings) == (Decimal("0.1584"), ())


@pytest.mark.parametrize("price", [None, "", "hidden", "0.0000", 0])
def test_a_hidden_price_is_unknown_and_never_free(price: object) -> None:
    quote = quoted([row(ADA, message_price=price), row(BOB, message_price=price)], total_price=price)
    assert (quote.total, quote.balance_after) == (None, None)
    with pytest.raises(SendRefused):
        quote.confirm()
    assert quote.confirm("price unknown").quote is quote


def test_free_test_numbers_are_free() -> None:
    draft = MessageDraft.sms(("+61411111111",), "Hello")
    quote = quoted([row("+61411111111", message_price="0.0000")], draft, total_price=0)
    assert (quote.total, quote.refusal) == (Decimal(0), "")


def test_rejected_recipients_are_listed_with_reasons_and_cost_nothing() -> None:
    quote = quoted([{"to": ADA, "status": "INVALID_RECIPIENT"}, row(BOB)], total_price="0.0792")
    assert (quote.total, quote.accepted_count, quote.rejected_count) == (Decimal("0.0792"), 1, 1)
    reason = "The recipient is not a number that can be sent to. Check the number and its country."
    assert quote.lines[0].problem == reason
    assert quote.warnings == (f"1 of 2 recipients: {reason}",)


def test_rejected_throughout_cannot_be_confirmed() -> None:
    quote = quoted([row(ADA, status="COUNTRY_NOT_ENABLED"), row(BOB, status="COUNTRY_NOT_ENABLED")])
    with pytest.raises(SendRefused, match="reject every recipient"):
        quote.confirm("price unknown")


@pytest.mark.parametrize(
    "second", [[], [{"to": BOB, "status": "INTERNAL_ERROR"}], [{"to": BOB, "status": ""}]]
)
def test_a_recipient_of_whom_nothing_clear_is_said_makes_the_price_unknown(second: list[Any]) -> None:
    quote = quoted([row(ADA), *second], total_price="0.0792")
    assert (quote.total, quote.accepted_count, quote.rejected_count) == (None, 1, 0)
    assert quote.lines[1].problem


def test_messages_to_others_are_told() -> None:
    quote = quoted([row(ADA), row(BOB), row("+15005550006")], total_price="0.2376")
    assert "ClickSend also priced numbers that are not yours: +15005550006." in quote.warnings


def test_numbers_without_plus_are_the_same() -> None:
    assert quoted([row(ADA[1:]), row(BOB[1:])]).accepted_count == 2


def test_another_sender_is_told() -> None:
    draft = replace(DRAFT, sender="Acme")
    quote = quoted([row(ADA, **{"from": "Acme"}), row(BOB, **{"from": "+61447100250"})], draft)
    assert quote.warnings == (
        "ClickSend would send it from +61447100250 and not from Acme to 1 of 2 recipients.",
    )


def test_other_parts_than_counted_are_told() -> None:
    quote = quoted([row(ADA, message_parts="2.00"), row(BOB, message_parts=1)])
    assert quote.warnings == ("Parts of the message: ClickSend counts 2, the console 1.",)


def test_not_enough_credit_says_how_much_is_missing() -> None:
    quote = quoted([row(ADA), row(BOB)], facts=account("0.15"))
    assert quote.refusal == "Not enough credit: A$0.0084 is missing. Top up, or send to fewer people."


def test_a_price_in_another_currency_is_not_taken_from_the_balance() -> None:
    quote = quoted([row(ADA), row(BOB)], facts=account("0.01", currency_code="NZD"))
    assert (quote.currency, quote.balance_after) == (Currency("AUD", "$"), None)
    assert quote.warnings == (
        "The price is in AUD and the balance in NZD: what will be left cannot be told.",
    )
    assert quote.confirm()


def test_a_price_without_a_currency_is_in_that_of_the_account() -> None:
    quote = quoted(
        [row(ADA), row(BOB)], facts=account(currency_code="GBP", currency_symbol="£"), _currency=None
    )
    assert quote.currency == Currency("GBP", "£")


@pytest.mark.parametrize("facts", [None, account(None)])
def test_an_unknown_balance_is_told(facts: AccountFacts | None) -> None:
    quote = quoted([row(ADA), row(BOB)], facts=facts)
    assert quote.balance_after is None
    assert quote.warnings == ("The balance is not known yet: whether it is enough cannot be told.",)


def test_an_old_balance_is_told_with_its_time() -> None:
    quote = quoted([row(ADA), row(BOB)], facts=account(at=NOW - 86_400))
    assert [warning.split(" that of ")[0] for warning in quote.warnings] == ["The balance is"]
