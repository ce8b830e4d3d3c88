"""The Textual app: modes, palette, keymap, signals; it owns the services and holds no business logic."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import Provider
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import Worker, WorkerFailed

from tui.actions import BY_ID, Action, bindings, in_context
from tui.core.errors import ConsoleError, DamagedStore, StoreError
from tui.last_steps import LastSteps
from tui.services import Services
from tui.store.database import Change
from tui.widgets.announcer import Announcer
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar, key_name
from tui.widgets.mode_screen import READ_ONLY, ModeScreen
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Span, Tone
from tui.widgets.themed_app import ThemedApp

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.api.operation import Operation
    from tui.core.settings import Launch
    from tui.sending.result import SendResult
    from tui.widgets.choose_sheet import Choice


def _inbox() -> Screen[None]:
    from tui.screens.inbox import InboxScreen

    return InboxScreen()


def _campaigns() -> Screen[None]:
    from tui.screens.campaigns import CampaignsScreen

    return CampaignsScreen()


def _contacts() -> Screen[None]:
    from tui.screens.contacts import ContactsScreen

    return ContactsScreen()


def _receipts() -> Screen[None]:
    from tui.screens.receipts import ReceiptsScreen

    return ReceiptsScreen()


def _account() -> Screen[None]:
    from tui.screens.account import AccountScreen

    return AccountScreen()


def _actions() -> Screen[None]:
    from tui.screens.actions import ActionsScreen

    return ActionsScreen()


def _operation_palette() -> type[Provider]:
    from tui.screens.operation_palette import OperationPalette

    return OperationPalette


NOTICE_SECONDS = 4.0
TONES: Mapping[SeverityLevel, Tone] = {"information": "bright", "warning": "warn", "error": "bad"}
END_SECONDS = 15.0
"""How long the way out may take after a signal: longer than it waits for a send in flight."""
COLLECTED_AFTER = (2_000, 5, 30)
"""New objects after which garbage is looked for among them; how many times until among older ones."""
SWITCH_SECONDS = 0.001
"""How long the store's thread may hold the interpreter while a key waits for it."""
OTHERS_SECONDS = 1.0
"""How often the file is looked at for what another console on the same profile wrote."""


class ConsoleApp(ThemedApp[int]):
    """The console on one profile."""

    TITLE = "clicksend-tui"
    # With the first screen's rules: read later, they would have all the others parsed once more.
    CSS_PATH = ["app.tcss", "screens/inbox.tcss"]
    # The inbox is the default screen, and a mode as soon as it stands: made as a mode's screen, all styles
    # would be parsed twice more, and what is painted first would be thrown away.
    MODES = {
        "campaigns": _campaigns,
        "contacts": _contacts,
        "receipts": _receipts,
        "account": _account,
        "actions": _actions,
    }
    DEFAULT_MODE = "inbox"
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        *bindings("console"),
        Binding("ctrl+c", "act('console.quit')", "quit", show=False),
        Binding("ctrl+z", "suspend_process", "suspend", show=False),
    ]
    COMMANDS = ThemedApp.COMMANDS | {_operation_palette}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, launch: Launch) -> None:
        super().__init__(launch)
        self.services = Services(launch)
        self.failure: StoreError | None = None
        """What the store said when the console could not go on, or told that its file is damaged."""
        self.store_changed: Signal[Change] = Signal(self, "store changed")
        """What every committed write changed, for the screens."""
        profile = launch.profile if launch.demo is None else "demo"
        self._last_steps = LastSteps(time.monotonic)
        """The sends that can still be taken back, newest last, and until when by a clock that nobody sets."""
        self.announcer = Announcer(self, launch.settings, profile)

    # Life

    def get_default_screen(self) -> Screen[Any]:
        return _inbox()

    def on_load(self) -> None:
        self.set_keymap(dict(self.launch.settings.keys))

    def on_mount(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self.add_mode("inbox", _inbox)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, 128 + number)
        # Textual leaves the screen blank after `fg` until something is painted.
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))
        self.services.on_status = self._status_changed
        self.services.on_sent = self._sent
        self.services.on_problem = self.tell_problem
        self.services.on_held = self._tell_leaving
        # The store speaks from outside Textual's context: take its word over into the app's own queue.
        self.services.store.subscribe(self._take_over)
        self.store_changed.subscribe(self, self._heard)
        self.announcer.show_unread(self.services.store.counts().unread)
        self.set_interval(OTHERS_SECONDS, self.services.tick)
        self.call_after_refresh(self._connect_later)

    def _end(self, code: int) -> None:
        """Leave after a signal: also if the terminal is gone, and Textual waits in vain to write to it."""
        with suppress(StoreError):  # told on the way out
            self.services.drafts.flush()
        late = threading.Timer(END_SECONDS, os._exit, (code,))
        late.daemon = True
        late.start()
        self.exit(code)

    def on_app_focus(self) -> None:
        self.services.watch(watched=True)

    def on_app_blur(self) -> None:
        self.services.watch(watched=False)

    def _connect_later(self) -> None:
        self.run_worker(self.connect(), name="connect", exit_on_error=False)

    async def connect(self) -> None:
        """Connect to ClickSend; without a key, ask for one."""
        try:
            if await self.services.connect():
                self._tell_paused()
            else:
                self.ask_for_key()
        except ConsoleError as error:
            self.services.problem = error
            self._status_changed()
            self.tell_problem(error)
        finally:
            _collect_garbage()

    def _tell_paused(self) -> None:
        """Nothing else shows that a large send of before stands still."""
        if count := len(self.services.store.outbox(("paused",))):
            which = "A large send is" if count == 1 else f"{count} large sends are"
            words = f"{which} paused. {self.key_of(BY_ID['console.outbox'])} shows it."
            self.notify(words, severity="warning", markup=False, timeout=10)

    def tell_problem(self, error: ConsoleError) -> None:
        """Say what went wrong and what to do next."""
        if isinstance(error, DamagedStore):
            self.failure = error  # the repair is offered on the way out
        super().tell_problem(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.tell_worker_failure(event)

    def _handle_exception(self, error: Exception) -> None:
        """Without its store the console cannot go on: it ends in words, not in a traceback."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, StoreError):
            self.failure = self.failure or cause
            self._close_messages_no_wait()
        else:
            super()._handle_exception(error)

    def _tell_leaving(self, outbox_id: str, until: float) -> None:
        """Say once that something is about to leave; it is taken back by a key, whatever is on view."""
        left = until - self.services.clock.now()
        self._last_steps.leaves(outbox_id, left)
        seconds = max(1, round(left))
        words = f"Leaves in {seconds} s · {self.key_of(BY_ID['console.undo'])} takes it back"
        self.notify(words, markup=False, timeout=seconds)

    async def act_undo(self) -> None:
        """Take back the last step: something that is about to leave, or what was decided on this screen."""
        if outbox_id := self._last_steps.take():
            taken = await self.services.take_back(outbox_id)
            words = "Taken back: nothing was sent." if taken else "Too late: it has left already."
            self.notify(words, severity="information" if taken else "warning", markup=False)
        elif isinstance(self.screen, ModeScreen):
            await self.screen.act_undo()

    def decided(self) -> None:
        """Something was decided that can be undone: `z` takes that back before an earlier send."""
        self._last_steps.decided()

    def _sent(self, result: SendResult) -> None:
        if result.taken_back:
            return  # Whoever did it was told.
        good = result.as_quoted
        self.notify(
            "Accepted by ClickSend." if good else result.detail,
            severity="information" if result.state == "accepted" else "error",
            markup=False,
            timeout=4 if good else 12,
        )

    def ask_for_key(self) -> None:
        """Open the sign-in screen, unless it is open."""
        from tui.screens.sign_in import SignInScreen

        if not isinstance(self.screen, SignInScreen):
            self.push_screen(SignInScreen())

    async def on_unmount(self) -> None:
        self.announcer.leave()
        await self.services.close()

    def _take_over(self, change: Change) -> None:
        self.call_later(self.store_changed.publish, change)

    def _heard(self, change: Change) -> None:
        self.announcer.arrived(change.of("arrived"))
        if "conversations" in change.topics:
            self.announcer.show_unread(self.services.store.counts().unread)

    def _status_changed(self) -> None:
        if isinstance(self.screen, ModeScreen):
            self.screen.show_connection()
        if self.services.note_refusal():
            self.ask_for_key()

    # Looks

    def refresh_css(self, animate: bool = True) -> None:
        # Before there is a screen nothing has been parsed yet.
        if self.screen_stack:
            super().refresh_css(animate)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Said in the key bar, where it covers nothing; on a sheet, which has none, in a corner."""
        bar = self.screen.query_one_optional(KeyBar)
        if bar is not None:
            bar.say(Span(message, TONES[severity]), timeout or NOTICE_SECONDS)
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # Keys

    def key_of(self, action: Action) -> str:
        """The first key of an action, as it is written for people, with the user's own keys."""
        keys = self.launch.settings.keys.get(action.id, action.keys)
        return key_name(keys.split(",")[0]) if keys else ""

    def keys_of(self, action: Action) -> str:
        """All keys of an action, as they are written for people."""
        keys = self.launch.settings.keys.get(action.id, action.keys)
        return " ".join(key_name(key) for key in keys.split(",") if key)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        # Textual reports actions with two keys as clashing; real conflicts are found when settings load.
        del clashed_bindings, node

    async def action_act(self, action_id: str) -> None:
        """Run a console-wide action, or hand it to the screen that it belongs to."""
        action = BY_ID[action_id]
        if action.context == "console":
            going_on = getattr(self, action.method)()
            if inspect.iscoroutine(going_on):
                await going_on
        elif isinstance(self.screen, ModeScreen):
            await self.screen.action_act(action_id)

    def on_header_mode_clicked(self, event: Header.ModeClicked) -> None:
        self.switch_mode(event.mode)

    def open_conversation(self, number: str) -> None:
        """Go to the inbox, to the conversation with this number (E.164); there may be nothing in it yet."""
        self.call_later(self._open_conversation, number)

    async def _open_conversation(self, number: str) -> None:
        from tui.screens.inbox import InboxScreen

        await self.switch_mode("inbox")
        if isinstance(self.screen, InboxScreen):
            await self.screen.open_conversation(number)

    def open_operation(self, operation: Operation[..., Any]) -> None:
        """Open the form of an operation, over whatever is on view."""
        from tui.screens.operation_form import OperationFormScreen

        self.push_screen(OperationFormScreen(operation))

    def open_demo(self) -> None:
        """Leave this account, and start again on the demo."""
        self.exit(OPEN_DEMO)

    def act_inbox(self) -> None:
        self.switch_mode("inbox")

    def act_campaigns(self) -> None:
        self.switch_mode("campaigns")

    def act_contacts(self) -> None:
        self.switch_mode("contacts")

    def act_receipts(self) -> None:
        self.switch_mode("receipts")

    def act_account(self) -> None:
        self.switch_mode("account")

    def act_actions(self) -> None:
        self.switch_mode("actions")

    def act_refresh(self) -> None:
        if isinstance(self.screen, ModeScreen):
            self.services.refresh(*self.screen.POLLS)

    async def act_compose(self) -> None:
        """Choose a channel, then write; to whoever is under the cursor."""
        from tui.screens.compose_channel import ChannelSheet, sheet_for

        here = self.screen
        if not isinstance(here, ModeScreen):
            return
        if self.launch.read_only:
            here.tell(READ_ONLY)
            return
        whom = here.whom()

        async def chosen(choice: Choice | None) -> None:
            if choice is not None:
                await self.push_screen(sheet_for(choice, whom, self.services), here.composed)

        await self.push_screen(ChannelSheet(self.services, self.current_mode), chosen)

    def act_outbox(self) -> None:
        from tui.screens.outbox import OutboxScreen

        self.push_screen(OutboxScreen())

    def act_keys(self) -> None:
        from tui.screens.keys import KeysScreen

        if isinstance(self.screen, ModeScreen):
            self.push_screen(KeysScreen(self.screen.key_contexts()))

    def act_palette(self) -> None:
        self.action_command_palette()

    def action_command_palette(self) -> None:
        # From a sheet it would lead away, and leave that on a screen that is not on view.
        if isinstance(self.screen, SheetScreen):
            self.notify("Esc goes back first: the palette is for the screens beneath.", markup=False)
        else:
            super().action_command_palette()

    def act_theme(self) -> None:
        self.search_themes()

    def act_sign_in(self) -> None:
        self.ask_for_key()

    def act_screenshot(self) -> None:
        try:
            path = self.save_screenshot()
        except OSError as error:
            words = f"No picture was saved: {error.strerror}. Start the console in a folder of your own."
            self.notify(words, severity="error", markup=False)
        else:
            self.notify(f"Saved {path}", markup=False)

    def act_quit(self) -> None:
        self.exit(0)

    def copy(self, text: str, what: str) -> None:
        """Copy to the terminal's clipboard and say so: nothing tells whether the terminal took it."""
        self.copy_to_clipboard(text)
        self.notify(f"Copied {what}. In tmux this needs: set -g set-clipboard on", markup=False, timeout=4)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        contexts = ("console", *screen.key_contexts()) if isinstance(screen, ModeScreen) else ("console",)
        for action in in_context(*contexts):
            if not action.palette or (self.launch.read_only and action.changes_clicksend):
                continue
            key = self.key_of(action)
            title = f"{action.title}  ({key})" if key else action.title
            yield SystemCommand(
                title[0].upper() + title[1:], action.help, partial(self.action_act, action.id)
            )


def _collect_garbage() -> None:
    """Collect garbage from now on, except among what the start has loaded: that stays, and is a lot.

    Seldom, for a key waits meanwhile: painting makes many objects and hardly any garbage that needs it.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        gc.enable()


OPEN_DEMO = 75
"""Exit code that asks whoever ran the console to open the demo instead."""
