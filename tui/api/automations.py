"""Automations: rules for what is done with inbound messages and delivery reports."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import automations as m
from tui.api.models.base import Page
from tui.api.operation import Effect

_FAX_IS_CLOSED = "ClickSend offers fax to its older customers only."


@op.get("/automations/sms/inbound", title="Inbound SMS rules", paged=True)
def sms_inbound_list(q: t.Search | None = None) -> Page[m.InboundRule]:
    """The rules for inbound messages. Only the first ten that match a message are carried out."""


@op.post("/automations/sms/inbound", title="Create inbound SMS rule", effect=Effect.WRITE)
def sms_inbound_create(
    rule_name: t.RuleName,
    action: t.Action,
    dedicated_number: t.ListeningNumber = "*",
    message_search_type: t.SearchType = t.TextMatch.ANY_TEXT,
    message_search_term: t.SearchTerm = "",
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
    webhook_type: t.WebhookType | None = None,
    body: t.ReplyBody | None = None,
) -> m.InboundRule:
    """A new rule for inbound messages. With the action POLL, messages wait here to be listed."""


@op.get("/automations/sms/inbound/{inbound_rule_id}", title="One inbound SMS rule")
def sms_inbound_get(inbound_rule_id: t.RuleId) -> m.InboundRule:
    """What one rule does with which inbound messages."""


@op.put("/automations/sms/inbound/{inbound_rule_id}", title="Update inbound SMS rule", effect=Effect.WRITE)
def sms_inbound_update(
    inbound_rule_id: t.RuleId,
    rule_name: t.RuleName,
    dedicated_number: t.ListeningNumber,
    message_search_type: t.SearchType,
    message_search_term: t.SearchTerm,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
    webhook_type: t.WebhookType | None = None,
) -> m.InboundRule:
    """Replace one rule for inbound messages."""


@op.delete(
    "/automations/sms/inbound/{inbound_rule_id}",
    title="Delete inbound SMS rule",
    loses="Messages that only this rule took are not collected or passed on any more.",
)
def sms_inbound_delete(inbound_rule_id: t.RuleId) -> None:
    """Delete one rule for inbound messages."""


@op.get("/automations/sms/receipts", title="SMS receipt rules", paged=True)
def sms_receipts_list(q: t.Search | None = None) -> Page[m.ReceiptRule]:
    """The rules for delivery reports of messages you sent."""


@op.post("/automations/sms/receipts", title="Create SMS receipt rule", effect=Effect.WRITE)
def sms_receipts_create(
    rule_name: t.RuleName,
    action: t.Action,
    match_type: t.MatchType = t.ReportMatch.ALL_REPORTS,
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
) -> m.ReceiptRule:
    """A new rule for delivery reports. With the action POLL, reports wait here to be listed."""


@op.get("/automations/sms/receipts/{receipt_rule_id}", title="One SMS receipt rule")
def sms_receipts_get(receipt_rule_id: t.RuleId) -> m.ReceiptRule:
    """What one rule does with which delivery reports."""


@op.put("/automations/sms/receipts/{receipt_rule_id}", title="Update SMS receipt rule", effect=Effect.WRITE)
def sms_receipts_update(
    receipt_rule_id: t.RuleId,
    rule_name: t.RuleName,
    match_type: t.MatchType,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
) -> m.ReceiptRule:
    """Replace one rule for delivery reports."""


@op.delete(
    "/automations/sms/receipts/{receipt_rule_id}",
    title="Delete SMS receipt rule",
    loses="Reports that only this rule took are not collected or passed on any more.",
)
def sms_receipts_delete(receipt_rule_id: t.RuleId) -> None:
    """Delete one rule for delivery reports."""


@op.get("/automations/voice/receipts", title="Voice receipt rules", paged=True)
def voice_receipts_list(q: t.Search | None = None) -> Page[m.ReceiptRule]:
    """The rules for delivery reports of calls."""


@op.post("/automations/voice/receipts", title="Create voice receipt rule", effect=Effect.WRITE)
def voice_receipts_create(
    rule_name: t.RuleName,
    action: t.Action,
    match_type: t.MatchType = t.ReportMatch.ALL_REPORTS,
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
) -> m.ReceiptRule:
    """A new rule for delivery reports of calls. With the action POLL, reports wait here to be listed."""


@op.get("/automations/voice/receipts/{receipt_rule_id}", title="One voice receipt rule")
def voice_receipts_get(receipt_rule_id: t.RuleId) -> m.ReceiptRule:
    """What one rule does with which delivery reports of calls."""


@op.put(
    "/automations/voice/receipts/{receipt_rule_id}",
    title="Update voice receipt rule",
    effect=Effect.WRITE,
)
def voice_receipts_update(
    receipt_rule_id: t.RuleId,
    rule_name: t.RuleName,
    match_type: t.MatchType,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
) -> m.ReceiptRule:
    """Replace one rule for delivery reports of calls."""


@op.delete(
    "/automations/voice/receipts/{receipt_rule_id}",
    title="Delete voice receipt rule",
    loses="Reports that only this rule took are not collected or passed on any more.",
)
def voice_receipts_delete(receipt_rule_id: t.RuleId) -> None:
    """Delete one rule for delivery reports of calls."""


@op.get("/automations/fax/receipts", title="Fax receipt rules", paged=True, closed=_FAX_IS_CLOSED)
def fax_receipts_list(q: t.Search | None = None) -> Page[m.ReceiptRule]:
    """The rules for delivery reports of faxes."""


@op.post(
    "/automations/fax/receipts", title="Create fax receipt rule", effect=Effect.WRITE, closed=_FAX_IS_CLOSED
)
def fax_receipts_create(
    rule_name: t.RuleName,
    action: t.Action,
    match_type: t.MatchType = t.ReportMatch.ALL_REPORTS,
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
) -> m.ReceiptRule:
    """A new rule for delivery reports of faxes. With the action POLL, reports wait here to be listed."""


@op.get("/automations/fax/receipts/{receipt_rule_id}", title="One fax receipt rule", closed=_FAX_IS_CLOSED)
def fax_receipts_get(receipt_rule_id: t.RuleId) -> m.ReceiptRule:
    """What one rule does with which delivery reports of faxes."""


@op.put(
    "/automations/fax/receipts/{receipt_rule_id}",
    title="Update fax receipt rule",
    effect=Effect.WRITE,
    closed=_FAX_IS_CLOSED,
)
def fax_receipts_update(
    receipt_rule_id: t.RuleId,
    rule_name: t.RuleName,
    match_type: t.MatchType,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
) -> m.ReceiptRule:
    """Replace one rule for delivery reports of faxes."""


@op.delete(
    "/automations/fax/receipts/{receipt_rule_id}",
    title="Delete fax receipt rule",
    loses="Reports that only this rule took are not collected or passed on any more.",
    closed=_FAX_IS_CLOSED,
)
def fax_receipts_delete(receipt_rule_id: t.RuleId) -> None:
    """Delete one rule for delivery reports of faxes."""


@op.get("/automations/fax/inbound", title="Inbound fax rules", paged=True, closed=_FAX_IS_CLOSED)
def fax_inbound_list(q: t.Search | None = None) -> Page[m.InboundRule]:
    """The rules for faxes that come in."""


@op.post(
    "/automations/fax/inbound",
    title="Create inbound fax rule",
    effect=Effect.WRITE,
    closed=_FAX_IS_CLOSED,
)
def fax_inbound_create(
    rule_name: t.RuleName,
    action: t.Action,
    dedicated_number: t.ListeningNumber = "*",
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
) -> m.InboundRule:
    """A new rule for faxes that come in to a number."""


@op.get("/automations/fax/inbound/{inbound_rule_id}", title="One inbound fax rule", closed=_FAX_IS_CLOSED)
def fax_inbound_get(inbound_rule_id: t.RuleId) -> m.InboundRule:
    """What one rule does with faxes that come in."""


@op.put(
    "/automations/fax/inbound/{inbound_rule_id}",
    title="Update inbound fax rule",
    effect=Effect.WRITE,
    closed=_FAX_IS_CLOSED,
)
def fax_inbound_update(
    inbound_rule_id: t.RuleId,
    rule_name: t.RuleName,
    dedicated_number: t.ListeningNumber,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
) -> m.InboundRule:
    """Replace one rule for faxes that come in."""


@op.delete(
    "/automations/fax/inbound/{inbound_rule_id}",
    title="Delete inbound fax rule",
    loses="Faxes that only this rule took are not passed on any more.",
    closed=_FAX_IS_CLOSED,
)
def fax_inbound_delete(inbound_rule_id: t.RuleId) -> None:
    """Delete one rule for faxes that come in."""


@op.get("/automations/email/receipts", title="E-mail receipt rules", paged=True)
def email_receipts_list(q: t.Search | None = None) -> Page[m.ReceiptRule]:
    """The rules for delivery reports of e-mails."""


@op.post("/automations/email/receipts", title="Create e-mail receipt rule", effect=Effect.WRITE)
def email_receipts_create(
    rule_name: t.RuleName,
    action: t.Action,
    match_type: t.MatchType = t.ReportMatch.ALL_REPORTS,
    action_address: t.ActionAddress = "",
    enabled: t.Enabled = True,
) -> m.ReceiptRule:
    """A new rule for delivery reports of e-mails. With the action URL, your server is told."""


@op.get("/automations/email/receipts/{receipt_rule_id}", title="One e-mail receipt rule")
def email_receipts_get(receipt_rule_id: t.RuleId) -> m.ReceiptRule:
    """What one rule does with which delivery reports of e-mails."""


@op.put(
    "/automations/email/receipts/{receipt_rule_id}",
    title="Update e-mail receipt rule",
    effect=Effect.WRITE,
)
def email_receipts_update(
    receipt_rule_id: t.RuleId,
    rule_name: t.RuleName,
    match_type: t.MatchType,
    action: t.Action,
    action_address: t.ActionAddress,
    enabled: t.Enabled,
) -> m.ReceiptRule:
    """Replace one rule for delivery reports of e-mails."""


@op.delete(
    "/automations/email/receipts/{receipt_rule_id}",
    title="Delete e-mail receipt rule",
    loses="Reports that only this rule took are not collected or passed on any more.",
)
def email_receipts_delete(receipt_rule_id: t.RuleId) -> None:
    """Delete one rule for delivery reports of e-mails."""
