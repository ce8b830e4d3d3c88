"""A sandbox on a real socket, a clock to turn, and a caller that speaks plain HTTP to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.stage import Stage
from tui.sandbox.clock import ManualClock
from tui.sandbox.server import hosting
from tui.sandbox.world import World


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def world(clock: ManualClock) -> World:
    """The default world, in which nobody writes unasked."""
    return World(clock=clock, traffic=False)


@pytest.fixture(scope="session")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="session")
def stage_url(stage: Stage) -> Iterator[str]:
    with hosting(stage) as url:
        yield url


@pytest.fixture
def caller(stage: Stage, stage_url: str, world: World) -> Iterator[Caller]:
    stage.play(world)
    caller = Caller(stage_url)
    yield caller
    caller.close()
