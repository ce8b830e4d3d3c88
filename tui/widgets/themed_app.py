"""What all that is drawn has in common: our themes, sixteen colours, and ASCII where it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.filter import LineFilter
from textual.worker import Worker, WorkerState

from tui.core.errors import ConsoleError, SettingsError, for_people
from tui.core.settings import Launch
from tui.core.text import clean
from tui.widgets import themes
from tui.widgets.glyphs import AsciiTwins
from tui.widgets.ordered_keys import OrderedKeysApp

log = logging.getLogger(__name__)
Code = TypeVar("Code")


class ThemedApp(OrderedKeysApp[Code], Generic[Code]):
    """An app that looks as the settings say. Raises SettingsError for a theme that there is not."""

    def __init__(self, launch: Launch) -> None:
        super().__init__(ansi_color=None)
        self.launch = launch
        settings = launch.settings
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        if settings.theme not in self.available_themes:
            raise SettingsError(
                f'There is no theme "{settings.theme}".',
                hint=f"Themes: {', '.join(sorted(self.available_themes))}.",
            )
        self._ascii = AsciiTwins(enabled=settings.ascii)

    def on_load(self) -> None:
        self.theme = themes.for_terminal(self.launch.settings.theme, self.console.color_system)
        self.stylesheet.set_variables(self.get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """What is pasted comes from anywhere: no escape sequence of it may reach the screen."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text)
        await super().on_event(event)

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | themes.own_tokens(self.current_theme, variables)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, self._ascii] if self._ascii.enabled else filters

    @property
    def shows_pictures(self) -> bool:
        """Whether a picture in coloured cells could be recognised here."""
        has_colours = self.console.color_system in ("256", "truecolor") and not self.no_color
        return has_colours and not self._ascii.enabled

    def tell_problem(self, error: ConsoleError) -> None:
        """Say what went wrong and what to do next."""
        self.notify(str(error), severity="error", markup=False, timeout=10)

    def tell_worker_failure(self, event: Worker.StateChanged) -> None:
        """Say that something that went on in the background ended in an error; none is silent."""
        if event.state is WorkerState.ERROR and (error := event.worker.error) is not None:
            log.error("%s failed", event.worker.name, exc_info=error)
            self.tell_problem(for_people(error, self.launch.log))
