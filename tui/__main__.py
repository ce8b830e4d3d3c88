"""`python -m tui` is `clicksend-tui`."""

from __future__ import annotations

from tui.cli import main

main(prog_name="clicksend-tui")
