"""Picture messages: subject, text and file."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock

GIF = b"GIF89a" + bytes(100)
MESSAGE = {"to": CUSTOMER, "subject": "Sale", "body": "Hello"}


def upload(caller: Caller, content: bytes = GIF, convert: str = "mms") -> str:
    url = caller.post("/uploads", content=b64encode(content).decode(), convert=convert)["_url"]
    return str(url)


def send(caller: Caller, media_file: str, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = caller.post("/mms/send", media_file=media_file, messages=[MESSAGE | fields])[
        "messages"
    ][0]
    return row


def test_an_uploaded_picture_is_sent_until_it_is_gone(caller: Caller, clock: ManualClock) -> None:
    url = upload(caller)
    row = send(caller, url)
    assert (row["status"], row["_media_file_url"], row["message_price"]) == ("SUCCESS", url, "0.4752")
    clock.advance(600)
    assert send(caller, url)["status"] == "INVALID_MEDIA_FILE"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://acme.example/a.gif", "SUCCESS"),
        ("https://acme.example/a.JPG?size=2", "SUCCESS"),
        ("https://acme.example/a.png", "INVALID_MEDIA_FILE"),
        ("https://acme.example/a.pdf", "INVALID_MEDIA_FILE"),
        ("https://acme.example/", "INVALID_MEDIA_FILE"),
        ("a.gif", "INVALID_MEDIA_FILE"),
        ("http://[", "INVALID_MEDIA_FILE"),
    ],
)
def test_a_file_elsewhere_is_judged_by_its_name(caller: Caller, url: str, status: str) -> None:
    assert send(caller, url)["status"] == status


def test_a_file_made_for_something_else_or_too_large_is_refused(caller: Caller) -> None:
    assert send(caller, upload(caller, b"a,b", "csv"))["status"] == "INVALID_MEDIA_FILE"
    assert send(caller, upload(caller, GIF + bytes(250_000)))["status"] == "INVALID_MEDIA_FILE"


def test_without_a_file_nothing_is_sent(caller: Caller) -> None:
    answer = caller.ask("POST", "/mms/send", {"messages": [MESSAGE]})
    assert (answer.status_code, answer.json()["data"]) == (
        400,
        {"media_file": "The media_file field is required."},
    )


def test_the_subject_is_required_and_short(caller: Caller) -> None:
    url = "https://acme.example/a.gif"
    assert send(caller, url, subject="")["status"] == "SUBJECT_REQUIRED"
    assert send(caller, url, subject="x" * 20)["status"] == "SUCCESS"
    long = {"media_file": url, "messages": [MESSAGE | {"subject": "x" * 21}]}
    answer = caller.ask("POST", "/mms/send", long)
    assert (answer.status_code, list(answer.json()["data"])) == (400, ["subject"])


@pytest.mark.parametrize(("letter", "kept"), [("a", 1500), ("я", 500)])
def test_a_long_text_is_cut_off(caller: Caller, letter: str, kept: int) -> None:
    row = send(caller, "https://acme.example/a.gif", body=letter * 1600)
    assert (row["body"], row["message_parts"]) == (letter * kept, 1)
    assert send(caller, "https://acme.example/a.gif", body=" ")["status"] == "EMPTY_MESSAGE"


def test_the_sender_is_granted_as_for_texts(caller: Caller) -> None:
    url = "https://acme.example/a.gif"
    assert send(caller, url)["from"] == "+61481070206"
    assert send(caller, url, body="named", **{"from": "ACME"})["from"] == "ACME"
    assert send(caller, url, body="odd", **{"from": "A*"})["status"] == "INVALID_SENDER_ID"


def test_a_receipt_tells_the_whole_message(caller: Caller, clock: ManualClock) -> None:
    message_id = send(caller, "https://acme.example/a.gif")["message_id"]
    told = caller.get(f"/mms/receipts/{message_id}")
    assert (told["status"], told["subject"], told["status_code"]) == ("Queued:WaitSend", "Sale", None)
    clock.advance(60)
    told = caller.get(f"/mms/receipts/{message_id}")
    assert (told["status"], told["status_code"], told["message_parts"]) == ("Sent", "201", "1.00")
    assert caller.ask("GET", "/mms/receipts/none").status_code == 404
