"""What a person types to search: words, phrases and conditions, all of which must hold.

refund "exact phrase" inv*            words, words in this order, words that begin with "inv"
from:+61411 from:ana to:"ana diaz"    who wrote, or was written to: a part of the number, or a name
label:billing assignee:me             also assignee:nobody
is:unread                             open snoozed done blocked unread read muted mine
has:failed                            failed stop unknown draft note label
after:2026-01-01 before:yesterday     when it was said; the day itself is in "after", not in "before"
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from tui.core.clock import parse_moment
from tui.core.errors import InvalidInput
from tui.core.local_zone import LocalZone
from tui.core.text import clean
from tui.core.words import has_words

IS = ("open", "snoozed", "done", "blocked", "unread", "read", "muted", "mine")
HAS = ("failed", "stop", "unknown", "draft", "note", "label")
KEYS = ("from", "to", "label", "assignee", "is", "has", "before", "after")

_QUOTED = r'["“”„]([^"“”„]*)(?:["“”„]|$)'
_TOKEN = re.compile(rf"(?:([^\W\d_]+):(?!//))?(?:{_QUOTED}(\*)?|([^\s\"“”„]+))?")
_NUMBER = re.compile(r"[+\d().\-/]*\d[+\d().\-/]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a phrase or a number; with `prefix`, whatever begins with it."""

    text: str
    prefix: bool = False

    @property
    def digits(self) -> str:
        """The digits of a number as typed, without its first zeros; "" if it is none."""
        bare = "".join(self.text.split())
        return re.sub(r"\D", "", bare).lstrip("0") if _NUMBER.fullmatch(bare) else ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search that was understood. Times in Unix seconds: `after` is in, `before` is not."""

    words: tuple[Word, ...] = ()
    senders: tuple[Word, ...] = ()
    recipients: tuple[Word, ...] = ()
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    """Each as "ana@desk", or "" for nobody."""
    is_: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    after: int | None = None
    before: int | None = None


def parse(text: str, me: str = "", now: float | None = None, zone: tzinfo | None = None) -> Query:
    """What a search asks for. Raises InvalidInput that says what to type; nothing else, whatever is typed."""
    reading = _Reading(me, time.time() if now is None else now, zone or LocalZone())
    query = Query()
    for key, value, quoted, prefix in _tokens(clean(text)):
        if key:
            query = reading.condition(query, key, value)
        elif has_words(value):
            word = _word(value, quoted=quoted, prefix=prefix)
            if word.prefix and len(word.text) < 2:
                raise InvalidInput(
                    f'"{value}" is in too many words.', hint="Type a letter more before the *."
                )
            query = replace(query, words=(*query.words, word))
    query = replace(query, words=_join_numbers(query.words))
    if query == Query():
        raise InvalidInput("There is nothing to search for in this.", hint="Type a word, a name or a number.")
    return query


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a search that knows no conditions; none if nothing can be searched for."""
    tokens = _TOKEN.finditer(clean(text).replace(":", " "))
    found = (
        (quoted or bare or "", quoted is not None, bool(star))
        for _, quoted, star, bare in (match.groups() for match in tokens)
    )
    return _join_numbers(tuple(_word(value, quoted=q, prefix=p) for value, q, p in found if has_words(value)))


def _tokens(text: str) -> Iterator[tuple[str, str, bool, bool]]:
    for match in _TOKEN.finditer(text):
        key, quoted, star, bare = match.groups()
        if key and key.casefold() not in KEYS and not has_words(quoted or bare or ""):
            key, bare = "", key  # "note:" is a word with a colon
        if key or quoted or bare:
            yield (key or "").casefold(), quoted or bare or "", quoted is not None, bool(star)


def _word(value: str, *, quoted: bool, prefix: bool) -> Word:
    star = not quoted and value.endswith("*")
    return Word(value.rstrip("*") if star else value, prefix or star)


def _join_numbers(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A number with spaces in it is one number."""
    joined: list[Word] = []
    for word in words:
        if joined and word.digits and joined[-1].digits and not joined[-1].prefix:
            joined[-1] = Word(f"{joined[-1].text} {word.text}", word.prefix)
        else:
            joined.append(word)
    return tuple(joined)


class _Reading:
    """Reads conditions: who "me" is, and what "yesterday" means."""

    def __init__(self, me: str, now: float, zone: tzinfo) -> None:
        self._me = me
        self._now = now
        self._zone = zone

    def condition(self, query: Query, key: str, value: str) -> Query:
        """The query with one more condition."""
        conditions: Mapping[str, Callable[[], Query]] = {
            "from": lambda: replace(query, senders=(*query.senders, self._person(key, value))),
            "to": lambda: replace(query, recipients=(*query.recipients, self._person(key, value))),
            "label": lambda: replace(query, labels=(*query.labels, self._needed(key, value, "billing"))),
            "assignee": lambda: replace(query, assignees=(*query.assignees, self._assignee(value))),
            "is": lambda: self._is(query, value),
            "has": lambda: replace(query, has=query.has | {_one_of(key, value, HAS)}),
            "after": lambda: replace(query, after=max(self._time(key, value), query.after or 0)),
            "before": lambda: replace(
                query, before=min(self._time(key, value), query.before or self._time(key, value))
            ),
        }
        if key not in conditions:
            known = ", ".join(f"{name}:" for name in KEYS)
            raise InvalidInput(
                f'"{key}:" is no condition of a search.',
                hint=f'There are {known}. To search for the text itself, type it in quotes: "{key}:{value}".',
            )
        return conditions[key]()

    def _is(self, query: Query, value: str) -> Query:
        name = _one_of("is", value, IS)
        if name == "mine":
            return replace(query, assignees=(*query.assignees, self._me))
        return replace(query, is_=query.is_ | {name})

    def _person(self, key: str, value: str) -> Word:
        return Word(self._needed(key, value.rstrip("*"), "+61411111111"), prefix=True)

    def _assignee(self, value: str) -> str:
        name = self._needed("assignee", value, "me")
        return {"me": self._me, "nobody": ""}.get(name.casefold(), name)

    def _needed(self, key: str, value: str, example: str) -> str:
        if not has_words(value):
            raise InvalidInput(f"{key}: says nothing yet.", hint=f'Type it like "{key}:{example}".')
        return value.strip()

    def _time(self, key: str, value: str) -> int:
        try:
            return parse_moment(value, self._now, self._zone)
        except InvalidInput as error:
            hint = f'Type it like "{key}:2026-01-01", "{key}:yesterday" or "{key}:\\"3 days ago\\"".'
            raise InvalidInput(error.message, hint=hint.replace("\\", "")) from error


def _one_of(key: str, value: str, names: tuple[str, ...]) -> str:
    name = value.casefold()
    if name not in names:
        what = f'There is no "{key}:{value}".' if value else f"{key}: says nothing yet."
        raise InvalidInput(what, hint=f"After {key}: type one of {', '.join(names)}.")
    return name
