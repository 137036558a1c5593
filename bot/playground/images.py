"""The size of a picture, from its first bytes."""

import struct

from bot.playground.refusals import bad_request

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
GIF = (b"GIF87a", b"GIF89a")
SIZE_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises Telegram's refusal for what is no picture."""
    try:
        found = _size(data)
    except (struct.error, IndexError):
        found = None
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return found


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(PNG):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(GIF):
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg(data) if data.startswith(JPEG) else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2
    while data[position] == JPEG[0]:
        marker, length = data[position + 1], struct.unpack_from(">H", data, position + 2)[0]
        if marker in SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return width, height
        position += 2 + length
    return None
