"""On which channels somebody is told (N7)."""

import pytest

from domain.notices.choosing import CHOOSABLE, channels, is_refused, is_wanted
from domain.notices.model import BY_MAIL_TOO, URGENT, Channel, Kind

TELEGRAM, MAIL = Channel.TELEGRAM, Channel.MAIL
REPORT, LAPSED = Kind.NIGHTLY_REPORT, Kind.DRAFT_LAPSED


@pytest.mark.parametrize(
    ("kind", "wanted", "has_chat", "told"),
    [
        (REPORT, {}, True, (TELEGRAM, MAIL)),
        (REPORT, {}, False, (MAIL,)),
        (REPORT, {(REPORT, MAIL): False}, True, (TELEGRAM,)),
        (REPORT, {(REPORT, MAIL): False}, False, (MAIL,)),
        (REPORT, {(REPORT, TELEGRAM): False}, True, (MAIL,)),
        (REPORT, {(REPORT, TELEGRAM): False, (REPORT, MAIL): False}, True, ()),
        (REPORT, {(REPORT, TELEGRAM): False, (REPORT, MAIL): False}, False, ()),
        (LAPSED, {}, True, (TELEGRAM,)),
        (LAPSED, {}, False, (MAIL,)),
        (LAPSED, {(LAPSED, TELEGRAM): False}, True, ()),
    ],
)
def test_what_is_chosen_decides(kind, wanted, has_chat, told):
    assert channels(kind, wanted, has_chat=has_chat) == told


def test_what_guards_the_account_cannot_be_chosen_away():
    for kind in set(Kind) - set(CHOOSABLE):
        refused = {(kind, channel): False for channel in Channel}

        assert MAIL in channels(kind, refused, has_chat=False)
        assert not any(is_refused(kind, channel, refused) for channel in Channel)


def test_everything_urgent_can_be_chosen_by_both_ways():
    assert {kind for kind, ways in CHOOSABLE.items() if ways == (TELEGRAM, MAIL)} >= URGENT


def test_what_is_usual_is_wanted_until_it_is_not():
    assert is_wanted(REPORT, MAIL, {}) is (REPORT in BY_MAIL_TOO)
    assert is_wanted(LAPSED, MAIL, {}) is False
