"""What ClickSend sends to the people of an account: reminders and codes. Nothing leaves the sandbox."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One e-mail or text message to a person; `code` is what it lets them do something with."""

    to: str
    text: str
    code: str = ""
