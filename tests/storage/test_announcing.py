"""S2, N7: whom an announcement is for, where it went, and what may still go, on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, update

from domain.activities.model import StructureId
from domain.announcements.composed import Audience, Composed, Fate, File, Followed, Reach, Status
from domain.announcements.composing import (
    ChooseAudience,
    ChooseTime,
    ChooseWindow,
    ListClasses,
    WriteAnnouncement,
)
from domain.announcements.errors import AnnouncementChanged, FileStays, NobodyToTell, TooLate
from domain.announcements.ports import Reader
from domain.announcements.releasing import (
    Announce,
    FollowHere,
    LaunchDue,
    ListMissed,
    SendNewWords,
    SetPaused,
    Withdraw,
)
from domain.announcements.resending import SendAgain
from domain.announcements.sending import Outcome, Task
from domain.bookings.model import State
from domain.errors import NotFound
from domain.families.model import FamilyId, GuardianId
from domain.notices.model import Channel, Kind
from domain.staff.errors import NotAllowed
from storage import schema
from storage.announcements import SqlAnnouncements
from storage.bookings import SqlBookings
from storage.catalogue import SqlCatalogues
from storage.choices import SqlChoices
from storage.engine import transactions
from storage.schema import guardian
from storage.staff import SqlStaff
from tests.builders import TOWN, activity
from tests.storage.announced import CHAT, Announced, announced, blocked, connect
from tests.storage.towns import DAY, NOW, request, requested, town

SENT_AGAIN = "announcement_sent_again"
MINUTE = timedelta(minutes=1)
FIVE = timedelta(minutes=5)


@pytest.fixture
async def told(database) -> Announced:
    """Five families, all connected."""
    return await announced(database, town(children=5), NOW)


async def take(told: Announced, limit: int = 25):
    lease = told.now + MINUTE
    return await told.sending.write(lambda tx: tx.take(told.now, limit=limit, lease_until=lease))


async def leave(told: Announced, taken) -> list[bool]:
    until = told.now + FIVE
    return [
        await told.sending.write(lambda tx, one=one: tx.leaves(one.id, lease_until=until))
        for one in taken
    ]


async def end(told: Announced, taken, fate: Fate = Fate.SENT, version: int = 2) -> None:
    """``version`` 2: of an announcement that was written once."""
    outcomes = [
        Outcome(
            one,
            fate,
            told.now if fate is Fate.SENT else None,
            version,
            message_id=one.chat * 10,
            why=None,
        )
        for one in taken
    ]
    await told.sending.write(lambda tx: tx.note(outcomes, told.now))


async def delivered(told: Announced) -> None:
    """All that is due."""
    while taken := await take(told):
        await leave(told, taken)
        await end(told, taken)


async def delivered_but(told: Announced, count: int) -> None:
    """All but so many of the five."""
    taken = await take(told, 5 - count)
    await leave(told, taken)
    await end(told, taken)


async def found(told: Announced, one) -> Composed:
    return await told.announcing.read(lambda tx: tx.find(one))


async def chose(told: Announced, whose: int, channel: Channel, *, wanted: bool) -> None:
    await told.database.write(
        lambda c: SqlChoices(c).choose_notice(
            GuardianId(whose), Kind.ANNOUNCEMENT, channel, wanted=wanted
        )
    )


async def chats_of(told: Announced, one, audience: Audience) -> set[int]:
    """Who would get it, counted and then sent."""
    await told.meant_for(one, audience)
    reached = await told.announcing.read(lambda tx: tx.reach(one, told.now))
    await told.confirmed(one)
    taken = await take(told)
    assert len(taken) == reached.chats
    return {each.chat - CHAT for each in taken}


# -- for whom -----------------------------------------------------------------------------------
async def test_it_is_for_everybody_of_the_structure_unless_told_otherwise(told):
    one = await told.begun()

    assert await chats_of(told, one, Audience(Reach.STRUCTURE)) == {1, 2, 3, 4, 5}


async def test_of_an_activity_it_is_for_those_enrolled_now_or_later(database):
    data = town(activity(1), activity(2), children=3)
    data.enrolments = [e for e in data.enrolments if e.activity_id == 1]
    data.enrol(2, 2)
    data.enrol(3, 2, valid_from=date(2025, 9, 1), valid_to=date(2026, 7, 1))  # over
    told = await announced(database, data, NOW)
    one = await told.begun()

    assert await chats_of(told, one, Audience(Reach.ACTIVITY, 2)) == {2}


async def test_of_a_group_it_is_for_its_children_in_any_activity(database):
    data = town(children=3)
    data.enrolments = []
    for child, group in ((1, "CP"), (2, "CE1"), (3, "CP")):
        data.enrol(child, 1, group=group)
    told = await announced(database, data, NOW)
    one = await told.begun()

    assert await told.announcing.read(lambda tx: tx.groups(TOWN)) == ("CE1", "CP")
    assert await chats_of(told, one, Audience(Reach.GROUP, group="CP")) == {1, 3}


async def test_of_a_class_it_is_for_those_of_the_structure_as_the_list_counts_them(database):
    data = town(activity(1), children=5)
    data.child(5, 1)  # its parents live apart
    for child, named in ((1, "CE1 B"), (2, "CP"), (3, "CE1 B"), (4, "CE1 B")):
        data.children[child] = replace(data.children[child], school_class=named)
    data.enrolments = [e for e in data.enrolments if e.child_id != 4]
    data.enrol(4, 1, valid_from=date(2025, 9, 1), valid_to=date(2026, 7, 1))  # has left
    told = await announced(database, data, NOW)
    one = await told.begun()

    classes = await ListClasses(told.announcing, told.clock)(told.agent, one)

    of_class = Audience(Reach.CLASS, school_class="CE1 B")
    assert await chats_of(told, one, of_class) == {1, 3, 5}
    reached = await told.announcing.read(lambda tx: tx.reach(one, told.now))
    assert classes == (("CP", 1), ("CE1 B", reached.families))
    assert (await found(told, one)).audience == of_class


async def test_of_a_day_it_is_for_whoever_holds_a_place_then(told):
    bookings = transactions(told.database, SqlBookings)
    wanted = [request(1), request(2, State.WAITLISTED), request(3, State.PENDING)]
    await bookings.write(lambda tx: tx.apply(requested(*wanted)))
    one = await told.begun()

    assert await chats_of(told, one, Audience(Reach.BOOKED, day=DAY)) == {1, 3}


async def test_who_was_erased_or_is_connected_no_more_gets_none(told):
    query = update(guardian).where(guardian.c.id == 1).values(erased_at=NOW)
    await told.database.write(lambda c: c.execute(query))
    session = schema.telegram_session
    ended = update(session).where(session.c.guardian_id == 2).values(ended_at=NOW)
    await told.database.write(lambda c: c.execute(ended))

    one = await told.sent()

    assert await told.fates(one) == {Fate.PENDING: 3, Fate.NO_CHAT: 1}


async def test_the_home_screen_shows_it_to_the_same_families_from_then_on(told):
    one = await told.begun()
    await told.meant_for(one, Audience(Reach.BOOKED, day=DAY))
    bookings = transactions(told.database, SqlBookings)
    await bookings.write(lambda tx: tx.apply(requested(request(1))))

    async def shown(family: int) -> int:
        reader = Reader(TOWN, FamilyId(family), told.now.date(), told.now)
        return len(await told.database.read(lambda c: SqlAnnouncements(c).current(reader)))

    as_draft = await shown(1)
    await told.confirmed(one)

    assert (as_draft, await shown(1), await shown(2)) == (0, 1, 0)


async def test_it_leaves_the_home_screens_when_its_days_are_over_or_it_is_withdrawn(told):
    one = await told.sent()
    other = await told.sent()

    async def shown() -> int:
        reader = Reader(TOWN, FamilyId(1), told.now.date(), told.now)
        return len(await told.database.read(lambda c: SqlAnnouncements(c).current(reader)))

    before = await shown()
    await Withdraw(told.announcing, told.clock)(told.agent, one)
    after = await shown()
    told.now += timedelta(days=14)

    assert (before, after, await shown()) == (2, 1, 0)
    assert other


# -- choices, and mail instead ------------------------------------------------------------------
async def test_who_wants_none_by_telegram_gets_none_and_a_mail_only_if_asked_for(told):
    await chose(told, 1, Channel.TELEGRAM, wanted=False)
    await chose(told, 2, Channel.TELEGRAM, wanted=False)
    await chose(told, 2, Channel.MAIL, wanted=True)
    await chose(told, 3, Channel.MAIL, wanted=True)

    one = await told.sent()

    assert await told.fates(one) == {Fate.MUTED: 2, Fate.PENDING: 3}
    assert set(await told.mailed()) == {2, 3}


async def test_who_has_no_chat_gets_a_mail_instead_unless_they_refuse_it(database):
    told = await announced(database, town(children=4), NOW, chats=[1, 2])
    await blocked(database, 2, NOW)
    await chose(told, 4, Channel.MAIL, wanted=False)

    one = await told.sent()

    assert await told.fates(one) == {Fate.PENDING: 1, Fate.BLOCKED: 1, Fate.NO_CHAT: 2}
    assert await told.mailed() == {n: f"announcement:{one}:{n}:mail" for n in (2, 3)}


@pytest.mark.parametrize(
    ("gone", "fate"), [("blocked_at", Fate.BLOCKED), ("ended_at", Fate.NO_CHAT)]
)
async def test_whose_chat_is_gone_before_it_leaves_gets_a_mail_instead(told, gone, fate):
    one, session = await told.sent(), schema.telegram_session
    lost = update(session).where(session.c.guardian_id == 1).values({gone: NOW})
    await told.database.write(lambda c: c.execute(lost))

    taken = await take(told)

    assert {each.chat - CHAT for each in taken} == {2, 3, 4, 5}
    assert await told.fate_of(one, 1) is fate
    assert list(await told.mailed()) == [1]


async def test_who_blocks_the_bot_meanwhile_gets_a_mail_instead_and_is_named(told):
    await chose(told, 2, Channel.MAIL, wanted=False)
    one = await told.sent()
    taken = {each.chat - CHAT: each for each in await take(told)}
    await leave(told, taken.values())

    await end(told, [taken[1], taken[2]], Fate.BLOCKED)
    await end(told, [taken[3], taken[4], taken[5]])

    named, total = await ListMissed(told.announcing, told.clock)(told.agent, one, 1, per_page=20)
    assert set(await told.mailed()) == {1}
    assert total == 2
    assert [(m.guardian_id, m.fate, m.mail) for m in named] == [
        (1, Fate.BLOCKED, "pending"),
        (2, Fate.BLOCKED, None),
    ]
    assert "DUPONT" in named[0].name
    again = await told.sent()
    assert (await told.fates(again))[Fate.BLOCKED] == 2  # the chats are known to be gone


# -- confirming ---------------------------------------------------------------------------------
async def test_confirmed_twice_it_is_sent_once(told):
    one = await told.begun()

    first = await told.confirmed(one)
    await Announce(told.announcing, told.clock)(told.agent, one, 2)

    assert isinstance(first, Followed)
    assert await told.fates(one) == {Fate.PENDING: 5}


async def test_only_an_activity_of_its_own_structure_can_be_chosen(told):
    catalogue = await SqlCatalogues(told.database)()
    theirs = {
        key: replace(one, structure_id=StructureId(99))
        for key, one in catalogue.activities.items()
    }

    async def moved(version: int = 0):
        return replace(catalogue, activities=theirs)

    one = await told.begun()
    choose = ChooseAudience(told.announcing, told.clock, moved)

    with pytest.raises(NotFound):
        await choose(told.agent, one, Audience(Reach.ACTIVITY, next(iter(theirs))))


async def test_the_families_of_all_structures_are_chosen_by_who_works_for_all(told):
    catalogue = await SqlCatalogues(told.database)()
    here = catalogue.structures[TOWN]

    async def larger(version: int = 0):
        return replace(catalogue, structures={TOWN: here, StructureId(99): here})

    one = await told.begun()

    with pytest.raises(NotAllowed):
        await ChooseAudience(told.announcing, told.clock, larger)(
            told.agent, one, Audience(Reach.EVERYONE)
        )


@pytest.mark.parametrize("days", [-1, 0, 367])
async def test_it_is_shown_for_a_day_at_least_and_a_year_at_most(told, days):
    one = await told.begun()

    with pytest.raises(NotFound):
        await ChooseWindow(told.announcing, told.clock)(told.agent, one, days)


async def test_of_what_was_sent_the_file_stays(told):
    one, picture = await told.sent(), File("image.jpg", is_picture=True)

    with pytest.raises(FileStays):
        await WriteAnnouncement(told.announcing, told.clock)(
            told.agent, one, "Autre", (picture, b"jpeg")
        )


async def test_what_changed_since_it_was_looked_at_is_not_sent(told):
    one = await told.begun()
    version = (await found(told, one)).version
    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Autre chose")

    with pytest.raises(AnnouncementChanged):
        await Announce(told.announcing, told.clock)(told.agent, one, version)

    assert (await found(told, one)).status is Status.DRAFT


async def test_for_nobody_nothing_is_sent(told):
    one = await told.begun()
    await told.meant_for(one, Audience(Reach.GROUP, group="CM2"))

    with pytest.raises(NobodyToTell):
        await told.confirmed(one)


async def test_a_scheduled_one_leaves_at_its_hour_for_those_who_are_there_then(told):
    one = await told.begun()
    await ChooseTime(told.announcing, told.clock)(told.agent, one, NOW + timedelta(hours=2))
    await told.confirmed(one)
    launch = LaunchDue(told.announcing, told.clock)

    too_early = await launch()
    await blocked(told.database, 1, NOW)
    told.now += timedelta(hours=2)
    launched = await launch(), await launch()

    assert (too_early, launched) == (0, (1, 0))
    assert await told.fates(one) == {Fate.PENDING: 4, Fate.BLOCKED: 1}
    assert (await found(told, one)).starts_at == told.now


async def test_an_hour_that_passed_before_it_was_confirmed_is_refused(told):
    one = await told.begun()
    await ChooseTime(told.announcing, told.clock)(told.agent, one, NOW + timedelta(hours=2))
    told.now += timedelta(hours=3)

    with pytest.raises(TooLate):
        await told.confirmed(one)


# -- leaving, at most once ----------------------------------------------------------------------
async def test_a_claimed_chat_is_not_claimed_by_another(told):
    await told.sent()

    first, second = await take(told, 3), await take(told, 3)

    assert len({one.chat for one in (*first, *second)}) == 5


async def test_a_claim_that_never_left_is_made_again_after_its_lease(told):
    await told.sent()
    await take(told)

    told.now += MINUTE
    again = await take(told)

    assert len(again) == 5


async def test_what_left_and_was_never_noted_is_uncertain_and_stays_so(told):
    one = await told.sent()
    taken = await take(told, 2)
    await leave(told, taken)

    told.now += FIVE
    await delivered(told)

    assert await told.fates(one) == {Fate.UNCERTAIN: 2, Fate.SENT: 3}
    assert (await found(told, one)).status is Status.SENT


async def in_doubt(told: Announced, chats: int = 2):
    """Sent to all five, but that many left with somebody who died."""
    one = await told.sent()
    await leave(told, await take(told, chats))
    told.now += FIVE
    await delivered(told)
    return one, (await progress(told, one)).doubts


async def progress(told: Announced, one):
    return await told.announcing.read(lambda tx: tx.progress(one))


async def test_sent_again_it_goes_to_those_who_are_uncertain_and_to_no_other(told):
    one, doubts = await in_doubt(told)
    before = await told.fates(one)
    doubtful = {n for n in range(1, 6) if await told.fate_of(one, n) is Fate.UNCERTAIN}

    followed = await SendAgain(told.announcing, told.clock)(told.agent, one, doubts)
    taken = await take(told)
    await leave(told, taken)
    await end(told, taken)

    assert before == {Fate.UNCERTAIN: 2, Fate.SENT: 3}
    assert followed.composed.status is Status.SENDING
    assert {each.chat - CHAT for each in taken} == doubtful
    assert await told.fates(one) == {Fate.SENT: 5}
    assert (await found(told, one)).status is Status.SENT
    assert (await progress(told, one)).doubts == 0


async def test_sent_again_twice_it_goes_once(told):
    one, doubts = await in_doubt(told)
    again = SendAgain(told.announcing, told.clock)

    await again(told.agent, one, doubts)
    await again(told.agent, one, doubts)
    first = await take(told)
    await leave(told, first)
    await end(told, first)
    await again(told.agent, one, doubts)  # and once more when all is certain

    assert (len(first), await take(told)) == (2, ())
    assert await acts(told, one) == ["announcement_composed", "announced", SENT_AGAIN]


async def test_who_becomes_uncertain_again_is_looked_at_again_before_a_third_time(told):
    one, doubts = await in_doubt(told)
    again = SendAgain(told.announcing, told.clock)
    await again(told.agent, one, doubts)
    await leave(told, await take(told, 1))
    told.now += FIVE
    await delivered(told)

    with pytest.raises(AnnouncementChanged):
        await again(told.agent, one, doubts)

    assert await told.fates(one) == {Fate.UNCERTAIN: 1, Fate.SENT: 4}
    assert await take(told) == ()
    await again(told.agent, one, (await progress(told, one)).doubts)
    assert len(await take(told)) == 1


async def test_nothing_is_sent_again_while_it_is_still_leaving_or_once_it_is_withdrawn(told):
    one = await told.sent()
    lost = await take(told, 1)
    await leave(told, lost)
    await end(told, lost, Fate.UNCERTAIN)
    again = SendAgain(told.announcing, told.clock)

    leaving = await again(told.agent, one, (await progress(told, one)).doubts)
    await Withdraw(told.announcing, told.clock)(told.agent, one)
    await again(told.agent, one, (await progress(told, one)).doubts)

    assert leaving.progress.count(Fate.UNCERTAIN) == 1
    assert await told.fates(one) == {Fate.UNCERTAIN: 1, Fate.CANCELLED: 4}


async def test_of_two_who_hold_the_same_chat_one_may_send(told):
    await told.sent()
    mine = await take(told, 1)
    told.now += MINUTE
    theirs = [one for one in await take(told) if one.id == mine[0].id]

    assert await leave(told, [*mine, *theirs]) == [True, False]


async def test_paused_nothing_leaves_not_even_what_was_claimed(told):
    one = await told.sent()
    taken = await take(told, 2)
    pause = SetPaused(told.announcing, told.clock)

    await pause(told.agent, one, wanted=True)
    left, more = await leave(told, taken), await take(told)
    await pause(told.agent, one, wanted=False)

    assert (left, more) == ([False, False], ())
    assert len(await take(told)) == 5


async def test_quiet_hours_put_it_off_to_their_end(told):
    quiet = update(guardian).where(guardian.c.id == 1)
    values = {"quiet_from": time(9), "quiet_until": time(12)}
    await told.database.write(lambda c: c.execute(quiet.values(values)))
    one = await told.sent()

    taken = await take(told)  # at 10:00 in Paris

    assert {each.chat - CHAT for each in taken} == {2, 3, 4, 5}
    assert (await told.row(one, 1)).due_at == NOW + timedelta(hours=2)


async def test_with_nothing_left_to_send_it_is_sent(database):
    told = await announced(database, town(children=2), NOW, chats=[])

    one = await told.sent()

    assert (await found(told, one)).status is Status.SENT


# -- changing and withdrawing -------------------------------------------------------------------
async def test_new_words_go_everywhere_it_went_and_to_those_still_to_come(told):
    one = await told.sent()
    early = await take(told, 2)
    await leave(told, early)
    await end(told, early)
    write = WriteAnnouncement(told.announcing, told.clock)
    await write(told.agent, one, "Fermeture\nLundi seulement.")
    send = SendNewWords(told.announcing, told.clock)

    await send(told.agent, one, 2)
    await send(told.agent, one, 2)  # pressed twice
    taken = await take(told)

    assert {(each.task, each.chat) for each in taken} == {(Task.EDIT, each.chat) for each in early}
    assert (await found(told, one)).text == "Lundi seulement."


async def test_new_words_that_were_never_confirmed_stay_here(told):
    one = await told.sent()
    await delivered(told)

    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Non")

    assert (await found(told, one)).title == "Fermeture"
    assert await take(told) == ()


async def test_what_was_sent_while_it_was_corrected_is_corrected_too(told):
    one = await told.sent()
    taken = await take(told)
    await leave(told, taken)
    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Ouverture")
    await SendNewWords(told.announcing, told.clock)(told.agent, one, 2)

    await end(told, taken, version=2)  # it left with the old words

    assert {each.task for each in await take(told)} == {Task.EDIT}


async def test_withdrawn_it_is_taken_out_of_each_chat_and_sent_to_no_other(told):
    one = await told.sent()
    there = await take(told, 2)
    await leave(told, there)
    await end(told, there)

    await Withdraw(told.announcing, told.clock)(told.agent, one)
    taken = await take(told)
    await end(told, taken, Fate.WITHDRAWN)

    assert {(each.task, each.message_id) for each in taken} == {
        (Task.TAKE_AWAY, each.chat * 10) for each in there
    }
    assert await told.fates(one) == {Fate.WITHDRAWN: 2, Fate.CANCELLED: 3}
    assert not (await found(told, one)).changing


@pytest.mark.parametrize("has_left", [True, False])
async def test_withdrawn_while_telegram_held_it_back_it_leaves_no_more(told, has_left):
    one = await told.sent()
    await delivered_but(told, 1)
    (held,) = await take(told)
    if has_left:
        await leave(told, [held])

    await Withdraw(told.announcing, told.clock)(told.agent, one)
    later = Outcome(held, Fate.PENDING, told.now + MINUTE, 0, why="429")
    await told.sending.write(lambda tx: tx.note([later], told.now))
    await end(told, await take(told), Fate.WITHDRAWN)

    assert await told.fates(one) == {Fate.WITHDRAWN: 4, Fate.CANCELLED: 1}
    assert not (await found(told, one)).changing


async def test_withdrawn_mails_do_not_leave(database):
    told = await announced(database, town(children=2), NOW, chats=[])
    one = await told.sent()

    await Withdraw(told.announcing, told.clock)(told.agent, one)

    notices = schema.notice
    rows = await database.read(lambda c: c.execute(notices.select()).all())
    assert {(row.state.value, row.why) for row in rows} == {("failed", "announcement withdrawn")}


async def test_the_message_of_who_watched_before_is_not_taken_for_that_of_who_watches_now(told):
    staff = transactions(told.database, SqlStaff)
    await staff.write(lambda tx: tx.open_session(told.agent.staff_id, 43, NOW))
    other = await staff.read(lambda tx: tx.identity(43))
    one = await told.sent()
    (mine,) = await told.sending.read(lambda tx: tx.live())

    await FollowHere(told.announcing, told.clock)(other, one)
    await told.sending.write(lambda tx: tx.told(mine, 777))
    await told.sending.write(lambda tx: tx.unwatch(mine))

    (theirs,) = await told.sending.read(lambda tx: tx.live())
    assert (theirs.chat, theirs.message_id) == (43, None)


# -- however many -------------------------------------------------------------------------------
async def test_an_audience_is_frozen_in_as_many_statements_however_many(told):
    heard: list[str] = []
    told.database.listen(heard.append)
    one, other = await told.begun(), await told.begun()
    heard.clear()
    await told.confirmed(one)
    few = len(heard)
    for phone in range(1, 21):  # of each of the five
        await told.database.write(lambda c, at=phone: connect(c, range(1, 6), NOW, 100 * at))
    heard.clear()

    await told.confirmed(other)

    assert len(heard) == few
    assert await told.fates(other) == {Fate.PENDING: 105}


async def test_for_everybody_it_is_for_the_families_of_other_structures_too(told):
    theirs = schema.guardian_structure
    moved = theirs.delete().where(theirs.c.guardian_id == 1)
    await told.database.write(lambda c: c.execute(moved))
    here, everywhere = await told.begun(), await told.begun()

    in_structure = await chats_of(told, here, Audience(Reach.STRUCTURE))
    await told.meant_for(everywhere, Audience(Reach.EVERYONE))
    reached = await told.announcing.read(lambda tx: tx.reach(everywhere, told.now))

    assert in_structure == {2, 3, 4, 5}
    assert reached.chats == 5


async def entries(told: Announced, one):
    log = schema.audit.c
    query = schema.audit.select().where(log.staff_id == told.agent.staff_id).order_by(log.id)
    rows = await told.database.read(lambda c: c.execute(query).all())
    return [row for row in rows if row.details.get("announcement") == one]


async def acts(told: Announced, one) -> list[str]:
    return [row.what for row in await entries(told, one)]


EVERYWHERE = {
    "announce": lambda told, one: told.confirmed(one),
    "pause": lambda told, one: SetPaused(told.announcing, told.clock)(
        told.agent, one, wanted=True
    ),
    "correct": lambda told, one: SendNewWords(told.announcing, told.clock)(told.agent, one, 2),
    "withdraw": lambda told, one: Withdraw(told.announcing, told.clock)(told.agent, one),
    "missed": lambda told, one: ListMissed(told.announcing, told.clock)(
        told.agent, one, 1, per_page=20
    ),
    "again": lambda told, one: SendAgain(told.announcing, told.clock)(told.agent, one, 0),
}


@pytest.mark.parametrize("act", EVERYWHERE)
async def test_what_is_for_all_structures_is_not_in_the_hands_of_an_agent_of_one(told, act):
    """A colleague of all of them began it; whoever works for one may look, and no more."""
    one = await told.begun()
    await told.meant_for(one, Audience(Reach.EVERYONE))
    if act != "announce":
        await told.confirmed(one)
    other = insert(schema.structure).values(
        {**dict((await one_row(told, schema.structure))._mapping), "id": 99}
    )
    await told.database.write(lambda c: c.execute(other))

    with pytest.raises(NotAllowed):
        await EVERYWHERE[act](told, one)


async def one_row(told: Announced, table):
    return await told.database.read(lambda c: c.execute(table.select().limit(1)).one())


async def test_the_log_says_who_kept_here_what_was_to_leave_by_itself(told):
    one = await told.begun()
    await ChooseTime(told.announcing, told.clock)(told.agent, one, NOW + timedelta(days=1))
    await told.confirmed(one)

    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Autre")
    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Encore autre")

    kept = [row.details for row in await entries(told, one) if row.what == "announcement_edited"]
    assert [(each["before"], each["after"]) for each in kept] == [("scheduled", "draft")]


async def test_the_log_says_where_an_announcement_stood_and_where_it_stands(told):
    one = await told.sent()
    await SetPaused(told.announcing, told.clock)(told.agent, one, wanted=True)
    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Autre")
    await SendNewWords(told.announcing, told.clock)(told.agent, one, 2)
    await Withdraw(told.announcing, told.clock)(told.agent, one)

    told_of = [
        (row.details["before"], row.details["after"]) for row in (await entries(told, one))[2:]
    ]

    assert told_of == [("sending", "paused"), (2, 3), ("paused", "withdrawn")]


async def test_every_act_is_in_the_audit_log_once(told):
    one = await told.sent()
    await told.confirmed(one)  # pressed again
    for wanted in (True, True, False):
        await SetPaused(told.announcing, told.clock)(told.agent, one, wanted=wanted)
    await WriteAnnouncement(told.announcing, told.clock)(told.agent, one, "Autre")
    await SendNewWords(told.announcing, told.clock)(told.agent, one, 2)
    await ListMissed(told.announcing, told.clock)(told.agent, one, 1, per_page=20)
    await Withdraw(told.announcing, told.clock)(told.agent, one)
    await Withdraw(told.announcing, told.clock)(told.agent, one)

    assert await acts(told, one) == [
        "announcement_composed",
        "announced",
        "announcement_paused",
        "announcement_resumed",
        "announcement_edited",
        "announcement_missed_viewed",
        "announcement_withdrawn",
    ]
