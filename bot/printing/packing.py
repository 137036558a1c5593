"""Files in one ZIP, off the event loop."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Packer:
    clock: Clock

    async def __call__(self, files: Mapping[str, bytes]) -> bytes:
        return await asyncio.to_thread(self._pack, files)

    def _pack(self, files: Mapping[str, bytes]) -> bytes:
        packed, made_at = BytesIO(), self.clock().timetuple()[:6]
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for name, content in files.items():
                entry = ZipInfo(name, made_at)
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content, ZIP_DEFLATED)
        return packed.getvalue()
