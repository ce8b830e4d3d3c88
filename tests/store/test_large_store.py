"""A store that is written at once for measuring holds what merging the same messages leaves."""

from __future__ import annotations

from pathlib import Path

from tests.bench.killed import content
from tests.bench.large_store import contacts, copied, invented
from tui.store.contacts import merge_contacts, merge_lists
from tui.store.database import Store
from tui.store.messages import merge_messages
from tui.store.rows import ContactList

MESSAGES = 400


def test_what_is_written_at_once_is_what_merging_leaves(tmp_path: Path) -> None:
    known = contacts(MESSAGES)
    merged = Store(tmp_path / "merged.db")
    merged.write_now(merge_lists, [ContactList(1, "Everybody", len(known))])
    merged.write_now(merge_contacts, 1, known)
    merged.write_now(merge_messages, list(invented(MESSAGES)))
    copied(tmp_path / "kept", MESSAGES, tmp_path / "copy" / "made.db")
    made = Store(tmp_path / "copy" / "made.db")
    assert content(made.path) == content(merged.path)
    assert made.counts() == merged.counts()
    for words in ("appointment", "ref1*", "grace", "0400"):
        rows = [store.conversations("all", words).page(0) for store in (made, merged)]
        assert rows[0] == rows[1]
        assert rows[0]
    made.close()
    merged.close()
