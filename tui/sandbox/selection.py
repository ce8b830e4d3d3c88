"""The countries that an account has selected to send to, and whether it agreed to their rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import phonenumbers

from tui.sandbox.answers import bad_request
from tui.sandbox.countries import countries
from tui.sandbox.prices import PART_OF

REGISTRATION = {"US": 1, "CA": 1, "NZ": 2, "SG": 2}
"""1: the number must be registered; 2: the account must be."""
_REGIONS = {
    2: "Africa",
    3: "Europe",
    4: "Europe",
    5: "Americas",
    6: "Oceania",
    7: "Europe",
    8: "Asia",
    9: "Asia",
}
"""By the first digit of the country's calling code; of 1 there is America alone."""
_ASIAN = frozenset({60, 62, 63, 65, 66, 670, 673})


class CountrySelection:
    """The selected countries, in the order that ClickSend lists them."""

    def __init__(self, codes: Iterable[str], agreed_at: int | None) -> None:
        self._agreed: dict[str, int | None] = dict.fromkeys(sorted(codes), agreed_at)

    def is_selected(self, code: str) -> bool:
        """Whether messages may go there; places with the numbers of a larger country go with that."""
        return code in self._agreed or PART_OF.get(code, code) in self._agreed

    def replace(self, ids: object) -> None:
        """Select these countries and no others. Refuses ids that no country has."""
        codes = {str(row["id"]): str(row["code"]) for row in listed()}
        asked = [str(number) for number in ids] if isinstance(ids, list) else [""]
        if not set(asked) <= set(codes):
            raise bad_request({"country_list_ids": "The selected country list ids are invalid."})
        self._agreed = {code: self._agreed.get(code) for code in sorted(codes[number] for number in asked)}

    def agree(self, at: int) -> None:
        """Agree to the rules of all selected countries."""
        self._agreed = {code: agreed or at for code, agreed in self._agreed.items()}

    def rows(self) -> list[dict[str, Any]]:
        """The selected countries with their rules."""
        return [
            row | _rules(row["code"], self._agreed[row["code"]])
            for row in listed()
            if row["code"] in self._agreed
        ]


@cache
def listed() -> tuple[dict[str, Any], ...]:
    """Every country with the number that it is selected by."""
    return tuple(
        {"id": number, "name": name, "code": code, "region": _region(code)}
        for number, (code, name) in enumerate(countries().items(), 1)
    )


def _region(code: str) -> str:
    calling_code = phonenumbers.country_code_for_region(code)
    if calling_code in _ASIAN:
        return "Asia"
    return _REGIONS.get(int(str(calling_code)[0]), "Americas")


def _rules(code: str, agreed_at: int | None) -> dict[str, Any]:
    registration = REGISTRATION.get(code, 0)
    return {
        "agreed_at": agreed_at,
        "registration_entity": {"id": 8, "name": "Other"},
        "registration_status": {"id": 1, "name": "NOT_INITIATED"},
        "jotform_id": "",
        "sms_registration_type": registration,
        "block_registration": False,
        "block_leads": False,
        "trial_from_address": "",
        "restricted_sending": False,
        "trial_sending": 0,
        "trial_sending_description": "",
        "has_regulation_requirements": int(bool(registration)),
        "registration_steps_url": "",
        "regulation_requirements_description": "No gambling, no adult content, no personal messaging.",
    }
