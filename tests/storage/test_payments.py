"""Money that comes is credited once, and none is lost, on both databases (M4)."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.activities.model import ActivityId
from domain.alerts.model import AlertKind
from domain.errors import NotFound
from domain.families.model import WalletId
from domain.money.model import EntryKind
from domain.notices.model import Channel, Kind
from domain.payments.errors import (
    AmountRefused,
    JustPaid,
    NotThePayer,
    OrderChanged,
    OrderOver,
    OrderPaid,
    ProviderAway,
    ProviderNotOffered,
    WalletClosed,
)
from domain.payments.following import AWAY_ENOUGH
from domain.payments.model import (
    Answer,
    Asked,
    Credit,
    OrderState,
    Provider,
    StrayId,
    Why,
    Word,
)
from domain.staff.errors import NotAllowed
from domain.staff.model import Role, StaffId, StaffIdentity, StaffSessionId
from storage import schema
from storage.bookings import SqlBookings
from storage.columns import keyring_of
from storage.engine import opened, transactions
from storage.lookups import telegram_index
from storage.outbox import SqlOutbox
from storage.payments import SqlPayments
from tests.builders import TOWN, identity
from tests.storage.paying import CLOSED, NOW, OWED, WALLET, Till, opened_till, paid, paying_town
from tests.storage.towns import request, requested

entry, notice, alert, stray = (
    schema.ledger_entry.c,
    schema.notice.c,
    schema.staff_alert.c,
    schema.stray_payment.c,
)
FULL = Decimal("36.10")


@pytest.fixture(params=["sqlite", "postgresql"])
async def till(request, keyring):
    async with opened(request.getfixturevalue(f"{request.param}_url"), keyring) as database:
        yield await opened_till(database)


async def alerts(till: Till) -> list[str]:
    return [row[1] for row in await till.rows(alert.id, alert.kind)]


# -- where an order is offered ------------------------------------------
async def offers(till: Till) -> dict[Channel, tuple[tuple[int, int], ...]]:
    """What the courier is to redraw with each receipt."""
    outbox = transactions(till.database, SqlOutbox)
    dues = await outbox.write(lambda tx: tx.claim(till.now, limit=9, lease_until=till.now))
    return {due.notice.channel: due.offers for due in dues}


async def test_a_receipt_tells_where_its_order_is_offered_to_be_paid(till: Till) -> None:
    await connected(till, 1, 71)
    order, another = await till.order(), await till.order("5.00")
    for message in (501, 502, 501):
        await till.shown(order, 71, message)
    await till.shown(another, 71, 503)

    await till.credit(paid(order))

    assert await offers(till) == {Channel.TELEGRAM: ((71, 501), (71, 502)), Channel.MAIL: ()}


async def test_where_somebody_else_is_connected_by_now_nothing_is_redrawn(till: Till) -> None:
    await connected(till, 1, 71)
    order = await till.order()
    await till.shown(order, 71, 501)
    ended = schema.telegram_session.update().values(ended_at=NOW)
    await till.database.write(lambda c: c.execute(ended))
    await connected(till, 1, 72)

    await till.credit(paid(order))

    assert await offers(till) == {Channel.TELEGRAM: (), Channel.MAIL: ()}


async def test_an_order_that_was_paid_before_it_was_seen_answers_so(till: Till) -> None:
    await connected(till, 1, 71)
    order = await till.order()
    await till.credit(paid(order))

    shown = await till.shown(order, 71, 501)

    assert (order.state, shown.state) == (OrderState.OPEN, OrderState.PAID)


# -- crediting ------------------------------------------
async def test_what_was_paid_is_in_the_wallet_with_its_receipt(till: Till) -> None:
    order = await till.order()

    answer = await till.credit(paid(order))

    assert (answer.credit, answer.order and answer.order.state) == (
        Credit.CREDITED,
        OrderState.PAID,
    )
    assert await till.balance() == OWED + FULL
    assert await till.states() == [OrderState.PAID]
    assert await till.rows(entry.id, entry.kind, entry.amount) == [(1, EntryKind.PAYMENT, FULL)]
    assert await till.rows(notice.id, notice.kind, notice.channel) == [
        (1, Kind.PAYMENT_RECEIPT, Channel.MAIL)
    ]
    assert await alerts(till) == []


async def test_the_same_notification_again_changes_nothing(till: Till) -> None:
    order = await till.order()
    await till.credit(paid(order))

    again = await till.credit(paid(order, amount=Decimal("99.00")))

    assert again.credit is Credit.ALREADY
    assert await till.balance() == OWED + FULL
    assert await till.count(schema.notice) == 1
    assert await alerts(till) == []


async def test_ten_notifications_at_once_credit_once(till: Till) -> None:
    order = await till.order()

    answers = await asyncio.gather(*(till.credit(paid(order)) for _ in range(10)))

    assert sorted(one.credit for one in answers) == [Credit.ALREADY] * 9 + [Credit.CREDITED]
    assert await till.balance() == OWED + FULL


async def test_one_payment_told_under_two_orders_at_once_credits_once(till: Till) -> None:
    orders = [await till.order(), await till.order("5.00")]

    answers = await asyncio.gather(*(till.credit(paid(one)) for one in orders for _ in range(4)))

    assert sorted(one.credit for one in answers) == [Credit.ALREADY] * 7 + [Credit.CREDITED]
    assert await till.count(schema.payment) == 1


async def test_another_amount_than_was_ordered_is_credited_as_it_came(till: Till) -> None:
    order = await till.order()

    answer = await till.credit(paid(order, amount=Decimal("10.00")))

    assert answer.credit is Credit.CREDITED
    assert await till.balance() == OWED + 10
    assert await alerts(till) == [AlertKind.PAYMENT_ODD]


async def test_the_receipt_tells_what_was_paid_and_the_alert_what_was_ordered(till: Till) -> None:
    order = await till.order()

    await till.credit(paid(order, amount=Decimal("10.00")))

    ((_, told),) = await till.rows(notice.id, notice.params)
    assert (told["amount"], told["number"], told["operation"]) == (
        "10.00",
        order.reference,
        "charge-1",
    )
    ((_, odd, structure),) = await till.rows(alert.id, alert.details, alert.structure_id)
    assert (odd["amount"], odd["ordered"], odd["order"], structure) == (
        "10.00",
        "36.10",
        order.id,
        TOWN,
    )


async def test_a_receipt_goes_to_the_chat_too_unless_it_is_blocked(till: Till) -> None:
    await connected(till, 1, 71)
    await till.credit(paid(await till.order()))
    both = {row[1] for row in await till.rows(notice.id, notice.channel)}
    blocked = schema.telegram_session.update().values(blocked_at=NOW)
    await till.database.write(lambda c: c.execute(blocked))

    await till.credit(paid(await till.order(), "charge-2"))

    assert both == {Channel.MAIL, Channel.TELEGRAM}
    assert await till.count(schema.notice) == 3


async def test_who_has_left_gets_no_receipt_in_a_chat(till: Till) -> None:
    await connected(till, 1, 71)
    order = await till.order()
    ended = schema.telegram_session.update().values(ended_at=NOW)
    await till.database.write(lambda c: c.execute(ended))

    await till.credit(paid(order))
    with pytest.raises(NotThePayer):
        await till.check(Asked((await till.order()).reference, FULL, "EUR", 71))

    assert [row[1] for row in await till.rows(notice.id, notice.channel)] == [Channel.MAIL]


async def test_a_second_payment_of_an_order_is_credited_and_told_to_the_town(till: Till) -> None:
    order = await till.order()
    await till.credit(paid(order))

    second = await till.credit(paid(order, key="charge-2"))

    assert second.credit is Credit.CREDITED
    assert await till.balance() == OWED + 2 * FULL
    assert await alerts(till) == [AlertKind.PAYMENT_ODD]


@pytest.mark.parametrize("days", [1, 400])
async def test_a_payment_that_comes_late_is_credited(till: Till, days: int) -> None:
    order = await till.order()
    till.later(days=days, seconds=1)
    await till.follow()
    states = await till.states()

    answer = await till.credit(paid(order))

    assert (states, answer.credit) == ([OrderState.EXPIRED], Credit.CREDITED)
    assert await till.states() == [OrderState.PAID]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"order_reference": "SOMETHINGELSE"}, Why.UNKNOWN),
        ({"currency": "USD"}, Why.CURRENCY),
        ({"amount": Decimal("0.00")}, Why.AMOUNT),
    ],
)
async def test_money_that_no_wallet_can_take_is_kept_once_and_told(till, changed, why) -> None:
    order = await till.order()
    strange = paid(order, **changed)

    answers = [(await till.credit(strange)).credit for _ in range(2)]

    assert answers == [Credit.STRAY, Credit.ALREADY]
    assert await till.rows(stray.id, stray.why, stray.amount, stray.payer) == [
        (1, why, strange.amount, "Mme Anne FAMILLE")
    ]
    assert await till.balance() == OWED
    assert await alerts(till) == [AlertKind.PAYMENT_STRAY]
    assert await till.count(schema.notice) == 0


async def test_nothing_goes_into_a_wallet_that_was_closed_meanwhile(till: Till) -> None:
    order = await till.order()
    await till.close()

    answer = await till.credit(paid(order))

    assert answer.credit is Credit.STRAY
    assert await till.balance() == OWED
    assert await till.rows(alert.id, alert.structure_id) == [(1, TOWN)]


async def test_what_was_kept_apart_is_not_credited_when_its_wallet_opens_again(till: Till) -> None:
    order = await till.order()
    await till.close()
    await till.credit(paid(order))
    await till.reopen()

    again = await till.credit(paid(order))

    assert again.credit is Credit.ALREADY
    assert await till.balance() == OWED


@pytest.mark.parametrize(
    ("named", "kept"), [("M. Jules PAYEUR", "M. Jules PAYEUR"), ("", "DUPONT Anne1")]
)
async def test_the_history_names_who_paid_or_else_who_ordered(till: Till, named, kept) -> None:
    order = await till.order()

    await till.credit(paid(order, payer=named))

    payment = schema.payment.c
    assert await till.rows(payment.entry_id, payment.payer, payment.mode, payment.number) == [
        (1, kept, "CBLEUE", order.reference)
    ]


async def test_a_payment_of_the_last_hour_of_a_month_is_of_that_month_in_the_town(till) -> None:
    order = await till.order()

    await till.credit(paid(order, paid_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC)))

    assert await till.rows(entry.id, entry.day) == [(1, date(2026, 12, 1))]


# -- orders ------------------------------------------
async def test_pressed_again_the_same_order_answers(till: Till) -> None:
    first = await till.order()

    again, other, elsewhere = (
        await till.order(),
        await till.order("12.00"),
        await till.order(provider=Provider.PAYFIP),
    )

    assert again == first
    assert len({first.reference, other.reference, elsewhere.reference}) == 3


async def test_an_order_that_is_over_or_paid_is_not_used_again(till: Till) -> None:
    first = await till.order()
    till.later(days=1)
    second = await till.order()
    await till.credit(paid(second))

    third = await till.order()

    assert len({first.id, second.id, third.id}) == 3
    assert await till.states() == [OrderState.EXPIRED, OrderState.PAID, OrderState.OPEN]


async def test_the_same_sum_is_asked_about_before_it_is_paid_once_more(till: Till) -> None:
    paid_at = till.now
    await till.credit(paid(await till.order()))
    till.later(hours=23)

    with pytest.raises(JustPaid) as told:
        await till.order(again=False, provider=Provider.SIMULATED)

    assert told.value.params == {"amount": Decimal("36.10"), "at": paid_at}
    assert len(await till.rows(schema.payment_order.c.id)) == 1
    assert (await till.order("36.11", again=False)).state is OrderState.OPEN
    assert (await till.order(again=True)).state is OrderState.OPEN


async def test_a_day_later_the_same_sum_is_nothing_to_ask_about(till: Till) -> None:
    await till.credit(paid(await till.order()))
    till.later(days=1, seconds=1)

    assert (await till.order(again=False)).state is OrderState.OPEN


async def test_only_an_open_wallet_of_ones_own_is_paid_into(till: Till) -> None:
    with pytest.raises(NotFound):
        await till.order(family=2)
    with pytest.raises(NotFound):
        await till.open(identity(1), WalletId(99), FULL, Provider.TELEGRAM)
    with pytest.raises(WalletClosed):
        await till.open(identity(1), CLOSED, FULL, Provider.TELEGRAM)
    with pytest.raises(AmountRefused):
        await till.order("0.99")
    with pytest.raises(NotFound):
        await till.open(replace(identity(1), structure_id=2), WALLET, FULL, Provider.TELEGRAM)
    with pytest.raises(ProviderNotOffered):
        await replace(till.open, providers=(Provider.PAYFIP,))(
            identity(1), WALLET, FULL, Provider.TELEGRAM
        )
    assert await till.count(schema.payment_order) == 0


async def test_what_may_be_paid_is_what_is_owed(till: Till) -> None:
    view = await till.show(identity(1), WALLET)

    assert (view.wallet.name, view.due, view.estimate) == ("Cantine", FULL, FULL)


async def test_what_is_booked_elsewhere_is_not_paid_into_this_wallet(till: Till) -> None:
    other = replace(paying_town().catalogue.activities[ActivityId(1)], wallet="Ancien")
    bookings = transactions(till.database, SqlBookings)
    await bookings.write(lambda tx: tx.apply(requested(request(1))))

    async def elsewhere(version: int | None = None):
        return replace(paying_town().catalogue, activities={ActivityId(1): other})

    here, there = (
        await till.show(identity(1), WALLET),
        await replace(till.show, catalogues=elsewhere)(identity(1), WALLET),
    )

    assert (here.due, here.estimate) == (FULL, FULL + Decimal("24.87"))
    assert (there.due, there.estimate) == (FULL, FULL)


# -- before the money moves ------------------------------------------
async def asked(till: Till, user: int = 71, **changed) -> None:
    order = await till.order()
    await till.check(replace(Asked(order.reference, FULL, "EUR", user), **changed))


async def connected(till: Till, guardian: int, user: int) -> None:
    def connect(connection) -> None:
        session = {
            "guardian_id": guardian,
            "structure_id": TOWN,
            "user_id": str(user),
            "user_index": telegram_index(keyring_of(connection.dialect), user),
            "opened_at": NOW,
            "seen_at": NOW,
        }
        connection.execute(schema.telegram_session.insert(), [session])

    await till.database.write(connect)


async def test_a_guardian_of_the_family_may_pay_its_order(till: Till) -> None:
    await connected(till, 1, 71)

    await asked(till)


async def test_a_stranger_does_not_pay_a_forwarded_invoice(till: Till) -> None:
    await connected(till, 1, 71)
    await connected(till, 2, 72)

    for user in (72, 73):
        with pytest.raises(NotThePayer):
            await asked(till, user)


@pytest.mark.parametrize(
    "changed",
    [{"amount": Decimal("1.00")}, {"currency": "USD"}, {"order_reference": "NOTHING"}],
)
async def test_what_is_not_what_was_ordered_is_not_paid(till: Till, changed) -> None:
    await connected(till, 1, 71)

    with pytest.raises(OrderChanged):
        await asked(till, **changed)


async def test_an_order_is_paid_only_while_it_is_open(till: Till) -> None:
    await connected(till, 1, 71)
    order = await till.order()
    question = Asked(order.reference, FULL, "EUR", 71)
    await till.close()
    with pytest.raises(WalletClosed):
        await till.check(question)
    till.later(days=1)
    with pytest.raises(OrderOver):
        await till.check(question)
    await till.credit(paid(order))
    await till.database.write(lambda c: SqlPayments(c).end(order.id, OrderState.PAID))

    with pytest.raises(OrderPaid):
        await till.check(question)


# -- orders that nobody told of ------------------------------------------
class Page:
    """A provider that answers what it is told to."""

    def __init__(self) -> None:
        self.answer: Answer | None = Answer(Word.WAITING)
        self.asked: list[str] = []

    async def begin(self, order) -> str:
        return f"https://pay.example/{order.reference}"

    async def ask(self, order) -> Answer:
        self.asked.append(order.reference)
        if self.answer is None:
            raise ProviderAway
        return self.answer


@pytest.fixture
def page(till: Till) -> Page:
    page = till.gateways[Provider.PAYFIP] = Page()
    return page


async def test_a_provider_is_asked_after_two_minutes_then_ever_more_seldom(till, page) -> None:
    await till.order(provider=Provider.PAYFIP)
    counts = []
    for _ in range(16):
        await till.follow()
        counts.append(len(page.asked))
        till.later(minutes=1)

    assert counts == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3]


async def test_a_payment_that_was_never_notified_is_found_by_asking(till, page) -> None:
    order = await till.order(provider=Provider.PAYFIP)
    page.answer = Answer(Word.PAID, paid(order))
    till.later(minutes=2)

    await till.follow()

    assert await till.balance() == OWED + FULL
    assert await till.states() == [OrderState.PAID]


async def test_nobody_pays_an_order_that_the_provider_refused(till, page) -> None:
    await till.order(provider=Provider.PAYFIP)
    page.answer = Answer(Word.REFUSED)
    till.later(minutes=2)

    await till.follow()

    assert await till.states() == [OrderState.CANCELLED]


async def test_a_refusal_that_comes_after_the_payment_changes_nothing(till, page) -> None:
    order = await till.order(provider=Provider.PAYFIP)

    async def paid_meanwhile(of) -> Answer:
        await till.credit(paid(of))
        return Answer(Word.REFUSED)

    page.ask = paid_meanwhile

    found = await till.ask(identity(1), order.reference)

    assert found.state is OrderState.PAID


async def test_an_order_on_a_page_is_over_before_the_page_closes(till, page) -> None:
    first = await till.order(provider=Provider.PAYFIP)
    till.later(minutes=14)

    second = await till.order(provider=Provider.PAYFIP)

    assert second.id != first.id


async def test_who_gave_up_and_then_paid_is_found_by_asking_on(till, page) -> None:
    """The page stays open in a browser, and nobody tells us."""
    order = await till.order(provider=Provider.PAYFIP)
    page.answer = Answer(Word.REFUSED)
    till.later(minutes=2)
    await till.follow()
    page.answer = Answer(Word.PAID, paid(order))
    till.later(minutes=4)

    await till.follow()

    assert await till.balance() == OWED + FULL
    assert await till.states() == [OrderState.PAID]
    assert await alerts(till) == []


async def test_a_provider_is_not_asked_for_ever_about_what_it_refused(till, page) -> None:
    await till.order(provider=Provider.PAYFIP)
    page.answer = Answer(Word.REFUSED)
    till.later(minutes=2)
    await till.follow()
    till.later(days=2)

    await till.follow()

    assert len(page.asked) == 1


async def test_a_provider_that_is_away_is_not_waited_for_again_and_again(till, page) -> None:
    """Each question may take its eight seconds, and other jobs wait."""
    for amount in range(5, 15):
        await till.order(f"{amount}.00", provider=Provider.PAYFIP)
    page.answer = None
    till.later(minutes=2)

    await till.follow()

    assert len(page.asked) == AWAY_ENOUGH


async def test_a_provider_that_is_away_keeps_no_other_from_being_asked(till, page) -> None:
    other = till.gateways[Provider.SIMULATED] = Page()
    for amount in range(5, 15):
        await till.order(f"{amount}.00", provider=Provider.PAYFIP)
    await till.order(provider=Provider.SIMULATED)
    page.answer = None
    till.later(minutes=2)

    await till.follow()

    assert len(other.asked) == 1


async def test_a_provider_that_is_away_is_asked_again_and_the_order_ends_at_last(
    till, page
) -> None:
    await till.order(provider=Provider.PAYFIP)
    page.answer = None
    till.later(minutes=45)
    await till.follow()
    still = await till.states()
    till.later(hours=1)

    await till.follow()

    assert len(page.asked) == 2
    assert (still, await till.states()) == ([OrderState.OPEN], [OrderState.EXPIRED])


async def test_a_family_that_asks_is_told_what_stands(till, page) -> None:
    order = await till.order(provider=Provider.PAYFIP)
    waiting = await till.ask(identity(1), order.reference)
    page.answer = Answer(Word.PAID, paid(order))

    found = await till.ask(identity(1), order.reference)
    again = await till.ask(identity(1), order.reference)

    assert [one.state for one in (waiting, found, again)] == [
        OrderState.OPEN,
        OrderState.PAID,
        OrderState.PAID,
    ]
    assert len(page.asked) == 2
    with pytest.raises(NotFound):
        await till.ask(identity(2), order.reference)


# -- what an agent decides ------------------------------------------
def agent(role: Role = Role.AGENT) -> StaffIdentity:
    return StaffIdentity(
        session_id=StaffSessionId(1),
        staff_id=StaffId(7),
        role=role,
        name="Claire",
        structure_id=TOWN,
        structures=(TOWN,),
        locale="fr",
        catalogue_version=1,
        seen_at=NOW,
    )


async def kept_apart(till: Till) -> None:
    order = await till.order()
    await till.credit(paid(order, order_reference="SOMETHINGELSE"))


async def test_money_kept_apart_goes_into_the_wallet_that_an_agent_names_once(till) -> None:
    await kept_apart(till)

    answers = [await till.settle(agent(), StrayId(1), WALLET) for _ in range(2)]

    assert answers == [Credit.CREDITED, Credit.ALREADY]
    assert await till.balance() == OWED + FULL
    assert await till.rows(alert.id, alert.settled_by) == [(1, 7)]
    assert await till.rows(stray.id, stray.settled_by, stray.settled_note) == [(1, 7, "wallet 1")]


async def test_the_family_of_that_wallet_has_the_receipt_once(till) -> None:
    """Nobody is known to have ordered it: it is the family's, on the channels that they have."""
    await connected(till, 1, 71)
    await kept_apart(till)
    before = await till.count(schema.notice)

    for _ in range(2):
        await till.settle(agent(), StrayId(1), WALLET)

    told = await till.rows(notice.id, notice.guardian_id, notice.kind, notice.channel)
    assert before == 0
    assert {row[1:] for row in told} == {
        (1, Kind.PAYMENT_RECEIPT, Channel.MAIL),
        (1, Kind.PAYMENT_RECEIPT, Channel.TELEGRAM),
    }
    ((_, params), _) = await till.rows(notice.id, notice.params)
    assert (params["wallet"], params["amount"], params["operation"]) == (
        "Cantine",
        "36.10",
        "charge-1",
    )


async def test_who_ordered_it_for_a_closed_wallet_has_the_receipt_of_the_other(till) -> None:
    await connected(till, 1, 71)
    order = await till.order()
    await till.shown(order, 71, 501)
    await till.close()
    await till.credit(paid(order))
    await till.reopen()

    await till.settle(agent(), StrayId(1), WALLET)

    assert await offers(till) == {Channel.TELEGRAM: ((71, 501),), Channel.MAIL: ()}


async def test_money_given_back_by_hand_has_no_receipt(till) -> None:
    await kept_apart(till)

    await till.settle(agent(), StrayId(1), None)

    assert await till.count(schema.notice) == 0


async def test_money_given_back_by_hand_is_noted_with_who_did(till) -> None:
    await kept_apart(till)

    await till.settle(agent(), StrayId(1), None)

    assert await till.balance() == OWED
    assert await till.rows(stray.id, stray.settled_by, stray.settled_note) == [(1, 7, "refunded")]


async def test_other_money_than_euros_goes_into_no_wallet(till) -> None:
    await till.credit(paid(await till.order(), currency="USD"))

    with pytest.raises(OrderChanged):
        await till.settle(agent(), StrayId(1), WALLET)

    assert await till.balance() == OWED
    assert await till.rows(stray.id, stray.settled_at) == [(1, None)]


async def test_an_agent_of_another_structure_names_no_wallet_here(till) -> None:
    await kept_apart(till)

    with pytest.raises(NotAllowed):
        await till.settle(replace(agent(), structures=(2,)), StrayId(1), WALLET)


async def test_settling_needs_the_right_and_an_open_wallet(till) -> None:
    await kept_apart(till)

    with pytest.raises(NotAllowed):
        await till.settle(agent(Role.READER), StrayId(1), WALLET)
    with pytest.raises(WalletClosed):
        await till.settle(agent(), StrayId(1), CLOSED)
    with pytest.raises(NotFound):
        await till.settle(agent(), StrayId(2), WALLET)


# -- reminders ------------------------------------------
async def test_a_family_that_owes_is_told_once_a_fortnight(till) -> None:
    told = []
    for _ in range(4):
        told.append(await till.remind())
        till.later(days=7)

    assert told == [1, 0, 1, 0]
    assert {row[1] for row in await till.rows(notice.id, notice.kind)} == {Kind.PAYMENT_REMINDER}


async def test_how_often_is_the_choice_of_the_town(till: Till) -> None:
    async def every_week(version: int | None = None):
        of = paying_town().catalogue
        town = replace(of.structures[TOWN], debt_reminder_days=7)
        return replace(of, structures={TOWN: town})

    remind, told = replace(till.remind, catalogues=every_week), []
    for _ in range(3):
        told.append(await remind())
        till.later(days=7)

    assert told == [1, 1, 1]


async def test_nobody_is_reminded_of_a_wallet_that_is_closed(till: Till) -> None:
    await till.close()

    assert await till.remind() == 0


async def test_a_family_that_owes_nothing_is_not_told(till) -> None:
    order = await till.order()
    await till.credit(paid(order))

    assert await till.remind() == 0


async def test_who_wants_no_reminder_gets_none(till) -> None:
    refused = [
        {"guardian_id": 1, "kind": Kind.PAYMENT_REMINDER, "channel": channel, "wanted": False}
        for channel in Channel
    ]
    await till.database.write(lambda c: c.execute(schema.notice_choice.insert(), refused))

    await till.remind()

    assert await till.count(schema.notice) == 0
