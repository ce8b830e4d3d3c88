"""Files that a person types: there, or said in words why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.errors import InvalidInput
from tui.core.files import existing


def test_one_that_is_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert existing("~/a.csv") == existing(str(tmp_path / "a.csv")) == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gone.csv", r"There is no file gone\.csv\. Check its name"),
        ("/", r"/ is a folder\. Choose a file in it"),
        ("/dev/zero", r"There is no file /dev/zero"),
        ("x" * 300, "cannot be read: File name too long"),
        ("~nobody-like-this/a.csv", "cannot be read: Could not determine home directory"),
        ("a\0b", "There is no file"),
    ],
)
def test_anything_else_is_said_in_words(typed: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        existing(typed)
