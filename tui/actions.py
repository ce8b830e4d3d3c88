"""Every action that a key can start: its id, its words, its default keys and where it applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Literal, NamedTuple

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from tui.core.errors import SettingsError

Context = Literal[
    "console",
    "list",
    "inbox",
    "compose",
    "campaigns",
    "contacts",
    "receipts",
    "account",
    "actions",
    "answer",
]
Effect = Literal["", "local", "mark", "write", "delete", "send"]


class Action(NamedTuple):
    """One thing a user can do with a key. The method that does it is `act_` and the last part of the id."""

    id: str
    title: str
    """One or two words for the footer."""
    keys: str
    """Default keys, comma-separated, as Textual names them."""
    help: str
    """A sentence for the help screen and the palette."""
    effect: Effect = ""
    """What it changes at ClickSend (or `local`): read-only mode hides all but the empty and local ones."""
    footer: bool = False
    palette: bool = True

    @property
    def context(self) -> str:
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        return "act_" + self.id.partition(".")[2]

    @property
    def changes_clicksend(self) -> bool:
        return self.effect not in ("", "local")


ACTIONS: tuple[Action, ...] = (
    Action("console.inbox", "Inbox", "1", "Go to the inbox."),
    Action("console.campaigns", "Campaigns", "2", "Go to the SMS campaigns."),
    Action("console.contacts", "Contacts", "3", "Go to the contact lists."),
    Action("console.receipts", "Receipts", "4", "Go to the delivery receipts."),
    Action("console.account", "Account", "5", "Go to the account and its balance."),
    Action("console.actions", "Actions", "0", "Go to everything else that ClickSend can be asked to do."),
    Action(
        "console.refresh",
        "refresh",
        "R",
        "Ask ClickSend again now, for what this screen shows.",
        footer=True,
    ),
    Action(
        "console.compose",
        "compose",
        "c",
        "Write an SMS, MMS, call, fax, e-mail, letter, postcard or campaign.",
        "send",
        footer=True,
    ),
    Action(
        "console.outbox",
        "sent from here",
        "ctrl+o",
        "What was sent and bought from here, and what became of it.",
    ),
    Action(
        "console.undo",
        "undo",
        "z",
        "Take back what is about to leave; in the inbox, else, the last thing decided, step by step.",
        "local",
        footer=True,
    ),
    Action("console.keys", "all keys", "question_mark", "Show every key of this screen."),
    Action("console.palette", "palette", "ctrl+p", "Search everything that can be done here.", palette=False),
    Action("console.theme", "theme", "", "Choose another theme."),
    Action("console.sign_in", "sign in", "", "Sign in with another key, or open the demo."),
    Action("console.screenshot", "screenshot", "", "Save a picture of this screen as SVG."),
    Action("console.quit", "quit", "q,ctrl+q", "Leave the console. Drafts are kept.", footer=True),
    Action("list.down", "down", "j,down", "Next row.", palette=False),
    Action("list.up", "up", "k,up", "Previous row.", palette=False),
    Action("list.page_down", "page down", "pagedown,ctrl+f", "One screen down.", palette=False),
    Action("list.page_up", "page up", "pageup,ctrl+b", "One screen up.", palette=False),
    Action("list.first", "first", "g,home", "First row.", palette=False),
    Action("list.last", "last", "G,end", "Last row.", palette=False),
    Action("list.open", "open", "enter", "Open the row under the cursor.", palette=False),
    Action("inbox.reply", "reply", "r", "Write an answer to this conversation.", "send", footer=True),
    Action(
        "inbox.done",
        "done",
        "e",
        "Done: leaves Open, and is marked read at ClickSend ten seconds later.",
        "mark",
        footer=True,
    ),
    Action(
        "inbox.snooze",
        "snooze",
        "s",
        "Out of Open until a time, or until they write again. Takes it out of Snoozed, too.",
        "local",
        footer=True,
    ),
    Action("inbox.label", "label", "l", "Put a label on, or take it off.", "local", footer=True),
    Action("inbox.claim", "claim", "a", "Make it yours; once more gives it back.", "local", footer=True),
    Action("inbox.next_unread", "next unread", "n", "Go to the next unread conversation.", footer=True),
    Action(
        "inbox.select",
        "select",
        "x",
        "Select it, or no longer; the next keys work on all selected.",
        footer=True,
    ),
    Action(
        "inbox.unread",
        "unread",
        "u",
        "Mark unread again, here only: ClickSend has no such thing.",
        "local",
        footer=True,
    ),
    Action("inbox.search", "search", "slash", "Search names, numbers, notes and messages.", footer=True),
    Action("inbox.note", "note", "N", "Write a note about them. It never leaves this file.", "local"),
    Action("inbox.assign", "assign", "A", "Give it to somebody.", "local"),
    Action(
        "inbox.block",
        "spam",
        "exclamation_mark",
        "Spam: out of every view but All, whatever they write.",
        "local",
    ),
    Action(
        "inbox.mute",
        "mute",
        "m",
        "Announce nothing that arrives in it; once more to announce again.",
        "local",
    ),
    Action("inbox.select_all", "select all", "X", "Select everything in this view or search."),
    Action(
        "inbox.next_view",
        "next view",
        "right_square_bracket",
        "Next view: Open, Unread, Mine, Snoozed, Done, All, then the saved searches.",
    ),
    Action("inbox.previous_view", "previous view", "left_square_bracket", "Previous view."),
    Action("inbox.unread_first", "unread first", "o", "Order: unread first, or newest first."),
    Action("inbox.keep_search", "save search", "S", "Keep this search as a view of its own.", "local"),
    Action("inbox.drop_search", "forget search", "D", "Forget the saved search on view.", "local"),
    Action("inbox.canned", "canned reply", "t", "Answer with a canned reply.", "send"),
    Action("inbox.contact", "contact", "C", "Open their contact, or make one.", "write"),
    Action("inbox.list_add", "add to list", "plus", "Put them on a contact list.", "write"),
    Action("inbox.list_remove", "remove from list", "minus", "Take them off a contact list.", "delete"),
    Action(
        "inbox.opt_out",
        "opt out",
        "O",
        "Move them to the opt-out list: no list reaches them any more.",
        "delete",
    ),
    Action("inbox.export", "export", "w", "Save this conversation as text, Markdown or JSON."),
    Action("inbox.copy", "copy", "y", "Copy the newest message of this conversation."),
    Action("inbox.copy_number", "copy number", "Y", "Copy the number of this conversation."),
    Action("inbox.back", "back", "escape", "Clears the selection, or the search; back to the list."),
    Action(
        "inbox.create_rule",
        "create POLL rule",
        "P",
        "Create the rule that lets messages reach this inbox.",
        "write",
    ),
    Action("inbox.settle", "settle unknown", "U", "Decide about a message whose answer was lost.", "local"),
    Action(
        "compose.check",
        "check price",
        "ctrl+j,f9",
        "Price the message and show it before it is sent.",
        "send",
        footer=True,
    ),
    Action("compose.template", "canned reply", "ctrl+t", "Insert a canned reply at the cursor.", footer=True),
    Action(
        "compose.close", "keep draft", "escape", "Close the editor; the text is kept as a draft.", footer=True
    ),
    Action(
        "compose.plain",
        "plain letters",
        "ctrl+g",
        "Put plain characters in place of those that force Unicode.",
        footer=True,
    ),
    Action("campaigns.create", "new campaign", "n", "Write an SMS campaign to a list.", "send", footer=True),
    Action("campaigns.cancel", "cancel campaign", "X", "Cancel a scheduled campaign.", "delete", footer=True),
    Action("campaigns.search", "search", "slash", "Search names, lists and texts.", footer=True),
    Action("campaigns.copy", "copy", "y", "Copy the text of this campaign."),
    Action("campaigns.back", "back", "escape", "Back to the list; clears the search."),
    Action("contacts.create", "new contact", "n", "Add a contact to this list.", "write", footer=True),
    Action("contacts.edit", "edit", "e", "Change this contact, or this list's name.", "write", footer=True),
    Action("contacts.delete", "delete", "D", "Delete this contact or this list.", "delete", footer=True),
    Action("contacts.create_list", "new list", "N", "Create a contact list.", "write", footer=True),
    Action(
        "contacts.search",
        "search",
        "slash",
        "Search names, numbers and addresses in every list.",
        footer=True,
    ),
    Action("contacts.message", "message", "r", "Open the conversation with this contact.", footer=True),
    Action("contacts.copy", "copy", "y", "Copy the number of this contact."),
    Action("contacts.next_pane", "other pane", "tab", "From the lists to the contacts and back."),
    Action("contacts.back", "back", "escape", "Back to the lists; clears the search."),
    Action(
        "receipts.failures_first",
        "failures first",
        "o",
        "Order: failures first, or newest first.",
        footer=True,
    ),
    Action(
        "receipts.next_state",
        "next state",
        "right_square_bracket",
        "Show only the next delivery state.",
        footer=True,
    ),
    Action(
        "receipts.previous_state",
        "previous state",
        "left_square_bracket",
        "Show only the previous delivery state.",
    ),
    Action("receipts.since", "since", "d", "Show today, 7 days, 30 days or all.", footer=True),
    Action("receipts.search", "search", "slash", "Search numbers, names and texts.", footer=True),
    Action(
        "receipts.conversation",
        "conversation",
        "r",
        "Open the conversation of this message.",
        footer=True,
    ),
    Action(
        "receipts.mark_read",
        "mark read",
        "M",
        "Mark the receipts up to the newest shown as read.",
        "mark",
        footer=True,
    ),
    Action("receipts.copy", "copy", "y", "Copy the number, state and codes of this message."),
    Action("receipts.back", "back", "escape", "Back to the list; clears the search."),
    Action(
        "actions.search",
        "search",
        "slash",
        "Search titles, sections, paths and descriptions, in any order of the words.",
        footer=True,
    ),
    Action("actions.next_section", "next section", "right_square_bracket", "Next section.", footer=True),
    Action("actions.previous_section", "previous section", "left_square_bracket", "Previous section."),
    Action("actions.copy", "copy the id", "y", "Copy the id, as the command line takes it.", footer=True),
    Action("actions.back", "back", "escape", "Clears the search."),
    Action("account.copy", "copy the balance", "y", "Copy the balance.", footer=True),
    Action("answer.download", "fetch the file", "d", "Fetch the file that was exported.", footer=True),
    Action("answer.next_page", "next page", "n", "Ask ClickSend for the rows after these.", footer=True),
    Action("answer.raw", "JSON", "J", "The answer as ClickSend sent it, keys masked.", footer=True),
    Action("answer.copy", "copy", "y", "Copy this row, or the whole record, as JSON.", footer=True),
    Action(
        "answer.save", "save", "w", "Save the answer to a file: .json as it came, .csv its rows.", footer=True
    ),
    Action("answer.keys", "all keys", "question_mark", "Show every key of this screen."),
    Action("answer.back", "back", "escape,q", "Back to where you were.", footer=True),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


_MODE: tuple[Context, ...] = ("list", "console")
_TOGETHER: Mapping[Context, tuple[Context, ...]] = {
    **dict.fromkeys(("inbox", "campaigns", "contacts", "receipts", "account", "actions"), _MODE),
    "compose": (),
    "answer": ("list",),
}
"""Contexts whose keys work at the same time: no two of their actions may share one."""


def in_context(*contexts: Context) -> Iterator[Action]:
    """The actions of these contexts, in footer order."""
    for context in contexts:
        yield from (action for action in ACTIONS if action.context == context)


def check_keys(keys: Mapping[str, str]) -> None:
    """Raise SettingsError for a key of the user's that no action has, or that two share on a screen."""
    for id in keys:
        if id not in BY_ID:
            near = get_close_matches(id, BY_ID, n=1)
            raise SettingsError(
                f'[keys] names "{id}", and there is no such action.',
                hint=f'Did you mean "{near[0]}"?' if near else f"There are {', '.join(BY_ID)}.",
            )
        for key in filter(None, keys[id].split(",")):
            if not _is_key(key):
                raise SettingsError(f'[keys] gives "{key}" to {id}, and there is no such key.', hint=_WRITTEN)
    for screen, below in _TOGETHER.items():
        taken: dict[str, str] = {}
        for action in in_context(screen, *below):
            for key in map(_named, keys.get(action.id, action.keys).split(",")):
                if key and taken.setdefault(key, action.id) != action.id:
                    raise SettingsError(
                        f'[keys] gives "{key}" to {taken[key]} and to {action.id}.',
                        hint="Give one of them another key.",
                    )


_MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}
_NAMES = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())
_WRITTEN = 'Keys are written like "r", "f2", "ctrl+r", "alt+enter", "pagedown" or "question_mark".'


def _is_key(key: str) -> bool:
    """Whether a terminal could send this, as Textual names it."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = len(last) == 1 or last in _NAMES or key_to_character(last) is not None
    return known and _MODIFIERS.issuperset(modifiers)


def _named(key: str) -> str:
    """A key by its name: `/` is `slash`."""
    return next(iter(Binding.make_bindings([(key, "", "")]))).key if len(key) == 1 else key


def bindings(*contexts: Context) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """Textual bindings for these contexts. Each runs `act('<id>')`, so that one place can refuse it."""
    return [
        Binding(
            action.keys,
            f"act('{action.id}')",
            action.title,
            id=action.id,
            tooltip=action.help,
            show=action.footer,
        )
        for action in in_context(*contexts)
        if action.keys
    ]
