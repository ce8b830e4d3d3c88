"""Drafts: what is found wrong before ClickSend is asked, and what ties a quote to one draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import InvalidInput
from tui.sending.draft import CampaignDraft, Draft, MessageDraft, restore, same_sender

NOW = 1_793_000_000
ADA = "+61411111111"
GOOD = MessageDraft.sms((ADA,), "Hello")
CAMPAIGN = CampaignDraft("Spring", 428, "", "Hello. Reply STOP to opt out.")

DRAFTS = st.one_of(
    st.builds(
        MessageDraft.sms,
        st.lists(st.text(max_size=15), max_size=3).map(tuple),
        st.text(),
        st.text(max_size=5),
        st.none() | st.integers(0, 2**40),
    ),
    st.builds(CampaignDraft, st.text(), st.integers(), st.text(max_size=5), st.text()),
)


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "draft", [GOOD, CAMPAIGN, replace(GOOD, schedule=NOW + 60), replace(GOOD, sender="Acme")]
)
def test_good_drafts_have_no_problem(draft: Draft) -> None:
    assert draft.check(NOW, 8) == []


@pytest.mark.parametrize(
    ("draft", "field", "message"),
    [
        (MessageDraft.sms((), "Hello"), "to", "No recipient. Type a phone number."),
        (
            MessageDraft.sms(("+61412",), "Hello"),
            "to",
            "+61412 has too few digits for Australia. Type it like",
        ),
        (MessageDraft.sms(("0411111111",), "Hello"), "to", "0411111111 has no country code. Type it with +"),
        (replace(GOOD, body=" \n"), "body", "The message is empty. Type what to send."),
        (replace(GOOD, sender="My Shop!"), "sender", '"My Shop!" cannot be a sender. Type a number of yours'),
        (replace(GOOD, sender="A"), "sender", '"A" cannot be a sender.'),
        (replace(GOOD, schedule=NOW), "schedule", "The time to send at is in the past."),
        (replace(GOOD, schedule=NOW + 130 * 86_400), "schedule", "More than 4 months ahead"),
        (replace(CAMPAIGN, name="  "), "name", "The campaign has no name."),
        (replace(CAMPAIGN, list_id=0), "list_id", "No list. Choose the contact list"),
        (replace(CAMPAIGN, body=""), "body", "The message is empty."),
    ],
)
def test_what_stops_a_draft_says_where_and_what_to_do(draft: Draft, field: str, message: str) -> None:
    (problem,) = draft.check(NOW, 8)
    assert (problem.field, problem.stops) == (field, True)
    assert problem.message.startswith(message)


def test_too_many_recipients_are_sent_to_a_campaign() -> None:
    draft = MessageDraft.sms([f"+6141111{number:04}" for number in range(1001)], "Hello")
    assert [problem.message for problem in draft.check(NOW, 8)] == [
        "1001 recipients: ClickSend takes 1000 in one send. Put them on a list and send a campaign."
    ]


@pytest.mark.parametrize(("limit", "parts"), [(8, 9), (6, 7), (None, 7)])
def test_a_text_beyond_the_limit_says_where_it_would_be_cut(limit: int | None, parts: int) -> None:
    most = (parts - 1) * 153
    draft = replace(GOOD, body="a" * (most - 4) + " end" + "lost")
    (problem,) = draft.check(NOW, limit)
    assert (problem.field, problem.stops) == ("body", False)
    assert problem.message.startswith(f"{parts} parts, and the account sends at most {parts - 1}")
    assert problem.message.endswith(' end".')
    assert replace(draft, body="a" * most).check(NOW, limit) == []


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (at(2026, 11, 3, 6), at(2027, 3, 3, 6)),
        (at(2026, 10, 31, 6), at(2027, 2, 28, 6)),
        (at(2027, 10, 31, 6), at(2028, 2, 29, 6)),
    ],
)
def test_four_calendar_months_ahead_and_no_more(now: int, last: int) -> None:
    assert replace(GOOD, schedule=last).check(now) == []
    assert [problem.field for problem in replace(GOOD, schedule=last + 1).check(now)] == ["schedule"]


def test_what_is_shown_is_what_is_sent() -> None:
    draft = MessageDraft.sms((" +61411111111 ", ADA, "+61422222222"), "one\r\n\x1b[31mtwo\u202e", " Acme ")
    assert draft == MessageDraft.sms((ADA, "+61422222222"), "one\ntwo", "Acme")


@given(DRAFTS)
def test_a_record_gives_the_same_draft_again(draft: Draft) -> None:
    again = restore(draft.kind, draft.record())
    assert again == draft
    assert again.fingerprint == draft.fingerprint


@given(DRAFTS, DRAFTS)
def test_a_fingerprint_is_of_one_draft_only(one: Draft, other: Draft) -> None:
    assert (one.fingerprint == other.fingerprint) == (one == other)


def test_a_draft_of_a_later_version_says_so() -> None:
    with pytest.raises(InvalidInput, match='kind "pigeon"'):
        restore("pigeon", {})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+61411111111", "61411111111", True),
        ("ACME", "Acme", True),
        ("+61411111111", "+61422222222", False),
        ("Acme", "", False),
    ],
)
def test_senders_are_compared_as_clicksend_returns_them(one: str, other: str, *, same: bool) -> None:
    assert same_sender(one, other) is same


@pytest.mark.parametrize(
    ("kind", "record", "draft"),
    [
        (
            "sms",
            {"to": [ADA, "+61422222222"], "body": "Hello", "sender": "Acme", "schedule": NOW},
            MessageDraft.sms((ADA, "+61422222222"), "Hello", "Acme", NOW),
        ),
        (
            "sms campaign",
            {"name": "Spring", "list_id": 428, "sender": "", "body": CAMPAIGN.body, "schedule": None},
            CAMPAIGN,
        ),
    ],
)
def test_what_earlier_versions_recorded_is_read(kind: str, record: dict[str, object], draft: Draft) -> None:
    assert restore(kind, record) == draft
    assert draft.record() == record
