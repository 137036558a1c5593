"""What there is to run, and with how much effort."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from rich.console import Console

from benchmarks import databases, months
from benchmarks.confirming import run as confirming
from benchmarks.tables import Goal
from benchmarks.taps import in_process, over_http, screens

Part = Callable[[Console], Awaitable[list[Goal]]]


@dataclass(frozen=True, slots=True)
class Efforts:
    taps: in_process.Effort = field(default_factory=in_process.Effort)
    pressed: screens.Effort = field(default_factory=screens.Effort)
    http: over_http.Effort = field(default_factory=over_http.Effort)
    drafts: confirming.Effort = field(default_factory=confirming.Effort)
    calendars: months.Effort = field(default_factory=months.Effort)


QUICK = Efforts(
    taps=in_process.Effort(warming=1, taps=3, rounds=1, families=2),
    pressed=screens.Effort(warming=1, presses=2, rounds=1),
    http=over_http.Effort(taps=6, rounds=1, families=2),
    drafts=confirming.Effort(clients=(1, 2), each=1, at_least=2, rounds=1),
    calendars=months.Effort(few=700, many=1_400, children=3, months=2, rounds=1),
)
"""Shows that everything works; its figures mean nothing."""


def parts(efforts: Efforts) -> Mapping[str, Part]:
    async def on_postgresql(console: Console) -> list[Goal]:
        with databases.postgres_server() as server:
            url = await server.new_database()
            return await confirming.on_postgresql(url, efforts.drafts, console)

    return {
        "taps": lambda console: in_process.run(efforts.taps, console),
        "screens": lambda console: screens.run(efforts.pressed, console),
        "http": lambda console: over_http.run(efforts.http, console),
        "sqlite": lambda console: confirming.on_sqlite(efforts.drafts, console),
        "postgresql": on_postgresql,
        "months": lambda console: months.on_sqlite(efforts.calendars, console),
        "months-postgresql": lambda console: months.on_postgresql(efforts.calendars, console),
    }
