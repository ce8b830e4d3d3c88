"""Reminders and new passwords through the official client, and over HTTP where it has no method."""

from __future__ import annotations

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tui.sandbox.world import World


def test_a_forgotten_user_name_is_sent(sdk: Sdk, world: World) -> None:
    request = clicksend.ForgotUsernameRequest(email="mia@acme.example")
    assert sdk("forgot.username", forgot_username_request=request).data == []
    assert world.notices[-1].text == "Your user name is acme-frontdesk."


def test_a_forgotten_password_is_replaced(sdk: Sdk, raw: Raw, stage_url: str, world: World) -> None:
    request = clicksend.ForgotPasswordRequest(username="acme-frontdesk")
    assert sdk("forgot.password", forgot_password_request=request).data == []
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("forgot.password", forgot_password_request=clicksend.ForgotPasswordRequest(username="nobody"))
    number = next(one for one in sdk("subaccounts.list").data.data if one.api_username == "acme-frontdesk")
    body = {"subaccount_id": number.subaccount_id, "password": "fresh"}
    raw("forgot.password_verify", body={**body, "activation_token": world.notices[-1].code})
    mia = Sdk(stage_url, "fresh", username="acme-frontdesk")
    assert mia("account.get").data.subaccount.first_name == "Mia"
    mia.close()
