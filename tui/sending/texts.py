"""What is wrong with the text of a message: empty, too long, not filled, with links, without a way out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.core.parts import kept, measure
from tui.core.placeholders import left, nearly
from tui.core.text import clean_line
from tui.sending.opt_out import NO_WAY_OUT, NO_WAY_OUT_OF_MAIL, has_way_out
from tui.sending.problem import Problem, warning
from tui.sending.products import MMS_LONGEST, PARTS_SPOKEN, SPOKEN_PART

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft, MessageDraft
    from tui.sending.recipient import Recipient

SUBJECT_LONGEST = 20
"""Characters of the subject of an MMS."""
_LINK = re.compile(r"(?i)\bhttps?://\S+|\bwww\.[^\s.]+\.\S+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\w\S*")
"""Also without a scheme, as short links are written: bit.ly/x."""
_SHORT_FORM = re.compile(r"(?i)(?:smsg\.io|stopmsg\.me)/xxxxx")
_SHORTENED = re.compile(r"(?i)smsg\.(?:io|us)/xxxxx")
"""What stands for the link that is shortened."""
_TAIL = 30
"""Characters before a cut that are quoted."""


class _Text(NamedTuple):
    """A text as somebody gets it; `whose` names them where it is not the same for all."""

    body: str
    whose: str = ""


def text_problems(draft: MessageDraft, limit: int) -> Iterator[Problem]:
    """What is wrong with the text of messages to recipients."""
    if not draft.body.strip():
        yield Problem("body", "The message is empty. Type what to send.")
        return
    yield from _unfilled(draft)
    yield from _misspelt(draft.body, draft.columns)
    texts = _texts(draft)
    yield from length_problems(draft.channel, texts, limit)
    if draft.product.as_a_whole and len({text.body for text in texts}) > 1:
        yield Problem(
            "body",
            "An e-mail to several people is the same for all, and this text is not. "
            "Send it one by one, or take the placeholders out.",
        )
    if draft.channel == "sms":
        yield from link_problems(draft.body, shortened=bool(draft.content.get("shorten_urls")))


def campaign_text_problems(draft: CampaignDraft, limit: int) -> Iterator[Problem]:
    """What is wrong with the text of a campaign, which ClickSend fills for each contact."""
    if not draft.body.strip():
        yield Problem("body", "The message is empty. Type what to send.")
        return
    yield from _misspelt(draft.body)
    yield from length_problems(draft.channel, [_Text(draft.body)], limit)
    if draft.channel == "sms":
        yield from link_problems(draft.body, shortened=False)
        if draft.content.get("url_to_shorten") and not _SHORTENED.search(draft.body):
            yield warning("body", "The link stands nowhere in the text: write smsg.io/xxxxx where it goes.")
    if not has_way_out(draft.body):
        yield warning("body", NO_WAY_OUT_OF_MAIL if draft.channel == "email" else NO_WAY_OUT)


def length_problems(channel: str, texts: Sequence[_Text], limit: int) -> Iterator[Problem]:
    """Where ClickSend would cut the text off, for the first whose text is too long."""
    judge = {"sms": _sms_length, "mms": _mms_length, "voice": _voice_length}.get(channel)
    if judge is None:
        return
    found = [(text, problem) for text in texts if (problem := judge(text.body, limit))]
    if not found:
        return
    (text, problem), more = found[0], len(found) - 1
    whose = f"{text.whose}: " if text.whose else ""
    others = f" So it is for {more} more." if text.whose and more else ""
    yield Problem("body", f"{whose}{problem.message}{others}", problem.stops)


def link_problems(body: str, *, shortened: bool) -> Iterator[Problem]:
    """What ClickSend does with links in an SMS."""
    links = [link for link in _LINK.findall(body) if not _SHORT_FORM.search(link)]
    if not links:
        return
    if shortened and len(links) > 1:
        yield Problem(
            "body", f"{len(links)} links: ClickSend shortens one in a message. Take the others out."
        )
    yield warning(
        "body",
        "There is a link in the text: ClickSend pauses SMS with links of new customers until it has "
        "approved them, and any link may delay a message.",
    )


def subject_problems(draft: MessageDraft) -> Iterator[Problem]:
    """What is wrong with the subject, for the first recipient for whom anything is."""
    subjects = [(draft.subject_for(recipient), recipient.label) for recipient in draft.recipients]
    long = [(text, whose) for text, whose in subjects if len(text) > SUBJECT_LONGEST]
    if not str(draft.content.get("subject") or "").strip():
        yield Problem("subject", "The subject is missing. Type a few words that stand above the text.")
    elif draft.channel == "mms" and long:
        text, whose = long[0]
        where = f" for {whose}" if len({subject for subject, _ in subjects}) > 1 else ""
        yield Problem("subject", f"{_too_long(text)}{where}. Shorten it.")


def campaign_subject_problems(draft: CampaignDraft) -> Iterator[Problem]:
    """The same for a campaign."""
    subject = str(draft.content.get("subject") or "").strip()
    if not subject:
        yield Problem("subject", "The subject is missing. Type a few words that stand above the text.")
    elif draft.channel == "mms" and len(subject) > SUBJECT_LONGEST:
        yield Problem("subject", f"{_too_long(subject)}. Shorten it.")


def _too_long(subject: str) -> str:
    return f"The subject has {len(subject)} characters, and an MMS takes {SUBJECT_LONGEST}"


def _unfilled(draft: MessageDraft) -> Iterator[Problem]:
    """The first recipient of whom a placeholder wants something that is not known, and how many more."""
    for field in ("body", "subject"):
        text = draft.body if field == "body" else str(draft.content.get("subject") or "")
        if "(" not in text:
            continue
        lacking = [(each, left(text, each.fields, draft.columns)) for each in draft.recipients]
        lacking = [(each, names) for each, names in lacking if names]
        if lacking:
            (first, names), more = lacking[0], len(lacking) - 1
            # To one number of which nothing is known it may be meant as it stands.
            stops = len(draft.recipients) > 1 or bool(first.fields)
            others = f" and {more} more" if more else ""
            way_out = ", leave them out" if len(draft.recipients) > 1 else ""
            yield Problem(
                field,
                f"Nothing is known for {' and '.join(names)} of {first.label}{others}. "
                f"Fill it in{way_out}, or take it out of the text.",
                stops,
            )


def _misspelt(body: str, columns: Iterable[str] = ()) -> Iterator[Problem]:
    """What looks like a placeholder and is none."""
    for typed, meant in nearly(body, columns):
        yield warning("body", f"{typed} is sent as it stands: it is no placeholder. Did you mean {meant}?")


def _texts(draft: MessageDraft) -> list[_Text]:
    """Every text that somebody gets, the first of its kind where several get the same."""
    if not draft.recipients:
        return [_Text(draft.body)]
    if len(set(draft.bodies)) == 1:
        return [_Text(draft.bodies[0])]
    firsts: dict[str, Recipient] = {}
    for body, recipient in zip(draft.bodies, draft.recipients, strict=True):
        firsts.setdefault(body, recipient)
    return [_Text(body, recipient.label) for body, recipient in firsts.items()]


def _sms_length(body: str, limit: int) -> Problem | None:
    size = measure(body)
    if size.parts <= limit:
        return None
    too_long = f"{size.parts} parts, and the account sends at most {limit}"
    return _cut(too_long, kept(body, limit))


def _mms_length(body: str, limit: int) -> Problem | None:
    encoding = measure(body).encoding
    most = MMS_LONGEST[encoding]
    if len(body) > MMS_LONGEST["GSM-7"]:
        return Problem("body", f"{len(body)} characters, and an MMS takes {most:,}. Shorten the text.")
    if len(body) <= most:
        return None
    forcing = "".join(measure(body).unicode[:3])
    return _cut(f"{len(body)} characters, and an MMS takes {most} with {forcing} in it", body[:most])


def _voice_length(body: str, limit: int) -> Problem | None:
    most = SPOKEN_PART[measure(body).encoding] * PARTS_SPOKEN
    if len(body) <= most:
        return None
    return _cut(f"{len(body)} characters, and a call reads {most:,}", body[:most])


def _cut(too_long: str, beginning: str) -> Problem:
    end = clean_line(beginning)[-_TAIL:]
    return warning("body", f'{too_long}: ClickSend would cut the text off after "{end}".')
