"""Carries out the account's rules: what is done with inbound messages and with delivery receipts."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.sandbox import offers, reports
from tui.sandbox.answers import Refusal
from tui.sandbox.collection import Record
from tui.sandbox.message import Message

if TYPE_CHECKING:
    from tui.sandbox.world import World

_FIRING = 10
"""Only so many rules fire for one message, in order of creation."""
_REPLIES_AFTER = 2
"""Seconds until an automatic reply leaves."""
_OPT_OUT = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "OPTOUT", "OPT OUT"})
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.,;]+")

Report = Callable[[], Mapping[str, Any]]
"""What a server is told; made only when one is."""


class Fired(NamedTuple):
    """One rule that fired and did something else than putting aside for polling."""

    at: int
    rule_name: str
    action: str
    address: str
    outcome: str


class Automations:
    """The rules at work. What they would do outside the sandbox is only noted."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.fired: deque[Fired] = deque(maxlen=1000)
        """What the rules did lately, oldest first."""

    def inbound(self, message: Message, at: int) -> int:
        """Carry out the rules for an inbound message; how many of them put it aside for polling."""
        rules = _firing(self._world.inbound_rules, lambda rule: _takes_inbound(rule, message))
        return self._carry_out(rules, at, partial(reports.inbound, self._world, message), message)

    def sms_receipt(self, message: Message, at: int) -> int:
        """The same for the delivery receipt of a text message."""
        report = partial(reports.receipt, self._world, message)
        return self.receipt(self._world.receipt_rules, report, at, failed=message.failed)

    def receipt(self, rules: Iterable[Record], report: Report, at: int, *, failed: bool) -> int:
        """The same for a delivery receipt of any channel, by the rules of that."""
        taken = _firing(rules, lambda rule: _takes_receipt(rule, failed))
        return self._carry_out(taken, at, report, None)

    def _carry_out(self, rules: list[Record], at: int, report: Report, message: Message | None) -> int:
        for rule in rules:
            if rule["action"] == "AUTO_REPLY" and message:
                reply = partial(self._reply, rule, message)
                self._world.agenda.add(at + _REPLIES_AFTER, reply)
            elif rule["action"] != "POLL":
                self._note(rule, at, self._act(rule, at, report, message))
        return sum(rule["action"] == "POLL" for rule in rules)

    def _note(self, rule: Record, at: int, outcome: str) -> None:
        self.fired.append(Fired(at, rule["rule_name"], rule["action"], str(rule["action_address"]), outcome))

    def _act(self, rule: Record, at: int, report: Report, message: Message | None) -> str:
        """Do what the rule says; what came of it, in words."""
        action = str(rule["action"])
        if action == "URL":
            return self._call(rule, report)
        if message and action == "MOVE_CONTACT":
            return self._move(rule, message, at)
        if message and action.startswith("CREATE_CONTACT"):
            return self._create(rule, message, at)
        return "only noted"

    def _call(self, rule: Record, report: Report) -> str:
        account = self._world.account
        told = {**report(), "user_id": account.user_id, "subaccount_id": account.subaccount_id}
        url, kind = str(rule["action_address"] or ""), str(rule.get("webhook_type") or "post")
        called = self._world.webhooks.call(url, told, kind)
        return "called" if called else "not called: the sandbox calls only this machine"

    def _reply(self, rule: Record, message: Message, at: int) -> None:
        """An answer, unless it is STOP that would be answered."""
        if opts_out(message.body):
            self._note(rule, at, "not answered: it opts out")
            return
        body = str(rule["body"] or rule["action_address"] or "")
        if contact := self._world.contacts.with_number(message.number):
            body = offers.personal(body, contact)
        offer = offers.Offer({"from": message.sender}, message.number, body)
        offers.judge(self._world, offer, offers.grants(self._world, {}))
        answer = offers.take(self._world, offer, at, automatic=True)
        self._note(rule, at, "answered" if answer else f"not answered: {offer.status}")

    def _move(self, rule: Record, message: Message, at: int) -> str:
        list_id = self._list(rule)
        if list_id is None:
            return "no such list"
        return f"{self._world.move_contacts(message.number, list_id, at)} moved"

    def _create(self, rule: Record, message: Message, at: int) -> str:
        contacts, list_id = self._world.contacts, self._list(rule)
        if list_id is None:
            return "no such list"
        if any(contact["phone_number"] == message.number for contact in contacts.on_list(list_id)):
            return "already there"
        contacts.add(list_id, {"phone_number": message.number, **_told_of_themselves(rule, message.body)}, at)
        return "created"

    def _list(self, rule: Record) -> int | None:
        try:
            return int(self._world.lists.get(rule["action_address"])["list_id"])
        except Refusal:
            return None


def opts_out(body: str) -> bool:
    """Whether a text asks for no more messages."""
    return body.strip().upper() in _OPT_OUT


def _firing(rules: Iterable[Record], takes: Callable[[Record], bool]) -> list[Record]:
    return [rule for rule in rules if rule["enabled"] and takes(rule)][:_FIRING]


def _takes_inbound(rule: Record, message: Message) -> bool:
    if rule["dedicated_number"] not in ("*", message.sender):
        return False
    body, term = message.body.lower(), str(rule["message_search_term"] or "").lower()
    match rule["message_search_type"]:
        case 1:
            return body.startswith(term)
        case 2:
            return term in body
        case 3:
            return term not in body
    return True


def _takes_receipt(rule: Record, failed: bool) -> bool:
    match rule["match_type"]:
        case 1:
            return failed
        case 2:
            return not failed
    return True


def _told_of_themselves(rule: Record, body: str) -> Record:
    """The name and the e-mail address in a text, as far as the action wants them noted."""
    wanted, term = str(rule["action"]), str(rule["message_search_term"] or "").lower()
    found: Record = {}
    email = _EMAIL.search(body)
    if email and "EMAIL" in wanted:
        found["email"] = email[0]
    if "NAME" in wanted:
        words = [word for word in _EMAIL.sub("", body).split() if word.lower() != term]
        found |= {"first_name": " ".join(words[:1]), "last_name": " ".join(words[1:])}
    return found
