"""Templates of texts and e-mails, and ClickSend's own designs."""

from __future__ import annotations

from tui.sandbox import email_templates
from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.plain import Words, plain
from tui.sandbox.registry import Call, answers
from tui.sandbox.uploads import decoded, type_of

_IMAGES = frozenset({"jpg", "gif", "png", "bmp"})
_BLANK = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)

plain(
    "templates.sms",
    lambda world: world.templates,
    Words(
        listed="Here are your data.",
        created="New template has been saved.",
        shown="Here is your template.",
        updated="Your template has been updated.",
        deleted="Your template has been deleted.",
    ),
)

plain(
    "templates.email",
    lambda world: world.email_templates,
    Words(
        listed="Here are your email templates.",
        created="New email template has been saved.",
        shown="Here is your email template.",
        updated="Your email template has been updated.",
        deleted="Your email template has been deleted.",
    ),
    row=lambda template: {name: template[name] for name in ("template_id", "template_name")},
)


@answers("templates.email_image_upload")
def email_image_upload(call: Call) -> Answer:
    """An image from elsewhere is not fetched: a blank one stands for it."""
    files = call.world.files
    call.world.email_templates.get(call.path["template_id"])
    image, url = call.body.get("image") or call.body.get("content"), str(call.body.get("url") or "")
    if image:
        raw = decoded(image)
    elif files.is_ours(url) or not url.startswith(("http://", "https://")):
        raw = file.content if (file := files.at(url)) else b""
    else:
        raw = _BLANK
    if type_of(raw) not in _IMAGES:
        raise bad_request({"image": "An image or the url of one is required."})
    path = files.add(raw, f"image.{type_of(raw)}")
    return Answer(call.on_host(path), "Here is your uploaded image.")


@answers("templates.master_list")
def master_list(call: Call) -> Answer:
    return Answer(email_templates.designs(), "List of Email Master Templates")


@answers("templates.master_get")
def master_get(call: Call) -> Answer:
    return Answer(email_templates.design(call.path["template_id"]), "Here is your email template")


@answers("templates.categories_list")
def categories_list(call: Call) -> Answer:
    return Answer(email_templates.categories(), "List of Email Categories")


@answers("templates.categories_get")
def categories_get(call: Call) -> Answer:
    return Answer(email_templates.category(call.path["category_id"]), "List of Email Categories")


@answers("templates.category_templates")
def category_templates(call: Call) -> Answer:
    found = email_templates.designs(call.path["category_id"])
    return Answer(found, "List of Email Templates By Category")
