"""Placeholders of a canned reply."""

from __future__ import annotations

from tui.core.placeholders import filled, left


def test_what_is_known_is_put_in_and_the_rest_stays_to_be_seen() -> None:
    text = filled("Hi (First Name) (last name), (Cust. 1) (Email)", {"first_name": "Ana", "custom_1": " "})
    assert text == "Hi Ana (last name), (Cust. 1) (Email)"
    assert left(text) == ("(last name)", "(Cust. 1)", "(Email)")


def test_a_name_is_never_read_as_a_placeholder_again() -> None:
    assert filled("(First Name)", {"first_name": "(Last Name)", "last_name": "x"}) == "(Last Name)"


def test_a_text_without_placeholders_stays_as_it_is() -> None:
    assert filled("(not one) 5 (five)", {"first_name": "Ana"}) == "(not one) 5 (five)"
    assert left("(not one)") == ()
