"""Uploaded files, in memory."""

import mimetypes

from bot.playground.model import Json, StoredFile, Upload
from bot.playground.refusals import bad_request

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        if not upload.data:
            raise bad_request("file must be non-empty")
        number = len(self._by_id) + 1
        suffix = "." + upload.name.rpartition(".")[2] if "." in upload.name else ""
        mime_type = upload.mime_type
        if not mime_type or mime_type == "application/octet-stream":
            mime_type = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        file = StoredFile(
            file_id=f"playground-{folder}-{number:06d}",
            unique_id=f"u{number:06d}",
            path=f"{folder}/file_{number}{suffix}",
            name=upload.name,
            mime_type=mime_type,
            data=upload.data,
        )
        self._by_id[file.file_id] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return next((file for file in self._by_id.values() if file.path == path), None)


def as_document(file: StoredFile) -> Json:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime_type,
        "file_size": len(file.data),
    }
