"""What an absence costs is told before it is declared, and after (B19)."""

from dataclasses import replace
from datetime import time

import pytest

from conversations.absences import views
from domain.absences.model import Line
from domain.activities.absence_billing import (
    Billed,
    FreeIfDeclaredBefore,
    FreeWithCertificate,
)
from domain.bookings.model import Slot
from tests import builders
from tests.conversations import facts

BEFORE_EIGHT = FreeIfDeclaredBefore(time(8))


def line(rule, *, billed: bool | None = None) -> Line:
    found = facts.absence_line(activity=builders.activity(absence_billing=rule))
    if billed is None:
        return found
    absence = replace(facts.longest_absence().absence, billed=billed, note=None)
    return replace(found, absence=absence)


@pytest.mark.parametrize(
    ("rule", "billed", "said"),
    [
        (Billed(), None, "Une absence reste facturée."),
        (Billed(), True, "Cette réservation reste facturée."),
        (BEFORE_EIGHT, None, "déclarée au plus tard à 08:00"),
        (BEFORE_EIGHT, False, "ne sera pas facturée"),
        (BEFORE_EIGHT, True, "reste facturée : l'absence a été déclarée après 08:00"),
        (FreeWithCertificate(), None, "si un justificatif est joint"),
        (FreeWithCertificate(), False, "ne sera pas facturée"),
        (FreeWithCertificate(), True, "tant qu'aucun justificatif"),
        (Billed(), False, "ne sera pas facturée"),  # the town changed its rule since
    ],
)
def test_the_answer_says_whether_it_stays_billed(t, rule, billed, said):
    screen = views.day(facts.day_of_child(line(rule, billed=billed)), t)

    assert said in screen.text


def test_what_can_still_be_cancelled_is_not_offered_as_an_absence(t):
    screen = views.day(facts.day_of_child(facts.cancellable_line()), t)

    assert "annulez-la plutôt" in screen.text
    assert [b.text for row in screen.rows for b in row] == [
        "Suivi des réservations",
        "‹ Absences",
        "Accueil",
    ]


def test_of_several_activities_one_or_all_can_be_declared(t):
    lunch = builders.activity(builders.CANTEEN, name="Cantine")
    slot = Slot(facts.LONG_CHILD.id, lunch.id, builders.DAY)
    other = facts.absence_line(activity=lunch, booking=builders.booking(1, slot=slot))

    screen = views.day(facts.day_of_child(line(Billed()), other), t)

    buttons = [b.text for row in screen.rows for b in row]
    assert buttons[:3] == ["Absence toute la journée", "Absence : Activité 1", "Absence : Cantine"]


def test_no_detail_of_health_is_asked(t):
    screen = views.reasons(facts.day_of_child(line(Billed())), 0, t)

    assert "Aucun détail de santé n'est demandé" in screen.text
    assert [row[0].text for row in screen.rows[:3]] == ["Malade", "Rendez-vous", "Autre"]
