"""Files of recipients: whatever wrote them, their rows and columns are found, or it is said why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.errors import InvalidInput
from tui.sending.reporting import safe
from tui.sending.table import look, rows


def saved(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["First Name", "Mobile"], ["Zoë", "0412 345 678"], ["Müller & Söhne", "0412 345 679"]]
    table = look(saved(tmp_path, "\r\n".join(delimiter.join(line) for line in lines), encoding))
    assert (table.delimiter, table.mapping) == (delimiter, {"first_name": 0, "to": 1})
    assert [cells for _, cells, _ in rows(table)] == lines[1:]
    assert bool(table.notes) == (encoding == "cp1252")


def test_cells_with_line_breaks_keep_the_line_numbers(tmp_path: Path) -> None:
    table = look(saved(tmp_path, 'name,phone\n"Ann\nLee",0412345678\n\n"B ""x""",0412345679\n'))
    assert [(line, cells[0]) for line, cells, _ in rows(table)] == [(2, "Ann\nLee"), (5, 'B "x"')]


def test_without_titles_the_first_row_is_a_recipient(tmp_path: Path) -> None:
    table = look(saved(tmp_path, "Ann,+61 412 345 678\nBo,+61 412 345 679\n"))
    assert not table.has_header
    assert ([column.title for column in table.columns], table.mapping) == (
        ["Column 1", "Column 2"],
        {"to": 1},
    )
    assert [line for line, _, _ in rows(table)] == [1, 2]
    assert table.headed(has_header=True).has_header


@pytest.mark.parametrize(
    ("title", "field"),
    [
        *(("Phone number", "to"), ("MOBILE", "to"), ("to", "to"), ("Given name", "first_name")),
        *(("Surname", "last_name"), ("E-mail", "email"), ("Custom 1", "custom_1"), ("Cust. 2", "custom_2")),
        *(("Company", "organization"), ("Post code", "address_postal_code"), ("Street", "address_line_1")),
    ],
)
def test_columns_are_guessed_by_their_titles(tmp_path: Path, title: str, field: str) -> None:
    assert look(saved(tmp_path, f"{title},Remark\nx,y\n")).mapping == {field: 0}


def test_two_columns_of_one_title_can_be_told_apart(tmp_path: Path) -> None:
    table = look(saved(tmp_path, "Phone,phone,(Phone)\n1,2,3\n"))
    assert [column.title for column in table.columns] == ["Phone", "phone 2", "Phone 3"]


def test_an_odd_byte_far_down_decides_the_encoding(tmp_path: Path) -> None:
    table = look(saved(tmp_path, b"name,phone\n" + b"Ann,0412345678\n" * 30_000 + b"Zo\xeb,0412345679\n"))
    assert table.encoding == "cp1252"
    assert [cells for _, cells, _ in rows(table)][-1][0] == "Zoë"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\3\4\0\0\0", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        look(saved(tmp_path, content))
    with pytest.raises(InvalidInput):
        look(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *(("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+1-HYPERLINK()", "'+1-HYPERLINK()")),
        *(("-", "'-"), ("\t=1", "'\t=1"), ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0")),
        *(("+61 412 345 678", "+61 412 345 678"), ("-0.0792", "-0.0792"), ("Ann", "Ann"), (None, "")),
    ],
)
def test_no_cell_is_a_formula(cell: str | None, written: str) -> None:
    assert safe(cell) == written


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Mobile,Name\n", "titles, and no row below them"),
        (b"%PDF-1.7\n1,2\n", "is no text file"),
        (b"", "has no rows"),
    ],
)
def test_what_holds_no_recipients_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        look(saved(tmp_path, content))
