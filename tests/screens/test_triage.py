"""Deciding about conversations from the keyboard: what the store says afterwards, and what is on view."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.core.settings import Settings
from tui.sandbox.world import World
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.inbox import InboxScreen
from tui.screens.snooze import SnoozeSheet
from tui.store import decisions
from tui.store.database import Store
from tui.store.decisions import assign, done, snooze
from tui.store.kept_texts import keep_text
from tui.store.presence import be_present
from tui.store.rows import Conversation, View

SIZES = [(80, 24), (120, 40)]


def ready(app: ConsoleApp) -> bool:
    return app.services.store.counts().unread > 1 and app.services.store.contacts().count() > 0


def inbox(console: Console) -> InboxScreen:
    screen = console.app.screen
    assert isinstance(screen, InboxScreen)
    return screen


def store_of(console: Console) -> Store:
    return console.app.services.store


def row(console: Console, counterpart: str) -> Conversation:
    found = store_of(console).conversation(counterpart)
    assert found is not None
    return found


def first(console: Console, count: int, view: View = "open") -> list[str]:
    return [each.counterpart for each in store_of(console).conversations(view).page(0, count)]


def everything(console: Console) -> list[Conversation]:
    return list(store_of(console).conversations("all").page(0))


@pytest.mark.parametrize("size", SIZES)
async def test_views_and_their_counts(start: Start, size: tuple[int, int]) -> None:
    async with start(size, ready=ready) as console:
        store, here = store_of(console), first(console, 3)
        await store.write(assign, here[:2], store.who, 1)
        await store.write(snooze, here[2:], console.app.services.now() + 7200, 1)
        counts = store.counts()
        await console.shows(
            f"Open {counts.open} ", f"Unread {counts.unread} ", "Mine 2 ", "Snoozed 1 ", "Done "
        )
        await console.press("]", "]")
        await console.until(lambda: inbox(console).table.total == 2, "mine")
        await console.press("]")
        await console.until(lambda: inbox(console).counterpart == here[2], "what is snoozed")
        await console.shows("◷ ")
        await console.press("[", "[", "[")
        await console.until(lambda: inbox(console).table.total == counts.open, "open")
        await console.press("[")
        await console.until(lambda: inbox(console).view == "all", "round to the last view")


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_says_whose_it_is_and_what_it_is_about(start: Start, size: tuple[int, int]) -> None:
    async with start(size, ready=ready) as console:
        (here,) = first(console, 1)
        store = store_of(console)
        await console.press("l", "=billing", "enter")
        await console.until(lambda: row(console, here).labels == ("billing",), "the label")
        await store.write(assign, [here], "ana@" + store.who.partition("@")[2], 1)
        await console.shows("#billing", "@ana")
        assert "@ana@" not in console.text


async def test_claiming_gives_back_what_is_claimed(start: Start) -> None:
    async with start(ready=ready) as console:
        (here,) = first(console, 1)
        me = store_of(console).who
        await console.press("a")
        await console.until(lambda: row(console, here).assignee == me, "a claim")
        await console.shows("mine")
        await console.press("a")
        await console.until(lambda: row(console, here).assignee == "", "no claim")
        await console.press("A", "=bob", "enter")
        await console.until(lambda: row(console, here).assignee.startswith("bob@"), "bob's")
        await console.shows("@bob")
        await console.press("A", "=nobody", "enter")
        await console.until(lambda: row(console, here).assignee == "", "nobody's")


@pytest.mark.parametrize(("typed", "seconds"), [("in 2h", 7200), ("90m", 5400)])
async def test_snoozing_until_what_was_typed(start: Start, typed: str, seconds: int) -> None:
    async with start((80, 24), ready=ready) as console:
        (here,) = first(console, 1)
        now = console.app.services.now()
        await console.press("s", f"={typed}")
        assert isinstance(console.app.screen, SnoozeSheet)
        await console.press("enter")
        await console.until(lambda: row(console, here).standing == "snoozed", "the snooze")
        assert abs(row(console, here).snoozed_until - now - seconds) < 60
        assert inbox(console).counterpart != here
        await console.press("z")
        await console.until(lambda: row(console, here).standing == "open", "open again")
        assert inbox(console).counterpart == here


async def test_the_snooze_prompt_says_how_it_understands_and_what_it_does_not(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press("s")
        await console.shows("tomorrow 9:00", "monday 9:00", "in 3h")
        await console.press("=wednesday")
        await console.shows("Wed ", "09:00")
        await console.press(*["backspace"] * 9, "=soonish")
        await console.shows("not a", "Type it like")
        before = everything(console)
        await console.press("enter")
        assert isinstance(console.app.screen, SnoozeSheet)
        await console.press("escape")
        assert everything(console) == before


async def test_what_is_snoozed_comes_back_by_itself_and_by_key(start: Start) -> None:
    async with start(ready=ready) as console:
        one, two = first(console, 2)
        store = store_of(console)
        await store.write(snooze, [two], console.app.services.now() + 9000, 1)
        await store.write(snooze, [one], console.app.services.now() - 1, 1)
        await console.until(lambda: row(console, one).standing == "open", "awake again")
        await console.press("]", "]", "]")
        await console.until(lambda: inbox(console).counterpart == two, "what is snoozed")
        await console.press("s", "=now", "enter")
        await console.until(lambda: row(console, two).standing == "open", "woken")


async def test_a_label_goes_on_and_off(start: Start) -> None:
    async with start(ready=ready) as console:
        (here,) = first(console, 1)
        await console.press("l", "=Billing", "enter")
        await console.until(lambda: row(console, here).labels == ("Billing",), "the label")
        await console.press("l", "=bill")
        await console.shows("on it: takes it off", "new label")
        await console.press("enter")
        await console.until(lambda: row(console, here).labels == (), "no label")


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_stands_in_the_thread_and_is_never_sent(
    start: Start, world: World, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        (here,) = first(console, 1)
        await console.press("enter", "N", "=Prefers a call [b]after[/b] 5", "ctrl+j")
        await console.shows("Prefers a call [b]after[/b] 5", "not sent")
        assert [note.text for note in store_of(console).notes(here)] == ["Prefers a call [b]after[/b] 5"]
        assert not [each for each in world.messages[:] if "Prefers a call" in each.body]
        assert store_of(console).outbox() == []
        await console.press("z")
        await console.until(lambda: store_of(console).notes(here) == [], "no note")


async def test_half_a_note_is_kept(start: Start) -> None:
    async with start(ready=ready) as console:
        await console.press("N", "=half a note", "escape", "N")
        await console.shows("half a note")


async def test_spam_is_out_of_every_view_but_all(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        (here,) = first(console, 1)
        await console.press("!")
        await console.until(lambda: row(console, here).standing == "blocked", "blocked")
        world.replies.receive(here, "buy now", int(world.now))
        await console.press("R")
        await console.until(lambda: row(console, here).preview == "buy now", "what they wrote since")
        assert here not in first(console, 100)
        await console.press("[")  # round to the last one, which is there while there is spam
        await console.until(lambda: inbox(console).view == "blocked", "the spam")
        await console.press("!")
        await console.until(lambda: row(console, here).standing == "open", "no spam")


async def test_many_steps_are_taken_back_one_by_one(start: Start) -> None:
    async with start(ready=ready) as console:
        before = everything(console)
        await console.press("a", "l", "=vip", "enter", "m", "s", "=in 2h", "enter", "e", "!", "u")
        await console.until(lambda: everything(console) != before, "something decided")
        for _ in range(7):
            await console.press("z")
        await console.until(lambda: everything(console) == before, "all as before")
        await console.press("z")
        await console.shows("nothing to take back")


@pytest.mark.parametrize("size", SIZES)
async def test_a_selection_is_decided_about_at_once_and_undone_in_one_step(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        chosen, before = first(console, 3), everything(console)
        await console.press("x", "x", "x")
        await console.shows("3 selected")
        await console.press("a")
        await console.until(lambda: all(row(console, each).assignee for each in chosen), "three claims")
        await console.press("e")
        await console.until(lambda: all(row(console, each).standing == "done" for each in chosen), "done")
        assert "selected" not in console.text
        await console.press("z", "z")
        await console.until(lambda: everything(console) == before, "all as before")


async def test_escape_clears_the_selection_and_then_the_search(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        before = everything(console)
        await console.press("/", "=is:unread", "enter", "X")
        await console.shows(f"{store_of(console).counts().unread} selected")
        await console.press("escape")
        assert inbox(console).selected == {}
        assert inbox(console).search == "is:unread"
        await console.press("escape")
        assert inbox(console).search == ""
        assert everything(console) == before


async def test_all_of_a_view_is_selected_also_what_is_out_of_sight(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        count = store_of(console).counts().open
        await console.press("X", "s", "=tomorrow 9", "enter")
        await console.until(lambda: store_of(console).counts().snoozed == count, "all snoozed")
        assert store_of(console).counts().open == 0
        await console.shows("Nothing is waiting")
        await console.press("z")
        await console.until(lambda: store_of(console).counts().open == count, "all back")


async def test_another_view_has_no_selection(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press("x", "]")
        assert inbox(console).selected == {}


@pytest.mark.parametrize("size", SIZES)
async def test_somebody_else_is_seen_in_the_thread(start: Start, size: tuple[int, int]) -> None:
    async with start(size, ready=ready) as console:
        (here,) = first(console, 1)
        other = Store(store_of(console).path, who="ana@elsewhere")
        await other.write(be_present, here, console.app.services.now(), writing=False)
        await console.press("enter")
        await console.shows("ana@elsewhere is here")
        await other.write(be_present, here, console.app.services.now(), writing=True)
        await console.shows("ana@elsewhere is writing")
        me = store_of(console).who
        seen = other.others
        await console.until(lambda: here in seen(console.app.services.now()), "seen by them")
        assert seen(console.app.services.now())[here][0].who == me
        await console.press("escape")
        await console.until(lambda: here not in seen(console.app.services.now()), "gone from there")
        other.close()


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_that_cannot_be_understood_says_what_to_type(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        total = inbox(console).table.total
        await console.press("/", "=is:purple")
        await console.shows('There is no "is:purple".', "type one of open")
        assert inbox(console).table.total == total
        await console.press(*["backspace"] * 6, "=snoozed", "enter")
        await console.shows("0 found")
        assert "There is no" not in console.text


async def test_a_search_is_saved_as_a_view_and_forgotten_again(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        store = store_of(console)
        await console.press("S")
        await console.shows("There is no search to save.")
        await console.press("/", "=is:unread", "enter", "S", "=To read", "ctrl+j")
        await console.until(
            lambda: [each.text for each in store.kept_texts("search")] == ["is:unread"], "saved"
        )
        await console.press("]")
        await console.until(
            lambda: inbox(console).view == "open" and not inbox(console).saved, "the first view"
        )
        await console.press("[")
        await console.until(lambda: inbox(console).saved == "To read", "the last view")
        await console.shows("To read", f"{store.counts().unread} found")
        await console.press("D")
        await console.until(lambda: store.kept_texts("search") == [], "forgotten")


async def test_a_saved_search_does_not_take_the_place_of_another(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        store = store_of(console)
        await store.write(keep_text, "search", "To read", "is:unread")
        await console.press("/", "=is:open", "enter", "S", "=to read", "ctrl+j")
        await console.shows("There is one called to read.")
        assert [each.text for each in store.kept_texts("search")] == ["is:unread"]


async def test_a_question_is_about_what_it_was_asked_about(start: Start) -> None:
    """While it is open, somebody else takes the conversation out of the view."""
    async with start((80, 24), ready=ready) as console:
        here, below = first(console, 2)
        await console.press("l", "=urgent")
        other = Store(store_of(console).path)
        await other.write(done, [here], 1, console.app.services.now() + 1000)
        other.close()
        await console.until(
            lambda: inbox_below(console).counterpart == below, "the next one under the cursor"
        )
        await console.press("enter")
        await console.until(lambda: row(console, here).labels == ("urgent",), "the label")
        assert row(console, below).labels == ()


def inbox_below(console: Console) -> InboxScreen:
    """The inbox beneath a sheet."""
    screen = console.app.screen_stack[0]
    assert isinstance(screen, InboxScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_after_an_answer_the_list_goes_on_where_it_was(start: Start, size: tuple[int, int]) -> None:
    async with start(size, ready=ready) as console:
        here = first(console, 4)
        await console.press("j", "r", "=Yes", "ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen), "the question")
        await console.press("ctrl+j")
        await console.until(lambda: first(console, 1) == [here[1]], "the answer at the top")
        await console.press("escape")
        await console.until(lambda: inbox(console).counterpart == here[2], "the next one")
        await console.press("enter", "e")
        await console.until(lambda: row(console, here[2]).standing == "done", "done")
        await console.until(lambda: inbox(console).counterpart == here[3], "the one after it")


async def test_a_search_goes_along_from_view_to_view(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        (here,) = first(console, 1)
        store = store_of(console)
        await store.write(decisions.label, [here], 1, add=["billing"])
        await store.write(done, [here], 1, 99)
        await console.press("slash", "=label:billing", "enter")
        await console.shows("0 found", "Nothing matches")
        await console.press("]", "]", "]", "]")
        await console.until(lambda: inbox(console).view == "done", "the view")
        await console.shows("1 found", "label:billing")
        assert inbox(console).counterpart == here
        await console.press("escape")
        await console.until(lambda: not inbox(console).search, "no search")
        assert inbox(console).view == "done"


async def test_how_many_are_selected_is_seen_at_once(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press("a")
        await console.shows("Yours: ")
        await console.press("x", "x")
        await console.shows("2 selected Esc clears   e done   s snooze")
        await console.press("X")
        await console.shows(f"{store_of(console).counts().open} selected")


async def test_where_nothing_is_found_no_thread_is_left_on_view(start: Start) -> None:
    async with start((120, 40), ready=ready) as console:
        await console.until(lambda: inbox(console).pane.counterpart, "a thread")
        await console.press("slash", "=nobodysaidthis")
        await console.until(lambda: not inbox(console).pane.counterpart, "no thread")


async def test_undo_takes_back_the_last_step_first_whether_a_decision_or_a_send(
    start: Start, world: World
) -> None:
    async with start((80, 24), ready=ready, settings=Settings(undo_seconds=600.0)) as console:
        here, other = first(console, 2)
        sent = len(world.messages)
        await console.press("r", "=Yes, at nine", "ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.shows("Ctrl+J send")
        await console.press("ctrl+j")
        await console.shows("Leaves in 600 s")
        await console.press("escape")
        inbox(console).select_row(other)
        await console.press("e")
        await console.until(lambda: row(console, other).done)
        await console.press("z")
        await console.shows("Not done")
        assert [item.state for item in store_of(console).outbox()] == ["confirmed"]
        await console.press("z")
        await console.shows("Taken back: nothing was sent.")
        assert [item.state for item in store_of(console).outbox()] == ["not sent"]
        assert row(console, here).draft
        assert len(world.messages) == sent


async def test_who_asked_to_stop_is_warned_about_at_the_reply_and_once_before_it_leaves(
    start: Start, world: World
) -> None:
    number = "+61491570156"
    world.replies.receive(number, "STOP", int(world.now))
    async with start((80, 24), ready=ready) as console:
        await console.until(lambda: store_of(console).conversation(number))
        inbox(console).select_row(number)
        await console.press("r")
        await console.shows("They asked to stop.")
        await console.press("=Sorry to hear", "ctrl+j")
        await console.shows("Send 1 SMS", "their last word was")
        assert console.text.casefold().count("stop") == 1
