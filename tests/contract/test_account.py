"""The account, its numbers, countries, prices and statistics through the official client."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock


def send(sdk: Sdk, *numbers: str) -> None:
    messages = [clicksend.SendSmsRequestMessagesInner(body="Hi", to=number) for number in numbers]
    sdk("sms.send", send_sms_request=clicksend.SendSmsRequest(messages=messages))


def test_the_balance_falls_as_messages_are_sent(sdk: Sdk) -> None:
    before = sdk("account.get").data
    assert (before.balance, before.username, before.country) == ("1117.461060", "demo", "AU")
    assert (before.subaccount.api_username, before.currency.currency_prefix_d) == ("demo", "$")
    send(sdk, CUSTOMER, "+61491570157")
    assert Decimal(sdk("account.get").data.balance) == Decimal(before.balance) - Decimal("0.1584")


def test_a_wrong_key_is_refused(stage_url: str, caller: Caller) -> None:
    sdk = Sdk(stage_url, key="wrong")
    with pytest.raises(clicksend.exceptions.UnauthorizedException, match=r"Authorization failed\."):
        sdk("account.get")
    sdk.close()


def test_usage_and_statistics_grow_with_every_message(sdk: Sdk, clock: ManualClock) -> None:
    now = datetime.fromtimestamp(clock.now(), UTC)
    month = (str(now.year), str(now.month))
    used, counted = sdk("account.usage", *month).data, sdk("statistics.sms").data
    send(sdk, CUSTOMER, "+61491570199")
    clock.advance(60)
    after, recounted = sdk("account.usage", *month).data, sdk("statistics.sms").data
    assert after.sms_total.count == used.sms_total.count + 2
    assert Decimal(str(after.sms_total.price)) - Decimal(str(used.sms_total.price)) == Decimal("0.1584")
    assert recounted.total.outbound.count == counted.total.outbound.count + 2
    assert recounted.total.bounced.count == counted.total.bounced.count + 1
    assert recounted.total.inbound.count == counted.total.inbound.count + 1
    assert recounted.stats[-1].outbound.count == counted.stats[-1].outbound.count + 2
    assert recounted.stats[-1].var_date == calendar.timegm(now.date().timetuple())
    voice = sdk("statistics.voice").data
    assert sum(day.outbound.count for day in voice.stats) == voice.total.outbound.count
    assert len(voice.stats) == 30
    assert timedelta(seconds=voice.stats[-1].var_date - voice.stats[0].var_date) == timedelta(days=29)


def test_numbers_can_be_searched(sdk: Sdk) -> None:
    everything = sdk("numbers.list").data
    assert {number.country for number in everything.data} == {"AU", "US"}
    assert everything.data[0].status.name == "Ready to use"
    (american,) = sdk("numbers.list", q="country:US").data.data
    assert american.number_type == "10DLC"
    without = sdk("numbers.list", excluding_number_type="10DLC").data
    assert [number.country for number in without.data] == ["AU"]


def test_countries_and_prices(sdk: Sdk, raw: Raw) -> None:
    names = {country.code: country.value for country in sdk("countries.list").data}
    assert (names["AU"], names["NZ"], len(names) > 200) == ("Australia", "New Zealand", True)
    assert raw("countries.pricing", "AU", currency="AUD")["sms"]["price_rate_0"] == "0.0792"


def test_an_account_is_made_changed_and_activated(raw: Raw, stage_url: str) -> None:
    details = {
        "username": "ada",
        "password": "engine",
        "user_phone": "518-481-1001",
        "user_email": "ada@example.com",
        "user_first_name": "Ada",
        "user_last_name": "Lovelace",
        "account_name": "Engines",
        "country": "US",
    }
    made = raw("account.create", body=details)
    assert (made["user_phone"], made["active"]) == ("+15184811001", 0)
    ada = Raw(stage_url, "ada", made["_subaccount"]["api_key"])
    token = ada("account.verify_send", body={"type": "sms"})["activation_token"]
    assert ada("account.verify", token)["active"] == 1
    changed = ada("account.update", body=details | {"username": "augusta", "timezone": "Australia/Perth"})
    assert (changed["timezone"], changed["_subaccount"]) == ("Australia/Perth", None)
    ada.close()
    renamed = Raw(stage_url, "augusta", "engine")
    assert renamed("account.get")["account_name"] == "Engines"
    assert "SDK for go" in renamed.fetch(renamed("account.sdk_download", "go")["url"])
    renamed.close()
