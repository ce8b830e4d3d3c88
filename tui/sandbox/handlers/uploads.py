"""Files that messages, imports and letters refer to."""

from __future__ import annotations

from tui.api.types import Convert
from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.message import guid
from tui.sandbox.registry import Call, answers
from tui.sandbox.uploads import LIFETIME, converted, decoded


@answers("uploads.create")
def create(call: Call) -> Answer:
    """The file lies under its address for ten minutes."""
    world, now = call.world, int(call.world.now)
    content, ending = converted(decoded(call.body["content"]), _use(call))
    name = f"{guid(world.chance.getrandbits(128))}.{ending}"
    url = call.on_host(world.files.add(content, name, convert=_use(call), until=now + LIFETIME))
    upload = {
        "_url": url,
        "file_name": name,
        "upload_id": world.files.count,
        "user_id": world.account.user_id,
        "date_added": now,
        "date_delete": now + LIFETIME,
    }
    return Answer(upload, "Your file has been uploaded.")


def _use(call: Call) -> Convert:
    asked = str(call.query.get("convert") or call.body.get("convert"))
    if asked not in set(Convert):
        raise bad_request({"convert": f"The convert must be one of {', '.join(Convert)}."})
    return Convert(asked)
