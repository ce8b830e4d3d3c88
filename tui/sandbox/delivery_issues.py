"""Messages that the account reported to ClickSend's support because they did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.api.types import IssueType
from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Collection, Record

if TYPE_CHECKING:
    from tui.sandbox.world import World

_BLANK: dict[str, Any] = {
    "message_id": None,
    "type": "",
    "description": "",
    "email_address": "",
    "client_comments": None,
}
_CHANNELS = {
    IssueType.MMS: "mms",
    IssueType.VOICE: "voice",
    IssueType.FAX: "fax",
    IssueType.TRANSACTIONAL_EMAIL: "email_transactional",
}
"""Where messages of each type are found."""


class DeliveryIssues(Collection):
    """Nobody at the sandbox ever looks at them."""

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__("issue_id", _BLANK, first_id=first_id)
        self._world = world

    def create(self, values: Mapping[str, Any], **computed: Any) -> Record:
        """A new issue. Refuses a type that there is not, and a message that is not of this type."""
        kind = str(values["type"]).upper()
        if kind not in set(IssueType):
            raise bad_request({"type": f"The type must be one of {', '.join(IssueType)}."})
        message_id = str(values.get("message_id") or "")
        if not self._is_known(IssueType(kind), message_id):
            raise bad_request({"message_id": f"There is no message {message_id} of this type."})
        fresh: Record = {"user_id": self._world.account.user_id, "date_added": int(self._world.now)}
        fresh |= {"support_comments": None, "status": None, "resolved": 0}
        return super().create({**values, "type": kind}, **fresh | computed)

    def _is_known(self, kind: IssueType, message_id: str) -> bool:
        """Whether such a message was sent, as far as messages of this type are kept one by one."""
        if kind is IssueType.SMS:
            return self._world.messages.find(message_id) is not None
        channel = _CHANNELS.get(kind)
        return channel is None or self._world.channels[channel].find(message_id) is not None
