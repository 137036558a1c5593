"""Files: documents and photos out, any file in."""

from typing import Any

from bot.playground import images
from bot.playground.entities import units
from bot.playground.entities.formatted import formatted
from bot.playground.files import LARGEST_DOWNLOAD, as_document
from bot.playground.methods.call import Call
from bot.playground.methods.messages import bot, options
from bot.playground.model import Json, StoredFile
from bot.playground.refusals import bad_request

LONGEST_CAPTION = 1024
ATTACHED = "attach://"
LARGEST_PHOTO = 10 * 1024 * 1024


async def send_document(call: Call) -> Json:
    chat = call.chat()
    body = document_of(call, call.raw("document")) | caption_of(call)
    more = options(call, chat, body)
    return call.answer(call.world.post(chat, bot(call), "document", body, **more))


async def send_photo(call: Call) -> Json:
    chat = call.chat()
    body = photo_of(call, call.raw("photo")) | caption_of(call)
    more = options(call, chat, body)
    return call.answer(call.world.post(chat, bot(call), "photo", body, **more))


async def get_file(call: Call) -> Json:
    file = call.world.files.find(call.get("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def document_of(call: Call, value: Any) -> Json:
    return {"document": as_document(_file(call, value, "document"))}


def photo_of(call: Call, value: Any) -> Json:
    file = _file(call, value, "photo")
    if len(file.data) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    return {"photo": [as_photo(file)]}


def caption_of(call: Call) -> Json:
    return captioned(call.get("caption"), call.get("parse_mode"), call.raw("caption_entities"))


def captioned(caption: str | None, parse_mode: str | None, told: Any) -> Json:
    if not caption:
        return {}
    text, entities = formatted(caption, parse_mode, told)
    if units.length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def as_photo(file: StoredFile) -> Json:
    width, height = images.size(file.data)
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "width": width,
        "height": height,
        "file_size": len(file.data),
    }


def _file(call: Call, value: Any, name: str) -> StoredFile:
    """An upload, or a file that the playground already has."""
    value = str(value or "")
    if value.startswith(ATTACHED):
        upload = call.uploads.get(value.removeprefix(ATTACHED))
        if upload is None:
            raise bad_request(f"there is no {name} in the request")
        return call.world.files.keep(upload, f"{name}s")
    file = call.world.files.find(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


METHODS = {"sendDocument": send_document, "sendPhoto": send_photo, "getFile": get_file}
