"""What a reminder says, in the chat and by mail (N3)."""

from datetime import date, timedelta

from conversations.notices.views import mail, render
from domain.activities.model import ActivityId
from domain.notices.model import Kind
from tests import builders
from tests.conversations import facts
from tests.conversations.due import AMALIA, PAOLO, due

CANTEEN = builders.activity(3, name="Restauration Scolaire")
TOWN = facts.town(CANTEEN)
DAYS = [date(2026, 11, 30) + timedelta(days=n) for n in range(9)]


def missing(*of):
    return [
        {"child": child, "activity": ActivityId(3), "days": [day.isoformat() for day in days]}
        for child, days in of
    ]


def reminder(*of, **changed):
    return due(Kind.DEADLINE_REMINDER, missing=missing(*of), **changed)


def test_all_children_and_days_of_a_deadline_are_told_with_its_instant(t):
    told = reminder((AMALIA.id, DAYS[:1]), (PAOLO.id, [DAYS[0], DAYS[3]]))

    (screen,) = render(told, TOWN, t)

    assert "Les réservations se ferment le mar. 24 nov. à 19:00" in screen.text
    assert "• Amalia, Restauration Scolaire : lun. 30 nov.\n" in screen.text
    assert "• Paolo, Restauration Scolaire : lun. 30 nov., jeu. 3 déc." in screen.text
    assert [(b.text, b.data) for row in screen.rows for b in row][:2] == [
        ("Réserver comme d'habitude", "ru:5"),
        ("Pas cette fois", "rn:5"),
    ]


def test_the_mail_has_no_button_and_says_how(t):
    written = mail(reminder((AMALIA.id, DAYS[:1])), TOWN, t)

    assert written.subject == "Des réservations se ferment bientôt"
    assert "ouvrez votre conversation Telegram" in written.text
    assert "« Réserver »" in written.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Mairie de CarteVille" in written.text


def test_many_days_are_counted(t):
    (screen,) = render(reminder((AMALIA.id, DAYS)), TOWN, t)

    assert "sam. 5 déc. et 3 autres jours" in screen.text


def test_it_is_told_in_english(en):
    (screen,) = render(reminder((AMALIA.id, DAYS[:1])), TOWN, en)

    assert "Booking closes on Tue 24 Nov at 19:00" in screen.text
    assert screen.rows[0][0].text == "Book as usual"
