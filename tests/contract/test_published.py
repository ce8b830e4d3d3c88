"""Every request that can be made is one that ClickSend's documents describe: path, names, types of values.

`published.tsv` holds what its OpenAPI document and SDKs name, an operation a line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.arguments import example_of
from tui.api.operation import Operation, catalogue

PUBLISHED = {
    row["id"]: row
    for row in csv.DictReader(
        (Path(__file__).parent / "published.tsv").read_text().splitlines(), delimiter="\t"
    )
}
JSON_TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}

_SAME_BODY = "ClickSend takes the body of a send as the question for its price, and one model serves both."
_FLAGS = "Answers tell these flags too, and nothing says that they cannot be set like the others."
MISMATCHES: dict[str, dict[str, str]] = {
    "sms.price": dict.fromkeys(
        ("messages.contact_id", "messages.exclude_no_sender_id_recipients"), _SAME_BODY
    ),
    "sms.send": {"messages.show_summary": _SAME_BODY},
    "mms.receipts_mark_read": {
        "date_before": "The older SDK sends it. Without a bound everything would be marked read."
    },
    "voice.history": {"q": "Listings are said to be searched with q; this one names none of its own."},
    "statistics.short_url_tracking": dict.fromkeys(
        ("offset", "limit"), "Its answer says where the next page is by these; no table lists them."
    ),
    "numbers.alpha_tags_list": {"offset": "Its answer says where the next page is by it."},
    "subaccounts.create": dict.fromkeys(
        (
            *("access_email", "access_fax", "access_mms", "access_post", "access_sms", "access_voice"),
            *("access_reseller", "access_global_sending", "hide_pricing"),
        ),
        _FLAGS,
    ),
    "subaccounts.update": dict.fromkeys(
        ("access_smpp", "access_global_sending", "hide_pricing", "sms_deidentify_message"), _FLAGS
    ),
}
"""What is sent otherwise than the documents say, by operation and name, and why that is right."""


def named(text: str) -> dict[str, set[str]]:
    """Names and the types that any source gives them, from a column of the table."""
    pairs = (item.rsplit(":", 1) for item in text.split())
    return {name: set(types.split("|")) for name, types in pairs}


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every name in a body with the JSON type of its value; those inside rows and objects with dots."""
    if name:
        yield name, JSON_TYPES[type(value)]
    inner = value.items() if isinstance(value, dict) else ()
    for key, item in inner:
        yield from leaves(item, f"{name}.{key}" if name else key)
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                for key, one in item.items():
                    yield from leaves(one, f"{name}.{key}")


def differences(operation: Operation[..., Any]) -> set[str]:
    """Names in the fullest request that are not published, or not with this type.

    Of a list in a query, whose items are counted in brackets, the documents write `{index}`.
    """
    request, row = operation.bind(example_of(operation.arguments)), PUBLISHED[operation.id]
    query, body = named(row["query"]), named(row["body"])
    odd = {name for name in request.query if name.replace("[0]", "[{index}]") not in query}
    for name, kind in leaves(request.body or {}):
        if name not in body or (kind not in body[name] and not _same(kind, body[name])):
            odd.add(name)
    return odd


def _same(kind: str, published: set[str]) -> bool:
    """Yes and no travel as 0 and 1, which documents call numbers or booleans."""
    return {kind, *published} <= {"number", "boolean"}


def test_every_published_operation_is_declared_with_its_effect_and_no_other() -> None:
    declared = {
        operation.id: (operation.method, operation.path, str(operation.effect))
        for operation in catalogue().values()
    }
    assert declared == {id: (row["method"], row["path"], row["effect"]) for id, row in PUBLISHED.items()}
    assert len(declared) == 237


@pytest.mark.parametrize("operation", catalogue().values(), ids=lambda operation: operation.id)
def test_requests_are_as_published(operation: Operation[..., Any]) -> None:
    assert differences(operation) == set(MISMATCHES.get(operation.id, {}))
