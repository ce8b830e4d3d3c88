"""Names that messages come from: asked for, reviewed, approved or rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import Refusal
from tui.sandbox.collection import Collection, Record, uuids

if TYPE_CHECKING:
    from tui.sandbox.world import World

_REVIEWED_FOR = 120
"""Seconds; with ClickSend it takes about a day."""
_TOO_GENERAL = frozenset({"INFO", "SMS", "TEST", "ALERT", "NOTICE", "VERIFY", "BANK"})
"""Names that could be anybody's, which ClickSend rejects."""


class AlphaTags(Collection):
    """Alpha tags in order of creation."""

    def __init__(self, world: World) -> None:
        blank: dict[str, Any] = {"alpha_tag": "", "reason": None}
        super().__init__("id", blank, ids=uuids(world.seed, "alpha tags"))
        self._world = world

    def add(self, values: Mapping[str, Any], countries: list[str], status: str, at: int) -> Record:
        """A name in this state."""
        return self.create(values, status=status, countries=countries, created=at, updated=at)

    def request(self, values: Mapping[str, Any], countries: list[str]) -> Record:
        """Ask for a name, which is then reviewed. Refuses one that is there already."""
        name = str(values["alpha_tag"])
        if any(row["alpha_tag"].lower() == name.lower() for row in self):
            raise Refusal(400, "ALREADY_EXISTS", f"{name} has been requested already.")
        row = self.add(values, countries, "PENDING", int(self._world.now))
        self._world.agenda.add(int(self._world.now) + _REVIEWED_FOR, lambda at: _review(row, at))
        return row

    def is_usable(self, name: str) -> bool:
        """Whether the name is approved."""
        return any(row["alpha_tag"] == name and row["status"] == "APPROVED" for row in self)


def _review(row: Record, at: int) -> None:
    row["status"] = "REJECTED" if row["alpha_tag"].upper() in _TOO_GENERAL else "APPROVED"
    row["updated"] = at
