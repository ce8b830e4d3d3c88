"""Which function answers which operation, and what it is given."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from tui.sandbox import handlers
from tui.sandbox.accounts import Accounts
from tui.sandbox.answers import Answer, bad_request, page
from tui.sandbox.world import World

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an operation: arguments as they came, by where they stood."""

    world: World
    accounts: Accounts
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    url: str
    """The address that was called, without its query."""

    def number(self, name: str, default: int = 0) -> int:
        """A whole number among the arguments. Refuses what is none; blank and absent are the default."""
        given = next((place[name] for place in (self.path, self.query, self.body) if name in place), None)
        if given in (None, ""):
            return default
        text = str(given)
        if not text.isdecimal():
            raise bad_request({name: f"The {name} must be a whole number."})
        return int(text)

    def values(self, name: str) -> list[str]:
        """What the query gives under name[0], name[1] and so on, in that order."""
        return [
            value for key, value in self.query.items() if re.fullmatch(rf"{re.escape(name)}\[[^]]*]", key)
        ]

    def page(self, rows: Sequence[R], render: Callable[[R], Any]) -> dict[str, Any]:
        """The page of rows that was asked for."""
        return page(rows, self.query, render)

    def on_host(self, path: str) -> str:
        """The full URL of a path on the host that was called."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}{path}"


Handler = Callable[[Call], Answer]
_HANDLERS: dict[str, Handler] = {}


def answers(*operation_ids: str) -> Callable[[Handler], Handler]:
    """Register the function that answers these operations."""

    def register(handler: Handler) -> Handler:
        _HANDLERS.update(dict.fromkeys(operation_ids, handler))
        return handler

    return register


@cache
def all_handlers() -> Mapping[str, Handler]:
    """Every handler by operation id."""
    for module in pkgutil.iter_modules(handlers.__path__, f"{handlers.__name__}."):
        importlib.import_module(module.name)
    return _HANDLERS
