"""How ClickSend words an answer: the envelope around data, refusals, and the block that describes a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

R = TypeVar("R")

DEFAULT_LIMIT, MIN_LIMIT, MAX_LIMIT = 15, 15, 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers; `bare` leaves the envelope off."""

    data: Any
    message: str = "Here are your data."
    bare: bool = False
    status: int = 200
    """204 is a success without any content."""

    @property
    def content(self) -> Any:
        """The JSON body."""
        return self.data if self.bare else envelope(self.status, "SUCCESS", self.message, self.data)


class Refusal(Exception):
    """An operation that ClickSend does not carry out."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        data: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.content = envelope(status, code, message, data)
        if details:
            self.content["details"] = [
                {"field": field, "reason": reason} for field, reason in details.items()
            ]
        self.headers = dict(headers or {})


def envelope(status: int, code: str, message: str, data: Any) -> dict[str, Any]:
    """ClickSend's frame around every answer."""
    return {"http_code": status, "response_code": code, "response_msg": message, "data": data}


def not_found(message: str = "Record not found.") -> Refusal:
    """There is no such thing, or not any more."""
    return Refusal(404, "NOT_FOUND", message)


def bad_request(problems: Mapping[str, str]) -> Refusal:
    """The arguments cannot be used; what is wrong stands beside the name of each."""
    return Refusal(400, "BAD_REQUEST", " ".join(problems.values()), dict(problems))


def page(rows: Sequence[R], query: Mapping[str, str], render: Callable[[R], Any]) -> dict[str, Any]:
    """One page of rows; only the rows on it are rendered. A limit outside 15..100 is taken as the nearest.

    The page URLs are relative rubbish, as ClickSend's can be: nobody may follow them.
    """
    number, limit = max(1, _whole(query, "page", 1)), _limit(query)
    total, start = len(rows), (number - 1) * limit
    shown = [render(row) for row in rows[start : start + limit]]
    last = -(-total // limit)
    return {
        "total": total,
        "per_page": limit,
        "current_page": number,
        "last_page": last,
        "next_page_url": f"/?page={number + 1}" if number < last else None,
        "prev_page_url": f"/?page={number - 1}" if 1 < number <= last + 1 else None,
        "from": start + 1 if shown else None,
        "to": start + len(shown) if shown else None,
        "data": shown,
    }


def with_links(shown: dict[str, Any], path: str) -> dict[str, Any]:
    """The page as ClickSend's newer operations describe it: with the first, the last and every page's URL."""
    last, current = max(1, shown["last_page"]), shown["current_page"]

    def link(number: int | None, label: str) -> dict[str, Any]:
        usable = number is not None and 1 <= number <= last
        url = f"{path}?page={number}" if usable else None
        return {
            "url": url,
            "label": label,
            "page": number if usable else None,
            "active": label == str(current),
        }

    numbered = [link(number, str(number)) for number in range(1, last + 1)]
    return shown | {
        "first_page_url": f"{path}?page=1",
        "last_page_url": f"{path}?page={last}",
        "path": path,
        "links": [link(current - 1, "&laquo; Previous"), *numbered, link(current + 1, "Next &raquo;")],
    }


def _limit(query: Mapping[str, str]) -> int:
    return min(MAX_LIMIT, max(MIN_LIMIT, _whole(query, "limit", DEFAULT_LIMIT)))


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    return int(text) if text.isdecimal() else default
