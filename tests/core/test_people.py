"""How people at consoles are named."""

from __future__ import annotations

from tui.core.people import full_name, short_name


def test_the_machine_is_named_where_it_is_another() -> None:
    assert short_name("ana@desk", "bob@desk") == "ana"
    assert short_name("ana@front", "bob@desk") == "ana@front"


def test_a_name_that_is_typed_is_of_this_machine() -> None:
    assert full_name("@ana", "bob@desk") == "ana@desk"
    assert full_name("ana@front", "bob@desk") == "ana@front"
    assert full_name("Ana", "Bob") == "Ana"
