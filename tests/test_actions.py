"""Actions and their keys: nothing clashes, everything runs, nothing dangerous is one letter."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tui.actions import ACTIONS, Action, check_keys, in_context
from tui.app import ConsoleApp
from tui.core.errors import SettingsError
from tui.screens.account import AccountScreen
from tui.screens.actions import ActionsScreen
from tui.screens.campaigns import CampaignsScreen
from tui.screens.contacts import ContactsScreen
from tui.screens.inbox import InboxScreen
from tui.screens.receipts import ReceiptsScreen
from tui.widgets.paged_table import PagedTable
from tui.widgets.thread import Thread

HOSTS = {
    "console": (ConsoleApp,),
    "list": (PagedTable, Thread),
    "inbox": (InboxScreen,),
    "campaigns": (CampaignsScreen,),
    "contacts": (ContactsScreen,),
    "receipts": (ReceiptsScreen,),
    "account": (AccountScreen,),
    "actions": (ActionsScreen,),
}


def keys(action: Action) -> set[str]:
    return {key for key in action.keys.split(",") if key}


@pytest.mark.parametrize("context", ["inbox", "campaigns", "contacts", "receipts", "account", "actions"])
def test_no_two_actions_of_one_screen_share_a_key(context: str) -> None:
    for one, other in combinations(in_context(context, "list", "console"), 2):  # type: ignore[arg-type]
        assert not keys(one) & keys(other), f"{one.id} and {other.id}"


@pytest.mark.parametrize(
    "action", [action for action in ACTIONS if action.context in HOSTS], ids=lambda a: a.id
)
def test_every_action_has_its_method(action: Action) -> None:
    for host in HOSTS[action.context]:
        assert callable(getattr(host, action.method))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_words_for_people(action: Action) -> None:
    assert action.help.endswith(".")
    assert action.title


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"inbox.repyl": "r"}, 'Did you mean "inbox.reply"?'),
        ({"nonsense": "r"}, "There are console.inbox, "),
        ({"inbox.done": "r"}, "inbox.reply"),
        ({"inbox.done": "/"}, "inbox.search"),
        ({"inbox.done": "hyper+zz"}, 'gives "hyper+zz" to inbox.done, and there is no such key'),
        ({"inbox.done": "e,hype+z"}, 'gives "hype+z"'),
        ({"inbox.done": "ctrl+"}, 'gives "ctrl+"'),
    ],
)
def test_keys_that_cannot_be_are_refused_with_the_way_out(keys: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        check_keys(keys)


def test_keys_may_be_swapped() -> None:
    check_keys({"inbox.done": "r", "inbox.reply": "e"})


@pytest.mark.parametrize(
    "key", ["Z", "é", "+", "f2", "ctrl+e", "alt+enter", "ctrl+shift+f5", "at", "euro_sign", "hyper+z"]
)
def test_keys_that_a_terminal_can_send(key: str) -> None:
    check_keys({"inbox.done": key, "inbox.list_add": ""})


def test_nothing_is_sent_by_a_letter() -> None:
    """The keys that lead to a send open an editor; the one that goes on from there is no letter."""
    check = next(action for action in ACTIONS if action.id == "compose.check")
    assert all("+" in key or key.startswith("f") for key in keys(check))
