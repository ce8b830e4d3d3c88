"""Large sends whose batches, and files whose uploads, meet faults, with the sandbox as the judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.sending.fault_cases import Bench, Way, begin, let_pass, say
from tests.sending.fault_proxy import Fault
from tui.api.entry import LocalFile
from tui.api.uploading import Uploads
from tui.core.errors import ApiError, RateLimited, SendRefused, Unauthorized, Unreachable
from tui.sending.bulk import BulkSender
from tui.sending.draft import MessageDraft
from tui.sending.preparing import FileSource
from tui.sending.products import PRODUCTS
from tui.sending.table import look
from tui.store.messages import local_id

# A large send


async def at_batch(bench: Bench, way: Way, fault: Fault, place: int, folder: Path) -> None:
    """Let one batch of a large send meet a fault, and let the send go on until its end: everybody gets it
    once, or is known not to have got it, or is listed as unknown.
    """
    bulk, outbox_id = await prepared(bench, way, folder)
    quote = await bulk.price(outbox_id)
    request, ready = PRODUCTS[way.name].send, len(BULK[way.name])
    name = f"{request.method} /v3{request.path}"
    before, balance = Counter(way.record(bench)), bench.world.account.balance
    bench.client.hastily = request.id if fault.silent else ""
    bench.proxy.spoil(name, *[None] * place, fault)
    await bulk.send(quote.confirm(quote.words))
    while (item := bench.store.outbox_item(quote.id)) and item.state == "paused":
        await bench.proxy.settled()
        check_batches(bench, way, quote.id, before)
        say(bench, item.detail)
        bench.client.hastily = ""
        await bulk.resume(quote.id)
    bench.client.hastily = ""
    await bench.proxy.settled()
    counts = check_batches(bench, way, quote.id, before)
    assert counts.keys() <= {"accepted", "unknown", "rejected"}, counts
    assert item
    assert item.state == ("unknown" if counts.get("unknown") else "accepted")
    if fault.fate in ("as it was", "not sent"):
        assert set(counts) == {"accepted"}, counts
    assert bulk.going == ()
    spent = let_pass(bench, balance)
    left = Counter(way.record(bench)) - before
    assert spent == (quote.total or 0) * sum(left.values()) / ready
    asked = bench.proxy.asked[name]
    await bench.sync()
    assert await bulk.recover() == []
    assert bench.proxy.asked[name] == asked, "sent again by itself"
    for row in bench.store.sends.messages(quote.id).page(0):
        if way.settles:
            assert (row.state == "unknown") <= (local_id(quote.id, row.number) not in left), row


async def prepared(bench: Bench, way: Way, folder: Path) -> tuple[BulkSender, str]:
    """A large send to everybody in `BULK`, read and not priced; its sender and its id."""
    draft = begin(bench, way)
    assert isinstance(draft, MessageDraft)
    path = folder / f"{bench.cases}.csv"
    path.write_text("\n".join(("Email" if way.name == "email" else "Mobile", *BULK[way.name])))
    bulk = BulkSender(bench.client, bench.store, bench.clock, sleep=bench.clock.sleep, most=2)
    content = {name: value for name, value in draft.content.items() if name != "attachments"}
    draft = replace(draft, recipients=(), content=content)
    found = await bulk.prepare(FileSource(look(path)), draft, country="AU")
    assert found.ready == len(BULK[way.name]), found
    return bulk, found.outbox_id


async def at_batch_price(bench: Bench, way: Way, fault: Fault, place: int, folder: Path) -> None:
    """Let the question for the price of one batch meet a fault: nothing leaves, no wrong price is told, and
    priced again it is as if nothing had been.
    """
    bulk, outbox_id = await prepared(bench, way, folder)
    request, ready = PRODUCTS[way.name].price, len(BULK[way.name])
    right = (await bulk.price(outbox_id)).total
    assert right
    before, balance = Counter(way.record(bench)), bench.world.account.balance
    bench.client.hastily = request.id if fault.silent else ""
    bench.proxy.spoil(f"{request.method} /v3{request.path}", *[None] * place, fault)
    quote = None
    try:
        quote = await bulk.price(outbox_id)
    except (Unauthorized, RateLimited, Unreachable) as error:
        say(bench, str(error))
    await bench.proxy.settled()
    bench.client.hastily = ""
    assert (Counter(way.record(bench)), let_pass(bench, balance)) == (before, 0)
    if quote is not None:
        for sentence in filter(None, (*quote.warnings, quote.refusal)):
            say(bench, sentence)
        assert quote.total in (None, right * quote.accepted_count / ready), quote
        if quote.total is None and not quote.refusal:
            with pytest.raises(SendRefused):
                quote.confirm()
    left = sum(bench.store.sends.counts(outbox_id).get(state, 0) for state in ("draft", "quoted"))
    anew = await bulk.price(outbox_id)
    assert (anew.total, anew.accepted_count) == (right * left / ready, left)
    assert await bulk.discard(outbox_id)


def check_batches(bench: Bench, way: Way, id: str, before: Mapping[str, int]) -> Mapping[str, int]:
    """Every row of a large send against what the sandbox has; how many are in each state."""
    left = Counter(way.record(bench)) - Counter(before)
    assert all(times == 1 for times in left.values()), f"sent twice: {left}"
    rows = bench.store.sends.messages(id).page(0)
    for row in rows:
        mine = local_id(id, row.number) if way.settles else row.recipient
        match row.state:
            case "accepted":
                assert left[mine], row
            case "unknown":
                pass
            case _:
                assert not left[mine], row
    counts: Mapping[str, int] = Counter(row.state for row in rows)
    assert "in flight" not in counts
    return counts


BULK: Mapping[str, Sequence[str]] = {
    **{name: [f"+6149157{number}" for number in range(1000, 1007)] for name in ("sms", "mms", "voice")},
    "fax": [f"+6125550{number}" for number in range(1000, 1007)],
    "email": [f"ada{number}@example.com" for number in range(4)],
}
"""Who a large send of each channel goes to, two in a batch."""


# A file before it


async def at_upload(bench: Bench, way: Way, fault: Fault, folder: Path) -> None:
    """Let the upload of the file that a send needs meet a fault: nothing is priced or sent with it, and the
    next attempt uploads it anew.
    """
    draft = begin(bench, way)
    assert isinstance(draft, MessageDraft)
    field_, content = FILES[way.name]
    path = folder / f"{bench.cases}.file"
    path.write_bytes(content)
    several = isinstance(draft.content[field_], list)
    wanted = {**draft.content, field_: [LocalFile(path)] * 2 if several else LocalFile(path)}
    uploads = Uploads(bench.client, bench.clock)
    before, balance = Counter(way.record(bench)), bench.world.account.balance
    filled: Mapping[str, Any] | None = None
    bench.client.hastily = "uploads.create" if fault.silent else ""
    bench.proxy.spoil("POST /v3/uploads", fault)
    try:
        filled = await uploads.fill(draft.product.send, wanted)
    except ApiError as error:
        say(bench, str(error))
    await bench.proxy.settled()
    bench.client.hastily = ""
    assert (Counter(way.record(bench)), let_pass(bench, balance)) == (before, 0)
    filled = filled or await uploads.fill(draft.product.send, wanted)
    draft = replace(draft, content={**draft.content, field_: filled[field_]})
    quote = await bench.sender.quote(draft)
    if quote.refusal or quote.total is None:
        # The address that was answered is none: ClickSend says so before anything leaves.
        return
    result = await bench.sender.send(quote.confirm())
    assert {outcome.fate for outcome in result.outcomes} == {"accepted"}
    let_pass(bench, balance)
    assert sum((Counter(way.record(bench)) - before).values()) == len(draft.recipients)


FILES: Mapping[str, tuple[str, bytes]] = {
    "mms": ("media_file", b"\xff\xd8\xff a picture"),
    "fax": ("file_url", b"%PDF-1.4 /Type/Page "),
    "letter": ("file_url", b"%PDF-1.4 /Type/Page "),
    "postcard": ("file_urls", b"%PDF-1.4 /Type/Page "),
}
"""The argument that is a file on each channel with one, and such a file."""
