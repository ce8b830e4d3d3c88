"""Every declared operation is driven by a contract test, through the official client where it can."""

from __future__ import annotations

import re
from pathlib import Path

import clicksend
import pytest

from tests.contract.driver import METHODS, SHORTCOMINGS, UNDRIVEN
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


def test_every_operation_has_a_contract_test() -> None:
    assert called("sdk") == set(METHODS)
    assert called(r"\w+") >= set(UNDRIVEN)


@pytest.mark.parametrize("operation_id", METHODS)
def test_the_client_calls_the_path_that_is_declared(operation_id: str) -> None:
    api, method = METHODS[operation_id].split(".")
    source = getattr(getattr(clicksend, api), f"_{method}_serialize").__code__.co_consts
    paths = {text.rstrip("/") for text in source if isinstance(text, str) and text.startswith("/v3/")}
    declared = catalogue()[operation_id]
    assert paths == {f"/v3{declared.path}"}
    assert declared.method in source
