"""Listings whose pages have no numbers: each names the record that the next one begins with."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Record
from tui.sandbox.registry import Call
from tui.sandbox.search import ordered

_DEFAULT_SIZE = 10


class Slice:
    """The rows of one page, and the URLs of this and of the next one."""

    def __init__(self, call: Call, records: Iterable[Record], size_name: str, most: int) -> None:
        found = self._sorted(call, list(records))
        self.size = call.number(size_name, _DEFAULT_SIZE)
        if not 1 <= self.size <= most:
            raise bad_request({size_name: f"The {size_name} must be between 1 and {most}."})
        offset, ids = call.query.get("offset", ""), [_offset(row) for row in found]
        if offset and offset not in ids:
            raise bad_request({"offset": "The offset is invalid."})
        start = ids.index(offset) if offset else 0
        self.rows = found[start : start + self.size]
        self.self_url = f"{call.url}?{size_name}={self.size}"
        following = ids[start + self.size : start + self.size + 1]
        self.next_url = (
            f"{call.url}?offset={quote(following[0], safe='')}&{size_name}={self.size}" if following else None
        )

    def metadata(self) -> dict[str, object]:
        """The block that describes the page in answers without an envelope."""
        return {"pagination": {"self": self.self_url, "next": self.next_url, "page_size": self.size}}

    @staticmethod
    def _sorted(call: Call, found: list[Record]) -> list[Record]:
        by = call.query.get("sort_by", "created_timestamp").removesuffix("_timestamp")
        return ordered(found, f"{by}:{call.query.get('sort_direction', 'asc')}") if found else found


def _offset(row: Record) -> str:
    """ClickSend's offsets are two ids with a # between, which has to be encoded in a URL."""
    return f"{row['id']}#{row['created']}"
