"""What people decide, on many conversations at once, and taking it back step by step."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, cast

from tui.store import conversations, read_marks
from tui.store.board import Board, LocalBoard, Note, Standing
from tui.store.rows import Decision, Undone
from tui.store.transaction import Row, Transaction

_KEPT_SECONDS = 7 * 24 * 3600
"""How long a decision can be taken back."""

_FIELDS = tuple(field.name for field in fields(Standing) if field.name != "labels")

# Deciding


def done(tx: Transaction, counterparts: Sequence[str], at: int, mark_due_at: int) -> None:
    """Nothing more to do: read and out of Open at once, and marked read at ClickSend at `mark_due_at`."""
    unread = read_marks.unread(tx, counterparts)
    marks = [(id, mark_due_at) for _, id, direction, *_ in unread if direction == "in"]
    read = [(number, True, True) for number, *_ in unread]
    read_marks.add_marks(tx, marks)
    step = _decide(tx, counterparts, lambda now: replace(now, done=True, snoozed_until=0), read)
    _remember(tx, "done", at, step | {"messages": _read_before(unread), "marks": marks})


def reopen(tx: Transaction, counterparts: Sequence[str], at: int) -> None:
    """Back to Open, as read as it was: from Done, from Snoozed."""
    step = _decide(tx, counterparts, lambda now: replace(now, done=False, snoozed_until=0))
    _remember(tx, "reopen", at, step)


def set_unread(tx: Transaction, counterparts: Sequence[str], at: int) -> None:
    """Unread again here: the newest message from them, or else the newest at all. ClickSend is not told.

    Marks of that message that are still waiting are dropped: it is not read.
    """
    newest = read_marks.newest(tx, counterparts)
    waiting = read_marks.marks_of(tx, (row[1] for row in newest))
    read = [(number, False, True) for number, *_ in newest]
    read_marks.drop_marks(tx, waiting)
    step = _decide(tx, counterparts, lambda now: replace(now, done=False, snoozed_until=0), read)
    _remember(tx, "unread", at, step | {"messages": _read_before(newest), "marks": waiting})


def snooze(tx: Transaction, counterparts: Sequence[str], until: int, at: int) -> None:
    """Out of Open until then, or until something arrives. What is unread stays so."""
    step = _decide(tx, counterparts, lambda now: replace(now, done=False, snoozed_until=until))
    _remember(tx, "snooze", at, step)


def assign(tx: Transaction, counterparts: Sequence[str], assignee: str, at: int) -> None:
    """From now on these are the work of `assignee` ("ana@desk"); "" for nobody's."""
    step = _decide(tx, counterparts, lambda now: replace(now, assignee=assignee))
    _remember(tx, "assign", at, step)


def label(
    tx: Transaction,
    counterparts: Sequence[str],
    at: int,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> None:
    """Put labels on and take others off; a label is the same in capitals or not, and blank ones are none."""
    on, off = _labels(add), {name.casefold() for name in _labels(remove)}
    step = _decide(tx, counterparts, lambda now: replace(now, labels=_relabelled(now.labels, on, off)))
    _remember(tx, "label", at, step)


def mute(tx: Transaction, counterparts: Sequence[str], at: int, *, muted: bool = True) -> None:
    """Whether what arrives in these is announced."""
    step = _decide(tx, counterparts, lambda now: replace(now, muted=muted))
    _remember(tx, "mute", at, step)


def block(tx: Transaction, counterparts: Sequence[str], at: int, *, blocked: bool = True) -> None:
    """Spam: out of every view but All and Blocked, whatever arrives; or back to where it was."""
    step = _decide(tx, counterparts, lambda now: replace(now, blocked=blocked))
    _remember(tx, "block", at, step)


def add_note(tx: Transaction, counterparts: Sequence[str], text: str, at: int) -> None:
    """Write the same note down for each of these."""
    notes = [Note(uuid.uuid4().hex, key, at, tx.who, text.strip()) for key in dict.fromkeys(counterparts)]
    LocalBoard(tx).put_notes(notes)
    _remember(
        tx, "note", at, {"people": [note.counterpart for note in notes], "added": [n.id for n in notes]}
    )


def remove_note(tx: Transaction, id: str, at: int) -> None:
    """Take a note away."""
    board = LocalBoard(tx)
    gone = board.notes([id])
    board.drop_notes([id])
    removed = [asdict(note) for note in gone]
    _remember(tx, "remove note", at, {"people": [note.counterpart for note in gone], "removed": removed})


def wake(tx: Transaction, now: int) -> tuple[str, ...]:
    """Bring back to the top of Open what was snoozed until now; nobody's decision, so nothing to undo."""
    board = LocalBoard(tx)
    standings = board.standings(board.due(now))
    board.put({key: replace(s, snoozed_until=0, woken_at=now) for key, s in standings.items()})
    if standings:
        tx.changed("woken", *standings)
    return tuple(standings)


# Taking back


def undo(tx: Transaction) -> Undone | None:
    """Take back this console's last decision; None if there is none left.

    What came in since, or was decided otherwise since, stays as it is. A mark that ClickSend was given
    already cannot be taken back there.
    """
    row = tx.row(
        "SELECT id, kind, step FROM decision WHERE session = ? ORDER BY id DESC LIMIT 1", (tx.session,)
    )
    if row is None:
        return None
    tx.execute("DELETE FROM decision WHERE id = ?", row[:1])
    kind, step = cast(Decision, row[1]), json.loads(row[2])
    marked = _restore_marks(tx, kind, step.get("marks", ()))
    if messages := step.get("messages"):
        read_marks.set_read(tx, messages)
        conversations.refresh(tx, step["people"])
        tx.changed("messages")
    _restore(LocalBoard(tx), step)
    return Undone(kind, tuple(step["people"]), marked)


def _restore(board: Board, step: Mapping[str, Any]) -> None:
    changes = step.get("changes", {})
    now = board.standings(changes)
    board.put({key: _reversed(now[key], change) for key, change in changes.items()})
    board.drop_notes(step.get("added", ()))
    board.put_notes(Note(**note) for note in step.get("removed", ()))


def _restore_marks(tx: Transaction, kind: Decision, marks: Sequence[Sequence[Any]]) -> int:
    """Put waiting marks back as they were; the number of marks that were made at ClickSend meanwhile."""
    if kind == "unread":
        read_marks.add_marks(tx, marks)
        return 0
    return len(marks) - read_marks.drop_marks(tx, marks)


# Steps: what a decision changed


def _decide(
    tx: Transaction,
    counterparts: Sequence[str],
    change: Callable[[Standing], Standing],
    read: Iterable[Row] = (),
) -> dict[str, Any]:
    """Let these stand otherwise, and their messages be read or not, given as (number, read, decided).

    Returns what that changed, in the form in which it is remembered.
    """
    people = list(dict.fromkeys(counterparts))
    board = LocalBoard(tx)
    before = board.standings(people)  # first: what becomes unread wakes
    if rows := list(read):
        read_marks.set_read(tx, rows)
        conversations.refresh(tx, people)
        tx.changed("messages")
    after = {key: change(standing) for key, standing in before.items()}
    board.put({key: standing for key, standing in after.items() if standing != before[key]})
    return {"people": people, "changes": {key: _difference(before[key], after[key]) for key in people}}


def _difference(before: Standing, after: Standing) -> dict[str, Any]:
    """From what to what each field went; of labels, those put on and those taken off."""
    pairs: dict[str, Any] = {
        name: [getattr(before, name), getattr(after, name)]
        for name in _FIELDS
        if getattr(before, name) != getattr(after, name)
    }
    if before.labels != after.labels:
        pairs["labels"] = [sorted(after.labels - before.labels), sorted(before.labels - after.labels)]
    return pairs


def _reversed(now: Standing, change: Mapping[str, Any]) -> Standing:
    """How it stands without that change: what was changed again since stays."""
    pairs = dict(change)
    put_on, taken_off = pairs.pop("labels", ((), ()))
    back = {name: before for name, (before, after) in pairs.items() if getattr(now, name) == after}
    return replace(now, labels=_relabelled(now.labels, taken_off, put_on), **back)


def _labels(names: Iterable[str]) -> list[str]:
    return [tidy for name in names if (tidy := " ".join(name.split()))]


def _relabelled(labels: frozenset[str], on: Iterable[str], off: Iterable[str]) -> frozenset[str]:
    gone = {name.casefold() for name in off}
    kept = {name.casefold(): name for name in labels if name.casefold() not in gone}
    return frozenset(({name.casefold(): name for name in on} | kept).values())


def _read_before(messages: Iterable[Row]) -> list[Row]:
    # Numbers, not ids: an id changes when ClickSend gives its own.
    return [(number, read, decided) for number, _, _, read, decided in messages]


def _remember(tx: Transaction, kind: Decision, at: int, step: Mapping[str, Any]) -> None:
    tx.execute("DELETE FROM decision WHERE at < ?", (at - _KEPT_SECONDS,))
    tx.execute(
        "INSERT INTO decision (session, at, kind, step) VALUES (?, ?, ?, ?)",
        (tx.session, at, kind, json.dumps(step)),
    )
