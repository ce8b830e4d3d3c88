"""The machine's own time zone as a tzinfo that knows when clocks change, wherever the zone is configured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """What `datetime.astimezone()` takes for local, for arithmetic on wall-clock times of other days."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return self._at(when).utcoffset()

    def dst(self, when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, when: datetime | None) -> str | None:
        return self._at(when).tzname()

    def fromutc(self, when: datetime) -> datetime:
        return when.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)

    def _at(self, when: datetime | None) -> datetime:
        return (when.replace(tzinfo=None) if when is not None else datetime.now(UTC)).astimezone()
