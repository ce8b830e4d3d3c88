"""Files: what they are called and where they lie."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import Kind, words

FileName = Annotated[str, words("File name", "Ends in .csv.", "export.csv", min_length=1)]
FileUrl = Annotated[
    str,
    Kind.URL,
    words("File URL", "The address of an uploaded file.", "https://example.com/contacts.csv", min_length=1),
]
