"""Automation rules as ClickSend tells them; actions are open words, there may be new ones."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, Identity, Text, Whole, YesNo


class InboundRule(AnswerModel):
    """What is done with inbound messages to a number ("*" is every one) whose text matches."""

    inbound_rule_id: Identity
    rule_name: Text = ""
    dedicated_number: Text = ""
    message_search_type: Whole = None
    message_search_term: Text = ""
    action: Text = ""
    action_address: Text = ""
    body: Text = ""
    enabled: YesNo = False
    webhook_type: Text = ""


class ReceiptRule(AnswerModel):
    """What is done with delivery reports; `match_type` 0 is all of them."""

    receipt_rule_id: Identity
    rule_name: Text = ""
    match_type: Whole = None
    action: Text = ""
    action_address: Text = ""
    enabled: YesNo = False
