"""A3, S25: a link lets in once, and its refusals are one."""

import pytest

from domain.accounts.errors import ConnectedAsAnother, LinkRefused, TooManyAttempts
from domain.accounts.events import Event
from domain.accounts.links import ResetOpened
from domain.accounts.model import Attempts
from domain.accounts.tokens import INVITATION_FOR, RESET_FOR
from domain.notices.model import Channel, Kind
from tests.unit.accounts.conftest import FATHER, MOTHER, OWN, PHONE, TABLET, THIEF


async def test_an_invitation_logs_in_and_leads_to_a_new_password(office):
    letter = await office.invite()

    who = await office.open(letter.token)

    assert who.guardian.id == FATHER
    assert who.must_change_password
    assert (Event.LINK_USED, FATHER) in office.noted
    assert (Kind.NEW_DEVICE, Channel.MAIL, FATHER) in office.told


async def test_an_invitation_works_once(office):
    letter = await office.invite()
    await office.open(letter.token)

    with pytest.raises(LinkRefused):
        await office.open(letter.token, TABLET)

    assert office.noted[-1] == (Event.LINK_REFUSED, FATHER)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], str.swapcase, lambda _: "", lambda t: t + "x", lambda _: "é" * 64]
)
async def test_an_altered_link_is_refused_and_counted(office, spoil):
    letter = await office.invite()

    with pytest.raises(LinkRefused):
        await office.open(spoil(letter.token), THIEF)

    assert office.data.failures[str(THIEF)].failures == 1


async def test_links_expire(office):
    letter = await office.invite()
    office.later(seconds=INVITATION_FOR.total_seconds())

    with pytest.raises(LinkRefused):
        await office.open(letter.token)


async def test_a_newer_letter_replaces_the_older_one(office):
    older, newer = await office.invite(), await office.invite()

    with pytest.raises(LinkRefused):
        await office.open(older.token)
    assert (await office.open(newer.token)).guardian.id == FATHER


async def test_trying_links_slows_down_as_wrong_passwords_do(office):
    letter = await office.invite()
    for _ in range(3):
        with pytest.raises(LinkRefused):
            await office.open("wrong", THIEF)

    with pytest.raises(TooManyAttempts):
        await office.open(letter.token, THIEF)

    assert (await office.open(letter.token)).guardian.id == FATHER


async def test_who_is_connected_as_another_burns_nothing(office):
    letter = await office.invite()

    with pytest.raises(ConnectedAsAnother):
        await office.open(letter.token, connected=MOTHER)

    assert office.data.failures == {}
    assert (await office.open(letter.token)).guardian.id == FATHER


async def test_a_wrong_link_is_refused_to_the_connected_too(office):
    with pytest.raises(LinkRefused):
        await office.open("wrong", connected=MOTHER)


async def test_a_reset_link_logs_nobody_in(office):
    token = await office.ask_reset()

    opened = await office.open(token)

    assert isinstance(opened, ResetOpened)
    assert office.data.sessions == {}


async def test_a_reset_link_is_for_who_asked_for_it(office):
    token = await office.ask_reset(user=PHONE)

    with pytest.raises(LinkRefused):
        await office.open(token, TABLET)


async def test_a_changed_password_ends_all_links(office):
    letter = await office.invite()
    token = await office.ask_reset()
    await office.change(await office.log_in(password=letter.password))

    for link in (letter.token, token):
        with pytest.raises(LinkRefused):
            await office.open(link)
        office.later(minutes=10)


async def test_a_reset_link_lasts_half_an_hour(office):
    token = await office.ask_reset()
    opened = await office.open(token)
    office.later(seconds=RESET_FOR.total_seconds())

    with pytest.raises(LinkRefused):
        await office.change_by_link(opened.link)


# -- what a reset does -------------------------------------------------------------------------
async def test_a_reset_ends_all_sessions_and_unlocks_and_logs_nobody_in(office):
    await office.log_in(user=TABLET)
    office.data.failures["@dupont1"] = Attempts(12, office.now)
    opened = await office.open(await office.ask_reset())

    await office.change_by_link(opened.link)

    assert [s.ended_at is None for s in office.data.sessions.values()] == [False]
    assert office.data.failures == {}
    assert (Kind.PASSWORD_CHANGED, Channel.MAIL, FATHER) in office.told
    assert (await office.log_in(password=OWN)).guardian.id == FATHER


async def test_a_reset_link_works_once(office):
    opened = await office.open(await office.ask_reset())
    await office.change_by_link(opened.link)

    with pytest.raises(LinkRefused):
        await office.change_by_link(opened.link, "un autre mot de passe encore")


async def test_the_number_of_a_link_is_worth_nothing_to_another(office):
    opened = await office.open(await office.ask_reset())

    with pytest.raises(LinkRefused):
        await office.change_by_link(opened.link, user=THIEF)


async def test_the_number_of_an_invitation_chooses_no_password(office):
    await office.invite()
    (link,) = office.data.links

    with pytest.raises(LinkRefused):
        await office.change_by_link(link)


async def test_a_letter_unlocks_and_ends_what_was_before(office):
    await office.log_in()
    token = await office.ask_reset()

    await office.invite()

    assert [s.ended_at is None for s in office.data.sessions.values()] == [False]
    with pytest.raises(LinkRefused):
        await office.open(token)


async def test_a_letter_that_could_not_be_written_changes_nothing(office):
    async def torn(letter):
        raise OSError("no paper")

    with pytest.raises(OSError, match="no paper"):
        await office.invite(deliver=torn)

    assert (await office.log_in()).must_change_password is False
