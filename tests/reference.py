"""Writes tui/api/OPERATIONS.md, the page that lists every operation.

python -m tests.reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tui.actions import BY_ID, Action
from tui.api.operation import SECTIONS, Operation, catalogue
from tui.widgets.key_bar import key_name
from tui.widgets.operation_words import EFFECTS, section_title

PAGE = Path(__file__).parent.parent / "tui" / "api" / "OPERATIONS.md"

KEYS: Mapping[str, tuple[str, ...]] = {
    "sms.price": ("compose.check", "campaigns.create"),
    "sms.send": ("inbox.reply",),
    "sms.inbound_mark_read_one": ("inbox.done",),
    "sms.receipts_mark_read": ("receipts.mark_read",),
    "sms_campaigns.price": ("campaigns.create",),
    "sms_campaigns.send": ("campaigns.create",),
    "sms_campaigns.cancel": ("campaigns.cancel",),
    "contacts.lists_create": ("contacts.create_list",),
    "contacts.lists_update": ("contacts.edit",),
    "contacts.lists_delete": ("contacts.delete",),
    "contacts.create": ("contacts.create",),
    "contacts.update": ("contacts.edit",),
    "contacts.delete": ("contacts.delete",),
    "automations.sms_inbound_create": ("inbox.create_rule",),
}
"""Operation -> the actions of the screens that call it."""
SHOWN: Mapping[str, str] = {
    "account.get": "Account",
    "sms.history": "Inbox and Receipts",
    "sms.inbound_list": "Inbox",
    "sms.receipts_list": "Receipts",
    "sms_campaigns.list": "Campaigns",
    "contacts.lists_list": "Contacts",
    "contacts.list": "Contacts",
    "templates.sms_list": "Inbox",
}
"""Operation -> the screen that shows what it answers without being asked."""
_HEAD = f"""# Operations

The {len(catalogue())} operations of ClickSend's API, by section. Each can be done on the Actions screen,
from the palette (`Ctrl+P`) and with `clicksend-tui call ID name=value`; "also" names the screen and the key
that do it too. This page is made by `python -m tests.reference` from the declarations in this folder.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *_legend(), *(line for name in SECTIONS for line in _section(name))])


def _legend() -> Iterator[str]:
    yield "| effect | what it means |"
    yield "|---|---|"
    for effect, (glyph, _, words) in EFFECTS.items():
        yield f"| {glyph} {effect} | {words} |"
    yield ""


def _section(name: str) -> Iterator[str]:
    yield f"## {section_title(name)}"
    yield ""
    yield "| operation | id | effect | price | also |"
    yield "|---|---|---|---|---|"
    for operation in catalogue().values():
        if operation.section == name:
            yield _row(operation)
    yield ""


def _row(operation: Operation[..., Any]) -> str:
    title = f"{operation.title}<br><sub>{operation.method} {operation.path}</sub>"
    effect = f"{EFFECTS[operation.effect][0]} {operation.effect}"
    return f"| {title} | `{operation.id}` | {effect} | {_price(operation)} | {_also(operation)} |"


def _price(operation: Operation[..., Any]) -> str:
    if operation.priced_by is not None:
        return f"`{operation.priced_by.id}`"
    if operation.listed_by is not None:
        return f"listed by `{operation.listed_by.id}`" + (", on the card" if operation.adds_credit else "")
    return operation.unpriced


def _also(operation: Operation[..., Any]) -> str:
    shown = [f"shown in {SHOWN[operation.id]}"] if operation.id in SHOWN else []
    return ", ".join(shown + [_key(BY_ID[action]) for action in KEYS.get(operation.id, ())])


def _key(action: Action) -> str:
    first = action.keys.partition(",")[0]
    return f"{action.context.capitalize()} `{key_name(first)}`"


if __name__ == "__main__":
    PAGE.write_text(page())
