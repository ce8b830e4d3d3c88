"""Rows of messages that are read in brief say the same as those that are read as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tui.api import fax, mms, post, sms, voice
from tui.api.models.messages import BriefRow
from tui.api.operation import Operation

WITH_ROWS: list[Operation[..., Any]] = [
    *(sms.price, sms.send, mms.price, mms.send, voice.price, voice.send, fax.price, fax.send)
]
FIELDS = [name for name in BriefRow._fields if name != "is_shared_system_number"]
NAMES = ["message_id", "to", "from", "sender", *FIELDS[3:], "is_shared_system_number"]

odd = st.one_of(
    st.none(),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(["1", "1.00", "0.0792", "SUCCESS", "1e999", "", " 2 ", "true", [], {}, [1], {"a": 1}]),
)
rows = st.lists(st.dictionaries(st.sampled_from(NAMES), odd), max_size=3)


@given(found=rows, operation=st.sampled_from(WITH_ROWS))
def test_a_row_read_in_brief_says_what_the_whole_row_says(
    found: list[dict[str, Any]], operation: Operation[..., Any]
) -> None:
    answer = {"messages": found, "total_price": "1.5", "_currency": {"currency_name_short": "AUD"}}
    whole, brief = operation.parse(answer), operation.brief.parse(answer)
    assert (brief.total_price, brief.currency) == (whole.total_price, whole.currency)
    for short, long in zip(brief.rows, whole.rows, strict=True):
        assert [getattr(short, name) for name in FIELDS] == [getattr(long, name) for name in FIELDS]
        assert short.accepted == long.accepted
        if "is_shared_system_number" in type(long).model_fields:
            assert short.is_shared_system_number == long.is_shared_system_number


@pytest.mark.parametrize("messages", ["no rows", [None], ["a row"], [[]], {"to": "+61411111111"}])
def test_what_are_no_rows_cannot_be_read_in_brief_either(messages: object) -> None:
    for operation in (sms.send, sms.send.brief):
        with pytest.raises(ValidationError):
            operation.parse({"messages": messages})


def test_an_answer_with_other_rows_is_read_as_a_whole() -> None:
    assert post.letters_send.brief.result is post.letters_send.result
    assert sms.cancel.brief.result is sms.cancel.result
