"""The running parts of the console: the store at once; credentials, client, sync and sender after the first frame."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from tui.core.clock import Clock, SystemClock, short_time
from tui.core.errors import ConsoleError, CredentialError, SettingsError
from tui.core.money import Currency
from tui.store.database import Store

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.api.operation import Request
    from tui.core.settings import Launch
    from tui.credentials import Credentials
    from tui.sending.sender import Sender
    from tui.store.rows import Message
    from tui.sync.engine import Sync, SyncStatus

T = TypeVar("T")
log = logging.getLogger(__name__)


class Services:
    """Owns the store, the client, sync and the sender. Screens read the store and ask these for the rest.

    `on_status` is called, on the event loop, whenever what the header says about the connection changes.
    """

    def __init__(self, launch: Launch, *, clock: Clock | None = None) -> None:
        self.launch = launch
        self.clock = clock or SystemClock()
        self.store = Store(launch.database)
        self.credentials: Credentials | None = None
        self.problem: ConsoleError | None = None
        """Why there is no connection, when there is none."""
        self.on_status: Callable[[], None] = lambda: None
        self._client: ApiClient | None = None
        self._sync: Sync | None = None
        self._sender: Sender | None = None

    # Life

    async def connect(self, given: Credentials | None = None) -> bool:
        """Find credentials, load what speaks to ClickSend, and start polling; False if there is no key.

        Everything that blocks (keyring, credential command, imports, the demo's server) is off the event loop.
        """
        await self.disconnect()
        self.problem = None
        try:
            credentials, base_url = await asyncio.to_thread(self._prepare, given)
        except (CredentialError, SettingsError) as error:
            self.problem = error
            self.on_status()
            return False
        self._build(credentials, base_url)
        self.credentials = credentials
        await self.sender.recover()
        self.sync.start()
        self.on_status()
        return True

    def _prepare(self, given: Credentials | None) -> tuple[Credentials, str]:
        import tui.sending.sender
        import tui.sync.engine
        from tui.credentials import find_credentials

        base_url = self.launch.demo.wait_for_url() if self.launch.demo else self.launch.base_url
        return given or find_credentials(self.launch), base_url

    def _build(self, credentials: Credentials, base_url: str) -> None:
        from tui.api.client import ApiClient
        from tui.sending.sender import Sender
        from tui.sync.engine import Sync

        self._client = ApiClient(credentials.username, credentials.key.reveal(), base_url=base_url)
        self._sender = Sender(self._client, self.store, self.clock, read_only=self.launch.read_only)
        self._sync = Sync(
            self._client,
            self.store,
            self.clock,
            intervals=self.launch.settings.poll,
            read_only=self.launch.read_only,
            on_status=lambda _status: self.on_status(),
        )

    async def disconnect(self) -> None:
        """Stop polling, let a send in flight be answered, and close the connections."""
        if self._sync is not None:
            await self._sync.stop()
        if self._sender is not None:
            await self._sender.drain(timeout=10)
        if self._client is not None:
            await self._client.aclose()
        self._client = self._sync = self._sender = None

    async def close(self) -> None:
        """Leave everything as it should be found again."""
        await self.disconnect()
        self.store.close()

    # Parts

    @property
    def connected(self) -> bool:
        return self._client is not None

    @property
    def client(self) -> ApiClient:
        """The client, or a ConsoleError that says why there is none."""
        return self._part(self._client)

    @property
    def sync(self) -> Sync:
        return self._part(self._sync)

    @property
    def sender(self) -> Sender:
        return self._part(self._sender)

    def _part(self, part: T | None) -> T:
        if part is None:
            raise self.problem or ConsoleError("Still connecting to ClickSend.", hint="Try again in a moment.")
        return part

    async def call(self, request: Request[T], *refresh: str) -> T:
        """Make a call that neither sends nor spends, then poll again what it changed."""
        answer = await self.client.call(request)
        if refresh:
            self.sync.refresh(*refresh)
        return answer

    def refresh(self, *topics: str) -> None:
        """Poll these topics now, if there is a connection."""
        if self._sync is not None:
            self._sync.refresh(*topics)

    @property
    def sends_in_flight(self) -> int:
        """Sends whose answer has not come yet."""
        return self._sender.in_flight if self._sender is not None else 0

    # What several screens say alike

    @property
    def currency(self) -> Currency:
        """The account's currency, or ClickSend's home currency until the account is known."""
        account = self.store.account()
        return Currency(account.currency_code, account.currency_symbol) if account else Currency()

    def price_of(self, message: Message) -> str:
        """What a message cost, in the account's currency; empty when it is not known."""
        return self.currency.price(message.price) if message.price is not None else ""

    @property
    def balance(self) -> Decimal | None:
        account = self.store.account()
        return account.balance if account else None

    @property
    def status(self) -> SyncStatus | None:
        """What sync says of the connection; None before there is one."""
        return self._sync.status if self._sync is not None else None

    def now(self) -> int:
        return int(self.clock.now())

    def clock_time(self, at: float) -> str:
        """A time as a narrow column shows it."""
        return short_time(int(at), self.now())
