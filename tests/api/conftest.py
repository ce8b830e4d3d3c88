"""A client with a turnable clock in front of a scripted server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from tests.api.scripted import ScriptedServer
from tui.api.client import ApiClient

KEY = "D83DED51-SECRET-4D42"


@dataclass
class TurnableClock:
    """Stands still but for those who sleep."""

    at: float = 1_793_000_000.0
    naps: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.at += seconds


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def client(server: ScriptedServer, clock: TurnableClock) -> AsyncIterator[ApiClient]:
    async with ApiClient("ada", KEY, base_url=server.url, clock=clock, sleep=clock.sleep) as client:
        yield client
