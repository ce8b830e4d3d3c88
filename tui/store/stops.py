"""Words with which people ask not to be written to any more."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"\W*(?:please\s+)?(?:stop\s?all|stop|unsubscribe|opt[\s-]?out|cancel|end|quit|remove\s+me|arr[eê]t)\W*",
    re.IGNORECASE,
)


def is_stop(body: str) -> bool:
    """Whether a message says STOP or its like, and nothing else."""
    return len(body) <= 40 and _STOP.fullmatch(body) is not None
