"""A town with one family of four, for the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain.activities.model import ActivityId, Draw, PoolId, StructureId, Waitlist
from domain.activities.tariffs import DayKind, PerSlice, Tariff
from domain.calendar.deadlines import DaysBefore, NoDeadline
from domain.calendar.model import DateRange
from domain.families.model import ChildId, FamilyId, GuardianId
from storage.town import TownWriter

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
JEAN_PAUL = 700_000_001  # his Telegram user
BOOK_BY = DaysBefore(2, time(9), skip_weekends=True)


@dataclass(frozen=True, slots=True)
class SmallTown:
    structure: StructureId
    school: StructureId
    pool: PoolId
    canteen: ActivityId
    family: FamilyId
    father: GuardianId
    mother: GuardianId
    leyah: ChildId
    adam: ChildId


def fill(writer: TownWriter) -> SmallTown:
    structure = writer.structure(name="Mairie", welcome="Bienvenue", updated_at=NOW)
    school = writer.structure(name="École de musique", welcome="Bonjour", updated_at=NOW)
    writer.public_holidays(structure, [date(2026, 12, 25)])
    writer.school_holidays(structure, [DateRange(date(2026, 12, 19), date(2027, 1, 3))])
    pool = writer.pool(structure, "Restaurant")
    canteen = writer.activity(
        structure,
        name="Restauration Scolaire",
        arrival=time(12),
        departure=time(13, 30),
        weekdays=[0, 1, 3, 4],
        book_by=BOOK_BY,
        cancel_by=NoDeadline(),
        draws=[Draw(pool), Draw(pool, "6-12")],
        wallet="Périscolaire",
        waitlist=Waitlist.AUTOMATIC,
    )
    writer.tariffs([slice_tariff(canteen)])
    writer.announcement(structure, title="Grève", text="Lundi", starts_at=NOW)
    family = writer.family()
    structures = [structure, school]
    father = writer.guardian(
        family,
        structures,
        identifier="Dupont.JP",
        password_hash="$argon2id$father",
        civility="M.",
        first_name="Jean-Paul",
        last_name="Dupont",
        emails=["jp.dupont@exemple.fr", "jp@exemple.fr"],
    )
    mother = writer.guardian(
        family,
        structures,
        identifier="martin.z",
        password_hash="$argon2id$mother",
        first_name="Zoé",
        last_name="Martin",
    )
    leyah = writer.child(family, first_name="Leyah", last_name="Dupont")
    adam = writer.child(family, first_name="Adam", last_name="Dupont")
    writer.publish()
    return SmallTown(structure, school, pool, canteen, family, father, mother, leyah, adam)


def slice_tariff(activity: ActivityId) -> Tariff:
    return Tariff(
        activity_id=activity,
        valid_from=date(2026, 9, 1),
        valid_to=None,
        day_kind=DayKind.SCHOOL,
        bracket_min=Decimal(0),
        bracket_max=Decimal("750.5"),
        unit=PerSlice(30),
        amount=Decimal("0.325"),
        cap=Decimal("2.50"),
    )
