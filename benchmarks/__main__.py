"""`make bench`: everything in turn, a table each, the goals at the end."""

import argparse
import asyncio
import time
from collections.abc import Sequence

from rich.console import Console

from benchmarks.suite import QUICK, Efforts, parts
from benchmarks.tables import Goal, print_goals
from bot.logs import configure


async def run(only: Sequence[str], efforts: Efforts, console: Console) -> None:
    goals: list[Goal] = []
    began = time.perf_counter()
    for name, part in parts(efforts).items():
        if not only or name in only:
            goals += await part(console)
    print_goals(console, goals)
    console.print(f"{time.perf_counter() - began:.0f} s in all")


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("part", nargs="*", help=", ".join(parts(QUICK)))
    reader.add_argument("--quick", action="store_true", help="prove that it runs; measure nothing")
    asked = reader.parse_args()
    if unknown := set(asked.part) - set(parts(QUICK)):
        reader.error(f"no such part: {', '.join(sorted(unknown))}")
    configure("console", "ERROR")
    efforts = QUICK if asked.quick else Efforts()
    asyncio.run(run(asked.part, efforts, Console(width=130)))


if __name__ == "__main__":
    main()
