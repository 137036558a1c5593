"""The largest family that a town could have: five children with long names, twelve activities."""

from datetime import date, timedelta

from sqlalchemy import Connection, insert, select, update

from domain.activities.model import ActivityId, PoolId
from domain.bookings.model import Places
from domain.families.model import ChildId, Enrolment, FamilyId
from storage.schema import activity, child, child_family, enrolment, pool_day, signature
from storage.town import TownWriter

MAY = date(2027, 5, 1)
SIX_WEEKS = "Mai 2027"  # begins on a Saturday, and has 31 days
NAMES = (
    ("Maximilien-Théophraste", "CASIMIR DE LA ROCHE-SAINT-ANDRÉ"),
    ("Marie-Clémentine Éléonore", "CASIMIR DE LA ROCHE-SAINT-ANDRÉ"),
    ("Jean-Baptiste", "CASIMIR"),
)
LONG_ACTIVITY = "Chorale et découverte des instruments anciens du samedi matin"


def crowd(connection: Connection) -> None:
    """Three more children for the Casimirs, and every activity for all five."""
    town = TownWriter(connection)
    leo = next(row.id for row in connection.execute(select(child)) if row.first_name == "Leo")
    family = FamilyId(
        connection.scalars(
            select(child_family.c.family_id).where(child_family.c.child_id == leo)
        ).one()
    )
    _one_more_activity(connection)
    for first_name, last_name in NAMES:
        town.child(family, first_name=first_name, last_name=last_name)
    for number in connection.scalars(
        select(child_family.c.child_id).where(child_family.c.family_id == family)
    ).all():
        _open_everything(connection, town, ChildId(number), ChildId(leo))
    _open_in_may(connection, town)
    town.publish()


def _open_in_may(connection: Connection, town: TownWriter) -> None:
    """Twelve activities on most of its days."""
    days = [MAY + timedelta(days=n) for n in range(31)]
    for number in connection.scalars(select(activity.c.id)).all():
        town.open_days(ActivityId(number), days)
    pools = connection.scalars(select(pool_day.c.pool_id).distinct()).all()
    town.places(Places(PoolId(pool), day, 24, 0, 1) for pool in pools for day in days)


def _one_more_activity(connection: Connection) -> None:
    """The choir moves to the town hall."""
    here = connection.scalars(
        select(activity.c.structure_id).where(activity.c.name == "Restauration Scolaire")
    ).one()
    moved = update(activity).where(activity.c.name == "Chorale des enfants")
    connection.execute(moved.values(structure_id=here, name=LONG_ACTIVITY))


def _open_everything(connection: Connection, town: TownWriter, of: ChildId, like: ChildId) -> None:
    known = set(
        connection.scalars(select(enrolment.c.activity_id).where(enrolment.c.child_id == of))
    )
    period = date(2026, 9, 1), date(2027, 8, 31)
    every = connection.scalars(select(activity.c.id)).all()
    town.enrolments(
        Enrolment(of, number, *period, "6-12 ans") for number in every if number not in known
    )
    signed = connection.execute(select(signature).where(signature.c.child_id == like)).all()
    theirs = set(
        connection.scalars(select(signature.c.document_id).where(signature.c.child_id == of))
    )
    for row in signed:
        if row.document_id not in theirs:
            copied = {**row._mapping, "child_id": of}
            copied.pop("id")
            connection.execute(insert(signature).values(copied))
