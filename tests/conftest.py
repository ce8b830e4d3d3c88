"""What every test would pay again: style sheets are read once, idle waits are short, servers are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual import _wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.sandbox.stage import close_stages

IDLE_SECONDS = 0.005
"""How long an app must have done next to nothing to count as idle, twice for each key; Textual has 0.02."""


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_read_once() -> Iterator[None]:
    """Share parsed rules between the apps of a worker. Textual keeps them itself, but for one app only."""
    parsed: dict[tuple[Any, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, css: str, *place: Any, **more: Any) -> list[RuleSet]:
        key = (frozenset(sheet._variables.items()), css, place, *sorted(more.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, css, *place, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(_wait, "SLEEP_GRANULARITY", IDLE_SECONDS)
        yield


@pytest.fixture(scope="session", autouse=True)
def _stages_closed() -> Iterator[None]:
    yield
    close_stages()
