"""Picture messages."""

from __future__ import annotations

from tui.sandbox import messaging
from tui.sandbox.answers import Answer
from tui.sandbox.mms import MMS
from tui.sandbox.registry import Call, answers

messaging.serve_sends("mms.", MMS)
messaging.serve_cancels("mms.", MMS, one="MMS has", several="MMS", done=None)
messaging.serve_history("mms.", MMS)
messaging.serve_receipts("mms.", MMS)


@answers("mms.receipts_get")
def receipts_get(call: Call) -> Answer:
    """Here ClickSend tells the whole message, whether it has arrived or not."""
    message = messaging.sent_message(call, MMS)
    return Answer(MMS.history_row(call.world, message), "Here is your MMS receipt.")
