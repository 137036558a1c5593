"""What the night tells of absences, and the town's own codes of what it tells of."""

from collections.abc import Sequence

from sqlalchemy import Connection, Label, Table, and_, insert, select, update

from domain.absences.model import AbsenceNews
from domain.bookings.model import Slot
from domain.reports.model import ReportedAbsence, TownCodes, TransmissionId
from storage.schema import absence_news, booking, imported

_is_its_booking = and_(
    booking.c.activity_id == absence_news.c.activity_id,
    booking.c.day == absence_news.c.day,
    booking.c.ticket == absence_news.c.ticket,
)


def add_news(connection: Connection, news: Sequence[AbsenceNews]) -> None:
    rows = [
        {
            "structure_id": one.structure_id,
            "activity_id": one.slot.activity_id,
            "day": one.slot.day,
            "ticket": one.ticket,
            "what": one.what,
            "at": one.at,
            "billed": one.billed,
            "certified": one.certified,
        }
        for one in news
    ]
    if rows:
        connection.execute(insert(absence_news), rows)


def claim_news(connection: Connection, structure_id: int, transmission: int) -> None:
    """As movements are: by state, so that what commits late is told the next night."""
    waiting = (
        select(absence_news.c.id)
        .where(
            absence_news.c.structure_id == structure_id,
            absence_news.c.transmission_id.is_(None),
        )
        .order_by(absence_news.c.id)
        .with_for_update()
        .cte("waiting_news")
    )
    query = update(absence_news).where(absence_news.c.id.in_(select(waiting.c.id)))
    connection.execute(query.values(transmission_id=transmission))


def read_news(connection: Connection, transmission: TransmissionId) -> list[ReportedAbsence]:
    query = (
        select(absence_news, booking.c.child_id, booking.c.family_id, *town_codes(absence_news))
        .join(booking, _is_its_booking)
        .where(absence_news.c.transmission_id == transmission)
        .order_by(absence_news.c.id)
    )
    return [
        ReportedAbsence(
            AbsenceNews(
                what=row.what,
                slot=Slot(row.child_id, row.activity_id, row.day),
                ticket=row.ticket,
                family_id=row.family_id,
                structure_id=row.structure_id,
                at=row.at,
                billed=row.billed,
                certified=row.certified,
            ),
            TownCodes(*row[-3:]),
        )
        for row in connection.execute(query)
    ]


def town_codes(told: Table) -> tuple[Label[str | None], ...]:
    """Family, child and activity, of a row that is told beside its booking."""
    wanted = (
        ("families", booking.c.family_id),
        ("children", booking.c.child_id),
        ("activities", told.c.activity_id),
    )
    return tuple(
        select(imported.c.code)
        .where(imported.c.kind == kind, imported.c.row_id == key)
        .limit(1)
        .scalar_subquery()
        .label(f"code_of_{kind}")
        for kind, key in wanted
    )
