"""S1, A10: every address of the town's side, pressed by a reader, by an agent of another
structure, by a parent, by a stranger. Walked from the handlers that are registered, with the
rights that they declare, so that a new one is covered by itself.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter
from sqlalchemy import delete, func, insert, select

from bot.demo import Demo
from conversations.home.routes import Home, OpenHome
from conversations.routes import Route
from domain.activities.model import StructureId
from domain.alerts.model import AlertKind
from domain.bookings.model import State
from domain.staff.model import RIGHTS, Right, Role
from handlers.staff.door import Needs
from storage import schema
from storage.schema import metadata
from tests.driver import Parent
from tests.e2e.test_forged_routes import packed
from tests.e2e.town import AGNES, CASIMIR, HUGO, NOW, STRANGER, agent, logged_in

SCHOOL = StructureId(2)
NAMES = ("Paolo", "Amalia", "dupont1")
"""Of a family of the town hall."""
REFUSED = ("ne permet pas cette opération", "n'existe pas ou n'est plus accessible")
PASSING = frozenset({"fsm", "screen_message", "staff_screen", "staff_session", "login_failure"})
OWN = frozenset({"staff_member"})  # one's own language and display


# -- the table of acts ------------------------------------------------------------------------
def acts(demo: Demo) -> list[tuple[type[Route], Right]]:
    """Each address of the town's side, with the right that its handler declares."""
    found = []
    for router in _routers(demo.application.dispatcher):
        for handler in router.callback_query.handlers:
            filters = [one.callback for one in handler.filters or ()]
            needs = [one for one in filters if isinstance(one, Needs)]
            routes = [one.callback_data for one in filters if isinstance(one, CallbackQueryFilter)]
            found += [(route, need.right) for route in routes for need in needs]
    return [(route, right) for route, right in found if route not in {Home, OpenHome}]


def _routers(router: Any) -> Iterator[Router]:
    yield router
    for below in router.sub_routers:
        yield from _routers(below)


async def town_hall(demo: Demo) -> dict[str, int]:
    """Numbers of what is the town hall's alone, by the name of a field."""

    def read(connection: Any) -> dict[str, int]:
        of = schema.booking.c
        held = connection.execute(
            select(of.id, of.activity_id, of.family_id, schema.activity_draw.c.pool_id)
            .join_from(schema.booking, schema.activity, schema.activity.c.id == of.activity_id)
            .join(schema.activity_draw, schema.activity_draw.c.activity_id == of.activity_id)
            .where(
                schema.activity.c.structure_id == 1,
                of.day == date(2026, 12, 10),
                of.state == State.ACCEPTED,
            )
            .order_by(of.id)
            .limit(1)
        ).one()
        guardian = select(schema.guardian.c.id).where(
            schema.guardian.c.family_id == held.family_id
        )
        of_school = schema.guardian_structure.c.structure_id == SCHOOL
        theirs = schema.guardian_structure.c.guardian_id.in_(guardian)
        connection.execute(delete(schema.guardian_structure).where(of_school, theirs))
        return {
            "activity": held.activity_id,
            "booking": held.id,
            "pool": held.pool_id,
            "family": held.family_id,
            "guardian": connection.scalars(guardian).first(),
            "structure": 1,
            "session": 1,
            **_desk(connection),
        }

    return await demo.application.database.write(read)


def _desk(connection: Any) -> dict[str, int]:
    """What waits on the town hall's desk."""
    alert, told, asked = schema.staff_alert.c, schema.announcement.c, schema.booking.c
    connection.execute(
        insert(schema.staff_alert).values(
            key="odd", kind=AlertKind.TRANSMISSION_WAITING, at=NOW, structure_id=1, details={}
        )
    )
    hall = schema.activity.c.structure_id == 1
    pending = (
        select(func.min(asked.id))
        .join(schema.activity, schema.activity.c.id == asked.activity_id)
        .where(hall, asked.state == State.PENDING)
    )
    return {
        "alert": connection.scalar(select(func.max(alert.id))),
        "announcement": connection.scalar(select(func.min(told.id)).where(told.structure_id == 1)),
        "number": connection.scalar(pending),
    }


async def rows(demo: Demo) -> dict[str, list[str]]:
    def read(connection: Any) -> dict[str, list[str]]:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
            if name not in PASSING | OWN
        }

    return await demo.application.database.read(read)


async def refused(demo: Demo, there: Parent, asked: list[type[Route]]) -> None:
    await demo.application.catch_up()  # what the hour brings is done
    ids, before = await town_hall(demo), await rows(demo)
    for route in asked:
        answer = await there.press_data(packed(route, ids, flag=True))
        said = (await there.screen()).text
        assert answer.answered, route
        assert any(words in said for words in REFUSED), f"{route.__name__}: {said[:200]}"
    told = (await there.transcript()).lower()
    assert [name for name in NAMES if name.lower() in told] == []
    assert await rows(demo) == before


def test_the_table_of_acts_is_whole() -> None:
    """A reader is refused something in every area, or the tests below say nothing."""
    assert set(Right) - RIGHTS[Role.READER] >= {Right.CHANGE_PLACES, Right.READ_FAMILIES}


async def test_a_reader_is_refused_every_act(demo: Demo) -> None:
    hugo = await agent(demo, Role.READER, HUGO)
    mine = RIGHTS[Role.READER]
    asked = [route for route, right in acts(demo) if right not in mine]

    await refused(demo, hugo, asked)

    assert len(asked) > 12


async def test_an_agent_of_another_structure_reaches_nothing_of_this_one(demo: Demo) -> None:
    """Manager there: every right, and nothing of the town hall's. What is said by no number is
    theirs: their own home, log and nights.
    """
    agnes = await agent(demo, Role.MANAGER, AGNES, (SCHOOL,))
    about = {"activity", "booking", "pool", "family", "guardian", "structure"}
    about |= {"announcement", "alert"}
    asked = [route for route, _ in acts(demo) if about & set(route.model_fields)]

    await refused(demo, agnes, asked)

    assert len(asked) > 12


async def test_a_request_of_this_one_is_not_answered_by_an_agent_of_another(demo: Demo) -> None:
    """Named by its number alone, so that it is not there for them: nothing is told, or done."""
    agnes = await agent(demo, Role.MANAGER, structures=(SCHOOL,))
    asked = [route for route, _ in acts(demo) if "number" in route.model_fields]
    await demo.application.catch_up()
    ids, before = await town_hall(demo), await rows(demo)

    for route in asked:
        await agnes.press_data(packed(route, ids, flag=True))

    told = (await agnes.transcript()).lower()
    assert len(asked) >= 4
    assert ids["number"] is not None
    assert [name for name in NAMES if name.lower() in told] == []
    assert await rows(demo) == before


async def test_a_stranger_is_refused_every_address(demo: Demo) -> None:
    stranger = Parent(demo.url, STRANGER)
    await stranger.start()

    await refused(demo, stranger, [route for route, _ in acts(demo)])


async def test_a_parent_is_refused_every_address(demo: Demo) -> None:
    nadia = await logged_in(demo, CASIMIR)
    await demo.application.catch_up()

    await refused(demo, nadia, [route for route, _ in acts(demo)])


async def test_who_was_disabled_is_refused_every_address(demo: Demo) -> None:
    agnes = await agent(demo, Role.MANAGER)
    town = demo.application.town
    members = await town.staff.read(lambda tx: tx.members())
    gone = next(one for one in members if one.name == "Agnès Martin")
    await town.staff.write(lambda tx: tx.disable(gone.id, town.clock()))

    await refused(demo, agnes, [route for route, _ in acts(demo)])
