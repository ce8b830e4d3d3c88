"""What is read of large sends while they are prepared, priced and going: part of the store's door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.store import outbox_batches, outbox_messages, outbox_tracking
from tui.store.outbox_batches import Progress
from tui.store.outbox_messages import Summary
from tui.store.reader import Reader
from tui.store.rows import MessageState, OutboxMessage
from tui.store.transaction import Source
from tui.store.windows import Window


class Sends:
    """Reads of the messages of sends, by the id of the send in the outbox."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def source(self) -> Source:
        """Where rows are read, for what joins them with more than the store knows."""
        return self._reader

    def progress(self, outbox_id: str, now: float) -> Progress | None:
        """How far a large send is: quick at any size, for each repaint."""
        return outbox_batches.progress(self._reader, outbox_id, now)

    def messages(self, outbox_id: str, states: Sequence[MessageState] = ()) -> Window[OutboxMessage]:
        """The messages of a send in the order of its file, all of them or those in some states."""
        return outbox_messages.window(self._reader, outbox_id, states)

    def failed(self, outbox_id: str) -> Window[OutboxMessage]:
        """Those that were accepted and failed since."""
        return outbox_messages.failed(self._reader, outbox_id)

    def counts(self, outbox_id: str) -> dict[MessageState, int]:
        """How many messages of a send are in each state."""
        return outbox_messages.counts(self._reader, outbox_id)

    def reasons(self, outbox_id: str, state: MessageState) -> list[tuple[str, int]]:
        """Why messages are in a state, the most frequent reason first."""
        return outbox_messages.reasons(self._reader, outbox_id, state)

    def codes(self, outbox_id: str, state: MessageState) -> dict[str, int]:
        """How many messages in a state have each code: of those left out, why."""
        return outbox_messages.codes(self._reader, outbox_id, state)

    def summary(self, outbox_id: str) -> Summary:
        """What became of a send until now: accepted, delivered, failed by cause, replies, cost."""
        return outbox_messages.summary(self._reader, outbox_id)

    def waited_for(self, kinds: Sequence[str], since: int) -> Mapping[str, int]:
        """The kinds of which a message sent since then may still become something: when the oldest left."""
        return outbox_tracking.waited_for(self._reader, kinds, since)
