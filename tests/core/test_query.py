"""What a search means, and what is said of one that means nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import InvalidInput
from tui.core.query import HAS, IS, KEYS, Query, Word, parse

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC).timestamp()


def read(text: str) -> Query:
    return parse(text, "ana@desk", NOW, UTC)


def day(year: int, month: int, number: int) -> int:
    return int(datetime(year, month, number, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("refund", [Word("refund")]),
        ("  late   order ", [Word("late"), Word("order")]),
        ('"late order"', [Word("late order")]),
        ('"late order', [Word("late order")]),
        ("“late order”", [Word("late order")]),
        ('say"so"', [Word("say"), Word("so")]),
        ("inv*", [Word("inv", prefix=True)]),
        ('"late ord"*', [Word("late ord", prefix=True)]),
        ("0411 111 111", [Word("0411 111 111")]),
        ("(405) 555 late", [Word("(405) 555"), Word("late")]),
        ("https://acme.example/x", [Word("https://acme.example/x")]),
        ("10:30", [Word("10:30")]),
        ("note:", [Word("note")]),
        ("late -- order", [Word("late"), Word("order")]),
        ("東京", [Word("東京")]),
        ("🎉", [Word("🎉")]),
    ],
)
def test_words(text: str, words: list[Word]) -> None:
    assert read(text).words == tuple(words)


def test_conditions() -> None:
    query = read(
        'From:+61411 to:"ana diaz" label:billing assignee:me is:Snoozed has:failed'
        ' after:2026-01-01 before:yesterday late "exact phrase" inv*'
    )
    assert query == Query(
        words=(Word("late"), Word("exact phrase"), Word("inv", prefix=True)),
        senders=(Word("+61411", prefix=True),),
        recipients=(Word("ana diaz", prefix=True),),
        labels=("billing",),
        assignees=("ana@desk",),
        is_=frozenset({"snoozed"}),
        has=frozenset({"failed"}),
        after=day(2026, 1, 1),
        before=day(2026, 11, 2),
    )


def test_who() -> None:
    assert read("is:mine").assignees == ("ana@desk",)
    assert read("assignee:nobody").assignees == ("",)
    assert read("assignee:Bob@desk").assignees == ("Bob@desk",)


def test_the_narrowest_time_holds() -> None:
    query = read("after:2026-01-01 after:2026-02-01 before:2026-06-01 before:2026-05-01")
    assert (query.after, query.before) == (day(2026, 2, 1), day(2026, 5, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label:", "label:billing"),
        ("from:", "from:+61411111111"),
        ("is:late", "open, snoozed, done"),
        ("is:", "open, snoozed, done"),
        ("has:legs", "failed, stop"),
        ("before:someday", "before:2026-01-01"),
        ("after:", "after:2026-01-01"),
        ("lable:billing", '"lable:billing"'),
        ("%", "a word, a name or a number"),
        ('""', "a word, a name or a number"),
        ("-- * '", "a word, a name or a number"),
        ("a*", "a letter more"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(text: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(text)
    assert told in caught.value.hint


TYPED = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [*(f"{key}:" for key in KEYS), *IS, *HAS, '"', "*", " ", "AND", "NOT", "(", "2026-01-01"]
        ),
    ),
    max_size=8,
).map("".join)


@given(TYPED)
def test_anything_is_read_or_answered(text: str) -> None:
    answer: Query | str
    try:
        answer = read(text)
    except InvalidInput as error:
        answer = error.message and error.hint
    assert answer not in (Query(), "")
