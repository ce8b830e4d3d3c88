"""The operations of a plain resource: list, create, get, update and delete, or some of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

from tui.sandbox.answers import Answer, with_links
from tui.sandbox.collection import Collection, Record
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected
from tui.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What ClickSend says after each operation. What cannot be done with the resource has no words."""

    listed: str = ""
    created: str = ""
    shown: str = ""
    updated: str = ""
    deleted: str = ""


def _anything(call: Call) -> None:
    """Nothing is refused."""


def plain(
    prefix: str,
    collection: Callable[[World], Collection],
    words: Words,
    *,
    page_links: bool = False,
    judge: Callable[[Call], None] = _anything,
    row: Callable[[Record], Record] = dict,
    one: Callable[[Record], Record] = dict,
    gone: Any = (),
) -> None:
    """Answer `<prefix>_list`, `_create`, `_get`, `_update` and `_delete`; the id stands last in the path.

    `judge` refuses what may not be stored. `row` makes what a listing tells of a record, `one` what getting
    and updating do; `gone` is the data of the answer after deleting.
    """

    def number(call: Call) -> str:
        return list(call.path.values())[-1]

    def listed(call: Call) -> Answer:
        rows = call.page(selected(map(row, collection(call.world)), call.query), dict)
        return Answer(with_links(rows, call.url) if page_links else rows, words.listed)

    def created(call: Call) -> Answer:
        judge(call)
        return Answer(collection(call.world).create(call.body), words.created)

    def shown(call: Call) -> Answer:
        return Answer(one(collection(call.world).get(number(call))), words.shown)

    def updated(call: Call) -> Answer:
        judge(call)
        return Answer(one(collection(call.world).update(number(call), call.body)), words.updated)

    def deleted(call: Call) -> Answer:
        collection(call.world).delete(number(call))
        return Answer(gone, words.deleted)

    handlers = {"list": listed, "create": created, "get": shown, "update": updated, "delete": deleted}
    for (name, handler), said in zip(handlers.items(), astuple(words), strict=True):
        if said:
            answers(f"{prefix}_{name}")(handler)
