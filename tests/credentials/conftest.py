"""A profile, and a machine without a keyring."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.credentials.machine import (
    Environment,
    backend,
)
from tui.core.settings import Launch


@pytest.fixture
def launch(tmp_path: Path) -> Launch:
    return Launch("acme", "http://127.0.0.1:1/v3", tmp_path / "acme.sqlite3", tmp_path / "acme.log")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A machine without a keyring."""
    return backend("keyring.backends.fail.Keyring", tmp_path)
