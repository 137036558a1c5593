"""From words to a tagged PDF, off the event loop. No file is read but the templates, no host."""

import asyncio
import json
from pathlib import Path
from typing import Final

import typst

from conversations.printed import Printed
from domain.clock import Clock

TEMPLATES: Final = Path(__file__).parent / "templates"


class Typesetter:
    """``at_once`` bounds the cores that printing can take from the parents' taps."""

    def __init__(self, clock: Clock, *, at_once: int = 1) -> None:
        self._clock = clock
        self._gate = asyncio.Semaphore(at_once)

    async def __call__(self, paper: Printed) -> bytes:
        async with self._gate:
            return await asyncio.to_thread(self._compile, paper)

    def _compile(self, paper: Printed) -> bytes:
        data = {"title": paper.title, "lang": paper.locale, **paper.facts}
        pdf: bytes = typst.compile(
            TEMPLATES / f"{paper.template}.typ",
            root=TEMPLATES,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            # The same paper on every machine: only the fonts that typst brings.
            ignore_system_fonts=True,
            timestamp=self._clock().replace(microsecond=0),
        )
        return pdf
