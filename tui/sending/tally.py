"""The recipients of a quote counted by what matters before a yes: countries, senders, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tui.sending.quote import CountryPrice, Line


@dataclass(slots=True)
class _Country:
    recipients: int = 0
    parts: int = 0
    total: Decimal | None = Decimal(0)


@dataclass(slots=True)
class Tally:
    """Counts that can be added up batch by batch: a large send keeps no line for each recipient."""

    size: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    senders: Counter[str] = field(default_factory=Counter)
    dearest: Decimal | None = None
    """The highest price of one message."""
    _countries: dict[str, _Country] = field(default_factory=dict)

    def add(self, lines: Iterable[Line]) -> None:
        """Count more recipients."""
        for line in lines:
            self.size += 1
            if line.sender:
                self.senders[line.sender] += 1
            if line.problem:
                self.problems[line.problem] += 1
            if not line.refused:
                self._add_to_country(line)
            if line.price is not None and (self.dearest is None or line.price > self.dearest):
                self.dearest = line.price

    def _add_to_country(self, line: Line) -> None:
        country = self._countries.setdefault(line.country, _Country())
        country.recipients += 1
        country.parts += line.parts or 0
        country.total = None if country.total is None or line.price is None else country.total + line.price

    @property
    def by_country(self) -> tuple[CountryPrice, ...]:
        """What goes to each country, the most expensive first."""
        found = [
            CountryPrice(code, each.recipients, each.parts, each.total)
            for code, each in self._countries.items()
        ]
        return tuple(sorted(found, key=lambda each: (-(each.total or 0), -each.recipients, each.country)))

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Tally:
        """The count of some recipients."""
        tally = cls()
        tally.add(lines)
        return tally
