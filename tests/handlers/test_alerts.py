from datetime import time

import pytest

from conversations.profile.routes import (
    NoQuiet,
    Notices,
    QuietBetween,
    QuietFrom,
    QuietHours,
    WantNotice,
)
from domain.choices.errors import LastChannel
from domain.choices.model import Choices
from domain.families.model import Display
from domain.notices.model import Channel, Kind
from domain.notices.quiet import Quiet

REPORT_BY_MAIL = (Kind.NIGHTLY_REPORT, Channel.MAIL)


async def test_each_switch_shows_how_it_is_and_wants_the_opposite(stage):
    stage.domain.answers["show_choices"] = Choices(Display.CLASSIC, wanted={REPORT_BY_MAIL: False})

    await stage.press(Notices().pack())

    off = WantNotice(kind=Kind.NIGHTLY_REPORT, channel=Channel.TELEGRAM, wanted=False)
    on = WantNotice(kind=Kind.NIGHTLY_REPORT, channel=Channel.MAIL, wanted=True)
    assert stage.shown.data("7 ✓ Telegram") == off.pack()
    assert stage.shown.data("7 ✗ mail") == on.pack()


async def test_a_pressed_switch_is_kept_and_shown(stage):
    kind, channel = REPORT_BY_MAIL

    await stage.press(WantNotice(kind=kind, channel=channel, wanted=False).pack())

    assert ("choose_notice", kind, channel, False) in stage.domain.asked
    assert "<b>Alertes</b>" in stage.shown.text


async def test_the_last_way_to_be_told_of_something_urgent_is_kept(stage):
    stage.domain.answers["choose_notice"] = LastChannel()
    wanted = WantNotice(kind=Kind.PLACE_OFFERED, channel=Channel.MAIL, wanted=False)

    await stage.press(wanted.pack())

    assert stage.shown.text.startswith("Cette alerte doit pouvoir vous joindre")


@pytest.mark.parametrize("data", ["nw:nonsense:mail:1", "nw:nightly_report:fax:1", "qf:24"])
async def test_what_no_button_says_leads_home(stage, data):
    await stage.press(data)

    assert stage.shown.text.startswith("Ce bouton n'est plus valable")


async def test_quiet_hours_are_two_presses(stage):
    await stage.press(QuietHours().pack())
    await stage.press(stage.shown.data("22:00"))
    asked = stage.shown
    stage.domain.answers["show_choices"] = Choices(Display.CLASSIC, Quiet(time(22), time(7)))
    await stage.press(asked.data("07:00"))

    assert "à partir de 22:00" in asked.text
    assert ("set_quiet", Quiet(time(22), time(7))) in stage.domain.asked
    assert "Réglage actuel : de 22:00 à 07:00." in stage.shown.text


async def test_quiet_hours_end_at_another_hour_than_they_begin(stage):
    await stage.press(QuietFrom(start=22).pack())

    labels = [button.text for row in stage.shown.screen.rows for button in row]
    assert "22:00" not in labels
    assert "21:00" in labels


async def test_forged_hours_that_never_end_are_refused(stage):
    await stage.press(QuietBetween(start=5, until=5).pack())

    assert stage.shown.text.startswith("Cet élément n'existe pas")
    assert stage.domain.asked == []


async def test_quiet_hours_are_given_up(stage):
    await stage.press(NoQuiet().pack())

    assert ("set_quiet", None) in stage.domain.asked
    assert "Réglage actuel : aucune." in stage.shown.text
