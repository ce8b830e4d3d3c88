"""Faxes: documents, pages, fax numbers, and accounts that may not send any."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

TO = "+61255501230"
PDF = "https://acme.example/form.pdf"
THREE_PAGES = b"%PDF-1.4 /Type /Pages " + b"<</Type /Page>> " * 3


def send(caller: Caller, file_url: str = PDF, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = caller.post("/fax/send", file_url=file_url, messages=[{"to": TO} | fields])[
        "messages"
    ][0]
    return row


def test_pages_are_counted_and_paid(caller: Caller) -> None:
    url = caller.post("/uploads", content=b64encode(THREE_PAGES).decode(), convert="fax")["_url"]
    row = send(caller, url)
    assert (row["message_pages"], row["message_price"]) == (3, "0.6000")
    assert (
        (caller.get("/fax/history", q=f"message_id:{row['message_id']}")["data"][0])["message_pages"]
        == "3.00"
    )


def test_only_a_pdf_or_what_was_made_one_can_be_faxed(caller: Caller, clock: ManualClock) -> None:
    assert send(caller, "https://acme.example/form.docx")["status"] == "INVALID_MEDIA_FILE"
    url = caller.post("/uploads", content=b64encode(b"{\\rtf1 Hello}").decode(), convert="fax")["_url"]
    assert send(caller, url)["status"] == "SUCCESS"
    clock.advance(600)
    assert send(caller, url)["status"] == "INVALID_MEDIA_FILE"


@pytest.mark.parametrize(
    ("sender", "status"),
    [
        ("", "SUCCESS"),
        ("+61255501484", "SUCCESS"),
        ("02 5550 1484", "SUCCESS"),
        ("+61481070206", "INVALID_SENDER_ID"),
        ("ACME", "INVALID_SENDER_ID"),
    ],
)
def test_the_sender_is_a_fax_number_of_the_account(caller: Caller, sender: str, status: str) -> None:
    row = send(caller, **{"from": sender})
    assert row["status"] == status
    assert row["from"] == ("+61255501484" if status == "SUCCESS" else sender)


def test_a_receipt_tells_the_whole_fax(caller: Caller, clock: ManualClock) -> None:
    message_id = send(caller, custom_string="form")["message_id"]
    assert caller.get(f"/fax/receipts/{message_id}")["status"] == "Queued"
    clock.advance(120)
    told = caller.get(f"/fax/receipts/{message_id}")
    assert (told["status"], told["_file_url"], told["custom_string"]) == ("Sent", PDF, "form")


def test_a_new_customer_may_not_fax(caller: Caller, stage: Any, clock: ManualClock) -> None:
    stage.play(World(messages=0, clock=clock))
    for act in ("price", "send"):
        answer = caller.ask("POST", f"/fax/{act}", {"file_url": PDF, "messages": [{"to": TO}]})
        assert answer.status_code == 403
        assert "no new customers" in answer.json()["response_msg"]
