"""Words with which people ask not to be written to any more."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"\W*(?:please\s+)?(?:stop\s?all|stop|unsubscribe|opt[\s-]?out|cancel|end|quit|remove\s+me|arr[eê]t)\W*",
    re.IGNORECASE,
)
_OPT_OUT_LIST = re.compile(r"opt(ed)?[\s_-]*out")


def is_opt_out_list(name: str) -> bool:
    """Whether a contact list holds those who want no messages: ClickSend does not say, its name does."""
    return _OPT_OUT_LIST.search(name.casefold()) is not None


def is_stop(body: str) -> bool:
    """Whether a message says STOP or its like, and nothing else."""
    return len(body) <= 40 and _STOP.fullmatch(body) is not None
