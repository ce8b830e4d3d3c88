"""Letters and postcards: printed from PDFs, paid by the piece, posted a while later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tui.api.types import Convert
from tui.sandbox import offers
from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.outgoing import Channel, Outgoing, Step
from tui.sandbox.prices import POSTCARD, letter_price
from tui.sandbox.return_addresses import ADDRESS, country_of
from tui.sandbox.uploads import is_usable, pages_of

if TYPE_CHECKING:
    from tui.sandbox.world import World

TEST_POSTAL_CODES = frozenset({"11111", "22222", "33333"})
"""ClickSend's documented test recipients: nothing is printed for them and nothing charged."""
MOST_FILES = 2
_OPTIONAL = frozenset({"address_line_2"})
_FLAGS = ("colour", "duplex", "priority_post", "template_used")
_NOT_OF_POST = frozenset(
    {
        *("direction", "date", "to", "from", "from_email", "first_name", "last_name"),
        *("contact_id", "country", "carrier", "error_code", "error_text"),
    }
)
"""What is told of other messages only."""


class PostChannel(Channel):
    """What goes to postal addresses. Its recipient is known by the name in the address."""

    rows_under = "recipients"
    counted = "post_pages"
    priced = "post_price"
    steps = (
        Step("Queued"),
        Step("Queued:Stamped", after=(60, 600)),
        Step("Sent", after=(1_800, 7_200)),
    )

    def requests(self, world: World, body: Mapping[str, Any]) -> Iterator[Outgoing]:
        for request in offers.requested(body, self.rows_under):
            yield Outgoing(request, str(request.get("address_name") or ""))

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        address = {name: str(message.request.get(name) or "") for name in ADDRESS}
        message.country, return_to = country_of(address), _return_address(world, message.request)
        message.details = {
            **address,
            **self.printed(batch),
            "return_address_id": return_to.get("return_address_id"),
            "_return_address": return_to,
            "source": batch.get("source"),
        }
        if not all(address[name] for name in ADDRESS if name not in _OPTIONAL):
            return "MISSING_REQUIRED_FIELDS"
        if not return_to:
            return "MISSING_REQUIRED_FIELDS"
        if not message.country:
            return "INVALID_RECIPIENT"
        return offers.planned(world, message)

    def printed(self, batch: Mapping[str, Any]) -> Record:
        """What is said of the paper, the same for every recipient."""
        raise NotImplementedError

    def is_test(self, message: Outgoing) -> bool:
        return message.details["address_postal_code"] in TEST_POSTAL_CODES

    def fails(self, message: Outgoing) -> bool:
        """Nobody hears of a letter again once it was posted."""
        return False

    def is_silent(self, message: Outgoing) -> bool:
        return False

    def row(self, world: World, message: Outgoing) -> Record:
        told = super().row(world, message) | {"schedule": message.schedule}
        return {name: value for name, value in told.items() if name not in _NOT_OF_POST}

    def history_row(self, world: World, message: Outgoing) -> Record:
        return self.row(world, message)


class Letters(PostChannel):
    """Paid by pages, more in colour."""

    name = "post"

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        verdict = super().judge(world, message, batch)
        if verdict != "SUCCESS":
            return verdict
        if not is_usable(world, str(batch["file_url"]), Convert.POST):
            return "INVALID_MEDIA_FILE"
        message.parts = pages_of(world, str(batch["file_url"]))
        message.price = letter_price(message.parts, colour=bool(message.details["colour"]))
        return verdict

    def printed(self, batch: Mapping[str, Any]) -> Record:
        return {"_file_url": str(batch["file_url"])} | {name: _flag(batch, name) for name in _FLAGS}


class Postcards(PostChannel):
    """Paid by the card. The front and the back are two pages, in one file or in two."""

    name = "postcards"

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        verdict = super().judge(world, message, batch)
        if verdict != "SUCCESS":
            return verdict
        if not _has_two_sides(world, file_urls(batch)):
            return "INVALID_MEDIA_FILE"
        message.parts, message.price = 2, POSTCARD
        return verdict

    def printed(self, batch: Mapping[str, Any]) -> Record:
        return {"_file_url": file_urls(batch)[0]}


def file_urls(body: Mapping[str, Any]) -> list[str]:
    """The one or two files that something is printed from. Refuses anything else."""
    urls = body.get("file_urls")
    if not isinstance(urls, list) or not 1 <= len(urls) <= MOST_FILES or not all(urls):
        raise bad_request({"file_urls": "One or two file_urls are required."})
    return [str(url) for url in urls]


def _has_two_sides(world: World, urls: list[str]) -> bool:
    """Whether a postcard can be made of the files. What lies elsewhere is taken to have the right pages."""
    if not all(is_usable(world, url, Convert.POSTCARD) for url in urls):
        return False
    alone = len(urls) == 1 and world.files.is_ours(urls[0])
    return not alone or pages_of(world, urls[0]) == 2


def _return_address(world: World, request: Mapping[str, Any]) -> Record:
    """The address that it comes back to; empty if there is no such address."""
    try:
        return dict(world.return_addresses.get(request.get("return_address_id")))
    except Refusal:
        return {}


def _flag(batch: Mapping[str, Any], name: str) -> int:
    given = batch.get(name)
    text = str(int(given)) if isinstance(given, bool) else str(given or 0)
    if text not in ("0", "1"):
        raise bad_request({name: f"The {name} must be 0 or 1."})
    return int(text)


LETTERS, POSTCARDS = Letters(), Postcards()
