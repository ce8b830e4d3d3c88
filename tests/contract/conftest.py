"""ClickSend's own Python client in front of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.driver import Raw, Sdk
from tests.contract.older import Older
from tests.sandbox.conftest import caller, clock, stage, stage_url, world

__all__ = ["caller", "clock", "stage", "stage_url", "world"]


@pytest.fixture
def sdk(caller: object, stage_url: str) -> Iterator[Sdk]:
    """Calls operations through the official client, whose models accept no wrong type."""
    sdk = Sdk(stage_url)
    yield sdk
    sdk.close()


@pytest.fixture
def raw(caller: object, stage_url: str) -> Iterator[Raw]:
    """Calls operations that the official client cannot."""
    raw = Raw(stage_url)
    yield raw
    raw.close()


@pytest.fixture
def older(caller: object, stage_url: str) -> Iterator[Older]:
    """Calls operations through the client before the present one."""
    older = Older(stage_url)
    yield older
    older.close()
