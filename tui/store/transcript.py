"""A conversation as a file: everything that was said, with the notes about it, oldest first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from tui.core.clock import minute
from tui.store.board import Note
from tui.store.rows import Conversation, Message

Entry = Message | Note
Writer = Callable[[Conversation, Sequence[Message], Sequence[Note]], str]


def as_text(row: Conversation, messages: Sequence[Message], notes: Sequence[Note]) -> str:
    """For reading anywhere: times in the zone of this machine."""
    lines = [_heading(row), ""]
    for entry in _entries(messages, notes):
        lines += [_said(row, entry), *(f"    {line}" for line in _body(entry).split("\n")), ""]
    return "\n".join(lines)


def as_markdown(row: Conversation, messages: Sequence[Message], notes: Sequence[Note]) -> str:
    """The same as Markdown: what people wrote is quoted, and no sign in it is taken for a format."""
    lines = [f"# {_plain(_heading(row))}", ""]
    for entry in _entries(messages, notes):
        lines += [f"**{_plain(_said(row, entry))}**", ""]
        lines += [f"> {_plain(line)}  " for line in _body(entry).split("\n")]
        lines.append("")
    return "\n".join(lines)


def as_json(row: Conversation, messages: Sequence[Message], notes: Sequence[Note]) -> str:
    """For programs: times in UTC, money as text."""
    whole = {
        "number": row.counterpart,
        "name": row.name,
        "state": row.standing,
        "assignee": row.assignee,
        "labels": list(row.labels),
        "messages": [_message(each) for each in messages],
        "notes": [{"at": _utc(each.at), "who": each.who, "text": each.text} for each in notes],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


WRITERS: dict[str, Writer] = {".txt": as_text, ".md": as_markdown, ".json": as_json}
"""What writes a file, by the end of its name."""


def _entries(messages: Sequence[Message], notes: Sequence[Note]) -> Iterator[Entry]:
    entries: list[Entry] = [*messages, *notes]
    yield from sorted(entries, key=lambda entry: entry.at)


def _heading(row: Conversation) -> str:
    return f"{row.name}, {row.number}" if row.name else row.number


def _said(row: Conversation, entry: Entry) -> str:
    at = minute(entry.at)
    if isinstance(entry, Note):
        return f"{at}  note by {entry.who}"
    if entry.direction == "in":
        return f"{at}  {row.title}"
    return f"{at}  us, {entry.state}"


def _body(entry: Entry) -> str:
    return entry.text if isinstance(entry, Note) else entry.body


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~" else char for char in text)


def _message(message: Message) -> dict[str, str | int | None]:
    return {
        "id": message.id,
        "direction": message.direction,
        "at": _utc(message.at),
        "body": message.body,
        "state": message.state,
        "sender": message.sender,
        "parts": message.parts,
        "price": None if message.price is None else str(message.price),
    }


def _utc(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
