"""The one way in which a request that sends or spends leaves, and what its answer or its loss means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tui.api.answer import Reply
from tui.core.errors import ApiError
from tui.sending.channel import Channel
from tui.sending.draft import Draft
from tui.sending.result import Fate, Outcome

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.api.operation import Request
    from tui.sending.worker import Worker

STOPPED = "The console was closed before ClickSend answered. Whether it was sent is not known."


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of each message after the request, and what all were charged (None if not told)."""

    outcomes: tuple[Outcome, ...]
    charged: Decimal | None = None
    reply: Reply[Any] | None = None
    error: ApiError | None = None
    """Why nothing came."""
    has_left: bool = True
    """Whether the request may have been made at all."""

    @property
    def surely_not_sent(self) -> bool:
        """Whether the request was not processed: then, and only then, it may be made again."""
        return not self.has_left or (self.error is not None and not self.error.may_have_happened)


def alike(outcomes: tuple[Outcome, ...], fate: Fate, reason: str) -> tuple[Outcome, ...]:
    """The same fate for all messages of a request."""
    return tuple(outcome.became(fate, reason) for outcome in outcomes)


async def transmit(
    client: ApiClient,
    channel: Channel[Any, Any, Any],
    draft: Draft,
    outcomes: tuple[Outcome, ...],
    request: Request[Any],
    worker: Worker | None = None,
) -> Answered:
    """Make a request that was confirmed and is noted in the store. The client repeats it only where it
    surely was not processed. A long answer is for a `worker` to read.
    """
    try:
        reply = await client.transmit(request)
    except ApiError as error:
        fate: Fate = "unknown" if error.may_have_happened else "not sent"
        return Answered(alike(outcomes, fate, str(error)), error=error)
    said = (draft, outcomes, reply.result)
    read, charged = await worker.run(channel.read_answer, *said) if worker else channel.read_answer(*said)
    return Answered(read, charged, reply)
