"""What happens later in the sandbox: in order of time, and of one second in the order added."""

from __future__ import annotations

from functools import partial

from tui.sandbox.agenda import Agenda


def test_events_happen_in_order_of_time_and_then_as_added() -> None:
    agenda, seen = Agenda(), list[str]()
    for name, at in (("late", 9), ("first", 5), ("second", 5), ("early", 3), ("not yet", 10)):
        agenda.add(at, lambda _, name=name: seen.append(name))  # type: ignore[misc]
    agenda.run(9.5)
    assert seen == ["early", "first", "second", "late"]
    agenda.run(10)
    assert seen[-1] == "not yet"


def test_an_event_is_followed_at_once_by_those_that_it_adds() -> None:
    agenda, seen = Agenda(), list[tuple[str, int]]()

    def note(name: str, at: int) -> None:
        seen.append((name, at))

    def add_more(at: int) -> None:
        note("adds", at)
        agenda.add(at, partial(note, "same second"))
        agenda.add(at - 1, partial(note, "overdue"))
        agenda.add(at + 1, partial(note, "next"))

    agenda.add(5, add_more)
    agenda.add(5, partial(note, "already there"))
    agenda.run(6)
    assert seen == [("adds", 5), ("overdue", 4), ("already there", 5), ("same second", 5), ("next", 6)]
