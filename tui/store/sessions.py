"""Which consoles on this file still run. A session is host, process, and what else tells it from others."""

from __future__ import annotations

import os
from pathlib import Path


def new_session() -> str:
    """The name of this console's session."""
    begun = began(os.getpid())
    return f"{os.uname().nodename}:{os.getpid()}:{os.urandom(4).hex()}.{begun}"


def is_running(session: str, mine: str) -> bool:
    """Whether the console with this session may still be there, as seen from the one with session `mine`."""
    if session == mine:
        return True
    host, process, token = session.split(":")
    if host != mine.split(":")[0] or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # It runs, as another user.
    # Its number may have gone to another process since.
    begun = token.partition(".")[2]
    return not begun or began(process) in ("", begun)


def began(process: str | int) -> str:
    """When a process began, in ticks of the machine; "" where nothing tells."""
    try:
        told = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return ""
    return told.rpartition(b")")[2].split()[19].decode()
