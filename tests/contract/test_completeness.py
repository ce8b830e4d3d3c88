"""Every declared operation is driven by a contract test, through the official clients where they can."""

from __future__ import annotations

import re
from pathlib import Path

import clicksend
import pytest

from tests.contract import older as five
from tests.contract.driver import METHODS, REFUSED, SHORTCOMINGS, UNDRIVEN, WITHOUT_METHOD
from tui.api.operation import catalogue

HERE = Path(__file__).parent


def called(by: str) -> set[str]:
    """The ids of the operations that the tests of this folder call, with something of this name."""
    texts = (path.read_text() for path in HERE.glob("test_*.py"))
    return {found for text in texts for found in re.findall(rf'\b{by}\(\s*"([\w.]+)"', text)}


def test_every_operation_is_driven_by_the_client_or_excused() -> None:
    assert set(METHODS) | set(UNDRIVEN) == set(catalogue())
    assert not set(METHODS) & set(UNDRIVEN)
    assert set(SHORTCOMINGS) <= set(METHODS)
    assert set(REFUSED) == {name for name, reason in UNDRIVEN.items() if reason != WITHOUT_METHOD}


def test_every_method_of_the_client_calls_an_operation() -> None:
    apis = (api for name, api in vars(clicksend).items() if name.endswith("Api"))
    called = re.compile(r"_(\w+)_serialize")
    offered = {
        f"{api.__name__}.{found[1]}"
        for api in apis
        for name in vars(api)
        if (found := called.fullmatch(name))
    }
    assert offered == {*METHODS.values(), *REFUSED.values()}


def test_every_operation_has_a_contract_test() -> None:
    assert called("sdk") == set(METHODS)
    assert called(r"\w+") >= set(UNDRIVEN)


@pytest.mark.parametrize("operation_id", METHODS | REFUSED)
def test_the_client_calls_the_path_that_is_declared(operation_id: str) -> None:
    api, method = (METHODS | REFUSED)[operation_id].split(".")
    source = getattr(getattr(clicksend, api), f"_{method}_serialize").__code__.co_consts
    paths = {text.rstrip("/") for text in source if isinstance(text, str) and text.startswith("/v3/")}
    declared = catalogue()[operation_id]
    assert paths == {f"/v3{declared.path}"}
    assert declared.method in source


def test_every_operation_of_the_older_client_is_driven() -> None:
    """What it reads is compared with plain HTTP, one and all; the others are called by their ids."""
    texts = (path.read_text() for path in HERE.glob("test_older_*.py"))
    named = {found for text in texts for found in re.findall(r'(?<!raw\()"([a-z_]+\.[a-z_]+)"', text)}
    assert named >= {name for name in five.methods() if catalogue()[name].method != "GET"}
    assert set(five.UNDRIVEN) <= set(five.methods())


def test_what_the_older_client_cannot_be_given_is_told() -> None:
    lacking = {name: missing for name in five.methods() if (missing := five.lacking(name))}
    assert set(lacking) <= set(five.SHORTCOMINGS) <= set(five.methods())
    for name, missing in lacking.items():
        assert missing <= set(re.findall(r"\w+", five.SHORTCOMINGS[name])), name
