"""Pages, search and order, which most listings share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.words import words

PageNumber = Annotated[int, words("Page", "Which page of the results, from 1.", 1, ge=1)]
PageSize = Annotated[int, words("Rows per page", "From 15 to 100.", 100, ge=15, le=100)]
Search = Annotated[
    str, words("Search", "field:value, several parted by commas. Case does not matter.", "status:Failed")
]


class Operator(StrEnum):
    """How several things looked for go together."""

    AND = "AND"
    OR = "OR"


SearchOperator = Annotated[
    Operator, words("Match", "Whether all or any of what is looked for must be there.")
]
SearchWords = Annotated[str, words("Search", "The words to look for.", "Ada", min_length=1)]
SortOrder = Annotated[
    str, words("Order", "field:asc or field:desc.", "date:desc", pattern=r"^\w+:(asc|desc)$")
]
CursorPageSize = Annotated[int, words("Rows per page", "From 1 to 500.", 100, ge=1, le=500)]


class Direction(StrEnum):
    """Which way a listing is sorted."""

    ASCENDING = "asc"
    DESCENDING = "desc"


SortDirection = Annotated[Direction, words("Direction", "Which way it is sorted.")]
SortBy = Annotated[str, words("Sort by", "The field to sort by.", "created_timestamp")]
Offset = Annotated[str, words("Offset", "Where the next rows begin, from the answer before.", "eyJsb25nIn0")]
