"""E-mail templates, their images, and the designs they begin with."""

from __future__ import annotations

from base64 import b64encode

import httpx

from tests.sandbox.caller import Caller

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_template_begins_with_a_design_and_then_goes_its_own_way(caller: Caller) -> None:
    design = caller.get("/email/master-templates/57")
    made = caller.post("/email/templates", template_id_master=57, template_name="News")
    assert made["body"] == design["body"]
    path = f"/email/templates/{made['template_id']}"
    changed = caller.put(path, body="<p>Hi</p>", template_id_master=1)
    assert (changed["template_name"], changed["body"]) == ("News", "<p>Hi</p>")
    assert changed["template_id_master"] == 57
    assert caller.put(path, body="<p>Hi</p>", template_name="Other")["template_name"] == "Other"
    assert caller.get(path)["template_name"] == "Other"
    (row,) = caller.get("/email/templates", q="template_name:other")["data"]
    assert row == {"template_id": made["template_id"], "template_name": "Other"}
    assert caller.get("/email/master-templates/57") == design
    assert caller.delete(path) == []
    assert caller.ask("GET", path).status_code == 404


def test_a_template_needs_a_design_and_a_name(caller: Caller) -> None:
    for body, status in (
        ({"template_name": "News"}, 400),
        ({"template_id_master": 57}, 400),
        ({"template_id_master": 2, "template_name": "News"}, 404),
    ):
        assert caller.ask("POST", "/email/templates", body).status_code == status


def test_designs_stand_in_categories(caller: Caller) -> None:
    categories = caller.get("/email/master-templates-categories")
    found = []
    for category in categories:
        path = f"/email/master-templates-categories/{category['category_id']}"
        assert caller.get(path)["name"] == category["category_name"]
        found += caller.get(f"{path}/master-templates")
    designs = caller.get("/email/master-templates")
    assert sorted(row["template_id_master"] for row in found) == [
        row["template_id_master"] for row in designs
    ]
    assert caller.ask("GET", "/email/master-templates-categories/1").status_code == 404
    assert caller.ask("GET", "/email/master-templates-categories/1/master-templates").status_code == 404


def image_in(caller: Caller, **given: object) -> httpx.Response:
    """The file at the address that an upload answers."""
    template = caller.get("/email/templates")["data"][0]["template_id"]
    return caller.fetch(caller.post(f"/email/templates-images/{template}", **given))


def test_an_image_is_kept_under_an_address(caller: Caller) -> None:
    kept = image_in(caller, image=b64encode(PNG).decode())
    assert (kept.content, kept.headers["content-type"]) == (PNG, "image/png")
    again = image_in(caller, url=str(kept.url))
    assert (again.content, again.url != kept.url) == (PNG, True)
    assert image_in(caller, url="https://example.com/logo.png").headers["content-type"] == "image/gif"


def test_what_is_no_image_is_refused(caller: Caller) -> None:
    template = caller.get("/email/templates")["data"][0]["template_id"]
    path = f"/email/templates-images/{template}"
    text = b64encode(b"text").decode()
    gone = f"{caller.url}/files/3BD73304-6E8B-4FDB-99A7-7ED08DF97BCC"
    for body in ({}, {"image": "%"}, {"image": text}, {"url": "logo.png"}, {"url": gone}):
        assert caller.ask("POST", path, body).status_code == 400, body
    gif = {"image": b64encode(b"GIF89a").decode()}
    assert caller.ask("POST", "/email/templates-images/1", gif).status_code == 404
