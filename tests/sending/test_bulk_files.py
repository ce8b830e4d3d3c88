"""A large send outlives the uploads of its files: they are uploaded again while they are what was priced."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sending.conftest import TurnableClock
from tests.sending.faulty import Fault, FaultyClickSend
from tests.sending.test_bulk import SIZE, check_truth, people
from tui.api.client import ApiClient
from tui.api.entry import LocalFile
from tui.api.uploading import LIFETIME, Uploads, pinned
from tui.core.errors import SendRefused
from tui.sending.bulk import BulkSender
from tui.sending.bulk_files import LEFT
from tui.sending.draft import MessageDraft
from tui.sending.preparing import FileSource
from tui.sending.products import PRODUCTS
from tui.sending.table import look
from tui.store.database import Store


@pytest.fixture
def bulk(client: ApiClient, store: Store, clock: TurnableClock) -> BulkSender:
    return BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep)


@pytest.fixture
def picture(tmp_path: Path) -> LocalFile:
    path = tmp_path / "sale.png"
    path.write_bytes(b"a picture")
    return LocalFile(path)


Quoted = Callable[[], Awaitable[Any]]


@pytest.fixture
def quoted(bulk: BulkSender, picture: LocalFile, tmp_path: Path) -> Quoted:
    """Three batches with a picture, priced."""

    async def quoted() -> Any:
        content = {"subject": "Sale", "media_file": "https://files.example/0"}
        files = pinned({"media_file": picture})
        draft = MessageDraft("mms", (), "Hi (Name)", content=content, files=files)
        source = people(tmp_path / "people.csv", 3 * SIZE)
        found = await bulk.prepare(source, draft, country="AU")
        return await bulk.price(found.outbox_id)

    return quoted


def uploads(clicksend: FaultyClickSend) -> list[bytes]:
    return [b64decode(each["content"]) for each in clicksend.uploads]


def addresses(clicksend: FaultyClickSend) -> list[str]:
    """Of the picture, in each request to send."""
    return [body["media_file"] for body in clicksend.bodies]


async def test_an_upload_serves_all_batches_while_it_lives(
    bulk: BulkSender, clicksend: FaultyClickSend, quoted: Quoted
) -> None:
    quote = await quoted()
    await bulk.send(quote.confirm())
    assert uploads(clicksend) == [b"a picture"]
    assert addresses(clicksend) == ["https://files.example/1"] * 3


async def test_before_an_upload_dies_the_file_is_uploaded_again_for_the_rest(
    bulk: BulkSender, store: Store, clock: TurnableClock, clicksend: FaultyClickSend, quoted: Quoted
) -> None:
    quote = await quoted()

    def turn(_body: dict[str, Any]) -> None:
        clock.at += LIFETIME - LEFT if clicksend.sends == 1 else 0

    clicksend.on_send = turn
    await bulk.send(quote.confirm())
    assert uploads(clicksend) == [b"a picture"] * 2
    assert addresses(clicksend) == ["https://files.example/1"] + ["https://files.example/2"] * 2
    assert check_truth(store, clicksend, quote.id) == {"accepted": 3 * SIZE}


async def test_a_send_paused_for_hours_goes_on_in_another_console(
    bulk: BulkSender,
    client: ApiClient,
    store: Store,
    clock: TurnableClock,
    clicksend: FaultyClickSend,
    picture: LocalFile,
    quoted: Quoted,
) -> None:
    quote = await quoted()
    clicksend.faults = [Fault.NONE, Fault.REFUSED]
    await bulk.send(quote.confirm())
    clock.at += 3 * 3600
    os.utime(picture.path)  # touched, and the same
    await BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep).resume(quote.id)
    assert uploads(clicksend) == [b"a picture"] * 2
    assert addresses(clicksend)[-1] == "https://files.example/2"
    assert check_truth(store, clicksend, quote.id) == {"accepted": 3 * SIZE}


@pytest.mark.parametrize("is_gone", [True, False])
async def test_a_file_that_is_not_what_was_priced_pauses_the_rest(
    bulk: BulkSender,
    store: Store,
    clock: TurnableClock,
    clicksend: FaultyClickSend,
    picture: LocalFile,
    quoted: Quoted,
    is_gone: bool,
) -> None:
    quote = await quoted()
    stamp = picture.path.stat()

    def lose(_body: dict[str, Any]) -> None:
        clock.at += LIFETIME
        if is_gone:
            picture.path.unlink()
        else:
            picture.path.write_bytes(b"a Picture")
            os.utime(picture.path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    clicksend.on_send = lose
    await bulk.send(quote.confirm())
    item = store.outbox_item(quote.id)
    assert item
    assert item.state == "paused"
    assert str(picture.path) in item.detail
    assert ("cannot be read" if is_gone else "not what it was when it was priced") in item.detail
    assert check_truth(store, clicksend, quote.id) == {"accepted": SIZE, "confirmed": 2 * SIZE}
    clicksend.on_send = lambda _body: None
    picture.path.write_bytes(b"a picture")
    await bulk.resume(quote.id)
    assert uploads(clicksend) == [b"a picture"] * 2
    assert check_truth(store, clicksend, quote.id) == {"accepted": 3 * SIZE}


async def test_an_upload_that_fails_pauses_before_more_leaves(
    bulk: BulkSender, store: Store, clock: TurnableClock, clicksend: FaultyClickSend, quoted: Quoted
) -> None:
    quote = await quoted()

    def fail(_body: dict[str, Any]) -> None:
        clock.at += LIFETIME
        clicksend.price_status = 403

    clicksend.on_send = fail
    await bulk.send(quote.confirm())
    assert clicksend.sends == 1
    assert check_truth(store, clicksend, quote.id) == {"accepted": SIZE, "confirmed": 2 * SIZE}
    assert store.outbox_item(quote.id).state == "paused"  # type: ignore[union-attr]


async def test_a_file_that_was_changed_is_found_before_the_send_is_confirmed(
    bulk: BulkSender, store: Store, picture: LocalFile, quoted: Quoted
) -> None:
    quote = await quoted()
    picture.path.write_bytes(b"another")
    with pytest.raises(SendRefused, match="not what it was"):
        await bulk.confirm(quote.confirm())
    assert store.outbox_item(quote.id).state == "quoted"  # type: ignore[union-attr]


async def test_what_travels_in_an_e_mail_is_in_each_and_in_no_record(
    bulk: BulkSender, store: Store, clicksend: FaultyClickSend, picture: LocalFile, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("Email\nada@example.com\n")
    attached = {"content": b64encode(b"a picture").decode(), "type": "image/png"}
    attached |= {"filename": "sale.png", "content_id": "sale"}
    content = {"subject": "Sale", "sender": {"email_address_id": 7}, "attachments": [attached]}
    found = await bulk.prepare(
        FileSource(look(tmp_path / "people.csv")),
        MessageDraft(
            "email", (), "Hi", content=content,
            files=pinned({"attachments": [{**attached, "content": picture}]}),
        ),
    )  # fmt: skip
    quote = await bulk.price(found.outbox_id)
    await bulk.send(quote.confirm(quote.words))
    assert [b64decode(body["attachments"][0]["content"]) for body in clicksend.bodies] == [b"a picture"]
    item = store.outbox_item(found.outbox_id)
    assert attached["content"] not in str(item)


async def test_what_was_uploaded_for_the_form_is_not_uploaded_again(
    client: ApiClient,
    store: Store,
    clock: TurnableClock,
    clicksend: FaultyClickSend,
    picture: LocalFile,
    tmp_path: Path,
) -> None:
    uploads = Uploads(client, clock)
    bulk = BulkSender(client, store, clock, most=SIZE, sleep=clock.sleep, uploads=uploads)
    files = pinned({"media_file": picture})
    content = {"subject": "Sale", **await uploads.fill(PRODUCTS["mms"].send, files)}
    draft = MessageDraft("mms", (), "Hi (Name)", content=content, files=files)
    found = await bulk.prepare(people(tmp_path / "people.csv", SIZE), draft, country="AU")
    await bulk.send((await bulk.price(found.outbox_id)).confirm())
    assert len(clicksend.uploads) == 1
