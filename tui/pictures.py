"""Pictures of this machine: how large they are, and what they look like in few dots."""

from __future__ import annotations

import struct
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.core.errors import InvalidInput

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]
"""Red, green, blue, each up to 255."""
_FORMATS = ("JPEG", "PNG", "GIF", "BMP")
_LARGEST_FILE = 20_000_000
"""Bytes of a file that is decoded."""
_MOST_STATED = 50_000_000
"""Pixels that a file may say it has."""
_MOST_DECODED = 16_000_000
"""Pixels that are decoded: a JPEG of more is read at half its size or less."""
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, struct.error)
"""What decoding raises for a file that is broken, or made to break it."""
_one_at_a_time = threading.Lock()


class Picture(NamedTuple):
    """A picture: its size in pixels, and its dots row by row, an even number of rows; none where there is
    no room for them.
    """

    width: int
    height: int
    rows: tuple[tuple[Colour, ...], ...] = ()


def look(path: Path, columns: int = 0, rows: int = 0) -> Picture:
    """What a file holds, in so many dots at most; with none, only its size is read. The first frame of one
    that moves, on white. Blocks. Raises InvalidInput for what cannot be shown.
    """
    from PIL import Image, UnidentifiedImageError

    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they would be written over the screen
        try:
            with path.open("rb") as file, Image.open(file, formats=_FORMATS) as image:
                width, height = image.size
                if path.stat().st_size > _LARGEST_FILE or width * height > _MOST_STATED:
                    raise Image.DecompressionBombError
                dots = _dots(_shrunk(image, columns, rows)) if columns and rows else ()
                return Picture(width, height, dots)
        except Image.DecompressionBombError as error:
            raise InvalidInput(f"{path.name} is too large to be shown.", hint="Make it smaller.") from error
        except UnidentifiedImageError as error:
            raise InvalidInput(f"{path.name} is no picture.", hint="Choose a JPG, PNG or GIF.") from error
        except _BROKEN as error:
            raise InvalidInput(f"{path.name} is damaged.", hint="Save it anew.") from error


def _shrunk(image: Image, columns: int, rows: int) -> Image:
    """At most so many dots, the right way up, without transparency."""
    from PIL import Image as pillow
    from PIL import ImageOps

    # A JPEG is decoded no larger than it has to be; what is to be turned may need either side.
    longest = 2 * max(columns, rows)
    image.draft("RGB", (longest, longest))
    if image.width * image.height > _MOST_DECODED:
        raise pillow.DecompressionBombError
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((columns, rows))
    paper = pillow.new("RGBA", upright.size, "white")
    return pillow.alpha_composite(paper, upright).convert("RGB")


def _dots(image: Image) -> tuple[tuple[Colour, ...], ...]:
    found = [tuple(_colour(image.getpixel((x, y))) for x in range(image.width)) for y in range(image.height)]
    return tuple(found + found[-1:] if len(found) % 2 else found)


def _colour(pixel: Any) -> Colour:
    red, green, blue = pixel
    return red, green, blue
