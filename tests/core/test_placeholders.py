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


def test_columns_are_placeholders_by_their_name_in_any_case() -> None:
    known = {"Order No.": "17", "first_name": "Ana", "Note": "", "a+b": "x"}
    text = filled("Hi (FIRST NAME), (order no.) (Note) (a+b) (other)", known, known)
    assert text == "Hi Ana, 17 (Note) x (other)"
    assert left("(First Name) (Order No.) (Note) (Note) (other)", known, known) == ("(Note)",)


def test_a_column_named_like_a_field_goes_before_it() -> None:
    known = {"First Name": "Ana", "first_name": "Other"}
    assert filled("(first name)", known, known) == "Ana"


def test_what_is_known_beside_the_columns_is_no_placeholder_by_its_name() -> None:
    assert filled("Call us (phone)", {"phone": "+61411111111"}) == "Call us (phone)"
