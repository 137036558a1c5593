"""What waits for the agents, on both databases: seen, settled and told by whom it concerns."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from domain.activities.model import StructureId
from domain.alerts.errors import AlreadySettled
from domain.alerts.model import Alert, AlertId, AlertKind, Sight
from domain.alerts.recipients import Reached
from domain.alerts.service import (
    CountAlerts,
    FindFamily,
    ListAlerts,
    NameWallet,
    SettleAlert,
    SettleStrayAlert,
    ShowAlert,
)
from domain.alerts.telling import TellAlerts
from domain.errors import NotFound
from domain.families.model import FamilyId, WalletId
from domain.payments.errors import OrderChanged, WalletClosed
from domain.payments.model import Paid, Provider
from domain.staff.acts import StaffAct
from domain.staff.errors import NotAllowed
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from storage import schema
from storage.engine import opened, transactions
from storage.staff import SqlStaff
from storage.staff_alerts import SqlStaffAlerts
from storage.staff_families import SqlStaffFamilies
from tests.builders import TOWN
from tests.storage.paying import CLOSED, NOW, OWED, WALLET, Till, opened_till

SCHOOL = StructureId(2)
MONEY = Paid(Provider.TELEGRAM, "charge-9", "NOBODYS", Decimal("12.50"), "EUR", NOW, "M. Payeur")
EVERYTHING = Sight((TOWN, SCHOOL), common=True)


class Phone:
    """``domain.alerts.telling.AgentChats``."""

    def __init__(self) -> None:
        self.told: list[tuple[int, list[str]]] = []

    async def tell(self, agent: Reached, alerts) -> None:
        self.told.append((agent.chat, [one.key for one in alerts]))


@dataclass
class Office:
    till: Till

    def __post_init__(self) -> None:
        database, clock = self.till.database, self.till.clock
        self.alerts = transactions(database, SqlStaffAlerts)
        self.families = transactions(database, SqlStaffFamilies)
        self.staff = transactions(database, SqlStaff)
        self.list, self.show = ListAlerts(self.alerts), ShowAlert(self.alerts)
        self.count, self.settle = CountAlerts(self.alerts), SettleAlert(self.alerts, clock)
        self.stray = SettleStrayAlert(self.alerts, self.till.settle)
        self.find = FindFamily(self.alerts, self.families, clock)
        self.name = NameWallet(self.find)
        self.phone = Phone()
        self.tell = TellAlerts(self.alerts, self.phone, clock)

    async def alert(self, key: str, structure: int | None = TOWN, hours: int = 0) -> None:
        at = NOW + timedelta(hours=hours)
        made = Alert(key, AlertKind.ANSWERS_REFUSED, at, structure, {"file": "a", "problems": 1})
        await self.alerts.write(lambda tx: tx.alert(made))

    async def hire(self, role: Role, chat: int, *structures: int) -> StaffId:
        def work(tx: SqlStaff) -> StaffId:
            member = tx.add_member(f"Agent {chat}", role, "fr", NOW)
            tx.set_role(member, role, structures)
            tx.open_session(member, chat, NOW)
            return member

        return await self.staff.write(work)

    async def keys(self, member: StaffIdentity) -> list[str]:
        return [one.alert.key for one in (await self.list(member, 1)).alerts]


@pytest.fixture(params=["sqlite", "postgresql"])
async def office(request, keyring):
    async with opened(request.getfixturevalue(f"{request.param}_url"), keyring) as database:
        till = await opened_till(database)
        await database.write(_second_structure)
        yield Office(till)


def _second_structure(connection) -> None:
    first = dict(connection.execute(select(schema.structure)).mappings().one())
    connection.execute(insert(schema.structure).values({**first, "id": SCHOOL, "name": "École"}))


def agent(role: Role = Role.AGENT, *structures: StructureId) -> StaffIdentity:
    of = structures or (TOWN,)
    return StaffIdentity(StaffSessionId(1), StaffId(7), role, "Claire", of[0], of, "fr", 1, NOW)


MANAGER = agent(Role.MANAGER, TOWN)


# -- looking ----------------------------------------------------------------------------------
async def test_open_alerts_are_listed_newest_first_a_page_at_a_time(office: Office) -> None:
    for number in range(8):
        await office.alert(f"a{number}", hours=number)

    first, last = await office.list(MANAGER, 1), await office.list(MANAGER, 99)

    assert [one.alert.key for one in first.alerts] == ["a7", "a6", "a5", "a4", "a3", "a2"]
    assert [one.alert.key for one in last.alerts] == ["a1", "a0"]
    assert (last.page, last.pages, last.count) == (2, 2, 8)


async def test_another_structures_alerts_are_not_seen_and_common_ones_by_managers_alone(
    office: Office,
) -> None:
    await office.alert("town")
    await office.alert("school", SCHOOL)
    await office.alert("common", None)

    assert sorted(await office.keys(agent())) == ["town"]
    assert sorted(await office.keys(MANAGER)) == ["common", "town"]
    assert sorted(await office.keys(agent(Role.AGENT, TOWN, SCHOOL))) == ["school", "town"]
    assert await office.count(MANAGER) == 2
    for number in (2, 3):
        with pytest.raises(NotFound):
            await office.show(agent(), AlertId(number))
        with pytest.raises(NotFound):
            await office.settle(agent(), AlertId(number))


async def test_a_reader_may_do_nothing_with_them(office: Office) -> None:
    await office.alert("town")
    reader, one = agent(Role.READER), AlertId(1)

    for act in (
        office.count(reader),
        office.list(reader, 1),
        office.show(reader, one),
        office.settle(reader, one),
        office.stray(reader, one, None),
        office.find(reader, one, "1"),
        office.name(reader, one, FamilyId(1), WALLET),
    ):
        with pytest.raises(NotAllowed):
            await act


# -- settling ---------------------------------------------------------------------------------
async def test_an_alert_is_settled_once_by_who_was_first_and_noted(office: Office) -> None:
    await office.alert("town")
    await office.settle(MANAGER, AlertId(1))

    with pytest.raises(AlreadySettled):
        await office.settle(replace(MANAGER, staff_id=StaffId(8)), AlertId(1))

    of, log = schema.staff_alert.c, schema.audit.c
    assert await office.till.rows(of.id, of.settled_by) == [(1, 7)]
    assert await office.till.rows(log.id, log.what, log.staff_id) == [
        (1, StaffAct.ALERT_SETTLED, 7)
    ]
    assert await office.keys(MANAGER) == []


async def test_stray_money_is_credited_once_and_its_alert_settled_and_noted(
    office: Office,
) -> None:
    await office.till.credit(MONEY)
    sheet, wallet = await office.name(MANAGER, AlertId(1), FamilyId(1), WALLET)
    await office.stray(MANAGER, AlertId(1), wallet.id)

    with pytest.raises(AlreadySettled):
        await office.stray(MANAGER, AlertId(1), wallet.id)

    log = schema.audit.c
    acts = await office.till.rows(log.id, log.what, log.details)
    assert sheet.family_id == 1
    assert await office.till.balance() == OWED + MONEY.amount
    assert await office.keys(MANAGER) == []
    assert [what for _, what, _ in acts] == [StaffAct.FAMILY_VIEWED, StaffAct.STRAY_SETTLED]
    assert acts[-1][2] == {"stray": 1, "amount": "12.50", "family": 1, "after": "wallet 1"}


async def test_stray_money_of_no_structure_is_the_managers_alone(office: Office) -> None:
    await office.till.credit(MONEY)

    for wallet in (WALLET, None):
        with pytest.raises(NotFound):
            await office.stray(agent(), AlertId(1), wallet)

    assert await office.till.balance() == OWED


async def test_stray_money_cannot_be_waved_away_nor_go_where_it_may_not(office: Office) -> None:
    await office.till.credit(MONEY)

    with pytest.raises(NotAllowed):
        await office.settle(MANAGER, AlertId(1))
    with pytest.raises(WalletClosed):
        await office.stray(MANAGER, AlertId(1), CLOSED)
    with pytest.raises(NotAllowed):
        await office.stray(agent(Role.MANAGER, SCHOOL), AlertId(1), WALLET)
    with pytest.raises(NotFound):
        await office.stray(MANAGER, AlertId(1), WalletId(99))

    assert await office.till.balance() == OWED
    assert await office.count(MANAGER) == 1


async def test_stray_money_that_is_not_in_euros_can_only_be_given_back(office: Office) -> None:
    await office.till.credit(replace(MONEY, currency="USD"))

    with pytest.raises(OrderChanged):
        await office.stray(MANAGER, AlertId(1), WALLET)
    await office.stray(MANAGER, AlertId(1), None)

    assert await office.till.balance() == OWED
    assert await office.keys(MANAGER) == []


async def test_a_family_is_found_by_number_or_identifier_in_the_structure_alone(
    office: Office,
) -> None:
    await office.till.credit(MONEY)
    school = agent(Role.MANAGER, SCHOOL)

    by_number = await office.find(MANAGER, AlertId(1), " 1 ")
    by_name = await office.find(MANAGER, AlertId(1), by_number.guardians[0].identifier)

    assert by_name.family_id == by_number.family_id == 1
    for asked in ("99", "personne", "²", "9" * 50, ""):
        with pytest.raises(NotFound):
            await office.find(MANAGER, AlertId(1), asked)
    with pytest.raises(NotFound):
        await office.find(school, AlertId(1), "1")


# -- telling ----------------------------------------------------------------------------------
async def test_each_alert_is_told_once_to_whom_it_concerns_in_one_message(office: Office) -> None:
    await office.hire(Role.AGENT, 11, TOWN)
    await office.hire(Role.MANAGER, 12, TOWN, SCHOOL)
    await office.hire(Role.READER, 13, TOWN)
    for key, structure in (("town", TOWN), ("school", SCHOOL), ("common", None)):
        await office.alert(key, structure)

    assert [await office.tell(), await office.tell()] == [2, 0]

    assert office.phone.told == [(11, ["town"]), (12, ["town", "school", "common"])]


async def test_who_left_is_not_told_nor_is_what_was_settled_before(office: Office) -> None:
    await office.hire(Role.AGENT, 11, TOWN)
    gone = await office.hire(Role.AGENT, 12, TOWN)
    await office.staff.write(lambda tx: tx.disable(gone, NOW))
    await office.alert("settled")
    await office.settle(MANAGER, AlertId(1))
    await office.alert("open")

    await office.tell()

    assert office.phone.told == [(11, ["open"])]


async def test_an_alert_with_a_key_that_is_there_is_not_told_again(office: Office) -> None:
    await office.hire(Role.AGENT, 11, TOWN)
    await office.alert("town")
    await office.tell()
    await office.alert("town", hours=1)

    await office.tell()

    assert office.phone.told == [(11, ["town"])]
