"""The five operations of a plain resource: list, create, get, update and delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.sandbox.answers import Answer, with_links
from tui.sandbox.collection import Collection, Record
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected
from tui.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What ClickSend says after each of the five operations."""

    listed: str
    created: str
    shown: str
    updated: str
    deleted: str


def _anything(call: Call) -> None:
    """Nothing is refused."""


def plain(
    prefix: str,
    collection: Callable[[World], Collection],
    words: Words,
    *,
    page_links: bool = False,
    judge: Callable[[Call], None] = _anything,
    shown: Callable[[Record], Record] = dict,
    gone: object = (),
) -> None:
    """Answer `<prefix>_list`, `_create`, `_get`, `_update` and `_delete`; the id stands last in the path.

    `judge` refuses what may not be stored; `shown` is one record as getting and updating answer it;
    `gone` is the data of the answer after deleting.
    """

    def number(call: Call) -> str:
        return list(call.path.values())[-1]

    @answers(f"{prefix}_list")
    def listed(call: Call) -> Answer:
        rows = call.page(selected(collection(call.world), call.query), dict)
        return Answer(with_links(rows, call.url) if page_links else rows, words.listed)

    @answers(f"{prefix}_create")
    def created(call: Call) -> Answer:
        judge(call)
        return Answer(collection(call.world).create(call.body), words.created)

    @answers(f"{prefix}_get")
    def got(call: Call) -> Answer:
        return Answer(shown(collection(call.world).get(number(call))), words.shown)

    @answers(f"{prefix}_update")
    def updated(call: Call) -> Answer:
        judge(call)
        return Answer(shown(collection(call.world).update(number(call), call.body)), words.updated)

    @answers(f"{prefix}_delete")
    def deleted(call: Call) -> Answer:
        collection(call.world).delete(number(call))
        return Answer(gone, words.deleted)
