"""E-mail templates, and ClickSend's own designs that they begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.sandbox.answers import bad_request, not_found
from tui.sandbox.collection import Collection, Record

_PICTURES = "https://templates.clicksend.example"
_ADDED = 1_458_182_912

CATEGORIES = {2: "Alerts", 3: "Art", 4: "Birthday", 8: "Newsletter", 23: "Blank Template"}
"""What designs are for, by number."""
_DESIGNS = (
    (1, "Minty", 8, "News from Acme"),
    (11, "Garden", 8, "This month in your garden"),
    (25, "Candles", 4, "Happy birthday, (First Name)"),
    (31, "Gallery", 3, "On show this month"),
    (44, "Notice", 2, "Your order"),
    (57, "Basic", 23, "Hello (First Name)"),
)


class EmailTemplates(Collection):
    """The account's own e-mail templates."""

    def __init__(self, first_id: int) -> None:
        blank = {"template_id_master": 0, "template_name": "", "body": ""}
        super().__init__("template_id", blank, first_id=first_id)

    def create(self, values: Mapping[str, Any], **computed: Any) -> Record:
        """A new template with the HTML of the design that it begins with. Refuses unknown designs."""
        master = design(values["template_id_master"])
        return super().create({**values, "body": master["body"]}, **computed)

    def update(self, number: object, values: Mapping[str, Any], **computed: Any) -> Record:
        """The template with another name or body; the design that it began with stays."""
        changed = {name: value for name, value in values.items() if name in ("template_name", "body")}
        if changed.get("template_name", "x") in (None, ""):
            raise bad_request({"template_name": "The template_name must not be empty."})
        return super().update(number, changed, **computed)


def designs(category_id: object = None) -> list[Record]:
    """ClickSend's designs, all of them or those for one purpose. Refuses unknown purposes."""
    known = None if category_id is None else category(category_id)["category_id"]
    return [_design(*row) for row in _DESIGNS if known is None or row[2] == known]


def design(number: object) -> Record:
    """The design with this number. Refuses with 404."""
    return _numbered(designs(), "template_id_master", number)


def categories() -> list[Record]:
    """What designs are for; a listing and a single answer have different words for the name."""
    return [{"category_id": n, "category_name": name, "name": name} for n, name in CATEGORIES.items()]


def category(number: object) -> Record:
    """The category with this number. Refuses with 404."""
    return _numbered(categories(), "category_id", number)


def _numbered(rows: list[Record], key: str, number: object) -> Record:
    for row in rows:
        if str(row[key]) == str(number):
            return row
    raise not_found()


def _design(number: int, name: str, category_id: int, heading: str) -> Record:
    pictures = f"{_PICTURES}/{name.lower()}/thumb"
    return {
        "template_id_master": number,
        "template_name": name,
        "category_id": category_id,
        "date_added": _ADDED + 86_400 * number,
        "body": f"<!DOCTYPE html><html><body><h1>{heading}</h1><p>Your text here.</p></body></html>",
        "thumbnail": {"small": f"{pictures}-small.jpg", "large": f"{pictures}-large.jpg"},
    }
