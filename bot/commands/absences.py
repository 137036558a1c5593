"""`cartable absences DAY`: who will not come, as families declared it (B19)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

import typer

from bot.commands.running import run, settings_or_exit
from domain.absences.model import Absent
from domain.activities.catalogue import Catalogue

NOBODY = "Nobody was declared absent."


def absences(
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="YYYY-MM-DD.")],
    structure: Annotated[int, typer.Option(help="The structure's number.")] = 1,
) -> None:
    """List the children who will not come that day."""
    from bot.migrated import migrated
    from domain.absences.reading import ListAbsences
    from domain.activities.model import StructureId
    from domain.errors import NotFound
    from storage.absences import SqlAbsences
    from storage.catalogue import SqlCatalogues
    from storage.engine import transactions

    settings = settings_or_exit()

    async def work() -> bool:
        async with migrated(settings) as database:
            catalogues = SqlCatalogues(database)
            asked = ListAbsences(transactions(database, SqlAbsences), catalogues)
            try:
                found = await asked(StructureId(structure), day.date())
            except NotFound:
                typer.echo("There is no such structure.", err=True)
                return False
            for line in lines(found, await catalogues(), day.date()):
                typer.echo(line)
            return True

    run(work)


def lines(found: Iterable[Absent], catalogue: Catalogue, day: date) -> list[str]:
    """One a child and activity; the reason, which is the family's, is told to the town."""
    told = [_line(one, catalogue) for one in found]
    return [f"{day.isoformat()}: {len(told)} absent", *told] if told else [NOBODY]


def _line(one: Absent, catalogue: Catalogue) -> str:
    absence, activity = one.absence, catalogue.activities[one.activity_id]
    at = absence.declared_at.astimezone(catalogue.structure_of(activity.id).zone)
    said = [
        activity.name,
        f"{one.arrival:%H:%M}-{one.departure:%H:%M}",
        f"{one.child.last_name} {one.child.first_name}",
        absence.reason.value if absence.reason is not None else "reason erased",
        "billed" if absence.billed else "not billed",
        f"declared {at:%d/%m %H:%M}",
    ]
    if absence.certificate is not None:
        said.append(f"certificate ({absence.certificate.kind})")
    if absence.note is not None:
        said.append(absence.note)
    return "  ".join(said)
