"""Deciding about conversations: those that are selected, or else the one that the keys are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from tui.actions import Action
from tui.core.clock import coming_time
from tui.core.people import full_name, short_name
from tui.store import decisions
from tui.store.rows import Conversation, Decision
from tui.widgets.mode_screen import ModeScreen

if TYPE_CHECKING:
    from tui.store.transaction import Transaction
    from tui.widgets.choose_sheet import Choice

P = ParamSpec("P")
UNDO_SECONDS = 10
"""How long a conversation that is done waits before it is marked read at ClickSend."""
DECISIONS = frozenset(
    f"inbox.{name}"
    for name in ("done", "unread", "snooze", "label", "claim", "assign", "note", "block", "mute")
)
"""Actions that work on all that is selected."""
ON_ONE = frozenset(
    f"inbox.{name}" for name in ("reply", "canned", "copy", "copy_number", "export", "contact", "list_add")
)
"""Actions on the one conversation that the keys are about."""
ON_WHAT_WAS_SAID = DECISIONS - {"inbox.note"} | {"inbox.copy", "inbox.export"}
"""Actions for which there must be a message; a conversation is opened before the first one, too."""
UNDONE: dict[Decision, str] = {
    "done": "Not done",
    "reopen": "As it was before it was opened again",
    "unread": "As read as before",
    "snooze": "Not snoozed",
    "assign": "Whose it was before",
    "label": "The labels from before",
    "mute": "Announced as before",
    "block": "Where it was before",
    "note": "Note taken away",
    "remove note": "The note is back",
}
NOBODY = "nobody"


class TriageScreen(ModeScreen):
    """The keys that decide. Who inherits says what is on view, and reads it again after a decision."""

    def __init__(self) -> None:
        super().__init__()
        self.selected: dict[str, None] = {}
        """Counterparts, in the order in which they were selected."""

    @property
    def counterpart(self) -> str:
        """Whose conversation the keys are about; "" for none."""
        raise NotImplementedError

    @property
    def reading(self) -> bool:
        """Whether one conversation is read: the keys are then about that one, whatever is selected."""
        raise NotImplementedError

    def conversation(self) -> Conversation | None:
        """The row that the keys are about."""
        raise NotImplementedError

    async def leave_thread(self) -> None:
        """Back to the list."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Wait, but not for long, until the list shows what was decided."""
        raise NotImplementedError

    def select_row(self, counterpart: str) -> None:
        """Put the cursor on a conversation, if it is in the list."""
        raise NotImplementedError

    # What the keys are about

    @property
    def targets(self) -> tuple[str, ...]:
        """The counterparts that a decision is about."""
        if self.selected and not self.reading:
            return tuple(self.selected)
        return (self.counterpart,) if self.counterpart else ()

    def target_rows(self) -> Sequence[Conversation]:
        """How the targets stand."""
        rows = (self.services.store.conversation(key) for key in self.targets)
        return [row for row in rows if row is not None]

    def words_for(self, counterparts: Sequence[str]) -> str:
        """A conversation by its title, several by their number."""
        if len(counterparts) != 1:
            return f"{len(counterparts):,} conversations"
        row = self.services.store.conversation(counterparts[0])
        return row.title if row else counterparts[0]

    def why_not(self, action: Action) -> str:
        if action.id in DECISIONS | ON_ONE and not (
            self.targets if action.id in DECISIONS else self.counterpart
        ):
            return "There is no conversation under the cursor."
        if action.id in ON_WHAT_WAS_SAID and self.reading and self.conversation() is None:
            return "Nothing was said in this conversation yet."
        if action.id == "inbox.done" and len(self.targets) == 1 and self._is_done():
            return "This conversation is done already. z takes back the last step."
        return super().why_not(action)

    def _is_done(self) -> bool:
        row = self.conversation()
        return bool(row and row.counterpart in self.targets and row.standing == "done" and not row.unread)

    # Deciding. What a question was about is decided about, wherever the cursor has got to meanwhile.

    async def _decide(
        self,
        targets: Sequence[str],
        words: str,
        decision: Callable[Concatenate[Transaction, Sequence[str], P], None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        await self.services.store.write(decision, targets, *args, **kwargs)
        self.app.decided()
        self.reload(self.TOPICS)  # now, so that the next key meets the list as it is
        await self.settled()
        self.tell(f"{words}: {self.words_for(targets)}.", hint="z takes it back.")

    async def _move_on(self) -> None:
        """What was decided about has left the view: so does the selection."""
        if self.reading:
            await self.leave_thread()
        else:
            self.select_nothing()

    async def act_done(self) -> None:
        now = self.services.now()
        await self._decide(self.targets, "Done", decisions.done, now, now + UNDO_SECONDS)
        await self._move_on()

    async def act_unread(self) -> None:
        await self._decide(self.targets, "Unread", decisions.set_unread, self.services.now())
        self.select_nothing()

    async def act_block(self) -> None:
        blocked = not all(row.standing == "blocked" for row in self.target_rows())
        words = "Spam" if blocked else "Not spam"
        await self._decide(self.targets, words, decisions.block, self.services.now(), blocked=blocked)
        await self._move_on()

    async def act_mute(self) -> None:
        muted = not all(row.muted for row in self.target_rows())
        words = "Muted" if muted else "Announced again"
        await self._decide(self.targets, words, decisions.mute, self.services.now(), muted=muted)

    async def act_claim(self) -> None:
        me = self.services.store.who
        mine = all(row.assignee == me for row in self.target_rows())
        words = "Given back" if mine else "Yours"
        await self._decide(self.targets, words, decisions.assign, "" if mine else me, self.services.now())

    async def act_snooze(self) -> None:
        from tui.screens.snooze import SnoozeSheet

        away = any(row.standing in ("snoozed", "done") for row in self.target_rows())
        title = f"Snooze {self.words_for(self.targets)}"
        await self.ask(
            SnoozeSheet(title, self.services.now(), wakes=away), partial(self._snooze, self.targets)
        )

    async def _snooze(self, targets: Sequence[str], choice: Choice) -> None:
        now, until = self.services.now(), int(choice.value)
        if until:
            words = f"Snoozed until {coming_time(until, now)}"
            await self._decide(targets, words, decisions.snooze, until, now)
        else:
            await self._decide(targets, "Open again", decisions.reopen, now)
        await self._move_on()

    async def act_label(self) -> None:
        from tui.widgets.choose_sheet import Choice, ChooseSheet

        here = [frozenset(row.labels) for row in self.target_rows()]
        on_all = frozenset.intersection(*here) if here else frozenset()
        choices = [
            Choice(name, name, "on it: takes it off" if name in on_all else f"{count:,}")
            for name, count in self.services.store.labels()
        ]
        title = f"Label {self.words_for(self.targets)}"
        words = {"placeholder": "type to narrow, or a new label", "empty": "No labels yet. Type one."}
        sheet = ChooseSheet(title, choices, free=True, new="new label", **words)
        await self.ask(sheet, partial(self._toggle_label, self.targets, {name.casefold() for name in on_all}))

    async def _toggle_label(self, targets: Sequence[str], on_all: set[str], choice: Choice) -> None:
        now, name = self.services.now(), choice.value
        if name.casefold() in on_all:
            await self._decide(targets, f"No longer #{name}", decisions.label, now, remove=[name])
        else:
            await self._decide(targets, f"#{name}", decisions.label, now, add=[name])

    async def act_assign(self) -> None:
        from tui.widgets.choose_sheet import Choice, ChooseSheet

        store = self.services.store
        present = (each.who for found in store.others(self.services.now()).values() for each in found)
        people = sorted({store.who, *store.assignees(), *present})
        notes = {store.who: "you"}
        choices = [Choice(who, short_name(who, store.who), notes.get(who, "")) for who in people]
        choices.append(Choice(NOBODY, NOBODY, "gives it back"))
        title = f"Give {self.words_for(self.targets)} to"
        await self.ask(
            ChooseSheet(
                title, choices, free=True, new="by this name", placeholder="type to narrow, or a name"
            ),
            partial(self._assign, self.targets),
        )

    async def _assign(self, targets: Sequence[str], choice: Choice) -> None:
        me = self.services.store.who
        who = "" if choice.value == NOBODY else full_name(choice.value, me)
        words = f"Given to {short_name(who, me)}" if who else "Given back"
        await self._decide(targets, words, decisions.assign, who, self.services.now())

    async def act_note(self) -> None:
        from tui.screens.kept_forms import NoteScreen

        targets = self.targets
        await self.ask(NoteScreen(targets, self.words_for(targets)), partial(self._note, targets))

    async def _note(self, targets: Sequence[str], text: str) -> None:
        await self._decide(targets, "Noted", decisions.add_note, text, self.services.now())

    async def act_undo(self) -> None:
        undone = await self.services.store.write(decisions.undo)
        if undone is None:
            await super().act_undo()
            return
        self.reload(self.TOPICS)
        await self.settled()
        kept = "ClickSend keeps it as read." if undone.marked else ""
        self.tell(f"{UNDONE[undone.decision]}: {self.words_for(undone.counterparts)}.", hint=kept)
        if undone.counterparts:
            self.select_row(undone.counterparts[0])

    # Selecting

    def select_nothing(self) -> None:
        """Nothing is selected any more."""
        self.selected.clear()
        self.show_selection()

    def show_selection(self) -> None:
        """Paint what is selected, and say how many they are."""
        self.show_keys()

    def key_note(self) -> tuple[tuple[str, str, bool], ...]:
        if not self.selected or self.reading:
            return ()
        return ((f"{len(self.selected):,} selected", "Esc clears", True),)
