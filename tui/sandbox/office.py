"""What Acme's back office has: sub-accounts, a card and payments, customers and referrals."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from tui.sandbox.message import guid
from tui.sandbox.subaccounts import AREAS

if TYPE_CHECKING:
    from tui.sandbox.world import World

_DAY = 86_400
_STAFF = (
    ("acme-frontdesk", "Mia", "Nguyen", "+61491570157", ("contacts", "sms", "mms", "voice", "settings")),
    ("acme-accounts", "Tom", "Okafor", "+61491570158", ("billing", "reporting")),
    ("acme-webshop", "Online", "Shop", "+61491570159", ("sms", "email")),
)
_PAYMENTS = ((412, 500), (287, 500), (163, 1000), (59, 500))
"""Days ago and dollars."""
_CUSTOMERS = (
    ("bayside-dental", "Bayside Dental", "Grace", "Lim", "+61491570313", "115.000000"),
    ("harbour-cycles", "Harbour Cycles", "Jonas", "Weber", "+61491570804", "23.481200"),
)
_REFERRALS = ((640, 5), (215, 5))
"""Days ago and percent."""


def furnish(world: World) -> None:
    """Give the account of a business what its owner looks after."""
    chance = Random(world.seed)  # noqa: S311 - a world to look at, no secrets
    for username, first_name, last_name, number, areas in _STAFF:
        values = {"api_username": username, "first_name": first_name, "last_name": last_name}
        values |= {"email": f"{first_name.lower()}@acme.example", "phone_number": number}
        flags = {f"access_{area}": int(area in areas) for area in AREAS}
        world.account.subaccounts.open({**values, **flags}, guid(chance.getrandbits(128)))
    _pay(world, chance)
    _resell(world, chance)
    for days, percent in _REFERRALS:
        world.referrals.create(
            {
                "refered_user_id": chance.randrange(20_000, 30_000),
                "percentage_referral": percent,
                "date_referred": int(world.now) - days * _DAY,
            }
        )


def _pay(world: World, chance: Random) -> None:
    world.billing.card = {
        "display_number": "XXXX-XXXX-XXXX-1117",
        "expiry_month": 9,
        "expiry_year": 2031,
        "name": "Priya Raman",
    }
    for days, dollars in _PAYMENTS:
        world.billing.note(dollars, "AUD", int(world.now) - days * _DAY, chance.getrandbits(128))


def _resell(world: World, chance: Random) -> None:
    world.reseller.change(
        {
            "company_name": "Acme",
            "subdomain": "acme",
            "allow_public_signups": 1,
            "default_margin": 10,
            "default_margin_numbers": 20,
            "colour_navigation": "#2E7D32",
            "logo_url_dark": "https://acme.example/logo-dark.png",
            "logo_url_light": "https://acme.example/logo-light.png",
        }
    )
    for username, company, first_name, last_name, number, balance in _CUSTOMERS:
        user_id = chance.randrange(40_000, 60_000)
        customer = world.other(username, guid(chance.getrandbits(128)), user_id)
        details = {"account_name": company, "user_first_name": first_name, "user_last_name": last_name}
        details |= {"user_email": f"{first_name.lower()}@{username}.example", "user_phone": number}
        customer.account.update(details)
        customer.account.balance = Decimal(balance)
        customer.account.main["access_reseller"] = 0
        world.reseller.customers[user_id] = customer
