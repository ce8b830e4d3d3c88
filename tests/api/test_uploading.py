"""Local files are uploaded once while their URL lives, and again when it expired or the file changed."""

from __future__ import annotations

import os
from base64 import b64decode
from pathlib import Path

import pytest

from tests.api.conftest import TurnableClock
from tests.api.scripted import ScriptedServer
from tui.api import contacts, uploads
from tui.api.client import ApiClient
from tui.api.entry import LocalFile
from tui.api.uploading import LIFETIME, Uploads
from tui.core.errors import InvalidInput

IMPORT = {"list_id": 428, "field_order": ["phone"]}


@pytest.fixture
def people(tmp_path: Path) -> LocalFile:
    path = tmp_path / "people.csv"
    path.write_text("+61411111111\n")
    return LocalFile(path)


def told(server: ScriptedServer, number: int, lives: int = 7 * 86_400) -> None:
    now = 1_793_000_000
    server.says({"_url": f"https://files.example/{number}", "date_added": now, "date_delete": now + lives})


async def fill(uploading: Uploads, file: LocalFile) -> str:
    filled = await uploading.fill(contacts.lists_import, {**IMPORT, "file_url": file})
    assert filled | {"file_url": ""} == {**IMPORT, "file_url": ""}
    return str(filled["file_url"])


async def test_a_file_is_uploaded_for_its_use_and_its_url_used_while_it_lives(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, people: LocalFile
) -> None:
    uploading = Uploads(client, clock)
    told(server, 1)
    told(server, 2)
    assert [await fill(uploading, people) for _ in range(2)] == ["https://files.example/1"] * 2
    (request,) = server.requests
    assert (request.path, request.query) == ("/v3/uploads", {"convert": "csv"})
    assert b64decode(request.body["content"]) == b"+61411111111\n"
    clock.at += LIFETIME  # ClickSend may promise days: files were seen to go after ten minutes
    assert await fill(uploading, people) == "https://files.example/2"


async def test_a_url_that_is_about_to_die_is_not_used(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, people: LocalFile
) -> None:
    uploading = Uploads(client, clock)
    told(server, 1, lives=60)
    told(server, 2)
    assert [await fill(uploading, people) for _ in range(2)] == [
        "https://files.example/1",
        "https://files.example/2",
    ]


async def test_a_file_that_was_changed_is_uploaded_again(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, people: LocalFile
) -> None:
    uploading = Uploads(client, clock)
    told(server, 1)
    told(server, 2)
    await fill(uploading, people)
    people.path.write_text("+61422222222\n")
    os.utime(people.path, ns=(1, 1))
    assert await fill(uploading, people) == "https://files.example/2"


async def test_content_is_the_file_itself(
    client: ApiClient, server: ScriptedServer, clock: TurnableClock, people: LocalFile
) -> None:
    filled = await Uploads(client, clock).fill(uploads.create, {"content": people, "convert": "csv"})
    assert b64decode(filled["content"]) == b"+61411111111\n"
    assert not server.requests


async def test_a_file_that_is_gone_says_so(client: ApiClient, clock: TurnableClock, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"gone\.csv cannot be read: No such file"):
        await fill(Uploads(client, clock), LocalFile(tmp_path / "gone.csv"))
