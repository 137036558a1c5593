"""Linked siblings, queues and debts, as storage tells them (B16)."""

from dataclasses import replace
from datetime import timedelta

from domain.bookings.model import State
from tests.builders import TOWN, activity
from tests.storage.towns import DAY, NEXT_DAY, book, request, slot, town


async def test_linked_siblings_are_found_from_each_of_them_and_nobody_else(world):
    at = await world(town(activity(1), activity(2), days=(DAY, NEXT_DAY)))
    waiting = State.WAITLISTED
    await book(
        at,
        replace(request(1, waiting), together=1),
        replace(request(2, waiting, ticket=2), together=1),
        request(3, waiting, ticket=3),
        replace(request(1, waiting, slot=slot(1, NEXT_DAY)), together=1),
        replace(request(1, waiting, slot=slot(1, DAY, 2)), together=1),
    )
    around = await at.bookings.read(lambda tx: tx.bookings_around({1, 3}, {1}, {DAY}))
    one = next(b for b in around if b.slot == slot(1))
    alone = next(b for b in around if b.slot == slot(3))

    linked = await at.bookings.read(lambda tx: tx.linked(one))

    assert [(b.slot, b.together) for b in linked] == [(slot(1), 1), (slot(2), 1)]
    assert await at.bookings.read(lambda tx: tx.linked(linked[1])) == linked
    assert await at.bookings.read(lambda tx: tx.linked(alone)) == ()


async def test_queues_are_told_by_day_and_activity_from_a_day_on(world):
    at = await world(town(activity(1), activity(2), days=(DAY, NEXT_DAY)))
    waiting = State.WAITLISTED
    await book(
        at,
        request(1, waiting),
        request(2, waiting, ticket=2),
        request(1, waiting, slot=slot(1, NEXT_DAY, 2)),
        request(2, slot=slot(2, NEXT_DAY)),
    )

    assert await at.bookings.read(lambda tx: tx.queues(DAY)) == ((1, DAY), (2, NEXT_DAY))
    assert await at.bookings.read(lambda tx: tx.queues(DAY + timedelta(days=1))) == (
        (2, NEXT_DAY),
    )


async def test_only_who_waits_in_debt_is_barred(world):
    data = town(activity(1), days=(DAY,))
    data.wallet(1, 1, TOWN, "Périscolaire", "-0.01")
    data.wallet(2, 2, TOWN, "Périscolaire", "-9.00")
    data.wallet(3, 3, TOWN, "Périscolaire", "0.00")
    at = await world(data)
    await book(
        at,
        request(1),
        request(2, State.WAITLISTED, ticket=2),
        request(3, State.WAITLISTED, ticket=3),
    )

    around = await at.bookings.read(lambda tx: tx.bookings_around({1, 2, 3}, {1}, {DAY}))

    assert [(b.slot.child_id, b.barred) for b in around] == [(1, False), (2, True), (3, False)]


async def test_the_link_of_a_draft_is_kept_and_goes_with_it(world):
    data = town(activity(1), days=(DAY,))
    draft = min(data.drafts)
    at = await world(data)

    async def linked() -> bool:
        facts = await at.bookings.read(lambda tx: tx.draft_facts(draft, lock=False))
        return facts.draft.together

    before = await linked()
    await at.bookings.write(lambda tx: tx.link_siblings(draft, wanted=True))
    during = await linked()
    await at.bookings.write(lambda tx: tx.empty_draft(draft))

    assert (before, during, await linked()) == (False, True, False)
