"""Requests that wait for the town's answer: one contract over the fake and both databases (S3)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.activities.model import StructureId
from domain.bookings.model import State
from domain.bookings.ports import Changes
from domain.families.model import Guardian
from domain.requests.deciding import DecideRequests
from domain.requests.model import Outcome, Pile, Query, Verdict
from domain.staff.model import Role
from tests.builders import TOWN, activity, agent
from tests.storage.towns import DAY, NEXT_DAY, NOW, book, places, request, slot, town

ELSEWHERE = StructureId(2)
PENDING, WAITLISTED = State.PENDING, State.WAITLISTED


def asked(child: int, **changed):
    return request(child, PENDING, **changed)


def two_activities(**told):
    return town(activity(1, approval=True), activity(2, approval=True), **told)


async def found(at, query=Query(), structure=TOWN, page=1, per_page=8):  # noqa: B008
    return await at.requests.read(
        lambda tx: tx.requests(structure, query, page=page, per_page=per_page)
    )


async def test_pending_requests_are_listed_the_oldest_first(world):
    at = await world(two_activities(days=(DAY, NEXT_DAY)))
    await book(at, asked(2, ticket=5, slot=slot(2, NEXT_DAY)))
    await book(at, asked(1), request(3, State.ACCEPTED), request(2, WAITLISTED))

    page = await found(at)

    told = [(row.child.id, row.booking.slot.day, row.booking.state) for row in page.rows]
    assert told == [(2, NEXT_DAY, PENDING), (1, DAY, PENDING)]
    assert (page.page, page.pages, page.count) == (1, 1, 2)


async def test_a_page_that_is_no_longer_there_is_answered_by_the_last(world):
    at = await world(two_activities())
    await book(at, asked(1), asked(2), asked(3))

    page = await found(at, page=9, per_page=2)

    assert [row.child.id for row in page.rows] == [3]
    assert (page.page, page.pages) == (2, 2)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (Query(activity=2), [3]),
        (Query(day=NEXT_DAY), [2]),
        (Query(child=1), [1, 3]),
        (Query(activity=1, day=DAY, child=1), [1]),
        (Query(Pile.ASIDE), [4]),
    ],
)
async def test_the_queue_is_filtered(world, query, numbers):
    at = await world(two_activities(days=(DAY, NEXT_DAY)))
    for one in (
        asked(1),
        asked(2, slot=slot(2, NEXT_DAY)),
        asked(1, slot=slot(1, DAY, 2)),
        request(3, WAITLISTED, reason="Plus tard"),
        request(2, WAITLISTED),
    ):
        await book(at, one)

    page = await found(at, query)
    gathered = await at.requests.read(lambda tx: tx.gathered(TOWN, query, 10))

    assert [row.booking.id for row in page.rows] == numbers
    assert gathered == page.rows


async def test_no_more_are_gathered_than_are_answered_at_once(world):
    at = await world(two_activities())
    await book(at, asked(1), asked(2), asked(3))

    gathered = await at.requests.read(lambda tx: tx.gathered(TOWN, Query(), 2))

    assert [one.child.id for one in gathered] == [1, 2]


async def test_piles_are_counted_by_activity(world):
    at = await world(two_activities())
    await book(at, asked(1), asked(2))
    aside = request(1, WAITLISTED, reason="", slot=slot(1, DAY, 2))
    await book(at, asked(3, slot=slot(3, DAY, 2)), aside)

    piles = await at.requests.read(lambda tx: tx.piles(TOWN))

    assert piles == {(Pile.NEW, 1): 2, (Pile.NEW, 2): 1, (Pile.ASIDE, 2): 1}


async def test_those_that_are_numbered_are_told_in_whatever_state(world):
    at = await world(two_activities())
    first, second = await book(at, asked(1), request(2))

    named = await at.requests.read(lambda tx: tx.numbered(TOWN, {second.id, first.id, 99}))

    assert [one.booking for one in named] == [first, second]


async def test_another_structure_finds_nothing(world):
    at = await world(two_activities())
    (one,) = await book(at, asked(1))

    def read(tx):
        return (
            tx.requests(ELSEWHERE, Query(), page=1, per_page=8).rows,
            tx.gathered(ELSEWHERE, Query(), 8),
            tx.numbered(ELSEWHERE, {one.id}),
            tx.asked(ELSEWHERE, one.id),
            tx.piles(ELSEWHERE),
        )

    assert await at.requests.read(read) == ((), (), (), None, {})


async def test_one_is_told_with_who_asked_when_and_what_is_like_it(world):
    data = two_activities(days=(DAY, NEXT_DAY))
    data.guardians[1] = replace(data.guardians[1], civility="Mme", last_name="DUPONT")
    data.wallet(1, 1, TOWN, "Périscolaire", "-12.00")
    at = await world(data)
    one, *_ = await book(at, asked(1), asked(2), request(3, WAITLISTED))
    await book(at, asked(1, slot=slot(1, NEXT_DAY)))
    await book(at, asked(1, slot=slot(1, DAY, 2)))

    told = await at.requests.read(lambda tx: tx.asked(TOWN, one.id))

    assert told.request.booking == one
    assert told.request.child == data.children[1]
    assert (told.at, told.by) == (NOW, _name(data.guardians[1]))
    assert (told.in_debt, told.waiting) == (True, 1)
    assert (told.like_day, told.like_child) == (2, 2)


def _name(who: Guardian) -> str:
    return " ".join((who.civility, who.last_name, who.first_name))


async def test_a_family_without_a_debt_is_in_none(world):
    data = two_activities()
    data.wallet(1, 1, TOWN, "Périscolaire", "12.00")
    at = await world(data)
    (one,) = await book(at, asked(1))

    told = await at.requests.read(lambda tx: tx.asked(TOWN, one.id))

    assert not told.in_debt


async def test_what_is_answered_is_asked_no_more(world):
    at = await world(two_activities())
    (one,) = await book(at, request(1))

    assert await at.requests.read(lambda tx: tx.asked(TOWN, one.id)) is None


async def test_places_are_read_without_a_lock(world):
    at = await world(two_activities(days=(DAY, NEXT_DAY), capacity=4))

    assert await at.requests.read(lambda tx: tx.places({1, 9}, DAY)) == (places(4, 0),)


# -- deciding ---------------------------------------------------------------------------------
async def hired(at, name: str = "Agnès"):
    """An agent of the town: the audit log refers to them."""
    number = await at.staff.write(lambda tx: tx.add_member(name, Role.AGENT, "fr", NOW))
    return agent(number)


def decider(at, now=NOW + timedelta(hours=1)) -> DecideRequests:
    async def catalogues(version=None):
        return two_activities().catalogue

    return DecideRequests(at.requests, catalogues, lambda: now)


async def decide(at, who, verdict, *bookings, **told):
    numbers = [booking.id for booking in bookings]
    decision = await decider(at, **told)(who, numbers, verdict, "Complet")
    return [line.outcome for line in decision.lines]


async def states(at, *bookings):
    return await at.bookings.read(lambda tx: [tx.booking(b.id).state for b in bookings])


async def taken(at):
    return [p.taken for p in await at.requests.read(lambda tx: tx.places({1}, DAY))]


async def full(at):
    """Three requests that hold the three places."""
    three = await book(at, asked(1), asked(2), asked(3))
    await at.bookings.write(lambda tx: tx.apply(Changes(places=[places(3, 3, next_ticket=9)])))
    return three


async def test_many_are_answered_one_way_or_another(world):
    at = await world(two_activities(capacity=3))
    one, two, three = await full(at)
    agnes = await hired(at)

    aside = await decide(at, agnes, Verdict.WAITLIST, one, two)
    accepted = await decide(at, agnes, Verdict.ACCEPT, two, three)
    refused = await decide(at, agnes, Verdict.REFUSE, three, one)

    assert aside == accepted == [Outcome.DONE, Outcome.DONE]
    assert refused == [Outcome.DONE, Outcome.ANSWERED]
    after = [State.REFUSED, State.ACCEPTED, State.ACCEPTED]
    assert await states(at, one, two, three) == after
    assert await taken(at) == [2]


async def test_of_a_day_that_began_nothing_is_accepted_and_all_can_be_refused(world):
    at = await world(two_activities(capacity=3))
    three = await full(at)
    agnes = await hired(at)
    began = NOW + timedelta(days=9)

    accepted = await decide(at, agnes, Verdict.ACCEPT, *three, now=began)
    still = await states(at, *three)
    refused = await decide(at, agnes, Verdict.REFUSE, *three, now=began)

    assert (accepted, still) == ([Outcome.DAY_OVER] * 3, [PENDING] * 3)
    assert refused == [Outcome.DONE] * 3
    assert await taken(at) == [0]


async def test_answering_many_is_as_many_statements_as_answering_few(sql_world):
    at = await sql_world(two_activities(capacity=3))
    one, two, three = await full(at)
    agnes = await hired(at)
    at.statements.clear()
    await decide(at, agnes, Verdict.ACCEPT, one)
    few = len(at.statements)
    at.statements.clear()

    await decide(at, agnes, Verdict.ACCEPT, two, three)

    assert len(at.statements) == few, at.statements


async def test_of_two_agents_at_the_same_instant_one_decides(postgresql_world):
    at = await postgresql_world(two_activities(capacity=3))
    three = await full(at)
    agnes, hugo = await hired(at), await hired(at, "Hugo")

    both = await asyncio.gather(
        decide(at, agnes, Verdict.ACCEPT, *three),
        decide(at, hugo, Verdict.REFUSE, *three),
    )

    assert sorted(both) == [[Outcome.ANSWERED] * 3, [Outcome.DONE] * 3]
    assert len(set(await states(at, *three))) == 1
    assert await taken(at) in ([0], [3])
