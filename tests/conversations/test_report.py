"""The guide's own example of the nightly mail, as a whole text (N2)."""

from dataclasses import replace
from datetime import date

from conversations.notices.views import mail, render
from domain.activities.model import ActivityId
from tests import builders
from tests.conversations import facts
from tests.conversations.due import AMALIA, PAOLO, group, longest_report, report
from tests.guide import BY_MAIL, REPORT

APS, CANTEEN = ActivityId(1), ActivityId(2)
TOWN = facts.town(
    builders.activity(APS, name="APS MATIN"), builders.activity(CANTEEN, name="RESTAURATION")
)


def may(*days: int) -> list[date]:
    return [date(2017, 5, day) for day in days]


GUIDE = report(
    group("waitlisted", (APS, [(AMALIA, may(15, 16))])),
    group("accepted", (APS, [(PAOLO, may(9, 10, 11, 12, 15, 16, 17, 18, 19))])),
    group("cancelled", (APS, [(AMALIA, may(5, 9))]), (CANTEEN, [(PAOLO, may(5))])),
    booked=11,
    cancelled=3,
)

IN_CHAT = (
    "Vous pouvez consulter l'état de vos réservations ici, avec le bouton "
    "« Suivi des réservations »."
)


def test_the_chat_reads_the_guides_example(t):
    (screen,) = render(GUIDE, TOWN, t)

    assert screen.text == (REPORT + IN_CHAT).replace("-->", "--&gt;")
    assert [button.text for row in screen.rows for button in row] == [
        "Suivi des réservations",
        "Accueil",
    ]


def test_the_mail_reads_the_guides_example(t):
    written = mail(GUIDE, TOWN, t)

    assert written.subject == "Compte rendu de vos demandes de réservation"
    assert written.text == REPORT + BY_MAIL


def test_one_movement_is_told_in_the_singular_and_what_did_not_happen_is_not_told(t):
    due = report(group("cancelled", (APS, [(PAOLO, may(5))])), booked=0, cancelled=1)

    text = mail(due, TOWN, t).text

    assert (
        "1 mouvement sur vos demandes de réservations a été reçu, dont :\n- 1 demande d'annulation"
        in text
    )
    assert "nouvelle" not in text


def test_the_report_exists_in_english(en):
    text = mail(GUIDE, TOWN, en).text

    assert "14 changes to your booking requests were received, of which:" in text
    assert "DUPONT Amalia: Mon 15/05, Tue 16/05" in text


def test_names_cannot_break_the_message(t):
    child = replace(AMALIA, first_name="<b>&")
    due = report(
        group("accepted", (APS, [(child, may(5))])), booked=1, cancelled=0, children=(child,)
    )

    (screen,) = render(due, TOWN, t)

    assert "DUPONT &lt;b&gt;&amp; : ven. 05/05" in screen.text


def test_a_long_report_is_split_between_lines_and_loses_nothing(t):
    _, activities = facts.household()
    due = longest_report()

    screens = render(due, facts.town(*activities), t)

    whole = mail(due, facts.town(*activities), t).text
    days = sum(screen.text.count("dim. 01/08") for screen in screens)
    assert len(screens) > 10
    assert all(not screen.rows for screen in screens[:-1])
    assert days == whole.count("dim. 01/08") == 5 * 5 * 12
