"""A reseller: what its site looks like, and the accounts of its customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import Refusal, not_found
from tui.sandbox.collection import Collection, Record

if TYPE_CHECKING:
    from tui.sandbox.world import World

SETTINGS: dict[str, Any] = {
    "company_name": "",
    "subdomain": "",
    "allow_public_signups": 0,
    "default_margin": 0,
    "default_margin_numbers": 0,
    "trial_balance": 0,
    "colour_navigation": "",
    "logo_url_dark": "",
    "logo_url_light": "",
}
_PRIVATE = ("default_margin", "default_margin_numbers", "trial_balance", "subdomain")
"""What the public is not told, or knows already."""


class Reseller:
    """What an account that resells has; an account that does not has no settings and no customers."""

    def __init__(self, user_id: int) -> None:
        self._settings = Collection("reseller_user_id", SETTINGS, first_id=user_id)
        self.customers: dict[int, World] = {}
        """By the number of their accounts."""

    @property
    def settings(self) -> Record | None:
        """What it sets for its customers; None until it does."""
        return next(iter(self._settings), None)

    @property
    def public_settings(self) -> Record:
        """What anybody is told who knows the subdomain."""
        return {name: value for name, value in (self.settings or {}).items() if name not in _PRIVATE}

    def change(self, values: Mapping[str, Any]) -> Record:
        """The settings with these replaced."""
        present = self.settings
        if present is None:
            return self._settings.create(values)
        return self._settings.update(present["reseller_user_id"], values)

    def customer(self, user_id: object) -> World:
        """The world of one customer. Refuses with 404."""
        text = str(user_id)
        found = self.customers.get(int(text)) if text.isdecimal() else None
        if found is None:
            raise not_found("Client account not found.")
        return found

    def check_public_sign_up(self) -> None:
        """Refuse a stranger, unless the reseller lets anybody sign up."""
        if not (self.settings or SETTINGS)["allow_public_signups"]:
            raise Refusal(403, "FORBIDDEN", "This reseller does not allow public signups.")
