"""Importing contacts from a CSV file that the account has on this host."""

from __future__ import annotations

from tui.sandbox.answers import Answer, Refusal, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.files import rows_of
from tui.sandbox.handlers.contacts import details
from tui.sandbox.registry import Call, answers
from tui.sandbox.world import World

_TAKES = 5
"""Seconds until a queued import is done."""

FIELDS = {
    "phone": ("Phone", "phone_number"),
    "first_name": ("First Name", "first_name"),
    "last_name": ("Last Name", "last_name"),
    "custom1": ("Custom String 1", "custom_1"),
    "custom2": ("Custom String 2", "custom_2"),
    "custom3": ("Custom String 3", "custom_3"),
    "custom4": ("Custom String 4", "custom_4"),
    "fax_number": ("Fax Number", "fax_number"),
    "organization_name": ("Organization Name", "organization_name"),
    "email": ("Email", "email"),
    "address_line_1": ("Address Line 1", "address_line_1"),
    "address_line_2": ("Address Line 2", "address_line_2"),
    "address_city": ("City", "address_city"),
    "address_state": ("State", "address_state"),
    "address_postal_code": ("Postal Code", "address_postal_code"),
    "address_country": ("Country", "address_country"),
}
"""What a column may be called, the words for it, and the field of a contact that it fills."""


@answers("contacts.lists_import_fields")
def import_fields(call: Call) -> Answer:
    call.world.lists.get(call.path["list_id"])
    rows = [{"field": field, "label": label} for field, (label, _) in FIELDS.items()]
    return Answer(rows, "List of acceptable import fields.")


@answers("contacts.lists_import_preview")
def import_preview(call: Call) -> Answer:
    call.world.lists.get(call.path["list_id"])
    rows = _file(call)
    return Answer({"row": rows[0] if rows else []}, "Your file preview.")


@answers("contacts.lists_import")
def import_contacts(call: Call) -> Answer:
    """The import is queued: contacts appear a few seconds later, and rows that are none are left out."""
    world, target = call.world, call.world.lists.get(call.path["list_id"])
    rows, fields = _file(call), _columns(call.body["field_order"])
    target["_import_in_progress"] = 1
    world.agenda.add(int(world.now) + _TAKES, lambda at: _finish(world, target, fields, rows, at))
    # ClickSend's ids have 19 digits and fit no double.
    job = str(6_254_358_460_638_000_000 + world.chance.randrange(10**6))
    return Answer({"msg": "Messages put on queue.", "ids": [job], "id": job}, "Your file is now queued.")


def _columns(order: object) -> list[str]:
    """The fields that the columns fill; the order may be a list, or one text with commas."""
    named = order if isinstance(order, list) else str(order).split(",")
    columns = [str(name).strip() for name in named]
    unknown = next((name for name in columns if name not in FIELDS), None)
    if unknown is not None or not columns:
        raise bad_request({"field_order": f"There is no field {unknown}."})
    return [FIELDS[name][1] for name in columns]


def _file(call: Call) -> list[list[str]]:
    file = call.world.files.at(str(call.body["file_url"]))
    if file is None:
        raise bad_request({"file_url": "The file cannot be read: the sandbox only has files of its own."})
    return rows_of(file.text)


def _finish(world: World, target: Record, fields: list[str], rows: list[list[str]], at: int) -> None:
    target["_import_in_progress"] = 0
    if target not in world.lists:
        return
    for row in rows:
        try:
            noted = details(world, dict(zip(fields, row, strict=False)))
            world.contacts.add(target["list_id"], noted, at)
        except Refusal:
            continue
