"""Files behind addresses come whole or not at all, never with the key, and overwrite nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.api.scripted import RESET, Answered, ScriptedServer
from tui.api.download import download
from tui.core.errors import BadAnswer, InvalidInput, NotFound, Unreachable

CSV = b"name,number\nAda,+61411111111\n"


@pytest.fixture
def address(server: ScriptedServer) -> str:
    return server.url.removesuffix("/v3") + "/files/1?filename=export.csv"


async def test_a_file_is_fetched_without_the_key_and_tells_its_progress(
    server: ScriptedServer, address: str, tmp_path: Path
) -> None:
    server.answers(Answered(200, CSV))
    seen: list[tuple[int, int | None]] = []
    size = await download(address, tmp_path / "out.csv", on_bytes=lambda *told: seen.append(told))
    assert (size, (tmp_path / "out.csv").read_bytes()) == (len(CSV), CSV)
    assert seen[-1] == (len(CSV), len(CSV))
    assert "authorization" not in server.requests[0].headers
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0


async def test_nothing_is_overwritten(server: ScriptedServer, address: str, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(InvalidInput, match=r"out\.csv cannot be written: there is a file of that name"):
        await download(address, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert not server.requests


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answered(404), NotFound),
        (Answered(302, b"", {"location": "https://elsewhere.example"}), NotFound),
        (RESET, Unreachable),
        (Answered(200, CSV, {"content-length": str(len(CSV) + 9)}), (BadAnswer, Unreachable)),
    ],
)
async def test_what_does_not_arrive_whole_leaves_nothing(
    server: ScriptedServer, address: str, tmp_path: Path, answer: Answered | str, error: type[Exception]
) -> None:
    server.answers(answer)
    if isinstance(answer, Answered) and "content-length" in answer.headers:
        server.closes_after_answer = True
    with pytest.raises(error):
        await download(address, tmp_path / "out.csv")
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    "url", ["", "ftp://files.example/1", "http://files.example/1", "file:///etc/passwd", "::"]
)
async def test_only_safe_addresses_are_followed(url: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no address"):
        await download(url, tmp_path / "out.csv")


async def test_a_folder_that_is_not_there(server: ScriptedServer, address: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written: No such file or directory"):
        await download(address, tmp_path / "gone" / "out.csv")
