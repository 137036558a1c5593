"""A picture for an announcement, drawn here so that the demo ships no image file."""

import struct
import zlib
from typing import Final

WIDTH, HEIGHT = 640, 320
Colour = tuple[int, int, int]
SKY: Final[Colour] = (201, 229, 255)
SUN: Final[Colour] = (255, 201, 71)
HILL: Final[Colour] = (86, 153, 86)
FLAGS: Final[tuple[Colour, ...]] = ((214, 64, 69), (255, 255, 255), (48, 92, 168))


def poster() -> bytes:
    """A PNG: sun, hill and bunting."""
    rows = (bytes(channel for x in range(WIDTH) for channel in _at(x, y)) for y in range(HEIGHT))
    pixels = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _at(x: int, y: int) -> Colour:
    nth, across = divmod(x, WIDTH // 16)
    if y < 60 - abs(2 * across - WIDTH // 16):
        return FLAGS[nth % len(FLAGS)]
    if y > HEIGHT - 90 + ((x - WIDTH // 2) ** 2) // 2400:
        return HILL
    if (x - 500) ** 2 + (y - 130) ** 2 < 2500:
        return SUN
    return SKY


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
