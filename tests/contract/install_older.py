"""Installs ClickSend's older client where its tests look for it: python -m tests.contract.install_older."""

from __future__ import annotations

import subprocess
import sys

from tests.contract.older import HOME, RELEASES


def main() -> int:
    """What pip of this virtual environment says of it."""
    into = ("--no-deps", "--upgrade", "--target", str(HOME))
    return subprocess.run([sys.executable, "-m", "pip", "install", "-q", *into, *RELEASES]).returncode


if __name__ == "__main__":
    sys.exit(main())
