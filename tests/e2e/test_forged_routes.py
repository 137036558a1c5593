"""A10: every address that there is, pressed by those who may not. Found by walking the routes, so
that a new one is covered by itself: a clear answer, nothing changed, nothing told.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from sqlalchemy import Connection, select

import conversations
from bot.demo import Demo
from conversations.copying.routes import code
from conversations.routes import Route
from domain.bookings.model import State
from storage import schema
from storage.schema import metadata
from tests.driver import Parent
from tests.e2e.town import CASIMIR, DUPONT, LENOIR, NOW, ROUSSEAU, STRANGER

for module in pkgutil.walk_packages(conversations.__path__, "conversations."):
    importlib.import_module(module.name)

LOGINS = {
    DUPONT: ("DUPONT1", "trois-petits-chats"),
    CASIMIR: ("CASIMIR1", "gouter-de-quatre-heures"),
    ROUSSEAU: ("ROUSSEAU1", "soupe-aux-potirons"),
    LENOIR: ("LENOIR1", "lettre-jamais-ouverte"),
}
NAMES = ("Paolo", "Amalia", "Jean-Paul", "dupont")
"""Of the family whose children and bookings are asked for."""
A_DAY = date(2026, 12, 10)
AN_HOUR = time(7, 30)
WORDS = (
    "fr",
    "-",
    "3",
    "deadbeef",
    "a",
    "1",
    "009",
    "r!1",
    "A" * 20,
)  # what a field of text may have to look like
ROUTES = sorted(Route.__subclasses__(), key=lambda route: route.__prefix__)
OWN = frozenset(
    {"telegram_session", "consent", "audit", "draft", "access_token", "notice", "follow_up_filter"}
)
"""Where anybody may write about themselves who is connected: the end of a session, a text read."""
CHOICES = frozenset({"guardian", "notice_choice"})
"""Where somebody may who is held at no gate."""
PASSING = ("fsm", "screen_message", "login_failure")


@dataclass
class Scene:
    demo: Demo
    parent: Parent
    ids: dict[str, int]  # of the family that did not ask, by the name of a field
    whose: int | None = None  # the guardian who presses, where somebody is connected
    own: frozenset[str] = OWN  # tables

    async def rows(self) -> dict[str, list[Any]]:
        """Everything, but what whoever presses may change of their own."""
        return await self.demo.application.database.read(self._rows)

    def _rows(self, connection: Connection) -> dict[str, list[Any]]:
        mine = select(schema.draft.c.id).where(schema.draft.c.guardian_id == self.whose)
        drafts = set(connection.scalars(mine))
        return {
            name: sorted(
                repr(tuple(row))
                for row in connection.execute(select(table))
                if not self._is_own(name, row, drafts)
            )
            for name, table in metadata.tables.items()
            if name not in PASSING
        }

    def _is_own(self, table: str, row: Any, drafts: set[int]) -> bool:
        if table not in self.own:
            return False
        if table == "follow_up_filter":
            return row.draft_id in drafts
        return (row.id if table == "guardian" else row.guardian_id) in {self.whose, None}

    async def press_all(self) -> None:
        """Each address, with each of its flags; complaints name the address."""
        before = await self.rows()
        for data in everything(self.ids):
            await self._let_in()
            answer = await self.parent.press_data(data)
            said = (await self.parent.screen()).text
            assert answer.answered, f"{data}: no answer"
            assert "Une erreur est survenue" not in said, f"{data}: a bug"
            told = await self.parent.transcript()
            assert [n for n in NAMES if n.lower() in told.lower()] == [], f"{data} tells a name"
        assert await self.rows() == before

    async def _let_in(self) -> None:
        """In again, where the last address was the one that logs out."""
        if self.whose is not None and not await self._is_in():
            await log_in(self.parent)

    async def _is_in(self) -> bool:
        session = schema.telegram_session.c
        query = select(session.id).where(
            session.guardian_id == self.whose, session.ended_at.is_(None)
        )
        return await self.demo.application.database.read(lambda c: c.scalar(query)) is not None


async def log_in(parent: Parent) -> None:
    await parent.log_in(*LOGINS[parent.id])


@pytest.fixture
async def ids(demo: Demo) -> dict[str, int]:
    """The Duponts are connected; these are theirs."""
    await log_in(Parent(demo.url, DUPONT))
    await demo.application.catch_up()  # they have been told of their new device
    theirs = await demo.application.database.read(_theirs)
    reminder = await demo.application.database.write(lambda c: _reminded(c, theirs))
    return theirs | {"reminder": reminder}


def _theirs(connection: Connection) -> dict[str, int]:
    session, booking = schema.telegram_session.c, schema.booking.c
    live = connection.execute(select(session.id, session.guardian_id)).one()
    family = connection.scalar(
        select(schema.guardian.c.family_id).where(schema.guardian.c.id == live.guardian_id)
    )
    theirs = select(booking.id, booking.child_id, booking.activity_id).where(
        booking.family_id == family, booking.day > NOW.date(), booking.state == State.ACCEPTED
    )
    held = connection.execute(theirs.order_by(booking.id).limit(1)).one()
    rules = select(schema.legal_document.c.id).order_by(schema.legal_document.c.id.desc())
    return {
        "session": live.id,
        "booking": held.id,
        "child": held.child_id,
        "activity": held.activity_id,
        "document": connection.scalars(rules).first(),
    }


def _reminded(connection: Connection, ids: dict[str, int]) -> int:
    """Of a deadline that is near, so that only whose it is stands in the way (N3)."""
    of = schema.booking.c
    family = connection.scalar(select(of.family_id).where(of.id == ids["booking"]))
    opened = schema.reminder.insert().values(
        family_id=family, structure_id=1, limit_at=NOW + timedelta(hours=9), told_at=NOW
    )
    (key,) = connection.execute(opened).inserted_primary_key
    day = {"child_id": ids["child"], "activity_id": ids["activity"], "day": A_DAY}
    connection.execute(schema.reminder_day.insert().values(reminder_id=key, **day))
    return key


async def guardian_of(demo: Demo) -> int:
    query = select(schema.telegram_session.c.guardian_id).order_by(
        schema.telegram_session.c.id.desc()
    )
    return await demo.application.database.read(lambda c: c.scalars(query).first())


# -- addresses --------------------------------------------------------------------------------
def everything(ids: dict[str, int]) -> Iterator[str]:
    for route in ROUTES:
        for flag in (False, True):
            yield packed(route, ids, flag=flag)
            if bool not in {field.annotation for field in route.model_fields.values()}:
                break


def packed(route: type[Route], ids: dict[str, int], *, flag: bool) -> str:
    for word in WORDS:
        try:
            made = route(
                **{
                    name: _value(name, field, ids, word, flag=flag)
                    for name, field in route.model_fields.items()
                }
            )
        except ValidationError:
            continue
        return made.pack()
    raise AssertionError(f"{route.__name__}: teach this test what its fields look like")


def _value(name: str, field: FieldInfo, ids: dict[str, int], word: str, *, flag: bool) -> Any:
    kind = field.annotation
    if (about := name.removeprefix("of_")) in ids:
        return code(ids[about]) if kind is str else ids[about]
    if not field.is_required():
        return field.default
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    known = {bool: flag, date: A_DAY, time: AN_HOUR, str: word, int: 1 + len(name) % 2}
    return known[kind]


def test_every_address_can_be_made_up() -> None:
    made = list(everything({"child": 1, "activity": 1}))

    assert len(made) > len(ROUTES) > 40
    assert all(len(data.encode()) <= 64 for data in made)


# -- who may not ------------------------------------------------------------------------------
async def test_a_stranger_is_told_nothing(demo: Demo, ids: dict[str, int]) -> None:
    stranger = Parent(demo.url, STRANGER)
    await stranger.start()

    await Scene(demo, stranger, ids).press_all()


async def test_another_family_reaches_nothing_of_theirs(demo: Demo, ids: dict[str, int]) -> None:
    nadia = Parent(demo.url, CASIMIR)
    await log_in(nadia)

    await Scene(demo, nadia, ids, await guardian_of(demo), OWN | CHOICES).press_all()


async def test_after_logging_out_old_buttons_do_nothing(demo: Demo, ids: dict[str, int]) -> None:
    nadia = Parent(demo.url, CASIMIR)
    await log_in(nadia)
    await nadia.say("/logout")

    await Scene(demo, nadia, ids).press_all()


@pytest.mark.parametrize("person", [LENOIR, ROUSSEAU])
async def test_whoever_is_held_at_a_gate_reaches_nothing_behind_it(
    demo: Demo, ids: dict[str, int], person: int
) -> None:
    """A temporary password; documents that wait."""
    held = Parent(demo.url, person)
    await log_in(held)

    await Scene(demo, held, ids, await guardian_of(demo)).press_all()
