"""What ClickSend makes of uploaded files, and which files messages can carry.

The sandbox has no converters: a document becomes a PDF with one empty page, a picture keeps its bytes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as BadBase64
from typing import TYPE_CHECKING

from tui.api.types import Convert
from tui.sandbox.answers import Refusal

if TYPE_CHECKING:
    from tui.sandbox.world import World

LIFETIME = 600
"""Seconds until an uploaded file is gone."""
_LARGEST = {Convert.MMS: 250_000}
"""Bytes that a message can carry, where there is a limit."""
_TYPES = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"\x89PNG", "png"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"{\\rtf", "rtf"),
)
"""How files of each type begin."""
_MADE_OF = {
    Convert.CSV: {"csv": "csv"},
    Convert.FAX: dict.fromkeys(("pdf", "docx", "doc", "rtf"), "pdf"),
    Convert.MMS: {"jpg": "jpg", "gif": "gif", "png": "jpg", "bmp": "jpg"},
    Convert.POST: dict.fromkeys(("pdf", "docx", "doc"), "pdf"),
    Convert.POSTCARD: dict.fromkeys(("pdf", "docx", "doc"), "pdf"),
}
"""By use: what is taken, and what it becomes."""
_AS_IT_IS = {Convert.MMS: ("jpg", "gif")}
"""What needs no conversion; everything else that is sent has to be a PDF."""
_EMPTY_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_FILE_URL = re.compile(r"https?://[^/?#\s]+/[^?#\s]*\.(\w+)(?:[?#]\S*)?")


def decoded(content: object) -> bytes:
    """The file that is given in base64. Refuses what is none, and an empty one."""
    try:
        raw = b64decode(content, validate=True) if isinstance(content, str) else b""
    except (BadBase64, ValueError):
        raw = b""
    if not raw:
        raise Refusal(400, "INVALID_MEDIA_FILE", "The content must be a file in base64.")
    return raw


def converted(raw: bytes, convert: Convert) -> tuple[bytes, str]:
    """The file as it is used, and the ending of its name. Refuses types that cannot be converted."""
    given = type_of(raw)
    made = _MADE_OF[convert].get(given)
    if made is None:
        raise Refusal(400, "INVALID_MEDIA_FILE", f"This type of file cannot be converted for {convert}.")
    return (_EMPTY_PAGE if made == "pdf" and given != "pdf" else raw), made


def is_usable(world: World, url: str, convert: Convert) -> bool:
    """Whether a message can carry the file at this address.

    The sandbox fetches nothing: a file elsewhere is judged by its name, one of its own must still be there.
    """
    if world.files.is_ours(url):
        file = world.files.at(url)
        if file is None or file.convert is not convert:
            return False
        return len(file.content) <= _LARGEST.get(convert, len(file.content))
    found = _FILE_URL.fullmatch(url)
    return found is not None and found[1].lower() in _AS_IT_IS.get(convert, ("pdf",))


def pages_of(world: World, url: str) -> int:
    """The pages of the PDF at this address; a file elsewhere counts as one page."""
    file = world.files.at(url)
    return max(1, len(_PAGE.findall(file.content))) if file else 1


def type_of(raw: bytes) -> str:
    """What a file is, by how it begins; "csv" for any text, "" for what is not known."""
    known = next((name for beginning, name in _TYPES if raw.startswith(beginning)), "")
    if known or b"\x00" in raw:
        return known
    try:
        raw.decode()
    except UnicodeDecodeError:
        return ""
    return "csv"
