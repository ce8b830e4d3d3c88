"""Which row of an answer is whose, on channels that answer differently."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sending.drafts import address
from tui.sending.draft import MessageDraft
from tui.sending.message import MessageChannel
from tui.sending.recipient import Recipient
from tui.sending.result import Outcome

CHANNEL = MessageChannel()
NUMBERS = ("+61491570156", "+61491570157", "+61491570158")
TEXTS = MessageDraft.sms(NUMBERS, "Hello")
LETTERS = MessageDraft(
    "letter",
    (address("Ada Lovelace"), address("Ada Lovelace", address_line_1="2 Other Street"), address("Bob Byron")),
    content={"return_address_id": 14, "file_url": "https://example.com/a.pdf"},
)


def row(draft: MessageDraft, number: int, **fields: Any) -> dict[str, Any]:
    """What ClickSend says of one accepted message of the send "s"."""
    recipient = draft.recipients[number]
    where = dict(recipient.fields) if draft.channel == "letter" else {"to": recipient.to}
    price = {"post_price": "1.27"} if draft.channel == "letter" else {"message_price": "0.07"}
    told = {"custom_string": f"s-{number}", "message_id": f"ID-{number}", "status": "SUCCESS"}
    return {**where, **price, **told, **fields}


def read(draft: MessageDraft, rows: list[dict[str, Any]], **whole: Any) -> tuple[Outcome, ...]:
    under = "recipients" if draft.channel == "letter" else "messages"
    answer = draft.product.send.parse({under: rows, **whole})
    outcomes = CHANNEL.outcomes(draft, "s")
    return CHANNEL.read_answer(draft, outcomes, answer)[0]


def ids(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.message_id or outcome.fate for outcome in outcomes]


@pytest.mark.parametrize("draft", [TEXTS, LETTERS])
def test_references_go_before_order(draft: MessageDraft) -> None:
    assert ids(read(draft, [row(draft, number) for number in (2, 0, 1)])) == ["ID-0", "ID-1", "ID-2"]


@pytest.mark.parametrize("draft", [TEXTS, LETTERS])
def test_recipients_tell_where_references_do_not_come_back(draft: MessageDraft) -> None:
    rows = [row(draft, number, custom_string="") for number in (2, 0, 1)]
    assert ids(read(draft, rows)) == ["ID-0", "ID-1", "ID-2"]


@pytest.mark.parametrize("draft", [TEXTS, LETTERS])
def test_order_tells_where_nothing_else_does(draft: MessageDraft) -> None:
    nameless = {"custom_string": "", "to": "", "address_name": "", "address_line_1": ""}
    rows = [row(draft, number, **{**nameless, "address_postal_code": ""}) for number in range(3)]
    assert ids(read(draft, rows)) == ["ID-0", "ID-1", "ID-2"]
    # One is missing, and nobody knows which.
    assert ids(read(draft, rows[:2])) == ["unknown"] * 3


@pytest.mark.parametrize("draft", [TEXTS, LETTERS])
def test_who_is_left_out_is_unknown(draft: MessageDraft) -> None:
    assert ids(read(draft, [row(draft, 0), row(draft, 2)])) == ["ID-0", "unknown", "ID-2"]
    assert ids(read(draft, [])) == ["unknown"] * 3


def test_a_row_for_somebody_else_is_nobodys() -> None:
    rows = [row(TEXTS, 0), row(TEXTS, 1), row(TEXTS, 2, to="+15005550006", custom_string="other")]
    assert ids(read(TEXTS, rows)) == ["ID-0", "ID-1", "unknown"]
    rows[2]["custom_string"] = ""
    assert ids(read(TEXTS, rows)) == ["ID-0", "ID-1", "unknown"]


@pytest.mark.parametrize("draft", [TEXTS, LETTERS])
def test_a_row_with_the_reference_of_another_send_is_nobodys(draft: MessageDraft) -> None:
    other = "0123456789abcdef0123-0"
    rows = [row(draft, number, custom_string=other) for number in range(3)]
    assert ids(read(draft, rows)) == ["unknown"] * 3


def test_one_message_told_of_twice_is_unknown() -> None:
    twice = [row(TEXTS, 0), row(TEXTS, 0, status="INVALID_RECIPIENT"), row(TEXTS, 1), row(TEXTS, 2)]
    assert ids(read(TEXTS, twice)) == ["unknown", "ID-1", "ID-2"]


def test_two_messages_with_one_id_are_two() -> None:
    outcomes = read(TEXTS, [row(TEXTS, number, message_id="SAME") for number in range(3)])
    assert [(outcome.fate, outcome.message_id) for outcome in outcomes] == [("accepted", "")] * 3


def test_numbers_are_the_same_without_plus_and_names_in_any_case() -> None:
    rows = [row(TEXTS, number, custom_string="", to=NUMBERS[number][1:]) for number in range(3)]
    assert ids(read(TEXTS, rows)) == ["ID-0", "ID-1", "ID-2"]
    rows = [row(LETTERS, number, custom_string="") for number in range(3)]
    rows[0] |= {"address_name": "ADA  LOVELACE", "address_line_1": "1 TEST STREET"}
    assert ids(read(LETTERS, rows)) == ["ID-0", "ID-1", "ID-2"]


def test_a_rejected_letter_may_be_told_by_its_name_alone() -> None:
    bob = {"address_name": "Bob Byron", "status": "INVALID_RECIPIENT"}
    outcomes = read(LETTERS, [row(LETTERS, 0), row(LETTERS, 1), bob])
    assert [outcome.fate for outcome in outcomes] == ["accepted", "accepted", "rejected"]
    ada = {"address_name": "Ada Lovelace", "status": "INVALID_RECIPIENT"}
    outcomes = read(LETTERS, [row(LETTERS, 0), ada, row(LETTERS, 2)])
    assert [outcome.fate for outcome in outcomes] == ["accepted", "rejected", "accepted"]


def test_the_numbers_of_a_large_send_are_those_of_the_outbox() -> None:
    outcomes = CHANNEL.outcomes(TEXTS, "s", [1000, 1002, 1007])
    assert [outcome.reference for outcome in outcomes] == ["s-1000", "s-1002", "s-1007"]
    body = CHANNEL.send_request(TEXTS, outcomes).body
    assert body
    assert [each["custom_string"] for each in body["messages"]] == ["s-1000", "s-1002", "s-1007"]


@pytest.mark.parametrize(
    ("status", "fate"),
    [("WaitApproval", "accepted"), ("Queued:WaitSend", "accepted"), ("Failed", "rejected"), ("", "unknown")],
)
def test_the_status_of_an_e_mail_is_that_of_all_its_recipients(status: str, fate: str) -> None:
    people = (Recipient("ada@example.com"), Recipient("bob@example.com"))
    draft = MessageDraft("email", people, "Hello", content={"subject": "Hi"})
    answer = draft.product.send.parse({"message_id": "E-1", "status": status, "price": "0.02"})
    read, charged = CHANNEL.read_answer(draft, CHANNEL.outcomes(draft, "s"), answer)
    assert [(outcome.fate, outcome.message_id) for outcome in read] == [(fate, "E-1")] * 2
    assert str(charged) == "0.02"


@given(
    st.lists(st.sampled_from(range(3)), max_size=5),
    st.sampled_from(["reference", "recipient", "both"]),
    st.sampled_from([TEXTS, LETTERS]),
)
def test_no_message_is_ever_taken_for_another(told: list[int], by: str, draft: MessageDraft) -> None:
    """Whatever rows come back, in any order, twice or not at all: an id is its own message's or nobody's."""
    hidden = {"reference": {"to": "", "address_name": "", "address_line_1": ""}, "recipient": {}, "both": {}}[
        by
    ]
    rows = [row(draft, number, **hidden) for number in told]
    if by == "recipient":
        rows = [each | {"custom_string": ""} for each in rows]
    for number, outcome in enumerate(read(draft, rows)):
        assert outcome.message_id in ("", f"ID-{number}")
        if told.count(number) == 1:
            assert outcome.fate == "accepted"
        if number not in told:
            assert outcome.fate == "unknown"


def test_what_is_asked_twice_is_one_message() -> None:
    people = (Recipient("Ada@example.com"), Recipient("ada@EXAMPLE.com"), Recipient("bob@example.com"))
    draft = MessageDraft("email", people, "Hello")
    assert draft.to == ("Ada@example.com", "bob@example.com")
    assert replace(draft, channel="sms").to == draft.to
