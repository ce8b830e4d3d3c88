"""Each fault that a line or a server can have, at each request of each way to send."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sending.fault_cases import (
    WAYS,
    Way,
    at_price,
    at_send,
    bench,
    check_settled,
    faults_for,
)
from tests.sending.fault_files import FILES, at_batch, at_upload
from tests.sending.fault_proxy import FAULTS
from tui.sending.products import CAMPAIGNS, PRODUCTS

OF_MONEY = ("numbers.buy", "recharge.purchase")
QUICK = [way for way in WAYS.values() if way.name in {*PRODUCTS, *OF_MONEY} or "campaign" in way.name]
"""The others are left to `tests.bench.faulty_sends`."""


def test_every_channel_is_here() -> None:
    assert {*PRODUCTS, *(f"{channel} campaign" for channel in CAMPAIGNS), *OF_MONEY} <= {
        way.name for way in QUICK
    }
    assert len(QUICK) * len(FAULTS) >= 1000


@pytest.mark.parametrize("way", QUICK, ids=lambda way: way.name)
async def test_a_send_that_meets_a_fault_leaves_the_truth(tmp_path: Path, way: Way) -> None:
    async with bench(tmp_path) as it:
        results = [await at_send(it, way, [fault]) for fault in faults_for(way)]
        await check_settled(it, way, results)
        assert it.cases >= len(FAULTS) - 1


@pytest.mark.parametrize("way", QUICK, ids=lambda way: way.name)
async def test_a_price_that_meets_a_fault_is_told_truly_or_not_at_all(tmp_path: Path, way: Way) -> None:
    async with bench(tmp_path) as it:
        # Nothing happens at a question, so that it makes no difference whether it reaches the sandbox.
        told = {fault.words: fault for fault in faults_for(way)}
        for fault in told.values():
            await at_price(it, way, [fault])


@pytest.mark.parametrize("place", range(4))
async def test_a_batch_that_meets_a_fault_leaves_the_truth(tmp_path: Path, place: int) -> None:
    async with bench(tmp_path) as it:
        for fault in FAULTS[place::8]:
            await at_batch(it, WAYS["sms"], fault, place, tmp_path)


@pytest.mark.parametrize("way", FILES)
async def test_an_upload_that_meets_a_fault_sends_nothing(tmp_path: Path, way: str) -> None:
    async with bench(tmp_path) as it:
        for fault in FAULTS[:: 4 if way == "mms" else 16]:
            await at_upload(it, WAYS[way], fault, tmp_path)
