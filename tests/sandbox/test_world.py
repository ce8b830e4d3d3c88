"""The invented world: repeatable, believable, and of the size asked for."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import Caller
from tui.core import phone
from tui.core.parts import measure
from tui.sandbox.clock import ManualClock
from tui.sandbox.message import Message
from tui.sandbox.people import index_of, person
from tui.sandbox.world import World


def everything(world: World) -> list[tuple[object, ...]]:
    return [
        (world.messages.id_of(m), m.outbound, m.at, m.number, m.sender, m.body, m.status, m.price)
        for m in world.messages
    ]


def outbound(world: World) -> list[Message]:
    return [message for message in world.messages if message.outbound]


def test_the_same_seed_makes_the_same_world() -> None:
    one, same = (World(seed=5, messages=600, clock=ManualClock()) for _ in range(2))
    assert everything(one) == everything(same)
    assert list(one.contacts) == list(same.contacts)
    assert list(one.campaigns) == list(same.campaigns)
    other = World(seed=6, messages=600, clock=ManualClock())
    assert everything(one) != everything(other)


def test_what_was_sent_at_once_was_due_when_it_left() -> None:
    assert all(message.schedule == message.at for message in outbound(World(clock=ManualClock())))


def test_times_are_relative_to_the_clock() -> None:
    later = ManualClock()
    later.advance(86_400)
    today, tomorrow = World(clock=ManualClock()), World(clock=later)
    assert [message.at + 86_400 for message in today.messages] == [
        message.at for message in tomorrow.messages
    ]


def test_the_default_world_is_a_business_at_work(world: World) -> None:
    numbers = {message.number for message in world.messages}
    assert 380 <= len(world.messages) <= 500
    assert 55 <= len(numbers) <= 70
    assert {message.country for message in world.messages} == {"AU", "NZ", "US", "GB"}
    assert len(world.contacts) >= 150
    assert len(world.templates) == 6
    assert len(world.campaigns) == 6
    assert 10 <= len({world.messages[n].number for n in world.inbound.unread()}) <= 14
    bodies = [message.body for message in world.messages]
    assert "STOP" in bodies
    assert any(message.status == "Failed" for message in outbound(world))
    assert any("👨‍👩‍👧‍👦" in body for body in bodies)
    assert any(measure(body).encoding == "Unicode" and measure(body).parts >= 5 for body in bodies)


def test_parts_and_prices_of_the_past_are_right(world: World) -> None:
    for message in outbound(world):
        assert message.parts == measure(message.body).parts
        assert message.price > 0


@pytest.mark.parametrize("messages", [1, 10, 100, 1_000, 20_000])
def test_a_world_has_about_as_many_messages_as_asked_for(messages: int) -> None:
    world = World(messages=messages, clock=ManualClock())
    assert messages <= len(world.messages) <= max(messages + 70, messages * 1.2)
    world.clock.advance(600)  # type: ignore[attr-defined]
    world.catch_up()


def test_an_account_without_messages_has_nothing(clock: ManualClock) -> None:
    world = World(messages=0, clock=clock)
    clock.advance(86_400)
    world.catch_up()
    owned = (
        world.messages,
        world.lists,
        world.contacts,
        world.templates,
        world.campaigns,
        world.inbound_rules,
    )
    assert [len(things) for things in owned] == [0] * len(owned)
    assert world.numbers == {}


def test_without_rules_there_is_a_history_but_nothing_to_poll(clock: ManualClock) -> None:
    world = World(clock=clock, rules=False)
    assert (len(world.inbound_rules), len(world.receipt_rules)) == (0, 0)
    assert (world.inbound.unread(), world.receipts.unread()) == ([], [])
    assert len(world.messages) > 300


@pytest.mark.parametrize("seed", [0, 1, 9, -3])
def test_people_have_numbers_of_their_own_in_their_country(seed: int) -> None:
    everyone = [person(index, seed) for index in [*range(400), *range(124_000, 124_400)]]
    assert len({who.number for who in everyone}) == len(everyone)
    for who in everyone:
        assert phone.parse(who.number) == who.number
        assert phone.country_of(who.number) == who.country


def test_a_number_tells_whose_it_is() -> None:
    for index in (0, 1, 6, 8, 199, 124_999):
        assert index_of(person(index).number) == index
    assert index_of("+61400000000") is None
    assert index_of("ACME") is None


def test_names_are_diverse() -> None:
    people = [person(index) for index in range(104)]
    assert len({who.first_name for who in people}) > 40
    assert len({(who.first_name, who.last_name) for who in people}) > 95


def test_the_account_is_as_the_console_expects_it(caller: Caller) -> None:
    account = caller.get("/account")
    assert (account["username"], account["account_name"], account["country"]) == ("demo", "Acme", "AU")
    assert account["balance"] == "1117.461060"
    assert float(account["low_credit_amount"]) > 0
    assert account["_subaccount"]["api_key"] == "demo"
    assert {row["country"] for row in caller.get("/numbers")["data"]} == {"AU", "US"}


def test_an_empty_list_of_numbers_comes_without_data(caller: Caller) -> None:
    page = caller.get("/numbers", q="country:NZ")
    assert "data" not in page
    assert (page["total"], page["_currency"]) == (0, None)


def test_prices_are_told_in_every_currency(caller: Caller) -> None:
    price = caller.get("/pricing/nz", currency="AUD")
    assert (price["sms"]["price_rate_0"], price["_currency"]["currency_prefix_d"]) == ("0.1250", "$")
    assert caller.get("/pricing/NZ", currency="NZD")["sms"]["price_rate_0"] == "0.1362"
    assert caller.ask("GET", "/pricing/XX", currency="AUD").status_code == 404
    assert caller.ask("GET", "/pricing/NZ", currency="XXX").status_code == 400
