"""Ours over HTTP, as `cartable run` runs it: poller, courier, scheduler, database."""

import asyncio
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from benchmarks.taps.bots import december, peopled, settings
from benchmarks.taps.updates import Tap, rendered, update
from benchmarks.towns import FIRST_DAY, clock
from bot.logs import configure
from bot.wire.lean import calm_collector
from bot.wiring import Application


async def main(url: str, name: str, families: int, place: Path) -> None:
    """Writes a screen and an update to ``place``, for whoever presses the buttons."""
    asked = settings(place, name, lean=name == "lean", api_url=url)
    configure(asked.log_format, asked.log_level, asked.secrets)
    async with Application(asked, clock=clock) as app:
        town = await peopled(app, families)
        screen = rendered(await december(app, town))
        pattern = update(0, Tap(0, FIRST_DAY, wanted=True), town, screen)
        (place / f"{name}.json").write_text(json.dumps(pattern))
        with calm_collector() if asked.lean_wire else nullcontext():
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
