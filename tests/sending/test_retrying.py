"""What did not arrive is sent anew: with its files, to those alone whom it did not reach, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sending.conftest import ADA, BOB, DRAFT, NOW, TurnableClock, confirmed
from tests.sending.faulty import Fault, FaultyClickSend
from tests.sending.test_bulk import SIZE, people
from tests.sending.test_campaign import CAMPAIGN
from tui.api.client import ApiClient
from tui.api.entry import LocalFile
from tui.api.uploading import LIFETIME, Uploads, pinned
from tui.core.errors import InvalidInput, SendRefused
from tui.sending.bulk import BulkSender
from tui.sending.draft import Draft, MessageDraft
from tui.sending.draft_files import files_of, uploaded_anew
from tui.sending.prepared import Prepared
from tui.sending.products import PRODUCTS
from tui.sending.quote import Quote
from tui.sending.recipient import Recipient
from tui.sending.retrying import retry_draft
from tui.sending.scheduled import moved
from tui.sending.sender import Sender
from tui.store.database import Store
from tui.store.messages import merge_messages
from tui.store.rows import Message


@pytest.fixture
def uploads(client: ApiClient, clock: TurnableClock) -> Uploads:
    return Uploads(client, clock)


@pytest.fixture
def picture(tmp_path: Path) -> LocalFile:
    path = tmp_path / "sale.png"
    path.write_bytes(b"a picture")
    return LocalFile(path)


@pytest.fixture
def bulk(client: ApiClient, store: Store, clock: TurnableClock) -> BulkSender:
    return BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep)


async def with_picture(uploads: Uploads, picture: LocalFile, schedule: int | None = None) -> MessageDraft:
    """An MMS to two people, as it is written with a local file."""
    given = pinned({"subject": "Sale", "media_file": picture})
    content = await uploads.fill(PRODUCTS["mms"].send, given)
    people = (Recipient(ADA), Recipient(BOB))
    return MessageDraft("mms", people, "Look", "", schedule, content, files_of(given))


def again(store: Store, outbox_id: str) -> Draft:
    return retry_draft(store.sends.source, outbox_id)


def whom(store: Store, outbox_id: str) -> list[str]:
    """Who a send would be sent to again."""
    try:
        draft = again(store, outbox_id)
    except InvalidInput:
        return []
    assert isinstance(draft, MessageDraft)
    return list(draft.to)


async def test_a_file_is_uploaded_again_for_those_whom_it_did_not_reach(
    sender: Sender,
    store: Store,
    clock: TurnableClock,
    clicksend: FaultyClickSend,
    uploads: Uploads,
    picture: LocalFile,
) -> None:
    clicksend.faults = [Fault.REJECTS_FIRST]
    first = await sender.send(await confirmed(sender, await with_picture(uploads, picture)))
    clock.at += LIFETIME
    draft = await uploaded_anew(uploads, again(store, first.outbox_id))
    assert await uploaded_anew(uploads, draft) == draft
    second = await sender.send(await confirmed(sender, draft))
    assert second.state == "accepted"
    assert [body["media_file"] for body in clicksend.bodies] == [
        "https://files.example/1",
        "https://files.example/2",
    ]
    assert [row["to"] for row in clicksend.bodies[1]["messages"]] == [ADA]


@pytest.mark.parametrize("is_gone", [True, False])
async def test_a_file_that_is_not_there_any_more_says_what_to_do(
    sender: Sender,
    store: Store,
    clicksend: FaultyClickSend,
    uploads: Uploads,
    picture: LocalFile,
    is_gone: bool,
) -> None:
    clicksend.faults = [Fault.REJECTS]
    first = await sender.send(await confirmed(sender, await with_picture(uploads, picture)))
    if is_gone:
        picture.path.unlink()
    else:
        picture.path.write_bytes(b"another")
    words = "cannot be read" if is_gone else "not what it was"
    with pytest.raises(InvalidInput, match=rf"sale\.png .*{words}.* Put it back, or compose it anew"):
        await uploaded_anew(uploads, again(store, first.outbox_id))
    picture.path.write_bytes(b"a picture")
    assert await uploaded_anew(uploads, again(store, first.outbox_id))


async def test_a_file_goes_with_what_is_moved_to_another_time(
    sender: Sender, store: Store, clock: TurnableClock, uploads: Uploads, picture: LocalFile
) -> None:
    draft = await with_picture(uploads, picture, NOW + 9000)
    result = await sender.send(await confirmed(sender, draft))
    item = store.outbox_item(result.outbox_id)
    assert item
    clock.at += LIFETIME
    later = await uploaded_anew(uploads, moved(item, NOW + 20_000, clock.at))
    assert isinstance(later, MessageDraft)
    assert (later.schedule, later.content["media_file"]) == (NOW + 20_000, "https://files.example/2")


async def test_an_address_that_was_typed_is_sent_again_as_it_is(
    sender: Sender, store: Store, clicksend: FaultyClickSend, uploads: Uploads
) -> None:
    content = {"media_file": "https://shop.example/sale.jpg", "subject": "Sale"}
    clicksend.faults = [Fault.REJECTS]
    result = await sender.send(
        await confirmed(sender, MessageDraft("mms", (Recipient(ADA),), "Look", content=content))
    )
    draft = await uploaded_anew(uploads, again(store, result.outbox_id))
    assert isinstance(draft, MessageDraft)
    assert (draft.content["media_file"], clicksend.uploads) == (content["media_file"], [])


async def test_whom_a_send_anew_reached_gets_nothing_from_another(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.REJECTS, Fault.REJECTS_FIRST]
    first = await sender.send(await confirmed(sender))
    assert whom(store, first.outbox_id) == [ADA, BOB]
    second = await sender.send(await confirmed(sender, again(store, first.outbox_id)))
    assert whom(store, first.outbox_id) == whom(store, second.outbox_id) == [ADA]
    third = await sender.send(await confirmed(sender, again(store, first.outbox_id)))
    assert third.state == "accepted"
    assert whom(store, first.outbox_id) == whom(store, second.outbox_id) == []
    accepted = second.outcomes[1]
    failed = Message(accepted.message_id, BOB, "out", DRAFT.body, NOW, "failed", outbox_id=second.outbox_id)
    store.write_now(merge_messages, [failed])
    assert (whom(store, first.outbox_id), whom(store, second.outbox_id)) == ([], [BOB])


async def test_of_two_that_send_the_same_anew_one_is_refused(
    sender: Sender, store: Store, clicksend: FaultyClickSend, client: ApiClient, clock: TurnableClock
) -> None:
    clicksend.faults = [Fault.REJECTS]
    first = await sender.send(await confirmed(sender))
    other = Sender(client, store, clock)
    here, there = [await confirmed(each, again(store, first.outbox_id)) for each in (sender, other)]
    assert (await sender.send(here)).state == "accepted"
    with pytest.raises(SendRefused, match="may have got it after all"):
        await other.send(there)
    assert clicksend.sends == 2


async def test_a_campaign_is_sent_anew_once(sender: Sender, store: Store, clicksend: FaultyClickSend) -> None:
    clicksend.faults = [Fault.REFUSED]
    first = await sender.send(await confirmed(sender, CAMPAIGN))
    second = await sender.send(await confirmed(sender, again(store, first.outbox_id)))
    assert (first.state, second.state) == ("not sent", "accepted")
    with pytest.raises(InvalidInput, match="sent again since"):
        again(store, first.outbox_id)


async def retried(bulk: BulkSender, outbox_id: str) -> Quote:
    found: Prepared = await bulk.retry(outbox_id)
    return await bulk.price(found.outbox_id)


async def test_a_large_send_is_sent_anew_once(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, tmp_path: Path
) -> None:
    clicksend.faults = [Fault.REJECTS_FIRST]
    source, draft = people(tmp_path / "people.csv", SIZE), MessageDraft("sms", (), "Hi (Name)")
    found = await bulk.prepare(source, draft, country="AU")
    await bulk.send((await bulk.price(found.outbox_id)).confirm())
    here, there = [await retried(bulk, found.outbox_id) for _ in range(2)]
    assert (here.accepted_count, there.accepted_count) == (1, 1)
    await bulk.send(here.confirm())
    with pytest.raises(SendRefused, match="may have got it after all"):
        await bulk.send(there.confirm())
    assert clicksend.sends == 2
    with pytest.raises(InvalidInput, match="Nobody is left"):
        await bulk.retry(found.outbox_id)
