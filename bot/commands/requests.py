"""`cartable requests`: what waits for the town's answer, and the answers (B17)."""

import getpass
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.commands.running import run, settings_or_exit
from domain.activities.catalogue import Catalogue
from domain.bookings.ports import PendingRequest
from domain.bookings.town import DecideRequest, ListRequests, SetRequestAside

requests = typer.Typer(no_args_is_help=True, help="Requests that the town answers one by one.")
NOTHING = "Nothing waits for an answer."
GONE = "There is no such request."
ANSWERED = "This request waits no more: it was answered, or withdrawn by the family."
DAY_OVER = "This day has begun or passed: the request can only be refused."
NO_QUEUE = "This activity has no waitlist: accept the request, or refuse it."
Number = Annotated[int, typer.Argument(help="The number that the list gives.")]
By = Annotated[str, typer.Option(help="Who decides, for the log; else the name of this session.")]
UNKNOWN_LOGIN = "unknown"


@dataclass(frozen=True, slots=True)
class Counter:
    waiting: ListRequests
    decide: DecideRequest
    set_aside: SetRequestAside
    catalogue: Catalogue


@requests.command("list")
def list_(structure: Annotated[int, typer.Option(help="The structure's number.")] = 1) -> None:
    """The oldest first."""
    from domain.activities.model import StructureId
    from domain.errors import NotFound

    async def work(at: Counter) -> bool:
        try:
            found = await at.waiting(StructureId(structure))
        except NotFound:
            typer.echo("There is no such structure.", err=True)
            return False
        for line in lines(found, at.catalogue):
            typer.echo(line)
        return True

    _at_counter(work)


@requests.command("accept")
def accept(number: Number, by: By = "") -> None:
    """The family hears it at once."""
    _decide(number, by, accept=True)


@requests.command("refuse")
def refuse(
    number: Number,
    reason: Annotated[str, typer.Option(help="Told to the family.", prompt=True)],
    by: By = "",
) -> None:
    """The family hears it at once, with the reason; the place goes to the next in line."""
    _decide(number, by, accept=False, reason=reason)


@requests.command("waitlist")
def waitlist(
    number: Number,
    reason: Annotated[str, typer.Option(help="Told to the family.", prompt=True)],
    by: By = "",
) -> None:
    """In the queue until the town takes it up again; the family hears it at once."""
    from domain.bookings.model import BookingId

    async def answer(at: Counter) -> None:
        await at.set_aside(BookingId(number), reason, by=by or _login())

    _answer(answer, "Waitlisted.")


def lines(found: Iterable[PendingRequest], catalogue: Catalogue) -> list[str]:
    return [_line(one, catalogue) for one in found] or [NOTHING]


def _line(one: PendingRequest, catalogue: Catalogue) -> str:
    booking, child = one.booking, one.child
    return "  ".join(
        (
            str(booking.id),
            booking.slot.day.isoformat(),
            f"{booking.arrival:%H:%M}-{booking.departure:%H:%M}",
            catalogue.activities[booking.slot.activity_id].name,
            f"{child.last_name} {child.first_name}",
        )
    )


def _login() -> str:
    """Whoever runs this on the machine; a container may have no name for its user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return UNKNOWN_LOGIN


def _decide(number: int, by: str, *, accept: bool, reason: str = "") -> None:
    from domain.bookings.model import BookingId

    async def answer(at: Counter) -> None:
        who = by or _login()
        await at.decide(BookingId(number), accept=accept, by=who, reason=reason)

    _answer(answer, "Accepted." if accept else "Refused.")


def _answer(answer: Callable[[Counter], Awaitable[None]], done: str) -> None:
    from domain.bookings.errors import DayOver, NoQueue, NotPending
    from domain.errors import NotFound

    refusals = {NotFound: GONE, NotPending: ANSWERED, NoQueue: NO_QUEUE, DayOver: DAY_OVER}

    async def work(at: Counter) -> bool:
        try:
            await answer(at)
        except tuple(refusals) as error:
            typer.echo(refusals[type(error)], err=True)
            return False
        typer.echo(done)
        return True

    _at_counter(work)


def _at_counter(work: Callable[[Counter], Awaitable[bool]]) -> None:
    from bot.clock import utc_now
    from bot.migrated import migrated
    from storage.bookings import SqlBookings
    from storage.catalogue import SqlCatalogues
    from storage.engine import transactions

    settings = settings_or_exit()

    async def whole() -> bool:
        async with migrated(settings) as database:
            bookings, catalogues = transactions(database, SqlBookings), SqlCatalogues(database)
            counter = Counter(
                ListRequests(bookings, catalogues),
                DecideRequest(bookings, catalogues, utc_now),
                SetRequestAside(bookings, catalogues, utc_now),
                await catalogues(),
            )
            return await work(counter)

    run(whole)
