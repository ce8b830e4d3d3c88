"""The local files of a draft: where they are and what they held when it was priced, so that what is sent with
them can be told, and sent again, long after their uploads are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tui.api.entry import LocalFile

if TYPE_CHECKING:
    from tui.api.uploading import Uploads
    from tui.sending.draft import Draft

D = TypeVar("D", bound="Draft")

_PATH, _SHA256 = "local_file", "sha256"


def files_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Those arguments that are local files, or have some inside."""
    return {name: value for name, value in arguments.items() if recorded(value) != value}


def recorded(value: Any) -> Any:
    """The same, each local file as JSON can hold it: its path, and the SHA-256 of what it has to hold."""
    if isinstance(value, LocalFile):
        return {_PATH: str(value.path.absolute()), _SHA256: value.sha256}
    if isinstance(value, Mapping):
        return {name: recorded(each) for name, each in value.items()}
    return [recorded(each) for each in value] if isinstance(value, list) else value


def restored(value: Any) -> Any:
    """What was recorded, as files again."""
    if isinstance(value, Mapping):
        if value.keys() == {_PATH, _SHA256}:
            return LocalFile(Path(value[_PATH]), value[_SHA256])
        return {name: restored(each) for name, each in value.items()}
    return [restored(each) for each in value] if isinstance(value, list) else value


async def uploaded_anew(uploads: Uploads, draft: D) -> D:
    """The draft with its files as ClickSend takes them now, which is the same as long as the uploads live.

    Raises InvalidInput for a file that is gone or is not what it was when it was priced, ApiError.
    """
    return draft.with_arguments(await uploads.fill(draft.operation, draft.files)) if draft.files else draft
