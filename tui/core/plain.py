"""Characters that force Unicode: where they stand in a text, and the text with plain ones in their place."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.parts import GSM_BASIC, GSM_EXTENSION, gsm_twin, measure


class Place(NamedTuple):
    """Where a character stands; lines and columns are counted from 1."""

    char: str
    line: int
    column: int


def places(body: str) -> list[Place]:
    """Every character that forces Unicode."""
    return [
        Place(char, number, column)
        for number, line in enumerate(body.splitlines(), 1)
        for column, char in enumerate(line, 1)
        if char not in GSM_BASIC and char not in GSM_EXTENSION
    ]


def plain(body: str) -> str:
    """The text with a plain character in place of each that has a twin; others stay."""
    return "".join(twin if (twin := gsm_twin(char)) is not None else char for char in body)


def saved_parts(body: str) -> int:
    """How many parts fewer the plain text takes."""
    return measure(body).parts - measure(plain(body)).parts
