"""What the undo key takes back next."""

from __future__ import annotations

from tui.last_steps import LATE_SECONDS, LastSteps


class Stopwatch:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_the_last_step_comes_first() -> None:
    steps = LastSteps(Stopwatch())
    steps.decided()
    steps.leaves("a", 5)
    steps.decided()
    steps.leaves("b", 5)
    steps.decided()
    assert [steps.take() for _ in range(6)] == ["", "b", "", "a", "", ""]


def test_a_send_that_has_just_left_is_still_the_last_step_but_not_for_long() -> None:
    clock = Stopwatch()
    steps = LastSteps(clock)
    steps.leaves("a", 5)
    clock.seconds = 5 + LATE_SECONDS - 0.1
    assert steps.take() == "a"
    steps.leaves("b", 5)
    clock.seconds += 5 + LATE_SECONDS
    assert steps.take() == ""


def test_a_decision_after_a_send_is_undone_although_the_send_has_just_left() -> None:
    clock = Stopwatch()
    steps = LastSteps(clock)
    steps.leaves("a", 5)
    steps.decided()
    clock.seconds = 5.5
    assert [steps.take(), steps.take()] == ["", "a"]
