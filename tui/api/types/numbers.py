"""Numbers to send from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.words import words


class NumberType(StrEnum):
    """A kind of number that can be left out of a listing."""

    SHORT_CODE = "shortcode"
    TOLL_FREE = "tollfree"
    TEN_DIGIT_LONG_CODE = "10DLC"


ExcludedNumberType = Annotated[NumberType, words("Leave out", "Numbers of this kind are not listed.")]
Exclude10DlcCampaign = Annotated[
    bool, words("Leave out campaign numbers", "Whether numbers of a 10DLC campaign are not listed.")
]
