"""A damaged file is set aside, and what only it had is saved."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.store.build import ANA, BOB, NOON, inbound, leaving, send
from tui.core.errors import DamagedStore, StoreError
from tui.store import decisions
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.kept_texts import keep_text
from tui.store.messages import merge_messages
from tui.store.outbox import outbox_add, outbox_update
from tui.store.repair import is_damaged, repair

PEOPLE = [f"+614{number:08}" for number in range(500)]


@pytest.fixture
def used(path: Path) -> Path:
    """A file in which much was said and something decided."""
    store = Store(path, who="ana@desk")
    rows = [inbound(f"M{n}", NOON + n, PEOPLE[n % 500], body=f"Message {n}") for n in range(2000)]
    store.write_now(merge_messages, rows, numbers={PEOPLE[0]: "+61 400 000 000"})
    store.write_now(decisions.done, [PEOPLE[1]], NOON, NOON)
    store.write_now(decisions.assign, [PEOPLE[2]], "ana@desk", NOON)
    store.write_now(decisions.label, [PEOPLE[2]], NOON, add=["billing"])
    store.write_now(decisions.add_note, [PEOPLE[2]], "Pays late", NOON)
    store.write_now(decisions.block, ["+61555"], NOON)
    store.write_now(save_draft, ANA, "Sorry to hear")
    store.write_now(keep_text, "reply", "hours", "We open at nine")
    store.write_now(outbox_add, send(), [leaving()])
    store.write_now(outbox_update, "box", "unknown", "The answer was lost.")
    store.close()
    return path


def overwrite(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def check_decisions(store: Store) -> None:
    row = store.conversation(PEOPLE[2])
    assert row is not None
    assert (row.assignee, row.labels, row.notes) == ("ana@desk", ("billing",), 1)
    assert store.draft(ANA) == "Sorry to hear"
    assert store.kept_texts("reply")[0].text == "We open at nine"
    assert store.outbox()[0].state == "unknown"


def test_a_whole_file_is_told_to_be_whole(used: Path) -> None:
    assert not is_damaged(used)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9])
def test_damage_in_the_middle(used: Path, part: float) -> None:
    size = used.stat().st_size
    overwrite(used, int(size * part) // 4096 * 4096, 3 * 4096)
    before = used.read_bytes()
    assert is_damaged(used)
    done = repair(used, NOON)
    assert done.aside.read_bytes() == before
    assert done.aside.parent == used.parent
    assert str(done.aside) in done.summary
    assert not is_damaged(used)
    store = Store(used, who="ana@desk")
    assert store.counts().conversations == len(
        {row.counterpart for row in store.conversations("all").page(0, 9999)}
    )
    assert done.saved["message"] > 500
    assert store.conversations("all", "message").count() > 0
    store.write_now(merge_messages, [inbound("NEW", NOON + 99999)])
    assert store.conversation(ANA).unread == 1  # type: ignore[union-attr]
    store.close()


def test_all_is_saved_of_a_file_that_only_seems_damaged(used: Path) -> None:
    done = repair(used, NOON)
    assert done.complete
    assert done.saved["message"] == 2001
    store = Store(used, who="ana@desk")
    check_decisions(store)
    assert store.counts().done == 1
    assert store.conversation(PEOPLE[0]).number == "+61 400 000 000"  # type: ignore[union-attr]
    assert store.counts().unknown == 1
    store.write_now(merge_messages, [inbound("S1", NOON, "+61555")])
    assert store.conversation("+61555").standing == "blocked"  # type: ignore[union-attr]
    store.close()


def test_a_truncated_file(used: Path) -> None:
    with used.open("r+b") as file:
        file.truncate(used.stat().st_size * 2 // 3)
    with pytest.raises(DamagedStore, match="damaged"):
        Store(used).conversations("all").page(0, 5000)
    assert not repair(used, NOON).complete
    store = Store(used)
    assert store.counts().conversations > 0
    store.close()


def test_a_file_that_is_no_database_leaves_an_empty_one(path: Path) -> None:
    path.write_bytes(b"These are not the bytes of a database. " * 100)
    done = repair(path, NOON)
    assert sum(done.saved.values()) == 0
    assert not done.complete
    assert done.aside.read_bytes().startswith(b"These are not")
    store = Store(path)
    assert store.counts().conversations == 0
    store.close()


def test_two_repairs_in_one_second_keep_both_files(path: Path) -> None:
    path.write_bytes(b"one" * 500)
    first = repair(path, NOON).aside
    path.write_bytes(b"two" * 500)
    second = repair(path, NOON).aside
    assert first.read_bytes().startswith(b"one")
    assert second.read_bytes().startswith(b"two")


def test_a_file_that_a_console_has_open_is_left_alone(used: Path) -> None:
    program = f"""
        from pathlib import Path
        from tui.store.database import Store
        store = Store(Path({str(used)!r}))
        print("open", flush=True)
        input()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as console:
        assert console.stdout is not None
        console.stdout.readline()
        with pytest.raises(StoreError, match="has the local database"):
            repair(used, NOON)
        console.communicate(b"\n")
    assert used.exists()


def test_a_file_of_the_first_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "versions/0001.sql").read_text())
    connection.close()
    repair(path, NOON)
    store = Store(path)
    row = store.conversation(BOB)
    assert row is not None
    assert row.done
    assert store.draft(ANA) == "Sorry to hear"
    assert [message.id for message in store.thread(ANA).page(0)] == ["O1", "box-0", "I1"]
    store.close()
