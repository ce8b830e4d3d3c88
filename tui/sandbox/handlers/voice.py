"""Calls."""

from __future__ import annotations

from tui.sandbox import messaging
from tui.sandbox.answers import Answer, not_found
from tui.sandbox.registry import Call, answers
from tui.sandbox.voice import LANGUAGES, VOICE

messaging.serve_sends("voice.", VOICE)
messaging.serve_cancels("voice.", VOICE, one="Voice have", several="messages", done=[])
messaging.serve_history("voice.", VOICE)
messaging.serve_receipts("voice.", VOICE)


@answers("voice.languages")
def languages(call: Call) -> Answer:
    """Where there is one voice only, it stands there without a list."""
    rows = [
        {"code": code, "country": name, "gender": list(voices) if len(voices) > 1 else voices[0]}
        for code, (name, voices) in LANGUAGES.items()
    ]
    return Answer(rows, "Here is the list of languages.")


@answers("voice.receipts_get")
def receipts_get(call: Call) -> Answer:
    message = messaging.sent_message(call, VOICE)
    if message.final_at is None:
        raise not_found("Receipt record not found.")
    return Answer(VOICE.receipt(call.world, message), "Here is your result.")


@answers("voice.receipts_test")
def receipts_test(call: Call) -> Answer:
    return Answer(messaging.tested_receipt(call, VOICE), "Test receipt has been added.")
