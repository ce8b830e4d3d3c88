"""Kills consoles at random moments, and holds what they leave against what was shown and must be.

python -m tests.bench.killed --during sync migration triage --kills 200 --messages 5000
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.sync import read_all, sandbox
from tests.store.build import NOON, inbound
from tests.store.test_migrations import VERSIONS, load
from tui.core.words import searchable
from tui.store import decisions, facts
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.file import backup_path
from tui.store.messages import merge_messages
from tui.store.migrations import MIGRATIONS, schema_version

LONGEST = 1.5
"""Seconds after which a sync is killed at the latest."""
TRIAGED = 0.6
"""The same for triage."""
Content = dict[str, list[tuple[object, ...]]]
_KEPT = {
    "message": "id, counterpart, direction, body, at, state, price, parts, sender, read, listed",
    "conversation": "counterpart, number, name, last_at, preview, last_direction, last_state, unread, done",
    "early_receipt": "message_id, state",
    "contact": "list_id, id, phone, name",
    "contact_list": "id, name, count",
    "campaign": "id, name, status",
    "template": "id, name, body",
    "rule": "kind, id, action, position",
}
"""What must be the same in the end, however it came there."""


def content(path: Path) -> Content:
    """What a store holds, in an order of its own."""
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: sorted(file.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in _KEPT.items()
        }


def is_complete(path: Path) -> bool:
    """Whether all of history was read."""
    store = Store(path)
    with closing(store):
        return bool(store.fact(facts.HISTORY_THROUGH)) and not store.fact(facts.HISTORY_REST)


async def sync(url: str, path: Path, tell: int | None) -> None:
    """Sync until every poll has been answered and nothing is left; `tell` is told what was shown as saved."""
    store = Store(path)
    with closing(store), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as shown:

        def show(_change: object) -> None:
            if tell is not None:
                count = shown.execute("SELECT count(*) FROM message").fetchone()[0]
                os.write(tell, f"{count}\n".encode())

        store.subscribe(show)
        await read_all(url, store)


def killed(run: Callable[[int], None], chance: random.Random, longest: float) -> list[bytes]:
    """Let a process run, kill it at a random moment, and return the whole lines that it told by then.

    The moment is at most `longest` seconds from the first line, or from the start if it tells nothing.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            run(write)
        finally:
            os._exit(0)
    os.close(write)
    told, end = b"", time.monotonic() + chance.uniform(0.01, longest)
    while (left := end - time.monotonic()) > 0 and select.select([read], [], [], left)[0]:
        if not (more := os.read(read, 65536)):
            break
        told += more
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 65536):
        told += more
    os.close(read)
    return [line for line in told.split(b"\n")[:-1] if line]


def differing(found: Content, expected: Content) -> str:
    """The tables that are not alike; "" if all are."""
    return ", ".join(table for table in expected if found[table] != expected[table])


# Sync


def during_sync(kills: int, messages: int, chance: random.Random) -> str:
    """Kill so many syncs; raises AssertionError when one leaves something else than it should."""
    syncs, times = 1, 0
    with sandbox(messages, 0) as url, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.sqlite3"
        asyncio.run(sync(url, whole, None))
        expected = content(whole)
        path = Path(folder) / "killed.sqlite3"
        for times in range(1, kills + 1):
            told = killed(lambda tell, path=path: asyncio.run(sync(url, path, tell)), chance, LONGEST)  # type: ignore[misc]
            shown = int(told[-1]) if told else 0
            kept = len(content(path)["message"]) if shown else 0
            assert kept >= shown, f"kill {times}: {shown} messages were shown, {kept} are there"
            if times == kills or (shown and is_complete(path)):
                asyncio.run(sync(url, path, None))
                wrong = differing(content(path), expected)
                assert not wrong, f"kill {times}: {wrong} differ"
                path, syncs = Path(folder) / f"killed{times}.sqlite3", syncs + 1
    return f"{times} kills in {syncs - 1} syncs of {messages:,} messages: nothing lost, all ended alike"


# Migration


def old_store(version: Path, messages: int, path: Path) -> None:
    """A file of an earlier version with so many messages more than the one that is kept for tests."""
    load(version, path)
    with closing(sqlite3.connect(path)) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(message)")]
        given = {
            "number": "NULL",
            "id": "'K' || value",
            "body": "body || ' needle ' || value",
            "at": "at + value",
        }
        file.create_function("searchable", 1, searchable, deterministic=True)
        file.execute(
            f"INSERT INTO message SELECT {', '.join(given.get(name, name) for name in columns)}"
            " FROM message JOIN (WITH RECURSIVE n (value) AS"
            " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)"
            " WHERE id = 'O1'",
            (messages,),
        )
        file.commit()


def during_migration(kills: int, messages: int, chance: random.Random) -> str:
    """Kill as many consoles that bring a file of an earlier version to this one."""
    moved, interrupted = 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "killed.sqlite3"
        old, expected, longest = {}, {}, {}
        for version in VERSIONS[:-1]:
            old[version] = folder / f"{version.stem}.sqlite3"
            old_store(version, messages, old[version])
            shutil.copyfile(old[version], path)
            began = time.monotonic()
            Store(path).close()
            longest[version], expected[version] = time.monotonic() - began, content(path)
        version = VERSIONS[0]
        for times in range(1, kills + 1):
            if not moved or schema(path) == len(MIGRATIONS):
                version, moved = chance.choice(VERSIONS[:-1]), moved + 1
                _clear(path)
                shutil.copyfile(old[version], path)
            killed(lambda _: Store(path).close(), chance, longest[version] * 1.2)
            stands = schema(path)
            assert stands in (int(version.stem), len(MIGRATIONS)), f"kill {times}: version {stands}"
            interrupted += stands != len(MIGRATIONS)
            if stands == len(MIGRATIONS) or times == kills:
                store = Store(path)
                assert store.conversations("all", f"needle {messages}").count() == 1
                store.close()
                wrong = differing(content(path), expected[version])
                assert not wrong, f"kill {times}: {wrong} differ"
                copy = backup_path(path, int(version.stem))
                assert messages_in(copy) == messages_in(old[version]), f"kill {times}: the copy is not whole"
    return (
        f"{kills} kills of consoles that moved {moved} files of {messages:,} messages to version"
        f" {len(MIGRATIONS)}, {interrupted} before that was done: nothing lost, all ended alike"
    )


def schema(path: Path) -> int:
    """The version of a file that is whole."""
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return schema_version(file)


def messages_in(path: Path) -> list[tuple[object, ...]]:
    """The messages of a file of whichever version."""
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT id, body, at, state, read FROM message ORDER BY id").fetchall()


def _clear(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


# Triage

PEOPLE = [f"+6140000{number:04}" for number in range(40)]
_STANDS = """
    SELECT counterpart, standing, snoozed_until, assignee, muted, unread,
        (SELECT group_concat(label) FROM (
            SELECT label FROM label WHERE label.counterpart = conversation.counterpart ORDER BY label
        )),
        (SELECT group_concat(text) FROM (
            SELECT text FROM note WHERE note.counterpart = conversation.counterpart ORDER BY number
        )),
        (SELECT group_concat(text, ' / ') FROM (
            SELECT text FROM draft WHERE key >= counterpart AND key < counterpart || char(32) ORDER BY text
        )),
        (SELECT count(*) FROM pending_mark JOIN message ON message.id = message_id
            WHERE message.counterpart = conversation.counterpart)
    FROM conversation ORDER BY counterpart
"""
"""All that people decided about a conversation, and what they typed."""

Stands = dict[str, list[object]]


def how_it_stands(path: Path) -> Stands:
    """By counterpart, as another process sees it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return {row[0]: list(row[1:]) for row in file.execute(_STANDS)}


def triage(path: Path, seed: int, tell: int) -> None:
    """Decide for ever; tell first about whom, and how all stands as soon as it is saved."""
    chance, store = random.Random(seed), Store(path, who="ana@desk")
    typed: dict[str, str] = {}
    steps: list[list[str]] = []
    for now in itertools.count(NOON + seed * 100_000):
        people = chance.sample(PEOPLE, chance.choice((1, 1, 1, 5)))
        undo = bool(steps) and chance.random() < 0.2
        people = steps.pop() if undo else people
        write: list[Any] = [decisions.undo] if undo else _decision(chance, people, now, typed)
        if not undo and write[0] is not save_draft:
            steps.append(people)
        os.write(tell, json.dumps(["about", [people, *_all_or_none(write)]]).encode() + b"\n")
        store.write_now(*write)
        stands = how_it_stands(path)
        os.write(tell, json.dumps(["saved", {key: stands[key] for key in people}]).encode() + b"\n")


def _decision(chance: random.Random, people: list[str], now: int, typed: dict[str, str]) -> list[Any]:
    match chance.randrange(8):
        case 0:
            return [decisions.done, people, now, now + 10]
        case 1:
            return [decisions.snooze, people, now + 3600, now]
        case 2:
            return [partial(decisions.label, add=[f"label {now % 5}"]), people, now]
        case 3:
            return [decisions.assign, people, chance.choice(("ana@desk", "bob@desk", "")), now]
        case 4:
            return [decisions.add_note, people, f"Note {now}", now]
        case 5:
            return [decisions.set_unread, people, now]
        case 6:
            return [partial(decisions.mute, muted=chance.random() < 0.5), people, now]
    del people[1:]
    typed[people[0]] = f"{typed.get(people[0], 'Sorry')} {now}"
    return [save_draft, people[0], typed[people[0]]]


def _all_or_none(write: list[Any]) -> tuple[int, Any] | tuple[()]:
    """Which column of `how_it_stands` has which value for everybody, once this was written."""
    what, *values = write
    if what is decisions.done:
        return 0, "done"
    if what is decisions.snooze:
        return 1, values[1]
    return (2, values[1]) if what is decisions.assign else ()


def during_triage(kills: int, messages: int, chance: random.Random) -> str:
    """Kill consoles that decide about conversations: what was saved stands, and nothing stands by half."""
    decided = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "killed.sqlite3"
        store = Store(path)
        rows = [inbound(f"M{n}", NOON + n, PEOPLE[n % len(PEOPLE)], f"Hello {n}") for n in range(messages)]
        store.write_now(merge_messages, rows)
        store.close()
        stood = how_it_stands(path)
        for times in range(1, kills + 1):
            told = [json.loads(line) for line in killed(partial(triage, path, times), chance, TRIAGED)]
            for kind, what in told:
                stood |= what if kind == "saved" else {}
            begun, *alike = told[-1][1] if told and told[-1][0] == "about" else [[]]
            decided += sum(kind == "saved" for kind, _ in told)
            assert schema(path) == len(MIGRATIONS)
            Store(path).close()
            stands = how_it_stands(path)
            changed = [person for person in PEOPLE if stands[person] != stood[person]]
            assert set(changed) <= set(begun), f"kill {times}: {changed} do not stand as they were shown"
            if changed and alike:
                half = [person for person in begun if stands[person][alike[0]] != alike[1]]
                assert not half, f"kill {times}: decided for {changed}, and not for {half}"
            stood = stands
    return f"{kills} kills after {decided:,} decisions and drafts: all that was shown stood"


DURING = {"sync": during_sync, "migration": during_migration, "triage": during_triage}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--during", nargs="*", choices=DURING, default=list(DURING))
    chosen = parser.parse_args()
    for during in chosen.during:
        said = DURING[during](chosen.kills, chosen.messages, random.Random(chosen.seed))
        print(f"{during}: {said}", flush=True)
