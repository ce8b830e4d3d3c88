"""A large send: from the file to its price, then sent, beside ClickSend's own client with the same batches.

python -m tests.bench.bulk --rows 100000 --latency 50
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from tui.api import account
from tui.api.client import ApiClient
from tui.core.clock import SystemClock
from tui.sandbox.server import running
from tui.sandbox.world import World
from tui.sending.bulk import BulkSender
from tui.sending.draft import MessageDraft
from tui.sending.preparing import FileSource
from tui.sending.table import look
from tui.store.account import save_account
from tui.store.database import Store
from tui.sync.records import account_facts

BATCH = 1000
TEXT = "Hi (First name), your order (Order) is ready at our shop in (Town). Please bring this message. Acme"


def serve(latency: int) -> None:
    """A sandbox whose account can pay for all, until standard input ends; then what it took, as JSON."""
    world = World(messages=0, traffic=False)
    world.account.balance = Decimal(10**7)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # as the command does
    with running(world, latency=latency) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()
    # People answer what they are sent: only what went out was taken from somebody.
    sent = (message for message in world.messages.recent() if message.outbound)
    taken = [(message.number, message.custom_string) for message in sent]
    sys.stdout.write(json.dumps({"taken": taken, "cpu": time.process_time()}))


class RichSandbox:
    """That sandbox in a process of its own. `end` brings the number and the reference of each message."""

    def __init__(self, latency: int = 0) -> None:
        self.cpu = 0.0
        """Seconds of processor time that it took, once it has ended."""
        command = [sys.executable, "-m", "tests.bench.bulk", "--serve", "--latency", str(latency)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def end(self) -> list[tuple[str, str]]:
        """Stop it."""
        told, _ = self._process.communicate()
        found = json.loads(told)
        self.cpu = found["cpu"]
        return [(number, reference) for number, reference in found["taken"]]


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """A file as a shop exports it: one number in forty cannot be one, one in a hundred is there twice."""
    chance = random.Random(seed)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("First name", "Last name", "Mobile", "Order", "Town", "Joined"))
        for number in range(rows):
            mobile = f"04{chance.choice('0123')}{chance.randrange(10**7):07}"
            if number % 40 == 7:
                mobile = "call her"
            elif number % 100 == 9:
                mobile = "0411 000 009"
            elif number % 3 == 0:
                mobile = f"+61 {mobile[1:4]} {mobile[4:7]} {mobile[7:]}"
            town = chance.choice(("Sydney", "Perth", "Hobart"))
            writer.writerow((f"Ann{number}", "Lee", mobile, 10_000 + number, town, "2024-05-01"))


def send_with_sdk(url: str, rows: int) -> int:
    """The same number of messages through ClickSend's client, in batches one by one."""
    import clicksend

    configuration = clicksend.Configuration(host=url.removesuffix("/v3"), username="demo", password="demo")
    api = clicksend.SmsApi(clicksend.ApiClient(configuration))
    chance, sent = random.Random(2), 0
    for first in range(0, rows, BATCH):
        messages = [
            clicksend.SendSmsRequestMessagesInner(
                to=f"+6142{chance.randrange(10**7):07}",
                body=f"Hi Ann{number}, your order {number} is ready at our shop in Perth. "
                "Please bring this message. Acme",
                source="sdk",
                custom_string=f"sdk-{number}",
            )
            for number in range(first, min(first + BATCH, rows))
        ]
        answer = api.send_sms(send_sms_request=clicksend.SendSmsRequest(messages=messages))
        sent += int(answer.data.queued_count)
    return sent


class Lateness:
    """How late the event loop is while it is busy: what a key that is pressed meanwhile has to wait."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._task = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while True:
            due = time.perf_counter() + 0.005
            await asyncio.sleep(0.005)
            self._late.append((time.perf_counter() - due) * 1000)

    def told(self) -> dict[str, float]:
        """Milliseconds."""
        self._task.cancel()
        far = statistics.quantiles(self._late, n=20, method="inclusive")[-1]
        return {"late p95 ms": far, "late worst ms": max(self._late)}


async def send_with_console(url: str, folder: Path, rows: int) -> dict[str, float]:
    """Read, check and price a file, then send it; what each took and the memory it needed."""
    path = folder / "people.csv"
    write_file(path, rows)
    store = Store(folder / "store.sqlite3")
    with closing(store):
        async with ApiClient("demo", "demo", base_url=url) as client:
            facts = account_facts(await client.call(account.get()), int(time.time()))
            await store.write(save_account, facts)
            bulk = BulkSender(client, store, SystemClock())
            gc.collect()
            gc.freeze()
            gc.set_threshold(2_000, 5, 30)  # as the console does once it has started
            late = Lateness()
            began = time.perf_counter()
            source = FileSource(look(path))
            found = await bulk.prepare(source, MessageDraft("sms", (), TEXT), country="AU")
            read = time.perf_counter()
            quote = await bulk.price(found.outbox_id)
            priced, busy = time.perf_counter(), time.process_time()
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            await bulk.send(quote.confirm(quote.words))
            sent, busy = time.perf_counter(), time.process_time() - busy
            progress = store.sends.progress(found.outbox_id, time.time())
    assert progress is not None
    assert progress.state == "accepted", progress
    assert progress.spent == quote.total, (progress, quote)
    return {
        "left out": found.left_out,
        "messages": progress.accepted,
        "read": read - began,
        "priced": priced - read,
        "file to confirm": priced - began,
        "sent": sent - priced,
        "CPU of that": busy,
        "peak MB": memory,
        **late.told(),
    }


def run(sender: str, url: str, rows: int) -> dict[str, float]:
    """What one sender took, imports apart, in this process."""
    if sender == "console":
        with tempfile.TemporaryDirectory() as folder:
            return asyncio.run(send_with_console(url, Path(folder), rows))
    import clicksend  # noqa: F401  its imports are not measured either

    began, busy = time.perf_counter(), time.process_time()
    sent = send_with_sdk(url, rows)
    return {
        "messages": sent,
        "sent": time.perf_counter() - began,
        "CPU of that": time.process_time() - busy,
    }


def measured(sender: str, url: str, rows: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bulk", "--sender", sender, "--url", url]
    found: dict[str, float] = json.loads(subprocess.check_output([*command, "--rows", str(rows)], text=True))
    return found


def table(rows: int, latencies: list[int], sdk: bool) -> Iterator[str]:
    """A row for each latency. The account pays for everything before."""
    yield f"{rows:,} rows, batches of {BATCH:,}\n"
    for latency in latencies:
        figures = [_one("console", latency, rows)]
        yield _row(f"{latency} ms, console", figures[0])
        if sdk:
            figures.append(_one("sdk", latency, int(figures[0]["messages"])))
            yield _row(f"{latency} ms, official client", figures[1])
            ours, theirs = (each["messages"] / each["sent"] for each in figures)
            yield f"| {latency} ms | {ours:,.0f} and {theirs:,.0f} a second: {ours / theirs:.1f}x"


def _one(sender: str, latency: int, rows: int) -> dict[str, float]:
    server = RichSandbox(latency)
    found = measured(sender, server.url, rows)
    taken = len({reference for _, reference in server.end()})
    assert taken == found["messages"], taken
    return found | {"CPU of the sandbox": server.cpu}


def _row(name: str, figures: dict[str, float]) -> str:
    return f"| {name} | " + ", ".join(f"{what} {value:,.1f}" for what, value in figures.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--latency", type=int, nargs="*", default=[50])
    parser.add_argument("--no-sdk", action="store_true")
    parser.add_argument("--sender", choices=("console", "sdk"), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.latency[0])
    elif chosen.sender:
        print(json.dumps(run(chosen.sender, chosen.url, chosen.rows)))
    else:
        for line in table(chosen.rows, chosen.latency, not chosen.no_sdk):
            print(line, flush=True)
