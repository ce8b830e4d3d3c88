"""Consoles that are killed while they bring a file to this version, and while they decide."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("during", "messages"), [("migration", "3000"), ("triage", "400")])
def test_what_was_shown_as_saved_outlives_a_kill(during: str, messages: str) -> None:
    # In a process of its own, which forks: a process of tests has threads.
    command = [sys.executable, "-m", "tests.bench.killed", "--during", during, "--kills", "6"]
    run = subprocess.run(
        [*command, "--messages", messages], capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"{during}: 6 kills ")
