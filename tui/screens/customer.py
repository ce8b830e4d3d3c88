"""What one conversation is good for beside answering: its texts, its lost sends, the rule that fills it."""

from __future__ import annotations

from textual import work

from tui.actions import Action
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError
from tui.screens.triage import TriageScreen
from tui.store import facts
from tui.store.outbox import outbox_settle
from tui.store.rows import Message


class CustomerScreen(TriageScreen):
    """The keys about whoever is on the other side of a conversation."""

    def why_not(self, action: Action) -> str:
        if action.id == "inbox.settle" and (not self.counterpart or self._unknown_message() is None):
            return "Every message of this conversation has a known outcome."
        return super().why_not(action)

    def act_copy(self) -> None:
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(thread.count() - 1, 1)
        self.app.copy(newest[0].body, "the newest message")

    def act_copy_number(self) -> None:
        self.app.copy(self.counterpart, self.counterpart)

    @work(exit_on_error=False)
    async def act_create_rule(self) -> None:
        from tui.api import automations
        from tui.api.types import RuleAction
        from tui.screens.confirm import ConfirmScreen, Sheet

        sheet = Sheet(
            title="Create a POLL rule",
            text="Messages that are sent to any of your numbers will be kept for this console to read. "
            "Rules that you have stay as they are.",
            verb="create",
        )
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            try:
                await self.services.call(
                    automations.sms_inbound_create("clicksend-tui", RuleAction.POLL), "rules"
                )
            except ConsoleError as error:
                self.tell(error.message, hint=error.hint, error=True)
            else:
                self.tell("The rule is there. Messages that arrive from now on are shown here.")

    @work(exit_on_error=False)
    async def act_settle(self) -> None:
        from tui.screens.settle import SettleScreen, message_facts

        message = self._unknown_message()
        if message is None or message.outbox_id is None:
            return
        through = self.services.store.fact(facts.HISTORY_THROUGH)
        evidence = f"does not show it; read up to {exact_time(int(through))}" if through else "not read yet"
        verdict = await self.app.push_screen_wait(SettleScreen(message_facts(message, evidence)))
        if verdict is None:
            return
        await self.services.store.write(outbox_settle, message.outbox_id, was_sent=verdict == "sent")
        if verdict == "not sent":
            self.services.save_draft(message.counterpart, message.body)

    def _unknown_message(self) -> Message | None:
        """The newest message of this conversation whose outcome is not known."""
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(max(0, -(-thread.count() // 50) - 1), 50)
        return next((message for message in reversed(newest) if message.state == "unknown"), None)
