"""Reports to ClickSend's support of messages that did not arrive."""

from __future__ import annotations

from tui.api.types import IssueType
from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.registry import Call, answers
from tui.sandbox.world import World

_CHANNELS = {
    IssueType.MMS: "mms",
    IssueType.VOICE: "voice",
    IssueType.FAX: "fax",
    IssueType.TRANSACTIONAL_EMAIL: "email_transactional",
}
"""Where messages of each type are found."""


@answers("delivery_issues.list")
def listed(call: Call) -> Answer:
    """In the list the number of an issue is a text."""
    issues = list(call.world.delivery_issues)
    rows = call.page(issues, lambda issue: issue | {"issue_id": str(issue["issue_id"])})
    return Answer(rows, "Here is your result.")


@answers("delivery_issues.create")
def create(call: Call) -> Answer:
    world, message_id = call.world, str(call.body.get("message_id") or "")
    kind = str(call.body["type"]).upper()
    if kind not in set(IssueType):
        raise bad_request({"type": f"The type must be one of {', '.join(IssueType)}."})
    if not _is_known(world, IssueType(kind), message_id):
        raise bad_request({"message_id": f"There is no message {message_id} of this type."})
    return Answer(add(world, {**call.body, "type": kind}), "Delivery issue has been created.")


def add(world: World, values: Record) -> Record:
    """A new issue, which nobody has looked at."""
    return world.delivery_issues.create(
        values,
        user_id=world.account.user_id,
        date_added=int(world.now),
        support_comments=None,
        status=None,
        resolved=0,
    )


def _is_known(world: World, kind: IssueType, message_id: str) -> bool:
    """Whether such a message was sent, as far as the sandbox keeps messages of this type one by one."""
    if kind is IssueType.SMS:
        return world.messages.find(message_id) is not None
    channel = _CHANNELS.get(kind)
    return channel is None or world.channels[channel].find(message_id) is not None
