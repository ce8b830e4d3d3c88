"""Calls: who speaks what in which language, and what is listened for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.flags import Flag
from tui.api.types.messages import SmsBody
from tui.api.types.words import Kind, words

VoiceBody = Annotated[
    SmsBody,
    words(
        "Text",
        "Read out. A part is 300 characters, or 150 with any that need Unicode; four parts at most are read.",
    ),
]


class Voice(StrEnum):
    """A voice that reads."""

    FEMALE = "female"
    MALE = "male"


VoiceGender = Annotated[Voice, words("Voice", "Not every language has both.")]
LanguageCode = Annotated[
    str,
    Kind.VOICE_LANGUAGE,
    words("Language", "The code of a language, as in the list of languages.", "en-au", min_length=1),
]
RequireInput = Annotated[Flag, words("Ask for a key", "Whether a key pressed is noted in the receipt.")]
DetectMachine = Annotated[
    Flag, words("Notice machines", "Whether an answering machine is noticed, and the text left on it.")
]
