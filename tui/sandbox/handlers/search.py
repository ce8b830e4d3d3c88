"""Search across contacts and lists."""

from __future__ import annotations

from typing import Any

from tui.sandbox.answers import Answer
from tui.sandbox.registry import Call, answers

_LOOKED_AT = ("first_name", "last_name", "phone_number", "email", "organization_name")


@answers("search.contacts_lists")
def contacts_lists(call: Call) -> Answer:
    """Every word must be found somewhere in a contact, or in a list's name."""
    world, words = call.world, call.query["q"].lower().split()

    def holds(*texts: str | None) -> bool:
        text = " ".join(filter(None, texts)).lower()
        return all(word in text for word in words)

    found: list[dict[str, Any]] = [
        {
            "id": contact["contact_id"],
            "type": "contact",
            "name": f"{contact['first_name']} {contact['last_name']}".strip(),
            "contact": contact["phone_number"] or contact["email"],
            "contacts_count": None,
        }
        for contact in world.contacts
        if holds(*(contact[field] for field in _LOOKED_AT))
    ]
    found += [
        {
            "id": record["list_id"],
            "type": "list",
            "name": record["list_name"],
            "contact": record["list_email_id"],
            "contacts_count": len(world.contacts.on_list(record["list_id"])),
        }
        for record in world.lists
        if holds(record["list_name"])
    ]
    return Answer(call.page(found, dict), "Here are some search result.")
