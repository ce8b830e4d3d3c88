"""Sub-accounts through the official client."""

from __future__ import annotations

import clicksend
import pytest

from tests.contract.driver import Sdk
from tui.sandbox.world import World


def create(sdk: Sdk, **more: object) -> clicksend.Subaccount:
    request = clicksend.CreateSubaccountRequest(
        api_username="ada",
        password="engine",
        email="ada@example.com",
        phone_number="+61491570156",
        first_name="Ada",
        last_name="Lovelace",
        **more,
    )
    return sdk("subaccounts.create", create_subaccount_request=request).data


def test_a_subaccount_lives_and_ends(sdk: Sdk, world: World) -> None:
    made = create(sdk, access_billing=0, notes="Engines")
    assert (made.access_billing, made.access_contacts, made.is_main, made.notes) == (0, 1, 0, "Engines")
    number = str(made.subaccount_id)
    assert sdk("subaccounts.get", number).data == made
    assert sdk("subaccounts.list").data.data[-1] == made
    request = clicksend.UpdateSubaccountRequest(access_sms=0, email="augusta@example.com")
    changed = sdk("subaccounts.update", number, update_subaccount_request=request).data
    assert (changed.access_sms, changed.email, changed.first_name) == (0, "augusta@example.com", "Ada")
    kept = world.account.subaccounts.get(number)
    assert (kept["access_sms"], kept["email"]) == (0, "augusta@example.com")
    assert sdk("subaccounts.delete", number).data is True
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("subaccounts.get", number)
    assert all(one["api_username"] != "ada" for one in world.account.subaccounts)


def test_a_subaccount_is_held_to_its_permissions(sdk: Sdk, stage_url: str, world: World) -> None:
    made, before = create(sdk, access_billing=0), world.account.balance
    ada = Sdk(stage_url, made.api_key, username="ada")
    assert ada("account.get").data.subaccount.api_username == "ada"
    with pytest.raises(clicksend.exceptions.ForbiddenException, match="access_billing"):
        ada("recharge.purchase", "1")
    ada.close()
    assert world.account.balance == before


def test_a_renewed_key_replaces_the_one_before(sdk: Sdk, stage_url: str, world: World) -> None:
    made = create(sdk)
    key = sdk("subaccounts.regen_api_key", str(made.subaccount_id)).data.api_key
    assert world.account.subaccounts.get(made.subaccount_id)["api_key"] == key
    stale, fresh = (Sdk(stage_url, secret, username="ada") for secret in (made.api_key, key))
    with pytest.raises(clicksend.exceptions.UnauthorizedException):
        stale("account.get")
    assert fresh("account.get").data.subaccount.api_key == key
    stale.close()
    fresh.close()
