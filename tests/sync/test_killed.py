"""A sync that is killed at any moment, and again, and goes on."""

from __future__ import annotations

import subprocess
import sys


def test_a_sync_that_is_killed_loses_nothing_that_was_shown_and_ends_like_any_other() -> None:
    # In a process of its own, which forks: a process of tests has threads.
    command = [sys.executable, "-m", "tests.bench.killed", "--during", "sync", "--kills", "8"]
    run = subprocess.run([*command, "--messages", "1500"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("sync: 8 kills in ")
