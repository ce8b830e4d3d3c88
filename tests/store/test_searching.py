"""Searching: whatever is typed, the conversations in which it was said, and no further than is looked."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_query import TYPED
from tests.store.build import ANA, BOB, CLEO, NOON, PATIENT, inbound, outbound
from tui.core.errors import InvalidInput
from tui.store import decisions
from tui.store.contacts import merge_contacts
from tui.store.database import Store
from tui.store.messages import merge_messages
from tui.store.rows import Contact, Conversation
from tui.store.searching import matching
from tui.store.windows import SearchWindow, Window

DAY = 24 * 3600


@pytest.fixture
def desk(path: Path) -> Store:
    store = Store(path, who="ana@desk")
    store.write_now(
        merge_messages,
        [
            inbound("A1", NOON, body="Where is my refund?"),
            outbound("A2", NOON + 1, body="The invoice 12345 is late, Zoë"),
            inbound("B1", NOON + 2, BOB, body="Café crème, s'il vous plaît", read=True),
            outbound("B2", NOON + 3, BOB, body="Your refund is on the way", state="failed"),
            inbound("C1", NOON + DAY, CLEO, body="我住在東京都 🎉🎂 see you"),
        ],
    )
    contacts = [Contact(5, 1, "Ana", "Díaz", ANA), Contact(6, 1, "Robert", "Smith", BOB)]
    store.write_now(merge_contacts, 1, contacts)
    store.write_now(decisions.label, [ANA], NOON, add=["Billing"])
    store.write_now(decisions.assign, [ANA], "ana@desk", NOON)
    store.write_now(decisions.snooze, [CLEO], NOON + 9 * DAY, NOON)
    store.write_now(decisions.add_note, [BOB], "Prefers calls", NOON)
    return store


def found(store: Store, text: str, view: str = "all") -> list[str]:
    names = {ANA: "Ana", BOB: "Bob", CLEO: "Cleo"}
    return [names[row.counterpart] for row in store.conversations(view, text).page(0)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("refund", ["Bob", "Ana"]),
        ("REFUND", ["Bob", "Ana"]),
        ("refun", []),
        ("refun*", ["Bob", "Ana"]),
        ("refund way", ["Bob"]),
        ('"is my refund"', ["Ana"]),
        ('"refund is"', ["Bob"]),
        ('"my is refund"', []),
        ("cafe creme", ["Bob"]),
        ("CAFÉ", ["Bob"]),
        ("zoe", ["Ana"]),
        ("diaz", ["Ana"]),
        ("dia", ["Ana"]),
        ("rob", ["Bob"]),
        ("smith refund", ["Bob"]),
        ("diaz cafe", []),
        ("12345", ["Ana"]),
        ("422 222", ["Bob"]),
        ("+61 4", ["Bob", "Ana"]),
        ("calls", ["Bob"]),
        ("calls refund", ["Bob"]),
        ("smith calls", ["Bob"]),
        ("東京", ["Cleo"]),
        ("京", ["Cleo"]),
        ("京東", []),
        ("🎂", ["Cleo"]),
        ("🎉🎂", ["Cleo"]),
        ("from:diaz", ["Ana"]),
        ("from:+61411 refund", ["Ana"]),
        ("to:+61422 refund", ["Bob"]),
        ("from:+61422 refund", []),
        ("to:cleo", []),
        ("label:billing", ["Ana"]),
        ("label:BILLING refund", ["Ana"]),
        ("label:other", []),
        ("assignee:me", ["Ana"]),
        ("is:mine refund", ["Ana"]),
        ("assignee:nobody", ["Cleo", "Bob"]),
        ("is:unread", ["Cleo", "Ana"]),
        ("is:snoozed", ["Cleo"]),
        ("is:snoozed see", ["Cleo"]),
        ("is:done", ["Bob"]),
        ("has:failed", ["Bob"]),
        ("has:note", ["Bob"]),
        ("has:label is:unread", ["Ana"]),
        (f"after:{NOON + 3} refund", ["Bob"]),
        (f"before:{NOON + 3} refund", ["Ana"]),
        (f"after:{NOON + DAY}", ["Cleo"]),
        ("AND", []),
        ("NEAR(refund way)", []),
        ("body:refund", None),
        ("refund* OR", []),
    ],
)
def test_what_is_found(desk: Store, text: str, people: list[str] | None) -> None:
    if people is None:
        with pytest.raises(InvalidInput):
            found(desk, text)
    else:
        assert found(desk, text) == people
    desk.close()


def test_a_search_stays_in_its_view_unless_it_says_otherwise(desk: Store) -> None:
    assert found(desk, "refund", "open") == ["Ana"]
    assert found(desk, "refund", "done") == ["Bob"]
    assert found(desk, "refund", "mine") == ["Ana"]
    assert found(desk, "refund is:done", "open") == ["Bob"]
    assert found(desk, "tokyo", "snoozed") == []
    assert found(desk, "see", "snoozed") == ["Cleo"]
    desk.close()


def test_what_changes_is_found_as_it_is(desk: Store) -> None:
    desk.write_now(merge_contacts, 1, [Contact(5, 1, "Ana", "Meyer", ANA)])
    assert (found(desk, "diaz"), found(desk, "meyer")) == ([], ["Ana"])
    desk.write_now(decisions.remove_note, desk.notes(BOB)[0].id, NOON)
    assert found(desk, "calls") == []
    desk.write_now(merge_messages, [outbound("A9", NOON + 9, body="")])
    desk.write_now(merge_messages, [outbound("A9", NOON + 90, body="At last a body")])
    assert found(desk, "body") == ["Ana"]
    desk.write_now(lambda tx: tx.execute("DELETE FROM message WHERE id = 'A9'"))
    assert found(desk, "body") == []
    desk.close()


def test_all_that_match_are_known_by_name(desk: Store) -> None:
    assert desk.write_now(matching, "all", "refund", "ana@desk") == [BOB, ANA]
    assert desk.write_now(matching, "open", "", "ana@desk") == [ANA]
    desk.close()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("refund", ["B2"]),
        ("invo*", ["A2"]),
        ("smith", ["B2"]),
        ("0411 111", ["A2"]),
        ("label:refund", []),
        ("the", ["B2", "A2"]),
        ('"', []),
    ],
)
def test_receipts_are_found_by_words_names_and_numbers(desk: Store, text: str, ids: list[str]) -> None:
    assert [message.id for message in desk.receipts("", text).page(0)] == ids
    assert [message.id for message in desk.receipts("failed", text).page(0)] == [i for i in ids if i == "B2"]
    assert desk.receipts("", text, since=NOON + 9).count() == 0
    desk.close()


def test_a_name_that_goes_and_comes_again_leaves_the_index_whole(desk: Store) -> None:
    for name in ("", "Díaz", "", "", "Meyer"):
        desk.write_now(merge_contacts, 1, [Contact(5, 1, name, "", ANA)])
        assert found(desk, "meyer") == (["Ana"] if name == "Meyer" else [])
    desk.write_now(lambda tx: tx.execute("DELETE FROM conversation"))
    assert desk.write_now(lambda tx: tx.row("PRAGMA integrity_check")) == ("ok",)
    desk.close()


def crowd(store: Store, people: int) -> list[str]:
    numbers = [f"+614{number:08}" for number in range(people)]
    rows = [inbound(f"M{n}", NOON + n, number, body=f"hello {n}") for n, number in enumerate(numbers)]
    store.write_now(merge_messages, rows)
    return numbers[::-1]


def whole(window: Window[Conversation]) -> list[str]:
    assert isinstance(window, SearchWindow)
    while window.more:
        window.look_now(further=True)
    return [row.counterpart for row in window.page(0, window.count())]


def test_a_search_reads_no_further_than_is_looked(store: Store) -> None:
    numbers = crowd(store, 1500)
    window = store.conversations("all", "hello")
    assert isinstance(window, SearchWindow)
    assert 50 <= window.count() < 1500
    assert window.more
    assert [row.counterpart for row in window.page(0, 50)] == numbers[:50]
    assert window.index_of(numbers[20]) == 20
    assert window.page(11, 50) == []
    assert whole(window) == numbers
    assert [row.counterpart for row in window.page(11, 50)] == numbers[550:600]
    window.look_now(further=True)
    assert (window.count(), window.more) == (1500, False)


def test_a_search_that_was_extended_stays_so(store: Store) -> None:
    crowd(store, 1500)
    window = store.conversations("all", "hello")
    assert isinstance(window, SearchWindow)
    window.look_now(further=True)
    before = window.count()
    store.write_now(merge_messages, [inbound("NEW", NOON + 9999, "+15", body="hello you")])
    assert (window.count(), window.is_current) == (before, False)
    window.look_now()
    assert window.count() >= before
    assert window.is_current
    assert window.page(0)[0].counterpart == "+15"


def test_a_search_for_what_few_have_among_many_hits_ends(store: Store) -> None:
    numbers = crowd(store, 1500)
    store.write_now(decisions.mute, [numbers[-1]], NOON)
    assert whole(store.conversations("all", "is:muted hello")) == [numbers[-1]]


@pytest.mark.parametrize("named", [3, 300])
def test_names_and_what_was_said_together(store: Store, named: int) -> None:
    numbers = crowd(store, 400)
    people = [Contact(n, 1, "Jo", "Smith", number) for n, number in enumerate(numbers[:named])]
    store.write_now(merge_contacts, 1, people)
    assert whole(store.conversations("all", "smith hello")) == numbers[:named]
    assert whole(store.conversations("all", '"smith" 399 hello')) == numbers[:1]


@PATIENT
@given(st.lists(TYPED, max_size=6), st.lists(st.text(max_size=30), max_size=4))
def test_nothing_typed_is_an_error_of_the_store(searches: list[str], bodies: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        store.write_now(
            merge_messages, [inbound(str(n), NOON + n, body=body) for n, body in enumerate(bodies)]
        )
        for text in (*searches, *bodies):
            try:
                window = store.conversations("all", text)
            except InvalidInput:
                continue
            assert window.count() >= len(window.page(0))
        store.close()


WORDS = st.text("aéb東🎉", min_size=1, max_size=4)


@PATIENT
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6))
def test_each_message_is_found_by_itself_as_a_phrase(bodies: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        rows = [inbound(str(n), NOON + n, f"+{n}00", body=body) for n, body in enumerate(bodies)]
        store.write_now(merge_messages, rows)
        for number, body in enumerate(bodies):
            assert f"+{number}00" in {r.counterpart for r in store.conversations("all", f'"{body}"').page(0)}
        store.close()
