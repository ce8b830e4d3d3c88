"""Picture messages: a subject, a text and one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tui.api.types import Convert
from tui.core.parts import measure
from tui.core.phone import TEST_NUMBERS
from tui.sandbox import offers, prices
from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Record
from tui.sandbox.outgoing import ARRIVED, ON_ITS_WAY, Channel, Outgoing, Step
from tui.sandbox.uploads import is_usable

if TYPE_CHECKING:
    from tui.sandbox.world import World

LONGEST_SUBJECT = 20
_LONGEST = {"GSM-7": 1500, "Unicode": 500}
"""Characters of a text; what is longer is cut off."""


class MmsChannel(Channel):
    """One price for each message, whatever its length."""

    name = "mms"
    tests = TEST_NUMBERS
    steps = (Step("Queued:WaitSend"), ON_ITS_WAY, ARRIVED)

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        subject, url = str(message.request.get("subject") or ""), str(batch["media_file"])
        body = offers.text_for(message.request, message.contact)
        message.details = {
            "subject": subject,
            "body": body[: _LONGEST[measure(body).encoding]],
            "_media_file_url": url,
            "priority": 10,
        }
        if len(subject) > LONGEST_SUBJECT:
            raise bad_request({"subject": f"The subject may have at most {LONGEST_SUBJECT} characters."})
        if not subject.strip():
            return "SUBJECT_REQUIRED"
        if not body.strip():
            return "EMPTY_MESSAGE"
        if not is_usable(world, url, Convert.MMS):
            return "INVALID_MEDIA_FILE"
        verdict = offers.unreachable(world, message)
        return self._charge(world, message) if verdict == "SUCCESS" else verdict

    def receipt_rules(self, world: World) -> Iterable[Record]:
        return world.receipt_rules

    def _charge(self, world: World, message: Outgoing) -> str:
        asked = str(message.request.get("from") or "")
        granted = prices.granted_sender(asked, message.country, world.numbers)
        if granted is None:
            return "INVALID_SENDER_ID"
        message.sender, _ = granted
        message.parts, message.price = 1, prices.mms_price(message.country)
        return "SUCCESS"


MMS = MmsChannel()
