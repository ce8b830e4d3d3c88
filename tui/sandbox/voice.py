"""Calls in which a voice reads a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

import phonenumbers

from tui.core.parts import measure
from tui.core.phone import TEST_NUMBERS
from tui.sandbox import offers, prices
from tui.sandbox.collection import Record
from tui.sandbox.outgoing import Channel, Outgoing

if TYPE_CHECKING:
    from tui.sandbox.world import World

_PART = {"GSM-7": 300, "Unicode": 150}
"""Characters that are read for the price of one part."""
MOST_PARTS = 4
"""What is longer is cut off."""
_BOTH = ("female", "male")
LANGUAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "en-us": ("English, US", _BOTH),
    "en-au": ("English, Australia", _BOTH),
    "en-gb": ("English, UK", _BOTH),
    "en-in": ("English, India", ("female",)),
    "de-de": ("German, Germany", _BOTH),
    "es-es": ("Spanish, Spain", _BOTH),
    "es-us": ("Spanish, US", _BOTH),
    "fr-ca": ("French, Canada", ("female",)),
    "fr-fr": ("French, France", _BOTH),
    "is-is": ("Icelandic, Iceland", _BOTH),
    "it-it": ("Italian, Italy", _BOTH),
    "nl-nl": ("Dutch, Netherlands", _BOTH),
    "pl-pl": ("Polish, Poland", _BOTH),
    "pt-pt": ("Portuguese, Portugal", ("male",)),
    "pt-br": ("Portuguese, Brazil", _BOTH),
    "ro-ro": ("Romanian, Romania", ("female",)),
    "ru-ru": ("Russian, Russia", _BOTH),
    "sv-se": ("Swedish, Sweden", ("female",)),
    "tr-tr": ("Turkish, Turkey", ("female",)),
    "en-gb-wls": ("English, Wales", _BOTH),
    "cy-gb-wls": ("Welsh, Wales", _BOTH),
    "nb-no": ("Norwegian, Norway", ("female",)),
    "da-dk": ("Danish, Denmark", _BOTH),
}
"""The languages by code: their names, and the voices that speak them."""
_ANSWERED_BY_MACHINE = 0.2
_NOTHING_PRESSED = 0.25


class VoiceChannel(Channel):
    """Paid by parts; a call can ask for a key and notice an answering machine."""

    name = "voice"
    tests = TEST_NUMBERS

    def requests(self, world: World, body: Mapping[str, Any]) -> Iterator[Outgoing]:
        """Here a list goes before a number."""
        for request in offers.requested(body, self.rows_under):
            whom = {**request, "to": ""} if request.get("list_id") else request
            for to, contact in offers.recipients(world, whom):
                yield Outgoing(request, to, contact)

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        request, body = message.request, offers.text_for(message.request, message.contact)
        size = _PART[measure(body).encoding]
        lang, voice = str(request.get("lang") or "").lower(), str(request.get("voice") or "").lower()
        message.details = {
            "body": body[: size * MOST_PARTS],
            "lang": lang,
            "voice": voice,
            "require_input": _flag(request.get("require_input")),
            "machine_detection": _flag(request.get("machine_detection")),
            "machine_detected": 0,
            "digits": None,
        }
        if not body.strip():
            return "EMPTY_MESSAGE"
        if lang not in LANGUAGES:
            return "INVALID_LANG"
        if voice not in LANGUAGES[lang][1]:
            return "INVALID_VOICE"
        verdict = offers.unreachable(world, message)
        if verdict == "SUCCESS":
            message.parts = -(-len(message.details["body"]) // size)
            _charge(world, message)
        return verdict

    def learned(self, message: Outgoing, chance: Random) -> Record:
        asked, failed = message.details["require_input"], message.failed
        machine = bool(message.details["machine_detection"]) and chance.random() < _ANSWERED_BY_MACHINE
        silent = failed or machine or chance.random() < _NOTHING_PRESSED
        digits = ("" if silent else str(chance.randint(1, 5))) if asked else None
        return {"digits": digits, "machine_detected": int(machine and not failed)}

    def receipt_rules(self, world: World) -> Iterable[Record]:
        return world.voice_receipt_rules


def _charge(world: World, message: Outgoing) -> None:
    number = phonenumbers.parse(message.to)
    landline = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
    message.sender, _ = prices.sender_for(message.country, world.numbers)
    message.price = message.parts * prices.voice_price(message.country, landline=landline)
    message.details["to_type"] = "landline" if landline else "mobile"


def _flag(given: object) -> int:
    return int(str(given).lower() in ("1", "true"))


VOICE = VoiceChannel()
