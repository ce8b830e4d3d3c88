"""Moments, months and time zones."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import Kind, QueryAndBody, words

UnixTime = Annotated[int, Kind.TIME, words("Time", "Unix seconds, UTC.", 1793001600, ge=0)]
Since = Annotated[UnixTime, words("From", "Nothing older than this.")]
Until = Annotated[UnixTime, words("Until", "Nothing newer than this.")]
ReadBefore = Annotated[
    UnixTime, words("Older than", "Only what came before this moment; what came since stays unread.")
]
ReadBeforeInBoth = Annotated[ReadBefore, QueryAndBody]
"""A `ReadBefore` that is not to be overlooked: without it everything would be marked."""
Schedule = Annotated[
    UnixTime, Kind.SCHEDULE, words("Send at", "At most four months ahead. Left empty, it goes at once.")
]
UpdatedAfter = Annotated[UnixTime, words("Changed since", "Only what was changed after this moment.")]
Year = Annotated[int, words("Year", "Four digits.", 2026, ge=2000, le=2999)]
Month = Annotated[int, words("Month", "1 to 12.", 11, ge=1, le=12)]
Timezone = Annotated[str, Kind.TIMEZONE, words("Time zone", "As in the tz database.", "Australia/Melbourne")]
