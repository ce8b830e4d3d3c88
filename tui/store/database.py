"""The store: one SQLite file per profile, and the one door to it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, Literal, NamedTuple, ParamSpec, TypeVar

from tui.core.errors import ApiError, StoreError
from tui.store import (
    account,
    audit,
    campaigns,
    contacts,
    conversations,
    drafts,
    kept_texts,
    messages,
    outbox,
    presence,
    read_marks,
)
from tui.store import rows as r
from tui.store.background import Background
from tui.store.board import Note
from tui.store.file import begin, open_writer, store_error
from tui.store.migrations import MIGRATIONS, Migration
from tui.store.reader import Reader
from tui.store.sends import Sends
from tui.store.sessions import new_session
from tui.store.transaction import Source, Transaction
from tui.store.windows import Window

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)


UNSHARED = frozenset({"marks", "arrived", "woken"})
"""Topics for the console that wrote. All others are told to the other consoles too, without keys."""


class Change(NamedTuple):
    """What one committed write changed: the keys of rows, by topic."""

    by_topic: Mapping[str, frozenset[str]]

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(self.by_topic)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all topics together."""
        return frozenset().union(*self.by_topic.values())

    def of(self, topic: str) -> frozenset[str]:
        """The keys of one topic; empty if it did not change."""
        return self.by_topic.get(topic, frozenset())


_COUNT_TOPIC = """
    INSERT INTO topic VALUES (?, 1) ON CONFLICT DO UPDATE SET version = version + 1 RETURNING version
"""


class Store:
    """Reads are methods, synchronous and quick. Writes are functions of a transaction, run by `write`.

    Opening creates the file or brings it to this version. `who` is the person at this console. Every failure
    is a StoreError.
    """

    def __init__(self, path: Path, *, who: str = "", migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.path = path
        self.who = who or _os_user()
        """Who decides, notes and claims: "ana@desk"."""
        self.session = new_session()
        self._writer = open_writer(path, migrations)
        try:
            self._reader = Reader(path)
            self._background = Background(path)
            self._others_version = self._version_by_others()
            self._topics: dict[str, int] = dict(self._writer.execute("SELECT name, version FROM topic"))
        except (StoreError, sqlite3.Error) as error:
            self._writer.close()
            raise error if isinstance(error, StoreError) else store_error(error, path) from error
        self.sends = Sends(self._reader)
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._subscribers: list[Callable[[Change], None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def close(self) -> None:
        """Wait for the writes that were asked for, and let go of the file."""
        if not self._closed:
            self._closed = True
            self._background.close()
            self._thread.shutdown()
            self._reader.close()
            self._writer.close()

    # Writing

    async def write(
        self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `function(tx, ...)` in one durable transaction, in the store's own thread.

        What was asked for is written even if the asker is cancelled meanwhile.
        """
        self._check_open()
        job = asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: self._transact(lambda tx: function(tx, *args, **kwargs))
        )
        return await asyncio.shield(job)

    def write_now(
        self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same on the caller's thread, for the way out. It waits for one transaction at most."""
        self._check_open()
        return self._transact(lambda tx: function(tx, *args, **kwargs))

    @contextlib.asynccontextmanager
    async def audited(self, operation: str, at: float) -> AsyncIterator[None]:
        """Note the call that is made within, whatever comes of it: also if it is cancelled.

        That it cannot be noted is logged: it must not look as if the call had failed.
        """
        outcome: audit.Outcome = "unknown"
        detail = ""
        try:
            yield
            outcome = "done"
        except ApiError as error:
            outcome, detail = audit.outcome_of(error), error.code
            raise
        finally:
            try:
                await self.write(audit.record, operation, outcome, int(at), detail=detail)
            except StoreError as error:
                log.error("%s: %s, and it could not be recorded: %s", operation, outcome, error)

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back on this event loop after each commit that changed something, before its `write` returns.

        Returns the function that ends it.
        """
        self._loop = asyncio.get_running_loop()
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def notice_others(self) -> None:
        """Tell subscribers of the topics, without keys, in which another console wrote since this was asked.

        It waits for nothing: the look is taken in the store's own thread.
        """
        if not self._closed:
            self._thread.submit(self._notice_others)

    def _notice_others(self) -> None:
        with self._lock, contextlib.suppress(sqlite3.Error):  # The next read or write tells what is wrong.
            seen, self._others_version = self._others_version, self._version_by_others()
            if seen != self._others_version:
                now = dict(self._writer.execute("SELECT name, version FROM topic"))
                topics = [name for name, version in now.items() if version != self._topics.get(name)]
                self._topics = now
                self._announce(Change(dict.fromkeys(topics, frozenset())))

    def _version_by_others(self) -> int:
        """Seen from the connection that writes, it changes with the commits of others alone."""
        return int(self._writer.execute("PRAGMA data_version").fetchone()[0])

    def _count_topics(self, tx: Transaction) -> dict[str, int]:
        """Let other consoles see what this write changes; the counters that nobody else moved meanwhile."""
        known = {}
        for name in sorted(tx.changes.keys() - UNSHARED):
            version = tx.rows(_COUNT_TOPIC, (name,))[0][0]
            if version == self._topics.get(name, 0) + 1:
                known[name] = version
        return known

    def _transact(self, body: Callable[[Transaction], R]) -> R:
        try:
            with self._lock:
                tx = Transaction(self._writer, self.session, self.who)
                begin(self._writer)
                try:
                    result = body(tx)
                    counted = self._count_topics(tx)
                    self._writer.execute("COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                self._topics |= counted
        except (sqlite3.Error, OverflowError) as error:  # OverflowError: a number beyond 64 bits
            raise store_error(error, self.path) from error
        self._announce(Change({topic: frozenset(keys) for topic, keys in tx.changes.items()}))
        return result

    def _announce(self, change: Change) -> None:
        if change.by_topic and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._publish, change)

    def _publish(self, change: Change) -> None:
        for callback in () if self._closed else tuple(self._subscribers):
            callback(change)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"The local database {self.path} is closed.", hint="Start again.")

    # Reading: conversations and messages

    async def read(
        self, function: Callable[Concatenate[Source, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `function(source, ...)`, which may take long, off the event loop."""
        self._check_open()
        return await self._background.read(lambda source: function(source, *args, **kwargs))

    def conversations(
        self, view: r.View = "open", search: str = "", unread_first: bool = False
    ) -> Window[r.Conversation]:
        """Newest first, as they arrived or woke; or what a search finds (see `core.query`).

        Raises InvalidInput with what to type when the search cannot be understood.
        """
        if search.strip():
            # Loaded by the first search: the start does without it.
            from tui.core.query import parse
            from tui.store import searching

            query = parse(search, self.who)
            return searching.window(
                self._reader, self._background, view, query, self.who, unread_first=unread_first
            )
        return conversations.window(self._reader, view, self.who, unread_first=unread_first)

    def conversation(self, counterpart: str) -> r.Conversation | None:
        """One conversation, or None if nothing was ever said."""
        return conversations.one(self._reader, counterpart)

    def next_unread(self, counterpart: str = "") -> str:
        """The unread conversation after this one, newest first and then round; "" if nothing is unread."""
        return conversations.next_unread(self._reader, counterpart)

    def stopped(self, counterpart: str) -> bool:
        """Whether the last thing they wrote was STOP or its like."""
        return bool(conversations.stopped(self._reader, (counterpart,)))

    def counts(self) -> r.Counts:
        """The numbers of the header and the tabs."""
        return conversations.counts(self._reader, self.who)

    # Reading: what people decided

    def next_wake(self) -> int | None:
        """When the next snooze is over (`decisions.wake` then), or None if nothing is snoozed."""
        return conversations.next_wake(self._reader)

    def notes(self, counterpart: str) -> list[Note]:
        """The notes about a counterpart, oldest first."""
        return conversations.notes(self._reader, counterpart)

    def labels(self) -> list[tuple[str, int]]:
        """All labels in use, by name, each with the number of conversations that have it."""
        return conversations.labels(self._reader)

    def assignees(self) -> list[str]:
        """Everybody who has conversations, by name."""
        return conversations.assignees(self._reader)

    def others(self, now: float) -> dict[str, tuple[presence.Presence, ...]]:
        """Who is in which conversation at other consoles on this file, by counterpart."""
        return presence.others(self._reader, self.session, now)

    def answered_since(self, counterpart: str, at: int) -> messages.Answered | None:
        """The newest answer that somebody else gave from that time on, at another console or elsewhere."""
        return messages.answered_since(self._reader, counterpart, at, self.session)

    def kept_texts(self, kind: kept_texts.Kind) -> list[kept_texts.KeptText]:
        """Local canned replies ("reply") or saved searches ("search"), by name."""
        return kept_texts.texts(self._reader, kind)

    def audit(self, counterpart: str = "") -> Window[audit.AuditEntry]:
        """Calls that changed something, newest first; all, or those for one conversation."""
        return audit.window(self._reader, counterpart)

    # Reading: messages

    def thread(self, counterpart: str) -> Window[r.Message]:
        """All messages with one counterpart, oldest first."""
        return messages.thread(self._reader, counterpart)

    def message(self, id: str) -> r.Message | None:
        """One message, by ClickSend's id or, until that is known, by its local id."""
        return messages.one(self._reader, id)

    def receipts(
        self,
        state: r.State | Literal[""] | Collection[r.State] = "",
        search: str = "",
        failures_first: bool = False,
        since: int | None = None,
    ) -> Window[r.Message]:
        """What was sent, newest first; in one state, or in any of several."""
        return messages.receipts(
            self._reader, self._background, state, search, failures_first=failures_first, since=since
        )

    def pending_marks(self, now: float) -> list[r.PendingMark]:
        """Messages to be marked read at ClickSend now, oldest first; no more than are sent in one go."""
        return read_marks.pending_marks(self._reader, now)

    def next_mark_due(self) -> int | None:
        """When the next mark has to be made at ClickSend, or None if none waits."""
        return read_marks.next_mark_due(self._reader)

    def oldest_pending(self, since: int) -> int | None:
        """When the oldest message since then was sent that is still without a final state."""
        return messages.oldest_pending(self._reader, since)

    def outbox(self, states: Sequence[r.OutboxState] = ()) -> list[r.OutboxItem]:
        """Confirmed sends in these states (all, without any), oldest first."""
        return outbox.items(self._reader, states)

    def outbox_newest(self, most: int) -> list[r.OutboxItem]:
        """Confirmed sends: those whose outcome is not known, then the newest of the others."""
        return outbox.newest(self._reader, most)

    def outbox_unknown(self) -> int:
        """How many confirmed sends there are whose outcome is not known."""
        return outbox.unknown_count(self._reader)

    def outbox_item(self, id: str) -> r.OutboxItem | None:
        """One confirmed send."""
        return outbox.one(self._reader, id)

    def draft(self, key: str) -> str:
        """This console's text under this key, or "". The draft of a reply has its counterpart as key."""
        return drafts.read(self._reader, key, self.session)

    # Reading: what ClickSend keeps beside messages

    def contacts(self, list_id: int | None = None, search: str = "") -> Window[r.Contact]:
        """The contacts of one list, or of all, by last name."""
        return contacts.window(self._reader, self._background, list_id, search)

    def contact(self, list_id: int, id: int) -> r.Contact | None:
        """One contact."""
        return contacts.one(self._reader, list_id, id)

    def contact_by_phone(self, phone: str) -> r.Contact | None:
        """The contact with this number (E.164); of several, one that has a name."""
        return contacts.by_phone(self._reader, phone)

    def contacts_by_phone(self, phone: str) -> list[r.Contact]:
        """The contacts with this number (E.164) on every list."""
        return contacts.all_by_phone(self._reader, phone)

    def lists(self) -> list[r.ContactList]:
        """The contact lists, by name."""
        return contacts.lists(self._reader)

    def campaigns(self, search: str = "") -> Window[r.Campaign]:
        """SMS campaigns, newest first."""
        return campaigns.window(self._reader, self._background, search)

    def campaign(self, id: int) -> r.Campaign | None:
        """One SMS campaign."""
        return campaigns.one(self._reader, id)

    def active_campaigns(self) -> list[int]:
        """The ids of campaigns that ClickSend has not finished with."""
        return campaigns.active(self._reader)

    def templates(self) -> list[r.Template]:
        """SMS templates, by name."""
        return campaigns.templates(self._reader)

    def account(self) -> r.AccountFacts | None:
        """The account as last seen, or None before the first answer."""
        return account.facts(self._reader)

    def rules(self, kind: r.RuleKind) -> list[r.Rule]:
        """Automations in firing order."""
        return account.rules(self._reader, kind)

    def statistics(self) -> list[r.DailyStatistics]:
        """Days of which ClickSend told something, oldest first."""
        return account.statistics(self._reader)

    def fact(self, name: str) -> str:
        """A small thing to remember (a sync position, a finding), or ""."""
        return account.fact(self._reader, name)


def _os_user() -> str:
    import getpass

    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as containers have it
        name = str(os.getuid())
    return f"{name}@{os.uname().nodename.partition('.')[0]}"
