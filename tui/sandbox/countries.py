"""The countries of the world by ISO code, with their English names."""

from __future__ import annotations

from functools import cache

import phonenumbers


def country_name(code: str) -> str:
    """The English name of a country; its code if it has none."""
    return countries().get(code, code)


@cache
def countries() -> dict[str, str]:
    """Every country that has phones, by name."""
    # Imported late: the table of all languages is large.
    from phonenumbers.geodata.locale import LOCALE_DATA

    def english(code: str) -> str:
        names = LOCALE_DATA.get(code, {})
        name = names.get("en", "")
        return names.get(name[1:], "") if name.startswith("*") else name

    named = {code: english(code) for code in phonenumbers.SUPPORTED_REGIONS}
    return dict(sorted(((code, name) for code, name in named.items() if name), key=lambda pair: pair[1]))
