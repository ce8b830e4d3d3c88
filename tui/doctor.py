"""What stands between this machine and a working console, found out and put in words."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tui.core.errors import ApiError, ConsoleError, Forbidden, Unauthorized
from tui.core.paths import Paths, writing_problem
from tui.core.terminal import TO_UTF8, Terminal
from tui.core.text import clean_line
from tui.store.rows import FIRING_RULES

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.api.models.account import Account
    from tui.api.models.automations import InboundRule, ReceiptRule
    from tui.api.models.base import Page
    from tui.api.operation import Request
    from tui.core.settings import Launch
    from tui.credentials import Credentials, KeyringAnswer, Limits, Search

Verdict = Literal["good", "warning", "bad"]
R = TypeVar("R")

MARKS: Mapping[Verdict, str] = {"good": "✓", "warning": "!", "bad": "✗"}
SERVER_LIMIT = 10.0
"""Seconds to wait for the server."""
CLOCK_TOLERANCE = 30.0
"""Seconds that two clocks may differ before times of day and schedules mislead."""

_REPAIR = "clicksend-tui doctor --repair"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `bad` keeps the console from working, `warning` takes something away."""

    verdict: Verdict
    subject: str
    text: str


def examine(
    launch: Launch,
    paths: Paths,
    terminal: Terminal,
    limits: Limits | None = None,
    *,
    settings_problem: str = "",
) -> Iterator[Finding]:
    """Everything that was found, each finding as soon as it is known. Asks the server; changes nothing."""
    from tui.credentials import LIMITS, ask_keyring, search

    yield from _terminal(terminal)
    if settings_problem:
        yield Finding("bad", "settings", settings_problem)
    else:
        there = "" if paths.config.exists() else " (not there: the defaults apply)"
        yield Finding("good", "settings", f"{paths.config}{there}")
    yield _store(launch.database)
    yield _file("log", launch.log)

    limits = limits or LIMITS
    answer = ask_keyring("get", launch.profile, terminal.environment, limit=limits.keyring)
    yield _keyring(answer)
    found = search(launch, terminal.environment, limits, answer)
    yield _key(found)
    yield from asyncio.run(_server(launch, found.credentials))


def render(finding: Finding, columns: int) -> str:
    """A finding as lines of so many columns; 0 columns: one line."""
    line = clean_line(finding.text)
    start = f"{MARKS[finding.verdict]} {finding.subject:<14} "
    if not columns:
        return start + line
    from textwrap import fill

    return fill(line, max(columns, 40), initial_indent=start, subsequent_indent=" " * len(start))


def _terminal(terminal: Terminal) -> Iterator[Finding]:
    environment = terminal.environment
    size = f"{terminal.columns}x{terminal.lines}" if terminal.columns else "size unknown"
    text = f"TERM={environment.get('TERM', '')}, {size}, {terminal.colours}"
    if environment.get("COLORTERM"):
        text += f", COLORTERM={environment['COLORTERM']}"
    if environment.get("TERM") == "dumb":
        yield Finding("bad", "terminal", f"{text}. Nothing can be placed on a dumb terminal.")
    elif terminal.redirected:
        streams = ", ".join(terminal.redirected)
        yield Finding("warning", "terminal", f"{text}. No terminal in this run: {streams}.")
    elif terminal.too_small:
        yield Finding("bad", "terminal", terminal.too_small)
    else:
        yield Finding("good", "terminal", text)

    if terminal.encoding == "utf-8":
        yield Finding("good", "encoding", "UTF-8")
    else:
        yield Finding("bad", "encoding", f"{terminal.encoding}. {TO_UTF8}")
    if environment.get("TMUX"):
        yield Finding("good", "tmux", "yes. To copy from the console it needs: set -g set-clipboard on")
    else:
        yield Finding("good", "tmux", "no")
    if environment.get("SSH_CONNECTION"):
        delay = environment.get("ESCDELAY", "500")
        yield Finding("good", "SSH", f"yes. Escape waits {delay} ms, so that a slow link tears no arrow key.")
    else:
        yield Finding("good", "SSH", "no")


def _file(subject: str, path: Path) -> Finding:
    problem = writing_problem(path.parent)
    if not problem and path.exists() and not os.access(path, os.W_OK):
        problem = f"The file {path} cannot be written."
    return Finding("bad", subject, problem) if problem else Finding("good", subject, f"{path}, writable")


def _store(path: Path) -> Finding:
    from tui.store.repair import is_damaged

    finding = _file("store", path)
    if finding.verdict == "good" and path.exists() and is_damaged(path):
        return Finding("bad", "store", f"{path} is damaged. Close all consoles, then: {_REPAIR}")
    return finding


def repair_store(path: Path) -> str:
    """Set a damaged database aside and save what can be read of it; what was done, in words."""
    from tui.store.repair import is_damaged, repair

    if not path.exists():
        return f"There is no local database {path} yet: nothing to repair."
    if not is_damaged(path):
        return f"The local database {path} is whole. Nothing was changed."
    return repair(path, time.time()).summary


def _keyring(answer: KeyringAnswer) -> Finding:
    if answer.problem:
        return Finding("warning", "keyring", f"{answer.problem} It took {answer.seconds:.1f} s.")
    return Finding("good", "keyring", f"{answer.backend}, answered in {answer.seconds:.1f} s")


def _key(found: Search) -> Finding:
    """Which place has the key, or what each place said."""
    if found.credentials is not None:
        where = f"from the {found.credentials.source}, user name {found.credentials.username}"
        return Finding("good", "key", where)
    said = " ".join(f"{place.source}: {place.sentence}" for place in found.attempts)
    return Finding("bad", "key", f"None was found. {said} Sign in with: clicksend-tui login")


async def _server(launch: Launch, credentials: Credentials | None) -> list[Finding]:
    """What the server says. Without credentials it still tells its time when it refuses."""
    from tui.api import account
    from tui.api.client import ApiClient

    username, key = (credentials.username, credentials.key.reveal()) if credentials else ("", "")
    where = launch.base_url
    async with ApiClient(username, key, base_url=where, timeout=SERVER_LIMIT) as client:
        started = time.monotonic()
        refusal: ApiError | None = None
        facts: Account | None = None
        try:
            facts = await client.call(account.get(), retry=False)
        except (Unauthorized, Forbidden) as error:
            refusal = error
        except ApiError as error:
            return [Finding("bad", "server", f"{where}: {error}")]
        answered = f"{where} answered in {time.monotonic() - started:.1f} s"
        findings = [Finding("good", "server", answered), _clock(client.server_time_offset)]
        if facts is not None:
            findings.append(_account(facts))
            findings += await _rules(client)
        elif credentials is not None:
            findings.append(Finding("bad", "account", str(refusal)))
        return findings


def _clock(offset: float | None) -> Finding:
    if offset is None:
        return Finding("warning", "clock", "The server does not tell its time.")
    # An answer tells its time in whole seconds.
    if abs(offset) < 2:
        return Finding("good", "clock", "the same as the server's")
    text = f"the server's is {abs(offset):.0f} s {'ahead' if offset > 0 else 'behind'}"
    if abs(offset) <= CLOCK_TOLERANCE:
        return Finding("good", "clock", text)
    return Finding("warning", "clock", f"{text}. Set this machine's clock: schedules and times depend on it.")


def _account(facts: Account) -> Finding:
    from tui.core.money import Currency

    currency = Currency(facts.currency.code, facts.currency.symbol) if facts.currency else Currency()
    text = f"{facts.username}, balance {currency.balance(facts.balance)}"
    if facts.banned or not facts.active:
        return Finding(
            "bad", "account", f"{text}, {'banned' if facts.banned else 'not active'}: it cannot send"
        )
    if facts.balance is not None and facts.low_credit_amount and facts.balance < facts.low_credit_amount:
        return Finding("warning", "account", f"{text}, low")
    return Finding("good", "account", text)


async def _rules(client: ApiClient) -> list[Finding]:
    from tui.api import automations

    findings = []
    try:
        findings.append(inbound_finding(await _all(client, automations.sms_inbound_list())))
        findings.append(receipt_finding(await _all(client, automations.sms_receipts_list())))
    except ConsoleError as error:
        findings.append(Finding("warning", "rules", str(error)))
    return findings


async def _all(client: ApiClient, request: Request[Page[R]]) -> list[R]:
    return [row async for page in client.pages(request, retry=False) for row in page.items]


def inbound_finding(rules: Sequence[InboundRule]) -> Finding:
    """Whether arriving messages reach the inbox: it takes a POLL rule among the first that match."""
    listed = _listed(rules)
    polling = [(place, rule) for place, rule in enumerate(rules, 1) if _polls(rule)]
    if not polling:
        return Finding(
            "warning",
            "inbound rules",
            f"{listed}. Without a POLL rule nothing reaches the inbox: create it there, or in the dashboard.",
        )
    place, rule = polling[0]
    if place > FIRING_RULES:
        advice = f"Only {FIRING_RULES} rules are carried out: POLL, number {place}, may never be."
    elif rule.dedicated_number not in ("", "*"):
        advice = f"POLL listens to {rule.dedicated_number} alone."
    elif rule.message_search_type:
        advice = "POLL takes only messages with certain words."
    elif len(polling) > 1:
        advice = f"{len(polling)} rules poll: one is enough."
    else:
        return Finding("good", "inbound rules", listed)
    return Finding("warning", "inbound rules", f"{listed}. {advice}")


def receipt_finding(rules: Sequence[ReceiptRule]) -> Finding:
    """Whether delivery reports reach the console: it takes a POLL rule."""
    if any(_polls(rule) for rule in rules):
        return Finding("good", "receipt rules", _listed(rules))
    text = f"{_listed(rules)}. Without a POLL rule, delivery is learnt from the history alone, and later."
    return Finding("warning", "receipt rules", text)


def _polls(rule: Any) -> bool:
    return bool(rule.enabled) and rule.action == "POLL"


def _listed(rules: Sequence[Any]) -> str:
    """The rules in the order in which they are carried out: `1 URL, 2 POLL, 3 SMS (off)`."""
    if not rules:
        return "none"
    return ", ".join(
        f"{place} {rule.action or '?'}{'' if rule.enabled else ' (off)'}"
        for place, rule in enumerate(rules, 1)
    )
