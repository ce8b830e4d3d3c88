"""One text message, and the ids that ClickSend gives to messages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FREE = Decimal(0)
_ODD = 0x9E3779B97F4A7C15
_WORD = 1 << 64


@dataclass(slots=True)
class Message:
    """One text message. `number` is the customer's end, `sender` is ours; times are Unix seconds."""

    outbound: bool
    at: int
    number: str
    sender: str
    body: str
    country: str
    status: str
    parts: int = 1
    price: Decimal = FREE
    schedule: int = 0
    shared: bool = False
    custom_string: str = ""
    list_id: int | None = None
    from_email: str | None = None
    status_code: int | None = None
    error_text: str | None = None
    final_at: int | None = None
    original: int | None = None
    """Position of the outbound message that this inbound one answers."""
    subaccount_id: int = 0
    """The sub-account that sent it; 0 is the account's main one."""
    automatic: bool = False
    """Whether a rule wrote it, which nobody answers."""
    position: int = -1

    @property
    def failed(self) -> bool:
        """Whether the network gave it up."""
        return self.status_code == 301


class Identity:
    """Message ids that carry their position, so that a million of them need no index."""

    def __init__(self, seed: int) -> None:
        self._key = (seed + 1) * 0xD1342543DE82EF95 % _WORD

    def of(self, position: int) -> str:
        """The id of the message at this position, in ClickSend's form."""
        high = (position * _ODD + self._key) % _WORD
        low = (high ^ (high >> 29)) * 0xBF58476D1CE4E5B9 % _WORD
        return guid(high << 64 | low)

    def position(self, message_id: str) -> int | None:
        """The position of the message with this id; None if no message can have it."""
        digits = message_id.replace("-", "")
        try:
            high = int(digits[:16], 16)
        except ValueError:
            return None
        position = (high - self._key) * pow(_ODD, -1, _WORD) % _WORD
        return position if self.of(position) == message_id.upper() else None


def guid(number: int) -> str:
    """128 bits as ClickSend writes ids."""
    digits = f"{number:032X}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
