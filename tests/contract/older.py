"""ClickSend's client before the present one (5.0.91), called by the ids of operations.

It speaks of fax and post, which the present one does not. Both are releases of one distribution: this one is
installed where the virtual environment does not look, with six, which it alone needs.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from tui.api.operation import catalogue

HOME = Path(sys.prefix) / "clicksend5"
RELEASES = ("clicksend-client==5.0.91", "six==1.17.0")
INSTALL = f"{sys.executable} -m tests.contract.install_older"
_VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_CALL = "_with_http_info"

UNDRIVEN = {
    "numbers.buy": "The method takes no body, and so not the type of number that is required.",
}
"""Operations that the client only has refused, and why."""

SHORTCOMINGS = {
    "sms.price": "The request model has neither senders nor shorten_urls.",
    "sms.send": "The request model has neither senders nor shorten_urls.",
    "sms.cancel_all": "The method takes no custom_string: everything is cancelled.",
    "sms.history": "The method takes no order_by.",
    "sms.history_export": "The method takes neither q, order_by, date_from, date_to, page nor limit.",
    "sms.inbound_test": "The request model has no webhook_type.",
    "mms.history": "The method takes no order_by.",
    "mms.history_export": "The method takes neither q, order_by, date_from, date_to nor limit.",
    "voice.history": "The method takes neither q, operator nor order_by.",
    "voice.history_export": "The method takes neither q, order_by, date_from, date_to nor limit.",
    "voice.price": "custom_string and country must be given although ClickSend needs neither.",
    "voice.send": "custom_string and country must be given although ClickSend needs neither.",
    "fax.price": "`to` must be given even where list_id says who is meant.",
    "fax.send": "`to` must be given even where list_id says who is meant.",
    "fax.history": "The method calls order by that name, where everything else has order_by.",
    "post.detect_address": "The request model has no address.",
    "sms_campaigns.list": "The method takes neither q, order_by, date_from nor date_to.",
    "sms_campaigns.send": "The request model has neither senders nor source.",
    "mms_campaigns.send": "The request model has no url_to_shorten.",
    "email_marketing.campaigns_price": "The request model has neither custom_string nor draft.",
    "email_marketing.campaigns_send": "The request model has neither custom_string nor draft.",
    "templates.sms_list": "The method takes neither q nor order_by.",
    "automations.sms_inbound_create": "The request model has no body: no rule can answer.",
    "email_to_sms.addresses_create": "The request model has no from_fax.",
    "numbers.list": "The method takes neither q, q2, excluding_number_type nor exclude_10dlc_campaign.",
    "numbers.buy": "The method takes neither type nor registration_data.",
    "subaccounts.create": "The request model has neither notes nor most of the permissions: "
    "access_sms, access_mms, access_voice, access_email, access_fax, access_post, access_reseller, "
    "access_global_sending, access_smpp, hide_pricing, share_campaigns, sms_deidentify_message.",
    "subaccounts.update": "As for subaccounts.create, notes and: access_sms, access_mms, access_voice, "
    "access_email, access_fax, access_post, access_reseller, access_global_sending, access_smpp, "
    "hide_pricing, share_campaigns, sms_deidentify_message.",
    "forgot.username": "The request model has no country.",
}
"""What else the client cannot do that ClickSend, or the sandbox, can, with every argument that it lacks."""


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


def lacking(operation_id: str) -> set[str]:
    """The arguments of an operation that the client cannot give."""
    operation, method = catalogue()[operation_id], methods()[operation_id]
    fields = operation.arguments.model_fields.items()
    declared = {field.serialization_alias or name for name, field in fields}
    return declared - set(operation.path_names) - set(_arguments(method))


def _arguments(method: Method) -> Iterator[str]:
    """What a method takes: its arguments by name, and what is in its request models."""
    documented = inspect.getdoc(getattr(method.api, method.name)) or ""
    for kind, name in re.findall(r":param (\w+) (\w+)", documented):
        model = getattr(client(), kind, None)
        yield from model.attribute_map.values() if hasattr(model, "attribute_map") else (name,)


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
