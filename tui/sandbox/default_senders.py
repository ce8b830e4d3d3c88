"""What messages come from that name no sender, and which kinds of sender a country allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.api.types import ProductKind, SenderKind
from tui.sandbox.answers import Refusal
from tui.sandbox.collection import Collection, Record, uuids
from tui.sandbox.countries import countries
from tui.sandbox.numbers import Status
from tui.sandbox.prices import WITHOUT_ALPHA_TAGS

if TYPE_CHECKING:
    from tui.sandbox.world import World

_STRATEGY = "default_sender_strategies[0]"
_LONG = re.compile(r"\+?\d{2,15}")
_FORMS = {
    SenderKind.SHORT_CODE: re.compile(r"\d{3,8}"),
    SenderKind.ALPHA_TAG: re.compile(r"(?=.*[A-Za-z+])[A-Za-z0-9+]{3,11}"),
    SenderKind.SHARED_LONG_CODE: re.compile(""),
}
_FROM_A_COUNTRY = frozenset(
    {SenderKind.OWN_NUMBER, SenderKind.LONG_CODE, SenderKind.TOLL_FREE, SenderKind.TEN_DIGIT_LONG_CODE}
)
"""Kinds whose country must be told."""
_NORTH_AMERICAN = (SenderKind.TEN_DIGIT_LONG_CODE, SenderKind.TOLL_FREE, SenderKind.SHORT_CODE)
_ELSEWHERE = (
    *(SenderKind.ALPHA_TAG, SenderKind.OWN_NUMBER, SenderKind.SHORT_CODE),
    *(SenderKind.LONG_CODE, SenderKind.SHARED_LONG_CODE),
)
_LONGEST_NOTE = 200


class DefaultSenders(Collection):
    """One default sender for each country that has any, with one strategy, as ClickSend allows."""

    def __init__(self, world: World) -> None:
        super().__init__("id", {}, ids=uuids(world.seed, "default senders"))
        self._world = world

    def open(self, values: Mapping[str, Any]) -> Record:
        """A new default sender. Refuses what is wrong, field by field."""
        country = str(values.get("country_code") or "").upper()
        problems = {}
        if country not in countries():
            problems["country_code"] = "Invalid country code"
        elif any(row["country_code"] == country for row in self):
            problems["country_code"] = "There is a default sender for this country already"
        if str(values.get("product_type")) not in set(ProductKind):
            problems["product_type"] = "Invalid product type"
        strategy = self._judged(values, country, problems)
        now = int(self._world.now)
        return self.create(
            {},
            country_code=country,
            product_type="SMS",
            default_sender_strategies=[strategy],
            created=now,
            updated=now,
        )

    def change(self, sender_id: str, values: Mapping[str, Any]) -> Record:
        """The default sender with another strategy."""
        strategy = self._judged(values, self.get(sender_id)["country_code"], {})
        return self.update(sender_id, {}, default_sender_strategies=[strategy], updated=int(self._world.now))

    def sender_for(self, country: str) -> str:
        """The sender of messages to a country that name none; empty if ClickSend chooses."""
        row = next((row for row in self if row["country_code"] == country), None)
        return str(row["default_sender_strategies"][0]["sender_id"]) if row else ""

    def _judged(self, values: Mapping[str, Any], country: str, problems: dict[str, str]) -> Record:
        """The strategy as it is stored. Refuses it and what was wrong before."""
        given = values.get("default_sender_strategies")
        if isinstance(given, list) and len(given) == 1 and isinstance(given[0], dict):
            problems |= self._problems(given[0], country)
        else:
            problems["default_sender_strategies"] = "Exactly one strategy is required"
        if problems:
            message = "Failed to process default sender"
            raise Refusal(400, "BAD_REQUEST", message, details=problems)
        strategy: Record = given[0]  # type: ignore[index]
        return {
            "sender_type": str(strategy["sender_type"]),
            "sender_id": str(strategy.get("sender_id") or ""),
            "sender_country_code": str(strategy.get("sender_country_code") or "").upper() or None,
            "priority": 1,
            "status": "ENABLED",
            "note": str(strategy.get("note") or "") or None,
        }

    def _problems(self, strategy: Record, country: str) -> dict[str, str]:
        kind, sender = str(strategy.get("sender_type")), str(strategy.get("sender_id") or "")
        if kind not in set(SenderKind):
            return {f"{_STRATEGY}.sender_type": "Invalid sender type"}
        found = {}
        if kind not in allowed_kinds(country):
            found[f"{_STRATEGY}.sender_type"] = f"This sender type is not allowed in {country}"
        if not _FORMS.get(SenderKind(kind), _LONG).fullmatch(sender):
            found[f"{_STRATEGY}.sender_id"] = "Invalid sender ID format"
        elif not self._is_ready(kind, sender):
            found[f"{_STRATEGY}.sender_id"] = "The sender ID is not yours or not ready to use"
        is_from_a_country = kind in _FROM_A_COUNTRY or sender.startswith("+1")
        if is_from_a_country and not strategy.get("sender_country_code"):
            found[f"{_STRATEGY}.sender_country_code"] = "The sender country code is required"
        if len(str(strategy.get("note") or "")) > _LONGEST_NOTE:
            found[f"{_STRATEGY}.note"] = f"The note may have {_LONGEST_NOTE} characters at most"
        return found

    def _is_ready(self, kind: str, sender: str) -> bool:
        match kind:
            case SenderKind.SHARED_LONG_CODE:
                return True
            case SenderKind.ALPHA_TAG:
                return self._world.alpha_tags.is_usable(sender)
            case SenderKind.OWN_NUMBER:
                return self._world.own_numbers.is_usable(f"+{sender.lstrip('+')}")
        row = self._world.numbers.get_rented(f"+{sender.lstrip('+')}")
        return (
            row is not None
            and row["number_type"] == kind
            and row["status"] in (Status.READY, Status.REGISTERED)
        )


def allowed_kinds(country: str) -> tuple[SenderKind, ...]:
    """The kinds of sender that may write to people in a country."""
    return _NORTH_AMERICAN if country in WITHOUT_ALPHA_TAGS else _ELSEWHERE


def compliance(country: str) -> dict[str, Any]:
    """The same as ClickSend tells it, with where such senders may be from."""
    allowed = allowed_kinds(country)
    return {
        "recipient_country_code": country,
        "blocked_sender_types": [str(kind) for kind in SenderKind if kind not in allowed],
        "allowed_sender_types": [
            {"sender_type": str(kind), "allowed_sender_countries": _origin(kind, country)} for kind in allowed
        ],
    }


def _origin(kind: SenderKind, country: str) -> dict[str, Any]:
    is_global = kind in (SenderKind.ALPHA_TAG, SenderKind.OWN_NUMBER, SenderKind.SHARED_LONG_CODE)
    return {"global": is_global, "country_codes": [] if is_global else [country]}
