"""Done, open again, unread: at once here, later at ClickSend, and back step by step."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.build import ANA, BOB, CLEO, NOON, PATIENT, inbound, outbound
from tui.store.database import Store
from tui.store.decisions import done, reopen, set_unread, undo
from tui.store.messages import merge_messages
from tui.store.read_marks import marks_made
from tui.store.rows import PendingMark

DUE = NOON + 10
LONG_AFTER = NOON + 1000


@pytest.fixture
def inbox(store: Store) -> Store:
    rows = [inbound("A1", 1), inbound("A2", 2), inbound("B1", 3, BOB), outbound("B2", 4, BOB)]
    store.write_now(merge_messages, rows, listed=True)
    store.write_now(merge_messages, [outbound("C1", 5, CLEO)])
    return store


def everything(store: Store) -> Any:
    """All that a decision can change."""
    return (
        list(store.conversations("all").page(0)),
        [list(store.thread(person).page(0)) for person in (ANA, BOB, CLEO)],
        store.pending_marks(LONG_AFTER),
        store.counts(),
    )


def view(store: Store, name: str) -> set[str]:
    return {row.counterpart for row in store.conversations(name).page(0)}  # type: ignore[arg-type]


def test_done_leaves_open_and_reads_all(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    row = inbox.conversation(ANA)
    assert row is not None
    assert (row.done, row.unread) == (True, 0)
    assert view(inbox, "open") == {BOB}
    assert view(inbox, "done") == {ANA, CLEO}
    assert all(message.read for message in inbox.thread(ANA).page(0))


def test_clicksend_is_told_later_message_by_message(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    assert inbox.next_mark_due() == DUE
    assert inbox.pending_marks(DUE - 1) == []
    assert inbox.pending_marks(DUE) == [PendingMark("A1", DUE), PendingMark("A2", DUE)]
    inbox.write_now(marks_made, ["A1", "A2"])
    assert inbox.pending_marks(LONG_AFTER) == []
    assert inbox.next_mark_due() is None


def test_what_was_sent_and_what_was_read_needs_no_mark(inbox: Store) -> None:
    inbox.write_now(merge_messages, [inbound("C2", 6, CLEO, read=True)])
    inbox.write_now(done, [CLEO], NOON, DUE)
    assert inbox.pending_marks(LONG_AFTER) == []


def test_a_mark_waits_until_clicksend_lists_the_message(store: Store) -> None:
    store.write_now(merge_messages, [inbound("H1")])
    store.write_now(done, [ANA], NOON, DUE)
    assert store.pending_marks(LONG_AFTER) == []
    assert store.next_mark_due() is None
    store.write_now(merge_messages, [inbound("H1")], listed=True)
    assert store.pending_marks(LONG_AFTER) == [PendingMark("H1", DUE)]


def test_undo_before_the_mark_is_due_takes_it_back(inbox: Store) -> None:
    before = everything(inbox)
    inbox.write_now(done, [ANA, BOB], NOON, DUE)
    undone = inbox.write_now(undo)
    assert undone is not None
    assert (undone.decision, undone.counterparts, undone.marked) == ("done", (ANA, BOB), 0)
    assert everything(inbox) == before


def test_undo_after_the_mark_says_what_cannot_be_taken_back(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    inbox.write_now(marks_made, ["A1"])
    undone = inbox.write_now(undo)
    assert undone is not None
    assert undone.marked == 1
    assert inbox.conversation(ANA).unread == 2  # type: ignore[union-attr]


def test_undo_leaves_what_came_since(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    inbox.write_now(merge_messages, [inbound("A3", 9)])
    inbox.write_now(undo)
    assert inbox.conversation(ANA).unread == 3  # type: ignore[union-attr]


def test_undoing_open_again_does_not_hide_what_came_since(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    inbox.write_now(reopen, [ANA], NOON)
    inbox.write_now(merge_messages, [inbound("A3", 9)])
    inbox.write_now(undo)
    assert view(inbox, "open") >= {ANA}


def test_unread_marks_the_newest_message_from_them(inbox: Store) -> None:
    inbox.write_now(done, [BOB], NOON, DUE)
    inbox.write_now(set_unread, [BOB], NOON)
    assert [message.read for message in inbox.thread(BOB).page(0)] == [False, True]
    assert BOB in view(inbox, "open")
    assert BOB in view(inbox, "unread")
    assert inbox.pending_marks(LONG_AFTER) == []


def test_undoing_unread_puts_the_mark_back(inbox: Store) -> None:
    inbox.write_now(done, [BOB], NOON, DUE)
    before = everything(inbox)
    inbox.write_now(set_unread, [BOB], NOON)
    inbox.write_now(undo)
    assert everything(inbox) == before
    assert inbox.pending_marks(DUE) == [PendingMark("B1", DUE)]


def test_a_conversation_that_they_never_wrote_in_can_be_unread(inbox: Store) -> None:
    inbox.write_now(set_unread, [CLEO], NOON)
    assert CLEO in view(inbox, "unread")
    inbox.write_now(merge_messages, [outbound("C1", 5, CLEO, state="delivered")])
    assert CLEO in view(inbox, "unread")
    inbox.write_now(done, [CLEO], NOON, DUE)
    assert inbox.pending_marks(LONG_AFTER) == []


def test_nothing_to_undo(store: Store) -> None:
    assert store.write_now(undo) is None


def test_each_console_undoes_its_own_steps(inbox: Store, path: Path) -> None:
    other = Store(path)
    inbox.write_now(done, [ANA], NOON, DUE)
    other.write_now(done, [BOB], NOON, DUE)
    undone = inbox.write_now(undo)
    assert undone is not None
    assert undone.counterparts == (ANA,)
    assert inbox.write_now(undo) is None
    assert view(inbox, "done") == {BOB, CLEO}
    other.close()


def test_old_steps_are_forgotten(inbox: Store) -> None:
    inbox.write_now(done, [ANA], NOON, DUE)
    inbox.write_now(done, [BOB], NOON + 8 * 24 * 3600, DUE)
    assert inbox.write_now(undo) is not None
    assert inbox.write_now(undo) is None


def test_marks_survive_a_kill(inbox: Store, path: Path) -> None:
    program = f"""
        import os, signal
        from pathlib import Path
        from tui.store.database import Store
        from tui.store.decisions import done
        store = Store(Path({str(path)!r}))
        store.write_now(done, [{ANA!r}], {NOON}, {DUE})
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=Path(__file__).parents[2])
    assert ended.returncode == -9
    assert [mark.message_id for mark in inbox.pending_marks(DUE)] == ["A1", "A2"]
    assert ANA in view(inbox, "done")


STEPS = st.tuples(
    st.sampled_from(["done", "reopen", "unread", "merge"]),
    st.lists(st.sampled_from([ANA, BOB, CLEO]), unique=True),
)


@PATIENT
@given(st.lists(STEPS, max_size=12))
def test_undo_goes_all_the_way_back(steps: list[tuple[str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        rows = [inbound("A1", 1), inbound("A2", 2), inbound("B1", 3, BOB), outbound("C1", 4, CLEO)]
        store.write_now(merge_messages, rows, listed=True)
        states = []
        for kind, people in steps:
            if kind == "merge":  # what is known already comes again, as polls have it
                store.write_now(merge_messages, rows, listed=True)
                continue
            states.append(everything(store))
            if kind == "done":
                store.write_now(done, people, NOON, DUE)
            else:
                store.write_now(reopen if kind == "reopen" else set_unread, people, NOON)
        for state in reversed(states):
            assert store.write_now(undo) is not None
            assert everything(store) == state
        assert store.write_now(undo) is None
        store.close()
