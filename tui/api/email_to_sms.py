"""E-mails that ClickSend turns into text messages: who may send them, and what is cut from them."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import email_to_sms as m
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/sms/email-sms", title="Allowed addresses", paged=True)
def addresses_list() -> Page[m.AllowedAddress]:
    """The e-mail addresses whose e-mails are sent on as text messages."""


@op.post("/sms/email-sms", title="Allow an address", effect=Effect.WRITE)
def addresses_create(
    email_address: t.ForwardedEmail,
    sender: t.Sender = None,
    from_fax: t.FaxFrom | None = None,
    subaccount_id: t.OnBehalfOf | None = None,
) -> m.AllowedAddress:
    """Let e-mails from an address be sent on as text messages, paid by the account."""


@op.get("/sms/email-sms/{email_address_id}", title="One allowed address")
def addresses_get(email_address_id: t.ForwardedEmailId) -> m.AllowedAddress:
    """One address whose e-mails are sent on, and what they are sent from."""


@op.put("/sms/email-sms/{email_address_id}", title="Update allowed address", effect=Effect.WRITE)
def addresses_update(
    email_address_id: t.ForwardedEmailId, email_address: t.ForwardedEmail, sender: t.Sender = None
) -> m.AllowedAddress:
    """Change an allowed address, or what its text messages are sent from."""


@op.delete(
    "/sms/email-sms/{email_address_id}",
    title="Forbid an address",
    loses="E-mails from this address are not sent on as text messages any more.",
)
def addresses_delete(email_address_id: t.ForwardedEmailId) -> None:
    """Take an address off the allowed ones."""


@op.get("/sms/email-sms-stripped-strings", title="Stripped texts", paged=True)
def stripped_list() -> Page[m.StrippedText]:
    """The texts that are cut from e-mails before they are sent on, such as signatures."""


@op.post("/sms/email-sms-stripped-strings", title="Create stripped text", effect=Effect.WRITE)
def stripped_create(strip_string: t.StrippedString) -> m.StrippedText:
    """Have a text cut from every e-mail before it is sent on."""


@op.get("/sms/email-sms-stripped-strings/{rule_id}", title="One stripped text")
def stripped_get(rule_id: t.StrippedStringId) -> m.StrippedText:
    """One text that is cut from e-mails."""


@op.put("/sms/email-sms-stripped-strings/{rule_id}", title="Update stripped text", effect=Effect.WRITE)
def stripped_update(rule_id: t.StrippedStringId, strip_string: t.StrippedString) -> m.StrippedText:
    """Change a text that is cut from e-mails."""


@op.delete(
    "/sms/email-sms-stripped-strings/{rule_id}",
    title="Delete stripped text",
    loses="The text is not cut from e-mails any more, and so is sent and paid for.",
)
def stripped_delete(rule_id: t.StrippedStringId) -> None:
    """Have a text cut from e-mails no more."""
