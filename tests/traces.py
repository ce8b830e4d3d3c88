"""What a call left behind at the sandbox: everything in its world, and what is listed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from types import NoneType
from typing import Any, NamedTuple

from tests.sandbox.caller import Caller
from tui.api.operation import Effect, Operation, catalogue
from tui.sandbox.faults import Faults
from tui.sandbox.files import Files
from tui.sandbox.outgoing import ChannelLog
from tui.sandbox.world import World

_BY_ENDPOINT = {(each.method, each.path): each for each in catalogue().values()}


_PLAIN = frozenset({str, int, float, bool, bytes, NoneType})


def contents(world: World) -> str:
    """Everything in a world but its clock, its chance, and the files that an export makes."""
    seen: dict[int, Any] = {}

    def told(value: Any) -> Any:
        if isinstance(value, str | int | float | bytes):
            return value
        if isinstance(value, Random | Files | Faults) or callable(value) or id(value) in seen:
            return ""
        seen[id(value)] = value  # kept, so that nothing else gets its id
        if isinstance(value, Mapping):
            return named({str(name): inner for name, inner in value.items() if not _is_empty_log(inner)})
        inside = getattr(value, "__dict__", {})
        if slots := _slots(type(value)):
            inside = {**inside, **{name: getattr(value, name, "") for name in slots}}
        if isinstance(value, list | tuple | set | frozenset) or hasattr(value, "popleft"):
            return [inner if type(inner) in _PLAIN else told(inner) for inner in value], named(inside)
        return named(inside) if inside else str(value)

    def named(inside: Mapping[str, Any]) -> dict[str, Any]:
        # Most of a world is plain, and is not worth a call.
        return {name: inner if type(inner) in _PLAIN else told(inner) for name, inner in inside.items()}

    return repr(told({name: value for name, value in vars(world).items() if name != "clock"}))


@cache
def _slots(kind: type) -> Sequence[str]:
    return [name for part in kind.__mro__ for name in getattr(part, "__slots__", ())]


def _is_empty_log(value: object) -> bool:
    """Whether it came to be by being asked for."""
    return isinstance(value, ChannelLog) and not value.messages


class Watch:
    """Looks at a world before an operation is done, and judges it afterwards."""

    def __init__(
        self, world: World, caller: Caller, operation: Operation[..., Any], typed: Mapping[str, str]
    ) -> None:
        self._world = world
        self._caller = caller
        self._operation = operation
        self._path = operation.path.format_map(typed)
        self._reader = _BY_ENDPOINT.get(("GET", operation.path))
        self._before = self._look()

    def check(self) -> None:
        """What only reads has changed nothing; everything else has, and in listings it can be seen."""
        what, after = self._operation, self._look()
        if what.effect is Effect.READ:
            assert after.contents == self._before.contents, f"{what.id} only reads and changed something"
            return
        assert after != self._before or what.id in TRACELESS, f"{what.id} changed nothing"
        if what.method == "DELETE" and self._reader:
            assert (self._before.status, after.status) == (200, 404), f"{what.id} left it there"
        elif what.method == "POST" and self._reader and self._before.rows is not None:
            assert after.rows != self._before.rows, f"{what.id} is not listed"

    def _look(self) -> _Sight:
        self._world.catch_up()
        status, rows = self._read() if self._operation.effect is not Effect.READ else (0, None)
        return _Sight(contents(self._world), self._world.files.count, status, rows)

    def _read(self) -> tuple[int, int | None]:
        """What reading at the same path answers, and how many rows where it is a listing."""
        if self._reader is None:
            return 0, None
        answer = self._caller.ask("GET", self._path)
        data = answer.json().get("data")
        rows = data.get("total") if isinstance(data, dict) else data
        return answer.status_code, len(rows) if isinstance(rows, list) else rows


class _Sight(NamedTuple):
    contents: str
    files: int
    status: int
    rows: int | None


TRACELESS = {
    "account.create": "The new account is none of this world's.",
    "email.receipts_test": "It tells a server elsewhere, and the sandbox calls none.",
}
"""What is done and changes nothing that this account has."""
