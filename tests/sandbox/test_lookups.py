"""Every value that can be chosen: its listing is read from the sandbox, and its rows say what they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC
from typing import Any

import pytest
from pydantic import BaseModel

from tests.sandbox.stage import playing
from tui.api import lookups
from tui.api.client import ApiClient
from tui.api.entry import Place
from tui.api.layout import Slot, slots
from tui.api.operation import catalogue
from tui.core.clock import SystemClock
from tui.sandbox.world import World

EMPTY = {"mms.receipts_list", "voice.receipts_list", "fax.receipts_list", "sms.receipts_list"}
"""Listings that hold nothing until something is sent, or nothing of what is asked for here."""


def places(model: type[BaseModel], prefix: str = "") -> Iterator[Slot]:
    """Every place of a form, those in its rows included."""
    for slot in slots(model, prefix):
        if slot.is_rows:
            yield from places(slot.field.type, slot.row_prefix(slot.first))
        else:
            yield slot


SOURCES = {
    (source.listing.id, source.name): source
    for operation in catalogue().values()
    for slot in places(operation.arguments)
    for source in lookups.sources(operation, slot)
}


@pytest.fixture(scope="module")
def world() -> World:
    return World(messages=200, traffic=False)


@pytest.fixture(scope="module")
def url(world: World) -> Iterator[str]:
    with playing(world) as url:
        yield url


@pytest.fixture
async def client(url: str, world: World) -> AsyncIterator[ApiClient]:
    async with ApiClient(world.account.username, world.account.key, base_url=url) as client:
        yield client


@pytest.mark.parametrize("listing", sorted(SOURCES), ids=lambda listing: ".".join(listing))
async def test_what_is_listed_can_be_chosen(listing: tuple[str, str], client: ApiClient) -> None:
    source: Any = SOURCES[listing]
    place = Place(0.0, UTC, "AU")
    given = lookups.arguments(source, dict.fromkeys(source.needs.values(), "428") | {"country": "AU"}, place)
    offered = await lookups.Lookups(client, SystemClock()).candidates([source], [given])
    assert offered or listing[0] in EMPTY
    for each in offered:
        assert each.value
        assert each.title
        assert "\n" not in each.title + each.note
