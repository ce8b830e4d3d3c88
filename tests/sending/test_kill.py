"""A console that is killed in the middle of a send leaves a truth that the next one finds."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from tests.sending.conftest import TurnableClock, account
from tests.sending.faulty import FaultyClickSend
from tui.api.client import ApiClient
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.messages import local_id

ADA, BOB = "+61411111111", "+61422222222"
ROOT = Path(__file__).parents[2]

CONSOLE = """
import asyncio, sys
from pathlib import Path
from tui.api.client import ApiClient
from tui.core.clock import SystemClock
from tui.sending.draft import MessageDraft
from tui.sending.sender import Sender
from tui.store.database import Store

async def main(url, path):
    store = Store(Path(path))
    async with ApiClient("ada", "KEY", base_url=url) as client:
        sender = Sender(client, store, SystemClock())
        quote = await sender.quote(MessageDraft.sms(("+61411111111", "+61422222222"), "Hello"))
        await sender.send(quote.confirm("price unknown"))
    store.close()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = Store(tmp_path / "store.db")
    store.write_now(save_account, account())
    store.close()
    return tmp_path / "store.db"


async def start_console(clicksend: FaultyClickSend, path: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", CONSOLE, clicksend.url, str(path), cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )


@pytest.mark.parametrize("done", [False, True])
async def test_killed_between_request_and_answer_it_is_unknown_and_never_sent_again(
    clicksend: FaultyClickSend, client: ApiClient, clock: TurnableClock, path: Path, *, done: bool
) -> None:
    clicksend.hold.clear()
    console = await start_console(clicksend, path)
    await clicksend.arrived.wait()
    if done:
        clicksend.sent.update(message["custom_string"] for message in clicksend.bodies[0]["messages"])
    console.send_signal(signal.SIGKILL)
    await console.wait()

    store = Store(path)
    assert [item.state for item in store.outbox()] == ["sending"]
    sender = Sender(client, store, clock)
    recovered = await sender.recover()
    assert [(item.state, item.draft["to"]) for item in recovered] == [("unknown", [ADA, BOB])]
    for index, number in enumerate((ADA, BOB)):
        (row,) = store.thread(number).page(0)
        assert (row.state, row.id) == ("unknown", local_id(recovered[0].id, index))
    assert await sender.recover() == []
    assert clicksend.sends == 1
    assert all(times == 1 for times in clicksend.sent.values())
    store.close()


async def test_a_console_that_still_runs_keeps_its_send(
    clicksend: FaultyClickSend, client: ApiClient, clock: TurnableClock, path: Path
) -> None:
    clicksend.hold.clear()
    console = await start_console(clicksend, path)
    await clicksend.arrived.wait()
    store = Store(path)
    assert await Sender(client, store, clock).recover() == []
    clicksend.hold.set()
    assert await console.wait() == 0
    assert [item.state for item in store.outbox()] == ["accepted"]
    store.close()
