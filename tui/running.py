"""Running the console, also over a store that turns out to be damaged."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from tui.actions import check_keys
from tui.app import ConsoleApp
from tui.core.errors import ConsoleError, DamagedStore, StoreError
from tui.core.settings import Launch
from tui.store.drafts import save_draft


def run(launch: Launch) -> int:
    """Run the console until it is left; the exit code.

    Raises SettingsError before anything is drawn, StoreError if there is no working without the store.
    """
    if launch.settings.keys:
        check_keys(launch.settings.keys)
    unsaved: dict[str, str] = {}
    while True:
        try:
            return _run_once(launch, unsaved)
        except StoreError as error:
            if not (isinstance(error, DamagedStore) and _repaired(launch)):
                _leave_on_terminal(unsaved, error)
                raise


def _repaired(launch: Launch) -> bool:
    from tui.screens.repair import offer_repair

    return offer_repair(launch)


def _run_once(launch: Launch, unsaved: dict[str, str]) -> int:
    """The console on the store as it is. What it cannot save is in `unsaved` when it raises StoreError."""
    app = ConsoleApp(launch)
    for key, text in tuple(unsaved.items()):
        app.services.store.write_now(save_draft, key, text)
        del unsaved[key]
    code = app.run(mouse=launch.settings.mouse)
    unsaved.update(app.services.drafts.unsaved)
    if app.failure is not None and not code:  # nobody is asked anything after a signal
        raise app.failure
    _leave_on_terminal(unsaved, app.services.problem)
    return app.return_code or 0 if code is None else code


def _leave_on_terminal(unsaved: Mapping[str, str], problem: ConsoleError | None) -> None:
    """Where a draft that is nowhere else can be had from: the terminal keeps it to be copied."""
    for key, text in unsaved.items():
        sys.stderr.write(f"clicksend-tui: {problem} This draft ({key}) was not saved:\n{text}\n")
