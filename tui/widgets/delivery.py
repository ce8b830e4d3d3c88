"""What became of a message, in plain words: the cause, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """A few words for a row, a sentence for the detail, and what to do (nothing if empty)."""

    short: str
    cause: str
    advice: str = ""


def explain(state: str, state_text: str = "", code: str = "", error_text: str = "") -> Meaning:
    """The meaning of a message's state, given ClickSend's own word, status code and error text.

    ClickSend has renumbered its error codes: only its words and the status codes 200 to 302 are relied on.
    """
    word = state_text.strip().casefold().replace("_", "").replace(" ", "")
    if state == "rejected":
        return _rejection(state_text.strip())
    if word in _REVIEWED:
        return _REVIEWED[word]
    if state == "failed":
        return _failure(f"{error_text} {state_text}".casefold())
    if state in ("accepted", "sent") and code in ("300", "302"):
        return _TEMPORARY
    return _BY_STATE.get(state, _unheard_of(state_text or state))


def _rejection(code: str) -> Meaning:
    from tui.api import codes

    short = _REJECTED_SHORT.get(code, "not accepted")
    if codes.outcome(code) is not codes.Outcome.REJECTED:
        return Meaning(
            short, "ClickSend did not accept it. Nothing was sent.", "Its own word for it is below."
        )
    known = codes.meaning(code)
    return Meaning(short, f"ClickSend did not accept it. {known.words}", known.hint)


def _failure(words: str) -> Meaning:
    for pieces, meaning in _FAILED:
        if any(piece in words for piece in pieces):
            return meaning
    return _OTHER_FAILURE


def _unheard_of(word: str) -> Meaning:
    return Meaning(
        word,
        f"ClickSend calls its state “{word}”, which this console does not know.",
        "Look it up in the ClickSend dashboard.",
    )


_TEMPORARY = Meaning(
    "network tries again",
    "The network reported a passing error and tries again.",
    "Wait: a second message could arrive beside this one.",
)
_OTHER_FAILURE = Meaning(
    "not delivered",
    "The network did not deliver it and has stopped trying.",
    "Check the number, or reach them another way.",
)
_BY_STATE = {
    "sending": Meaning("no answer yet", "It is on its way to ClickSend; there is no answer yet."),
    "accepted": Meaning("queued", "ClickSend has accepted it and will hand it to the network."),
    "scheduled": Meaning("scheduled", "ClickSend keeps it until its time comes."),
    "sent": Meaning(
        "no word from the handset",
        "The network has it. The handset has not confirmed it yet.",
        "Some networks never confirm. Ask them before you send it again.",
    ),
    "delivered": Meaning("delivered", "The handset has received it."),
    "cancelled": Meaning("cancelled", "It was cancelled before it left. Nothing was sent."),
    "not sent": Meaning(
        "never left",
        "ClickSend could not be reached. Nothing was sent, nothing is charged.",
        "Send it again when the connection is back.",
    ),
    "unknown": Meaning(
        "no clear answer",
        "No clear answer came from ClickSend: it may have been sent, or not.",
        "Ask them, or look in the ClickSend dashboard, before you send it again.",
    ),
}

_REVIEWED = {
    "waitapproval": Meaning(
        "in review",
        "ClickSend holds it back until somebody there has reviewed it.",
        "It leaves by itself when it passes. Links are what is reviewed most.",
    ),
    "cancelledafterreview": Meaning(
        "stopped in review",
        "ClickSend reviewed it and did not let it pass.",
        "Ask ClickSend's support why before you send it again.",
    ),
}

_REJECTED_SHORT = {
    "INVALID_RECIPIENT": "invalid number",
    "COUNTRY_NOT_ENABLED": "country not enabled",
    "REGISTRATION_NEEDED": "sender not registered",
    "INSUFFICIENT_CREDIT": "no credit",
    "THROTTLED": "same text twice",
    "INVALID_SENDER_ID": "sender not allowed",
    "EMPTY_MESSAGE": "empty text",
    "INVALID_SCHEDULE": "invalid time",
    "ACCOUNT_NOT_ACTIVATED": "account not active",
    "TOO_MANY_RECIPIENTS": "too many recipients",
    "INVALID_CREDENTIALS": "key refused",
    "MISSING_CREDENTIALS": "key refused",
}
"""ClickSend's code for one message of a send -> a few words for a row."""

_FAILED: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (
        ("unknown subscriber", "unidentified", "unallocated", "not in service", "invalid number"),
        Meaning(
            "number not in use",
            "The network knows nobody with this number.",
            "Check the number with them another way, and correct the contact.",
        ),
    ),
    (
        ("illegal subscriber", "barred", "blocked"),
        Meaning(
            "number barred",
            "The network does not let this number receive messages.",
            "Reach them another way; sending again will fail again.",
        ),
    ),
    (
        ("not sms capable", "not capable", "landline", "not equipped"),
        Meaning(
            "cannot receive SMS",
            "This number cannot receive text messages: a landline, perhaps.",
            "Ask for a mobile number.",
        ),
    ),
    (
        ("absent", "switched off", "out of coverage", "unreachable"),
        Meaning(
            "phone switched off",
            "The phone was switched off or out of reach until the network gave up.",
            "Send it again later, if it still matters.",
        ),
    ),
    (
        ("memory",),
        Meaning("phone is full", "The phone has no room for another message.", "Send it again later."),
    ),
    (
        ("spam", "filtered"),
        Meaning(
            "filtered as spam",
            "A network's spam filter stopped it.",
            "Change the text: no links, no capitals. Sent again unchanged it is stopped again.",
        ),
    ),
    (
        ("rejected",),
        Meaning(
            "refused by the network",
            "The network refused it.",
            "Try another sender. If it goes on, ask ClickSend's support.",
        ),
    ),
    (
        ("routing", "no route"),
        Meaning(
            "no way to that network",
            "ClickSend found no way to this network.",
            "Check the number. If it is right, ask ClickSend's support.",
        ),
    ),
    (
        ("expired",),
        Meaning(
            "nothing heard in time",
            "No confirmation came in the time that the network waits for one.",
            "It may have arrived. Ask them before you send it again.",
        ),
    ),
    (
        ("timeout", "time out", "timed out", "congestion", "network error", "temporary"),
        Meaning(
            "network trouble",
            "A network on the way was out of order until it was too late.",
            "Send it again.",
        ),
    ),
)
"""Words in ClickSend's error text -> what they mean; the first that fits counts."""
