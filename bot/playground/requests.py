"""A Bot API request, however it was written: query, form, JSON or multipart."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bot.playground.files import LARGEST_UPLOAD
from bot.playground.model import Upload
from bot.playground.refusals import Refused, bad_request


@dataclass(slots=True)
class Parameters:
    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)


async def read_parameters(request: web.Request) -> Parameters:
    parameters = Parameters(dict(request.query))
    kind = request.content_type
    if kind == "application/json":
        parameters.values |= _json_object(await request.read())
    elif kind == "multipart/form-data":
        await _multipart(request, parameters)
    elif request.can_read_body:
        parameters.values |= {key: str(value) for key, value in (await request.post()).items()}
    return parameters


def _json_object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request body as JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected as request body")
    return values


async def _multipart(request: web.Request, parameters: Parameters) -> None:
    """A file part named like a parameter is that parameter."""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            parameters.values[part.name] = data.decode()
            continue
        if len(data) > LARGEST_UPLOAD:
            raise Refused(413, "Request Entity Too Large")
        mime_type = part.headers.get("Content-Type", "application/octet-stream")
        parameters.uploads[part.name] = Upload(part.filename, mime_type, data)
        parameters.values.setdefault(part.name, f"attach://{part.name}")
