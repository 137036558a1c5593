"""What waits for the agents: told at once, looked at, settled, money given to a family (M4)."""

from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from bot.town.payments import credit_payment
from domain.alerts.model import Alert, AlertKind
from domain.calendar.model import PARIS
from domain.payments.model import Paid, Provider
from domain.staff.acts import StaffAct
from domain.staff.model import Role
from domain.staff.office import InviteStaff
from storage import schema
from tests.driver import Parent

NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)
AGNES, DUPONT = 700_000_012, 700_000_001
MONEY = Paid(Provider.TELEGRAM, "charge-1", "NOBODYS", Decimal("12.50"), "EUR", NOW, "M. Payeur")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as shown:
        yield shown


async def agent(demo: Demo, role: Role = Role.MANAGER) -> Parent:
    town, there = demo.application.town, Parent(demo.url, AGNES)
    invitation = await InviteStaff(town.staff, town.clock)("Agnès", role, (1,))
    await there.start(invitation.token)
    return there


async def rows(demo: Demo, *columns):
    return await demo.application.database.read(
        lambda c: [tuple(row) for row in c.execute(select(*columns))]
    )


async def payments(demo: Demo) -> list[Decimal]:
    of = schema.payment.c
    query = (
        select(schema.ledger_entry.c.amount)
        .join(schema.payment, of.entry_id == schema.ledger_entry.c.id)
        .where(of.reference == MONEY.provider_reference)
    )
    return await demo.application.database.read(lambda c: list(c.scalars(query)))


async def acts(demo: Demo) -> list[str]:
    return [what for (what,) in await rows(demo, schema.audit.c.what)]


async def stray(demo: Demo) -> None:
    await credit_payment(demo.application.town)(MONEY)


async def tell(demo: Demo, kind: AlertKind, structure: int | None = 1, **details) -> None:
    alert = Alert(f"{kind}:1", kind, NOW, structure, details)
    await demo.application.town.alerts.write(lambda tx: tx.alert(alert))


async def test_stray_money_is_told_at_once_and_credited_once_after_a_restart(demo: Demo) -> None:
    agnes = await agent(demo)
    await stray(demo)
    await demo.application.catch_up()
    told = await agnes.screen()
    await agnes.press("Voir")
    await agnes.press("Paiement à rattacher")
    shown = await agnes.screen()
    await agnes.press("Créditer une famille")
    await demo.restart_bot()
    await agnes.say("DUPONT1")
    chosen = await agnes.screen()
    await agnes.press(chosen.rows[0][0])
    asked = await agnes.screen()
    give = asked.button("Créditer").data

    await agnes.press_data(give, message_id=asked.message_id)
    listed = await agnes.message(asked.message_id)
    await agnes.press_data(give, message_id=asked.message_id)

    assert "1 chose à voir" in told.text
    assert "12,50" not in told.text
    assert "12,50 €" in shown.text
    assert "M. Payeur" in shown.text
    assert "Créditer 12,50 € ?" in asked.text
    assert "C'est crédité." in listed.text
    assert "tout est réglé" in listed.text
    assert "déjà réglé" in (await agnes.message(asked.message_id)).text
    assert await payments(demo) == [Decimal("12.50")]
    assert (await acts(demo)).count(StaffAct.STRAY_SETTLED) == 1


async def test_each_alert_is_told_once(demo: Demo) -> None:
    agnes = await agent(demo)
    await stray(demo)
    await demo.application.catch_up()
    before = len(await agnes.messages())

    await demo.application.catch_up()

    assert len(await agnes.messages()) == before


async def test_money_given_back_by_hand_is_noted_and_credits_nobody(demo: Demo) -> None:
    agnes = await agent(demo)
    await stray(demo)
    await agnes.say("/agent")
    home = await agnes.screen()
    await agnes.press("À voir")
    await agnes.press("Paiement à rattacher")
    await agnes.press("Remboursé à la main")
    await agnes.press("C'est remboursé")

    settled = await rows(demo, schema.stray_payment.c.settled_note)
    assert home.has("À voir (1)")
    assert settled == [("refunded",)]
    assert await payments(demo) == []
    assert StaffAct.STRAY_SETTLED in await acts(demo)


async def test_an_alert_is_marked_as_seen_with_who(demo: Demo) -> None:
    agnes = await agent(demo)
    await tell(demo, AlertKind.TRANSMISSION_WAITING, number=3, night="2026-11-22")
    await agnes.say("/agent")
    await agnes.press("À voir")
    await agnes.press("Transmission non reprise")
    shown = await agnes.screen()

    await agnes.press("Marquer comme vu")

    assert "n° 3" in shown.text
    assert "tout est réglé" in (await agnes.screen()).text
    whose = await rows(demo, schema.staff_session.c.staff_id)
    assert await rows(demo, schema.staff_alert.c.settled_by) == whose[-1:]
    assert StaffAct.ALERT_SETTLED in await acts(demo)


async def test_what_is_of_no_structure_is_the_managers_alone(demo: Demo) -> None:
    agnes = await agent(demo, Role.AGENT)
    await tell(demo, AlertKind.ANSWERS_REFUSED, None, file="answers.json", problems=3)
    await demo.application.catch_up()
    silent = await agnes.screen()

    await agnes.press_data("gvo:1")

    assert "chose à voir" not in silent.text
    assert "n'existe pas" in (await agnes.screen()).text


async def test_stray_money_cannot_be_waved_away(demo: Demo) -> None:
    agnes = await agent(demo)
    await stray(demo)
    await agnes.say("/agent")
    await agnes.press("À voir")
    await agnes.press("Paiement à rattacher")

    await agnes.press_data("gvs:1")

    count = select(func.count()).where(schema.staff_alert.c.settled_at.is_(None))
    assert await demo.application.database.read(lambda c: c.scalar(count)) == 1


async def test_a_family_that_is_not_there_may_be_typed_again(demo: Demo) -> None:
    agnes = await agent(demo)
    await stray(demo)
    await agnes.say("/agent")
    await agnes.press("À voir")
    await agnes.press("Paiement à rattacher")
    await agnes.press("Créditer une famille")
    await agnes.say("personne")
    unknown = await agnes.screen()

    await agnes.say("DUPONT1")

    assert "Aucune famille" in unknown.text
    assert "Jean-Paul DUPONT" in (await agnes.screen()).text


async def test_a_reader_settles_nothing(demo: Demo) -> None:
    hugo = await agent(demo, Role.READER)
    await stray(demo)
    await demo.application.catch_up()
    home = await hugo.screen()

    await hugo.press_data("gv:1")

    assert not home.has("À voir")
    assert "ne permet pas" in (await hugo.screen()).text
