"""Every declaration says all that forms, confirmations, the client and the sandbox need of it."""

from __future__ import annotations

import re
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

from tests.arguments import example_of
from tui.api.fields import FieldFacts, facts
from tui.api.models.base import CursorPage, Offer, OfferList
from tui.api.models.messages import PriceAnswer
from tui.api.operation import SECTIONS, Effect, Operation, catalogue

OPERATIONS = list(catalogue().values())
each = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)


def all_fields(operation: Operation[..., Any]) -> list[FieldFacts]:
    """The fields of an operation, and those of the rows in it."""
    fields = list(facts(operation.arguments))
    rows = [inner for field in fields if issubclass(field.type, BaseModel) for inner in facts(field.type)]
    return fields + rows


@each
def test_names_in_the_path_are_required_arguments(operation: Operation[..., Any]) -> None:
    required = {field.name for field in facts(operation.arguments) if field.required}
    assert set(operation.path_names) <= required
    assert len(set(operation.path_names)) == len(operation.path_names)


@each
def test_path_is_relative_to_the_version(operation: Operation[..., Any]) -> None:
    assert re.fullmatch(r"(/[\w{}-]+)+", operation.path)
    assert not operation.path.startswith("/v3")


@each
def test_summary_is_one_or_two_sentences(operation: Operation[..., Any]) -> None:
    sentences = re.findall(r"[^.!?]+[.!?](?=\s|$)", operation.summary)
    assert 1 <= len(sentences) <= 2
    assert "".join(sentences) == operation.summary
    assert "\n" not in operation.summary


@each
def test_title_is_short_and_no_sentence(operation: Operation[..., Any]) -> None:
    assert 3 <= len(operation.title) <= 32
    assert operation.title[0].isupper()
    assert not operation.title.endswith(".")


@each
def test_what_sends_or_spends_is_priced_or_says_why_not(operation: Operation[..., Any]) -> None:
    ways = (operation.priced_by, operation.listed_by, operation.unpriced)
    if operation.effect.is_irreversible:
        assert sum(map(bool, ways)) == 1
        assert not operation.unpriced or operation.unpriced.endswith(".")
    else:
        assert ways == (None, None, "")


@each
def test_what_prices_can_be_asked_with_the_same_arguments(operation: Operation[..., Any]) -> None:
    if operation.priced_by is None:
        return
    assert operation.priced_by.effect is Effect.READ
    assert issubclass(operation.priced_by.result, PriceAnswer)
    needed = {field.name for field in facts(operation.priced_by.arguments) if field.required}
    assert needed <= {field.name for field in facts(operation.arguments) if field.required}


@each
def test_a_listing_that_prices_lists_what_is_offered(operation: Operation[..., Any]) -> None:
    if operation.listed_by is None:
        return
    listing = operation.listed_by.result
    offers: Any = listing.offers.fget if issubclass(listing, OfferList) else None
    row = get_type_hints(offers)["return"] if offers else listing.model_fields["items"].annotation
    assert issubclass(get_args(row)[0], Offer)


@each
def test_what_takes_away_says_what_it_loses(operation: Operation[..., Any]) -> None:
    if operation.effect in (Effect.MARK, Effect.DELETE):
        assert re.fullmatch(r"[A-Z][^\n]+\.", operation.loses)


@each
def test_nothing_marks_without_a_bound(operation: Operation[..., Any]) -> None:
    if operation.effect is Effect.MARK:
        assert any(field.required for field in facts(operation.arguments))


@each
def test_every_field_has_words_for_people(operation: Operation[..., Any]) -> None:
    for field in all_fields(operation):
        assert field.label[0].isupper(), field.name
        assert field.label != field.name
        assert field.help.endswith("."), field.name


@each
def test_every_example_is_accepted(operation: Operation[..., Any]) -> None:
    """The sandbox and the documentation use them."""
    assert operation.bind(example_of(operation.arguments))


@each
def test_result_resolves(operation: Operation[..., Any]) -> None:
    assert operation.result
    assert operation.effect is not Effect.READ or operation.result is not type(None)


@each
def test_pages_come_as_a_page(operation: Operation[..., Any]) -> None:
    is_page = isinstance(operation.result, type) and operation.result.__name__.startswith("Page[")
    assert operation.paged == is_page


@each
def test_a_cursor_is_an_argument_and_its_answer_tells_the_next(operation: Operation[..., Any]) -> None:
    if operation.cursor:
        assert operation.cursor in operation.arguments.model_fields
        assert issubclass(operation.result, CursorPage)


@each
def test_what_is_withdrawn_says_so_in_a_sentence(operation: Operation[..., Any]) -> None:
    assert not operation.closed or re.fullmatch(r"[A-Z][^\n]+\.", operation.closed)


@each
def test_a_get_has_no_body_and_a_delete_none_either(operation: Operation[..., Any]) -> None:
    request = operation.bind(example_of(operation.arguments))
    assert request.body is None or operation.method not in ("GET", "DELETE")
    declared = any(field.in_query for field in facts(operation.arguments))
    assert not request.query or declared or operation.method in ("GET", "DELETE")


def test_the_catalogue_goes_by_sections_without_a_twin() -> None:
    sections = [operation.section for operation in OPERATIONS]
    assert list(dict.fromkeys(sections)) == list(SECTIONS)
    endpoints = [(operation.method, operation.path) for operation in OPERATIONS]
    assert len(set(endpoints)) == len(endpoints)
    assert [operation.id for operation in OPERATIONS] == list(catalogue())


@pytest.mark.parametrize(
    ("section", "count"),
    [
        ("account", 7),
        ("sms", 15),
        ("mms", 9),
        ("voice", 11),
        ("fax", 8),
        ("email", 5),
        ("post", 14),
        ("direct_mail", 4),
        ("sms_campaigns", 9),
        ("mms_campaigns", 6),
        ("email_marketing", 14),
        ("contacts", 19),
        ("search", 1),
        ("templates", 16),
        ("automations", 30),
        ("email_to_sms", 10),
        ("uploads", 1),
        ("delivery_issues", 2),
        ("numbers", 20),
        ("countries", 7),
        ("statistics", 4),
        ("recharge", 6),
        ("subaccounts", 6),
        ("reseller", 9),
        ("referral", 1),
        ("forgot", 3),
    ],
)
def test_every_operation_of_a_section_is_there(section: str, count: int) -> None:
    assert sum(operation.section == section for operation in OPERATIONS) == count


def test_ids_drop_the_underscore_that_spares_a_builtin() -> None:
    assert "contacts.list" in catalogue()
    assert "sms_campaigns.list" in catalogue()
