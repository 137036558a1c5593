"""The town of the fakes, in a real database: so that one suite runs over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, insert

from domain.absences.ports import AbsencesTx
from domain.accounts.access import AccessTx
from domain.accounts.ports import Accounts
from domain.activities import absence_billing
from domain.activities.hours_model import to_data
from domain.activities.model import Activity
from domain.announcements.composed import Reach
from domain.bookings.ports import BookingTx
from domain.calendar import deadlines
from domain.choices.ports import ChoicesTx
from domain.documents.ports import Documents
from domain.emails.ports import Emails
from domain.home.ports import HomeTx
from domain.notices.ports import Outbox
from domain.places.ports import PlacesTx
from domain.privacy.ports import OldScreens, OwnData
from domain.reminders.ports import RemindersTx
from domain.reports.ports import Jobs, Transmissions
from domain.requests.ports import RequestsTx
from domain.sessions.ports import Sessions
from domain.sheets.ports import SheetsTx
from domain.staff.ports import StaffTx
from domain.work import Transaction
from storage import schema
from storage.absences import SqlAbsences
from storage.access import SqlAccess
from storage.accounts import SqlAccounts
from storage.bookings import SqlBookings
from storage.choices import SqlChoices
from storage.columns import keyring_of
from storage.documents import SqlDocuments
from storage.emails import SqlEmails
from storage.engine import Database, transactions
from storage.home import SqlHome
from storage.lookups import identifier_index
from storage.outbox import SqlOutbox
from storage.privacy import SqlOldScreens, SqlPrivacy
from storage.reminders import SqlReminders
from storage.reports import SqlJobs, SqlTransmissions
from storage.requests import SqlRequests
from storage.sessions import SqlSessions
from storage.sheets import SqlSheets
from storage.staff import SqlStaff
from storage.staff_places import SqlStaffPlaces
from tests.fakes.data import StoredAnnouncement, TownData
from tests.fakes.town import FakeTown


@dataclass(frozen=True, slots=True)
class World:
    """What a contract test may use: ports, and nothing behind them."""

    bookings: Transaction[BookingTx]
    transmissions: Transaction[Transmissions]
    jobs: Transaction[Jobs]
    outbox: Transaction[Outbox]
    accounts: Transaction[Accounts]
    sessions: Transaction[Sessions]
    choices: Transaction[ChoicesTx]
    emails: Transaction[Emails]
    home: Transaction[HomeTx]
    documents: Transaction[Documents]
    access: Transaction[AccessTx]
    privacy: Transaction[OwnData]
    old_screens: Transaction[OldScreens]
    absences: Transaction[AbsencesTx]
    reminders: Transaction[RemindersTx]
    staff: Transaction[StaffTx]
    requests: Transaction[RequestsTx]
    sheets: Transaction[SheetsTx]
    places: Transaction[PlacesTx]
    statements: list[str] = field(default_factory=list)  # those that a database was sent


def in_memory(data: TownData) -> World:
    town = FakeTown(data)
    return World(
        town.bookings,
        town.transmissions,
        town.jobs,
        town.outbox,
        town.accounts,
        town.sessions,
        town.choices,
        town.emails,
        town.home,
        town.documents,
        town.access,
        town.privacy,
        town.old_screens,
        town.absences,
        town.reminders,
        town.staff,
        town.requests,
        town.sheets,
        town.places,
    )


async def in_database(database: Database, data: TownData) -> World:
    await database.write(lambda connection: load(connection, data))
    world = World(
        transactions(database, SqlBookings),
        transactions(database, SqlTransmissions),
        transactions(database, SqlJobs),
        transactions(database, SqlOutbox),
        transactions(database, SqlAccounts),
        transactions(database, SqlSessions),
        transactions(database, SqlChoices),
        transactions(database, SqlEmails),
        transactions(database, SqlHome),
        transactions(database, SqlDocuments),
        transactions(database, SqlAccess),
        transactions(database, SqlPrivacy),
        transactions(database, SqlOldScreens),
        transactions(database, SqlAbsences),
        transactions(database, SqlReminders),
        transactions(database, SqlStaff),
        transactions(database, SqlRequests),
        transactions(database, SqlSheets),
        transactions(database, SqlStaffPlaces),
    )
    database.listen(world.statements.append)
    return world


def load(connection: Connection, data: TownData) -> None:
    """Keys are the fakes' own. Bookings and what follows from them are written through ports."""
    for table, rows in _rows(connection, data):
        listed = list(rows)
        if listed:
            connection.execute(insert(table), listed)


def _rows(connection: Connection, data: TownData) -> Iterable[tuple[Table, Iterable[dict]]]:
    activities = data.catalogue.activities.values()
    yield (
        schema.structure,
        (
            {**_structure(one), "debt_threshold": data.debt_threshold}
            for one in data.catalogue.structures.values()
        ),
    )
    yield schema.activity, map(_activity, activities)
    yield schema.pool, _pools(data)
    yield (
        schema.activity_draw,
        (
            {"activity_id": a.id, "pool_id": draw.pool_id, "age_group": draw.group}
            for a in activities
            for draw in a.draws
        ),
    )
    yield (
        schema.opening_day,
        (
            {
                "activity_id": opening.activity_id,
                "day": opening.day,
                "is_open": opening.is_open,
                "arrival": opening.arrival,
                "departure": opening.departure,
            }
            for opening in data.openings.values()
        ),
    )
    yield (
        schema.pool_day,
        (
            {
                "pool_id": places.pool_id,
                "day": places.day,
                "capacity": places.capacity,
                "taken": places.taken,
                "next_ticket": places.next_ticket,
            }
            for places in data.places.values()
        ),
    )
    yield from _people(connection, data)
    yield schema.announcement, map(_announcement, data.announcements)


def _people(connection: Connection, data: TownData) -> Iterable[tuple[Table, Iterable[dict]]]:
    families = {g.family_id for g in data.guardians.values()} | {f for f, _ in data.kinship}
    yield (
        schema.family,
        ({"id": f, "is_resident": f not in data.living_elsewhere} for f in families),
    )
    yield (
        schema.family_quotient,
        (
            {"family_id": f, "valid_from": q.valid_from, "valid_to": q.valid_to, "value": q.value}
            for f, q in data.quotients
        ),
    )
    keyring = keyring_of(connection.dialect)
    yield (
        schema.guardian,
        (
            {
                "id": guardian.id,
                "family_id": guardian.family_id,
                "civility": guardian.civility,
                "first_name": guardian.first_name,
                "last_name": guardian.last_name,
                "emails": list(guardian.emails),
                "identifier": f"DUPONT{guardian.id}",
                "identifier_index": identifier_index(keyring, f"DUPONT{guardian.id}"),
                "password_hash": "-",
                "locale": guardian.locale,
                "display": guardian.display,
            }
            for guardian in data.guardians.values()
        ),
    )
    yield (
        schema.guardian_structure,
        (
            {"guardian_id": d.guardian_id, "structure_id": d.structure_id}
            for d in data.drafts.values()
        ),
    )
    yield (
        schema.child,
        (
            {
                "id": child.id,
                "first_name": child.first_name,
                "last_name": child.last_name,
                "school_class": child.school_class,
            }
            for child in data.children.values()
        ),
    )
    yield schema.child_family, ({"family_id": f, "child_id": c} for f, c in data.kinship)
    yield (
        schema.enrolment,
        (
            {
                "child_id": e.child_id,
                "activity_id": e.activity_id,
                "valid_from": e.valid_from,
                "valid_to": e.valid_to,
                "age_group": e.group,
            }
            for e in data.enrolments
        ),
    )
    yield (
        schema.wallet,
        (
            {
                "id": w.id,
                "family_id": w.family_id,
                "structure_id": w.structure_id,
                "name": w.name,
                "balance": w.balance,
            }
            for w in data.wallets.values()
        ),
    )
    yield (
        schema.draft,
        (
            {
                "id": d.id,
                "guardian_id": d.guardian_id,
                "structure_id": d.structure_id,
                "round": d.round,
            }
            for d in data.drafts.values()
        ),
    )
    yield (
        schema.draft_line,
        (
            {
                "draft_id": draft,
                "child_id": line.slot.child_id,
                "activity_id": line.slot.activity_id,
                "day": line.slot.day,
                "wish": line.wish,
                "arrival": line.arrival,
                "departure": line.departure,
                "changed_at": at,
            }
            for (draft, _), (line, at) in data.lines.items()
        ),
    )


def _structure(structure) -> dict:
    return {
        "id": structure.id,
        "name": structure.name,
        "welcome": structure.welcome,
        "zone": str(structure.zone),
        "draft_hours": structure.draft_hours,
        "updated_at": structure.updated_at,
    }


def _announcement(one: StoredAnnouncement) -> dict:
    return {
        "id": one.announcement.id,
        "structure_id": one.structure_id,
        "title": one.announcement.title,
        "text": one.announcement.text,
        "starts_at": one.announcement.starts_at,
        "ends_at": one.ends_at,
        "activity_id": one.activity_id,
        "file_name": one.announcement.file_name,
        "file": one.file,
        "reach": Reach.STRUCTURE if one.activity_id is None else Reach.ACTIVITY,
    }


def _activity(activity: Activity) -> dict:
    return {
        "id": activity.id,
        "structure_id": activity.structure_id,
        "name": activity.name,
        "arrival": activity.arrival,
        "departure": activity.departure,
        "weekdays": sorted(activity.weekdays),
        "book_by": deadlines.to_data(activity.book_by),
        "cancel_by": deadlines.to_data(activity.cancel_by),
        "wallet": activity.wallet,
        "waitlist": activity.waitlist,
        "approval": activity.approval,
        "offer_minutes": activity.offer_minutes,
        "may_overlap": activity.may_overlap,
        "booking_opens_at": activity.period.opens_at,
        "booking_opens_residents_at": activity.period.opens_residents_at,
        "booking_closes_at": activity.period.closes_at,
        "hours": None if activity.hours is None else to_data(activity.hours),
        "absence_billing": absence_billing.to_data(activity.absence_billing),
    }


def _pools(data: TownData) -> Iterable[dict]:
    owners = {
        draw.pool_id: a.structure_id
        for a in data.catalogue.activities.values()
        for draw in a.draws
    }
    return ({"id": p, "structure_id": s, "name": f"Places {p}"} for p, s in owners.items())
