"""What an operation of ClickSend is: declared once as a typed stub, called to make a request."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType, ModuleType
from typing import Any, Generic, ParamSpec, TypedDict, TypeVar, Unpack, get_type_hints
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter, ValidationError, create_model
from pydantic_core import to_json

from tui.api import types as t
from tui.api.fields import facts, problem_in_words
from tui.api.models.base import CursorPage, Page, RequestModel, Row
from tui.api.models.messages import brief

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SECTIONS = (
    "account",
    "sms",
    "mms",
    "voice",
    "fax",
    "email",
    "post",
    "direct_mail",
    "sms_campaigns",
    "mms_campaigns",
    "email_marketing",
    "contacts",
    "search",
    "templates",
    "automations",
    "email_to_sms",
    "uploads",
    "delivery_issues",
    "numbers",
    "countries",
    "statistics",
    "recharge",
    "subaccounts",
    "reseller",
    "referral",
    "forgot",
)
"""The modules that declare operations, in the order a reader looks for them."""


class Effect(StrEnum):
    """What an operation does to the world, and so how carefully it is called."""

    READ = "read"
    MARK = "mark"
    """Takes something out of a shared queue: it is not shown to anybody again."""
    WRITE = "write"
    DELETE = "delete"
    SEND = "send"
    """A message leaves."""
    SPEND = "spend"
    """Money is spent."""

    @property
    def changes(self) -> bool:
        """Whether anything is different afterwards, so that the call belongs in the audit trail."""
        return self is not Effect.READ

    @property
    def is_irreversible(self) -> bool:
        """Whether a price must be shown and confirmed first."""
        return self in (Effect.SEND, Effect.SPEND)


class Operation(Generic[P, T_co]):
    """One operation of the API. Calling it checks the arguments and returns a `Request`; nothing is sent."""

    def __init__(
        self,
        function: Callable[P, T_co],
        *,
        method: str,
        path: str,
        title: str,
        effect: Effect,
        priced_by: Operation[..., Any] | None = None,
        unpriced: str = "",
        listed_by: Operation[..., Any] | None = None,
        paged: bool = False,
        cursor: str = "",
        loses: str = "",
        tells: str = "",
        closed: str = "",
        adds_credit: bool = False,
        public: bool = False,
        envelope: bool = True,
    ) -> None:
        self.section = function.__module__.rpartition(".")[2]
        self.id = f"{self.section}.{function.__name__.rstrip('_')}"
        self.method = method
        self.path = path
        self.title = title
        self.effect = effect
        self.priced_by = priced_by
        """The operation that takes the same arguments and answers with their price."""
        self.unpriced = unpriced
        """Why nothing can price it, as a sentence, where something is sent or spent without `priced_by`."""
        self.listed_by = listed_by
        """The listing that shows the price of what is bought, where no operation calculates it."""
        self.paged = paged
        """Whether its rows come in pages that have numbers."""
        self.cursor = cursor
        """The argument that takes `next_cursor` of the answer before, where pages have no numbers."""
        self.loses = loses
        """What cannot be had back afterwards, as a sentence; empty when nothing is lost."""
        self.tells = tells
        """The name of the key in its answer that is meant to be seen, once; every other one is masked."""
        self.closed = closed
        """Why ClickSend may refuse it to an account, as a sentence: it is withdrawn, or not for everybody."""
        self.adds_credit = adds_credit
        """Whether a card pays for it and the balance rises, where all else is paid from the balance."""
        self.public = public
        """Whether it is called without user name and key."""
        self.envelope = envelope
        """Whether the answer stands in ClickSend's usual envelope, under `data`."""
        self.summary = inspect.getdoc(function) or ""
        self._function = function
        self._check_declaration()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Request[T_co]:
        """The request for these arguments. Raises InvalidInput, naming the field in words."""
        return self.bind(self._signature.bind(*args, **kwargs).arguments)

    def bind(self, arguments: Mapping[str, object]) -> Request[T_co]:
        """The same for arguments known only at run time: from a form, a command line, a sandbox."""
        try:
            values = self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            problem = problem_in_words(self.title, self.arguments, error)
        else:
            return self._request(values)
        raise problem

    def price_of(self, arguments: Mapping[str, object]) -> Request[Any] | None:
        """The request that asks what this would cost; None when nothing can price it."""
        if self.priced_by is None:
            return None
        known = self.priced_by.arguments.model_fields
        return self.priced_by.bind({name: value for name, value in arguments.items() if name in known})

    def _request(self, values: BaseModel) -> Request[T_co]:
        wire = values.model_dump(mode="json", by_alias=True, exclude_none=True)
        names = {place: [field.wire for field in found] for place, found in self._fields_by_place.items()}
        path = self.path.format_map({name: quote(str(wire[name]), safe="") for name in names["path"]})
        query = dict(pair for name in names["query"] if name in wire for pair in _query(name, wire[name]))
        body = {name: wire[name] for name in names["body"] if name in wire} if names["body"] else None
        return Request(operation=self, path=path, query=query, body=body)

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self._function)

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The arguments as a model: what a form shows and what validation checks."""
        parameters = self._signature.parameters
        fields: dict[str, Any] = {
            name: (self._hints[name], ... if parameter.default is parameter.empty else parameter.default)
            for name, parameter in parameters.items()
        }
        if self.paged:
            fields |= {"page": (t.PageNumber | None, None), "limit": (t.PageSize | None, None)}
        return create_model(f"Arguments of {self.id}", __base__=RequestModel, **fields)

    @cached_property
    def result(self) -> Any:
        """The type of the answer's `data`; NoneType where it says nothing worth reading."""
        return self._hints["return"]

    def parse(self, data: object) -> T_co:
        """The result in an answer's `data`. Raises pydantic's ValidationError when it cannot be read."""
        return self._adapter.validate_python(data)

    @cached_property
    def _adapter(self) -> TypeAdapter[T_co]:
        return TypeAdapter(self.result)

    @cached_property
    def plain(self) -> Operation[P, Page[Row]]:
        """The same operation, whose rows stay as they came."""
        if not self.paged:
            raise TypeError(f"{self.id} has no pages")
        return self._reading(Page[Row])

    @cached_property
    def brief(self) -> Operation[P, T_co]:
        """The same operation; rows of messages in its answer are read as far as a large send needs."""
        return self._reading(brief(self.result))

    def _reading(self, result: Any) -> Operation[P, Any]:
        found: Operation[P, Any] = copy(self)
        vars(found).pop("_adapter", None)
        vars(found)["result"] = result
        return found

    @cached_property
    def path_names(self) -> tuple[str, ...]:
        """The arguments that stand in the path, in order."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self._function, include_extras=True)

    @cached_property
    def _fields_by_place(self) -> dict[str, list[Any]]:
        places: dict[str, list[Any]] = {"path": [], "query": [], "body": []}
        for field in facts(self.arguments):
            if field.name in self.path_names:
                places["path"].append(field)
                if not field.also_in_body:
                    continue
            elif field.in_query or self.method in ("GET", "DELETE"):
                places["query"].append(field)
            if field.in_body and self.method not in ("GET", "DELETE"):
                places["body"].append(field)
        return places

    def _check_declaration(self) -> None:
        if self.effect in (Effect.MARK, Effect.DELETE) and not self.loses:
            raise TypeError(f"{self.id} is declared {self.effect} and does not say what it loses")
        if self.effect.is_irreversible and not (self.priced_by or self.listed_by or self.unpriced):
            raise TypeError(f"{self.id} is declared {self.effect} and neither priced nor said to be unpriced")

    def __repr__(self) -> str:
        return f"<Operation {self.id}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[T_co]):
    """One checked call that has not been made. Its repr holds no argument: it may end up in a log."""

    operation: Operation[..., T_co]
    path: str
    query: dict[str, str]
    body: dict[str, Any] | None
    encoded: bytes | None = None
    """The body as it travels, where that is made beforehand: it takes long for a large one."""

    def at(self, page: int, limit: int) -> Request[T_co]:
        """The same request for one page of so many rows."""
        return replace(self, query=self.query | {"page": str(page), "limit": str(limit)})

    @property
    def content(self) -> bytes | None:
        """The body as it travels."""
        if self.encoded is not None or self.body is None:
            return self.encoded
        return to_json(self.body, ensure_ascii=True)

    def plain(self) -> Request[Page[Row]]:
        """The same request for rows as they came, for who reads thousands: a model of each costs too much."""
        return Request(operation=self.operation.plain, path=self.path, query=self.query, body=self.body)

    def brief(self) -> Request[T_co]:
        """The same request for an answer whose rows are `BriefRow`, if they are messages, with the body as
        it travels.
        """
        return replace(self, operation=self.operation.brief, encoded=self.content)

    def after(self, result: object) -> Request[T_co] | None:
        """The same request for the rows that follow those of its result; None where there are no more."""
        if isinstance(result, Page) and self.operation.paged and result.has_more:
            return replace(self, query=self.query | {"page": str((result.page or 1) + 1)})
        if isinstance(result, CursorPage) and result.next_cursor:
            return replace(self, query=self.query | {self.operation.cursor: result.next_cursor})
        return None

    def __repr__(self) -> str:
        return f"<Request {self.operation.id}>"


class Facts(TypedDict, total=False):
    """What may be said of any operation; `Operation` tells what each means."""

    priced_by: Operation[..., Any]
    listed_by: Operation[..., Any]
    unpriced: str
    cursor: str
    loses: str
    tells: str
    closed: str
    adds_credit: bool
    public: bool
    envelope: bool


class _Declare:
    """A method whose effect cannot be told from its name, so that nobody forgets one that spends."""

    def __init__(self, method: str) -> None:
        self._method = method

    def __call__(
        self, path: str, *, title: str, effect: Effect, **facts: Unpack[Facts]
    ) -> Callable[[Callable[P, T]], Operation[P, T]]:
        def declare(function: Callable[P, T]) -> Operation[P, T]:
            return Operation(function, method=self._method, path=path, title=title, effect=effect, **facts)

        return declare


post = _Declare("POST")
put = _Declare("PUT")
patch = _Declare("PATCH")


def get(
    path: str, *, title: str, paged: bool = False, **facts: Unpack[Facts]
) -> Callable[[Callable[P, T]], Operation[P, T]]:
    """Declare an operation that only reads."""

    def declare(function: Callable[P, T]) -> Operation[P, T]:
        return Operation(
            function, method="GET", path=path, title=title, effect=Effect.READ, paged=paged, **facts
        )

    return declare


def delete(path: str, *, title: str, **facts: Unpack[Facts]) -> Callable[[Callable[P, T]], Operation[P, T]]:
    """Declare an operation that deletes; `loses` says what is gone afterwards."""

    def declare(function: Callable[P, T]) -> Operation[P, T]:
        return Operation(function, method="DELETE", path=path, title=title, effect=Effect.DELETE, **facts)

    return declare


@cache
def catalogue() -> Mapping[str, Operation[..., Any]]:
    """Every declared operation by id, section by section in the order of the declarations."""
    modules = (importlib.import_module(f"tui.api.{section}") for section in SECTIONS)
    return MappingProxyType({found.id: found for module in modules for found in _declared(module)})


def _declared(module: ModuleType) -> Iterator[Operation[..., Any]]:
    return (value for value in vars(module).values() if isinstance(value, Operation))


def _query(name: str, value: object) -> Iterator[tuple[str, str]]:
    """A value as it stands in a query: several are numbered, as in filter[status][0]=PENDING."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _query(f"{name}[{number}]", one)
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    else:
        yield name, str(value)
