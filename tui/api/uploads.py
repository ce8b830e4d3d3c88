"""Files that messages refer to."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import uploads as m
from tui.api.operation import Effect


@op.post("/uploads", title="Upload a file", effect=Effect.WRITE)
def create(content: t.FileContent, convert: t.ConvertTo) -> m.UploadedFile:
    """Put a file where messages can refer to it. Its address lives for ten minutes."""
