"""Faxes."""

from __future__ import annotations

from tui.sandbox import messaging
from tui.sandbox.answers import Answer
from tui.sandbox.fax import FAX
from tui.sandbox.registry import Call, answers

messaging.serve_sends("fax.", FAX, sent="Fax queued for delivery.")
messaging.serve_history("fax.", FAX)
messaging.serve_receipts("fax.", FAX)


@answers("fax.receipts_get")
def receipts_get(call: Call) -> Answer:
    """Here ClickSend tells the whole fax, whether it has arrived or not."""
    message = messaging.sent_message(call, FAX)
    return Answer(FAX.history_row(call.world, message), "Here is your fax receipt.")


@answers("fax.receipts_test")
def receipts_test(call: Call) -> Answer:
    return Answer(messaging.tested_receipt(call, FAX), "Receipt has been added")
