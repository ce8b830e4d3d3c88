"""Lets every request of every way to send meet every fault, with the sandbox as the judge; counts the cases.

python -m tests.bench.faulty_sends
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tests.sending.fault_cases import (
    WAYS,
    Bench,
    Way,
    at_price,
    at_send,
    bench,
    check_settled,
    faults_for,
)
from tests.sending.fault_files import BULK, FILES, at_batch, at_batch_price, at_upload
from tests.sending.fault_proxy import BUSY
from tui.sending.result import SendResult

BATCHES = 4
"""Requests of a large send, each of which meets each fault in its turn."""


async def sends(it: Bench, way: Way, folder: Path) -> AsyncIterator[object]:
    """Each fault at the request to send, and at its repetition after ClickSend asked to wait."""
    results: list[SendResult] = []
    for fault in faults_for(way):
        for before in ([], [BUSY], [BUSY, BUSY]):
            results.append(await at_send(it, way, [*before, fault]))
            yield fault
    await check_settled(it, way, results)


async def prices(it: Bench, way: Way, folder: Path) -> AsyncIterator[object]:
    """Each fault at the question for the price."""
    for fault in faults_for(way):
        if await at_price(it, way, [fault]):
            yield fault


async def batches(it: Bench, way: Way, folder: Path) -> AsyncIterator[object]:
    """Each fault at each batch of a large send."""
    for fault in faults_for(way) if way.name in BULK else ():
        for place in range(BATCHES):
            await at_batch(it, way, fault, place, folder)
            yield fault


async def batch_prices(it: Bench, way: Way, folder: Path) -> AsyncIterator[object]:
    """Each fault at the question for the price of each batch of a large send."""
    for fault in faults_for(way) if way.name in BULK else ():
        for place in range(BATCHES):
            await at_batch_price(it, way, fault, place, folder)
            yield fault


async def uploads(it: Bench, way: Way, folder: Path) -> AsyncIterator[object]:
    """Each fault at the upload of a file."""
    for fault in faults_for(way) if way.name in FILES else ():
        await at_upload(it, way, fault, folder)
        yield fault


PARTS: dict[str, Callable[[Bench, Way, Path], AsyncIterator[object]]] = {
    "sends": sends,
    "prices": prices,
    "batches": batches,
    "batch prices": batch_prices,
    "uploads": uploads,
}


async def survive(names: list[str], ways: list[str], tell: Callable[[str], object]) -> int:
    """Every case of these parts; how many. Raises AssertionError at the first that is not true."""
    total = 0
    for name in names:
        for way in (WAYS[each] for each in ways):
            with tempfile.TemporaryDirectory() as folder:
                async with bench(Path(folder)) as it:
                    count = len([fault async for fault in PARTS[name](it, way, Path(folder))])
                    reached, asked = it.proxy.reached.total(), it.proxy.asked.total()
            if count:
                tell(f"{name}, {way.name}: {count} cases, {asked} requests, {reached} reached the sandbox")
            total += count
    return total


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--way", choices=WAYS, action="append")
    chosen = parser.parse_args()

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    total = asyncio.run(survive(chosen.part or list(PARTS), chosen.way or list(WAYS), tell))
    tell(f"{total:,} cases: nothing was sent twice, and every message has a true state")
