"""Local files: what is typed as a path, completed, shown and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui import local_files
from tui.core.errors import InvalidInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_bytes(b"x" * 12_300)
    (tmp_path / "people.txt").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "Pictures").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("~/a.csv", "@~/a.csv"),
        ("/tmp/a.csv", "@/tmp/a.csv"),
        ("./a.csv", "@./a.csv"),
        ("@a.csv", "@a.csv"),
        ("a.csv", "@a.csv"),
        ("https://example.com/a.csv", "https://example.com/a.csv"),
        ("", ""),
    ],
)
def test_what_is_no_address_is_a_path(typed: str, path: str) -> None:
    assert local_files.as_path(typed) == path


def test_completion_goes_as_far_as_the_names_agree(folder: Path) -> None:
    assert local_files.complete(f"{folder}/pe") == f"@{folder}/people."
    assert local_files.complete(f"{folder}/people.c") == f"@{folder}/people.csv"
    assert local_files.complete(f"{folder}/Pic") == f"@{folder}/Pictures/"
    assert local_files.complete(f"{folder}/zzz") == f"{folder}/zzz"
    assert local_files.complete("https://example.com/pe") == "https://example.com/pe"


def test_a_folder_is_shown_folders_first_and_nothing_hidden(folder: Path) -> None:
    assert [found.name for found in local_files.inside(f"@{folder}/")] == [
        "Pictures/",
        "people.csv",
        "people.txt",
    ]
    assert local_files.inside(f"@{folder}/people.c")[0].note == "12 kB"
    assert [found.name for found in local_files.inside(f"@{folder}/.h")] == [".hidden"]
    with pytest.raises(InvalidInput, match="cannot be read"):
        local_files.inside(f"@{folder}/gone/")


def test_a_name_that_a_terminal_would_obey_is_not_shown(folder: Path) -> None:
    for name in ("\x1b]52;c;aGk=\x07.csv", "\u202egpj.exe", "two\nlines", "a  b.csv"):
        (folder / name).write_text("x")
    shown = [found.name for found in local_files.inside(f"@{folder}/")]
    assert shown == ["Pictures/", "a  b.csv", "people.csv", "people.txt"]


def test_a_file_is_described_or_refused(folder: Path) -> None:
    assert (
        local_files.describe([folder / "people.csv"], "csv")
        == "people.csv · 12 kB · from this machine, uploaded"
    )
    assert local_files.describe([folder / "people.txt"], "email").startswith("people.txt · 1 byte ·")
    for use, types in (("fax", r"\.pdf, \.docx, \.doc, \.rtf"), ("postcard", r"\.pdf, \.docx, \.doc")):
        with pytest.raises(InvalidInput, match=rf"Usable: {types}\."):
            local_files.describe([folder / "people.txt"], use)
    with pytest.raises(InvalidInput, match=r"Usable: \.csv\."):
        local_files.describe([folder / "people.txt"], "csv")
    picture = folder / "large.jpg"
    picture.write_bytes(b"\xff\xd8\xff" * 100_000)
    assert "over 250 kB, which may be refused" in local_files.describe([picture], "mms")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (999, "999 bytes"), (12_300, "12 kB"), (3_400_000, "3.4 MB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert local_files.size_words(size) == words


def test_a_file_that_only_says_that_it_is_a_pdf_is_refused(folder: Path) -> None:
    (folder / "letter.pdf").write_text("not so")
    with pytest.raises(InvalidInput, match=r"letter\.pdf is no PDF, whatever its name"):
        local_files.describe([folder / "letter.pdf"], "post")
    (folder / "letter.pdf").write_bytes(b"\n%PDF-1.7\n")
    assert local_files.describe([folder / "letter.pdf"], "post").startswith("letter.pdf")


@pytest.mark.parametrize("use", ["fax", "post", "postcard"])
def test_a_large_document_is_a_doubt_and_a_huge_one_is_refused(folder: Path, use: str) -> None:
    paper = folder / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    assert local_files.describe([paper], use) == "paper.pdf · 9 bytes · from this machine, uploaded"
    with paper.open("r+b") as file:
        file.truncate(30_000_000)
    words = "! paper.pdf · 30.0 MB · from this machine, uploaded · over 10 MB, which may be refused"
    assert local_files.describe([paper], use) == words
    with paper.open("r+b") as file:
        file.truncate(50_000_001)
    with pytest.raises(InvalidInput, match=r"paper\.pdf has 50\.0 MB.* at most"):
        local_files.describe([paper], use)


def test_attachments_are_as_large_as_all_of_them(folder: Path) -> None:
    one, two = folder / "one.bin", folder / "two.bin"
    for path in (one, two):
        path.write_bytes(b"x" * 5_500_000)
    assert not local_files.describe([one], "email").startswith("!")
    assert local_files.describe([one, two], "email").split("\n")[1].startswith("two.bin · 5.5 MB")
    assert local_files.describe([one, two], "email").endswith("over 10 MB, which many mailboxes refuse")


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg", "a.png", "a.gif", "a.bmp"])
def test_a_picture_by_its_name_alone_is_refused(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(InvalidInput, match="whatever its name"):
        local_files.describe([path], "mms")
