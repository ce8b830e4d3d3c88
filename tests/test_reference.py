"""The page of operations says what is declared."""

from __future__ import annotations

from tests.reference import KEYS, PAGE, SHOWN, page
from tui.actions import BY_ID
from tui.api.operation import Effect, catalogue


def test_the_page_of_operations_is_not_stale() -> None:
    assert PAGE.read_text() == page(), "make it again: python -m tests.reference"


def test_keys_that_change_something_and_screens_that_read_are_told_apart() -> None:
    for actions in KEYS.values():
        assert all(BY_ID[action].changes_clicksend for action in actions)
    assert all(catalogue()[operation_id].effect is Effect.READ for operation_id in SHOWN)
