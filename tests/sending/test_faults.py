"""Whatever happens to a request: no double send, and no message without a true state."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sending.conftest import PATIENCE, SILENT, TurnableClock, account
from tests.sending.faulty import Fault, FaultyClickSend
from tui.api.client import ApiClient
from tui.sending.draft import MessageDraft
from tui.sending.result import SendResult
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.messages import local_id

NUMBERS = tuple(f"+6141111{number:04}" for number in range(20))

UNKNOWN = {
    Fault.RESET_UNREAD,
    Fault.RESET_UNDONE,
    Fault.RESET_DONE,
    Fault.CUT_DONE,
    Fault.HALF_ANSWER,
    Fault.SILENT_DONE,
    Fault.SILENT_UNDONE,
    Fault.FAILS_UNDONE,
    Fault.FAILS_DONE,
    Fault.GATEWAY_DONE,
    Fault.HTML_DONE,
    Fault.EMPTY_DONE,
    Fault.WRONG_TYPES_DONE,
    Fault.NO_MESSAGES_DONE,
    Fault.FORGETS_LAST,
    Fault.UNLISTED_DONE,
    Fault.UNCERTAIN_DONE,
    Fault.UNCERTAIN_UNDONE,
    Fault.ENVELOPE_500,
}
NOT_SENT = {Fault.REFUSED, Fault.FORBIDDEN, Fault.LEGACY_401}


def expected_state(fault: Fault) -> str:
    if fault in UNKNOWN:
        return "unknown"
    if fault in NOT_SENT:
        return "not sent"
    return "rejected" if fault is Fault.REJECTS else "accepted"


def check_truth(store: Store, clicksend: FaultyClickSend, result: SendResult, to: tuple[str, ...]) -> None:
    """What the store says of each message against what ClickSend did with it."""
    for index, number in enumerate(to):
        reference = local_id(result.outbox_id, index)
        times = clicksend.sent[reference]
        assert times <= 1
        rows = [row for row in store.thread(number).page(0) if row.custom_string == reference]
        match result.outcomes[index].fate:
            case "accepted":
                assert (times, [row.state for row in rows]) == (1, ["accepted"])
            case "rejected":
                assert (times, [row.state for row in rows]) == (0, ["rejected"])
            case "unknown":
                assert [row.state for row in rows] == ["unknown"]
            case "not sent":
                assert (times, rows) == (0, [])
    item = store.outbox_item(result.outbox_id)
    assert item
    assert item.state == result.state


@pytest.mark.parametrize("fault", Fault)
async def test_each_fault_leaves_the_truth(
    sender: Sender, store: Store, clicksend: FaultyClickSend, fault: Fault
) -> None:
    clicksend.faults = [fault]
    result = await sender.send((await sender.quote(MessageDraft.sms(NUMBERS[:3], "Hello"))).confirm())
    assert result.state == expected_state(fault)
    check_truth(store, clicksend, result, NUMBERS[:3])
    assert sender.in_flight == 0


SENDS = st.lists(
    st.tuples(
        st.sampled_from([fault for fault in Fault if fault not in SILENT]),
        st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=5, unique=True),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(sends=SENDS, at_once=st.booleans())
def test_any_sequence_of_faults_leaves_the_truth(
    sends: list[tuple[Fault, list[str]]], *, at_once: bool
) -> None:
    asyncio.run(_all(sends, at_once=at_once))


async def _all(sends: list[tuple[Fault, list[str]]], *, at_once: bool) -> None:
    clicksend, clock = FaultyClickSend(), TurnableClock()
    await clicksend.start()
    clicksend.faults = [fault for fault, _ in sends]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        store.write_now(save_account, account())
        async with ApiClient(
            "ada", "KEY", base_url=clicksend.url, timeout=PATIENCE, clock=clock, sleep=clock.sleep
        ) as client:
            sender = Sender(client, store, clock)
            drafts = [
                MessageDraft.sms(tuple(to), f"Message {number}") for number, (_, to) in enumerate(sends)
            ]
            confirmations = [(await sender.quote(draft)).confirm() for draft in drafts]
            if at_once:
                results = await asyncio.gather(*map(sender.send, confirmations))
            else:
                results = [await sender.send(confirmation) for confirmation in confirmations]
        for draft, result in zip(drafts, results, strict=True):
            check_truth(store, clicksend, result, draft.to)
        store.close()
    await clicksend.stop()
    busy = {Fault.BUSY, Fault.BUSY_SILENT, Fault.RESET_UNREAD}
    assert clicksend.sends <= len(sends) + sum(fault in busy for fault, _ in sends)
