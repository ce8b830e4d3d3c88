"""What was typed on a compose form as a draft: who it goes to, when, from whom, and with what."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from tui import local_files
from tui.api import entry
from tui.api.entry import LocalFile
from tui.api.fields import problem_in_words
from tui.api.layout import Slot, gather
from tui.core.clock import parse_local
from tui.core.errors import InvalidInput
from tui.core.files import existing
from tui.core.local_zone import LocalZone
from tui.core.phone import display, zone_of
from tui.screens.compose_fields import NOBODY, people
from tui.screens.compose_forms import THEIRS, ComposeForm, declared, names_of
from tui.sending.audience import LIST_MARK, Audience, named, postal_line, read_audience
from tui.sending.draft import CampaignDraft, Draft, MessageDraft
from tui.sending.products import Reach
from tui.sending.recipient import ADDRESS, Recipient
from tui.widgets.choose_sheet import Choice
from tui.widgets.recipients_field import ALONE

if TYPE_CHECKING:
    from tui.api.entry import Place
    from tui.services import Services
    from tui.store.rows import Contact

SEARCHED = 30
"""Contacts that are looked at for a match: the same person may stand on several lists."""
NO_FILES: Mapping[str, Any] = {}
ZONES_SEEN = 500
"""Contacts of a list whose time zones are looked at."""


class DraftMaker:
    """Reads the values of one form. Raises InvalidInput that names the field it is about."""

    def __init__(self, form: ComposeForm, services: Services) -> None:
        self.form = form
        self.services = services
        self.store = services.store

    @property
    def country(self) -> str:
        """Where a number or an address without a country belongs."""
        account = self.store.account()
        return self.services.launch.settings.country or (account.country if account else "")

    # Who

    def audience(self, typed: str) -> Audience:
        """Who was typed, with what is known of them."""
        reach = self.form.reach
        assert reach is not None
        try:
            audience = read_audience(typed, reach, self.country, self.named_so)
        except InvalidInput as error:
            raise InvalidInput(error.message, field="to", hint=error.hint) from None
        if audience.path:
            _existing(audience.path, "to")
        if audience.list_name and self.list_id(audience.list_name) is None:
            raise InvalidInput(
                f"There is no list {audience.list_name}.", field="to", hint="↓ shows the lists."
            )
        if audience == Audience():
            raise InvalidInput(NOBODY[reach], field="to")
        return Audience(tuple(map(self._with_contact, audience.people)), audience.list_name, audience.path)

    def list_id(self, name: str) -> int | None:
        """The id of the contact list that is called so."""
        return next((row.id for row in self.store.lists() if row.name == name), None)

    def named_so(self, words: str) -> Sequence[Recipient]:
        """The contacts that are called so and can be reached."""
        wanted = " ".join(words.casefold().split())
        return [each for each in self._found(words) if each.name.casefold() == wanted]

    def suggest(self, words: str) -> Sequence[Choice]:
        """What may be meant: a file, a list, or contacts."""
        reach = self.form.reach
        if words[:1] in ("/", "~", "@") or words.startswith("./"):
            found = _inside(words)
            return [Choice(each.typed.removeprefix("@"), each.name, each.note, ALONE) for each in found]
        chosen = [
            Choice(
                postal_line(each.fields) if reach is Reach.POST else named(each.name, each.to),
                each.name or display(each.to),
                postal_line({**each.fields, "address_name": ""}) if reach is Reach.POST else display(each.to),
            )
            for each in self._found(words)
        ]
        lists = [] if reach in (Reach.FAX, Reach.POST) else self.store.lists()
        matching = [row for row in lists if words.casefold() in row.name.casefold()]
        found_lists = [
            Choice(row.name + LIST_MARK, row.name, f"list · {people(row.count)}", ALONE) for row in matching
        ]
        return [*found_lists, *chosen] if not words else [*chosen, *found_lists]

    def _found(self, words: str) -> Sequence[Recipient]:
        rows = self.store.contacts(None, words).page(0, SEARCHED)
        made = (self.as_recipient(row) for row in rows)
        return list({each.key: each for each in made if each is not None}.values())

    def as_recipient(self, contact: Contact) -> Recipient | None:
        """A contact as a recipient of this channel; None if it cannot be reached there."""
        fields = _known_of(contact)
        match self.form.reach:
            case Reach.POST:
                whole = all(fields.get(part) for part in ADDRESS[1:2] + ADDRESS[3:])
                return Recipient.at({**fields, "address_name": contact.name}) if whole else None
            case Reach.EMAIL:
                to = contact.email
            case Reach.FAX:
                to = fields.get("fax_number", "")
            case _:
                to = contact.phone
        return Recipient(to, contact.name, fields) if to else None

    def _with_contact(self, recipient: Recipient) -> Recipient:
        """What the contact with this number or address knows, so that placeholders stand for something."""
        if recipient.fields or self.form.reach not in (Reach.PHONE, Reach.EMAIL):
            return recipient
        if self.form.reach is Reach.PHONE:
            contact = self.store.contact_by_phone(recipient.to)
        else:
            found = self.store.contacts(None, recipient.to).page(0, SEARCHED)
            contact = next((row for row in found if row.email.casefold() == recipient.key), None)
        if contact is None:
            first, _, last = recipient.name.partition(" ")
            fields = {"first_name": first, "last_name": last} if first else {}
            return Recipient(recipient.to, recipient.name, fields)
        return Recipient(recipient.to, recipient.name or contact.name, _known_of(contact))

    # When

    def moment(self, values: Mapping[str, str], people: Sequence[Recipient] = ()) -> int | None:
        """When it is to leave, in Unix seconds; None for at once."""
        typed = values.get("schedule", "")
        if not typed or typed.casefold() == "now":
            return None
        zone = self._their_zone(values, people) if values.get("clock") == THEIRS else LocalZone()
        try:
            return parse_local(typed, self.services.clock.now(), zone)
        except InvalidInput as error:
            raise InvalidInput(error.message, field="schedule", hint=error.hint) from None

    def _their_zone(self, values: Mapping[str, str], people: Sequence[Recipient]) -> tzinfo:
        from zoneinfo import ZoneInfo

        zones = self.zones(values, people)
        if len(zones) == 1:
            return ZoneInfo(zones[0])
        if not zones:
            raise InvalidInput(
                "Nothing tells what time it is where they are.", field="schedule", hint="Choose my time."
            )
        told = ", ".join(place_of(zone) for zone in zones[:3])
        raise InvalidInput(
            f"They are in {len(zones)} time zones ({told}), and one send has one time.",
            field="schedule",
            hint="Choose my time, or send to one zone after the other.",
        )

    def zones(self, values: Mapping[str, str], people: Sequence[Recipient]) -> list[str]:
        """The time zones that recipients are in, where most are first."""
        numbers: Iterable[str] = [person.to for person in people]
        if list_id := int(values.get("list_id") or 0):
            numbers = [row.phone for row in self.store.contacts(list_id).page(0, ZONES_SEEN)]
        found = Counter(zone for number in numbers if number and (zone := zone_of(number)))
        return [zone for zone, _ in found.most_common()]

    # With what

    def content(self, values: Mapping[str, str], place: Place) -> dict[str, Any]:
        """The other arguments by their declared names, local files still as files."""
        typed: dict[str, str] = {}
        for name in names_of(self.form):
            slot = declared(self.form, name)
            text = _as_paths(values[name]) if slot.field.upload else values[name]
            typed |= gather([slot], {slot.key: text})
        arguments = entry.arguments(self.form.operation, typed, place)
        rows = arguments.pop(self.form.prefix.partition(".")[0], None) if self.form.prefix else None
        content = {**arguments, **(rows[0] if isinstance(rows, list) else {})}
        for name in names_of(self.form):
            slot = declared(self.form, name)
            if slot.is_rows and name in content:
                content[name] = _validated(slot, content[name])
        if attached := list(attachments(values.get("files", ""))):
            content["attachments"] = attached
        return content

    def draft(
        self,
        values: Mapping[str, str],
        people: Sequence[Recipient],
        content: Mapping[str, Any],
        files: Mapping[str, Any] = NO_FILES,
    ) -> Draft:
        """The draft; of the `content`, those that were uploaded are `files`."""
        schedule = self.moment(values, people)
        channel, body, sender = self.form.product.channel, values.get("body", ""), self.sender(values)
        if self.form.is_campaign:
            list_id = int(values.get("list_id") or 0)
            return CampaignDraft(values["name"], list_id, sender, body, schedule, channel, content, files)
        return MessageDraft(channel, tuple(people), body, sender, schedule, content, files)

    def sender(self, values: Mapping[str, str]) -> str:
        """A number without the spaces it is read with; a name as it is."""
        typed = values.get("sender", "")
        bare = "".join(char for char in typed if char not in " -().")
        return bare if bare.removeprefix("+").isdigit() else typed


def _known_of(contact: Contact) -> dict[str, str]:
    """What placeholders can stand for."""
    more = {
        name: str(value) for name, value in contact.fields.items() if isinstance(value, str | int) and value
    }
    names = {"first_name": contact.first_name, "last_name": contact.last_name}
    return {**more, **names, "email": contact.email, "organization": contact.organization}


def _inside(words: str) -> Sequence[local_files.Found]:
    try:
        return local_files.inside(local_files.as_path(words))
    except InvalidInput:
        return ()


def _validated(slot: Slot, found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as their model has them: what was typed as a number is one."""
    model: type[BaseModel] = slot.field.type
    try:
        return [model.model_validate(row).model_dump(exclude_none=True) for row in found]
    except ValidationError as error:
        told = problem_in_words(slot.field.label, model, error)
        raise InvalidInput(told.message, field=slot.key, hint=told.hint) from None


def _as_paths(typed: str) -> str:
    return ", ".join(local_files.as_path(part.strip()) for part in typed.split(",") if part.strip())


def attachments(typed: str) -> Iterator[dict[str, Any]]:
    """The files of an e-mail, as its declaration wants them."""
    for path in attached(typed):
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        yield {
            "content": LocalFile(path),
            "type": kind,
            "filename": path.name,
            "disposition": "attachment",
            "content_id": path.stem,
        }


def attached(typed: str) -> Iterator[Path]:
    """The paths that were typed; InvalidInput for one that is no file."""
    for part in typed.split(","):
        name = part.strip().removeprefix("@")
        if name:
            yield _existing(name, "files")


def _existing(typed: str, field: str) -> Path:
    """The file that was typed in a field."""
    try:
        return existing(typed)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=field, hint=error.hint) from None


def place_of(zone: str) -> str:
    """`Australia/Sydney` as people call it: `Sydney`."""
    return zone.rpartition("/")[2].replace("_", " ")


def hour_in(zone: str, at: float) -> datetime:
    """The wall clock of a zone at a moment."""
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
