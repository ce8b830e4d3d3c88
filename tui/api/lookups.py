"""What a value can be chosen from: the listing of ClickSend that knows it, and how to tell its rows apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from tui.api import entry
from tui.api.fields import facts
from tui.api.layout import Slot
from tui.api.models.base import CursorPage, Page
from tui.api.operation import Effect, Operation, catalogue
from tui.api.types import Kind
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError, InvalidInput

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.api.entry import Place
    from tui.core.clock import Clock

KEPT = 60.0
"""Seconds for which a listing that was read is offered again."""
_MOST_PAGES = 5
"""Of a long listing: what is not among their rows can be typed."""

_SOURCES: Mapping[Kind, Sequence[tuple[str, str]]] = {
    Kind.ALPHA_TAG: [("numbers.alpha_tags_list", "id")],
    Kind.CAMPAIGN: [("sms_campaigns.list", "sms_campaign_id")],
    Kind.CONTACT: [("contacts.list", "contact_id")],
    Kind.COUNTRY: [("countries.list", "code")],
    Kind.COUNTRY_ID: [("countries.global_list", "id")],
    Kind.EMAIL_ADDRESS: [("email_marketing.addresses_list", "email_address_id")],
    Kind.EMAIL_TEMPLATE: [("templates.email_list", "template_id")],
    Kind.IMPORT_FIELD: [("contacts.lists_import_fields", "field")],
    Kind.LIST: [("contacts.lists_list", "list_id")],
    Kind.NUMBER: [("numbers.list", "dedicated_number")],
    Kind.RETURN_ADDRESS: [("post.return_addresses_list", "return_address_id")],
    Kind.SENDER: [
        ("numbers.list", "dedicated_number"),
        ("numbers.alpha_tags_list", "alpha_tag"),
        ("numbers.own_numbers_list", "phone_number"),
    ],
    Kind.SUBACCOUNT: [("subaccounts.list", "subaccount_id")],
    Kind.TEMPLATE: [("templates.sms_list", "template_id")],
    Kind.TIMEZONE: [("countries.timezones", "")],
    Kind.VOICE_LANGUAGE: [("voice.languages", "code")],
}
"""Kind of a value -> the listings that know it, and its name in their rows ("" is the row itself)."""
_TITLES = (
    *("template_name", "rule_name", "address_name", "account_name", "name", "subject", "value", "title"),
    *("alpha_tag", "email_address", "strip_string", "dedicated_number", "phone_number", "to", "email"),
    *("label", "list_name", "api_username", "invoice_number"),
)
"""What names a row, the best first."""
_NOTES = (
    *(
        "phone_number",
        "email",
        "notes",
        "address_line_1",
        "price_total",
        "contacts_count",
        "status",
        "status_text",
        "body",
        "country",
    ),
    *("action", "price", "package_price", "amount", "code"),
)
"""What else may tell rows apart."""
_MOMENTS = ("date", "timestamp", "date_added")
_READABLE = 20
"""Characters of an id that a person may know; longer ones tell nothing."""
_LONGEST_NOTE = 40


class Candidate(NamedTuple):
    """One value to choose: as it is typed, in words, and something more about it."""

    value: str
    title: str
    note: str = ""
    row: Mapping[str, object] = MappingProxyType({})
    """What the listing holds of it, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A listing whose rows hold the value under a name."""

    listing: Operation[..., Any]
    name: str
    needs: Mapping[str, str] = field(default_factory=dict)
    """Arguments that the listing cannot do without, and the place of the form where each is typed."""


def sources(operation: Operation[..., Any], slot: Slot) -> Sequence[Source]:
    """The listings that know what can be typed in a place; none where there is nothing to choose from."""
    name = slot.key.rpartition(".")[2]
    if slot.key in operation.path_names and (found := _before_in_path(operation, name)):
        return [found]
    if slot.key in operation.path_names and operation.listed_by is not None:
        return [_source(operation, slot, operation.listed_by, name)]
    if slot.field.kind is Kind.MESSAGE:
        known = _listing(f"{operation.section}.history") or _listing("sms.history")
        return [_source(operation, slot, known, "message_id")] if known else []
    pairs = _SOURCES.get(slot.field.kind, ()) if slot.field.kind else ()
    return [_source(operation, slot, known, name) for id, name in pairs if (known := _listing(id))]


def _listing(operation_id: str) -> Operation[..., Any] | None:
    return catalogue().get(operation_id)


def _source(operation: Operation[..., Any], slot: Slot, listing: Operation[..., Any], name: str) -> Source:
    """The source, its arguments taken from beside the place or from the operation's own."""
    beside = slot.key.rpartition(".")[0]
    needs = {}
    for needed in facts(listing.arguments):
        if needed.required:
            same_row = any(needed.name == other.name for other in facts(slot.model))
            needs[needed.name] = f"{beside}.{needed.name}" if beside and same_row else needed.name
    return Source(listing, name, needs)


def _before_in_path(operation: Operation[..., Any], name: str) -> Source | None:
    """The listing at the path before an argument that stands in it, or of what is marked as read there."""
    path = operation.path.partition(f"/{{{name}}}")[0].removesuffix("-read")
    shape = re.sub(r"{\w+}", "{}", path)
    for listing in catalogue().values():
        if listing.method != "GET" or re.sub(r"{\w+}", "{}", listing.path) != shape:
            continue
        if row_type(listing) is not None:
            given = re.findall(r"{(\w+)}", path)
            return Source(listing, name, dict(zip(listing.path_names, given, strict=True)))
    return None


def row_type(operation: Operation[..., Any]) -> Any | None:
    """The type of one row of an operation that answers with rows; None for any other."""
    result = operation.result
    if get_origin(result) is list:
        return get_args(result)[0]
    if not (isinstance(result, type) and issubclass(result, Page | CursorPage)):
        return None
    for base in result.__mro__:
        arguments: Sequence[Any] = getattr(base, "__pydantic_generic_metadata__", {}).get("args", ())
        if arguments:
            return arguments[0]
    return Any


def arguments(
    source: Source,
    typed: Mapping[str, str],
    place: Place,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, object]:
    """What the listing is asked with, from what was typed. InvalidInput says what to fill in first.

    `labels` are those of the places of the form.
    """
    found: dict[str, object] = {}
    for needed in facts(source.listing.arguments):
        if needed.name not in source.needs:
            continue
        text = typed.get(source.needs[needed.name], "")
        if not text and needed.kind is Kind.COUNTRY:
            text = place.country
        if not text:
            label = labels.get(source.needs[needed.name], needed.label)
            message = f"{label} is not filled in yet."
            raise InvalidInput(message, hint="It says what there is to choose.")
        found[needed.name] = entry.read(needed, text, place)
    return found


def candidate(row: object, name: str) -> Candidate | None:
    """A row as something to choose; None if it does not hold the value."""
    if not isinstance(row, BaseModel):
        return Candidate(str(row), str(row))
    values = row.model_dump(mode="json")
    value = next((values[key] for key in _names(name, values) if values.get(key) not in (None, "")), None)
    if value is None:
        return None
    return Candidate(str(value), *_words(values, str(value)), values)


def _names(name: str, values: Mapping[str, Any]) -> Sequence[str]:
    """What the value may be called in a row: its name, the end of its name, or just `id`."""
    ends = [
        key
        for key in values
        if name.endswith(f"_{key}") or key.endswith(f"_{name}") or key.startswith(f"{name}_")
    ]
    # "client_user_id" is "user_id" rather than "id".
    return [name, *sorted(ends, key=len, reverse=True), "id"]


def _words(values: Mapping[str, Any], value: str) -> tuple[str, str]:
    """The name of a row and what else tells it from others, each a line of text."""
    person = " ".join(str(values[key]) for key in ("first_name", "last_name") if values.get(key))
    named = [str(values[key]) for key in _TITLES if _can_be_told(values.get(key))]
    title = person or next((name for name in named if name != value), value)
    notes = [_note(key, values[key]) for key in _NOTES if _can_be_told(values.get(key))]
    moments = [values[key] for key in _MOMENTS if isinstance(values.get(key), int)]
    if len(value) > _READABLE:
        notes = [exact_time(moment)[:-3] for moment in moments[:1]] + notes
    told = [note for note in dict.fromkeys(notes) if note not in (title, value)]
    known = [value] if value != title and len(value) <= _READABLE else []
    return _line(title), _line(" · ".join([*known, *told][:2]))


def _note(key: str, value: object) -> str:
    return f"{value} contacts" if key == "contacts_count" else str(value)


def _can_be_told(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and str(value) != ""


def _line(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _LONGEST_NOTE else whole[: _LONGEST_NOTE - 1] + "…"


def _listed(answer: object) -> Sequence[object]:
    """The rows of an answer without pages: it is a list, or holds one."""
    if isinstance(answer, list):
        return answer
    held = (
        [getattr(answer, name) for name in type(answer).model_fields] if isinstance(answer, BaseModel) else []
    )
    return next((value for value in held if isinstance(value, list)), [])


class Lookups:
    """Reads listings for forms, and remembers them for a minute."""

    def __init__(self, client: ApiClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[tuple[str, str, tuple[tuple[str, object], ...]], tuple[float, list[Candidate]]] = {}

    async def candidates(
        self, found: Sequence[Source], arguments: Sequence[Mapping[str, object]]
    ) -> Sequence[Candidate]:
        """What can be chosen, from all the sources; ConsoleError only if none of them can be read."""
        offered: dict[str, Candidate] = {}
        problem: ConsoleError | None = None
        for source, given in zip(found, arguments, strict=True):
            try:
                offered |= {each.value: each for each in await self._read(source, given)}
            except ConsoleError as error:
                problem = error
        if problem is not None and not offered:
            raise problem
        return list(offered.values())

    def forget(self) -> None:
        """Read everything anew when it is asked for: something was changed."""
        self._kept.clear()

    async def _read(self, source: Source, arguments: Mapping[str, object]) -> Sequence[Candidate]:
        now = self._clock.now()
        key = (source.listing.id, source.name, tuple(sorted(arguments.items())))
        read_at, known = self._kept.get(key, (0.0, []))
        if now - read_at < KEPT:
            return known
        rows = await self._rows(source.listing, arguments)
        fresh = [made for row in rows if (made := candidate(row, source.name)) is not None]
        self._kept = {kept: value for kept, value in self._kept.items() if now - value[0] < KEPT}
        self._kept[key] = now, fresh
        return fresh

    async def _rows(self, listing: Operation[..., Any], arguments: Mapping[str, object]) -> Sequence[object]:
        assert listing.effect is Effect.READ
        request = listing.bind(arguments)
        if not listing.paged:
            answer = await self._client.call(request)
            return _listed(answer)
        rows: list[object] = []
        number = 0
        async for page in self._client.pages(request):
            rows += page.items
            number += 1
            if number == _MOST_PAGES:
                break
        return rows
