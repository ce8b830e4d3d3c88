"""Reminders of user names, and new passwords in place of forgotten ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.world import World


@pytest.fixture
def stranger(caller: Caller) -> Iterator[Caller]:
    stranger = Caller(caller.url, username="")
    yield stranger
    stranger.close()


def test_a_user_name_is_sent_to_its_owner(stranger: Caller, world: World) -> None:
    assert stranger.put("/forgot-username", email="mia@acme.example") == []
    stranger.put("/forgot-username", phone_number="0491 570 158", country="AU")
    stranger.put("/forgot-username", email="demo@acme.example")
    assert [(notice.to, notice.text) for notice in world.notices] == [
        ("mia@acme.example", "Your user name is acme-frontdesk."),
        ("+61491570158", "Your user name is acme-accounts."),
        ("demo@acme.example", "Your user name is demo."),
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"email": "mia@acme.example", "phone_number": "+61491570157"}, 400),
        ({"phone_number": "call me"}, 400),
        ({"email": "nobody@example.com"}, 404),
        ({"phone_number": "+61400000000"}, 404),
    ],
)
def test_a_reminder_needs_one_way_to_reach_somebody_known(
    stranger: Caller, world: World, body: dict[str, str], status: int
) -> None:
    assert stranger.ask("PUT", "/forgot-username", body).status_code == status
    assert world.notices == []


def test_a_new_password_is_set_with_the_code_that_was_sent(
    caller: Caller, stranger: Caller, world: World
) -> None:
    assert stranger.put("/forgot-password", username="acme-frontdesk") == []
    (notice,) = world.notices
    mia = next(one for one in world.account.subaccounts if one["api_username"] == "acme-frontdesk")
    assert (notice.to, notice.code in notice.text) == ("mia@acme.example", True)
    body = {"subaccount_id": mia["subaccount_id"], "activation_token": notice.code, "password": "fresh"}
    wrong = caller.ask("PUT", "/forgot-password/verify", {**body, "activation_token": "x"})
    nobody = caller.ask("PUT", "/forgot-password/verify", {**body, "subaccount_id": 1})
    assert (wrong.status_code, nobody.status_code) == (400, 404)
    assert stranger.ask("PUT", "/forgot-password/verify", body).status_code == 401
    assert caller.put("/forgot-password/verify", **body) == []
    signed_in = Caller(caller.url, "acme-frontdesk", "fresh")
    assert signed_in.get("/account")["_subaccount"]["subaccount_id"] == mia["subaccount_id"]
    signed_in.close()
    assert caller.ask("PUT", "/forgot-password/verify", body).status_code == 400


def test_a_code_for_one_user_sets_no_password_of_another(
    caller: Caller, stranger: Caller, world: World
) -> None:
    stranger.put("/forgot-password", username="acme-frontdesk")
    body = {
        "subaccount_id": world.account.main["subaccount_id"],
        "activation_token": world.notices[-1].code,
        "password": "fresh",
    }
    assert caller.ask("PUT", "/forgot-password/verify", body).status_code == 400


def test_nothing_is_sent_for_a_user_who_is_not_known(stranger: Caller, world: World) -> None:
    assert stranger.ask("PUT", "/forgot-password", {"username": "nobody"}).status_code == 404
    assert world.notices == []
