"""Automations: rules for what is done with inbound messages and delivery reports."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import automations as m
from tui.api.models.base import Page
from tui.api.operation import Effect


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
