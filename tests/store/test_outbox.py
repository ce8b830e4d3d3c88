"""The outbox: what was confirmed is there before it leaves, and never lies about what became of it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from tests.store.build import ANA, BOB, NOON, inbound, leaving, outbound, send
from tui.store import outbox_messages
from tui.store.database import Store
from tui.store.decisions import done
from tui.store.messages import merge_messages
from tui.store.outbox import outbox_add, outbox_recover, outbox_settle, outbox_update, sent_alike
from tui.store.rows import OutboxMessage
from tui.store.sessions import began, is_running


@pytest.fixture
def sending(store: Store) -> Store:
    """A send to two people, on its way."""
    rows = [leaving(index=0), leaving(index=1, counterpart=BOB)]
    store.write_now(outbox_add, send(), rows, {BOB: "+61 422 222 222"})
    return store


def states(store: Store) -> list[str]:
    found = [store.message("box-0"), store.message("box-1")]
    return [message.state if message else "gone" for message in found]


def test_it_comes_back_as_it_was(sending: Store) -> None:
    assert sending.outbox() == [send()]
    assert sending.outbox_item("box") == send()
    assert sending.outbox_item("other") is None
    assert sending.outbox(["accepted", "unknown"]) == []
    assert sending.outbox(["sending"]) == [send()]


def test_its_messages_show_at_once(sending: Store) -> None:
    row = sending.conversation(BOB)
    assert row is not None
    assert (row.last_state, row.number) == ("sending", "+61 422 222 222")
    assert sending.receipts("sending").count() == 2


def test_an_unknown_outcome_is_that_of_its_messages(sending: Store) -> None:
    sending.write_now(merge_messages, [outbound("GUID", custom_string="box-0", state="accepted")])
    sending.write_now(outbox_update, "box", "unknown", "The answer was lost.")
    item = sending.outbox_item("box")
    assert item is not None
    assert (item.state, item.detail) == ("unknown", "The answer was lost.")
    assert states(sending) == ["gone", "unknown"]
    assert sending.message("GUID").state == "accepted"  # type: ignore[union-attr]
    assert sending.conversation(BOB).attention == "unknown"  # type: ignore[union-attr]


def test_an_unknown_outcome_waits_for_somebody_until_they_say_otherwise(sending: Store) -> None:
    assert sending.conversations("open").count() == 0
    sending.write_now(outbox_update, "box", "unknown")
    assert sending.conversations("open").count() == 2
    sending.write_now(done, [ANA], NOON, NOON + 10)
    sending.write_now(merge_messages, [outbound("O9", NOON + 9, state="delivered")])
    assert [row.counterpart for row in sending.conversations("open").page(0)] == [BOB]


def test_what_surely_did_not_leave_is_taken_away(sending: Store) -> None:
    sending.write_now(merge_messages, [inbound("I1", NOON - 5, BOB, body="Hello?")])
    sending.write_now(outbox_update, "box", "not sent", "No network.")
    assert states(sending) == ["gone", "gone"]
    assert sending.conversation(ANA) is None
    assert sending.conversation(BOB).preview == "Hello?"  # type: ignore[union-attr]
    assert sending.receipts().count() == 0
    assert sending.counts().conversations == 1


def test_a_person_may_know_that_it_was_sent(sending: Store) -> None:
    sending.write_now(outbox_update, "box", "unknown")
    sending.write_now(outbox_settle, "box", was_sent=True)
    assert states(sending) == ["accepted", "accepted"]
    assert sending.outbox_item("box").state == "accepted"  # type: ignore[union-attr]
    assert sending.counts().unknown == 0
    assert sending.conversation(ANA).attention == ""  # type: ignore[union-attr]


def test_a_person_may_know_that_it_was_not(sending: Store) -> None:
    sending.write_now(outbox_update, "box", "unknown")
    sending.write_now(outbox_settle, "box", was_sent=False)
    assert states(sending) == ["gone", "gone"]
    assert sending.outbox_item("box").state == "not sent"  # type: ignore[union-attr]


def test_a_send_under_way_is_left_to_who_waits_for_it(sending: Store) -> None:
    assert sending.write_now(outbox_recover) == []
    assert states(sending) == ["sending", "sending"]


def test_a_send_of_a_console_that_was_closed_is_unknown(sending: Store, path: Path) -> None:
    sending.close()
    again = Store(path)
    assert again.write_now(outbox_recover) == ["box"]
    assert states(again) == ["unknown", "unknown"]
    assert again.write_now(outbox_recover) == []
    again.close()


def test_what_history_brought_before_its_console_was_found_dead_is_not_unknown(
    sending: Store, path: Path
) -> None:
    rows = [OutboxMessage("box", number, to, "in flight") for number, to in enumerate((ANA, BOB))]
    sending.write_now(outbox_messages.add, rows)
    there = outbound("GUID", custom_string="box-0", state="delivered", price=Decimal("0.07"))
    sending.write_now(merge_messages, [there])
    sending.close()
    again = Store(path)
    assert again.write_now(outbox_recover) == ["box"]
    assert again.sends.counts("box") == {"accepted": 1, "unknown": 1}
    assert again.sends.messages("box").page(0)[0].message_id == "GUID"
    assert again.outbox_item("box").state == "unknown"  # type: ignore[union-attr]
    assert states(again) == ["gone", "unknown"]
    again.close()


PROGRAM = """
    import os, signal, sys
    from pathlib import Path
    from tests.store.build import leaving, send
    from tui.store.database import Store
    from tui.store.outbox import outbox_add
    store = Store(Path(sys.argv[1]))
    store.write_now(outbox_add, send(), [leaving()])
    print("sending", flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_send_of_another_console_is_unknown_once_that_is_gone(store: Store, path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(path)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"sending\n"
        assert store.write_now(outbox_recover) == []
        other.communicate()
    assert store.write_now(outbox_recover) == ["box"]


def test_a_process_of_another_machine_cannot_be_seen_and_is_gone(sending: Store) -> None:
    sending.write_now(
        lambda tx: tx.execute("UPDATE outbox SET session = ?", (f"elsewhere:{os.getppid()}:x",))
    )
    assert sending.write_now(outbox_recover) == ["box"]


def test_a_process_with_the_number_of_a_dead_console_is_not_it(store: Store) -> None:
    host, parent = store.session.split(":")[0], os.getppid()
    assert is_running(f"{host}:{parent}:x.{began(parent)}", store.session)
    assert is_running(f"{host}:{parent}:x", store.session)  # of a version that did not note when it began
    assert not is_running(f"{host}:{parent}:x.1", store.session)


def alike(store: Store, draft: dict[str, object], kind: str = "sms", accepted: int = 0) -> str:
    """The id of a send of the same lately; "" if there is none."""
    found = sent_alike(store.sends.source, kind, draft, accepted, NOON - 60)
    return found.id if found else ""


@pytest.mark.parametrize(
    ("change", "is_alike"),
    [
        ({}, True),
        ({"to": [BOB]}, False),
        ({"to": [ANA, BOB]}, False),
        ({"body": "Sure?"}, False),
        ({"list_id": 7}, False),
        ({"sender": "+61444444444"}, True),
        ({"content": {"subject": "Yes"}}, True),
    ],
)
def test_the_same_to_the_same_is_found(store: Store, change: dict[str, object], is_alike: bool) -> None:
    draft: dict[str, object] = {"to": [ANA], "body": "Sürë “x”", "schedule": None}
    store.write_now(outbox_add, send()._replace(draft=draft, state="unknown"))
    assert bool(alike(store, draft | change)) == is_alike
    assert not alike(store, draft, "mms")


def test_what_did_not_leave_or_left_long_ago_is_nothing_alike(store: Store) -> None:
    for number, state in enumerate(("rejected", "not sent", "draft", "quoted")):
        store.write_now(outbox_add, send(f"box{number}", state))
    store.write_now(outbox_add, send("old", "accepted")._replace(created_at=NOON - 61))
    draft = dict(send().draft)
    assert not alike(store, draft)
    for number, state in enumerate(("accepted", "paused", "confirmed", "sending")):
        store.write_now(outbox_add, send(state, state)._replace(created_at=NOON + number))
        assert alike(store, draft) == state


def test_without_a_text_what_it_carries_has_to_be_the_same(store: Store) -> None:
    file = {"local_file": "/home/ana/paper.pdf", "sha256": "1"}
    draft = {"to": [ANA], "body": "", "content": {"file_url": "https://x/1", "colour": True}}
    draft["files"] = {"file_url": file}
    store.write_now(outbox_add, send()._replace(draft=draft, kind="letter", state="accepted"))
    uploaded_later = {**draft, "content": {"file_url": "https://x/2", "colour": True}}
    assert alike(store, uploaded_later, "letter") == "box"
    assert not alike(store, {**draft, "files": {"file_url": {**file, "sha256": "2"}}}, "letter")
    assert not alike(store, {**draft, "content": {"file_url": "https://x/1"}}, "letter")


def test_a_large_send_is_alike_if_it_goes_to_as_many_from_the_same_file(store: Store) -> None:
    draft = {"to": [], "body": "Sale", "source": {"file": "/a.csv", "titles": ["Mobile"]}}
    item = send()._replace(draft=draft, quote={"accepted": 12}, state="paused")
    store.write_now(outbox_add, item)
    assert alike(store, draft, accepted=12) == "box"
    assert not alike(store, draft, accepted=11)
    assert not alike(store, {**draft, "source": {"file": "/b.csv"}}, accepted=12)
    assert not alike(store, {**draft, "source": {"list_id": 7, "list": "VIP"}}, accepted=12)
