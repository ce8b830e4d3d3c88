"""ClickSend's client before the present one (5.0.91), called by the ids of operations.

It speaks of fax and post, which the present one does not. Both are releases of one distribution: this one is
installed where the virtual environment does not look, with six, which it alone needs.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from tui.api.operation import catalogue

HOME = Path(sys.prefix) / "clicksend5"
INSTALL = f"pip install --no-deps --target {HOME} clicksend-client==5.0.91 six==1.17.0"
_VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_CALL = "_with_http_info"


class Method(NamedTuple):
    """One method of the client, and what it calls the arguments in its path."""

    api: type
    name: str
    path_names: tuple[str, ...]


def is_installed() -> bool:
    """Whether the client is there; `INSTALL` says how it gets there."""
    return HOME.is_dir()


@cache
def client() -> ModuleType:
    """The client's package."""
    if not is_installed():
        raise RuntimeError(f"The older client is not there. Install it: {INSTALL}")
    sys.path.append(str(HOME))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("clicksend_client")


@cache
def endpoints() -> Mapping[tuple[str, str], Method]:
    """Every method by what it calls: the verb, and the path with {} for each argument."""
    apis = (api for name, api in vars(client()).items() if name.endswith("Api"))
    return MappingProxyType(
        {
            _endpoint(verb, path): Method(api, name.removesuffix(_CALL), tuple(re.findall(r"{(\w+)}", path)))
            for api in apis
            for name in vars(api)
            if name.endswith(_CALL)
            for verb, path in [_called(getattr(api, name))]
        }
    )


@cache
def methods() -> Mapping[str, Method]:
    """The method for every operation that has one, by the operation's id."""
    declared = {_endpoint(one.method, one.path): one.id for one in catalogue().values()}
    found = {declared[at]: method for at, method in endpoints().items() if at in declared}
    return MappingProxyType(found)


def _called(function: Any) -> tuple[str, str]:
    """The verb and the path among the constants of the function."""
    texts = [text for text in function.__code__.co_consts if isinstance(text, str)]
    return next(text for text in texts if text in _VERBS), next(text for text in texts if text[:1] == "/")


def _endpoint(verb: str, path: str) -> tuple[str, str]:
    return verb, re.sub(r"{\w+}", "{}", path).rstrip("/")


class Older:
    """ClickSend's older client in front of a sandbox."""

    def __init__(self, url: str, key: str = "demo", username: str = "demo") -> None:
        package = client()
        configuration = package.Configuration()
        configuration.host, configuration.username, configuration.password = url, username, key
        self._client = package.ApiClient(configuration)

    def __call__(self, operation_id: str, *path: object, **named: object) -> Any:
        """The data of the answer; what stands in the path is given in order, all else by its name."""
        return self.answer(operation_id, *path, **named)["data"]

    def answer(self, operation_id: str, *path: object, **named: object) -> Any:
        """The whole answer. Raises the client's ApiException."""
        method = methods()[operation_id]
        in_path = dict(zip(method.path_names, path, strict=True))
        # The client hands every answer out as the text of a Python literal.
        return ast.literal_eval(getattr(method.api(self._client), method.name)(**in_path, **named))

    @staticmethod
    def model(name: str, /, **fields: object) -> Any:
        """One of the client's request models."""
        return getattr(client(), name)(**fields)

    def close(self) -> None:
        self._client.rest_client.pool_manager.clear()
