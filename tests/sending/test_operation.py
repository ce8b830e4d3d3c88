"""Any operation that sends or spends takes the one path: quote, confirmation, outbox, outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sandbox.stage import playing
from tests.sending.conftest import account
from tui.api.client import ApiClient
from tui.api.models.base import MASK
from tui.core.clock import SystemClock
from tui.core.errors import InvalidInput, SendRefused
from tui.sandbox.world import World
from tui.sending.operation import OperationDraft
from tui.sending.result import Outcome
from tui.sending.sender import CHANNELS, Sender
from tui.store.account import save_account
from tui.store.database import Store

CUSTOMER = "+61491570156"


@pytest.fixture
def world() -> World:
    return World(messages=40, traffic=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")
    store.write_now(save_account, account(at=int(SystemClock().now())))
    yield store
    store.close()


@pytest.fixture
async def sender(world: World, store: Store) -> AsyncIterator[Sender]:
    with playing(world) as url:
        async with ApiClient("demo", "demo", base_url=url) as client:
            yield Sender(client, store, SystemClock())


def texts(*numbers: str, body: str = "Hi") -> OperationDraft:
    return OperationDraft("sms.send", {"messages": [{"to": number, "body": body} for number in numbers]})


async def test_each_recipient_has_its_price_and_its_own_outcome(
    sender: Sender, store: Store, world: World
) -> None:
    balance = world.account.balance
    quote = await sender.quote(texts(CUSTOMER, "+61491570157", "+4915112345678", "+880171234567"))
    assert [line.price for line in quote.lines][:2] == [Decimal("0.0792")] * 2
    assert quote.rejected_count == 1
    result = await sender.send(quote.confirm())
    assert [outcome.fate for outcome in result.outcomes] == ["accepted"] * 3 + ["rejected"]
    assert world.account.balance == balance - (quote.total or 0)
    item = store.outbox_item(quote.id)
    assert item
    assert (item.kind, item.state, item.draft["operation"]) == ("operation", "accepted", "sms.send")
    assert store.conversation(CUSTOMER) is None  # history brings it, with ClickSend's own id


def test_a_number_that_the_answer_leaves_out_or_that_was_not_asked_for_is_not_taken_for_sent() -> None:
    draft, whole = texts("0491570156", "+61491570157"), Outcome("s", "", "not sent")
    row = {"message_id": "ID", "status": "SUCCESS"}
    rows = [row | {"to": "+61491570156"}, row | {"to": "+15005550006"}]
    told, _ = CHANNELS[OperationDraft].read_answer(draft, (whole,), draft.operation.parse({"messages": rows}))
    assert [(each.to, each.fate) for each in told] == [
        ("+61491570156", "accepted"),
        ("+61491570157", "unknown"),
    ]
    assert len({each.reference for each in told}) == 2


async def test_what_was_changed_after_the_price_is_not_sent(sender: Sender) -> None:
    quote = await sender.quote(texts(CUSTOMER))
    assert not quote.matches(texts(CUSTOMER, body="Other"))
    await sender.send(quote.confirm())
    with pytest.raises(SendRefused, match="sent before"):
        await sender.send(quote.confirm())


async def test_wrong_arguments_and_past_times_are_stopped_before_clicksend_is_asked(sender: Sender) -> None:
    with pytest.raises(InvalidInput, match="Messages must not be empty"):
        await sender.quote(OperationDraft("sms.send", {"messages": []}))
    late = {"messages": [{"to": CUSTOMER, "body": "Hi", "schedule": 1_000_000_000}]}
    with pytest.raises(InvalidInput, match="in the past"):
        await sender.quote(OperationDraft("sms.send", late))


async def test_what_has_no_price_says_why_and_wants_the_words(sender: Sender, world: World) -> None:
    draft = OperationDraft("account.verify_send", {"country": "AU", "user_phone": CUSTOMER, "type": "sms"})
    quote = await sender.quote(draft)
    assert quote.total is None
    assert quote.warnings[0] == draft.operation.unpriced
    with pytest.raises(SendRefused, match="price is not known"):
        quote.confirm()
    result = await sender.send(quote.confirm("price unknown"))
    assert (result.state, world.account.activation_token != "") == ("accepted", True)
    assert result.reply


async def test_a_number_costs_what_the_listing_says(sender: Sender, world: World) -> None:
    number, before = world.numbers.for_sale("AU")[3], world.account.balance
    draft = OperationDraft("numbers.buy", {"dedicated_number": number, "type": "sms"})
    quote = await sender.quote(draft)
    assert quote.total == Decimal("38.59")
    result = await sender.send(quote.confirm())
    assert [outcome.fate for outcome in result.outcomes] == ["accepted"]
    assert before - world.account.balance == quote.total
    assert world.numbers.get_rented(number)
    assert "does not offer" in (await sender.quote(draft)).refusal


async def test_the_rent_of_a_number_is_told_beside_what_is_due_at_once(sender: Sender, world: World) -> None:
    number = world.numbers.for_sale("AU")[3]
    quote = await sender.quote(OperationDraft("numbers.buy", {"dedicated_number": number, "type": "sms"}))
    assert quote.warnings == ("From then on it costs A$18.5900 every month, until it is given up.",)


async def test_credit_costs_what_its_package_does_and_the_balance_rises(
    sender: Sender, store: Store, world: World
) -> None:
    before = world.account.balance
    quote = await sender.quote(OperationDraft("recharge.purchase", {"package_id": 10}))
    known = store.account()
    assert known
    assert known.balance is not None
    assert (quote.total, quote.refusal) == (Decimal("5500.00"), "")
    assert quote.balance_after == known.balance + 5500
    assert (await sender.send(quote.confirm())).state == "accepted"
    assert world.account.balance == before + 5500


async def test_a_code_to_an_own_number_has_no_price(sender: Sender, world: World) -> None:
    draft = OperationDraft("numbers.own_numbers_request_otp", {"phone_number": CUSTOMER})
    quote = await sender.quote(draft)
    assert quote.warnings == ("ClickSend does not say what the message with the code costs.",)
    with pytest.raises(SendRefused):
        await sender.send(quote.confirm())
    result = await sender.send(quote.confirm("price unknown"))
    assert [outcome.fate for outcome in result.outcomes] == ["accepted"]
    assert [row["status"] for row in world.own_numbers if row["phone_number"] == CUSTOMER] == ["PENDING"]


async def test_credit_can_be_bought_when_there_is_none(sender: Sender, store: Store, world: World) -> None:
    world.account.balance = Decimal(0)
    store.write_now(save_account, account(at=int(SystemClock().now()), balance=Decimal(0)))
    quote = await sender.quote(OperationDraft("recharge.purchase", {"package_id": 2}))
    assert (quote.total, quote.balance_after, quote.currency.code) == (Decimal(50), Decimal(50), "AUD")
    assert quote.warnings == ("The stored card is charged at once, not the balance.",)
    assert (await sender.send(quote.confirm())).state == "accepted"
    assert world.account.balance == 50
    unlisted = await sender.quote(OperationDraft("recharge.purchase", {"package_id": 49}))
    assert "does not offer 49 any more" in unlisted.refusal


async def test_a_free_send_is_free_only_to_test_numbers(sender: Sender, world: World) -> None:
    assert (await sender.quote(texts("+61411111111"))).total == 0
    world.account.hides_prices = True
    assert (await sender.quote(texts(CUSTOMER))).total is None


def test_secrets_and_files_are_not_recorded_but_tie_the_quote() -> None:
    known = {
        **{"username": "ada", "user_phone": CUSTOMER, "user_email": "ada@example.com", "country": "AU"},
        **{"user_first_name": "Ada", "user_last_name": "L", "account_name": "Acme", "timezone": "UTC"},
    }
    one = OperationDraft("account.update", {**known, "password": "correct horse"})
    other = OperationDraft("account.update", {**known, "password": "battery staple"})
    assert one.record() == other.record()
    assert one.record()["arguments"]["password"] == MASK
    assert one.fingerprint != other.fingerprint
    assert "horse" not in repr(one)
