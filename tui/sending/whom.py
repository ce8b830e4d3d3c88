"""What is wrong with recipients, each by itself and all together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sending.problem import Problem, warning
from tui.sending.products import Product, Reach
from tui.sending.recipient import Recipient

if TYPE_CHECKING:
    from tui.sending.draft import MessageDraft

_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]{2,}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_PARTS = {
    "address_name": "name",
    "address_line_1": "street",
    "address_city": "city",
    "address_state": "state",
    "address_postal_code": "postal code",
    "address_country": "country",
}
"""What every address needs, and what it is called."""
_STATES_OF = {"AU": "VIC", "US": "NY", "CA": "ON", "NZ": "Auckland", "GB": "Kent"}
"""What people write for the state or region."""
_POSTAL_CODES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "AU": (re.compile(r"\d{4}"), "four digits, like 3000"),
    "NZ": (re.compile(r"\d{4}"), "four digits, like 6011"),
    "US": (re.compile(r"\d{5}(-?\d{4})?"), "five digits, like 10001, or nine"),
    "CA": (re.compile(r"[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d"), "like K1A 0B1"),
    "GB": (re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"), "like SW1A 1AA"),
}
_TEST_CODES = frozenset({"11111", "22222", "33333"})
"""ClickSend's postal codes for tests, which are of no country."""
_NOBODY = {
    Reach.PHONE: "Type a phone number.",
    Reach.FAX: "Type a fax number.",
    Reach.EMAIL: "Type an e-mail address.",
    Reach.POST: "Type a postal address.",
}


def fault(product: Product, recipient: Recipient) -> str:
    """Why nothing can go to a recipient of this channel, and what to do; "" if something can."""
    match product.reach:
        case Reach.EMAIL:
            return email_fault(recipient.to)
        case Reach.POST:
            return address_fault(recipient.fields)
    try:
        phone.parse(recipient.to)
    except InvalidInput as error:
        return str(error)
    return ""


def email_fault(address: str) -> str:
    """Why this is no e-mail address, and what to do; "" if it is one."""
    if _EMAIL.fullmatch(address):
        return ""
    return f'"{address}" is no e-mail address. Type it like ada@example.com.'


def recipient_problems(draft: MessageDraft) -> Iterator[Problem]:
    """Nobody, too many, or somebody that nothing can go to."""
    product, count = draft.product, len(draft.recipients)
    if not count:
        yield Problem("to", f"No recipient. {_NOBODY[product.reach]}")
    if count > product.most:
        yield Problem(
            "to",
            f"{count} recipients: ClickSend takes {product.most} in one send. "
            "Put them on a list and send a campaign.",
        )
    for recipient in draft.recipients:
        if wrong := fault(product, recipient):
            where = f"{recipient.label}: " if recipient.line or product.reach is Reach.POST else ""
            yield Problem("to", f"{where}{wrong}")
    if product.as_a_whole and count > 1:
        yield warning(
            "to",
            f"One e-mail to all: each of the {count} recipients sees the others' addresses. "
            "Send it one by one, or use the hidden copy, if they are not to.",
        )


def address_fault(address: Mapping[str, str]) -> str:
    """Why nothing can be posted to an address in parts, and what to do; "" if something can."""
    missing = [words for name, words in _PARTS.items() if not address.get(name, "").strip()]
    country = address.get("address_country", "").strip().upper()
    if missing:
        like = f", like {_STATES_OF[country]}" if missing == ["state"] and country in _STATES_OF else ""
        return f"The address has no {' and no '.join(missing)}. Fill it in{like}."
    if not _COUNTRY.fullmatch(country) or not phone.is_country(country):
        return f'"{country}" is no country code. Type two letters, like AU.'
    known = _POSTAL_CODES.get(country)
    code = address["address_postal_code"].strip()
    if known and code not in _TEST_CODES and not known[0].fullmatch(code):
        return f'"{code}" is no postal code of {country}. It has {known[1]}.'
    return ""
