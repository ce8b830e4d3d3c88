"""Reports to ClickSend's support of messages that did not arrive."""

from __future__ import annotations

from tui.sandbox.answers import Answer
from tui.sandbox.registry import Call, answers


@answers("delivery_issues.list")
def listed(call: Call) -> Answer:
    """In the list the number of an issue is a text."""
    issues = list(call.world.delivery_issues)
    rows = call.page(issues, lambda issue: issue | {"issue_id": str(issue["issue_id"])})
    return Answer(rows, "Here is your result.")


@answers("delivery_issues.create")
def create(call: Call) -> Answer:
    return Answer(call.world.delivery_issues.create(call.body), "Delivery issue has been created.")
