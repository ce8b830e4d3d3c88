"""Every operation in the palette, found by the same words as on the Actions screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import Hit, Hits, Provider

from tui.widgets.operation_words import effect_span, find, section_title

if TYPE_CHECKING:
    from tui.api.operation import Operation
    from tui.app import ConsoleApp


class OperationPalette(Provider):
    """Titles with section and effect; choosing one opens its form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.operations: Sequence[Operation[..., Any]] = ()

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    async def startup(self) -> None:
        """Textual runs this in a task: the palette is on view meanwhile."""
        self.operations = await self.console.services.operations()

    async def search(self, query: str) -> Hits:
        found = find(self.operations, query)
        for number, operation in enumerate(found):
            yield Hit(
                score=1 - number / 1000,
                match_display=operation.title,
                command=partial(self.console.open_operation, operation),
                text=operation.title,
                help=f"{section_title(operation.section)} · {effect_span(operation.effect).text}",
            )
