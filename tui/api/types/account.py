"""The account, who it belongs to and how it is verified."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.flags import Flag
from tui.api.types.words import Kind, words

Username = Annotated[str, words("User name", "What you sign in with.", "johndoe1", min_length=1)]
Password = Annotated[str, Kind.SECRET, words("Password", "Of the account, not the API key.", "correct horse")]
AccountName = Annotated[str, words("Account name", "The company the account is for.", "Example Pty")]
ActivationToken = Annotated[
    str, words("Code", "The code that was sent to the phone.", "1827364", min_length=1)
]
ResetToken = Annotated[
    str,
    Kind.SECRET,
    words(
        "Code", "The code in the e-mail that was sent.", "9C648BAD-EB7F-4E7E-96BC-B433140C4F1F", min_length=1
    ),
]
NewPassword = Annotated[Password, words("New password", "What to sign in with from now on.", min_length=1)]


class Verification(StrEnum):
    """How a verification code reaches the phone."""

    SMS = "sms"
    CALL = "voice"


VerificationType = Annotated[Verification, words("Send by", "How the code reaches the phone.")]


class SdkLanguage(StrEnum):
    """A language that ClickSend offers a client library for."""

    ANDROID = "android"
    ANGULAR = "angular"
    C_SHARP = "cs"
    GO = "go"
    JAVA = "java"
    NODE_JS = "nodejs"
    OBJECTIVE_C = "objectivec"
    PHP = "php"
    PYTHON = "python"
    RUBY = "ruby"


Sdk = Annotated[SdkLanguage, words("Language", "Which client library.")]

PrivateUploads = Annotated[Flag, words("Private uploads", "Whether uploaded files need a key to be read.")]
HideBusinessName = Annotated[
    Flag, words("Hide business name", "Whether the business name is left out of the senders.")
]
HideOwnNumber = Annotated[Flag, words("Hide own number", "Whether your number is left out of the senders.")]
