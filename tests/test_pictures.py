"""Pictures of this machine: what is told of them, and that none of them does harm."""

from __future__ import annotations

import random
import zlib
from pathlib import Path
from struct import pack

import pytest
from PIL import Image

from tui.core.errors import InvalidInput
from tui.pictures import Colour, Picture, look

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
TYPES = ("png", "gif", "bmp", "jpg")


def two_halves(path: Path, size: tuple[int, int] = (40, 20)) -> Path:
    """A picture that is red at the left and blue at the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    picture.save(path)
    return path


def chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def bomb(path: Path, width: int, height: int) -> Path:
    """A PNG of a few bytes that says it has so many pixels."""
    header = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows))
    return path


def alike(one: Colour, other: Colour) -> bool:
    """Whether two colours look the same: JPEG does not keep them exactly."""
    return all(abs(a - b) < 8 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_is_told_and_shrunk(tmp_path: Path, kind: str) -> None:
    width, height, rows = look(two_halves(tmp_path / f"sale.{kind}"), 10, 16)
    assert (width, height, len(rows), {len(row) for row in rows}) == (40, 20, 6, {10})
    assert all(alike(row[0], RED) and alike(row[-1], BLUE) for row in rows)


def test_without_room_only_its_size_is_read(tmp_path: Path) -> None:
    assert look(two_halves(tmp_path / "sale.png")) == Picture(40, 20, ())


def test_what_is_small_is_not_blown_up(tmp_path: Path) -> None:
    assert len(look(two_halves(tmp_path / "dot.png", (2, 2)), 40, 20).rows) == 2


def test_what_is_transparent_is_shown_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(tmp_path / "glass.png")
    assert look(tmp_path / "glass.png", 4, 4).rows[0][0] == WHITE


def test_a_photo_is_shown_as_it_was_held(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    with Image.open(two_halves(tmp_path / "sale.png")) as picture:
        picture.save(tmp_path / "photo.jpg", exif=turned)
    rows = look(tmp_path / "photo.jpg", 10, 10).rows
    assert len(rows) == 10
    assert alike(rows[0][0], RED)
    assert alike(rows[-1][0], BLUE)


@pytest.mark.parametrize("size", [(8_000, 8_000), (60_000, 60_000), (4_100, 4_100), (2**31 - 1, 2)])
def test_a_bomb_is_not_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match=r"bomb\.png is too large to be shown\. Make it smaller\."):
        look(bomb(tmp_path / "bomb.png", *size), 40, 20)


def test_a_large_photo_is(tmp_path: Path) -> None:
    width, height, rows = look(two_halves(tmp_path / "photo.jpg", (6_000, 4_000)), 12, 12)
    assert (width, height, len(rows)) == (6_000, 4_000, 8)


def test_what_is_no_picture_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "sale.jpg").write_text("not so")
    with pytest.raises(InvalidInput, match=r"sale\.jpg is no picture\. Choose a JPG, PNG or GIF\."):
        look(tmp_path / "sale.jpg", 10, 10)


@pytest.mark.parametrize("kind", TYPES)
def test_a_damaged_one_is_shown_or_told_of(tmp_path: Path, kind: str) -> None:
    """However it is damaged, nothing but InvalidInput comes of it."""
    good, dice = two_halves(tmp_path / f"good.{kind}").read_bytes(), random.Random(7)
    path = tmp_path / f"sale.{kind}"
    told = set()
    for _ in range(300):
        bad = bytearray(good[: dice.randrange(8, len(good) + 1)])
        for _ in range(dice.randrange(4)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        path.write_bytes(bad)
        try:
            look(path, 10, 10)
        except InvalidInput as error:
            told.add(error.message)
    assert f"sale.{kind} is damaged." in told
