"""A desk in front of an account that has nothing but its POLL rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sync.desk import Desk, desk


@pytest.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as found:
        yield found
