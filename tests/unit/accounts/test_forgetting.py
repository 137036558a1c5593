"""A7, S8: who asks learns nothing, and cannot flood anybody's mailbox."""

from datetime import timedelta

import pytest

from domain.accounts.errors import TooManyResets
from domain.accounts.forgetting import ASKED_A_DAY, MAILS_AN_HOUR
from domain.notices.model import Channel, Kind
from tests.unit.accounts.conftest import FATHER, PHONE


async def test_a_link_goes_to_the_address_that_the_town_knows(office):
    token = await office.ask_reset(" dupont1", "DUPONT1@Example.org ")

    (mail,) = office.town.notices
    assert (mail.kind, mail.channel, mail.guardian_id) == (Kind.RESET_LINK, Channel.MAIL, FATHER)
    assert mail.secret == {"token": token, "to": "dupont1@example.org"}
    assert token not in str(mail.params) + mail.key


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("DUPONT1", "dupont2@example.org"),
        ("NOBODY", "dupont1@example.org"),
        ("DUPONT1", ""),
        ("DUPONT1", "dupont1@example.org,thief@example.org"),
    ],
)
async def test_what_does_not_match_sends_nothing(office, identifier, address):
    await office.ask_reset(identifier, address)

    assert office.told == []
    assert office.data.links == {}


async def test_an_account_gets_three_mails_an_hour(office):
    for user in range(1, 8):
        await office.ask_reset(user=user)

    assert len(office.told) == MAILS_AN_HOUR
    office.later(hours=1)
    await office.ask_reset()
    assert len(office.told) == MAILS_AN_HOUR + 1


async def test_the_last_link_still_works_when_one_more_is_asked_for(office):
    links = [await office.ask_reset() for _ in range(MAILS_AN_HOUR)]

    await office.ask_reset()

    assert await office.open(links[-1])


async def test_a_telegram_user_asks_ten_times_a_day(office):
    for nth in range(ASKED_A_DAY):
        await office.ask_reset(f"NOBODY{nth}")
        office.later(minutes=1)

    with pytest.raises(TooManyResets) as refused:
        await office.ask_reset()

    first = office.now - timedelta(minutes=ASKED_A_DAY)
    assert refused.value.params["until"] == first + timedelta(days=1)
    office.now = refused.value.params["until"]
    await office.ask_reset(user=PHONE)
    assert len(office.told) == 1
