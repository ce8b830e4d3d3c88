"""The views of the inbox, and what is said of one in which nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.store import facts
from tui.store.rows import FIRING_RULES, View
from tui.widgets.filter_line import Choice

if TYPE_CHECKING:
    from tui.services import Services

TITLES: dict[View, str] = {
    "open": "Open",
    "unread": "Unread",
    "mine": "Mine",
    "snoozed": "Snoozed",
    "done": "Done",
    "all": "All",
    "blocked": "Spam",
}
"""The views, in the order of their keys; saved searches come after them."""
_NOTHING: dict[View, str] = {
    "open": "Nothing is waiting. Done and All are some keys away: ]",
    "unread": "Nothing unread.",
    "mine": "Nothing is yours. a claims a conversation.",
    "snoozed": "Nothing is snoozed. s puts a conversation here until a time.",
    "done": "Nothing is done yet. e puts a conversation here.",
    "all": "No conversations yet.",
    "blocked": "No spam.",
}


def all_views(services: Services, view: View) -> list[tuple[View, str]]:
    """All that `[` and `]` go through: views, and saved searches with their names."""
    spam = bool(services.store.counts().blocked) or view == "blocked"
    views: list[tuple[View, str]] = [(each, "") for each in TITLES if each != "blocked" or spam]
    return [*views, *(("all", kept.name) for kept in services.store.kept_texts("search"))]


def choices(services: Services, view: View, saved: str) -> tuple[Choice, ...]:
    """The views as the line above the list shows them; a saved search by its name."""
    counts = services.store.counts()
    numbers = {
        "open": counts.open,
        "unread": counts.unread,
        "mine": counts.mine or None,
        "snoozed": counts.snoozed or None,
        "blocked": counts.blocked,
    }
    return tuple(
        (name or TITLES[each], None if name else numbers.get(each), (each, name) == (view, saved))
        for each, name in all_views(services, view)
    )


def empty_words(services: Services, view: View, search: str, saved: str) -> str:
    """Why nothing is on view, and what to do about it."""
    if search:
        return f"Nothing matches “{search}” in {saved or TITLES[view]}.\nEsc clears the search."
    if view != "open" or services.store.counts().conversations:
        return _NOTHING[view]
    return _why_nothing_came(services)


def _why_nothing_came(services: Services) -> str:
    """No connection, not read yet, no rule that fills it, or really empty."""
    if trouble := services.why_unread("inbound"):
        return trouble
    finding = services.store.fact(facts.RULES)
    if not finding:
        return "Reading your messages."
    if finding == "missing":
        return (
            "Nothing can arrive here yet: ClickSend hands messages to programs only if an inbound rule "
            "with the action POLL says so, and there is none.\nP creates it."
        )
    if finding == "late":
        return (
            f"Nothing may arrive here: ClickSend runs the first {FIRING_RULES} rules that match a "
            "message, in the order they were made, and the POLL rule comes later.\n"
            "Delete rules that come before it."
        )
    return "No messages yet. New ones appear here by themselves."
