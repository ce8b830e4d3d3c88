"""Files of this machine that stand for an upload: found, completed while typed, and looked at beforehand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

from tui.core.errors import InvalidInput
from tui.core.text import clean

_TYPES: dict[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "fax": (".pdf", ".docx", ".doc", ".rtf"),
    "mms": (".jpg", ".jpeg", ".gif", ".png", ".bmp"),
    "post": (".pdf", ".docx", ".doc"),
    "postcard": (".pdf", ".docx", ".doc"),
}
"""What ClickSend takes, by what it makes of the file; what travels in an e-mail may be anything."""
_PICTURES = (b"\xff\xd8\xff", b"GIF8", b"\x89PNG", b"BM")
"""How pictures of these types begin."""
_LARGE: dict[str, tuple[int, str]] = {
    "mms": (250_000, "over 250 kB, which may be refused"),
    "email": (10_000_000, "over 10 MB, which many mailboxes refuse"),
    "fax": (10_000_000, "over 10 MB, which may be refused"),
    "post": (10_000_000, "over 10 MB, which may be refused"),
    "postcard": (10_000_000, "over 10 MB, which may be refused"),
}
"""The bytes after which something is to be thought of, by what ClickSend makes of the file."""
LARGEST = 50_000_000
"""Bytes that are uploaded: more would be held in memory, and ClickSend's answer waited for in vain."""


class Found(NamedTuple):
    """Something in a folder: its path as it is typed, its name, and its size."""

    typed: str
    name: str
    note: str


def as_path(text: str) -> str:
    """What was typed with the `@` that marks a path: everything that is no address is one."""
    return text if not text or text.startswith("@") or "://" in text else f"@{text}"


def describe(paths: Iterable[Path], use: str) -> str:
    """Names and sizes of files, a line for each, and what happens with them: a doubt where it begins with
    `! `. InvalidInput if one is of no `use` (a `Convert`, or "email").
    """
    sizes = {path: _size(path, use) for path in paths}
    words = [
        f"{path.name} · {size_words(size)} · from this machine, uploaded" for path, size in sizes.items()
    ]
    most, doubt = _LARGE.get(use, (LARGEST, ""))
    together = sum(sizes.values()) if use == "email" else max(sizes.values(), default=0)
    shown = "\n".join(words)
    return f"! {shown} · {doubt}" if together > most else shown


def _size(path: Path, use: str) -> int:
    """The bytes of a file that can be used."""
    if not os.access(path, os.R_OK):
        raise InvalidInput(f"{path.name} cannot be read.", hint="Its permissions forbid it.")
    size = path.stat().st_size
    if not size:
        raise InvalidInput(f"{path.name} is empty.", hint="Choose another file.")
    known = _TYPES.get(use, ())
    if known and path.suffix.lower() not in known:
        types = ", ".join(known)
        raise InvalidInput(f"{path.name} is no file of a type that can be used.", hint=f"Usable: {types}.")
    if known and path.suffix.lower() == ".pdf" and not _is_pdf(path):
        raise InvalidInput(f"{path.name} is no PDF, whatever its name.", hint="Save it as PDF anew.")
    if use == "mms" and not _is_picture(path):
        hint = "Save it as JPG, PNG or GIF anew."
        raise InvalidInput(f"{path.name} is no such picture, whatever its name.", hint=hint)
    if size > LARGEST:
        raise InvalidInput(
            f"{path.name} has {size_words(size)}, and {size_words(LARGEST)} are uploaded at most.",
            hint="Make it smaller, or give its address.",
        )
    return size


def _is_pdf(path: Path) -> bool:
    """Readers take a header that does not stand at the very beginning."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _is_picture(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith(_PICTURES)


def complete(text: str) -> str:
    """The typed path, completed as far as the files there agree; the same if there is nothing to add."""
    typed = as_path(text)
    if not typed.startswith("@"):
        return text
    names = [found.typed for found in inside(typed)]
    begun = commonprefix(names)  # noqa: RUF071  names agree by characters
    return begun if len(begun) > len(typed) else text


def inside(text: str) -> Sequence[Found]:
    """What the folder of a typed path holds and begins with its last part: folders first, none hidden."""
    typed = text.removeprefix("@") or "./"
    folder, _, begun = typed.rpartition("/")
    folder = f"{folder}/" if "/" in typed else ""
    try:
        entries = list(os.scandir(Path(folder or ".").expanduser()))
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise InvalidInput(f"{folder or 'This folder'} cannot be read: {reason}.") from None
    shown = [
        entry
        for entry in entries
        if entry.name.startswith(begun)
        and _is_shown(entry.name)
        and (begun.startswith(".") or not entry.name.startswith("."))
    ]
    shown.sort(key=lambda entry: (not entry.is_dir(), entry.name.casefold()))
    return [_found(entry, folder) for entry in shown]


def _is_shown(name: str) -> bool:
    """Whether a name has nothing in it that a terminal would obey; whoever made the file chose it."""
    return clean(name) == name and not {"\n", "\t"} & set(name)


def _found(entry: os.DirEntry[str], folder: str) -> Found:
    if entry.is_dir():
        return Found(f"@{folder}{entry.name}/", f"{entry.name}/", "folder")
    try:
        size = size_words(entry.stat().st_size)
    except OSError:
        size = ""
    return Found(f"@{folder}{entry.name}", entry.name, size)


def size_words(size: int) -> str:
    """Bytes as people say them: "12 kB", "3.4 MB"."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1_000_000:.1f} MB"
