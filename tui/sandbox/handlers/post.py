"""Letters, postcards, and the addresses that they come back to."""

from __future__ import annotations

from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.detected import address_in, text_of
from tui.sandbox.messaging import serve_history, serve_sends
from tui.sandbox.plain import Words, plain
from tui.sandbox.post import LETTERS, POSTCARDS
from tui.sandbox.registry import Call, answers
from tui.sandbox.uploads import decoded

serve_sends("post.letters_", LETTERS, "Letters queued for delivery.")
serve_history("post.letters_", LETTERS)
serve_sends("post.postcards_", POSTCARDS, "Postcard queued for delivery.")
serve_history("post.postcards_", POSTCARDS)

plain(
    "post.return_addresses",
    lambda world: world.return_addresses,
    Words(
        listed="Here are your records.",
        created="New return address has been added.",
        shown="Here is your data.",
        updated="Your return address has been updated.",
        deleted="Your return address has been deleted.",
    ),
)


@answers("post.detect_address")
def detect_address(call: Call) -> Answer:
    content, address = call.body.get("content"), call.body.get("address")
    if not content and not address:
        raise bad_request({"content": "The content or the address is required."})
    text = text_of(decoded(content)) if content else str(address)
    return Answer(address_in(text, str(call.world.account.settings["country"])), "Here is your result.")
