"""Uploads: base64 and forms, what each use takes, and when a file is gone."""

from __future__ import annotations

from base64 import b64encode

import httpx
import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock

BYTES = bytes(range(256)) + b"\r\n--\r\n\n\r"
FILES = {
    "pdf": b"%PDF-1.4",
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "png": b"\x89PNG",
    "bmp": b"BM",
    "docx": b"PK\x03\x04",
    "doc": b"\xd0\xcf\x11\xe0",
    "rtf": b"{\\rtf1}",
    "csv": b"phone,name",
    "exe": b"MZ\x00\x01",
    "latin": b"\xe9t\xe9",
}
TAKEN = {
    "csv": {"csv"},
    "fax": {"pdf", "docx", "doc", "rtf"},
    "mms": {"jpg", "gif", "png", "bmp"},
    "post": {"pdf", "docx", "doc"},
    "postcard": {"pdf", "docx", "doc"},
}


def upload(caller: Caller, content: bytes, convert: str) -> httpx.Response:
    return caller.ask("POST", "/uploads", {"content": b64encode(content).decode(), "convert": convert})


def test_a_file_lies_under_its_address_for_ten_minutes(caller: Caller, clock: ManualClock) -> None:
    content = FILES["gif"] + BYTES
    made = upload(caller, content, "mms").json()["data"]
    assert made["date_delete"] - made["date_added"] == 600
    assert made["file_name"].endswith(".gif")
    clock.advance(599)
    fetched = caller.fetch(made["_url"])
    assert (fetched.content, fetched.headers["content-type"]) == (content, "image/gif")
    clock.advance(1)
    assert caller.fetch(made["_url"]).status_code == 404


@pytest.mark.parametrize("convert", TAKEN)
@pytest.mark.parametrize("kind", FILES)
def test_each_use_takes_its_types_of_file(caller: Caller, convert: str, kind: str) -> None:
    answer = upload(caller, FILES[kind], convert)
    expected = (200, "SUCCESS") if kind in TAKEN[convert] else (400, "INVALID_MEDIA_FILE")
    assert (answer.status_code, answer.json()["response_code"]) == expected


def test_documents_become_pdf(caller: Caller) -> None:
    made = upload(caller, FILES["docx"], "post").json()["data"]
    assert made["file_name"].endswith(".pdf")
    assert caller.fetch(made["_url"]).content.startswith(b"%PDF")


def test_the_use_may_stand_in_the_query(caller: Caller) -> None:
    body = {"content": b64encode(FILES["csv"]).decode()}
    assert caller.ask("POST", "/uploads", body, convert="csv").status_code == 200
    assert caller.ask("POST", "/uploads", body, convert="film").status_code == 400


def test_a_form_is_taken_with_every_byte(caller: Caller) -> None:
    content = FILES["gif"] + BYTES
    made = caller.post_form("/uploads", {"file": ("a.gif", content, "image/gif")}, convert="mms")
    assert caller.fetch(made["_url"]).content == content


@pytest.mark.parametrize(
    "body", [{}, {"content": "YQ=="}, {"convert": "mms"}, {"content": "", "convert": "mms"}]
)
def test_what_is_required_must_be_there(caller: Caller, body: dict[str, str]) -> None:
    answer = caller.ask("POST", "/uploads", body)
    assert (answer.status_code, answer.json()["response_code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("content", ["%%%", "YQ", "é"])
def test_what_is_no_base64_is_refused(caller: Caller, content: str) -> None:
    answer = caller.ask("POST", "/uploads", {"content": content, "convert": "csv"})
    assert (answer.status_code, answer.json()["response_code"]) == (400, "INVALID_MEDIA_FILE")


def test_contacts_are_imported_from_an_upload(caller: Caller, clock: ManualClock) -> None:
    url = upload(caller, b"+61491570156,Ada", "csv").json()["data"]["_url"]
    list_id = caller.post("/lists", list_name="New")["list_id"]
    caller.post(f"/lists/{list_id}/import", file_url=url, field_order=["phone", "first_name"])
    clock.advance(10)
    (row,) = caller.get(f"/lists/{list_id}/contacts")["data"]
    assert row["first_name"] == "Ada"
