"""What is found wrong with each field of each channel before ClickSend is asked, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sending.conftest import NOW, TurnableClock
from tests.sending.drafts import PDF, PHONES, address, campaign_drafts, message_drafts
from tui.core.parts import measure
from tui.sandbox.world import World
from tui.sending import senders
from tui.sending.draft import CampaignDraft, MessageDraft
from tui.sending.opt_out import NO_WAY_OUT, has_way_out
from tui.sending.recipient import Recipient

ADA = "+61491570156"
WORLD = World(messages=50, clock=TurnableClock(), traffic=False)
MESSAGES, CAMPAIGNS = message_drafts(WORLD), campaign_drafts(WORLD)


def told(draft: MessageDraft | CampaignDraft, now: float = NOW) -> list[tuple[str, bool, str]]:
    return [(problem.field, problem.stops, problem.message) for problem in draft.check(now, 8)]


def stopped(draft: MessageDraft | CampaignDraft) -> tuple[str, str]:
    """The only thing that stops a draft."""
    ((field, message),) = [(field, message) for field, stops, message in told(draft) if stops]
    return field, message


def changed(channel: str, **content: Any) -> MessageDraft:
    return replace(MESSAGES[channel], content={**MESSAGES[channel].content, **content})


def to(channel: str, *recipients: Recipient) -> MessageDraft:
    return replace(MESSAGES[channel], recipients=recipients)


@pytest.mark.parametrize(
    ("draft", "field", "message"),
    [
        (changed("mms", subject=" "), "subject", "The subject is missing. Type a few words"),
        (
            changed("mms", subject="s" * 21),
            "subject",
            "The subject has 21 characters, and an MMS takes 20. Shorten it.",
        ),
        (replace(MESSAGES["mms"], body=""), "body", "The message is empty."),
        (
            replace(MESSAGES["mms"], body="a" * 1501),
            "body",
            "1501 characters, and an MMS takes 1,500. Shorten the text.",
        ),
        (changed("mms", media_file=None), "media_file", "No picture. Give one JPG or GIF of at most 250 kB."),
        (
            changed("mms", media_file="sale.jpg"),
            "media_file",
            '"sale.jpg" is no address of a file. Give a file of this machine, or a public URL.',
        ),
        (
            changed("mms", media_file="https://example.com/a.png?v=1.jpg"),
            "media_file",
            "From an address ClickSend takes JPG or GIF alone. JPEG, PNG and BMP are converted when",
        ),
        (replace(MESSAGES["voice"], body="\n"), "body", "The message is empty."),
        (changed("voice", lang=""), "lang", "No language. Choose the one that the text is in."),
        (changed("voice", voice="neutral"), "voice", "No voice. Choose female or male."),
        (changed("fax", file_url=""), "file_url", "No document. Give the PDF to fax."),
        (changed("fax", file_url="https://a.example/a.docx"), "file_url", "From an address ClickSend takes"),
        (replace(MESSAGES["fax"], sender="Acme"), "sender", '"Acme" cannot send a fax. Type a fax number'),
        (replace(MESSAGES["fax"], body="Hi"), "body", "A fax has no text. Write it into the document."),
        (replace(MESSAGES["voice"], sender="Acme"), "sender", "Where a call comes from cannot be chosen."),
        (changed("sms", subject="Sale"), "subject", "SMS: there is no place for subject. Leave it out."),
        (to("fax"), "to", "No recipient. Type a fax number."),
        (to("email"), "to", "No recipient. Type an e-mail address."),
        (to("email", Recipient("ada@example")), "to", '"ada@example" is no e-mail address. Type it like'),
        (to("email", Recipient("a@b.com, c@d.com")), "to", '"a@b.com, c@d.com" is no e-mail address.'),
        (changed("email", sender=None), "sender", "No address that it comes from. Choose one of"),
        (changed("email", subject=""), "subject", "The subject is missing."),
        (changed("email", cc=[{"email": "nobody"}]), "cc", '"nobody" is no e-mail address.'),
        (to("letter"), "to", "No recipient. Type a postal address."),
        (changed("letter", return_address_id=None), "return_address_id", "No return address. Choose where"),
        (changed("letter", file_url=None), "file_url", "No letter. Give the PDF to print."),
        (changed("postcard", file_urls=[]), "file_urls", "No postcard. Give a PDF of two pages, or one for"),
        (changed("postcard", file_urls=[PDF] * 3), "file_urls", "3 files, and there is room for 2."),
        (
            to("letter", address("Ada", address_line_1="", address_city=" ")),
            "to",
            "Ada: The address has no street and no city. Fill it in.",
        ),
        (
            to("letter", address("Ada", address_state="")),
            "to",
            "Ada: The address has no state. Fill it in, like VIC.",
        ),
        (
            to("postcard", address("Ada", address_country="Australia")),
            "to",
            'Ada: "AUSTRALIA" is no country code. Type two letters, like AU.',
        ),
        (
            to("postcard", address("Ada", address_postal_code="220")),
            "to",
            'Ada: "220" is no postal code of AU. It has four digits, like 3000.',
        ),
        (
            to("sms", Recipient("+61412", "Ada", line=7)),
            "to",
            "line 7 (Ada): +61412 has too few digits for Australia.",
        ),
    ],
)  # fmt: skip
def test_each_field_says_what_to_do(draft: MessageDraft, field: str, message: str) -> None:
    found = stopped(draft)
    assert found[0] == field
    assert found[1].startswith(message)


@pytest.mark.parametrize(
    ("channel", "content", "field", "message"),
    [
        ("mms", {"subject": ""}, "subject", "The subject is missing."),
        ("mms", {"subject": "s" * 25}, "subject", "The subject has 25 characters, and an MMS takes 20."),
        ("mms", {"media_file": ""}, "media_file", "No picture."),
        ("email", {"subject": ""}, "subject", "The subject is missing."),
        ("email", {"from_email_address_id": None}, "from_email_address_id", "No address that it comes from."),
        ("email", {"from_name": " "}, "from_name", "No name that it comes from. Type you or your business."),
        ("direct mail", {"size": "A4"}, "size", "No size. Choose A5 or DL."),
        ("direct mail", {"areas": []}, "areas", "No area. Choose where the flyers go, and how many."),
        (
            "direct mail",
            {"areas": [{"location_id": 1, "quantity": 300}]},
            "areas",
            "300 pieces, and ClickSend prints 5,000 or more.",
        ),
        ("direct mail", {"file_urls": ()}, "file_urls", "No flyer."),
    ],
)
def test_so_does_each_field_of_a_campaign(
    channel: str, content: dict[str, Any], field: str, message: str
) -> None:
    draft = CAMPAIGNS[channel]
    found = stopped(replace(draft, content={**draft.content, **content}))
    assert found[0] == field
    assert found[1].startswith(message)


def test_direct_mail_needs_no_list_and_no_text() -> None:
    assert told(CAMPAIGNS["direct mail"]) == []


# Texts


@pytest.mark.parametrize(
    ("channel", "body", "message"),
    [
        (
            "mms",
            "ж" * 501,
            "501 characters, and an MMS takes 500 with ж in it: ClickSend would cut the text off after",
        ),
        ("voice", "a" * 1201, "1201 characters, and a call reads 1,200: ClickSend would cut the text off"),
        ("voice", "ж" * 601, "601 characters, and a call reads 600: ClickSend would cut"),
    ],
)  # fmt: skip
def test_what_would_be_cut_off_is_said(channel: str, body: str, message: str) -> None:
    draft = to(channel, Recipient(ADA))
    ((field, stops, found),) = told(replace(draft, body=body))
    assert (field, stops) == ("body", False)
    assert found.startswith(message)
    assert told(replace(draft, body=body[:-1])) == []


def test_the_first_whose_own_text_is_too_long_is_named() -> None:
    people = tuple(
        Recipient(f"+6149157015{number}", fields={"Story": "a" * size}, line=number)
        for number, size in enumerate((10, 1300, 5000), start=2)
    )
    ((field, stops, message),) = told(MessageDraft("sms", people, "(story)"))
    assert (field, stops) == ("body", False)
    assert message.startswith("line 3 (+61 491 570 153): 9 parts, and the account sends at most 8")
    assert message.endswith(" So it is for 1 more.")


def test_a_placeholder_of_which_nothing_is_known_names_the_first_and_counts() -> None:
    people = (
        Recipient(PHONES[0], fields={"first_name": "Ada", "Code": "1"}, line=2),
        Recipient(PHONES[1], "Bob", {"first_name": "", "Code": " "}, line=3),
        Recipient("+61491570158", fields={"first_name": "", "Code": "3"}, line=4),
    )
    draft = MessageDraft("sms", people, "Hi (First Name), your code is (code). (Bye)")
    assert stopped(draft) == (
        "body",
        "Nothing is known for (First Name) and (code) of line 3 (Bob) and 1 more. "
        "Fill it in, leave them out, or take it out of the text.",
    )
    assert [message for _, stops, message in told(replace(draft, recipients=people[:1])) if stops] == []


def test_what_is_almost_a_placeholder_is_warned_of() -> None:
    draft = MessageDraft(
        "sms", (Recipient(ADA, fields={"Order": "7"}),), "(Frist Name) (Oder) (Sydney) (Order)"
    )
    assert [(field, stops) for field, stops, _ in told(draft)] == [("body", False)] * 2
    assert [message.split(": ")[0] for _, _, message in told(draft)] == [
        "(Frist Name) is sent as it stands",
        "(Oder) is sent as it stands",
    ]
    assert told(draft)[0][2].endswith("Did you mean (First Name)?")


def test_the_subject_is_filled_too() -> None:
    people = (Recipient(ADA, fields={"Shop": "Acme"}), Recipient(PHONES[1], fields={"Shop": "A" * 21}))
    draft = replace(changed("mms", subject="(Shop)"), recipients=people)
    field, message = stopped(draft)
    assert (field, message) == (
        "subject",
        "The subject has 21 characters, and an MMS takes 20 for +44 7400 123456. Shorten it.",
    )
    assert [draft.subject_for(each) for each in people] == ["Acme", "A" * 21]


def test_a_reply_with_a_placeholder_is_warned_of_and_can_be_sent() -> None:
    assert told(MessageDraft.sms((ADA,), "Write to (Email)")) == [
        (
            "body",
            False,
            "Nothing is known for (Email) of +61 491 570 156. Fill it in, or take it out of the text.",
        )
    ]


def test_an_e_mail_to_several_cannot_be_personal() -> None:
    people = tuple(Recipient(f"{name}@example.com", fields={"Name": name}) for name in ("ada", "bob"))
    draft = replace(MESSAGES["email"], recipients=people, body="Hi (Name)")
    assert stopped(draft)[1].startswith(
        "An e-mail to several people is the same for all, and this text is not."
    )
    seen = "One e-mail to all: each of the 2 recipients sees the others' addresses."
    assert any(message.startswith(seen) for _, _, message in told(draft))
    assert told(replace(draft, recipients=people[:1])) == []


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("See https://example.com/sale", True),
        ("See www.example.com", True),
        ("See bit.ly/x1", True),
        ("Call and/or text, 9 a.m./p.m.", False),
        ("See smsg.io/xxxxx. Reply STOP", False),
        ("At 9.30 in St. Mary", False),
    ],
)
def test_a_link_is_warned_of(body: str, *, links: bool) -> None:
    found = [message for _, stops, message in told(MessageDraft.sms((ADA,), body)) if not stops]
    assert [message.startswith("There is a link in the text: ClickSend pauses") for message in found] == (
        [True] if links else []
    )


def test_only_one_link_is_shortened() -> None:
    draft = MessageDraft("sms", (Recipient(ADA),), "https://a.example/1 https://a.example/2")
    assert [stops for _, stops, _ in told(draft)] == [False]
    shortened = replace(draft, content={"shorten_urls": True})
    assert stopped(shortened) == (
        "body",
        "2 links: ClickSend shortens one in a message. Take the others out.",
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Reply STOP to opt out", True),
        ("Opt-out: StopMsg.me/xxxxx", True),
        ("reply stop", True),
        ("Unsubscribe", True),
        ("Stop by our shop", False),
        ("Spring sale", False),
    ],
)
def test_marketing_names_a_way_out(text: str, *, known: bool) -> None:
    assert has_way_out(text) is known
    draft = replace(CAMPAIGNS["sms"], body=text)
    assert told(draft) == ([] if known else [("body", False, NO_WAY_OUT)])


@pytest.mark.parametrize(
    "link", ["nonsense", "http://", "https://a.example/x y", "ftp://a.example", "https://a"]
)
def test_a_link_to_shorten_is_an_address(link: str) -> None:
    draft = replace(CAMPAIGNS["sms"], content={"url_to_shorten": link})
    assert stopped(draft) == (
        "url_to_shorten",
        f'"{link}" is no address of a page. Type it like https://example.com/sale.',
    )


@pytest.mark.parametrize(("text", "stands"), [("Look: smsg.io/xxxxx", True), ("Look", False)])
def test_a_link_to_shorten_stands_in_the_text(text: str, *, stands: bool) -> None:
    link = {"url_to_shorten": "https://a.example/sale?x=1"}
    draft = replace(CAMPAIGNS["sms"], body=f"{text} Reply STOP to opt out", content=link)
    assert [field for field, _, words in told(draft) if "stands nowhere" in words] == ["body"] * (not stands)


# Senders


@pytest.mark.parametrize(
    "sender", ["Acme", "A+b", "abcdefghijk", "123+", "12", "+61491570156", "123456789012345"]
)
def test_senders_of_these_forms_are_taken(sender: str) -> None:
    assert told(MessageDraft.sms((ADA,), "Hi", sender)) == []


@pytest.mark.parametrize("sender", ["My Shop", "ab", "abcdefghijkl", "Caf\u00e9s", "1", "1" * 16, "a_b"])
def test_others_are_not(sender: str) -> None:
    field, message = stopped(MessageDraft.sms((ADA,), "Hi", sender))
    assert (field, message[: len(sender) + 2]) == ("sender", f'"{sender}"')


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("alpha tag", "A name as the sender does not work to the US and Canada (+1 201-555-0123)."),
        ("own number", "A number of your own does not work to the US and Canada (+1 201-555-0123)."),
        ("shared number", "A shared number does not work to the US and Canada (+1 201-555-0123)."),
        ("dedicated number", ""),
        ("number", ""),
    ],
)
def test_the_rules_of_the_recipients_country(kind: senders.SenderKind, words: str) -> None:
    found = [problem.message for problem in senders.reach_problems(kind, senders.by_country(PHONES))]
    assert [message.startswith(words) for message in found] == ([True] if words else [])
    assert list(senders.reach_problems(kind, senders.by_country(PHONES[:2]))) == []


# Times


def test_the_night_of_the_recipients_is_counted_with_the_time_there() -> None:
    evening_in_sydney = int(datetime(2026, 11, 3, 11, 30, tzinfo=UTC).timestamp())
    draft = MessageDraft.sms(PHONES, "Hello", schedule=evening_in_sydney)
    assert told(draft) == [
        (
            "schedule",
            False,
            "Night for 2 of 3 recipients: 22:30 there for +61 491 570 156. "
            "Send at another time if it can wait.",
        )
    ]  # fmt: skip
    assert told(replace(draft, recipients=draft.recipients[1:2])) == []


@pytest.mark.parametrize(
    ("hour", "night"), [(20, True), (21, False), (3, False), (8, False), (9, True), (12, True)]
)
def test_the_night_is_before_eight_and_after_eight(hour: int, *, night: bool) -> None:
    at = int(datetime(2026, 11, 3, hour, 0, tzinfo=UTC).timestamp())  # Sydney is eleven hours ahead.
    draft = MessageDraft.sms((ADA,), "Hello", schedule=at)
    assert bool(told(draft)) is night
    assert told(to("letter", address("Ada")), at) == []


@pytest.mark.parametrize("channel", MESSAGES)
def test_no_channel_takes_a_time_that_is_past_or_too_far(channel: str) -> None:
    draft = to(channel, *MESSAGES[channel].recipients[:1])
    assert stopped(replace(draft, schedule=NOW - 1))[0] == "schedule"
    assert stopped(replace(draft, schedule=NOW + 130 * 86_400))[0] == "schedule"


# Counts


@pytest.mark.parametrize(
    ("channel", "body", "parts"),
    [
        ("sms", "a" * 161, 2),
        ("sms", "ж" * 71, 2),
        ("mms", "a" * 1500, 1),
        ("voice", "a" * 300, 1),
        ("voice", "a" * 301, 2),
        ("voice", "ж" * 151, 2),
    ],
)
def test_parts_are_counted_as_the_channel_counts(channel: str, body: str, parts: int) -> None:
    assert MESSAGES[channel].product.count(body) == parts
    assert channel != "sms" or measure(body).parts == parts


def test_a_country_that_is_none_is_no_country() -> None:
    assert stopped(to("letter", address("Ada", address_country="ZZ"))) == (
        "to",
        'Ada: "ZZ" is no country code. Type two letters, like AU.',
    )
