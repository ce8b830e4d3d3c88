"""Messages reported to ClickSend's support."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.world import World


def report(caller: Caller, message_id: str, kind: str) -> dict[str, object]:
    issue: dict[str, object] = caller.post(
        "/delivery-issues",
        message_id=message_id,
        type=kind,
        description="It did not arrive.",
        email_address="ada@example.com",
        client_comments="Twice.",
    )
    return issue


@pytest.mark.parametrize(
    ("kind", "channel"),
    [("MMS", "mms"), ("VOICE", "voice"), ("FAX", "fax"), ("EMAIL_TRANSACTIONAL", "email_transactional")],
)
def test_an_issue_is_listed(caller: Caller, world: World, kind: str, channel: str) -> None:
    before = caller.get("/delivery-issues")["total"]
    message_id = world.channels[channel].messages[0].message_id
    made = report(caller, message_id, kind)
    page = caller.get("/delivery-issues", page=1, limit=15)
    row = page["data"][-1]
    assert page["total"] == before + 1
    assert (row["issue_id"], row["message_id"], row["type"]) == (str(made["issue_id"]), message_id, kind)
    assert (row["client_comments"], row["resolved"]) == ("Twice.", 0)


def test_a_text_message_can_be_reported_in_any_case(caller: Caller) -> None:
    assert report(caller, caller.send()["message_id"], "sms")["type"] == "SMS"


def test_only_a_message_of_the_kind_named_can_be_reported(caller: Caller) -> None:
    text = caller.send()["message_id"]
    for kind, message_id in (("VOICE", text), ("SMS", "none"), ("PIGEON", text)):
        body = {"type": kind, "message_id": message_id, "description": "x", "email_address": "a@b.cd"}
        assert caller.ask("POST", "/delivery-issues", body).status_code == 400
    assert caller.ask("POST", "/delivery-issues", {"type": "SMS", "message_id": text}).status_code == 400
