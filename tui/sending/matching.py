"""Which row of an answer belongs to which message: by reference, then by recipient, then by order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from tui.api.models.messages import Told
from tui.sending.products import Reach
from tui.sending.recipient import Recipient
from tui.store.messages import is_local_id

Key = tuple[str, ...]
R = TypeVar("R", bound=Told)


def matched(
    reach: Reach, recipients: Sequence[Recipient], rows: Sequence[R], references: Sequence[str] = ()
) -> list[R | None]:
    """The row of each recipient; None where the answer tells nothing that is clearly theirs. A row with the
    reference of another send is nobody's, whoever it went to.
    """
    if _in_order(reach, recipients, rows, references):
        return list(rows)
    found: dict[int, int] = {}
    if references:
        own = set(references)
        rows = [row for row in rows if row.custom_string in own or not is_local_id(row.custom_string)]
        ours = {place: (reference,) for place, reference in enumerate(references)}
        theirs = {place: (row.custom_string,) for place, row in enumerate(rows) if row.custom_string}
        _pair(found, ours, theirs)
    for mine, told in _views(reach, recipients, rows):
        _pair(found, mine, told)
    _pair_the_rest(found, len(recipients), rows)
    return [rows[found[place]] if place in found else None for place in range(len(recipients))]


def strangers(reach: Reach, recipients: Sequence[Recipient], rows: Sequence[R]) -> list[R]:
    """Rows whose recipient is none of ours."""
    if _in_order(reach, recipients, rows, ()):
        return []
    views = list(_views(reach, recipients, rows))
    known = [set(mine.values()) for mine, _ in views]
    return [
        row
        for place, row in enumerate(rows)
        if not any(told.get(place) in keys for (_, told), keys in zip(views, known, strict=True))
    ]


def _in_order(
    reach: Reach, recipients: Sequence[Recipient], rows: Sequence[Told], references: Sequence[str]
) -> bool:
    """Whether the answer has one row for each recipient, in their order, as nearly every answer has."""
    if len(rows) != len(recipients) or reach is Reach.POST:
        return False
    if references and any(row.custom_string != own for row, own in zip(rows, references, strict=True)):
        return False
    return all(_bare(row.to) == _bare(each.to) for row, each in zip(rows, recipients, strict=True))


def _pair(found: dict[int, int], ours: Mapping[int, Key], theirs: Mapping[int, Key]) -> None:
    """Pair what has the same key, in order where as many are asked for as are told of; else nobody knows
    which is which.
    """
    taken = set(found.values())
    asked = _places(ours, found)
    for key, told in _places(theirs, taken).items():
        if len(asked.get(key, ())) == len(told):
            found.update(zip(asked[key], told, strict=True))


def _pair_the_rest(found: dict[int, int], count: int, rows: Sequence[Told]) -> None:
    """By order, if only rows are left that do not say whose they are, one for each that is asked for."""
    asked = [place for place in range(count) if place not in found]
    taken = set(found.values())
    told = [place for place in range(len(rows)) if place not in taken]
    if len(asked) == len(told) and not any(rows[place].to or rows[place].custom_string for place in told):
        found.update(zip(asked, told, strict=True))


def _places(keys: Mapping[int, Key], without: Iterable[int]) -> dict[Key, list[int]]:
    places = defaultdict(list)
    for place, key in keys.items():
        if place not in without:
            places[key].append(place)
    return places


def _views(
    reach: Reach, recipients: Sequence[Recipient], rows: Sequence[Told]
) -> Iterable[tuple[dict[int, Key], dict[int, Key]]]:
    """The keys of recipients and of rows by which they can be compared, the surest first."""
    if reach is not Reach.POST:
        # ClickSend does not always return the plus sign of a number.
        yield (
            {place: (_bare(recipient.to),) for place, recipient in enumerate(recipients)},
            {place: (_bare(row.to),) for place, row in enumerate(rows) if row.to},
        )
        return
    address = ("address_line_1", "address_postal_code")
    ours = [(each.name or each.to, *(each.fields.get(name, "") for name in address)) for each in recipients]
    theirs = [(row.to, *(str(getattr(row, name, "")) for name in address)) for row in rows]
    yield _folded(ours), _folded(theirs)
    # What is rejected may be told by its name alone.
    yield _folded([key[:1] for key in ours]), _folded([key[:1] if not key[1] else () for key in theirs])


def _folded(keys: Sequence[Sequence[str]]) -> dict[int, Key]:
    return {
        place: tuple(" ".join(part.casefold().split()) for part in key)
        for place, key in enumerate(keys)
        if any(key)
    }


def _bare(to: str) -> str:
    """A number or an address as it can be compared."""
    return to.strip().lstrip("+").casefold()
