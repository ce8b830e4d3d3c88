"""What is wrong with what a message carries beside its text: files, a voice, an e-mail's addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tui.sending.problem import Problem, warning
from tui.sending.whom import email_fault

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft, MessageDraft

FEWEST_PIECES = 5000
"""Of direct mail, in all areas together."""
ATTACHED = 10_000_000
"""Bytes of attachments after which mailboxes commonly refuse an e-mail."""
_URL = re.compile(r"https?://[^\s/]+/\S+")
_LINK = re.compile(r"https?://[^\s/.]+\.[^\s/]+(/\S*)?")
_AS_IT_IS: Mapping[str, tuple[str, ...]] = {"media_file": ("jpg", "gif")}
"""Types that need no conversion; of other files PDF alone."""
_CONVERTED: Mapping[str, str] = {
    "media_file": "JPEG, PNG and BMP are converted when the file itself is given",
    "file_url": "DOC and DOCX are converted when the file itself is given",
    "file_urls": "DOC and DOCX are converted when the file itself is given",
}
_SIDES = "Give a PDF of two pages, or one for the front and one for the back."
_NO_FILE: Mapping[tuple[str, str], str] = {
    ("mms", "media_file"): "No picture. Give one JPG or GIF of at most 250 kB.",
    ("fax", "file_url"): "No document. Give the PDF to fax.",
    ("letter", "file_url"): "No letter. Give the PDF to print.",
    ("postcard", "file_urls"): f"No postcard. {_SIDES}",
    ("direct mail", "file_urls"): f"No flyer. {_SIDES}",
}
_NO_ADDRESS = "No address that it comes from. Choose one of the account's verified addresses."
_TWO = 2
"""Files of a postcard or a flyer: the front and the back."""


def content_problems(draft: MessageDraft) -> Iterator[Problem]:
    """What is wrong with the content of messages to recipients."""
    for name in draft.product.files:
        yield from _file(draft.channel, name, draft.content.get(name))
    judge = _OF_MESSAGES.get(draft.channel)
    if judge is not None:
        yield from judge(draft.content)


def campaign_content_problems(draft: CampaignDraft) -> Iterator[Problem]:
    """What is wrong with the content of a campaign."""
    for name in draft.product.files:
        yield from _file(draft.channel, name, draft.content.get(name))
    judge = _OF_CAMPAIGNS.get(draft.channel)
    if judge is not None:
        yield from judge(draft.content)


def _rows(given: object) -> list[Mapping[str, Any]]:
    """The rows that are given, as far as they are any: for the rest the declaration has words."""
    rows = given if isinstance(given, list | tuple) else ()
    return [row for row in rows if isinstance(row, Mapping)]


def _file(channel: str, name: str, given: object) -> Iterator[Problem]:
    urls = [given] if isinstance(given, str) else list(given) if isinstance(given, Sequence) else []
    urls = [str(url) for url in urls if str(url).strip()]
    if not urls:
        yield Problem(name, _NO_FILE[channel, name])
    if len(urls) > _TWO or (len(urls) > 1 and name != "file_urls"):
        yield Problem(name, f"{len(urls)} files, and there is room for {1 if name != 'file_urls' else _TWO}.")
    usable = _AS_IT_IS.get(name, ("pdf",))
    for url in urls:
        if not _URL.fullmatch(url):
            yield Problem(
                name,
                f'"{url}" is no address of a file. Give a file of this machine, or a public URL.',
            )
        elif (type_ := PurePosixPath(urlsplit(url).path).suffix) and type_[1:].lower() not in usable:
            words = " or ".join(usable).upper().replace(" OR ", " or ")
            yield Problem(name, f"From an address ClickSend takes {words} alone. {_CONVERTED[name]}.")


def _voice(content: Mapping[str, Any]) -> Iterator[Problem]:
    if not str(content.get("lang") or "").strip():
        yield Problem("lang", "No language. Choose the one that the text is in.")
    if str(content.get("voice") or "").lower() not in ("female", "male"):
        yield Problem("voice", "No voice. Choose female or male.")


def _email(content: Mapping[str, Any]) -> Iterator[Problem]:
    sender = content.get("sender")
    if not isinstance(sender, Mapping) or not sender.get("email_address_id"):
        yield Problem("sender", _NO_ADDRESS)
    for name in ("cc", "bcc"):
        for person in _rows(content.get(name)):
            if wrong := email_fault(str(person.get("email") or "")):
                yield Problem(name, wrong)
    yield from _attachments(_rows(content.get("attachments")))


def _attachments(attachments: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    size = 0
    for attachment in attachments:
        name, content = attachment.get("filename") or "The file", str(attachment.get("content") or "")
        if not content:
            yield Problem("attachments", f"{name}: its contents are not kept. Attach it again.")
        size += len(content) * 3 // 4
    if size > ATTACHED:
        yield warning(
            "attachments",
            f"{size / 1e6:.1f} MB of attachments: many mailboxes take {ATTACHED // 1_000_000} MB at most. "
            "A link to the files is safer.",
        )


def _post(content: Mapping[str, Any]) -> Iterator[Problem]:
    if not content.get("return_address_id"):
        yield Problem(
            "return_address_id", "No return address. Choose where it comes back to if it cannot arrive."
        )


def _sms_campaign(content: Mapping[str, Any]) -> Iterator[Problem]:
    link = str(content.get("url_to_shorten") or "")
    if link and not _LINK.fullmatch(link):
        yield Problem(
            "url_to_shorten", f'"{link}" is no address of a page. Type it like https://example.com/sale.'
        )


def _email_campaign(content: Mapping[str, Any]) -> Iterator[Problem]:
    if not content.get("from_email_address_id"):
        yield Problem("from_email_address_id", _NO_ADDRESS)
    if not str(content.get("from_name") or "").strip():
        yield Problem("from_name", "No name that it comes from. Type you or your business.")


def _direct_mail(content: Mapping[str, Any]) -> Iterator[Problem]:
    if str(content.get("size") or "") not in ("A5", "DL"):
        yield Problem("size", "No size. Choose A5 or DL.")
    areas = _rows(content.get("areas"))
    quantities = [area.get("quantity") for area in areas]
    pieces = sum(quantity for quantity in quantities if isinstance(quantity, int))
    if not areas:
        yield Problem("areas", "No area. Choose where the flyers go, and how many.")
    elif pieces < FEWEST_PIECES:
        yield Problem(
            "areas",
            f"{pieces:,} pieces, and ClickSend prints {FEWEST_PIECES:,} or more. Add areas or pieces.",
        )


_OF_MESSAGES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Problem]]] = {
    "voice": _voice,
    "email": _email,
    "letter": _post,
    "postcard": _post,
}
_OF_CAMPAIGNS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Problem]]] = {
    "sms": _sms_campaign,
    "email": _email_campaign,
    "direct mail": _direct_mail,
}
