"""Files: what they are called and where they lie."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import Content, Convert, Kind, Query, Upload, words

FileName = Annotated[str, words("File name", "Ends in .csv.", "export.csv", min_length=1)]
FileUrl = Annotated[
    str, Kind.URL, words("File", "The address of a file.", "https://example.com/file.pdf", min_length=1)
]
CsvFile = Annotated[
    FileUrl,
    Upload(Convert.CSV),
    words("CSV file", "A file of yours, or the address of one.", "https://example.com/contacts.csv"),
]
FileContent = Annotated[str, Content, words("File", "A file of yours.", "SGVsbG8=", min_length=1)]
ConvertTo = Annotated[Convert, Query, words("For use in", "What the file is converted for.")]
