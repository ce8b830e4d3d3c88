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
from tui.store import decisions
from tui.store.database import Store
from tui.store.decisions import done, reopen, set_unread, snooze, undo, wake
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
        [[(note.who, note.text) for note in store.notes(person)] for person in (ANA, BOB, CLEO)],
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


def test_snoozed_is_out_of_open_until_then(inbox: Store) -> None:
    inbox.write_now(snooze, [ANA, CLEO], NOON + 500, NOON)
    assert view(inbox, "open") == {BOB}
    assert view(inbox, "snoozed") == {ANA, CLEO}
    assert ANA not in view(inbox, "unread")
    assert inbox.next_wake() == NOON + 500
    assert inbox.write_now(wake, NOON + 499) == ()
    assert inbox.write_now(wake, NOON + 500) == (ANA, CLEO)
    assert view(inbox, "open") == {ANA, BOB, CLEO}
    assert inbox.next_wake() is None


def test_what_wakes_comes_to_the_top(inbox: Store) -> None:
    inbox.write_now(snooze, [ANA], NOON + 500, NOON)
    inbox.write_now(wake, NOON + 500)
    inbox.write_now(merge_messages, [outbound("C1", 5, CLEO, state="delivered")])
    row = inbox.conversations("open").page(0)[0]
    assert (row.counterpart, row.last_at) == (ANA, 2)


def test_whatever_they_write_wakes_it(inbox: Store) -> None:
    inbox.write_now(snooze, [ANA, BOB], NOON + 500, NOON)
    inbox.write_now(merge_messages, [inbound("A3", 9, read=True), outbound("B9", 9, BOB)])
    assert view(inbox, "snoozed") == {BOB}


def test_what_is_known_already_does_not_wake_it(inbox: Store) -> None:
    inbox.write_now(snooze, [ANA], NOON + 500, NOON)
    inbox.write_now(merge_messages, [inbound("A1", 1), inbound("A2", 2)], listed=True)
    assert view(inbox, "snoozed") == {ANA}


def test_waking_is_nothing_to_undo_and_undo_does_not_put_back_to_sleep_what_slept_later(inbox: Store) -> None:
    inbox.write_now(snooze, [ANA], NOON + 500, NOON)
    inbox.write_now(wake, NOON + 500)
    inbox.write_now(undo)
    assert ANA in view(inbox, "open")
    assert inbox.write_now(undo) is None


def test_claims_are_counted_as_mine(path: Path) -> None:
    mine, yours = Store(path, who="ana@desk"), Store(path, who="bob@desk")
    mine.write_now(merge_messages, [inbound("A1", 1), inbound("B1", 2, BOB)])
    mine.write_now(decisions.assign, [ANA, BOB], mine.who, NOON)
    yours.write_now(decisions.assign, [BOB], yours.who, NOON)
    assert (view(mine, "mine"), view(yours, "mine")) == ({ANA}, {BOB})
    assert (mine.counts().mine, yours.counts().mine) == (1, 1)
    assert mine.assignees() == ["ana@desk", "bob@desk"]
    mine.write_now(undo)
    assert view(mine, "mine") == set()
    assert yours.conversation(BOB).assignee == "bob@desk"  # type: ignore[union-attr]
    mine.close()
    yours.close()


def test_labels_are_the_same_in_capitals_or_not(inbox: Store) -> None:
    inbox.write_now(decisions.label, [ANA, BOB], NOON, add=[" Big  customer", "vip", "", " "])
    inbox.write_now(decisions.label, [ANA], NOON, add=["VIP"], remove=["big CUSTOMER"])
    assert inbox.conversation(ANA).labels == ("vip",)  # type: ignore[union-attr]
    assert inbox.labels() == [("Big customer", 1), ("vip", 2)]
    inbox.write_now(undo)
    assert inbox.conversation(ANA).labels == ("Big customer", "vip")  # type: ignore[union-attr]


def test_blocked_is_out_of_the_way_whatever_arrives(inbox: Store) -> None:
    inbox.write_now(decisions.block, [ANA], NOON)
    merged = inbox.write_now(merge_messages, [inbound("A3", NOON)], ring_after=1)
    assert merged.new == 1
    assert view(inbox, "blocked") == {ANA}
    assert all(ANA not in view(inbox, name) for name in ("open", "unread", "mine", "snoozed", "done"))
    assert ANA in view(inbox, "all")
    inbox.write_now(undo)
    assert ANA in view(inbox, "unread")


async def test_what_is_muted_or_blocked_does_not_ring(inbox: Store) -> None:
    rung: list[frozenset[str]] = []
    inbox.subscribe(lambda change: rung.append(change.of("arrived")))
    await inbox.write(decisions.mute, [ANA], NOON)
    await inbox.write(decisions.block, [BOB], NOON)
    rows = [inbound("A9", NOON), inbound("B9", NOON, BOB), inbound("C9", NOON, CLEO)]
    await inbox.write(merge_messages, rows, ring_after=1)
    assert rung[-1] == {CLEO}


def test_notes_are_kept_with_who_wrote_them(inbox: Store) -> None:
    inbox.write_now(decisions.add_note, [ANA, BOB], "Prefers calls ", NOON)
    note = inbox.notes(ANA)[0]
    assert (note.text, note.who, note.at) == ("Prefers calls", inbox.who, NOON)
    assert inbox.conversation(BOB).notes == 1  # type: ignore[union-attr]
    inbox.write_now(decisions.remove_note, note.id, NOON)
    assert inbox.notes(ANA) == []
    inbox.write_now(undo)
    assert inbox.notes(ANA) == [note]
    inbox.write_now(undo)
    assert inbox.notes(ANA) == inbox.notes(BOB) == []


def test_what_others_decided_since_stays(inbox: Store, path: Path) -> None:
    other = Store(path)
    inbox.write_now(decisions.assign, [ANA, BOB], "me@desk", NOON)
    inbox.write_now(decisions.label, [ANA], NOON, add=["one"])
    other.write_now(decisions.assign, [ANA], "you@desk", NOON)
    other.write_now(decisions.label, [ANA], NOON, add=["two"])
    inbox.write_now(undo)
    inbox.write_now(undo)
    row = inbox.conversation(ANA)
    assert row is not None
    assert (row.assignee, row.labels) == ("you@desk", ("two",))
    assert inbox.conversation(BOB).assignee == ""  # type: ignore[union-attr]
    other.close()


def test_decisions_outlive_the_messages(inbox: Store) -> None:
    inbox.write_now(decisions.assign, [CLEO], "ana@desk", NOON)
    inbox.write_now(decisions.block, ["+61455555555"], NOON)
    inbox.write_now(lambda tx: (tx.execute("DELETE FROM message"), tx.execute("DELETE FROM conversation")))
    inbox.write_now(merge_messages, [outbound("C1", 5, CLEO), inbound("S1", 6, "+61455555555")])
    assert inbox.conversation(CLEO).assignee == "ana@desk"  # type: ignore[union-attr]
    assert view(inbox, "blocked") == {"+61455555555"}


PEOPLE = st.lists(st.sampled_from([ANA, BOB, CLEO]), unique=True)
AT_ONCE: dict[str, Any] = {
    "done": lambda store, people: store.write_now(done, people, NOON, DUE),
    "reopen": lambda store, people: store.write_now(reopen, people, NOON),
    "unread": lambda store, people: store.write_now(set_unread, people, NOON),
    "snooze": lambda store, people: store.write_now(snooze, people, NOON + len(people), NOON),
    "claim": lambda store, people: store.write_now(decisions.assign, people, store.who, NOON),
    "release": lambda store, people: store.write_now(decisions.assign, people, "", NOON),
    "label": lambda store, people: store.write_now(decisions.label, people, NOON, add=["a", "B"]),
    "unlabel": lambda store, people: store.write_now(
        decisions.label, people, NOON, add=["c"], remove=["b", "x"]
    ),
    "mute": lambda store, people: store.write_now(decisions.mute, people, NOON),
    "block": lambda store, people: store.write_now(decisions.block, people, NOON),
    "unblock": lambda store, people: store.write_now(decisions.block, people, NOON, blocked=False),
    "note": lambda store, people: store.write_now(decisions.add_note, people, "Said so", NOON),
}
STEPS = st.tuples(st.sampled_from(["merge", *AT_ONCE]), PEOPLE)


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
            AT_ONCE[kind](store, people)
            check_views(store)
        for state in reversed(states):
            assert store.write_now(undo) is not None
            assert everything(store) == state
            check_views(store)
        assert store.write_now(undo) is None
        store.close()


def check_views(store: Store) -> None:
    """Each conversation is in exactly the views that its row says, and each view has so many."""
    rows = store.conversations("all").page(0)
    expected = {
        "open": {row.counterpart for row in rows if row.standing == "open"},
        "unread": {row.counterpart for row in rows if row.standing == "open" and row.unread},
        "mine": {row.counterpart for row in rows if row.standing == "open" and row.assignee == store.who},
        "snoozed": {row.counterpart for row in rows if row.standing == "snoozed"},
        "done": {row.counterpart for row in rows if row.standing == "done"},
        "blocked": {row.counterpart for row in rows if row.standing == "blocked"},
        "all": {row.counterpart for row in rows},
    }
    counts = store.counts()
    for name, people in expected.items():
        assert view(store, name) == people
        assert store.conversations(name).count() == len(people)  # type: ignore[arg-type]
        assert getattr(counts, "conversations" if name == "all" else name) == len(people)


EVENTS = st.one_of(
    STEPS,
    st.tuples(st.just("arrive"), PEOPLE),
    st.tuples(st.just("answer"), PEOPLE),
    st.tuples(st.just("wake"), PEOPLE),
    st.tuples(st.just("undo"), PEOPLE),
)


@PATIENT
@given(st.lists(EVENTS, max_size=15))
def test_views_hold_what_the_rows_say(events: list[tuple[str, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        for number, (kind, people) in enumerate(events):
            match kind:
                case "arrive" | "answer":
                    make = inbound if kind == "arrive" else outbound
                    store.write_now(
                        merge_messages, [make(f"{number}{key}", number + 1, key) for key in people]
                    )
                case "wake":
                    store.write_now(wake, NOON + len(people))
                case "undo":
                    store.write_now(undo)
                case "merge":
                    pass
                case _:
                    AT_ONCE[kind](store, people)
            check_views(store)
            for row in store.conversations("all").page(0):
                assert not (row.standing == "done" and row.unread)
                assert row.standing != "snoozed" or row.snoozed_until > 0
        store.close()
