"""Alpha tags, own numbers, default senders."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import ValidationError

from tui.api.models.senders import TagBusiness
from tui.api.types import OwnNumberStatus, ProductKind, Relationship, TagCountry, TagReason
from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.countries import countries
from tui.sandbox.cursors import Slice
from tui.sandbox.default_senders import compliance
from tui.sandbox.registry import Call, answers
from tui.sandbox.world import World

_TAG = re.compile(r"(?=.*[A-Za-z+])[A-Za-z0-9+]{3,11}")
_LONGEST_LABEL = 200
_MOST_TAGS, _MOST = 1000, 500


@answers("numbers.alpha_tags_list")
def alpha_tags_list(call: Call) -> Answer:
    found = Slice(call, call.world.alpha_tags, "page_size", _MOST_TAGS)
    rows = [_tag(call.world, row) for row in found.rows]
    return Answer({"alpha_tags": rows, "_metadata": found.metadata()}, bare=True)


@answers("numbers.alpha_tags_request")
def alpha_tags_request(call: Call) -> Answer:
    countries_asked = _judge_tag(call.body)
    return Answer(_tag(call.world, call.world.alpha_tags.request(call.body, countries_asked)), bare=True)


@answers("numbers.alpha_tags_get")
def alpha_tags_get(call: Call) -> Answer:
    return Answer(_tag(call.world, call.world.alpha_tags.get(call.path["alpha_tag_id"])), bare=True)


@answers("numbers.alpha_tags_delete")
def alpha_tags_delete(call: Call) -> Answer:
    call.world.alpha_tags.delete(call.path["alpha_tag_id"])
    return Answer({}, bare=True)


@answers("numbers.own_numbers_list")
def own_numbers_list(call: Call) -> Answer:
    wanted = {status.upper() for status in call.values("filter[status]")}
    if not wanted <= set(OwnNumberStatus):
        raise bad_request({"filter[status]": "The status must be PENDING, APPROVED or REJECTED."})
    numbers = (row for row in call.world.own_numbers if not wanted or row["status"] in wanted)
    found = Slice(call, numbers, "page_size", _MOST)
    rows = [_own(call.world, row) for row in found.rows]
    return Answer({"own_numbers": rows, "_metadata": found.metadata()}, bare=True)


@answers("numbers.own_numbers_get")
def own_numbers_get(call: Call) -> Answer:
    return Answer(_own(call.world, call.world.own_numbers.get(call.path["own_number_id"])), bare=True)


@answers("numbers.own_numbers_update")
def own_numbers_update(call: Call) -> Answer:
    numbers = call.world.own_numbers
    row = numbers.get(call.path["own_number_id"])
    if "label" in call.body:
        row = numbers.change(row["id"], _label(call))
    return Answer(_own(call.world, row), bare=True)


@answers("numbers.own_numbers_delete")
def own_numbers_delete(call: Call) -> Answer:
    return Answer(_own(call.world, call.world.own_numbers.delete(call.path["own_number_id"])), bare=True)


@answers("numbers.own_numbers_request_otp")
def own_numbers_request_otp(call: Call) -> Answer:
    number = _phone(call)
    label = _label(call) if call.body.get("label") is not None else ""
    return Answer(
        _verification(call.world.own_numbers.begin(number, phone.country_of(number), label)), bare=True
    )


@answers("numbers.own_numbers_verify_otp")
def own_numbers_verify_otp(call: Call) -> Answer:
    code = str(call.body["code"])
    found = call.world.own_numbers.verify(call.path["verification_id"], _phone(call), code)
    return Answer(_verification(found), bare=True)


@answers("numbers.default_senders_list")
def default_senders_list(call: Call) -> Answer:
    found = Slice(call, call.world.default_senders, "per_page", _MOST)
    rows = [_default(call.world, row) for row in found.rows]
    pages = {"per_page": found.size, "self_page_url": found.self_url, "next_page_url": found.next_url}
    return Answer({"data": rows, **pages}, "Default senders retrieved successfully")


@answers("numbers.default_senders_create")
def default_senders_create(call: Call) -> Answer:
    row = call.world.default_senders.open(call.body)
    return Answer(_default(call.world, row), "Operation completed successfully")


@answers("numbers.default_senders_get")
def default_senders_get(call: Call) -> Answer:
    row = call.world.default_senders.get(call.path["default_sender_id"])
    return Answer(_default(call.world, row), "Operation completed successfully")


@answers("numbers.default_senders_update")
def default_senders_update(call: Call) -> Answer:
    row = call.world.default_senders.change(call.path["default_sender_id"], call.body)
    return Answer(_default(call.world, row), "Operation completed successfully")


@answers("numbers.default_senders_delete")
def default_senders_delete(call: Call) -> Answer:
    call.world.default_senders.delete(call.path["default_sender_id"])
    return Answer(None, status=204)


@answers("numbers.compliant_sender_types")
def compliant_sender_types(call: Call) -> Answer:
    if call.query.get("filter[product_type]") not in set(ProductKind):
        raise bad_request({"filter[product_type]": "The product type must be SMS."})
    wanted = [code.upper() for code in call.values("filter[country_code]")] or list(countries())
    if unknown := [code for code in wanted if code not in countries()]:
        raise bad_request({"filter[country_code]": f"{unknown[0]} is not a country."})
    return Answer({"data": [compliance(code) for code in wanted]})


def _judge_tag(body: Any) -> list[str]:
    """The countries that a name is asked for in. Refuses a request that lacks something."""
    problems = {}
    if not _TAG.fullmatch(str(body["alpha_tag"])):
        problems["alpha_tag"] = "An alpha tag has 3 to 11 letters, digits or +, not digits alone."
    if body.get("reason") is not None and body["reason"] not in list(TagReason):
        problems["reason"] = "The reason is invalid."
    asked, businesses = body.get("countries"), body.get("businesses")
    if asked is not None and asked != [TagCountry.AUSTRALIA]:
        problems["countries"] = "The countries must be AU alone."
    if asked is not None or businesses is not None:
        problems |= _judge_businesses(businesses)
    if problems:
        raise bad_request(problems)
    return list(asked or [])


def _judge_businesses(businesses: object) -> dict[str, str]:
    if not isinstance(businesses, list) or len(businesses) != 1:
        return {"businesses": "Exactly one business is required."}
    try:
        business = TagBusiness.model_validate(businesses[0])
    except ValidationError as error:
        wrong = [".".join(map(str, item["loc"])) for item in error.errors(include_url=False)]
        return {f"businesses.0.{name}": f"The {name or 'business'} is missing or invalid." for name in wrong}
    on_behalf = business.business_relationship is Relationship.ON_BEHALF_OF_ANOTHER
    partner = {name: value for name, value in business if name.startswith("partner_")}
    return {
        f"businesses.0.{name}": f"The {name} field is {'required' if on_behalf else 'not allowed'}."
        for name, value in partner.items()
        if (value is None) is on_behalf
    }


def _phone(call: Call) -> str:
    home = str(call.body.get("country") or call.world.account.settings["country"])
    try:
        return phone.parse(str(call.body["phone_number"]), home)
    except InvalidInput:
        raise bad_request({"phone_number": "The phone number is invalid."}) from None


def _label(call: Call) -> str:
    label = str(call.body["label"] or "")
    if not 1 <= len(label) <= _LONGEST_LABEL:
        raise bad_request({"label": f"The label must have 1 to {_LONGEST_LABEL} characters."})
    return label


def _iso(at: int | None) -> str | None:
    return None if at is None else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _times(row: Record) -> dict[str, Any]:
    return {"created_timestamp": _iso(row["created"]), "updated_timestamp": _iso(row["updated"])}


def _owner(world: World) -> dict[str, str]:
    """Here ClickSend has ids of another kind for the account."""
    return {
        name: str(uuid5(NAMESPACE_URL, f"{name} {world.account.user_id}"))
        for name in ("account_id", "workspace_id", "user_id")
    }


def _tag(world: World, row: Record) -> dict[str, Any]:
    told = {name: row[name] for name in ("alpha_tag", "status", "reason", "countries")}
    return {"id": row["id"], **_owner(world), **told, **_times(row)}


def _own(world: World, row: Record) -> dict[str, Any]:
    told = {name: row[name] for name in ("phone_number", "country", "label", "status")}
    verified = {
        "verified_timestamp": _iso(row["verified"]),
        "notified_timestamp": None,
        "is_nearing_expiration": world.own_numbers.nears_expiry(row),
    }
    return {"id": row["id"], **_owner(world), **told, **verified, **_times(row)}


def _verification(row: Record) -> dict[str, Any]:
    told = {name: row[name] for name in ("id", "own_number_id", "status", "remaining_attempts")}
    return {**told, "expires_timestamp": _iso(row["expires"]), **_times(row)}


def _default(world: World, row: Record) -> dict[str, Any]:
    told = ("country_code", "product_type", "default_sender_strategies")
    return {
        "id": row["id"],
        "user_id": world.account.user_id,
        "subaccount_id": world.account.subaccount_id,
        **{name: row[name] for name in told},
        "status": "ENABLED",
        **_times(row),
    }
