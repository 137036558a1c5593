"""The agents' two daily screens at their longest, for ``test_limits``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from conversations.requests import lists
from conversations.requests import views as requests
from conversations.screen import Screen, noted
from conversations.sheets import views as sheets
from conversations.texts import Texts
from domain.absences.model import Reason
from domain.activities.catalogue import Catalogue
from domain.activities.model import Activity, Draw, PoolId
from domain.bookings.model import BookingId, Slot, State
from domain.families.model import Child, ChildId
from domain.requests.model import (
    Answered,
    Asked,
    Decision,
    Outcome,
    Pile,
    Query,
    Request,
    RequestPage,
    RequestView,
    Verdict,
)
from domain.sheets import rules
from domain.sheets.model import Missing, Order, Sheet, SheetRow
from tests import builders
from tests.conversations import facts

LONG = "<i>&" * 60
CHILD = Child(ChildId(facts.LONGEST_ID), LONG, LONG)
ACTIVITIES = {one.id: one for one in facts.household()[1]}
OF = next(iter(ACTIVITIES))


def request(number: int = 0, state: State = State.PENDING) -> Request:
    booking = builders.booking(
        1,
        state,
        id=BookingId(facts.LONGEST_ID - number),
        slot=Slot(CHILD.id, OF, builders.DAY),
        reason=None if state is State.PENDING else LONG,
    )
    return Request(booking, CHILD)


def queues(t: Texts) -> Iterator[Screen]:
    for pile, state in ((Pile.NEW, State.PENDING), (Pile.ASIDE, State.WAITLISTED)):
        rows = tuple(request(n, state) for n in range(8))
        numbers = [row.booking.id for row in rows]
        piles = {(one, of): 99_999 for one in Pile for of in ACTIVITIES}
        for query in (Query(pile), Query(pile, OF)):
            for ticked in (None, (), numbers):
                for page in (
                    RequestPage(query, rows, 99_999, 99_999, 799_999),
                    RequestPage(query, (), 1, 1, 0),
                ):
                    for may in (True, False):
                        told = (page, piles, ACTIVITIES, t, ticked)
                        yield lists.screen(*told, may_decide=may)
                        yield noted(lists.in_table(*told, may_decide=may), requests.outdated(t))
        yield lists.activities(pile, piles, ACTIVITIES, t)
        for by, left in ((LONG * 5, 0), (None, None)):
            asked = Asked(rows[0], builders.NOW, by, by is not None, 99_999, 99_999, 99_999)
            view = RequestView(asked, ACTIVITIES[OF], left, pile)
            yield requests.one(view, t, may_decide=by is not None)
            yield requests.one(replace(view, has_begun=True), t, may_decide=True)


def answers(t: Texts) -> Iterator[Screen]:
    many = tuple(request(n) for n in range(500))
    aside = tuple(request(n, State.WAITLISTED) for n in range(2))
    for found in (many, many[:1], aside, ()):
        yield requests.gathered(found, ACTIVITIES, t, may_decide=True)
        yield requests.gathered(found, ACTIVITIES, t, may_decide=False)
    for verdict in Verdict:
        yield requests.ask_why(many, verdict, ACTIVITIES, t)
        for found in (many, many[:1]):
            yield requests.confirm(found, verdict, LONG, ACTIVITIES, t)
            for outcome in Outcome:
                lines = tuple(Answered(one, outcome) for one in found)
                yield requests.answered(Decision(verdict, lines), ACTIVITIES, t)
        yield requests.answered(Decision(verdict, ()), ACTIVITIES, t)
        yield requests.type_reason(verdict, t)


def row(
    number: int, group: str | None, missing: Missing | None, school_class: str | None
) -> SheetRow:
    return SheetRow(
        BookingId(number),
        OF,
        replace(CHILD, id=ChildId(number), school_class=school_class),
        time(7, number % 60),
        time(18),
        group,
        is_sure=number % 50 != 0,
        missing=missing,
    )


def day_sheets(t: Texts) -> Iterator[Screen]:
    """An activity of 300 children, in many groups or 70 classes, all of them absent."""
    away = Missing(builders.NOW, max(Reason, key=len), has_certificate=True)
    for missing in (None, away):
        for groups, classes in ((1, 0), (40, 0), (1, 70), (40, 30)):
            rows = [
                row(
                    n,
                    f"{LONG}{n % groups}" if groups > 1 else None,
                    missing,
                    f"{'<c>&' * 9}{n % classes:04}" if classes and n % 7 else None,
                )
                for n in range(300)
            ]
            yield from _sheets_of(rows, t)


def _sheets_of(rows: list[SheetRow], t: Texts) -> Iterator[Screen]:
    grouped = replace(ACTIVITIES[OF], draws=(Draw(PoolId(1), LONG),))
    for one in (ACTIVITIES[OF], grouped):
        town = facts.town(*(ACTIVITIES | {OF: one}).values())
        of_all = [replace(r, activity_id=of) for r in rows[:40] for of in ACTIVITIES]
        for order in Order:
            told = Sheet(builders.DAY, builders.NOW.date(), (), order, builders.NOW)
            for sheet in (_read(told, of_all, town), _read(told, rows, town, one)):
                names = [name for name, _ in sheet.classes]
                called = [rules.of_class(sheet, name) for name in (*names[:2], *names[-1:])]
                for shown in (sheet, *called, replace(sheet, activities=())):
                    for page in (1, 2, 9999):
                        yield sheets.screen(shown, page, t)
                        yield sheets.in_table(shown, page, t)
            yield sheets.halves(sheet, t)
    yield sheets.screen(replace(told, today=told.day), 1, t)
    yield sheets.halves(replace(sheet, activities=()), t)


def _read(
    told: Sheet, rows: list[SheetRow], town: Catalogue, chosen: Activity | None = None
) -> Sheet:
    found = rules.sheets(rows, town, told.order)
    return replace(told, activities=found, classes=rules.by_class(found), chosen=chosen)


DESK_SCREENS = [queues, answers, day_sheets]
