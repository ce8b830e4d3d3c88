"""A large send whose process is killed again and again reaches each recipient once, or says it is unknown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nobody_gets_a_message_twice_whatever_is_killed() -> None:
    # In a process of its own: it forks, and a test run has threads.
    command = [sys.executable, "-m", "tests.bench.killed_sends", "--kills", "4", "--messages", "600"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("4 kills")
