"""What the screens share: header, key bar, refusing an action with its reason, following the store."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from tui.actions import BY_ID, Action, Context, in_context
from tui.core.errors import ConsoleError
from tui.widgets.filter_line import SearchInput
from tui.widgets.header import Header, HeaderState, live_words
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.services import Services
    from tui.store.database import Change
    from tui.store.rows import Contact, ContactList

Answer = TypeVar("Answer")
READ_ONLY = "Read-only mode: nothing at ClickSend can be changed from here."
SETTLE = 0.05
"""Seconds in which several store changes become one re-read of the rows on view."""
SETTLE_SIZES = 0.03
SETTLE_STREAM = 0.3
"""Seconds between two such re-reads while changes stream in: each is work that a key would wait for."""


class Whom(NamedTuple):
    """Who is under the cursor, and would be written to."""

    contact: Contact | None = None
    list_: ContactList | None = None


class ModeScreen(Screen[None]):
    """A screen with the header line, a body, and the key bar; it re-reads its rows when the store changes."""

    CONTEXT: ClassVar[Context]
    MODE: ClassVar[str]
    TOPICS: ClassVar[frozenset[str]]
    """The store's topics that this screen shows."""
    POLLS: ClassVar[tuple[str, ...]]
    """What is polled again at once when the user asks for it."""
    AUTO_FOCUS = "PagedTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    if TYPE_CHECKING:
        app: ConsoleApp

    def __init__(self) -> None:
        super().__init__()
        self._is_new = True
        self._stale: set[str] = set()
        self._settling: Timer | None = None
        self._settled_at = 0.0
        """When rows were last read again for a change of the store, by a clock that nobody sets."""
        # Known beforehand, or the first layout would be made for no width, and then again for this one.
        self.set_class(self.wide, "-wide", update=False)
        self.set_class(not self.wide, "-narrow", update=False)

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def wide(self) -> bool:
        """Whether there is room for two panes."""
        return self.app.size.width >= 100

    def compose(self) -> ComposeResult:
        yield Header()
        yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between header and key bar."""
        raise NotImplementedError

    def reload(self, topics: frozenset[str]) -> None:
        """Read again what is on view; `topics` says what changed in the store."""
        raise NotImplementedError

    def say_why_empty(self) -> None:
        """Where nothing is on view, say why: also the connection decides that."""
        raise NotImplementedError

    # Following the store

    def on_mount(self) -> None:
        self.app.store_changed.subscribe(self, self._store_changed)
        self.show_header()
        self.reload(self.TOPICS)
        self.show_keys()

    def on_screen_resume(self) -> None:
        if self._is_new:
            self._is_new = False
            # After the first frame: what is painted of it again while sizes settle is then one frame more.
            self.call_next(self.app.delay_update, SETTLE_SIZES)
        self.catch_up()

    def _store_changed(self, change: Change) -> None:
        self._stale |= change.topics
        if self.is_current and self._settling is None:
            pause = max(SETTLE, self._settled_at + SETTLE_STREAM - monotonic())
            self._settling = self.set_timer(pause, self.catch_up)

    def catch_up(self) -> None:
        """Read again what has changed in the store and is not on view yet."""
        self.show_connection()
        topics, self._stale, self._settling = self.TOPICS & self._stale, set(), None
        if topics:
            self.reload(topics)
            self.show_keys()
        self._settled_at = monotonic()

    def show_connection(self) -> None:
        """Bring up to date what depends on how the connection is."""
        self.show_header()
        self.say_why_empty()

    def show_header(self) -> None:
        """Bring the header up to date."""
        services, store = self.services, self.services.store
        account, counts = store.account(), store.counts()
        live, tone = live_words(
            services.status,
            "not signed in" if services.problem else "",
            services.launch.read_only,
            services.now(),
        )
        self.query_one(Header).state = HeaderState(
            profile=services.launch.profile if services.launch.demo is None else "demo",
            mode=self.MODE,
            counts=(
                ("inbox", f"{counts.unread:,}" if counts.unread else ""),
                ("receipts", f"{counts.failed_receipts:,}!" if counts.failed_receipts else ""),
            ),
            balance=services.currency.balance(account.balance)
            if account and account.balance is not None
            else "",
            balance_low=account is not None and account.is_low,
            live=live,
            live_tone=tone,
        )

    # Actions

    def why_not(self, action: Action) -> str:
        """Why this action cannot run now; empty when it can."""
        if action.changes_clicksend and self.services.launch.read_only:
            return READ_ONLY
        return ""

    async def action_act(self, action_id: str) -> None:
        """Run an action of this screen, or say why it cannot run.

        It is awaited, so that keys typed ahead meet the screen as the action leaves it.
        """
        action = BY_ID[action_id]
        if reason := self.why_not(action):
            self.tell(reason)
            return
        try:
            going_on = getattr(self, action.method)()
            if inspect.iscoroutine(going_on):
                await going_on
        except ConsoleError as error:
            self.app.tell_problem(error)
        self.show_keys()

    def whom(self) -> Whom:
        """Who would be written to from here."""
        return Whom()

    def composed(self, key: str | None) -> None:
        """Something was sent from a compose sheet; `key` is the id of a campaign."""

    async def act_undo(self) -> None:
        """Take back the last thing decided here."""
        self.tell("There is nothing to take back.")

    async def ask(self, sheet: Screen[Answer | None], then: Callable[[Answer], Awaitable[None]]) -> None:
        """Put a question, and do what follows from the answer; nothing if there is none."""

        async def answered(answer: Answer | None) -> None:
            if answer is None:
                return
            try:
                await then(answer)
            except ConsoleError as error:
                self.app.tell_problem(error)
            self.show_keys()

        await self.app.push_screen(sheet, answered)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.tell_worker_failure(event)

    def key_contexts(self) -> tuple[Context, ...]:
        """The contexts whose keys work now, most specific first."""
        return (self.CONTEXT,)

    def keys_first(self) -> tuple[str, ...]:
        """Ids of the actions that matter most as things stand: the key bar begins with them."""
        return ()

    def key_note(self) -> tuple[tuple[str, str, bool], ...]:
        """What the key bar says before all keys."""
        return ()

    def show_keys(self) -> None:
        """Bring the key bar up to date."""
        if isinstance(self.focused, SearchInput):
            self.query_one(KeyBar).keys = SearchInput.KEYS
            return
        read_only = self.services.launch.read_only
        contexts = self.key_contexts()
        everywhere: tuple[Context, ...] = ("console",) if self.CONTEXT in contexts else ()
        first = self.keys_first() if everywhere else ()
        usual = (action for action in in_context(*contexts, *everywhere) if action.footer)
        self.query_one(KeyBar).keys = self.key_note() + tuple(
            (self.app.key_of(action), action.title, not self.why_not(action))
            for action in dict.fromkeys((*(BY_ID[id] for id in first), *usual))
            if not (read_only and action.changes_clicksend)
        )

    def on_descendant_focus(self) -> None:
        self.show_keys()

    def tell(self, message: str, *, hint: str = "", error: bool = False) -> None:
        """A short notice. The text is never parsed as markup: it may quote ClickSend or a customer."""
        words = f"{message} {hint}".strip()
        self.notify(words, severity="error" if error else "information", markup=False, timeout=6)
