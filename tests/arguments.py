"""Arguments for any operation: the examples that are declared, and ones that a sandbox's world answers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tests.sandbox.caller import CUSTOMER, Caller
from tui.api.fields import FieldFacts, facts
from tui.api.layout import as_typed
from tui.api.operation import Operation
from tui.api.types import Kind
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


def example_of(model: type[BaseModel]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in facts(model):
        value: object = field.example or next(iter(field.choices), None)
        if issubclass(field.type, BaseModel):
            value = example_of(field.type)
        elif value is None:
            assert field.type is bool, f"{field.name} has no example"
            value = True
        found[field.name] = [value] if field.many else value
    return found


def existing(world: World, operation: Operation[..., object]) -> dict[str, object]:
    """Arguments that something in the world answers to, of the kind that the operation is about."""
    others = world.channels[operation.section].messages
    sent = next(m for m in world.messages if m.outbound and world.messages.answer_to(m))
    list_id = next(iter(world.lists))["list_id"]
    return {
        "list_id": list_id,
        "from_list_id": list_id,
        "to_list_id": list_id + 1,
        "opt_out_list_id": world.opt_out_list,
        "activation_token": "000000",
        "subaccount_id": world.account.main["subaccount_id"],
        "client_user_id": next(iter(world.reseller.customers)),
        "subdomain": "acme",
        "package_id": 1,
        "transaction_id": world.billing.payments[0]["invoice_number"],
        "contact_id": next(iter(world.contacts))["contact_id"],
        "template_id": a_template(world, operation.path),
        "inbound_rule_id": next(iter(world.inbound_rules))["inbound_rule_id"],
        "receipt_rule_id": next(iter(world.receipt_rules))["receipt_rule_id"],
        "message_id": others[-1].message_id if others else world.messages.id_of(sent),
        "original_message_id": world.messages.id_of(sent),
        "sms_campaign_id": 7_032,
        "campaign_id": 7_032,
        "mms_campaign_id": next(iter(world.mms_campaigns))["mms_campaign_id"],
        "email_campaign_id": next(iter(world.email_campaigns))["email_campaign_id"],
        "email_address_id": next(iter(world.email_addresses))["email_address_id"],
        "category_id": 4,
        "return_address_id": next(iter(world.return_addresses))["return_address_id"],
        "source": "sms_campaign",
        "source_id": "7032",
        "long_url_id": world.links.of("sms_campaign", 7_032)[0].id,
        "year": 2026,
        "month": 11,
        "type": "python",
        "filename": "export.csv",
        "country": "AU",
        "currency": "AUD",
        "q": "a",
        "dedicated_number": world.numbers.for_sale("AU")[0],
        "number_type": "10DLC",
        "country_code": "CA",
        "alpha_tag_id": next(iter(world.alpha_tags))["id"],
        "own_number_id": next(iter(world.own_numbers))["id"],
        "verification_id": world.own_numbers.begin("+61491570313", "AU", "")["id"],
        "default_sender_id": next(iter(world.default_senders))["id"],
        "product_type": "SMS",
        "rule_id": next(iter(world.stripped_strings))["rule_id"],
    }


def a_template(world: World, path: str) -> int:
    """A template of the kind that a path is about."""
    if path.startswith("/email/master-templates"):
        return 57
    templates = world.email_templates if path.startswith("/email/") else world.templates
    number: int = next(iter(templates))["template_id"]
    return number


Scene = Callable[[World, Caller], dict[str, Any]]
"""Makes a world ready for an operation; the arguments that come of it."""


def typed_for(operation: Operation[..., Any], world: World, caller: Caller, folder: Path) -> dict[str, str]:
    """What to fill in, by dotted names, so that the sandbox does it; the world is made ready for that.

    Files are written into `folder`, and typed as paths.
    """
    prepared = SCENES.get(operation.id, _nothing)(world, caller)
    known = existing(world, operation)
    values = _needed(operation.arguments, folder)
    values |= {name: known[name] for name in values.keys() & known.keys()}
    values |= {name: value for name, value in prepared.items() if name in operation.arguments.model_fields}
    return as_typed(operation.arguments, values)


def _nothing(world: World, caller: Caller) -> dict[str, Any]:
    return {}


def _needed(model: type[BaseModel], folder: Path) -> dict[str, Any]:
    """Examples for what must be filled in, also inside of rows."""
    found: dict[str, Any] = {}
    for field in facts(model):
        if field.required or field.name == "to":
            value = _example(field, folder)
            found[field.name] = [value] if field.many else value
    return found


def _example(field: FieldFacts, folder: Path) -> Any:
    if issubclass(field.type, BaseModel):
        return _needed(field.type, folder)
    if field.upload or field.is_content:
        return a_file(folder, field.upload.convert.value if field.upload else "mms")
    if field.kind is Kind.SCHEDULE:
        return "tomorrow 9am"
    return field.example or next(iter(field.choices), None) or True


_PDF = b"%PDF-1.4\n<< /Type /Pages >>\n"
_FILES = {
    "csv": ("people.csv", b"+61411111111,Ada\n"),
    "postcard": ("postcard.pdf", _PDF + b"<< /Type /Page >>\n" * 2),
    "mms": ("sale.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
}


def a_file(folder: Path, use: str) -> str:
    """A file that can be used so, as a path is typed."""
    name, content = _FILES.get(use, ("letter.pdf", _PDF + b"<< /Type /Page >>\n"))
    (folder / name).write_bytes(content)
    return f"@{folder / name}"


# What must be there before an operation can do something


def _later(world: World) -> int:
    return int(world.now) + 7_200


def _scheduled_message(channel: str, **more: object) -> Scene:
    def scene(world: World, caller: Caller) -> dict[str, Any]:
        message = {"to": CUSTOMER, "body": "Hi", "schedule": _later(world), **more}
        sent = caller.post(f"/{channel}/send", messages=[message], media_file=_PICTURE)
        return {"message_id": sent["messages"][0]["message_id"]}

    return scene


def _scheduled_campaign(path: str, name: str, **more: object) -> Scene:
    def scene(world: World, caller: Caller) -> dict[str, Any]:
        list_id = next(iter(world.lists))["list_id"]
        content = {"name": "Sale", "body": "Hi", "subject": "Sale", "list_id": list_id, **more}
        sent = caller.post(f"/{path}/send", **content, schedule=_later(world))
        return {name: (sent.get("sms_campaign") or sent.get("data") or sent)[name]}

    return scene


def _reported(channel: str, **more: object) -> Scene:
    """A message whose receipt nobody has read."""

    def scene(world: World, caller: Caller) -> dict[str, Any]:
        message = {"to": CUSTOMER, "body": "Hi", **more}
        caller.post(f"/{channel}/send", messages=[message], media_file=_PICTURE, file_url=_LETTER)
        assert isinstance(world.clock, ManualClock)
        world.clock.advance(86_400)
        return _until_now(world, caller)

    return scene


def _until_now(world: World, caller: Caller) -> dict[str, Any]:
    return {"date_before": int(world.now) + 1}


def _new_country(world: World, caller: Caller) -> dict[str, Any]:
    caller.post("/user-countries", country_list_ids=[row["id"] for row in caller.get("/country-list")[:3]])
    return {}


def _twins(world: World, caller: Caller) -> dict[str, Any]:
    list_id = next(iter(world.lists))["list_id"]
    for _ in range(2):
        caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER)
    return {"fields": ["phone_number"]}


def _opted_out(world: World, caller: Caller) -> dict[str, Any]:
    for list_id in (next(iter(world.lists))["list_id"], world.opt_out_list):
        caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER)
    return {}


def _email_token(world: World, caller: Caller) -> dict[str, Any]:
    number = next(iter(world.email_addresses))["email_address_id"]
    sent = caller.put(f"/email/address-verify/{number}/send")
    return {"activation_token": sent["activation_token"]}


def _account_token(world: World, caller: Caller) -> dict[str, Any]:
    return {"activation_token": caller.put("/account-verify/send", type="sms")["activation_token"]}


def _password_code(world: World, caller: Caller) -> dict[str, Any]:
    caller.put("/forgot-password", username=_COLLEAGUE)
    return {"activation_token": world.notices[-1].code, **_colleague(world, caller)}


def _colleague(world: World, caller: Caller) -> dict[str, Any]:
    mia = next(one for one in world.account.subaccounts if one["api_username"] == _COLLEAGUE)
    return {"subaccount_id": mia["subaccount_id"]}


def _with(**values: object) -> Scene:
    return lambda world, caller: dict(values)


_COLLEAGUE = "acme-frontdesk"
_PICTURE = "https://acme.example/sale.jpg"
_LETTER = "https://acme.example/letter.pdf"
_FAX = "+61255501230"
_CALL = {"voice": "female", "lang": "en-au"}
_POLL = _with(url="poll")
_AREAS = _with(areas=[{"location_id": 1, "quantity": 5_000}])
_STRATEGY = [{"sender_type": "shared_longcode", "sender_id": ""}]

SCENES: Mapping[str, Scene] = {
    "account.update": _with(username="demo", password="demo"),
    "account.verify": _account_token,
    "sms.cancel": _scheduled_message("sms"),
    "sms.inbound_mark_read_one": lambda world, caller: {
        "message_id": caller.get("/sms/inbound")["data"][0]["message_id"]
    },
    "sms.inbound_mark_read": _until_now,
    "sms.inbound_test": _POLL,
    "sms.receipts_mark_read": _until_now,
    "sms.receipts_test": _POLL,
    "mms.cancel_all": _scheduled_message("mms", subject="Sale"),
    "mms.receipts_mark_read": _reported("mms", subject="Sale"),
    "voice.cancel_all": _scheduled_message("voice", **_CALL),
    "voice.receipts_mark_read": _reported("voice", **_CALL),
    "voice.receipts_test": _POLL,
    "fax.receipts_test": _POLL,
    "fax.receipts_mark_read": _reported("fax", to=_FAX),
    "countries.agree": _new_country,
    "contacts.lists_remove_duplicates": _twins,
    "contacts.lists_remove_opted_out": _opted_out,
    "numbers.own_numbers_update": _with(label="Night shift"),
    "mms.cancel": _scheduled_message("mms", subject="Sale"),
    "voice.cancel": _scheduled_message("voice", **_CALL),
    "post.detect_address": _with(address="Ada Lovelace, 1 Test Street, Sydney NSW 2000"),
    "direct_mail.campaigns_price": _AREAS,
    "direct_mail.campaigns_send": _AREAS,
    "sms_campaigns.update": _scheduled_campaign("sms-campaigns", "sms_campaign_id"),
    "sms_campaigns.cancel": _scheduled_campaign("sms-campaigns", "sms_campaign_id"),
    "mms_campaigns.update": _scheduled_campaign("mms-campaigns", "mms_campaign_id", media_file=_PICTURE),
    "mms_campaigns.cancel": _scheduled_campaign("mms-campaigns", "mms_campaign_id", media_file=_PICTURE),
    "email_marketing.campaigns_update": _scheduled_campaign(
        "email-campaigns", "email_campaign_id", from_email_address_id=6, from_name="Acme"
    ),
    "email_marketing.campaigns_cancel": _scheduled_campaign(
        "email-campaigns", "email_campaign_id", from_email_address_id=6, from_name="Acme"
    ),
    "email_marketing.addresses_verify": _email_token,
    "contacts.create": _with(phone_number=CUSTOMER),
    "templates.email_image_upload": _with(url=_PICTURE),
    "uploads.create": _with(convert="mms"),
    "delivery_issues.create": _with(type="SMS"),
    "numbers.buy": _with(type="sms"),
    "numbers.alpha_tags_request": _with(alpha_tag="AcmeNight"),
    "numbers.own_numbers_verify_otp": _with(code="570313", phone_number="+61491570313"),
    "numbers.default_senders_create": _with(country_code="NZ", default_sender_strategies=_STRATEGY),
    "numbers.default_senders_update": _with(default_sender_strategies=_STRATEGY),
    "subaccounts.delete": _colleague,
    "reseller.accounts_create_public": lambda world, caller: {"reseller_user_id": world.account.user_id},
    "forgot.username": _with(email="mia@acme.example"),
    "forgot.password": _with(username=_COLLEAGUE),
    "forgot.password_verify": _password_code,
}
"""The operations that need more than an example and what the world has at first."""
